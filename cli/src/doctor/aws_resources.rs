//! The tables and queues that the functions use.

use aws_sdk_dynamodb::types::TableStatus;
use aws_sdk_sqs::types::QueueAttributeName;
use shared::aws::AwsError;

use super::cause::Cause;
use super::report::{Diagnosis, Found};
use super::subject::Subject;

pub(super) async fn check_tables(subject: &Subject<'_>) -> Result<Found<()>, Diagnosis> {
    const TABLES: [(&str, &str); 3] = [
        ("access tokens", "AccessTokenTableName"),
        ("calls", "CallTableName"),
        ("signing keys", "SigningKeyTableName"),
    ];
    let dynamodb = subject.deployment.dynamodb();
    for (what, output) in TABLES {
        let unusable = |seen: String| Diagnosis::new(Cause::TableUnusable, format!("the table of {what}: {seen}"));
        let described = dynamodb.describe_table().table_name(subject.output(output)?).send().await;
        let described =
            described.map_err(|error| unusable(AwsError::new("dynamodb:DescribeTable", &error).to_string()))?;
        let status = described.table().and_then(|table| table.table_status());
        // A table that is being changed serves all the same.
        if !matches!(status, Some(TableStatus::Active | TableStatus::Updating)) {
            let status = status.map_or("not told", TableStatus::as_str);
            return Err(unusable(format!("its status is {status}")));
        }
    }
    Ok(Found::new((), format!("all {} are there", TABLES.len())))
}

pub(super) async fn check_queues(subject: &Subject<'_>) -> Result<Found<()>, Diagnosis> {
    let waiting = depth(subject, "PrefetchQueueUrl").await?;
    let dead = depth(subject, "PrefetchDeadLetterQueueUrl").await?;
    let mut found = Found::new((), format!("{waiting} jobs wait, none has failed for good"));
    found.warning = (dead > 0).then(|| Diagnosis::new(Cause::DeadLetters, format!("{dead} of them")));
    Ok(found)
}

/// About how many messages wait in a queue.
async fn depth(subject: &Subject<'_>, output: &str) -> Result<u64, Diagnosis> {
    let name = QueueAttributeName::ApproximateNumberOfMessages;
    let request = subject.sqs().get_queue_attributes().queue_url(subject.output(output)?).attribute_names(name.clone());
    let unusable = |seen: String| Diagnosis::new(Cause::QueueUnusable, format!("{output}: {seen}"));
    let answer = request.send().await;
    let answer = answer.map_err(|error| unusable(AwsError::new("sqs:GetQueueAttributes", &error).to_string()))?;
    let depth = answer.attributes().and_then(|attributes| attributes.get(&name)?.parse().ok());
    depth.ok_or_else(|| unusable("its depth is not told".to_owned()))
}
