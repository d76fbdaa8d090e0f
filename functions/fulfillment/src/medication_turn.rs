//! What is said of a list in one turn: a few medications, so that a caller can take them in, and how to go on.

use shared::medication_list::{MedicationList, SpokenMedication};
use shared::speech::dialog::Dialog;

use crate::lex::messages::{Form, Messages};

/// Medications a turn: three to five points are what people keep of what they are told (AHRQ, Health Literacy Tool 4).
const MEDICATIONS_PER_TURN: usize = 3;

/// A turn about a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MedicationTurn {
    /// What is said.
    pub messages: Messages,
    /// The index of the medication that the next turn begins with.
    pub next: usize,
}

/// Speaks of `list` from its medication `from` on; with 0 it begins with how many there are.
///
/// Nothing is shortened: where the medications of a turn don't fit what Lex takes, there are fewer in it, and where a
/// single one doesn't, the caller hears that its instructions are too long, and whom to ask.
pub(crate) fn speak(list: &MedicationList, from: usize, dialog: &Dialog, form: Form) -> MedicationTurn {
    let from = from.min(list.medications.len());
    let rest = list.medications.get(from..).unwrap_or_default();
    for count in (1..=MEDICATIONS_PER_TURN.min(rest.len())).rev() {
        let spoken = spoken(rest.get(..count).unwrap_or_default(), dialog);
        if let Some(messages) = pack(list, from, spoken, dialog, form) {
            return MedicationTurn { messages, next: from + count };
        }
    }
    let Some(medication) = rest.first() else {
        return MedicationTurn { messages: pack(list, from, Vec::new(), dialog, form).unwrap_or_default(), next: from };
    };
    // A name that long is no name.
    let unspoken = |name: &str| pack(list, from, vec![vec![(dialog.too_long)(name)]], dialog, form);
    let messages = unspoken(&(dialog.name)(medication.name.expose())).or_else(|| unspoken("")).unwrap_or_default();
    MedicationTurn { messages, next: from + 1 }
}

/// How many there are, and why that may not be all.
pub(crate) fn how_many(list: &MedicationList, dialog: &Dialog) -> Vec<String> {
    let count = match (list.medications.len(), list.partial, list.withheld) {
        (0, true, _) => dialog.none_read.to_owned(),
        (0, false, true) => dialog.none_spoken.to_owned(),
        (0, false, false) => dialog.none.to_owned(),
        (total, partial, withheld) => (dialog.count)(total, !partial && !withheld),
    };
    [count].into_iter().chain(lacks(list, dialog).map(str::to_owned)).collect()
}

/// Why this list is not the whole one.
pub(crate) fn lacks(list: &MedicationList, dialog: &Dialog) -> impl Iterator<Item = &'static str> + use<> {
    [list.partial.then_some(dialog.partial), list.withheld.then_some(dialog.withheld)].into_iter().flatten()
}

/// The sentences of each medication. What needs saying once in a turn stays where it is said first.
fn spoken(medications: &[SpokenMedication], dialog: &Dialog) -> Vec<Vec<String>> {
    let mut said = Vec::new();
    let mut is_new = |sentence: &&str| {
        let once = dialog.once_a_turn.iter().find(|once| *once == sentence);
        let is_new = once.is_none_or(|once| !said.contains(once));
        said.extend(once);
        is_new
    };
    let mut sentences = |medication: &SpokenMedication| {
        let all = medication.sentences.iter().map(|sentence| sentence.expose().as_str());
        all.filter(&mut is_new).map(str::to_owned).collect()
    };
    medications.iter().map(&mut sentences).collect()
}

fn pack(list: &MedicationList, from: usize, spoken: Vec<Vec<String>>, dialog: &Dialog, form: Form) -> Option<Messages> {
    let first = from == 0;
    let (total, now) = (list.medications.len(), spoken.len());
    let left = total.saturating_sub(from);
    let lacks = || lacks(list, dialog);
    let mut opening = if first { how_many(list, dialog) } else { Vec::new() };
    if now > 0 {
        opening.extend((dialog.these)(now, left, first));
    }
    let mut closing: Vec<String> = Vec::new();
    if left == now && total > 0 {
        // Where the list ends here and the truth may not, that is said in the end's place, unless it just was.
        if lacks().next().is_none() {
            closing.push(dialog.end_of_list.to_owned());
        } else if !first {
            closing.extend(lacks().map(str::to_owned));
        }
    }
    // Once, and at once: not everyone hears a list to its end.
    if first {
        closing.push(dialog.about_the_list.to_owned());
    }
    closing.push(if left > now { (dialog.more_to_come)(left - now) } else { dialog.what_next.to_owned() });
    let paragraphs = [opening].into_iter().chain(spoken).chain([closing]).collect::<Vec<_>>();
    Messages::pack(form, paragraphs.iter().map(|paragraph| paragraph.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::phi::Phi;
    use shared::speech::en_us::DIALOG;
    use shared::speech::es_us::DIALOG as SPANISH;

    use super::*;

    fn medication(name: &str, sentences: &[&str]) -> SpokenMedication {
        let sentences = sentences.iter().map(|sentence| Phi::new((*sentence).to_owned())).collect();
        SpokenMedication { name: Phi::new(name.to_owned()), sentences, readable: true, ..SpokenMedication::default() }
    }

    fn list(count: usize) -> MedicationList {
        let medications =
            (1..=count).map(|n| medication(&format!("drug{n}"), &[&format!("Drug{n}."), "Once a day."])).collect();
        MedicationList {
            medications,
            partial: false,
            withheld: false,
            left_out: BTreeMap::new(),
            read_at: "2026-11-23T10:00:00Z".parse().unwrap(),
        }
    }

    fn said(list: &MedicationList, from: usize) -> (String, usize) {
        let turn = speak(list, from, &DIALOG, Form::Spoken);
        (turn.messages.texts(Form::Spoken).join(" "), turn.next)
    }

    #[test]
    fn the_first_turn_counts_speaks_three_and_says_what_the_list_is() {
        let (text, next) = said(&list(7), 0);
        assert!(text.starts_with("You have 7 medications on your list. Here are the first three. Drug1. Once a day."));
        assert!(text.contains("Drug3.") && !text.contains("Drug4"));
        assert!(text.contains(DIALOG.about_the_list));
        assert!(text.ends_with("There are 4 more. To hear them, say, more."), "{text}");
        assert_eq!(next, 3);
    }

    #[test]
    fn more_goes_on_where_the_turn_before_ended() {
        let (text, next) = said(&list(7), 3);
        assert!(text.starts_with("Here are the next three. Drug4."), "{text}");
        assert!(text.ends_with("There is 1 more. To hear it, say, more.") && !text.contains(DIALOG.about_the_list));
        let (text, end) = said(&list(7), next);
        assert!(text.starts_with("Here is the last one. Drug7."), "{text}");
        assert!(text.contains(DIALOG.end_of_list) && text.ends_with(DIALOG.what_next));
        assert_eq!(end, 7);
        for beyond in [7, 8, usize::MAX] {
            let (text, next) = said(&list(7), beyond);
            assert_eq!((text, next), (format!("{} {}", DIALOG.end_of_list, DIALOG.what_next), 7));
        }
    }

    #[test]
    fn a_short_list_is_spoken_whole() {
        assert!(said(&list(1), 0).0.starts_with("You have 1 medication on your list. Drug1."));
        assert!(said(&list(3), 0).0.starts_with("You have 3 medications on your list. Drug1."));
        assert!(said(&list(2), 0).0.contains(DIALOG.end_of_list));
    }

    #[test]
    fn an_empty_list_is_said_to_be_empty_only_where_it_is() {
        assert!(said(&list(0), 0).0.starts_with(DIALOG.none));
        let partial = said(&MedicationList { partial: true, ..list(0) }, 0).0;
        assert!(partial.starts_with(DIALOG.none_read) && !partial.contains(DIALOG.none), "{partial}");
        let withheld = said(&MedicationList { withheld: true, ..list(0) }, 0).0;
        assert!(withheld.starts_with(DIALOG.none_spoken) && withheld.contains(DIALOG.withheld), "{withheld}");
    }

    #[test]
    fn a_list_that_is_not_whole_is_said_not_to_be() {
        let text = said(&MedicationList { partial: true, withheld: true, ..list(4) }, 0).0;
        assert!(text.starts_with("I found 4 medications on your list."), "{text}");
        assert!(text.contains(DIALOG.partial) && text.contains(DIALOG.withheld));
        let text = said(&MedicationList { withheld: true, ..list(4) }, 0).0;
        assert!(text.starts_with("I found 4 medications on your list.") && text.contains(DIALOG.withheld), "{text}");
    }

    #[test]
    fn the_end_of_a_list_that_is_not_whole_is_never_called_its_end() {
        for (partial, withheld) in [(true, false), (false, true), (true, true)] {
            for (count, from) in [(2, 0), (7, 6), (7, 7), (7, usize::MAX)] {
                let (text, next) = said(&MedicationList { partial, withheld, ..list(count) }, from);
                assert_eq!(next, count);
                assert!(!text.contains(DIALOG.end_of_list), "{text}");
                assert_eq!(text.matches(DIALOG.partial).count(), usize::from(partial), "{text}");
                assert_eq!(text.matches(DIALOG.withheld).count(), usize::from(withheld), "{text}");
            }
            // In between it isn't repeated: the caller was told, and there is more to come.
            let between = said(&MedicationList { partial, withheld, ..list(7) }, 3).0;
            assert!(!between.contains(DIALOG.partial) && !between.contains(DIALOG.withheld), "{between}");
        }
    }

    #[test]
    fn medications_too_long_for_one_turn_come_in_several_and_none_is_shortened() {
        let long = "Take 5 mg. ".repeat(300);
        let mut list = list(4);
        list.medications[1] = medication("drug2", &[&long]);
        let mut spoken = String::new();
        let (mut from, mut turns) = (0, 0);
        while from < 4 {
            let (text, next) = said(&list, from);
            assert!(next > from);
            spoken.push_str(&text);
            (from, turns) = (next, turns + 1);
        }
        assert_eq!(spoken.matches("Take 5 mg.").count(), 300);
        assert!(turns > 1 && spoken.contains("Drug4."));
    }

    #[test]
    fn one_medication_too_long_for_any_turn_is_named_and_the_caller_sent_to_the_pharmacist() {
        let mut list = list(2);
        list.medications[0] = medication("drug1", &["Take one. ".repeat(2000).as_str()]);
        let (text, next) = said(&list, 0);
        assert!(text.contains("The instructions for drug1 are too long") && text.contains("pharmacist"), "{text}");
        assert_eq!(next, 1);
        list.medications[0] = medication(&"x".repeat(20_000), &["Take one. ".repeat(2000).as_str()]);
        assert!(said(&list, 0).0.contains("The instructions for one medication are too long"));
    }

    #[test]
    fn what_needs_saying_once_in_a_turn_is_said_behind_the_first_that_needs_it() {
        let advice = SPANISH.once_a_turn[0];
        let mut list = list(5);
        for at in [1, 2, 3] {
            list.medications[at] = medication("drug", &["Drug.", "En inglés: daily.", advice]);
        }
        let text = |from| speak(&list, from, &SPANISH, Form::Spoken).messages.texts(Form::Spoken).join(" ");
        let first = text(0);
        assert_eq!(first.matches(advice).count(), 1, "{first}");
        assert!(
            first.contains(&format!("Drug1. Once a day. Drug. En inglés: daily. {advice} Drug. En inglés")),
            "{first}"
        );
        assert_eq!(text(3).matches(advice).count(), 1, "each turn has it, since one may be all that is heard");
    }

    #[test]
    fn every_sentence_of_the_dialog_can_be_said() {
        for sentence in [
            DIALOG.verified,
            DIALOG.refused_try_again,
            DIALOG.refused,
            DIALOG.number_not_usable,
            DIALOG.outage,
            DIALOG.to_a_person,
            DIALOG.call_the_clinic,
            DIALOG.verify_first,
            DIALOG.goodbye,
        ] {
            assert_eq!(Messages::say(&[sentence]).texts(Form::Spoken), [sentence]);
        }
    }
}
