//! Scripts of calls, played on the deployed pipeline.

use std::fs;

use careline::script::Script;
use careline::script::player::Difference;

use crate::support::deployed::{Deployed, checkout};
use crate::support::operator::unhurried;
use crate::support::telephone::Telephone;

/// The scripts of the documentation, and with them the whole conversation: both bots, all channels.
#[tokio::test]
async fn every_script_plays_as_it_is_written() {
    let alone = Deployed::alone().await;
    let telephone = Telephone::of(alone.deployed);
    let mut played = 0;
    for entry in fs::read_dir(checkout().join("tests/scripts")).expect("tests/scripts") {
        let path = entry.expect("an entry").path();
        // Those of a whole call need a hospital of their own: fulfillment/scripts.rs plays them.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let script = Script::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        forget_attempts(alone.deployed).await;
        telephone.play(&script).await.unwrap_or_else(|difference| panic!("{}: {difference}", path.display()));
        played += 1;
    }
    assert!(played >= 5, "only {played} scripts");

    // What makes this mean something: a reply that is not as it is written is found.
    for (from, to) in [("hears: you are verified", "hears: you are a patient"), ("never: lopez", "never: medications")]
    {
        let verified = fs::read_to_string(checkout().join("tests/scripts/verified.call")).expect("the first script");
        assert!(verified.contains(from), "{from}");
        let script = Script::parse(&verified.replacen(from, to, 1)).unwrap();
        let difference = telephone.play(&script).await.unwrap_err();
        let wanted = to.starts_with("hears");
        assert!(matches!(difference, Difference::NotHeard { .. }) == wanted, "{difference}");
    }
}

/// As an hour later: what one script's wrong tries count is not held against the next one's caller.
async fn forget_attempts(deployed: &Deployed) {
    let dynamodb = aws_sdk_dynamodb::Client::new(&unhurried(&deployed.stack.aws()));
    let table = deployed.stack.output("CallTableName").expect("an output");
    let items = dynamodb.scan().table_name(table).send().await.expect("the table").items.unwrap_or_default();
    for mut item in items {
        item.retain(|name, _| name == "call" || name == "item");
        if item["call"].as_s().is_ok_and(|call| call.starts_with("attempts#")) {
            dynamodb.delete_item().table_name(table).set_key(Some(item)).send().await.expect("the table");
        }
    }
}
