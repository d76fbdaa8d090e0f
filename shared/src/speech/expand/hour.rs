//! Hours as people write them: "8 pm", "8.30 am" and "at 2000" are "8pm", "8:30am" and "at 8pm". Others are read as they
//! stand.

/// Words that go on behind an hour. Behind an amount comes what it is of.
const GOES_ON: [&str; 16] = [
    "and", "or", "daily", "every", "each", "on", "with", "for", "then", "before", "after", "until", "by", "to", "as",
    "prn",
];

/// `plain` with each hour and its half of the day in one word. "pm" alone stays: it may have been "prn". "In pm" is not
/// alone.
pub(super) fn joined(plain: &str) -> String {
    let words = plain.split_whitespace().collect::<Vec<_>>();
    let mut joined: Vec<String> = Vec::new();
    let mut row = 0;
    for (at, word) in words.iter().copied().enumerate() {
        let before = joined.last().map(|last| last.to_lowercase()).unwrap_or_default();
        let next = words.get(at + 1).copied().unwrap_or_default();
        row = if at < row { row } else { at + in_a_row(words.get(at..).unwrap_or_default()) };
        let time = if at < row && word != "and" {
            let pauses = at + 1 < row && next != "and" && word.ends_with(|c: char| c.is_ascii_digit());
            of_24(word, "and").map(|time| format!("{time}{}", if pauses { "," } else { "" }))
        } else if is_before_time(&joined) {
            of_24(word, next)
        } else {
            None
        };
        if let Some(time) = time.or_else(|| half_of_a_day(&before, word)) {
            joined.push(time);
            continue;
        }
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

/// Whether an hour stands behind `words`: "at", or another hour. Whoever starts at 1000 starts with so many.
fn is_before_time(words: &[String]) -> bool {
    const OF_AMOUNTS: [&str; 8] = ["start", "started", "starting", "begin", "beginning", "keep", "stay", "remain"];
    let [.., before, last] = words else { return words.last().is_some_and(|last| last.eq_ignore_ascii_case("at")) };
    let is_hour = |word: &str| {
        let word = word.trim_end_matches(',');
        let clock = word.strip_suffix("am").or_else(|| word.strip_suffix("pm"));
        matches!(word, "noon" | "midnight") || clock.is_some_and(|clock| hour(clock).is_some())
    };
    match last.to_lowercase().as_str() {
        "at" => !OF_AMOUNTS.contains(&before.to_lowercase().as_str()),
        "and" => is_hour(before),
        _ => last.ends_with(',') && is_hour(last),
    }
}

/// How many of `words` are hours in a row, of which the first begins with a nought, as no amount does: "(0800, 2000)",
/// "0900 1300 1700". What is of something at the end is an amount, and the row is none.
fn in_a_row(words: &[&str]) -> usize {
    let is_first = words.first().is_some_and(|word| word.trim_start_matches('(').starts_with('0'));
    let is_hour = |word: &&str| of_24(word, "and").is_some();
    let mut hours = 0;
    let mut end = 0;
    while let Some(word) = words.get(end).filter(|word| is_hour(word) || (**word == "and" && hours > 0)) {
        hours += usize::from(is_hour(word));
        end += 1;
    }
    let last = words.get(..end).unwrap_or_default().iter().rposition(is_hour).unwrap_or_default();
    let next = words.get(last + 1).copied().unwrap_or_default();
    let ends = words.get(last).is_some_and(|word| of_24(word, next).is_some());
    if is_first && hours > 1 && ends { last + 1 } else { 0 }
}

/// "0830", as an hour of the clock with twelve.
fn of_24(word: &str, next: &str) -> Option<String> {
    let opened = word.trim_start_matches('(');
    let start = word.get(..word.len() - opened.len()).unwrap_or_default();
    let digits = opened.trim_end_matches([',', '.', ';', ')']);
    let is_time = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let end = opened.get(digits.len()..).unwrap_or_default();
    // "At 1200 kcal".
    let is_amount =
        end.is_empty() && !next.is_empty() && !GOES_ON.contains(&next.to_lowercase().trim_end_matches([',', '.', ';']));
    if !is_time || is_amount {
        return None;
    }
    let (hour, minute) = (digits.get(..2)?.parse::<u8>().ok()?, digits.get(2..)?.parse::<u8>().ok()?);
    Some(match (hour, minute) {
        (0, 0) => format!("{start}midnight{end}"),
        (12, 0) => format!("{start}noon{end}"),
        (0..24, 0..60) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let short = if hour % 12 == 0 { 12 } else { hour % 12 };
            let minutes = if minute == 0 { String::new() } else { format!(":{minute:02}") };
            format!("{start}{short}{minutes}{half}{end}")
        }
        _ => return None,
    })
}

/// "In am" and "every pm": the half of a day.
fn half_of_a_day(before: &str, word: &str) -> Option<String> {
    let letters = word.trim_end_matches([',', '.', ';', ')']);
    let end = word.get(letters.len()..).unwrap_or_default();
    let half = letters.to_uppercase();
    if !matches!(half.as_str(), "AM" | "PM") {
        return None;
    }
    match before {
        "in" => Some(format!("the {half}{end}")),
        "the" | "every" | "each" => Some(format!("{half}{end}")),
        _ => None,
    }
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
