//! How old a key set may be when it is served: what `careline keys` has to wait out beyond the set's `max-age`.

use std::time::Duration;

/// The longest that jwks serves a set from its memory before it reads the table again. A key that was added or removed is
/// seen at the JWK Set URL after this long at the latest, as long as the table can be read.
pub const LONGEST_IN_MEMORY: Duration = Duration::from_secs(30);

/// How long a set that is served with this `max-age` is kept in memory: no longer than it may be kept by others, so that
/// a short `max-age` means what it says.
pub fn in_memory_for(max_age: Duration) -> Duration {
    max_age.min(LONGEST_IN_MEMORY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_kept_for_its_max_age_and_half_a_minute_at_most() {
        assert_eq!(in_memory_for(Duration::from_secs(5)), Duration::from_secs(5));
        assert_eq!(in_memory_for(Duration::from_secs(86_400)), LONGEST_IN_MEMORY);
    }
}
