use super::player::{Difference, compare};
use super::*;

fn expectation(line: usize, wanted: bool, text: &str) -> Expectation {
    Expectation { line, wanted, text: text.to_owned() }
}

#[track_caller]
fn problem(script: &str) -> (usize, String) {
    let error = Script::parse(script).expect_err(script);
    (error.line, error.problem)
}

#[test]
fn a_script_has_heads_turns_and_calls() {
    let script = Script::parse(
        "# a comment\nnumber: +14695555555  # Camila at home\nlocale: en_US\nchannel: keypad\n\nhears: Medication Line\n\
         caller: 09121987#\nhears: gender\nnever: Lopez\n  caller:   female  \n---\ncaller: a person please\n",
    )
    .unwrap();
    let first = ScriptedCall {
        number: Some(Number::Given("+14695555555".to_owned())),
        locale_id: Some("en_US".to_owned()),
        channel: Some(Channel::Keypad),
        greeting: vec![expectation(6, true, "Medication Line")],
        turns: vec![
            ScriptedTurn {
                line: 7,
                says: "09121987#".to_owned(),
                expectations: vec![expectation(8, true, "gender"), expectation(9, false, "Lopez")],
            },
            ScriptedTurn { line: 10, says: "female".to_owned(), expectations: vec![] },
        ],
    };
    let turns = vec![ScriptedTurn { line: 12, says: "a person please".to_owned(), expectations: vec![] }];
    assert_eq!(script.calls, [first, ScriptedCall { turns, ..ScriptedCall::default() }]);
}

#[test]
fn keys_are_no_comment() {
    let says = |line: &str| Script::parse(line).unwrap().calls[0].turns[0].says.clone();
    assert_eq!(says("caller: 09121987#"), "09121987#");
    assert_eq!(says("caller: 09121987 #"), "09121987 #");
    assert_eq!(says("caller: #"), "#");
    assert_eq!(says("caller: 1 # the first"), "1");
    assert_eq!(says("caller:"), "");
}

#[test]
fn a_text_may_have_colons() {
    let script = Script::parse("hears: note: take two").unwrap();
    assert_eq!(script.calls[0].greeting[0].text, "note: take two");
}

#[test]
fn a_line_that_is_none_is_named_by_its_number() {
    assert_eq!(problem("caller: hello\nheard: hello").0, 2);
    assert_eq!(problem("caller: hello\n\nhello").0, 3);
    assert_eq!(
        problem("number: 469-555-5555\ncaller: hello"),
        (1, "a number is written as +14695555555, or `anonymous`".to_owned())
    );
    assert_eq!(problem("channel: phone\ncaller: hello").1, "a channel is voice, keypad or chat");
    assert_eq!(problem("locale: English\ncaller: hello").0, 1);
    assert_eq!(problem("caller: hello\nhears:").0, 2);
    assert!(problem("caller: hello\nnumber: anonymous").1.contains("at the head"));
    assert!(problem("number: anonymous\nnumber: anonymous\ncaller: x").1.contains("twice"));
    assert_eq!(problem("---\ncaller: x").0, 1);
    assert!(problem("").1.contains("no `caller:`"));
    assert!(problem("number: anonymous").1.contains("no `caller:`"));
}

#[test]
fn what_is_heard_is_compared_across_messages_ignoring_case() {
    let heard = ["You take METFORMIN.".to_owned(), "And\nlisinopril.".to_owned()];
    compare(&heard, &[expectation(1, true, "metformin. and lisinopril"), expectation(2, false, "warfarin")]).unwrap();
    assert!(matches!(compare(&heard, &[expectation(3, true, "warfarin")]), Err(Difference::NotHeard { line: 3, .. })));
    assert!(matches!(compare(&heard, &[expectation(4, false, "Lisinopril")]), Err(Difference::Heard { line: 4, .. })));
    let silence = compare(&[], &[expectation(5, true, "anything")]).unwrap_err();
    assert!(silence.to_string().contains("(nothing)"));
}
