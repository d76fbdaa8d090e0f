use super::*;

fn deployment(endpoint: Option<&str>, outputs: &[(&str, &str)]) -> Deployment {
    let owned = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>()
    };
    let environment = owned(&[
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "test-only"),
        ("AWS_ENDPOINT_URL", endpoint.unwrap_or_default()),
    ]);
    let aws = Aws::from_environment(&environment, &shared::http::client().unwrap()).unwrap();
    Deployment::from_outputs("careline", aws, owned(outputs)).unwrap()
}

fn name(text: &str) -> ConnectionName {
    ConnectionName::parse(text).unwrap()
}

#[test]
fn the_only_connection_need_not_be_named() {
    let one = deployment(None, &[("ConnectionNames", "sandbox")]);
    assert_eq!(one.connection(None).unwrap(), name("sandbox"));
    let two = deployment(None, &[("ConnectionNames", "sandbox, production")]);
    assert_eq!(two.connection(Some(&name("production"))).unwrap(), name("production"));
    let said = two.connection(None).unwrap_err().to_string();
    assert!(said.ends_with("name one with --connection: sandbox, production"), "{said}");
    let said = two.connection(Some(&name("other"))).unwrap_err().to_string();
    assert_eq!(said, "the stack careline has no connection other; it has: sandbox, production");
}

#[test]
fn the_jwk_set_url_is_the_one_that_epic_is_told() {
    let outputs = [("JwksUrl", "https://a1.example.org/{connection}/jwks.json"), ("JwksApiId", "a1")];
    let url = |endpoint| deployment(endpoint, &outputs).jwks_url(&name("sandbox")).unwrap();
    assert_eq!(url(None), "https://a1.example.org/sandbox/jwks.json");
    assert_eq!(url(Some("https://cloud.example.org")), "https://a1.example.org/sandbox/jwks.json");
    assert_eq!(
        url(Some("http://127.0.0.1:4566")),
        "http://127.0.0.1:4566/_aws/execute-api/a1/$default/sandbox/jwks.json"
    );
    let local = deployment(Some("http://127.0.0.1:4566"), &[("JwksUrl", "http://127.0.0.1:9/{connection}/jwks.json")]);
    assert_eq!(local.jwks_url(&name("sandbox")).unwrap(), "http://127.0.0.1:9/sandbox/jwks.json");
}

#[test]
fn a_connections_first_key_is_found_though_its_output_has_no_hyphens() {
    let outputs = [("SigningKeyIdepicprod", "arn:1"), ("SigningKeyIdSandbox", "arn:2")];
    let deployment = deployment(None, &outputs);
    assert_eq!(deployment.first_signing_key_id(&name("epic-prod")).unwrap(), "arn:1");
    assert_eq!(deployment.first_signing_key_id(&name("sandbox")).unwrap(), "arn:2");
    assert!(deployment.first_signing_key_id(&name("prod")).is_err());
}

#[test]
fn an_output_that_is_missing_is_named() {
    let said = deployment(None, &[]).signing_key_table_name().unwrap_err().to_string();
    assert_eq!(said, "the stack careline has no output SigningKeyTableName: deploy this version's template.yaml");
}

#[tokio::test]
async fn missing_credentials_are_told_by_name_with_the_command_that_sets_them() {
    let environment = BTreeMap::from([("AWS_REGION".to_owned(), "eu-west-1".to_owned())]);
    let error = Deployment::find(&environment, "careline").await.unwrap_err();
    let said = shared::telemetry::ErrorChain(&error).to_string();
    assert!(said.contains(r#"eval "$(aws configure export-credentials --format env)""#), "{said}");
    assert!(
        said.contains("AWS_ACCESS_KEY_ID is not set") && said.contains("AWS_SECRET_ACCESS_KEY is not set"),
        "{said}"
    );
    assert!(!said.contains("AWS_REGION is not set"), "{said}");
}
