//! Which slots a caller is asked for: by the site's policy, and by nothing that a chart could tell.

use super::given::Number;
use super::slot::{Slot, Slots};
use crate::intents::Turn;
use crate::session::attribute;
use crate::verification::phone::E164;
use crate::verification::policy::{Factor, Needed, SaidNumber};

/// Why the site's policy verifies no such caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotVerifiable {
    /// Their number isn't known, and none that they say counts.
    Number,
    /// They don't know what they would have to.
    NotKnown,
}

/// The slots of one caller.
#[derive(Debug)]
pub(super) struct Plan {
    /// Those that are asked for, in order: the required ones, and of the optional ones as many as must agree.
    pub(super) asked: Vec<Slot>,
    /// All whose factors count, asked for or told unasked.
    pub(super) counting: Vec<Slot>,
    /// The factors that decide.
    pub(super) needed: Needed,
    /// Whose number is searched for.
    pub(super) number: Number,
}

impl Plan {
    /// The plan for the caller of `turn`.
    ///
    /// # Errors
    /// [`NotVerifiable`].
    pub(super) fn of(turn: &Turn<'_>, slots: &Slots<'_>) -> Result<Self, NotVerifiable> {
        let policy = &turn.site.verification.policy;
        let number = number(turn, slots).ok_or(NotVerifiable::Number)?;
        let needed = policy.needed(number == Number::Said);
        let unknown = not_known(turn);
        let is_asked = |factor: &Factor| *factor != Factor::Phone || number == Number::Said;
        let required = || needed.required.iter().copied().filter(is_asked).flat_map(Slot::of).copied();
        if required().any(|slot| unknown.contains(&slot)) {
            return Err(NotVerifiable::NotKnown);
        }
        let answerable = |factor: &Factor| Slot::of(*factor).iter().all(|slot| !unknown.contains(slot));
        let optional: Vec<Factor> = needed.optional.iter().copied().filter(is_asked).filter(answerable).collect();
        // The number that is called from is given without a question. It may make up for one that isn't known, and beside
        // those that are, for one that disagrees.
        let without_asking =
            needed.optional.contains(&Factor::Phone) && matches!(number, Number::CallingNumber(Some(_)));
        if optional.len() + usize::from(without_asking) < needed.optional_needed {
            return Err(NotVerifiable::NotKnown);
        }
        let chosen = || optional.iter().take(needed.optional_needed).copied().flat_map(Slot::of).copied();
        Ok(Self {
            asked: required().chain(chosen()).collect(),
            counting: required().chain(optional.iter().copied().flat_map(Slot::of).copied()).collect(),
            needed,
            number,
        })
    }

    /// The next slot to ask for; `None` where all are filled.
    pub(super) fn next(&self, slots: &Slots<'_>) -> Option<Slot> {
        self.asked.iter().copied().find(|slot| !slots.is_filled(*slot))
    }
}

/// The number that is called from, where it is known.
pub(super) fn calling_number(turn: &Turn<'_>) -> Option<E164> {
    let number = turn.session.calling_number()?;
    turn.site.verification.policy.numbering.of_caller(number.expose())
}

/// Whose number is searched for; `None` where it isn't known, and none that is said counts.
fn number(turn: &Turn<'_>, slots: &Slots<'_>) -> Option<Number> {
    let policy = &turn.site.verification.policy;
    let calling = calling_number(turn);
    if !policy.finds_by_phone() {
        return Some(Number::CallingNumber(calling));
    }
    match (&policy.said_number, calling) {
        (SaidNumber::Person, None) => None,
        (SaidNumber::Person, calling) => Some(Number::CallingNumber(calling)),
        (SaidNumber::Also(_), None) => Some(Number::Said),
        (SaidNumber::Also(_), Some(calling)) => {
            let said = slots.get(Slot::PhoneNumber).and_then(|value| value.interpreted.or(value.original));
            let wants_to = turn.session.word(attribute::NUMBER_SAID).is_some();
            let is_said = match said {
                // Whoever says the very number that they call from holds the phone.
                Some(said) => policy.numbering.of_said(said.expose()) != Some(calling.clone()),
                None => wants_to,
            };
            Some(if is_said { Number::Said } else { Number::CallingNumber(Some(calling)) })
        }
    }
}

/// Whether a caller may say the number on their chart in place of the one that they call from.
pub(super) fn may_say_number(turn: &Turn<'_>) -> bool {
    let policy = &turn.site.verification.policy;
    policy.finds_by_phone() && matches!(policy.said_number, SaidNumber::Also(_))
}

/// The slots that the caller said they can't answer.
pub(super) fn not_known(turn: &Turn<'_>) -> Vec<Slot> {
    let names = turn.session.word(attribute::NOT_KNOWN).unwrap_or_default();
    names.split(',').filter_map(Slot::parse).collect()
}

/// Remembers that the caller can't answer `slot`.
pub(super) fn set_not_known(turn: &mut Turn<'_>, slot: Slot) {
    let mut slots = not_known(turn);
    if !slots.contains(&slot) {
        slots.push(slot);
    }
    let names: Vec<&str> = slots.into_iter().map(Slot::name).collect();
    turn.session.set_word(attribute::NOT_KNOWN, Some(&names.join(",")));
}
