//! The contact flow in `template.yaml`, walked: no dead end, no missing error branch, no silent end, nothing unknown.

use std::collections::{BTreeMap, BTreeSet};

use sam_template::Template;
use serde_json::Value;

use super::each;

/// What a site may set, and what it then sets.
const SITES: [&[(&str, &str)]; 5] = [
    &[("PersonQueueArn", "people"), ("ClinicPhoneNumber", "+14695550100")],
    &[("PersonQueueArn", "people"), ("HoursOfOperationArn", "hours"), ("RecordCalls", "true")],
    &[("PersonQueueArn", "people"), ("CallbackQueueArn", "callbacks"), ("LineConnection", "production")],
    &[("CallbackQueueArn", "callbacks")],
    &[],
];
/// What a flow may speak of beside what it set itself. Attributes of the contact (`$.Attributes`) are not among them: a
/// chat client can set them.
const REFERENCES: [&str; 5] = [
    "$.Channel",
    "$.ContactId",
    "$.CustomerEndpoint.Address",
    "$.Lex.SessionAttributes.verificationStatus",
    "$.Lex.SessionAttributes.callReference",
];
/// What the bots are told: the contract with fulfillment.
const SESSION_ATTRIBUTES: [&str; 4] = ["callingNumber", "contactId", "connection", "callReference"];
const ANY: &str = "NoMatchingError";

struct Flow {
    actions: BTreeMap<String, Value>,
    start: String,
    /// The intents of each bot, by its alias.
    bots: BTreeMap<String, BTreeSet<String>>,
}

impl Flow {
    fn of(site: &[(&str, &str)]) -> Self {
        let template = Template::careline().expect("the template");
        let parameters = template.value()["Parameters"].as_object().expect("parameters").clone();
        let given = |name: &str| match site.iter().find(|(parameter, _)| *parameter == name) {
            Some((_, value)) => Some((*value).to_owned()),
            None => (!parameters.contains_key(name)).then(|| name.to_owned()),
        };
        let flow = template.properties("ContactFlow").expect("a flow");
        let content = template.resolve(&flow["Content"], &given).expect("content");
        let content = content.as_str().expect("a text");
        assert!(content.len() <= 256_000, "Connect takes no more");
        let content: Value = shared::json::decode(content.as_bytes()).expect("JSON");
        assert_eq!(content["Version"], "2019-10-30");
        let listed = each(&content["Actions"]);
        let actions: BTreeMap<_, _> =
            listed.iter().map(|action| (text(&action["Identifier"]).to_owned(), (*action).clone())).collect();
        assert_eq!(actions.len(), listed.len(), "two actions of one name");
        let bots = template.of_type("AWS::Lex::BotAlias").map(|(alias, properties)| {
            let bot = template.properties(text(&properties["BotId"]["Ref"])).expect("a bot");
            let intents = each(&bot["BotLocales"]).into_iter().flat_map(|locale| each(&locale["Intents"]));
            (format!("{alias}.Arn"), intents.map(|intent| text(&intent["Name"]).to_owned()).collect())
        });
        Self { start: text(&content["StartAction"]).to_owned(), bots: bots.collect(), actions }
    }

    fn action(&self, name: &str) -> &Value {
        self.actions.get(name).unwrap_or_else(|| panic!("no action {name}"))
    }

    /// Everything that is wrong.
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (name, action) in &self.actions {
            let mut problem = |what: String| problems.push(format!("{name}: {what}"));
            for (to, _) in ways(action) {
                if !self.actions.contains_key(&to) {
                    problem(format!("goes to {to}, which is not there"));
                }
            }
            let ends = action["Type"] == "DisconnectParticipant";
            if !ends && ways(action).is_empty() {
                problem("is a dead end".to_owned());
            }
            let (errors, results) = branches(text(&action["Type"]));
            let has = |list: &str, field: &str| -> BTreeSet<String> {
                let list = action["Transitions"][list].as_array().into_iter().flatten();
                list.map(|branch| text(branch.pointer(field).expect("a branch's name")).to_owned()).collect()
            };
            let (given_errors, given_results) =
                (has("Errors", "/ErrorType"), has("Conditions", "/Condition/Operands/0"));
            for error in errors.iter().filter(|error| !given_errors.contains(**error)) {
                problem(format!("has no branch for {error}"));
            }
            for result in results.iter().filter(|result| !given_results.contains(**result)) {
                problem(format!("has no branch for the result {result}"));
            }
            for condition in action["Transitions"]["Conditions"].as_array().into_iter().flatten() {
                let operator = text(&condition["Condition"]["Operator"]);
                if operator != operator_of(text(&action["Type"])) {
                    problem(format!("compares by {operator}"));
                }
            }
            let default = action["Transitions"]["NextAction"].is_string();
            if !ends && !default && results.is_empty() {
                problem("has no next action".to_owned());
            }
            if action["Type"] == "ConnectParticipantWithLexBot" {
                self.check_bot(action, &given_results, &mut problem);
            }
            let mut references = Vec::new();
            strings(&action["Parameters"], &mut references);
            for reference in references.into_iter().filter(|text| text.starts_with("$.")) {
                if !self.knows(reference) {
                    problem(format!("speaks of {reference}"));
                }
            }
        }
        if problems.is_empty() {
            problems.extend(self.silent_ends());
        }
        problems
    }

    fn check_bot(&self, action: &Value, results: &BTreeSet<String>, problem: &mut dyn FnMut(String)) {
        let parameters = &action["Parameters"];
        let alias = text(&parameters["LexV2Bot"]["AliasArn"]);
        match self.bots.get(alias) {
            None => problem(format!("speaks with {alias}, which is no bot of ours")),
            Some(intents) => {
                for intent in results.difference(intents) {
                    problem(format!("decides by {intent}, which the bot has not"));
                }
            }
        }
        for (name, value) in parameters["LexSessionAttributes"].as_object().expect("attributes") {
            if !SESSION_ATTRIBUTES.contains(&name.as_str()) && !name.starts_with("x-amz-lex:") {
                problem(format!("tells the bot {name}, which nobody reads"));
            }
            if name == "callReference" && value != "$.Lex.SessionAttributes.callReference" {
                problem("takes the call reference from elsewhere than Lex".to_owned());
            }
        }
    }

    /// Whether a reference is one that has a value: Connect's own, or set by this flow in every language.
    fn knows(&self, reference: &str) -> bool {
        let Some(name) = reference.strip_prefix("$.FlowAttributes.") else { return REFERENCES.contains(&reference) };
        let sets = self.actions.values().filter(|action| action["Type"] == "UpdateFlowAttributes");
        let values: Vec<_> = sets.map(|set| &set["Parameters"]["FlowAttributes"][name]["Value"]).collect();
        values.len() == 2 && values.iter().all(|value| value.as_str().is_some_and(|value| !value.is_empty()))
    }

    fn reachable(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![self.start.clone()];
        while let Some(name) = open.pop() {
            if found.insert(name.clone()) {
                open.extend(ways(self.action(&name)).into_iter().map(|(to, _)| to));
            }
        }
        found
    }

    /// Ways to the end of a call on which nothing was said since a bot or a queue had it.
    fn silent_ends(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut silent = BTreeSet::new();
        let mut open = vec![(self.start.clone(), false)];
        while let Some((name, said)) = open.pop() {
            if !seen.insert((name.clone(), said)) {
                continue;
            }
            let action = self.action(&name);
            let said = match text(&action["Type"]) {
                // Where a sentence can't be said, there is nothing more to be said.
                "MessageParticipant" => true,
                "ConnectParticipantWithLexBot" | "TransferContactToQueue" => false,
                "DisconnectParticipant" => {
                    if !said {
                        silent.insert(format!("{name}: ends the call without a sentence"));
                    }
                    said
                }
                _ => said,
            };
            open.extend(ways(action).into_iter().map(|(to, _)| (to, said)));
        }
        silent.into_iter().collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// Where an action goes, and by which branch.
fn ways(action: &Value) -> Vec<(String, String)> {
    let transitions = &action["Transitions"];
    let next = transitions["NextAction"].as_str().map(|to| (to.to_owned(), "next".to_owned()));
    let branches =
        ["Conditions", "Errors"].into_iter().flat_map(|list| transitions[list].as_array().into_iter().flatten());
    next.into_iter()
        .chain(branches.map(|branch| (text(&branch["NextAction"]).to_owned(), branch.to_string())))
        .collect()
}

/// The errors and results that an action of this type must have a branch for (developer guide, each action's page).
fn branches(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "UpdateFlowLoggingBehavior" | "DisconnectParticipant" => (&[], &[]),
        "UpdateContactRecordingAndAnalyticsBehavior" => (&[ANY, "ChannelMismatch"], &[]),
        "UpdateContactTextToSpeechVoice"
        | "UpdateContactData"
        | "UpdateFlowAttributes"
        | "MessageParticipant"
        | "UpdateContactTargetQueue"
        | "CreateCallbackContact" => (&[ANY], &[]),
        "GetParticipantInput" => (&[ANY, "NoMatchingCondition", "InputTimeLimitExceeded"], &[]),
        "ConnectParticipantWithLexBot" => (&[ANY, "NoMatchingCondition", "InputTimeLimitExceeded"], &[]),
        "Compare" => (&["NoMatchingCondition"], &[]),
        "Loop" => (&[], &["ContinueLooping", "DoneLooping"]),
        "CheckHoursOfOperation" => (&[ANY], &["True", "False"]),
        // NoMatchingCondition is where nobody is there. The action's page has it for other metrics only, but Connect refuses a
        // flow that lacks either (others' trials of CreateContactFlow in July and September 2026).
        "CheckMetricData" => (&[ANY, "NoMatchingCondition"], &["0"]),
        "TransferContactToQueue" => (&[ANY, "QueueAtCapacity"], &[]),
        "UpdateContactCallbackNumber" => (&["InvalidCallbackNumber", "CallbackNumberNotDialable"], &[]),
        other => panic!("{other} is an action that this check doesn't know"),
    }
}

/// How an action of this type compares its result: a count of people only so (developer guide, `CheckMetricData`).
fn operator_of(kind: &str) -> &'static str {
    if kind == "CheckMetricData" { "NumberGreaterThan" } else { "Equals" }
}

fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

#[test]
fn the_flow_has_no_dead_end_no_silent_end_and_nothing_unknown_whatever_a_site_sets() {
    let mut reached = BTreeSet::new();
    let mut names = BTreeSet::new();
    for site in SITES {
        let flow = Flow::of(site);
        assert_eq!(flow.problems(), [""; 0], "{site:?}");
        names.extend(flow.actions.keys().cloned());
        reached.extend(flow.reachable());
    }
    assert_eq!(names.difference(&reached).collect::<Vec<_>>(), [""; 0], "unreachable whatever a site sets");
}

#[test]
fn nothing_is_logged_and_nothing_recorded_before_a_caller_has_agreed() {
    let enabled = |action: &Value| {
        let behaviour = &action["Parameters"]["VoiceBehavior"]["VoiceRecordingBehavior"];
        (action["Type"] == "UpdateContactRecordingAndAnalyticsBehavior").then(|| {
            behaviour["IVRRecordingBehavior"] == "Enabled"
                || behaviour["RecordedParticipants"] != Value::from(vec![""; 0])
        })
    };
    for site in SITES {
        let flow = Flow::of(site);
        let first = flow.action(&flow.start);
        assert_eq!(first["Parameters"]["FlowLoggingBehavior"], "Disabled");
        let second = flow.action(text(&first["Transitions"]["NextAction"]));
        assert_eq!(enabled(second), Some(false), "recording is off before anything is said");
        let recorded = site.contains(&("RecordCalls", "true"));
        for name in flow.reachable() {
            if enabled(flow.action(&name)) != Some(true) {
                continue;
            }
            assert!(recorded, "{site:?}");
            for (before, action) in &flow.actions {
                if let Some((_, branch)) = ways(action).into_iter().find(|(to, _)| *to == name) {
                    assert_eq!(branch, "next", "{before} goes to the recording without having been heard");
                    assert_eq!(action["Parameters"]["Text"], "$.FlowAttributes.Consent");
                }
            }
        }
        // Contact Lens is never on.
        assert!(flow.actions.values().all(|action| !action.to_string().contains("AnalyticsBehavior\":{\"Enabled")));
    }
}

/// What makes the walk mean something: what is wrong is found.
#[test]
fn what_is_wrong_with_a_flow_is_found() {
    type Breaking = fn(&mut Flow);
    let cases: [(&str, Breaking); 11] = [
        ("which is not there", |flow| drop(flow.actions.remove("Busy"))),
        ("is a dead end", |flow| flow.actions.get_mut("Queue").unwrap()["Transitions"] = serde_json::json!({})),
        ("has no branch for QueueAtCapacity", |flow| {
            let errors = &mut flow.actions.get_mut("Transfer").unwrap()["Transitions"]["Errors"];
            errors.as_array_mut().unwrap().retain(|error| error["ErrorType"] == ANY);
        }),
        ("has no branch for the result False", |flow| {
            let conditions = &mut flow.actions.get_mut("Hours").unwrap()["Transitions"]["Conditions"];
            conditions.as_array_mut().unwrap().truncate(1);
        }),
        ("Staffed: has no branch for NoMatchingCondition", |flow| {
            let errors = &mut flow.actions.get_mut("Staffed").unwrap()["Transitions"]["Errors"];
            errors.as_array_mut().unwrap().retain(|error| error["ErrorType"] == ANY);
        }),
        ("compares by Equals", |flow| {
            let condition = &mut flow.actions.get_mut("Staffed").unwrap()["Transitions"]["Conditions"][0];
            condition["Condition"]["Operator"] = "Equals".into();
        }),
        ("ends the call without a sentence", |flow| {
            let errors = &mut flow.actions.get_mut("Transfer").unwrap()["Transitions"]["Errors"];
            errors.as_array_mut().unwrap().iter_mut().for_each(|error| error["NextAction"] = "HangUp".into());
        }),
        ("which is no bot of ours", |flow| {
            let bot = &mut flow.actions.get_mut("Medications").unwrap()["Parameters"]["LexV2Bot"];
            bot["AliasArn"] = "OtherAlias.Arn".into();
        }),
        ("which the bot has not", |flow| {
            let conditions = &mut flow.actions.get_mut("Medications").unwrap()["Transitions"]["Conditions"];
            conditions[0]["Condition"]["Operands"][0] = "VerifyCaller".into();
        }),
        ("speaks of $.FlowAttributes.Farewell", |flow| {
            flow.actions.get_mut("Farewell").unwrap()["Parameters"]["Text"] = "$.FlowAttributes.Farewell".into();
        }),
        ("takes the call reference from elsewhere than Lex", |flow| {
            let told = &mut flow.actions.get_mut("Medications").unwrap()["Parameters"]["LexSessionAttributes"];
            told["callReference"] = "$.Attributes.callReference".into();
        }),
    ];
    for (expected, breaking) in cases {
        let mut flow = Flow::of(SITES[0]);
        breaking(&mut flow);
        let problems = flow.problems();
        assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:?}");
    }
}
