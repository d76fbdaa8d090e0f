//! What is packed is within the limits, and of a form that Lex and Connect take.

mod property;

use super::form::chars;
use super::*;

const SSML: Form = Form::Ssml(Rate::Normal);

fn packed(sentences: &[&str]) -> Vec<String> {
    Messages::pack(Form::Spoken, [sentences.iter().copied()]).unwrap().texts(Form::Spoken)
}

fn wire(messages: Messages, form: Form) -> String {
    serde_json::to_string(&messages.into_wire(form)).unwrap()
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
fn characters_are_counted_as_lex_counts_them_and_not_bytes() {
    let sentence = "ä".repeat(MAX_CHARS);
    assert_eq!(packed(&[&sentence]), [sentence]);
    assert_eq!(packed(&["\u{1F48A}".repeat(MAX_CHARS).as_str()]).len(), 2, "in UTF-16");
}

#[test]
fn a_text_without_spaces_is_kept_whole_over_its_messages() {
    let sentence = "é".repeat(2 * MAX_CHARS + 1);
    assert_eq!(packed(&[&sentence]).concat(), sentence);
}

#[test]
fn each_paragraph_begins_a_message_and_nothing_is_an_empty_one() {
    let messages = Messages::pack(Form::Spoken, [vec!["One.", "", " "], vec![], vec!["Two.\nThree."]]).unwrap();
    assert_eq!(messages.texts(Form::Spoken), ["One.", "Two. Three."]);
    assert_eq!(messages.texts(SSML), ["<speak>One.</speak>", "<speak><break time=\"600ms\"/>Two. Three.</speak>"]);
    assert!(Messages::pack(SSML, [vec!["", " \n"]]).unwrap().is_empty());
}

#[test]
fn more_than_a_turn_may_hold_is_refused_and_not_shortened() {
    let paragraphs = |count: usize, text: &'static str| std::iter::repeat_n([text], count);
    assert!(Messages::pack(Form::Spoken, paragraphs(MAX_MESSAGES, "Word.")).is_some());
    assert!(Messages::pack(Form::Spoken, paragraphs(MAX_MESSAGES + 1, "Word.")).is_none());
    let long = "€".repeat(MAX_CHARS);
    assert!(Messages::pack(Form::Spoken, std::iter::repeat_n([long.as_str()], 6)).is_none());
    let quotes = "\" ".repeat(2500);
    assert!(Messages::pack(Form::Spoken, [[quotes.as_str()]]).is_some());
    assert!(Messages::pack(SSML, [[quotes.as_str()]]).is_none(), "with its entities it is too much");
}

#[test]
fn a_message_is_in_the_form_of_lex() {
    let hello = || Messages::say(&["Hello & <goodbye>."]);
    assert_eq!(wire(hello(), Form::Written), r#"[{"contentType":"PlainText","content":"Hello & <goodbye>."}]"#);
    let expected = r#"[{"contentType":"SSML","content":"<speak>Hello &amp; &lt;goodbye&gt;.</speak>"}]"#;
    assert_eq!(wire(hello(), SSML), expected);
    assert!(!format!("{:?}", Messages::say(&["warfarin"])).contains("warfarin"));
}

#[test]
fn slower_is_said_of_each_message() {
    let hello = || Messages::say(&["Hello."]);
    assert_eq!(hello().texts(Form::Ssml(Rate::Slow)), ["<speak><prosody rate=\"slow\">Hello.</prosody></speak>"]);
    assert_eq!(hello().texts(Form::Ssml(Rate::Slowest)), ["<speak><prosody rate=\"x-slow\">Hello.</prosody></speak>"]);
}

#[test]
fn a_number_to_dial_can_be_heard_as_one_and_read_as_one() {
    let said = |number: &str, form| Messages::of(vec![Sentence::dialling("Dial {number}.", number)]).texts(form);
    assert_eq!(said("911", Form::Written), ["Dial 911."]);
    assert_eq!(said("911", Form::Spoken), ["Dial 9 1 1."]);
    assert_eq!(said("911", SSML), ["<speak>Dial <say-as interpret-as=\"digits\">911</say-as>.</speak>"]);
    assert_eq!(said("1-800-222-1222", Form::Spoken), ["Dial 1, 8 0 0, 2 2 2, 1 2 2 2."]);
    let expected = "<speak>Dial <say-as interpret-as=\"telephone\">1-800-222-1222</say-as>.</speak>";
    assert_eq!(said("1-800-222-1222", SSML), [expected]);
}

#[test]
fn a_word_is_spelled_letter_by_letter() {
    let said = |form| Messages::of(vec![Sentence::spelling("Is spelled {letters}.", "Co-Q10")]).texts(form);
    assert_eq!(said(Form::Spoken), ["Is spelled C O Q 1 0."]);
    let expected = "<speak>Is spelled <say-as interpret-as=\"characters\">C O Q 1 0</say-as>.</speak>";
    assert_eq!(said(SSML), [expected]);
}

#[test]
fn what_was_not_packed_and_does_not_fit_is_said_to_the_limit() {
    let long = Messages::say(&["word ".repeat(9000).as_str()]);
    let messages = long.into_wire(SSML);
    assert_eq!(messages.len(), MAX_MESSAGES);
    assert!(messages.iter().all(|message| message.content_type == "PlainText"));
}
