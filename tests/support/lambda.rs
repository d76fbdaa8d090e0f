//! Lambda's `Invoke`: routes a payload to a closure, each invoke in a task of its own, as in an environment of its own.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::aws::Answer;

type Outcome = Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send>>;

#[derive(Clone)]
struct Function {
    code: Arc<dyn Fn(Vec<u8>) -> Outcome + Send + Sync>,
    concurrency: Arc<Semaphore>,
}

/// The functions deployed, by name.
#[derive(Default)]
pub struct Lambda {
    functions: Mutex<HashMap<String, Function>>,
    running: Mutex<Vec<AbortHandle>>,
}

impl Lambda {
    /// Deploys `code` as `name`, or in the place of what was deployed under it: payload in, payload or error type out.
    pub fn deploy<F>(&self, name: &str, code: impl Fn(Vec<u8>) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Result<Vec<u8>, String>> + Send + 'static,
    {
        let code = Arc::new(move |payload| Box::pin(code(payload)) as Outcome);
        let concurrency = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        self.functions.lock().unwrap().insert(name.to_owned(), Function { code, concurrency });
    }

    /// Lets at most `concurrency` invokes of `name` run at once; others are throttled.
    pub fn limit(&self, name: &str, concurrency: usize) {
        let mut functions = self.functions.lock().unwrap();
        functions.get_mut(name).unwrap().concurrency = Arc::new(Semaphore::new(concurrency));
    }

    /// Kills every invoke that runs now, as if its environment had crashed.
    pub fn kill_running(&self) {
        self.running.lock().unwrap().drain(..).for_each(|task| task.abort());
    }

    pub async fn answer(&self, path: &str, payload: Vec<u8>) -> Answer {
        let name = path.trim_start_matches("/2015-03-31/functions/").trim_end_matches("/invocations");
        let Some(function) = self.functions.lock().unwrap().get(name).cloned() else {
            return Answer::error(404, "ResourceNotFoundException");
        };
        let Ok(_permit) = function.concurrency.try_acquire() else {
            return Answer::error(429, "TooManyRequestsException");
        };
        // In a task: a function goes on when its invoker hangs up.
        let task = tokio::spawn((function.code)(payload));
        self.running.lock().unwrap().push(task.abort_handle());
        let error = |kind: &str| Answer {
            status: 200,
            function_error: true,
            body: json!({"errorType": kind, "errorMessage": "failed in the stand-in"}).to_string().into_bytes(),
        };
        match task.await {
            Ok(Ok(body)) => Answer { status: 200, function_error: false, body },
            Ok(Err(kind)) => error(&kind),
            Err(_) => error("Runtime.ExitError"),
        }
    }
}
