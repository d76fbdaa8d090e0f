//! Whatever the texts hold, and however long they are: within the limits, nothing lost, nothing added, no number cut, and
//! the same words in each form.

use proptest::prelude::*;

use super::*;

/// A word of a text: of a chart, or of whoever wrote what they liked there.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,12}[,.;:]?",
        2 => "[0-9]{1,4}([.,][0-9]{1,3})?",
        1 => Just("1,000 mg".to_owned()),
        1 => "[&<>\"'/=;-]{1,6}",
        1 => Just("<speak>&amp;</speak>".to_owned()),
        1 => Just("]]><!--".to_owned()),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
        1 => prop_oneof![Just('\u{0}'), Just('\u{FFFE}'), Just('\u{85}'), Just('\u{2028}'), Just('\u{1F48A}')]
            .prop_map(String::from),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let blank = prop_oneof![8 => Just(" "), 1 => Just("\n"), 1 => Just("")];
    let few = prop_oneof![6 => 0_usize..30, 1 => 100_usize..400];
    few.prop_flat_map(move |count| (prop::collection::vec(word(), count), blank.clone()))
        .prop_map(|(words, blank)| words.join(blank))
}

fn form() -> impl Strategy<Value = Form> {
    let rate = prop_oneof![Just(Rate::Normal), Just(Rate::Slow), Just(Rate::Slowest)];
    prop_oneof![1 => Just(Form::Written), 1 => Just(Form::Spoken), 4 => rate.prop_map(Form::Ssml)]
}

/// What is heard: without tags, entities resolved, by means of the test's own. `None` where it isn't well-formed.
fn heard(ssml: &str) -> Option<String> {
    let (mut text, mut open) = (String::new(), Vec::new());
    let mut rest = ssml;
    while let Some(c) = rest.chars().next() {
        if let Some((tag, after)) = rest.strip_prefix('<').and_then(|after| after.split_once('>')) {
            match (tag.strip_prefix('/'), tag.ends_with('/')) {
                (Some(name), _) => (open.pop() == Some(name)).then_some(())?,
                (None, true) => {}
                (None, false) => open.push(tag.split(' ').next()?),
            }
            rest = after;
        } else if let Some((entity, after)) = rest.strip_prefix('&').and_then(|after| after.split_once(';')) {
            let entities = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
            text.push(entities.iter().find(|(name, _)| *name == entity)?.1);
            rest = after;
        } else {
            let in_xml = matches!(c, ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
            (in_xml && !matches!(c, '<' | '>' | '&')).then_some(())?;
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    open.is_empty().then_some(text)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn whatever_is_packed_is_taken_by_lex_and_says_the_same_in_each_form(
        paragraphs in prop::collection::vec(prop::collection::vec(sentence(), 0..5), 0..6),
        form in form(),
    ) {
        let all = |form| Messages(paragraphs.iter().map(|p| p.iter().map(|s| s.as_str().into()).collect()).collect())
            .texts(form);
        let plain = all(Form::Spoken);
        let texts = all(form);
        let mut said = Vec::new();
        for text in &texts {
            prop_assert!((1..=MAX_CHARS).contains(&chars(text)), "{} characters", chars(text));
            said.push(if matches!(form, Form::Ssml(_)) { heard(text) } else { Some(text.clone()) });
        }
        let said: Option<Vec<String>> = said.into_iter().collect();
        prop_assert!(said.is_some(), "not well-formed: {texts:?}");
        let said = said.unwrap();
        prop_assert!(said.iter().all(|text| !without_blanks(text).is_empty()), "an empty message: {texts:?}");
        prop_assert_eq!(without_blanks(&said.concat()), without_blanks(&plain.concat()));
        let packed = Messages::pack(form, paragraphs.iter().map(|p| p.iter().map(String::as_str)));
        prop_assert_eq!(packed.is_some(), fits(&texts));
        let wire = Messages(paragraphs.iter().map(|p| p.iter().map(|s| s.as_str().into()).collect()).collect()).into_wire(form);
        prop_assert!(wire.len() <= MAX_MESSAGES);
        prop_assert_eq!(wire.is_empty(), texts.is_empty());
    }

    #[test]
    fn no_number_is_cut(words in prop::collection::vec("[a-z]{1,12}|[0-9]{1,6}([.,][0-9]{1,3})?( mg)?", 150..400), form in form()) {
        let text = words.join(" ");
        let messages = Messages::say(&[text.as_str()]);
        let texts = messages.texts(form);
        let said: Vec<String> = texts
            .iter()
            .map(|text| if matches!(form, Form::Ssml(_)) { heard(text).unwrap() } else { text.clone() })
            .collect();
        prop_assert_eq!(said.join(" "), text);
        for piece in said.iter().take(said.len() - 1) {
            prop_assert!(!piece.ends_with(|c: char| c.is_ascii_digit()), "{piece}");
        }
    }
}
