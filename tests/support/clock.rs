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

    /// Moves it ahead.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}
