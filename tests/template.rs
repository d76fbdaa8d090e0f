//! `template.yaml` against the code, and against the promises that it keeps: who may do what, what is encrypted, what is
//! kept, what is watched.

mod bots;
mod connections;
mod flow;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use careline::local_stack::{Function, python};
use serde_json::{Value, json};
use shared::environment::Variable;
use shared::metrics::{self, Metric};

use crate::events::sam_python;
use crate::support::deployed::checkout;

/// The template as JSON for two connections, its short forms and loops written out.
static TEMPLATE: LazyLock<Value> = LazyLock::new(|| {
    let requirements = checkout().join("cli/local-stack/requirements.txt");
    let python =
        python::environment(checkout(), "ministack", &requirements, &|_| {}).unwrap_or_else(|error| panic!("{error}"));
    let output = Command::new(python)
        .arg(checkout().join("cli/local-stack/template.py"))
        .arg(checkout().join("template.yaml"))
        .arg("Connections=sandbox,production")
        .output()
        .expect("Python runs");
    shared::json::decode(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
});

fn resource(name: &str) -> &'static Value {
    TEMPLATE["Resources"].get(name).unwrap_or_else(|| panic!("the template has no {name}"))
}

fn of_type(kind: &str) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let kind = kind.to_owned();
    let resources = TEMPLATE["Resources"].as_object().expect("resources");
    resources
        .iter()
        .filter(move |(_, resource)| resource["Type"] == kind)
        .map(|(name, resource)| (name.as_str(), &resource["Properties"]))
}

/// The statements of a role's policies.
fn statements(role: &Value) -> Vec<&Value> {
    let policies = role["Policies"].as_array().expect("policies");
    policies.iter().flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().expect("statements")).collect()
}

/// A value, or the values of a list.
fn each(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}

fn actions(statement: &Value) -> Vec<&str> {
    each(&statement["Action"]).into_iter().map(|action| action.as_str().expect("an action")).collect()
}

#[test]
fn every_variable_in_the_template_is_one_that_the_code_declares_and_the_other_way_round() {
    let declared: [(Function, &[Variable]); 4] = [
        (Function::TokenRefresher, token_refresher::config::VARIABLES),
        (Function::Fulfillment, fulfillment::config::VARIABLES),
        (Function::PrefetchWorker, prefetch_worker::config::VARIABLES),
        (Function::Jwks, jwks::config::VARIABLES),
    ];
    for (function, variables) in declared {
        let declared: BTreeSet<&str> = variables.iter().map(|variable| variable.name).collect();
        let properties = &resource(&format!("{}Function", function.logical_id()))["Properties"];
        let given = properties["Environment"]["Variables"].as_object().expect("variables");
        let given: BTreeSet<&str> = given.keys().map(String::as_str).collect();
        assert_eq!(given, declared, "{}", function.name());
    }
}

#[test]
fn every_alarm_watches_a_metric_that_is_told() {
    let known: BTreeSet<&str> = Metric::ALL.into_iter().map(Metric::name).collect();
    let mut watched = BTreeSet::new();
    for (name, alarm) in of_type("AWS::CloudWatch::Alarm") {
        if alarm["Namespace"] == metrics::NAMESPACE {
            let metric = alarm["MetricName"].as_str().expect("a metric's name");
            assert!(known.contains(metric), "{name}: nobody tells {metric}");
            let dimension = &alarm["Dimensions"][0];
            assert_eq!(dimension["Name"], "Connection", "{name}");
            watched.insert((dimension["Value"].as_str().expect("a connection"), metric));
        }
    }
    for metric in [
        Metric::TokenRemainingSeconds,
        Metric::TokenRefreshFailed,
        Metric::TokenRejectedFresh,
        Metric::ForeignEntries,
        Metric::TurnFailed,
        Metric::KeySetNotRead,
    ] {
        for connection in ["sandbox", "production"] {
            assert!(
                watched.contains(&(connection, metric.name())),
                "no alarm watches {} of {connection}",
                metric.name()
            );
        }
    }
}

#[test]
fn a_token_that_nobody_looks_after_alarms() {
    let alarm = &resource("TokenExpiringAlarmsandbox")["Properties"];
    assert_eq!(alarm["MetricName"], Metric::TokenRemainingSeconds.name());
    assert_eq!(alarm["TreatMissingData"], "breaching");
}

#[test]
fn errors_throttles_and_dead_letters_alarm() {
    let watched: BTreeSet<(String, String)> = of_type("AWS::CloudWatch::Alarm")
        .map(|(_, alarm)| {
            (alarm["Dimensions"][0]["Value"].to_string(), alarm["MetricName"].as_str().unwrap().to_owned())
        })
        .collect();
    let queue_name = |queue: &str| json!({"Fn::GetAtt": [queue, "QueueName"]}).to_string();
    for function in Function::ALL {
        let function = json!({"Ref": format!("{}Function", function.logical_id())}).to_string();
        assert!(watched.contains(&(function.clone(), "Errors".to_owned())), "{function}");
        assert!(watched.contains(&(function.clone(), "Throttles".to_owned())), "{function}");
    }
    for queue in ["PrefetchDeadLetterQueue", "ScheduleDeadLetterQueue"] {
        assert!(watched.contains(&(queue_name(queue), "ApproximateNumberOfMessagesVisible".to_owned())), "{queue}");
    }
    assert!(watched.contains(&(queue_name("PrefetchQueue"), "ApproximateAgeOfOldestMessage".to_owned())));
    assert!(watched.contains(&(json!({"Ref": "JwksApi"}).to_string(), "5xx".to_owned())));
}

/// Every policy with the roles that have it: those written in a role, and those that stand by themselves.
fn policies() -> Vec<(String, Vec<&'static Value>)> {
    let in_roles = of_type("AWS::IAM::Role").map(|(name, role)| (name.to_owned(), statements(role)));
    let alone = of_type("AWS::IAM::Policy").map(|(_, policy)| {
        let role = policy["Roles"][0]["Ref"].as_str().expect("a role").to_owned();
        assert_eq!(policy["Roles"].as_array().map(Vec::len), Some(1));
        (role, policy["PolicyDocument"]["Statement"].as_array().expect("statements").iter().collect())
    });
    in_roles.chain(alone).collect()
}

#[test]
fn only_token_refresher_may_sign_each_key_with_its_one_algorithm() {
    let mut signers = Vec::new();
    for (role, statements) in policies() {
        for statement in statements {
            if actions(statement).iter().any(|action| action.eq_ignore_ascii_case("kms:Sign") || action.contains('*')) {
                signers.push((role.clone(), statement));
            }
        }
    }
    assert_eq!(signers.len(), 2, "one for each connection: {signers:?}");
    for ((role, statement), connection) in signers.iter().zip(["production", "sandbox"]) {
        assert_eq!(role, "TokenRefresherRole");
        assert_eq!(actions(statement), ["kms:Sign"]);
        assert_eq!(
            statement["Resource"],
            json!({"Fn::GetAtt": [{"Fn::Sub": format!("SigningKey{connection}")}, "Arn"]})
        );
        let algorithm = json!({"StringEqualsIfExists": {"kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_384"}});
        assert_eq!(statement["Condition"], algorithm);
    }
}

#[test]
fn no_role_has_a_wildcard_or_a_managed_policy() {
    for (name, role) in of_type("AWS::IAM::Role") {
        assert!(role.get("ManagedPolicyArns").is_none(), "{name}");
    }
    let mut count = 0;
    for (name, statement) in policies()
        .into_iter()
        .flat_map(|(name, statements)| statements.into_iter().map(move |statement| (name.clone(), statement)))
    {
        count += 1;
        assert_eq!(statement["Effect"], "Allow", "{name}");
        assert!(actions(statement).iter().all(|action| !action.contains('*')), "{name}: {statement}");
        // Polly speaks, and has nothing of its own that could be named.
        let speaks = actions(statement) == ["polly:SynthesizeSpeech"] && statement["Resource"] == "*";
        let named = each(&statement["Resource"]).iter().all(|resource| resource.is_object());
        assert!(named || speaks, "{name}: {statement}");
    }
    assert!(count > 15, "only {count} statements found");
}

#[test]
fn every_function_has_a_role_and_a_log_of_its_own() {
    for function in Function::ALL {
        let id = function.logical_id();
        let properties = &resource(&format!("{id}Function"))["Properties"];
        assert_eq!(properties["Role"], json!({"Fn::GetAtt": [format!("{id}Role"), "Arn"]}));
        assert!(properties.get("Policies").is_none(), "{id}: the role is written by hand");
        assert_eq!(properties["LoggingConfig"], json!({"LogGroup": {"Ref": format!("{id}Logs")}}));
        let log = &resource(&format!("{id}Logs"))["Properties"];
        assert_eq!(log["KmsKeyId"], json!({"Fn::GetAtt": ["DataKey", "Arn"]}), "{id}");
        assert_eq!(log["RetentionInDays"], json!({"Ref": "LogRetentionDays"}), "{id}");
        let writes: Vec<&Value> = statements(&resource(&format!("{id}Role"))["Properties"])
            .into_iter()
            .filter(|statement| actions(statement).iter().any(|action| action.starts_with("logs:")))
            .map(|statement| &statement["Resource"])
            .collect();
        assert_eq!(writes, [&json!({"Fn::GetAtt": [format!("{id}Logs"), "Arn"]})], "{id}");
        for output in [format!("{id}FunctionName"), format!("{id}RoleArn")] {
            assert!(TEMPLATE["Outputs"].get(&output).is_some(), "no output {output}");
        }
    }
}

/// The local AWS drops `TimeToLiveSpecification`, and encrypts nothing: the template is what can be looked at.
#[test]
fn tables_expire_are_encrypted_with_our_key_and_are_not_copied() {
    use shared::{access_token::store::attribute as token, call_record::store::attribute as call};

    for (table, keys, expiry) in [
        ("AccessTokenTable", vec![token::CONNECTION], token::TIME_TO_LIVE),
        ("CallTable", vec![call::CALL, call::ITEM], call::EXPIRES_AT),
    ] {
        let table = &resource(table)["Properties"];
        assert_eq!(table["TimeToLiveSpecification"], json!({"AttributeName": expiry, "Enabled": true}));
        assert_eq!(table["PointInTimeRecoverySpecification"], json!({"PointInTimeRecoveryEnabled": false}));
        let key = json!({"Fn::GetAtt": ["DataKey", "Arn"]});
        assert_eq!(table["SSESpecification"], json!({"SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": key}));
        let names: Vec<&Value> = each(&table["KeySchema"]).into_iter().map(|key| &key["AttributeName"]).collect();
        assert_eq!(names, keys);
    }
    assert_eq!(of_type("AWS::DynamoDB::Table").count(), 3, "these and the signing keys'");
}

#[test]
fn queues_are_encrypted_with_our_key_and_take_tls_only() {
    let queues: BTreeSet<String> = of_type("AWS::SQS::Queue")
        .map(|(name, queue)| {
            assert_eq!(queue["KmsMasterKeyId"], json!({"Fn::GetAtt": ["DataKey", "Arn"]}), "{name}");
            json!({"Ref": name}).to_string()
        })
        .collect();
    let policy = &resource("QueuePolicy")["Properties"];
    assert_eq!(each(&policy["Queues"]).into_iter().map(Value::to_string).collect::<BTreeSet<_>>(), queues);
    let statement = &policy["PolicyDocument"]["Statement"][0];
    assert_eq!(statement["Effect"], "Deny");
    let but_loopback = json!({"aws:SourceIp": ["127.0.0.0/8", "::1/128"]});
    let insecure = json!({"Bool": {"aws:SecureTransport": "false"}, "NotIpAddress": but_loopback});
    assert_eq!(statement["Condition"], insecure);
}

#[test]
fn a_job_is_delivered_at_once_and_one_that_failed_comes_again_while_it_is_of_use() {
    let queue = &resource("PrefetchQueue")["Properties"];
    let timeout = TEMPLATE["Globals"]["Function"]["Timeout"].as_u64().expect("a time-out");
    let hidden = queue["VisibilityTimeout"].as_u64().expect("a number");
    let stale = shared::prefetch_job::STALE_AFTER.as_secs();
    assert!(hidden > timeout, "Lambda refuses less than the time-out");
    assert!(2 * hidden < stale, "twice before it is stale");
    // Only what is never done gets to the dead letters: when an outage has lasted so long, a job is stale and ends there.
    let received = queue["RedrivePolicy"]["maxReceiveCount"].as_u64().expect("a number");
    assert!(received >= 5 && received * hidden > stale + hidden);
    let source = &resource("PrefetchWorkerFunction")["Properties"]["Events"]["Prefetch"]["Properties"];
    assert_eq!(source["FunctionResponseTypes"], json!(["ReportBatchItemFailures"]));
    assert!(source.get("MaximumBatchingWindowInSeconds").is_none(), "a lone message would wait for the window");
}

#[test]
fn the_secret_of_the_attempt_counters_is_made_by_aws_and_told_to_nobody() {
    let secret = &resource("AttemptSecret")["Properties"];
    assert!(secret.get("SecretString").is_none());
    assert!(secret["GenerateSecretString"]["PasswordLength"].as_u64().expect("a length") >= 32);
    let outputs = TEMPLATE["Outputs"].to_string();
    assert!(!outputs.contains("AttemptSecret"), "{outputs}");
    let secret = json!({"Fn::GetAtt": ["AttemptSecret", "Id"]});
    let readers: Vec<String> = policies()
        .into_iter()
        .filter(|(_, statements)| statements.iter().any(|statement| each(&statement["Resource"]).contains(&&secret)))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(readers, ["FulfillmentRole"]);
}

#[test]
fn every_log_level_offered_is_one_that_the_code_knows_and_trace_is_not_offered() {
    let levels = &TEMPLATE["Parameters"]["LogLevel"]["AllowedValues"];
    for level in each(levels) {
        let level = level.as_str().expect("a level");
        assert!(shared::telemetry::parse_level(level).is_some(), "{level}");
    }
    assert!(!each(levels).contains(&&json!("trace")));
}

/// What a template with nothing but its required parameters gives is what the code accepts.
#[test]
fn the_code_accepts_the_templates_defaults() {
    let resolve = |value: &Value| -> String {
        let find = &value["Fn::FindInMap"];
        let parameter =
            |name: &str| TEMPLATE["Parameters"].get(name)?.get("Default").and_then(Value::as_str).map(str::to_owned);
        if find.is_array() {
            let key = parameter(find[1]["Ref"].as_str().expect("a parameter")).expect("a default");
            let value = &TEMPLATE["Mappings"][find[0].as_str().unwrap()][&key][find[2].as_str().unwrap()];
            return value.as_str().expect("text").to_owned();
        }
        if let Some(text) = value["Fn::Sub"].as_str() {
            return text.replace("${AWS::StackName}", "careline");
        }
        if let Some(list) = value["Fn::Join"][1]["Ref"].as_str() {
            return parameter(list).expect("a default");
        }
        if let Some(resource) = value["Fn::GetAtt"][0].as_str() {
            return format!("arn:aws:service:us-east-1:123456789012:{resource}");
        }
        let reference = value["Ref"].as_str().unwrap_or_default();
        parameter(reference).unwrap_or_else(|| match reference {
            "PrefetchQueue" => "https://sqs.us-east-1.amazonaws.com/123456789012/careline-PrefetchQueue".to_owned(),
            other => format!("careline-{other}"),
        })
    };
    let environment = |function: Function| -> BTreeMap<String, String> {
        let properties = &resource(&format!("{}Function", function.logical_id()))["Properties"];
        let variables = properties["Environment"]["Variables"].as_object().expect("variables");
        variables.iter().map(|(name, value)| (name.clone(), resolve(value))).collect()
    };
    token_refresher::config::Config::from_environment(&environment(Function::TokenRefresher))
        .unwrap_or_else(|error| panic!("token-refresher: {error}"));
    fulfillment::config::Config::from_environment(&environment(Function::Fulfillment))
        .unwrap_or_else(|error| panic!("fulfillment: {error}"));
    prefetch_worker::config::Config::from_environment(&environment(Function::PrefetchWorker))
        .unwrap_or_else(|error| panic!("prefetch-worker: {error}"));
    jwks::config::Config::from_environment(&environment(Function::Jwks))
        .unwrap_or_else(|error| panic!("jwks: {error}"));
}

#[test]
fn the_schedules_periods_are_what_their_names_say() {
    let offered: BTreeSet<&str> = each(&TEMPLATE["Parameters"]["SchedulePeriodMinutes"]["AllowedValues"])
        .into_iter()
        .filter_map(Value::as_str)
        .collect();
    let periods = TEMPLATE["Mappings"]["SchedulePeriod"].as_object().expect("periods");
    assert_eq!(periods.keys().map(String::as_str).collect::<BTreeSet<_>>(), offered);
    for (minutes, period) in periods {
        let seconds = 60 * minutes.parse::<u64>().expect("minutes");
        let unit = if minutes == "1" { "minute" } else { "minutes" };
        assert_eq!(period["Expression"], format!("rate({minutes} {unit})"));
        assert_eq!(period["Seconds"], seconds.to_string());
        assert_eq!(period["TwicePeriodSeconds"], (2 * seconds).to_string());
    }
}

#[test]
fn the_sam_cli_and_the_linter_find_nothing() {
    let output = Command::new(sam_python())
        .args(["-m", "samcli", "validate", "--lint", "--region", "us-east-1", "--template-file"])
        .arg(checkout().join("template.yaml"))
        .env("SAM_CLI_TELEMETRY", "0")
        .env_remove("AWS_PROFILE")
        .current_dir(checkout())
        .output()
        .expect("the SAM CLI runs");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("is a valid SAM Template"), "{said}");
}
