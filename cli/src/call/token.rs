//! The first access token, as the schedule gets it.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};

use super::error::CallError;
use super::phone::Phone;
use super::setting_up::Line;
use super::step::Kind;
use crate::lex::invocation::Invocation;

/// What EventBridge Scheduler sends where the target has no input of its own.
const SCHEDULED: &str = r#"{"version":"0","id":"00000000-0000-0000-0000-000000000000","detail-type":"Scheduled Event","source":"aws.scheduler","account":"000000000000","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail":"{}"}"#;
/// How often a server that has to be told our key is asked again, without a terminal to wait at.
const TRIES: u32 = 20;
/// How long between these.
const PAUSE: Duration = Duration::from_secs(3);

/// Has token-refresher get a token, and shows it. Another server may have to be told our key first: it is asked again
/// until it knows it.
pub(super) async fn obtain(phone: &mut Phone<'_, '_>, line: &Line, at_terminal: bool) -> Result<(), CallError> {
    for remaining in (0..TRIES).rev() {
        let invocation = line.token_refresher.invoke(SCHEDULED.as_bytes().to_vec()).await;
        phone.show_steps_until(Kind::TokenStored, !matches!(invocation, Invocation::Answered(_))).await?;
        match invocation {
            Invocation::Answered(_) => return Ok(()),
            Invocation::NotInvoked { code } => {
                return Err(CallError::Token(format!("token-refresher could not be invoked: {code}")));
            }
            Invocation::FunctionError(message) if line.is_simulated() => {
                return Err(CallError::Token(format!("token-refresher failed: {message}")));
            }
            Invocation::FunctionError(_) if at_terminal => {
                let screen = phone.screen();
                screen.line(&format!("Register our key set ({}) with the server,", line.key_set_url()));
                screen.line("then press Enter to try again (Ctrl-C ends).");
                let mut answer = String::new();
                let read = BufReader::new(tokio::io::stdin()).read_line(&mut answer).await;
                if read.map_err(CallError::Terminal)? == 0 {
                    break;
                }
            }
            Invocation::FunctionError(_) if remaining > 0 => {
                phone.screen().line(&format!(
                    "Asking again in {} s, in case our key set is only now known there.",
                    PAUSE.as_secs()
                ));
                tokio::time::sleep(PAUSE).await;
            }
            Invocation::FunctionError(_) => {}
        }
    }
    let url = line.key_set_url();
    Err(CallError::Token(format!("the server did not give one; does it know our key set ({url}) and client id?")))
}
