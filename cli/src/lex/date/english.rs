//! Dates in English: "September twelfth nineteen eighty-seven", "9/12/87" (the month first).

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::{Reckoned, clear, date, next, of_month, of_two_digits, of_year, vague, without_first};
use crate::lex::number::{Reading, english as number};

/// Reads all of `words` as a date.
pub(super) fn read(words: &[&str], today: Date) -> Option<Reckoned> {
    let words = without_first(words, "the");
    with_month_name(words, today).or_else(|| numbers(words)).map(clear).or_else(|| vaguely(words, today).map(vague))
}

/// "September twelfth nineteen eighty-seven", "12 September 1987", "the twelfth of September", "Sep 12".
fn with_month_name(words: &[&str], today: Date) -> Option<Date> {
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let (before, after) = (words.get(..at)?, words.get(at + 1..)?);
    if before.is_empty() {
        let after = without_first(after, "the");
        number::day_or_month(after).into_iter().find_map(|(day, used)| {
            let rest = after.get(used..)?;
            with_year(without_first(without_first(rest, "of"), "in"), month, day, today)
        })
    } else {
        let before = if before.last() == Some(&"of") { before.get(..before.len() - 1)? } else { before };
        let (day, _) = number::day_or_month(before).into_iter().find(|&(_, used)| used == before.len())?;
        with_year(without_first(without_first(after, "of"), "in"), month, day, today)
    }
}

/// A day of a month with the year that `rest` gives, or the next such day from `today` on.
fn with_year(rest: &[&str], month: i16, day: i16, today: Date) -> Option<Date> {
    if rest.is_empty() {
        return next(month, day, today);
    }
    years(rest).into_iter().filter(|&(_, used)| used == rest.len()).find_map(|(year, _)| date(year, month, day))
}

/// "9/12/87", "1987-09-12", "nine twelve eighty-seven": month, day, year, unless that can't be.
fn numbers(words: &[&str]) -> Option<Date> {
    for (first, used) in number::full_year(words) {
        let rest = words.get(used..)?;
        let found = pairs(rest).into_iter().find(|&(_, _, used)| used == rest.len());
        if let Some(date) = found.and_then(|(month, day, _)| date(first, month, day)) {
            return Some(date);
        }
    }
    for (first, second, used) in pairs(words) {
        let rest = words.get(used..)?;
        for (year, _) in years(rest).into_iter().filter(|&(_, used)| used == rest.len()) {
            let found = date(year, first, second).or_else(|| date(year, second, first).filter(|_| first > 12));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// What may be a date, and may be something else: today, a month, a year, a day without its month.
fn vaguely(words: &[&str], today: Date) -> Option<Date> {
    let first_of_month = today.first_of_month();
    let ends = |span: Span| first_of_month.checked_add(span).ok().map(Date::last_of_month);
    let starts = |span: Span| first_of_month.checked_add(span).ok();
    match words {
        ["today" | "now"] => return Some(today),
        ["tomorrow"] => return today.checked_add(1.day()).ok(),
        ["yesterday"] => return today.checked_sub(1.day()).ok(),
        ["last", "year"] => return date(today.year() - 1, 1, 1),
        ["this", "year"] => return date(today.year(), 1, 1),
        ["next", "year"] => return date(today.year() + 1, 12, 31),
        ["last", "month"] => return starts((-1).month()),
        ["this", "month"] => return Some(first_of_month),
        ["next", "month"] => return ends(1.month()),
        _ => {}
    }
    if let Some(month) = words.first().and_then(|word| month(word)) {
        let rest = words.get(1..)?;
        let year = match number::full_year(rest).into_iter().find(|&(_, used)| used == rest.len()) {
            Some((year, _)) => year,
            None if rest.is_empty() => today.year() + i16::from(month < i16::from(today.month())),
            None => return None,
        };
        return of_month(year, month, today);
    }
    if let Some((year, _)) = number::full_year(words).into_iter().find(|&(_, used)| used == words.len()) {
        return of_year(year, today);
    }
    if let Some((month, day, _)) = pairs(words).into_iter().find(|&(_, _, used)| used == words.len()) {
        return with_year(&[], month, day, today);
    }
    if words.last().is_some_and(|word| number::is_ordinal(word)) {
        let (day, _) = number::day_or_month(words).into_iter().find(|&(_, used)| used == words.len())?;
        let months = (0..=2).filter_map(|months: i32| starts(months.months()));
        return months.filter_map(|m| date(m.year(), m.month().into(), day)).find(|&date| date >= today);
    }
    None
}

/// Two numbers after each other: (first, second, words used).
fn pairs(words: &[&str]) -> Vec<(i16, i16, usize)> {
    let mut pairs = Vec::new();
    for (first, used) in number::day_or_month(words) {
        for (second, more) in number::day_or_month(words.get(used..).unwrap_or_default()) {
            pairs.push((first, second, used + more));
        }
    }
    pairs
}

/// Years in full, then of two digits.
fn years(words: &[&str]) -> Vec<Reading> {
    let mut years = number::full_year(words);
    years.extend(number::two_digits(words).map(|(year, used)| (of_two_digits(year), used)));
    years
}

fn month(word: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |name: &&str| *name == word || name.get(..3) == Some(word) || (word == "sept" && *name == "september");
    NAMES.iter().position(is).and_then(|at| i16::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use crate::lex::date;
    use crate::lex::language::Language;
    use crate::lex::words::words;

    fn on(said: &str, today: &str) -> Option<String> {
        let words = words(said);
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        date::read(&words, Language::English, today.parse().unwrap()).map(|reckoned| reckoned.date.to_string())
    }

    #[track_caller]
    fn is(said: &str, date: &str) {
        assert_eq!(on(said, "2026-11-23").as_deref(), Some(date), "{said}");
    }

    #[test]
    fn a_date_is_read_however_it_is_said() {
        for said in [
            "September twelfth nineteen eighty-seven",
            "september 12 1987",
            "Sept. 12th, 1987",
            "the twelfth of September, nineteen eighty seven",
            "12 September 1987",
            "twelve september eighty-seven",
            "September the twelfth '87",
            "9/12/87",
            "9-12-1987",
            "09/12/1987",
            "1987-09-12",
            "1987 09 12",
            "nine twelve eighty-seven",
            "nine twelve nineteen eighty seven",
            "oh nine twelve nineteen eighty seven",
            "zero nine one two one nine eight seven",
            "September twelfth one nine eight seven",
            "September twelfth of nineteen hundred and eighty seven",
            "september twelve one thousand nine hundred eighty seven",
            "09121987",
            "19870912",
        ] {
            is(said, "1987-09-12");
        }
    }

    #[test]
    fn numbers_of_two_words_are_told_apart() {
        is("March twenty first nineteen twenty", "1920-03-21");
        is("March twenty nineteen twenty one", "1921-03-20");
        is("March twenty one two thousand one", "2001-03-21");
        is("March thirty first two thousand and twelve", "2012-03-31");
        is("March third twenty oh five", "2005-03-03");
        is("May thirtieth nineteen oh five", "1905-05-30");
        is("two twenty eight two thousand", "2000-02-28");
    }

    #[test]
    fn a_day_that_can_only_be_a_day_is_one() {
        is("25/12/1987", "1987-12-25");
        is("12/25/1987", "1987-12-25");
    }

    #[test]
    fn a_year_left_out_is_the_next_one_from_today() {
        is("September 12th", "2027-09-12");
        is("December 1st", "2026-12-01");
        is("November 23", "2026-11-23");
        is("February twenty ninth", "2028-02-29");
        is("9/12", "2027-09-12");
        is("the twelfth", "2026-12-12");
    }

    #[test]
    fn years_of_two_digits_are_of_the_century_that_strptime_takes() {
        is("9/12/69", "1969-09-12");
        is("9/12/45", "2045-09-12");
    }

    #[test]
    fn a_month_or_a_year_is_its_first_day_once_begun_and_its_last_before() {
        is("September 1987", "1987-09-01");
        is("1987", "1987-01-01");
        is("last year", "2025-01-01");
        is("this month", "2026-11-01");
        is("next month", "2026-12-31");
        is("next year", "2027-12-31");
        is("November", "2026-11-01");
        is("September", "2027-09-30");
        is("today", "2026-11-23");
    }

    #[test]
    fn a_day_that_is_in_no_calendar_is_no_date() {
        for said in ["February 30 1987", "13/13/1987", "00000000", "99999999", "september", "a person", "one", ""] {
            let read = on(said, "2026-11-23");
            assert_eq!(read.is_some(), said == "september", "{said}");
        }
    }
}
