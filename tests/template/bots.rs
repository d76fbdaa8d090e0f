//! The bots in `template.yaml`: versions that move, aliases that ask our function, and a sentence wherever that fails.

use ring::digest::{SHA256, digest};
use sam_template::Template;
use serde_json::{Value, json};
use shared::speech::Locale;
use shared::speech::dialog::verification::AnsweredBy;

use super::{TEMPLATE, each, of_type, resource};

const BOTS: [&str; 2] = ["PatientAuth", "HealthcareIVR"];

/// A bot with its sentences in their places.
fn bot(name: &str) -> Value {
    let template = Template::careline().expect("the template");
    let given = |name: &str| Some(name.to_owned());
    template.resolve(template.properties(name).expect("a bot"), &given).expect("nothing but sentences to work out")
}

fn intents(bot: &Value) -> Vec<&Value> {
    each(&bot["BotLocales"]).into_iter().flat_map(|locale| each(&locale["Intents"])).collect()
}

/// Lex keeps a version as it was made. So its name, by which CloudFormation knows it, tells what it was made from.
#[test]
fn a_bot_that_changes_has_a_version_of_another_name() {
    for name in BOTS {
        let definition = bot(name)["BotLocales"].to_string();
        let hash: String =
            digest(&SHA256, definition.as_bytes()).as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let wanted = format!("{name}Version{hash}");
        let versions: Vec<&str> = of_type("AWS::Lex::BotVersion")
            .filter(|(_, version)| version["BotId"] == json!({"Ref": name}))
            .map(|(version, _)| version)
            .collect();
        assert_eq!(versions, [&wanted], "{name} has changed: call its version {wanted}, here and in {name}Alias");
        let alias = &resource(&format!("{name}Alias"))["Properties"];
        assert_eq!(alias["BotVersion"], json!({"Fn::GetAtt": [wanted, "BotVersion"]}));
        let locales = each(&resource(&wanted)["Properties"]["BotVersionLocaleSpecification"]);
        assert_eq!(locales.into_iter().map(|locale| &locale["LocaleId"]).collect::<Vec<_>>(), ["en_US", "es_US"]);
    }
}

#[test]
fn both_languages_of_both_bots_ask_fulfillment_by_its_alias_and_log_nothing() {
    for name in BOTS {
        let alias = &resource(&format!("{name}Alias"))["Properties"];
        assert!(alias.get("ConversationLogSettings").is_none(), "what callers say would be logged");
        for locale in each(&alias["BotAliasLocaleSettings"]) {
            let setting = &locale["BotAliasLocaleSetting"];
            assert_eq!(setting["Enabled"], true);
            let hook = &setting["CodeHookSpecification"]["LambdaCodeHook"];
            assert_eq!(hook["LambdaArn"], json!({"Ref": "FulfillmentAlias"}));
        }
        // On the qualifier that Lex names, and for this bot's alias alone.
        let permission = &resource(&format!("{name}Permission"))["Properties"];
        assert_eq!(permission["FunctionName"], json!({"Ref": "FulfillmentAlias"}));
        assert_eq!(permission["Principal"], "lexv2.amazonaws.com");
        assert_eq!(permission["SourceArn"], json!({"Fn::GetAtt": [format!("{name}Alias"), "Arn"]}));
        let association = &resource(&format!("{name}Association"))["Properties"];
        assert_eq!(association["IntegrationArn"], json!({"Fn::GetAtt": [format!("{name}Alias"), "Arn"]}));
        assert_eq!(association["InstanceId"], json!({"Ref": "ConnectInstanceArn"}));
    }
    assert_eq!(resource("FulfillmentAlias")["Properties"]["FunctionName"], json!({"Ref": "FulfillmentFunction"}));
}

#[test]
fn without_a_connect_instance_there_is_no_voice() {
    let resources = TEMPLATE["Resources"].as_object().expect("resources");
    let mut count = 0;
    for (name, resource) in resources {
        let kind = resource["Type"].as_str().expect("a type");
        if kind.starts_with("AWS::Lex::") || kind.starts_with("AWS::Connect::") || kind == "AWS::Lambda::Alias" {
            assert_eq!(resource["Condition"], "Voice", "{name}");
            count += 1;
        }
    }
    assert_eq!(count, 10);
    assert_eq!(TEMPLATE["Parameters"]["ConnectInstanceArn"]["Default"], "");
}

/// A response with words in it.
fn speaks(response: &Value) -> bool {
    let groups = each(&response["MessageGroupsList"]);
    groups.iter().any(|group| group["Message"]["PlainTextMessage"]["Value"].as_str().is_some_and(|text| text.len() > 5))
}

#[test]
fn a_hook_that_fails_or_takes_too_long_ends_in_a_sentence() {
    let invokes = json!({"DialogAction": {"Type": "InvokeDialogCodeHook"}});
    let check = |hook: &Value, of: &str| {
        assert!(hook["EnableCodeHookInvocation"] == true && hook["IsActive"] == true, "{of}");
        let after = &hook["PostCodeHookSpecification"];
        assert_eq!(after["SuccessNextStep"]["DialogAction"]["Type"], "FulfillIntent", "{of}");
        for what in ["Failure", "Timeout"] {
            assert!(speaks(&after[format!("{what}Response")]), "{of}");
            assert_eq!(after[format!("{what}NextStep")]["DialogAction"]["Type"], "EndConversation", "{of}");
        }
    };
    for name in BOTS {
        let bot = bot(name);
        for intent in intents(&bot) {
            let of = format!("{name}: {}", intent["Name"]);
            assert_eq!(intent["DialogCodeHook"]["Enabled"], true, "{of}");
            assert_eq!(intent["InitialResponseSetting"]["NextStep"], invokes, "{of}");
            check(&intent["InitialResponseSetting"]["CodeHook"], &of);
            // The flow does what comes of the other language.
            if intent["Name"] != "OtherLanguage" {
                let status = &intent["FulfillmentCodeHook"]["PostFulfillmentStatusSpecification"];
                assert!(speaks(&status["FailureResponse"]) && speaks(&status["TimeoutResponse"]), "{of}");
            }
            for slot in intent["Slots"].as_array().into_iter().flatten() {
                let of = format!("{of}: {}", slot["Name"]);
                let capture = &slot["ValueElicitationSetting"]["SlotCaptureSetting"];
                assert_eq!(capture["CaptureNextStep"], invokes, "{of}");
                check(&capture["CodeHook"], &of);
                assert!(speaks(&slot["ValueElicitationSetting"]["PromptSpecification"]), "{of}: a question");
            }
        }
    }
}

/// Each question stands in one place a language. Lex says a prompt where it asks by itself, as after silence on the phone.
#[test]
fn lex_asks_by_itself_in_the_words_in_which_fulfillment_asks() {
    let bot = bot("PatientAuth");
    let mut prompts = 0;
    for locale in each(&bot["BotLocales"]) {
        let dialog = Locale::of_bot(locale["LocaleId"].as_str()).dialog();
        let question = |slot: &str| match slot {
            "PhoneNumber" => dialog.verification.phone_number,
            "DateOfBirth" => dialog.verification.birth_date,
            "Gender" => dialog.verification.gender,
            "FirstName" => dialog.verification.first_name,
            "LastName" => dialog.verification.last_name,
            "PostalCode" => dialog.verification.postal_code,
            "RecordNumberEnding" => dialog.verification.record_number,
            "Confirmation" => dialog.verification.is_that_right,
            slot => panic!("{slot} has no question"),
        };
        let verify = each(&locale["Intents"]).into_iter().find(|intent| intent["Name"] == "VerifyCaller");
        for slot in each(&verify.expect("VerifyCaller")["Slots"]) {
            let groups = each(&slot["ValueElicitationSetting"]["PromptSpecification"]["MessageGroupsList"]);
            let said: Vec<&str> =
                groups.into_iter().filter_map(|group| group["Message"]["PlainTextMessage"]["Value"].as_str()).collect();
            assert_eq!(said, [question(slot["Name"].as_str().expect("a name")).text(AnsweredBy::Phone)]);
            prompts += 1;
        }
    }
    assert_eq!(prompts, 16, "eight slots in two languages");
}

#[test]
fn what_may_take_its_time_says_so_soon_and_within_the_functions() {
    let timeout = TEMPLATE["Globals"]["Function"]["Timeout"].as_u64().expect("a time-out");
    let mut slow = 0;
    for name in BOTS {
        let bot = bot(name);
        for intent in intents(&bot) {
            let updates = &intent["FulfillmentCodeHook"]["FulfillmentUpdatesSpecification"];
            if updates.is_null() {
                let at_once = ["SpeakToPerson", "Emergency", "Goodbye", "Help", "StopSpeaking", "FallbackIntent"];
                let name = intent["Name"].as_str().expect("a name");
                assert!(at_once.contains(&name) || ["Repeat", "OtherLanguage"].contains(&name), "{name}");
                continue;
            }
            slow += 1;
            assert_eq!(updates["Active"], true);
            // The least that Lex takes above a second and a half.
            assert_eq!(updates["StartResponse"]["DelayInSeconds"], 2);
            assert!(updates["TimeoutInSeconds"].as_u64().expect("seconds") > timeout, "the function ends first");
        }
    }
    assert_eq!(slow, 22, "in two languages");
}
