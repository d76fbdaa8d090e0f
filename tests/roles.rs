//! What the template's roles may do, tried on the local AWS, which enforces IAM: only token-refresher signs, and it reads
//! no call (design.md, promise 3); jwks, which anyone can ask, reads public keys and nothing else.

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::SigningAlgorithmSpec;
use careline::local_stack::Function;
use shared::aws::AwsError;

use crate::support::deployed::{Deployed, connection};
use crate::support::operator::unhurried;

async fn deployed() -> &'static Deployed {
    tokio::task::spawn_blocking(Deployed::shared).await.expect("the local stack")
}

async fn sign_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    let deployment = stack.deployment().expect("HTTP");
    aws_sdk_kms::Client::new(&unhurried(&stack.aws_as(function)))
        .sign()
        .key_id(deployment.first_signing_key_id(&connection()).expect("an output"))
        .signing_algorithm(SigningAlgorithmSpec::RsassaPkcs1V15Sha384)
        .message(Blob::new("an assertion"))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("kms:Sign", &error))
}

async fn query_calls_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws_as(function)))
        .query()
        .table_name(stack.output("CallTableName").expect("an output"))
        .key_condition_expression("#call = :call")
        .expression_attribute_names("#call", "call")
        .expression_attribute_values(":call", AttributeValue::S("a call".to_owned()))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("dynamodb:Query", &error))
}

async fn read_token_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws_as(function)))
        .get_item()
        .table_name(stack.output("AccessTokenTableName").expect("an output"))
        .key("connection", AttributeValue::S("nobody".to_owned()))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("dynamodb:GetItem", &error))
}

async fn write_token_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws_as(function)))
        .update_item()
        .table_name(stack.output("AccessTokenTableName").expect("an output"))
        .key("connection", AttributeValue::S("nobody".to_owned()))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("dynamodb:UpdateItem", &error))
}

async fn read_signing_keys_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws_as(function)))
        .get_item()
        .table_name(stack.output("SigningKeyTableName").expect("an output"))
        .key("connection", AttributeValue::S("nobody".to_owned()))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("dynamodb:GetItem", &error))
}

async fn write_signing_keys_as(function: Function) -> Result<(), AwsError> {
    let stack = &deployed().await.stack;
    aws_sdk_dynamodb::Client::new(&unhurried(&stack.aws_as(function)))
        .put_item()
        .table_name(stack.output("SigningKeyTableName").expect("an output"))
        .item("connection", AttributeValue::S("nobody".to_owned()))
        .send()
        .await
        .map(drop)
        .map_err(|error| AwsError::new("dynamodb:PutItem", &error))
}

#[track_caller]
fn assert_denied(result: &Result<(), AwsError>) {
    let code = result.as_ref().err().map(|error| error.code.as_str());
    assert_eq!(code, Some("AccessDeniedException"));
}

#[tokio::test]
async fn only_token_refresher_signs() {
    assert_eq!(sign_as(Function::TokenRefresher).await, Ok(()));
    assert_denied(&sign_as(Function::Fulfillment).await);
    assert_denied(&sign_as(Function::PrefetchWorker).await);
    assert_denied(&sign_as(Function::Jwks).await);
}

#[tokio::test]
async fn token_refresher_reads_no_call() {
    assert_eq!(query_calls_as(Function::Fulfillment).await, Ok(()));
    assert_eq!(query_calls_as(Function::PrefetchWorker).await, Ok(()));
    assert_denied(&query_calls_as(Function::TokenRefresher).await);
}

#[tokio::test]
async fn only_token_refresher_writes_a_token_and_all_that_need_it_read_it() {
    for function in [Function::TokenRefresher, Function::Fulfillment, Function::PrefetchWorker] {
        assert_eq!(read_token_as(function).await, Ok(()));
    }
    assert_eq!(write_token_as(Function::TokenRefresher).await, Ok(()));
    assert_denied(&write_token_as(Function::Fulfillment).await);
    assert_denied(&write_token_as(Function::PrefetchWorker).await);
}

#[tokio::test]
async fn jwks_reads_public_keys_and_nothing_else() {
    assert_eq!(read_signing_keys_as(Function::Jwks).await, Ok(()));
    assert_denied(&read_token_as(Function::Jwks).await);
    assert_denied(&write_token_as(Function::Jwks).await);
    assert_denied(&query_calls_as(Function::Jwks).await);
    assert_denied(&sign_as(Function::Jwks).await);
}

#[tokio::test]
async fn no_function_writes_a_signing_key_and_only_two_read_them() {
    assert_eq!(read_signing_keys_as(Function::TokenRefresher).await, Ok(()));
    assert_denied(&read_signing_keys_as(Function::Fulfillment).await);
    assert_denied(&read_signing_keys_as(Function::PrefetchWorker).await);
    for function in Function::ALL {
        assert_denied(&write_signing_keys_as(function).await);
    }
}
