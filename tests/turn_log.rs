//! What the deployed fulfillment logs of a turn.

use careline::lambda::DeployedFunction;
use careline::lex::invocation::Invocation;
use careline::local_stack::Function;
use serde_json::{Value, json};

use crate::support::deployed::{CONNECTION, Deployed};
use crate::support::journal::Journal;
use crate::support::lex;

/// No connection of ours.
const CLAIMED: &str = "claimed-by-somebody";

/// Alone, since a call of no connection's counts as failed for each that there is.
#[tokio::test]
async fn a_turn_is_logged_with_its_connection_and_never_with_what_an_attribute_claims() {
    let alone = Deployed::alone().await;
    let stack = &alone.deployed.stack;
    let fulfillment = DeployedFunction::new(&stack.aws(), stack.function_name(Function::Fulfillment));
    // A deployment of one connection needs no name.
    for (named, logged) in [(None, Some(CONNECTION)), (Some(CONNECTION), Some(CONNECTION)), (Some(CLAIMED), None)] {
        let mut journal = Journal::from_now(alone.deployed).await;
        let mut event = lex::medications("unknown");
        if let Some(named) = named {
            event["sessionState"]["sessionAttributes"]["connection"] = json!(named);
        }
        let answered = fulfillment.invoke(event.to_string().into_bytes()).await;
        assert!(matches!(answered, Invocation::Answered(_)), "{answered:?}");
        let invocation = journal.with("turn").await;
        let turn = invocation.line("turn").expect("a turn");
        assert_eq!(turn.get("connection").and_then(Value::as_str), logged, "{named:?}");
        assert!(!invocation.lines.iter().any(|line| line.contains(CLAIMED)), "{:#?}", invocation.lines);
    }
}
