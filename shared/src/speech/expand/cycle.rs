//! Days of a cycle of treatment as oncology writes them: "D1-5" and "D1,8,15".

use crate::speech::number;

/// The days that `core` is. One alone may be a vitamin or a solution: "D3", "D5W".
pub(super) fn days(core: &str) -> Option<String> {
    // "C1D1-5".
    if let Some((cycle, day)) = core.strip_prefix('C').and_then(|rest| rest.split_once('D')) {
        let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let days = days(&format!("D{day}")).or_else(|| is_number(day).then(|| format!("day {day}")))?;
        return is_number(cycle).then(|| format!("cycle {cycle} {days}"));
    }
    let rest = core.strip_prefix(['D', 'd'])?;
    let day = |text: &str| {
        let digits = text.trim_start_matches(['D', 'd']);
        let is_day = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        (is_day && !digits.starts_with('0')).then(|| digits.to_owned())
    };
    if let Some((first, last)) = rest.split_once('-') {
        let (first, last) = (day(first)?, day(last)?);
        return (number::value(&first) < number::value(&last)).then(|| format!("days {first} to {last}"));
    }
    let days = rest.split([',', '/']).map(day).collect::<Option<Vec<_>>>()?;
    match days.as_slice() {
        [head @ .., last] if !head.is_empty() => Some(format!("days {} and {last}", head.join(", "))),
        _ => None,
    }
}
