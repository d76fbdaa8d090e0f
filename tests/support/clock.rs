//! A clock that stands still until it is moved: what depends on the time depends on the test, and not on how busy the
//! machine is.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use shared::clock::Clock;

/// Clones are moved together.
#[derive(Clone)]
pub struct MovableClock(Arc<Mutex<Timestamp>>);

impl Default for MovableClock {
    /// It begins with the system's time.
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Timestamp::now())))
    }
}

impl MovableClock {
    /// The clock that the code under test is given.
    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Clock::from_fn(move || *now.lock().unwrap())
    }

    /// Another clock, ahead of this one by now and moved on its own.
    pub fn ahead(&self, by: Duration) -> Self {
        let other = Self(Arc::new(Mutex::new(self.clock().now())));
        other.advance(by);
        other
    }

    /// Moves it to ten minutes past an hour: attempts are counted by the clock's hour, and no test moves into the next by
    /// chance.
    pub fn to_ten_past(&self) {
        let past_the_hour = self.clock().now().as_second().rem_euclid(3600).unsigned_abs();
        self.advance(Duration::from_secs(3600 - past_the_hour + 600));
    }

    /// Moves it ahead.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}
