//! What a prescription says to the pharmacy, as hands write it behind the instruction: "Disp: 30 tablets, Refills: 2",
//! "#30 RF 2", and Cerner's "# 60 tab(s), 0 Refill(s), Maintenance"; and "Sig:" before it.

use crate::speech::abbreviation;

/// `text` without them.
pub(in crate::speech) fn without(text: &str) -> &str {
    let text = text.trim();
    let sig = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sig:"));
    let text = sig.and_then(|sig| text.get(sig.len()..)).unwrap_or(text).trim_start();
    let tokens = tokens(text);
    let starts_word = |index: usize| {
        let word = |index: usize| tokens.get(index).map(|token| token.word);
        index.checked_sub(1).is_none_or(|before| word(before) != word(index))
    };
    let is_start = |index: &usize| starts_word(*index) && is_dispensing(tokens.get(*index..).unwrap_or_default());
    let start = (0..tokens.len()).find(is_start).and_then(|index| tokens.get(index)).map(|token| token.word);
    match start {
        Some(at) => text.get(..at).unwrap_or(text).trim_end().trim_end_matches([',', ';', '-']),
        None => text,
    }
}

/// What announces the pharmacy. Without its colon it is one to call.
const PHARMACY: &str = "pharmacy:";

/// A word, or a part of one: "Disp:30" has two.
struct Token {
    /// In small letters.
    text: String,
    /// Where its word starts.
    word: usize,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut from = 0;
    for word in text.split_whitespace() {
        let at = text.get(from..).and_then(|rest| rest.find(word)).map_or(from, |at| from + at);
        from = at + word.len();
        let lower = word.to_lowercase().replace("(s)", "s");
        let lower = if lower == PHARMACY { lower } else { lower.replace(':', " ") };
        let apart = lower.replace('#', "# ").replace([',', ';', '.', '(', ')'], " ");
        // "Disp-30".
        let apart = if apart.starts_with(|c: char| c.is_alphabetic()) { apart.replace('-', " ") } else { apart };
        tokens.extend(apart.split_whitespace().map(|text| Token { text: text.to_owned(), word: at }));
    }
    tokens
}

/// Whether all of `tokens` are remarks to the pharmacy.
fn is_dispensing(tokens: &[Token]) -> bool {
    let mut rest = tokens;
    let mut found = false;
    while let Some(taken) = remark(rest).or_else(|| class(rest).filter(|_| found)) {
        rest = rest.get(taken..).unwrap_or_default();
        found = true;
    }
    found && rest.is_empty()
}

/// How many tokens the first remark takes.
fn remark(tokens: &[Token]) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let number = |at: usize| text(at).parse::<u16>().ok();
    let is_refill = |at: usize| matches!(text(at), "refill" | "refills");
    match text(0) {
        "no" if is_refill(1) => Some(2),
        "with" if number(1).is_some() && is_refill(2) => Some(3),
        "disp" | "dispense" | "qty" | "quantity" if number(1).is_some() => Some(2 + unit(tokens.get(2..)?)),
        // "Refill 2 times" may be an inhaler's or a glass's.
        "refill" | "refills" | "rf" if number(1).is_some() && !text(2).starts_with("time") => Some(2),
        // Tylenol has its numbers, too.
        "#" if number(1).is_some_and(|number| number >= 10) => Some(2 + unit(tokens.get(2..)?)),
        _ if number(0).is_some() && is_refill(1) => Some(2),
        _ => None,
    }
}

/// How many tokens are taken by how the order is kept, which means such only behind what is dispensed, and by the pharmacy:
/// its name and number, at the end.
fn class(tokens: &[Token]) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    match (text(0), text(1)) {
        ("maintenance", _) => Some(1),
        ("soft" | "hard", "stop") => Some(2),
        (PHARMACY, _) if is_pharmacy(tokens.get(1..)?) => Some(tokens.len()),
        _ => None,
    }
}

/// Whether `tokens` name a pharmacy, and nothing else can be among them: one number at the end, and no verb.
fn is_pharmacy(tokens: &[Token]) -> bool {
    const VERBS: [&str; 8] = ["take", "give", "use", "apply", "inject", "call", "do", "then"];
    let has_digit = |token: &Token| token.text.contains(|c: char| c.is_ascii_digit());
    let name = match tokens {
        [name @ .., sign, number] if sign.text == "#" && has_digit(number) => name,
        name => name,
    };
    let is_of_name = |token: &Token| !has_digit(token) && !VERBS.contains(&token.text.as_str());
    (1..=5).contains(&name.len()) && name.iter().all(is_of_name)
}

/// How many tokens the unit of what is dispensed takes.
fn unit(tokens: &[Token]) -> usize {
    const PACKS: [&str; 14] = [
        "each", "ea", "bottle", "bottles", "box", "boxes", "tube", "tubes", "inhaler", "inhalers", "pen", "pens",
        "vial", "vials",
    ];
    const TIMES: [&str; 5] = ["time", "dose", "hour", "day", "minute"];
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let is_unit = abbreviation::unit_after_number(text(0)).is_some_and(|(one, _)| !TIMES.contains(&one));
    match text(0) {
        "day" | "days" if text(1) == "supply" => 2,
        word => usize::from(is_unit || PACKS.contains(&word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cerner_puts_behind_an_order_goes() {
        for (text, kept) in [
            ("10 mg = 2 tab, Oral, Daily, # 60 tab, 0 Refill(s), Maintenance", "10 mg = 2 tab, Oral, Daily"),
            ("1 tab(s), Oral, Daily, # 30 tab(s), 3 Refill(s), Pharmacy: WALGREENS #1234", "1 tab(s), Oral, Daily"),
            (
                "1 tab, Oral, BID, for 7 day(s), # 14 tab, 0 Refill(s), Soft Stop, Maintenance",
                "1 tab, Oral, BID, for 7 day(s)",
            ),
            ("1 tab daily, # 30 tab, 0 Refill(s), Hard Stop", "1 tab daily"),
        ] {
            assert_eq!(without(text), kept);
        }
        for text in [
            "1 tab daily for maintenance",
            "1 tab daily, Pharmacy: WALGREENS",
            "1 tab daily, # 30 tab, Pharmacy will deliver",
            "1 tab daily, # 30 tab, Pharmacy: CVS. Take 2 at night",
            "Take 2 tabs #60 daily, then 1 tab #3",
        ] {
            assert_eq!(without(text), text);
        }
    }

    #[test]
    fn what_the_pharmacy_is_told_goes_and_the_instruction_stays() {
        for text in [
            "Sig: Take 1 tablet daily. Disp: 30 tablets, Refills: 2",
            "Take 1 tablet daily. #30 RF 2",
            "SIG:Take 1 tablet daily. Dispense 30, no refills",
            "Take 1 tablet daily. Disp-90 tablet, R-3".trim_end_matches(", R-3"),
            "Take 1 tablet daily. Qty:30 day supply",
            "Take 1 tablet daily. 3 refills",
        ] {
            assert_eq!(without(text), "Take 1 tablet daily.", "{text}");
        }
        for text in [
            "Take 1 Tylenol #3",
            "Take 1 tablet daily, refill 2 times a day",
            "Dispense 1 drop into the eye",
            "Call for refills",
            "Significant pain: 1 tablet",
            "Take 1 tablet daily. #30 then stop",
        ] {
            assert_eq!(without(text), text);
        }
    }
}
