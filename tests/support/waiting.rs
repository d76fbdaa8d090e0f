//! Waiting for what comes by itself.

use std::time::{Duration, Instant};

/// How often is looked.
const PAUSE: Duration = Duration::from_millis(100);
/// For what takes seconds, when every core may be compiling.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks until it is so.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "{what}: waited in vain");
        tokio::time::sleep(PAUSE).await;
    }
}
