//! A clock that runs with the system's and can be moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use shared::clock::Clock;

/// Clones are moved together.
#[derive(Clone, Default)]
pub struct MovableClock(Arc<AtomicI64>);

impl MovableClock {
    /// The clock that the code under test is given.
    pub fn clock(&self) -> Clock {
        let offset = Arc::clone(&self.0);
        Clock::from_fn(move || {
            Timestamp::now().saturating_add(SignedDuration::from_millis(offset.load(Ordering::SeqCst))).unwrap()
        })
    }

    /// Another clock, ahead of this one by now and moved on its own.
    pub fn ahead(&self, by: Duration) -> Self {
        let other = Self(Arc::new(AtomicI64::new(self.0.load(Ordering::SeqCst))));
        other.advance(by);
        other
    }

    /// Moves it to ten minutes past an hour: attempts are counted by the clock's hour, and no test runs into the next.
    pub fn to_ten_past(&self) {
        let past_the_hour = self.clock().now().as_second().rem_euclid(3600).unsigned_abs();
        self.advance(Duration::from_secs(3600 - past_the_hour + 600));
    }

    /// Moves it ahead.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}
