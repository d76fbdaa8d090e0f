//! Hours as people write them: "8 pm" and "8.30 am" are "8pm" and "8:30am". Others are read as they stand.

/// `plain` with each hour and its half of the day in one word. "pm" alone stays: it may have been "prn".
pub(super) fn joined(plain: &str) -> String {
    let mut joined: Vec<String> = Vec::new();
    for word in plain.split_whitespace() {
        let letters: String = word.chars().take_while(char::is_ascii_alphabetic).collect();
        let is_half = matches!(letters.to_lowercase().as_str(), "am" | "pm");
        let is_read = |last: &String| letters != "pm" && !last.contains('.');
        let last = joined.last_mut().filter(|last| is_half && !is_read(last));
        match last.and_then(|last| Some((hour(last)?, last))) {
            Some((hour, last)) => *last = format!("{hour}{word}"),
            None => joined.push(word.to_owned()),
        }
    }
    joined.join(" ")
}

/// "8", "12:05", "8.30" as an hour of the clock with twelve.
fn hour(word: &str) -> Option<String> {
    let (hour, minutes) = match word.split_once([':', '.']) {
        Some((hour, minutes)) => (hour, Some(minutes)),
        None => (word, None),
    };
    let is_number = |text: &str, most: u8| {
        text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u8>().is_ok_and(|number| number <= most)
    };
    let is_minutes = minutes.is_none_or(|minutes| minutes.len() == 2 && is_number(minutes, 59));
    let is_hour = is_number(hour, 12) && !hour.starts_with('0') && is_minutes;
    is_hour.then(|| minutes.map_or_else(|| hour.to_owned(), |minutes| format!("{hour}:{minutes}")))
}
