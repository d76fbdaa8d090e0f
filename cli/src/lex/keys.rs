//! The keypad: keys become inputs as Lex takes them.

use super::definition::Slot;
use super::definition::prompt::DtmfSpecification;

/// Connect's settings where the prompt has none: `#` ends, `*` deletes, at most 1,024 keys.
const DEFAULT: (usize, char, char) = (1024, '*', '#');

/// The session attribute by which the flow says how many keys end an input, whatever is asked for.
pub(crate) const MAX_LENGTH: &str = "x-amz-lex:dtmf:max-length:*:*";

/// One input from the keypad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keyed {
    /// The digits; none where they were deleted.
    pub(crate) digits: String,
    /// What Connect says was keyed: `x-amz-lex:dtmf-transcript`.
    pub(crate) transcript: String,
}

/// The name of an asking: `Initial`, `Retry1`, …
pub(crate) fn attempt_name(attempt: u8) -> String {
    if attempt == 0 { "Initial".to_owned() } else { format!("Retry{attempt}") }
}

/// Whether a line is keys: digits, `#` and `*`, with spaces between them at most.
pub fn is_keys(line: &str) -> bool {
    let is_key = |c: char| c.is_ascii_digit() || matches!(c, '#' | '*');
    line.chars().any(is_key) && line.chars().all(|c| is_key(c) || c.is_whitespace())
}

/// Takes the first input from `keys`: up to the end key, or as many keys as are taken. The deletion key drops what was
/// keyed and ends the input too, so that the question comes again. `asked` is the slot that is asked for, and how often it
/// was; `at_most` how many keys the flow says that an input has.
pub(crate) fn take(keys: &mut &str, asked: Option<(&Slot, u8)>, at_most: Option<usize>) -> Option<Keyed> {
    let (max_length, deletion, end) = asked
        .and_then(|(slot, attempt)| specification(slot, attempt))
        .map_or(DEFAULT, |settings| (settings.max_length, settings.deletion_character, settings.end_character));
    let max_length = at_most.unwrap_or(max_length);
    let mut digits = String::new();
    let mut rest = keys.trim_start().chars();
    if rest.as_str().is_empty() {
        return None;
    }
    let mut transcript = None;
    while digits.chars().count() < max_length {
        match rest.next() {
            None => break,
            Some(key) if key == end => break,
            Some(key) if key == deletion => {
                digits.clear();
                transcript = Some("[DEL]".to_owned());
                break;
            }
            Some(key) if key.is_whitespace() => {}
            Some(key) => digits.push(key),
        }
    }
    *keys = rest.as_str();
    // The end key that comes with the last key of a full input belongs to it.
    if transcript.is_none() && digits.chars().count() == max_length {
        *keys = keys.strip_prefix(end).unwrap_or(keys);
    }
    let transcript = transcript.unwrap_or_else(|| digits.clone());
    Some(Keyed { digits, transcript })
}

fn specification(slot: &Slot, attempt: u8) -> Option<DtmfSpecification> {
    let attempts = &slot.value_elicitation_setting.prompt_specification.prompt_attempts_specification;
    attempts.get(&attempt_name(attempt))?.audio_and_dtmf_input_specification.as_ref()?.dtmf_specification
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(mut keys: &str) -> Vec<(String, String)> {
        std::iter::from_fn(|| take(&mut keys, None, None)).map(|keyed| (keyed.digits, keyed.transcript)).collect()
    }

    fn one(digits: &str, transcript: &str) -> (String, String) {
        (digits.to_owned(), transcript.to_owned())
    }

    #[test]
    fn pound_ends_an_input_and_is_no_part_of_it() {
        assert_eq!(inputs("09121987#"), [one("09121987", "09121987")]);
        assert_eq!(inputs("0912 1987"), [one("09121987", "09121987")]);
        assert_eq!(inputs("1#2#"), [one("1", "1"), one("2", "2")]);
        assert_eq!(inputs("#"), [one("", "")]);
    }

    #[test]
    fn star_drops_what_was_keyed_and_the_question_comes_again() {
        assert_eq!(inputs("0911*09121987#"), [one("", "[DEL]"), one("09121987", "09121987")]);
    }

    #[test]
    fn only_keys_are_keys() {
        assert!(is_keys("0912*1987#") && is_keys("1 2 #"));
        assert!(!is_keys("9/12/87") && !is_keys("verify me") && !is_keys(""));
    }
}
