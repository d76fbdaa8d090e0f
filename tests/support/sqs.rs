//! SQS's `SendMessage`, which keeps what was sent, and `GetQueueAttributes`.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::aws::Answer;

/// The prefetch queue.
pub const PREFETCH_QUEUE_URL: &str = "http://127.0.0.1/111122223333/prefetch";
/// Its dead-letter queue, which is empty.
pub const DEAD_LETTER_QUEUE_URL: &str = "http://127.0.0.1/111122223333/prefetch-dead";

#[derive(Default)]
pub struct Sqs {
    bodies: Mutex<Vec<String>>,
}

impl Sqs {
    /// The bodies of the messages sent so far.
    pub fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    pub fn answer(&self, operation: &str, request: &Value) -> Answer {
        let url = request["QueueUrl"].as_str().unwrap_or_default();
        if operation == "GetQueueAttributes" && [PREFETCH_QUEUE_URL, DEAD_LETTER_QUEUE_URL].contains(&url) {
            let depth = if url == PREFETCH_QUEUE_URL { self.bodies.lock().unwrap().len() } else { 0 };
            return Answer::ok(json!({"Attributes": {"ApproximateNumberOfMessages": depth.to_string()}}));
        }
        if operation != "SendMessage" || request["QueueUrl"] != PREFETCH_QUEUE_URL {
            return Answer::error(400, "AWS.SimpleQueueService.NonExistentQueue");
        }
        let mut bodies = self.bodies.lock().unwrap();
        bodies.push(request["MessageBody"].as_str().unwrap_or_default().to_owned());
        Answer::ok(json!({"MessageId": format!("message-{}", bodies.len()), "MD5OfMessageBody": ""}))
    }
}
