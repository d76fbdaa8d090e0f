//! What each connection has of its own in `template.yaml`: its key, its schedule, its settings, its JWK Set URL.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{TEMPLATE, of_type, resource};

#[test]
fn the_jwk_set_urls_are_public_and_throttled_and_nothing_else_is() {
    let routes: BTreeSet<&str> = of_type("AWS::ApiGatewayV2::Route")
        .map(|(name, route)| {
            assert_eq!(route["ApiId"], json!({"Ref": "JwksApi"}), "{name}");
            assert_eq!(route["Target"], json!({"Fn::Sub": "integrations/${JwksIntegration}"}), "{name}");
            assert!(route.get("AuthorizationType").is_none(), "{name}");
            route["RouteKey"].as_str().expect("a key")
        })
        .collect();
    assert_eq!(routes, BTreeSet::from(["GET /{connection}/jwks.json", "HEAD /{connection}/jwks.json"]));
    let integration = &resource("JwksIntegration")["Properties"];
    assert_eq!(integration["IntegrationUri"], json!({"Fn::GetAtt": ["JwksFunction", "Arn"]}));
    assert_eq!(integration["PayloadFormatVersion"], "2.0", "the format that jwks reads and answers in");
    let [(_, stage)] = of_type("AWS::ApiGatewayV2::Stage").collect::<Vec<_>>()[..] else { panic!("one stage") };
    assert_eq!(stage["StageName"], "$default");
    assert_eq!(stage["DefaultRouteSettings"], json!({"ThrottlingBurstLimit": 20, "ThrottlingRateLimit": 10}));
    let permission = &resource("JwksPermission")["Properties"];
    assert_eq!(permission["FunctionName"], json!({"Ref": "JwksFunction"}));
    let jwks =
        of_type("AWS::Lambda::Permission").filter(|(_, other)| other["FunctionName"] == permission["FunctionName"]);
    assert_eq!(jwks.count(), 1);
}

/// Epic knows what stands in it. With a key of ours, the table would be lost with the key, and jwks would need KMS.
#[test]
fn the_table_of_signing_keys_outlives_the_stack_and_can_be_recovered() {
    let table = resource("SigningKeyTable");
    assert_eq!(table["DeletionPolicy"], "Retain");
    assert_eq!(table["UpdateReplacePolicy"], "Retain");
    let table = &table["Properties"];
    assert_eq!(table["PointInTimeRecoverySpecification"], json!({"PointInTimeRecoveryEnabled": true}));
    assert_eq!(table["KeySchema"], json!([{"AttributeName": "connection", "KeyType": "HASH"}]));
    assert!(table.get("SSESpecification").is_none() && table.get("TimeToLiveSpecification").is_none());
}

#[test]
fn each_connections_signing_key_is_for_rs384_and_outlives_the_stack() {
    for connection in ["sandbox", "production"] {
        let key = resource(&format!("SigningKey{connection}"));
        assert_eq!(key["DeletionPolicy"], "Retain");
        assert_eq!(key["UpdateReplacePolicy"], "Retain");
        assert_eq!(key["Properties"]["KeySpec"], "RSA_3072");
        assert_eq!(key["Properties"]["KeyUsage"], "SIGN_VERIFY");
        assert!(TEMPLATE["Outputs"].get(format!("SigningKeyId{connection}")).is_some());
    }
}

#[test]
fn each_connection_has_a_schedule_that_names_it() {
    assert_eq!(of_type("AWS::Scheduler::Schedule").count(), 2);
    for connection in ["sandbox", "production"] {
        let target = &resource(&format!("Schedule{connection}"))["Properties"]["Target"];
        assert_eq!(target["Arn"], json!({"Fn::GetAtt": ["TokenRefresherFunction", "Arn"]}));
        let input = target["Input"]["Fn::Sub"].as_str().expect("a text");
        let input: Value = shared::json::decode(input.as_bytes()).expect("JSON");
        assert_eq!(input, json!({"connection": connection, "reason": "schedule"}));
    }
}

#[test]
fn each_connections_settings_are_a_secret_of_which_the_template_knows_nothing() {
    for connection in ["sandbox", "production"] {
        let secret = &resource(&format!("ConnectionSettings{connection}"))["Properties"];
        assert_eq!(secret["Name"], json!({"Fn::Sub": format!("${{AWS::StackName}}/connections/{connection}")}));
        assert_eq!(secret["SecretString"], "{}");
        assert_eq!(secret["KmsKeyId"], json!({"Fn::GetAtt": ["DataKey", "Arn"]}));
    }
}
