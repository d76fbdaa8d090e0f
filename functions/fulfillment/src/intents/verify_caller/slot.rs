//! The slots of `VerifyCaller`: one for each thing that a caller is asked.

use shared::phi::Phi;

use crate::lex::event::{Intent, SlotValue};
use crate::verification::policy::Factor;

/// A slot. All are optional to Lex: which one comes next is decided here, by the site's policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The phone number on the chart, where it is said.
    PhoneNumber,
    /// The birth date.
    DateOfBirth,
    /// The gender.
    Gender,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The ZIP code at home.
    PostalCode,
    /// The last four digits of the record number.
    RecordNumberEnding,
    /// Whether the birth date was understood.
    Confirmation,
}

impl Slot {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::PhoneNumber,
        Self::DateOfBirth,
        Self::Gender,
        Self::FirstName,
        Self::LastName,
        Self::PostalCode,
        Self::RecordNumberEnding,
        Self::Confirmation,
    ];

    /// Its name in the bot's definition.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PhoneNumber => "PhoneNumber",
            Self::DateOfBirth => "DateOfBirth",
            Self::Gender => "Gender",
            Self::FirstName => "FirstName",
            Self::LastName => "LastName",
            Self::PostalCode => "PostalCode",
            Self::RecordNumberEnding => "RecordNumberEnding",
            Self::Confirmation => "Confirmation",
        }
    }

    /// The slot of this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.name() == name)
    }

    /// The slots in which a factor is given.
    pub(super) fn of(factor: Factor) -> &'static [Self] {
        match factor {
            Factor::Phone => &[Self::PhoneNumber],
            Factor::BirthDate => &[Self::DateOfBirth],
            Factor::Gender => &[Self::Gender],
            Factor::Name => &[Self::FirstName, Self::LastName],
            Factor::PostalCode => &[Self::PostalCode],
            Factor::MrnLastFour => &[Self::RecordNumberEnding],
        }
    }

    /// Whether a name is asked for, which can be spelled.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::FirstName | Self::LastName)
    }
}

/// What the slots hold: as Lex sent them, and as they are changed in this turn.
#[derive(Debug)]
pub(super) struct Slots<'a> {
    intent: Option<&'a Intent>,
    changes: Vec<(Slot, Phi<Option<String>>)>,
}

impl<'a> Slots<'a> {
    /// The slots of `intent`. One that the bot doesn't have is empty.
    pub(super) fn of(intent: Option<&'a Intent>) -> Self {
        Self { intent, changes: Vec::new() }
    }

    /// What a slot holds, if anything.
    pub(super) fn get(&self, slot: Slot) -> Option<SlotValue> {
        match self.changes.iter().rfind(|(changed, _)| *changed == slot) {
            Some((_, value)) => {
                let value = value.expose().clone().map(Phi::new)?;
                Some(SlotValue { original: Some(value.clone()), interpreted: Some(value) })
            }
            None => self.intent?.slot(slot.name()),
        }
    }

    /// Whether a slot holds something.
    pub(super) fn is_filled(&self, slot: Slot) -> bool {
        self.get(slot).is_some()
    }

    /// Fills a slot.
    pub(super) fn fill(&mut self, slot: Slot, value: String) {
        self.changes.push((slot, Phi::new(Some(value))));
    }

    /// Empties a slot. One that Lex doesn't know of is empty.
    pub(super) fn empty(&mut self, slot: Slot) {
        if self.intent.is_some_and(|intent| intent.slots.expose().contains_key(slot.name())) || self.is_filled(slot) {
            self.changes.push((slot, Phi::new(None)));
        }
    }

    /// The changes, for a reply.
    pub(super) fn into_changes(self) -> Vec<(&'static str, Phi<Option<String>>)> {
        self.changes.into_iter().map(|(slot, value)| (slot.name(), value)).collect()
    }
}
