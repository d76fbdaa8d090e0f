//! The voice budget of a turn, handed down so that every outside request knows what is left of it.

use std::time::Duration;

use tokio::time::Instant;

/// What every outside request leaves of the budget, so that there is time to say that it failed (design.md, promise 8).
pub const MARGIN: Duration = Duration::from_secs(1);

/// The moment by which the caller must hear something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Instant);

/// Something took longer than the budget left for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the time budget is used up")]
pub struct DeadlineExceeded;

impl Deadline {
    /// The moment `budget` from now.
    pub fn within(budget: Duration) -> Self {
        Self(Instant::now() + budget)
    }

    /// What is left; zero when it has passed.
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// What an outside request may take: what is left less [`MARGIN`].
    pub fn for_request(self) -> Duration {
        self.remaining().saturating_sub(MARGIN)
    }

    /// The earlier of this deadline and `budget` from now.
    pub fn at_most(self, budget: Duration) -> Self {
        self.min(Self::within(budget))
    }

    /// Runs an outside request within [`Deadline::for_request`].
    ///
    /// # Errors
    /// [`DeadlineExceeded`] when it had not answered by then; the request is dropped.
    pub async fn request<T>(self, request: impl Future<Output = T>) -> Result<T, DeadlineExceeded> {
        tokio::time::timeout(self.for_request(), request).await.map_err(|_| DeadlineExceeded)
    }
}
