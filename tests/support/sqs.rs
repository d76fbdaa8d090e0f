//! SQS's `SendMessage`: keeps what was sent.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::aws::Answer;

/// The prefetch queue.
pub const PREFETCH_QUEUE_URL: &str = "http://127.0.0.1/111122223333/prefetch";

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
        if operation != "SendMessage" || request["QueueUrl"] != PREFETCH_QUEUE_URL {
            return Answer::error(400, "AWS.SimpleQueueService.NonExistentQueue");
        }
        let mut bodies = self.bodies.lock().unwrap();
        bodies.push(request["MessageBody"].as_str().unwrap_or_default().to_owned());
        Answer::ok(json!({"MessageId": format!("message-{}", bodies.len()), "MD5OfMessageBody": ""}))
    }
}
