//! Calls of a person at the terminal.

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines, Stdin};

use super::error::CallError;
use super::options::{CAMILA, Options};
use super::phone::Phone;
use crate::contact_flow::Channel;
use crate::script::Number;

/// Answers calls until the person has had enough (Ctrl-D).
///
/// # Errors
/// [`CallError`].
pub(super) async fn talk(phone: &mut Phone<'_, '_>, options: &Options) -> Result<(), CallError> {
    let mut typed = BufReader::new(tokio::io::stdin()).lines();
    let mut caller = options.caller();
    introduce(phone, options);
    loop {
        let (mut flow, _) = phone.call(caller.clone())?;
        while flow.ended().is_none() {
            let Some(words) = next(phone, &mut typed, "caller").await? else { return Ok(()) };
            phone.say(&mut flow, words.trim()).await?;
        }
        phone.screen().line("--- the call has ended");
        phone.screen().line("");
        phone.screen().line("Press Enter to call again, type another number to call from it, or Ctrl-D to end.");
        loop {
            let Some(number) = next(phone, &mut typed, "number").await? else { return Ok(()) };
            match Number::parse(number.trim()) {
                _ if number.trim().is_empty() => break,
                Ok(Number::Given(number)) => caller.number = Some(number),
                Ok(Number::Anonymous) => caller.number = None,
                Err(problem) => {
                    phone.screen().line(&problem);
                    continue;
                }
            }
            break;
        }
    }
}

fn introduce(phone: &mut Phone<'_, '_>, options: &Options) {
    let caller = options.caller();
    let screen = phone.screen();
    if caller.number.as_deref() == Some(CAMILA) {
        screen.line("You are Camila Lopez, female, born on September 12th, 1987, calling from your mobile phone.");
    }
    screen.line("Type what you say and press Enter; nothing is silence. Ctrl-D hangs up, Ctrl-C ends everything.");
    if caller.channel == Channel::Keypad {
        screen.line("Digits, # and * are keys: 09121987# is that birth date.");
    }
    screen.line("");
}

/// The next line typed; none at the end of input.
async fn next(
    phone: &mut Phone<'_, '_>,
    typed: &mut Lines<BufReader<Stdin>>,
    label: &str,
) -> Result<Option<String>, CallError> {
    phone.screen().prompt(label);
    let line = typed.next_line().await.map_err(CallError::Terminal)?;
    if line.is_none() {
        phone.screen().line("");
    }
    Ok(line)
}
