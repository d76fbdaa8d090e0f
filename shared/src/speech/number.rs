//! Numbers as they stand in instructions.

use super::en_us;

/// `text` if it is a number in American notation, made unmistakable: a zero before a bare point, no zero at a decimal's
/// end (5.0 has been taken for 50). `None` if it is something else.
pub(super) fn number(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let whole_is_number = if whole.contains(',') {
        digits(first) && first.len() <= 3 && groups.all(|group| group.len() == 3 && digits(group))
    } else {
        digits(whole) || (whole.is_empty() && decimals.is_some())
    };
    if !whole_is_number || decimals.is_some_and(|decimals| !digits(decimals)) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match decimals.map(|decimals| decimals.trim_end_matches('0')) {
        None | Some("") => whole.to_owned(),
        Some(decimals) => format!("{whole}.{decimals}"),
    })
}

/// `text` with its decimals as `say` has them ("zero point five"), so that every voice says them alike. What only looks
/// like one is left: "5.28.2019", "D2.5W", "1.Take".
pub(super) fn with_decimals(text: &str, say: impl Fn(&str, &str) -> String) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        said.push_str(before);
        let end = from.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        let core = run.trim_end_matches(['.', ',']);
        let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_');
        let stands_alone = said.chars().next_back().is_none_or(apart)
            && (core.len() < run.len() || after.chars().next().is_none_or(apart));
        match core.split_once('.').filter(|_| stands_alone && number(core).is_some()) {
            Some((whole, decimals)) => {
                said.push_str(&say(whole, decimals));
                said.push_str(run.get(core.len()..).unwrap_or_default());
            }
            None => said.push_str(run),
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// `number` with a comma after the thousands, as an amount is written.
pub(super) fn with_commas(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').map_or((number, ""), |(whole, decimals)| (whole, decimals));
    if whole.len() < 4 || whole.contains(',') || whole.starts_with('0') {
        return number.to_owned();
    }
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if decimals.is_empty() { grouped } else { format!("{grouped}.{decimals}") }
}

/// What a number, as digits, as a fraction or as a word, amounts to.
pub(super) fn value(word: &str) -> Option<f64> {
    if let Some(number) = number(word) {
        return number.replace(',', "").parse().ok();
    }
    if let Some((over, under)) = word.split_once('/') {
        let (over, under) = (over.parse::<u16>().ok()?, under.parse::<u16>().ok()?);
        // More than two digits: a date or two strengths; and so is more than a whole.
        return (over < under && under < 10).then(|| f64::from(over) / f64::from(under));
    }
    let word = word.to_lowercase();
    if let Some(value) = en_us::number::value(&word) {
        return Some(f64::from(value));
    }
    // "Twenty-five".
    let spelled = |word| en_us::number::value(word);
    if let Some((tens, ones)) = word.split_once('-').and_then(|(tens, ones)| spelled(tens).zip(spelled(ones)))
        && (20..100).contains(&tens)
        && (1..10).contains(&ones)
    {
        return Some(f64::from(tens + ones));
    }
    match word.as_str() {
        "half" | "one-half" | "½" => Some(0.5),
        "¼" | "one-quarter" => Some(0.25),
        "¾" | "three-quarters" => Some(0.75),
        "1½" => Some(1.5),
        "single" | "once" => Some(1.0),
        "twice" => Some(2.0),
        "thrice" => Some(3.0),
        _ => None,
    }
}

/// `text` with "½" as "1/2", and with a space before it where it belongs to a whole number.
pub(super) fn without_fraction_signs(text: &str) -> String {
    const SIGNS: [(char, &str); 6] =
        [('½', "1/2"), ('¼', "1/4"), ('¾', "3/4"), ('⅓', "1/3"), ('⅔', "2/3"), ('⅛', "1/8")];
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match SIGNS.iter().find(|(sign, _)| *sign == letter) {
            Some((_, fraction)) => {
                if plain.ends_with(|c: char| c.is_ascii_digit()) {
                    plain.push(' ');
                }
                plain.push_str(fraction);
            }
            None => plain.push(letter),
        }
    }
    plain
}

/// Whether `spoken` has every number that `written` has in digits, in its order, and no other in digits. In words either
/// may have more: "two (2)" is said once, and "bid" is two times a day.
pub(super) fn same_numbers(written: &str, spoken: &str) -> bool {
    is_within(&in_digits(written), &in_digits_or_words(spoken))
        && is_within(&in_digits(spoken), &in_digits_or_words(written))
}

fn is_within(some: &[String], all: &[String]) -> bool {
    let mut all = all.iter();
    some.iter().all(|number| all.any(|other| other == number))
}

/// Every number in digits, however it is written; what is said again at once ("1 (1)") is there once.
fn in_digits(text: &str) -> Vec<String> {
    let mut numbers = text.split(is_no_digit).flat_map(of_run).collect::<Vec<_>>();
    numbers.dedup();
    numbers
}

fn in_digits_or_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ';' | ':'));
    let numbers = words.flat_map(|word| match value(word.trim_end_matches(['.', ','])) {
        Some(whole) if !word.contains(|c: char| c.is_ascii_digit()) => vec![whole.to_string()],
        _ => word.split(is_no_digit).flat_map(of_run).collect(),
    });
    numbers.collect()
}

fn is_no_digit(letter: char) -> bool {
    !letter.is_ascii_digit() && letter != '.' && letter != ','
}

fn of_run(run: &str) -> Vec<String> {
    let run = run.trim_end_matches(['.', ',']).trim_start_matches(',');
    match number(run) {
        Some(number) => vec![number.replace(',', "")],
        None => run.split(['.', ',']).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_made_unmistakable_and_never_another() {
        for (text, spoken) in
            [(".5", "0.5"), ("1.0", "1"), ("2.50", "2.5"), ("10", "10"), ("100,000", "100,000"), ("0900", "0900")]
        {
            assert_eq!(number(text).as_deref(), Some(spoken));
        }
        for other in ["", ".", "1.", "0,5", "1,0000", "1.2.3", "-1", "5/28/2019", "B12", "1e3"] {
            assert_eq!(number(other), None, "{other}");
        }
        assert_eq!(with_commas("10000"), "10,000");
        assert_eq!(with_commas("1000000.5"), "1,000,000.5");
        assert_eq!(with_commas("0900"), "0900");
    }

    #[test]
    fn only_what_is_a_decimal_is_said_as_one() {
        let say = |whole: &str, decimals: &str| format!("{whole} point {decimals}");
        for (text, said) in [
            ("0.5 mg, 12.25.", "0 point 5 mg, 12 point 25."),
            ("(2.5) 1,250.5; 0.5-1.5", "(2 point 5) 1,250 point 5; 0 point 5-1 point 5"),
            ("5.28.2019 D2.5W B12 1.Take 2.5mg v1.2 10. 1,000", "5.28.2019 D2.5W B12 1.Take 2.5mg v1.2 10. 1,000"),
        ] {
            assert_eq!(with_decimals(text, say), said);
        }
    }

    #[test]
    fn every_word_up_to_twenty_and_each_ten_is_a_number() {
        for (word, expected) in [("zero", 0.0), ("Eleven", 11.0), ("twenty", 20.0), ("seventy", 70.0), ("eighty", 80.0)]
        {
            assert_eq!(value(word), Some(expected), "{word}");
        }
        assert_eq!((value(""), value("hundred")), (None, None));
    }

    #[test]
    fn a_number_that_is_lost_or_new_is_found_however_it_is_written() {
        for (written, spoken) in [
            ("take .50 mg x7d, then 10000 units", "take 0.5 milligrams for 7 days, then 10,000 units"),
            ("two (2) 500 mg", "two, 500 milligrams"),
            ("1 (one) bid, 2 (2)", "1 two times a day, 2"),
            ("on 5/28/2019. 1.Take", "on 5/28/2019. 1.Take"),
        ] {
            assert!(same_numbers(written, spoken), "{written}");
        }
        for (written, spoken) in
            [("5 mg 2 x", "5 milligrams"), ("q1d", "daily"), ("5-10", "10 to 5"), ("5 mg", "50 mg")]
        {
            assert!(!same_numbers(written, spoken), "{written}");
        }
        assert_eq!(without_fraction_signs("1½-2 tabs, ½ at noon"), "1 1/2-2 tabs, 1/2 at noon");
    }
}
