//! `HowToTake`, `WhatFor` and `SpellThat`: about one medication, by its name, or about the one that was spoken of last.

use shared::medication_list::{MedicationList, SpokenMedication};
use shared::phi::Phi;
use shared::speech::dialog::Dialog;

use super::last_turn::LastTurn;
use super::list_medications::from_list;
use super::{Answer, IntentName, Turn};
use crate::Fulfillment;
use crate::lex::messages::{Form, Messages, Sentence};
use crate::lex::response::{DialogAction, Reply};
use crate::medication_names::{Found, choose, find, words_to_spell};
use crate::medication_turn::{how_many, lacks};
use crate::session::{Session, attribute};

/// The slot with the caller's words for a medication.
const MEDICATION: &str = "Medication";
/// So many words of a name are spelled: brand and generic names of several ingredients.
const MOST_SPELLED: usize = 8;
/// So many medications are kept in mind, of which one may be meant.
const MOST_ASKED_OF: usize = 10;

/// What is asked about a medication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// How it is taken.
    HowToTake,
    /// What it is for.
    WhatFor,
    /// How its name is written.
    Spelling,
}

/// The medication that is meant.
enum Meant {
    /// By index: one, or the same one ordered several times.
    These(Vec<usize>),
    /// Nobody knows yet.
    Unsaid,
    /// None of the list.
    NotOnTheList,
    /// One of these.
    OneOf(Vec<usize>),
}

impl Question {
    fn intent(self) -> IntentName {
        match self {
            Self::HowToTake => IntentName::HowToTake,
            Self::WhatFor => IntentName::WhatFor,
            Self::Spelling => IntentName::SpellThat,
        }
    }

    /// Asks which one is meant: by slot, where the intent has one.
    fn asking(self, messages: Messages) -> Reply {
        let action = match self {
            Self::HowToTake | Self::WhatFor => DialogAction::ElicitSlot { slot: MEDICATION },
            Self::Spelling => DialogAction::ElicitIntent,
        };
        let reply = Reply::new(action, messages);
        if self == Self::Spelling { reply } else { reply.emptying(&[MEDICATION]) }
    }
}

/// Answers `question` about the medication with index `at`; without one, about the one that is named, or was spoken of last.
pub(crate) async fn answer(
    fulfillment: &Fulfillment,
    turn: &mut Turn<'_>,
    question: Question,
    at: Option<usize>,
) -> Answer {
    from_list(fulfillment, turn, |list, turn| {
        let dialog = turn.dialog();
        let listening = &dialog.listening;
        if list.medications.is_empty() {
            let sentences = how_many(list, dialog).into_iter().chain([dialog.what_next.to_owned()]);
            let messages = Messages::of(sentences.map(Into::into).collect());
            return (Reply::new(DialogAction::ElicitIntent, messages), None);
        }
        match meant(list, turn, at) {
            Meant::These(indices) => (about(list, turn, question, &indices), None),
            Meant::Unsaid if question == Question::Spelling => {
                let messages = Messages::say(&[listening.not_spelled]);
                (Reply::new(DialogAction::ElicitIntent, messages), Some("no-medication-named"))
            }
            Meant::Unsaid => {
                (question.asking(Messages::say(&[listening.which_medication])), Some("no-medication-named"))
            }
            Meant::NotOnTheList => {
                let sentences: Vec<_> = [listening.not_on_the_list].into_iter().chain(lacks(list, dialog)).collect();
                let reply = Reply::new(DialogAction::ElicitIntent, Messages::say(&sentences));
                (reply, Some("no-such-medication"))
            }
            Meant::OneOf(indices) => {
                let asked: Vec<_> = indices.iter().take(MOST_ASKED_OF).map(usize::to_string).collect();
                turn.session.set_word(attribute::ASKED_OF, Some(&asked.join(",")));
                (question.asking(which(list, turn.form(), dialog, &indices)), Some("several-medications"))
            }
        }
    })
    .await
}

fn meant(list: &MedicationList, turn: &Turn<'_>, at: Option<usize>) -> Meant {
    let count = list.medications.len();
    if let Some(at) = at.filter(|at| *at < count) {
        return Meant::These(vec![at]);
    }
    let slot = turn.event.intent().and_then(|intent| intent.slot(MEDICATION));
    let said = slot.and_then(|slot| slot.original.or(slot.interpreted));
    let asked = asked_of(turn.session);
    let chosen = said.as_ref().and_then(|said| choose(&list.medications, &asked, said.expose()));
    if let Some(at) = chosen.filter(|at| *at < count) {
        return Meant::These(vec![at]);
    }
    let last = turn.session.index(attribute::LAST_MEDICATION).filter(|last| *last < count);
    match said.map_or(Found::Unnamed, |said| find(&list.medications, said.expose())) {
        Found::These(indices) => Meant::These(indices),
        Found::OneOf(indices) => Meant::OneOf(indices),
        Found::Nothing => Meant::NotOnTheList,
        // Where there is one, there is no other that could be meant.
        Found::Unnamed => last.or((count == 1).then_some(0)).map_or(Meant::Unsaid, |at| Meant::These(vec![at])),
    }
}

/// The medications of which the caller was asked which one they mean.
fn asked_of(session: &Session) -> Vec<usize> {
    let asked = session.word(attribute::ASKED_OF).unwrap_or_default();
    asked.split(',').filter_map(|at| at.parse().ok()).take(MOST_ASKED_OF).collect()
}

fn about(list: &MedicationList, turn: &mut Turn<'_>, question: Question, indices: &[usize]) -> Reply {
    let (dialog, form) = (turn.dialog(), turn.form());
    if let Some(at) = indices.first().copied() {
        turn.session.set_word(attribute::ASKED_OF, None);
        turn.session.set_count(attribute::LAST_MEDICATION, at);
        turn.session.set_last_turn(LastTurn { intent: question.intent(), at: Some(at) }.written());
    }
    let medications: Vec<_> = indices.iter().filter_map(|at| list.medications.get(*at)).collect();
    let told = medications.iter().map(|medication| match question {
        Question::HowToTake => plain(&medication.sentences),
        Question::WhatFor => purpose(medication, dialog),
        Question::Spelling => spelling(medication, dialog),
    });
    let next = || [vec![Sentence::from(dialog.what_next)]];
    let messages = Messages::pack(form, told.chain(next())).unwrap_or_else(|| {
        let too_long =
            |name: &str| Messages::pack(form, [vec![(dialog.too_long)(name)], vec![dialog.what_next.to_owned()]]);
        let name = medications.first().map(|medication| (dialog.name)(medication.name.expose())).unwrap_or_default();
        too_long(&name).or_else(|| too_long("")).unwrap_or_default()
    });
    Reply::new(DialogAction::ElicitIntent, messages)
}

fn plain(sentences: &[Phi<String>]) -> Vec<Sentence> {
    sentences.iter().map(|sentence| Sentence::from(sentence.expose().as_str())).collect()
}

fn purpose(medication: &SpokenMedication, dialog: &Dialog) -> Vec<Sentence> {
    let listening = &dialog.listening;
    let name = Some((dialog.name)(medication.name.expose())).filter(|name| !name.is_empty());
    if medication.purpose.is_empty() {
        let name = name.as_deref().unwrap_or(listening.this_medication);
        return vec![listening.purpose_unknown.replace("{name}", name).into()];
    }
    let about = name.map(|name| listening.about.replace("{name}", &name).into());
    about.into_iter().chain(plain(&medication.purpose)).collect()
}

fn spelling(medication: &SpokenMedication, dialog: &Dialog) -> Vec<Sentence> {
    let words = words_to_spell(medication);
    if words.is_empty() {
        return vec![dialog.listening.not_spelled.into()];
    }
    let spelled = |word: &String| Sentence::spelling(&dialog.listening.spelled.replace("{name}", word), word);
    words.iter().take(MOST_SPELLED).map(spelled).collect()
}

fn which(list: &MedicationList, form: Form, dialog: &Dialog, indices: &[usize]) -> Messages {
    let listening = &dialog.listening;
    let asked = indices.iter().filter_map(|at| list.medications.get(*at));
    let names: Vec<_> = asked.map(|found| (dialog.name)(found.name.expose())).collect();
    let two = match names.as_slice() {
        // One at a time: a name may hold what looks like the other's place.
        [one, other] => listening
            .which_of_two
            .split_once("{other}")
            .map(|(before, after)| format!("{}{other}{after}", before.replace("{name}", one))),
        _ => None,
    };
    let two = two.and_then(|question| Messages::pack(form, [[question]]));
    two.unwrap_or_else(|| Messages::say(&[listening.which_of_many]))
}
