//! Whole calls, as tests/scripts/whole-calls has them: the bots and the contact flow of the template, fulfillment, the
//! worker and Epic, in this process. Each script calls a hospital that its test arranges.

mod direction;
mod hospital;

use std::fs;
use std::path::PathBuf;

use careline::contact_flow::definition::FlowDefinition;
use careline::contact_flow::{Channel, ContactFlow, Happening};
use careline::lex::invocation::Invocation;
use careline::script::Script;
use careline::script::player::{Difference, compare};
use serde_json::json;
use shared::randomness::Randomness;

use self::direction::Direction;
use self::hospital::Hospital;
use super::caller::{fulfillment, invoke};
use super::dialogue::policy;
use crate::support::deployed::checkout;
use crate::support::telephone::{caller_of, hear};

fn folder() -> PathBuf {
    checkout().join("tests/scripts/whole-calls")
}

fn written(name: &str) -> String {
    fs::read_to_string(folder().join(format!("{name}.call"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is said of keys, and of the voice, which nobody has who writes.
const NOT_IN_A_CHAT: [&str; 6] = ["press ", "pound", "key in", "spell", "oprim", "deletre"];

/// Plays a script up to the first difference.
async fn play(hospital: &mut Hospital, text: &str) -> Result<(), Difference> {
    let script = Script::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let mut directions = Direction::of(text).into_iter().peekable();
    let definition = FlowDefinition::deployed().unwrap();
    let fulfillment = fulfillment(&hospital.world);
    fulfillment.prepare().await;
    let function = async |payload: Vec<u8>| {
        let answer = invoke(&fulfillment, std::str::from_utf8(&payload).unwrap()).await;
        Invocation::Answered(answer.to_string().into_bytes())
    };
    for call in &script.calls {
        let mut heard = Vec::new();
        let channel = caller_of(call).channel;
        let services = (hospital.world.clock.clock(), Randomness::system());
        let mut tell = |happening: Happening<'_>| hear(&mut heard, happening);
        let mut flow = ContactFlow::answer(&definition, caller_of(call), services, &mut tell).unwrap();
        compare(&heard, &call.greeting)?;
        for turn in &call.turns {
            while let Some((_, direction)) = directions.next_if(|(line, _)| *line < turn.line) {
                hospital.follow(direction).await;
            }
            if flow.ended().is_some() {
                return Err(Difference::Ended { line: turn.line, heard: heard.join(" ") });
            }
            heard.clear();
            flow.say(&turn.says, &function, &mut |happening| hear(&mut heard, happening)).await;
            hospital.prefetch().await;
            compare(&heard, &turn.expectations)?;
            let keys = |said: &String| NOT_IN_A_CHAT.iter().any(|word| said.to_lowercase().contains(word));
            assert!(channel != Channel::Chat || !heard.iter().any(keys), "line {}: {heard:?}", turn.line);
        }
    }
    assert!(directions.next().is_none(), "a direction after which nobody says anything");
    Ok(())
}

async fn plays(mut hospital: Hospital, name: &str) {
    play(&mut hospital, &written(name)).await.unwrap_or_else(|difference| panic!("{name}.call: {difference}"));
}

#[tokio::test]
async fn verified_at_first_try() {
    plays(Hospital::with_lisinopril().await, "verified-at-first-try").await;
}

#[tokio::test]
async fn wrong_then_right() {
    plays(Hospital::with_lisinopril().await, "wrong-then-right").await;
}

#[tokio::test]
async fn locked_out() {
    plays(Hospital::with_lisinopril().await, "locked-out").await;
}

#[tokio::test]
async fn two_patients_share_a_phone() {
    let hospital = Hospital::with_lisinopril().await;
    // The man of the house, who takes metformin.
    hospital.admit_like("0101", "eHusband", |chart| {
        (chart["gender"], chart["birthDate"]) = (json!("male"), json!("1955-03-15"));
        chart["extension"] = json!([]);
        chart["name"] = json!([{"use": "official", "family": "Lopez", "given": ["Mateo"]}]);
    });
    hospital.order("eHusband", "metformin tablet 500 mg");
    // Twin sisters, born on the same day.
    hospital.admit_like("0102", "eTwin", |_| ());
    hospital.order("eTwin", "warfarin tablet 5 mg");
    plays(hospital, "two-patients-share-a-phone").await;
}

#[tokio::test]
async fn a_withheld_number() {
    let hospital = Hospital::with_lisinopril().await;
    hospital.world.set("patient_search", policy(json!({})));
    plays(hospital, "withheld-number").await;
}

#[tokio::test]
async fn a_withheld_number_where_one_may_be_said() {
    plays(Hospital::with_lisinopril().await, "withheld-number-said").await;
}

#[tokio::test]
async fn no_medications() {
    plays(Hospital::open().await, "no-medications").await;
}

#[tokio::test]
async fn forty_medications() {
    plays(Hospital::with_forty().await, "forty-medications").await;
}

#[tokio::test]
async fn a_partial_list() {
    let hospital = Hospital::with_lisinopril().await;
    // Epic's warning that data is missing from an answer.
    hospital.world.epic.control().site(|site| site.warnings = vec![4119]);
    // And of these two nothing is left.
    for digits in ["0107", "0108"] {
        hospital.world.epic.control().remove("MedicationRequest", &format!("ePatient{digits}-lisinopril"));
    }
    plays(hospital, "partial-list").await;
}

#[tokio::test]
async fn epic_down_before_verification() {
    plays(Hospital::with_lisinopril().await, "epic-down-before-verification").await;
}

#[tokio::test]
async fn epic_down_during_verification() {
    plays(Hospital::with_lisinopril().await, "epic-down-during-verification").await;
}

#[tokio::test]
async fn epic_down_after_verification() {
    plays(Hospital::with_lisinopril().await, "epic-down-after-verification").await;
}

#[tokio::test]
async fn a_person_is_asked_for_in_the_middle_of_the_list() {
    plays(Hospital::with_forty().await, "person-in-mid-list").await;
}

#[tokio::test]
async fn the_other_language() {
    plays(Hospital::with_lisinopril().await, "the-other-language").await;
}

#[tokio::test]
async fn beside_the_matter() {
    plays(Hospital::with_lisinopril().await, "beside-the-matter").await;
}

/// Every script of the folder is played by a test above, and is in both languages, each on all three channels.
#[test]
fn every_script_has_its_test_and_speaks_both_languages_on_every_channel() {
    let source = include_str!("scripts.rs");
    let mut found = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(source.contains(&format!("\"{name}\")")), "{name}.call is played by no test");
        let callers = Script::parse(&written(&name)).unwrap().calls.iter().map(caller_of).collect::<Vec<_>>();
        for locale in ["en_US", "es_US"] {
            for channel in [Channel::Voice, Channel::Keypad, Channel::Chat] {
                let has = callers.iter().any(|caller| caller.locale_id == locale && caller.channel == channel);
                assert!(has, "{name}.call has no call in {locale} by {channel:?}");
            }
        }
        found += 1;
    }
    assert!(found >= 12, "only {found} scripts");
}

/// What makes the others mean something: a reply that is not as it is written is found, and so is a direction not followed.
#[tokio::test]
async fn a_script_that_is_wrong_is_found() {
    for (script, from, to) in [
        ("verified-at-first-try", "hears: you are verified", "hears: you are a patient"),
        ("verified-at-first-try", "never: lopez", "never: medication"),
        ("epic-down-before-verification", "# epic: down", "# Epic is well."),
        ("locked-out", "# clock: an hour later", "# A minute later."),
    ] {
        let text = written(script);
        assert!(text.contains(from), "{script}: {from}");
        let mut hospital = Hospital::with_lisinopril().await;
        assert!(play(&mut hospital, &text.replacen(from, to, 1)).await.is_err(), "{script}: {to}");
    }
}
