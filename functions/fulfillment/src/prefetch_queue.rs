//! The queue of prefetch-worker.

use jiff::Timestamp;
use shared::aws::AwsError;
use shared::call_record::CallReference;
use shared::connection::ConnectionName;
use shared::prefetch_job::{PrefetchJob, VERSION};

/// Sends prefetch jobs.
#[derive(Debug, Clone)]
pub(crate) struct PrefetchQueue {
    sqs: aws_sdk_sqs::Client,
    queue_url: String,
}

impl PrefetchQueue {
    /// The queue at `queue_url`.
    pub(crate) fn new(sqs: aws_sdk_sqs::Client, queue_url: String) -> Self {
        Self { sqs, queue_url }
    }

    /// Has the medications of `call` read before they are asked for.
    ///
    /// # Errors
    /// [`AwsError`]: the call goes on, and reads them itself.
    pub(crate) async fn send(
        &self,
        connection: &ConnectionName,
        call: &CallReference,
        now: Timestamp,
    ) -> Result<(), AwsError> {
        let job =
            PrefetchJob { version: VERSION, connection: connection.clone(), call: call.clone(), enqueued_at: now };
        let sent = self.sqs.send_message().queue_url(&self.queue_url).message_body(job.to_message()).send().await;
        sent.map(drop).map_err(|error| AwsError::new("sqs:SendMessage prefetch", &error))
    }
}
