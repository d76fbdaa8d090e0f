//! Times as an operator reads them.

use jiff::{SignedDuration, Timestamp};

/// The first whole second at or after `time`: what is told to be allowed at a time is allowed at that time.
pub(super) fn whole_seconds(time: Timestamp) -> Timestamp {
    let second = Timestamp::from_second(time.as_second()).unwrap_or(time);
    if second < time { second.checked_add(SignedDuration::from_secs(1)).unwrap_or(time) } else { second }
}

/// How far ahead a time is, such as "in 41 minutes": rounded up, so that nobody comes too early.
pub(super) fn in_words(ahead: SignedDuration) -> String {
    let seconds = ahead.as_secs() + i64::from(ahead.subsec_nanos() > 0);
    let minutes = (seconds + 59).div_euclid(60);
    match minutes {
        ..=0 => "now".to_owned(),
        1..=2 => format!("in {seconds} s"),
        3..120 => format!("in {minutes} minutes"),
        _ => format!("in {} hours and {} minutes", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_one_waits_in_and_rounded_up() {
        let told = |millis| in_words(SignedDuration::from_millis(millis));
        assert_eq!(told(-1), "now");
        assert_eq!(told(0), "now");
        assert_eq!(told(1), "in 1 s");
        assert_eq!(told(4_001), "in 5 s");
        assert_eq!(told(120_000), "in 120 s");
        assert_eq!(told(120_001), "in 3 minutes");
        assert_eq!(told(2_460_000), "in 41 minutes");
        assert_eq!(told(29 * 3_600_000), "in 29 hours and 0 minutes");
    }

    #[test]
    fn a_time_is_told_as_a_whole_second_at_which_it_has_come() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(whole_seconds(time("2026-11-24T23:10:04.0001Z")), time("2026-11-24T23:10:05Z"));
        assert_eq!(whole_seconds(time("2026-11-24T23:10:05Z")), time("2026-11-24T23:10:05Z"));
    }
}
