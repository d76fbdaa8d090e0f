//! The README's first command, as one runs it without a terminal: its own stack, its own simulator, the sample call.

use careline::call;
use careline::command::{Arguments, Command};
use clap::Parser as _;
use shared::telemetry::ErrorChain;

use crate::support::deployed::checkout;

#[tokio::test]
async fn the_first_command_of_the_readme_answers_its_calls_and_says_that_all_is_as_it_should_be() {
    let Command::Call(options) = Arguments::parse_from(["careline", "call", "--sample"]).command else {
        panic!("careline call is another command");
    };
    let mut out = Vec::new();
    let played = call::run(&options, checkout(), &mut out).await;
    let out = String::from_utf8(out).unwrap();
    if let Err(error) = played {
        panic!("{}\n{out}", ErrorChain(&error));
    }
    assert!(out.contains("All as it should be: verified, read ahead, answered with one DynamoDB request"), "{out}");
}
