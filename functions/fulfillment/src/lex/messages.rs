//! The messages of a turn, within Lex's limits by construction: whatever is packed here, Lex accepts.

use serde::Serialize;
use shared::phi::{self, Phi};

/// Lex refuses a reply with more messages than this.
pub(crate) const MAX_MESSAGES: usize = 10;
/// Lex refuses a message of more than 1024 characters; the ones configured in a bot end at 1000. We keep to the smaller.
pub(crate) const MAX_CHARS: usize = 1000;
/// Lex refuses a reply of more than 50 KB. Attributes and slots came in an event of at most 12 KB, so that with this much
/// speech (a quarter of an hour) a reply stays below that, however much JSON's escapes add.
pub(crate) const MAX_BYTES: usize = 16_000;

/// What the caller hears: at most [`MAX_MESSAGES`] texts of 1 to [`MAX_CHARS`] characters, [`MAX_BYTES`] together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Messages(Vec<Message>);

/// One message, in plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    content_type: &'static str,
    #[serde(serialize_with = "phi::stored")]
    content: Phi<String>,
}

impl Messages {
    /// Packs paragraphs of whole sentences. Each paragraph begins a message; a sentence is cut only when it alone is too
    /// long for one, and then between words. `None` where it would be more than a turn may hold.
    pub fn pack<'a, P: IntoIterator<Item = &'a str>>(paragraphs: impl IntoIterator<Item = P>) -> Option<Self> {
        let texts: Vec<String> = paragraphs.into_iter().flat_map(pack_paragraph).collect();
        let fits = texts.len() <= MAX_MESSAGES && texts.iter().map(String::len).sum::<usize>() <= MAX_BYTES;
        let message = |text| Message { content_type: "PlainText", content: Phi::new(text) };
        fits.then(|| Self(texts.into_iter().map(message).collect()))
    }

    /// Sentences of our own, as one paragraph. They are far below the limits; what would not fit is not said.
    pub fn say(sentences: &[&str]) -> Self {
        Self::pack([sentences.iter().copied()]).unwrap_or_default()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|message| message.content.expose().as_str())
    }
}

fn pack_paragraph<'a>(sentences: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for sentence in sentences {
        for piece in pieces(&clean(sentence)) {
            match texts.last_mut() {
                Some(text) if chars(text) + 1 + chars(piece) <= MAX_CHARS => {
                    text.push(' ');
                    text.push_str(piece);
                }
                _ => texts.push(piece.to_owned()),
            }
        }
    }
    texts
}

/// Line breaks and control characters are not spoken, and cost six bytes each in JSON.
fn clean(sentence: &str) -> String {
    let spaced: String = sentence.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// A sentence in pieces of at most [`MAX_CHARS`] characters: one, unless it is too long.
fn pieces(sentence: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while chars(rest) > MAX_CHARS {
        let (piece, after) = rest.split_at(cut(rest));
        pieces.push(piece.trim_end());
        rest = after.trim_start();
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Where to cut: at the last space that doesn't follow a digit, so that "5 mg" and "1 000" stay together; else at any
/// space; else, in a text without a space, at the limit.
fn cut(text: &str) -> usize {
    let limit = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let within = text.get(..=limit).unwrap_or(text);
    let spaces = || within.match_indices(' ').map(|(at, _)| at).filter(|at| *at > 0);
    let after_a_word = |at: &usize| !text.split_at(*at).0.ends_with(|c: char| c.is_ascii_digit());
    spaces().rfind(after_a_word).or_else(|| spaces().next_back()).unwrap_or(limit)
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(sentences: &[&str]) -> Vec<String> {
        Messages::pack([sentences.iter().copied()]).unwrap().texts().map(str::to_owned).collect()
    }

    #[test]
    fn a_sentence_is_never_cut_when_it_fits_a_message() {
        let (a, b) = (format!("{}.", "a".repeat(600)), format!("{}.", "b".repeat(397)));
        assert_eq!(packed(&[&a, &b]), [format!("{a} {b}")]);
        let b = format!("{}.", "b".repeat(398));
        assert_eq!(packed(&[&a, &b]), [a, b]);
    }

    #[test]
    fn a_sentence_too_long_for_one_message_is_cut_between_words_and_never_at_a_number() {
        let sentence = format!("{} take 1 000 mg {}", "word ".repeat(198).trim_end(), "end ".repeat(30));
        let texts = packed(&[&sentence]);
        assert_eq!(texts.join(" "), sentence.trim());
        assert!(texts.iter().all(|text| chars(text) <= MAX_CHARS));
        assert!(texts[0].ends_with("take") && texts[1].starts_with("1 000 mg"), "{texts:?}");
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let sentence = "ä".repeat(MAX_CHARS);
        assert_eq!(packed(&[&sentence]), [sentence]);
    }

    #[test]
    fn a_text_without_spaces_is_kept_whole_over_its_messages() {
        let sentence = "é".repeat(2 * MAX_CHARS + 1);
        assert_eq!(packed(&[&sentence]).concat(), sentence);
    }

    #[test]
    fn each_paragraph_begins_a_message_and_nothing_is_an_empty_one() {
        let messages = Messages::pack([vec!["One.", "", " "], vec![], vec!["Two.\nThree."]]).unwrap();
        assert_eq!(messages.texts().collect::<Vec<_>>(), ["One.", "Two. Three."]);
    }

    #[test]
    fn more_than_a_turn_may_hold_is_refused_and_not_shortened() {
        let paragraphs = |count: usize, text: &'static str| std::iter::repeat_n([text], count);
        assert!(Messages::pack(paragraphs(MAX_MESSAGES, "Word.")).is_some());
        assert!(Messages::pack(paragraphs(MAX_MESSAGES + 1, "Word.")).is_none());
        let long = "€".repeat(MAX_CHARS);
        assert!(Messages::pack(std::iter::repeat_n([long.as_str()], 6)).is_none());
    }

    #[test]
    fn a_message_is_plain_text_in_the_form_of_lex() {
        let json = serde_json::to_string(&Messages::say(&["Hello."])).unwrap();
        assert_eq!(json, r#"[{"contentType":"PlainText","content":"Hello."}]"#);
        assert!(!format!("{:?}", Messages::say(&["warfarin"])).contains("warfarin"));
    }
}
