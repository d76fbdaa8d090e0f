//! What the caller has given so far, read from the slots.

use jiff::Timestamp;
use jiff::civil::Date;
use shared::phi::Phi;

use super::slot::{Slot, Slots};
use crate::lex::event::SlotValue;
use crate::verification::birth_date::{NoBirthDate, spoken};
use crate::verification::claim::{Claim, ClaimedNumber};
use crate::verification::gender::Gender;
use crate::verification::name::{FullName, Name};
use crate::verification::phone::{E164, Numbering};
use crate::verification::policy::{Factor, Needed};
use crate::verification::postal_code::PostalCode;
use crate::verification::record_number::RecordNumberEnding;

/// What is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclear {
    /// The birth date, and why.
    BirthDate(NoBirthDate),
    /// Anything else.
    Slot(Slot),
}

/// Whose number it is that the search goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// The number that is called from; none, where patients are found by name.
    CallingNumber(Option<E164>),
    /// One that the caller says.
    Said,
}

/// The slots' values. Each is `None` where its slot is empty.
#[derive(Debug, Default)]
pub(super) struct Given {
    number: Option<E164>,
    birth_date: Option<Phi<Date>>,
    gender: Option<Gender>,
    given_name: Option<Name>,
    family_name: Option<Name>,
    postal_code: Option<PostalCode>,
    record_number: Option<RecordNumberEnding>,
}

impl Given {
    /// Reads the slots in `wanted`.
    ///
    /// # Errors
    /// The first that holds something that it can't be.
    pub(super) fn read(
        slots: &Slots<'_>,
        wanted: &[Slot],
        numbering: &Numbering,
        now: Timestamp,
    ) -> Result<Self, Unclear> {
        let mut given = Self::default();
        for slot in wanted {
            let Some(value) = slots.get(*slot) else { continue };
            let unclear = || Unclear::Slot(*slot);
            match slot {
                Slot::PhoneNumber => {
                    given.number = Some(either(&value, |text| numbering.of_said(text)).ok_or_else(unclear)?);
                }
                Slot::DateOfBirth => given.birth_date = Some(spoken(&value, now).map_err(Unclear::BirthDate)?),
                Slot::Gender => given.gender = Some(gender(&value).ok_or_else(unclear)?),
                Slot::FirstName => given.given_name = Some(either(&value, Name::parse).ok_or_else(unclear)?),
                Slot::LastName => given.family_name = Some(either(&value, Name::parse).ok_or_else(unclear)?),
                Slot::PostalCode => given.postal_code = Some(either(&value, PostalCode::parse).ok_or_else(unclear)?),
                Slot::RecordNumberEnding => {
                    given.record_number = Some(either(&value, RecordNumberEnding::parse).ok_or_else(unclear)?);
                }
                Slot::Confirmation => {}
            }
        }
        Ok(given)
    }

    /// The birth date.
    pub(super) fn birth_date(&self) -> Option<Date> {
        self.birth_date.as_ref().map(|date| *date.expose())
    }

    /// The claim that is made with it, of the factors that count; `None` where a birth date or a number is missing.
    pub(super) fn claim(self, number: Number, needed: &Needed) -> Option<Claim> {
        let phone = match number {
            Number::CallingNumber(number) => number.map(ClaimedNumber::CalledFrom),
            Number::Said => Some(ClaimedNumber::Said(self.number?)),
        };
        let name = self.given_name.zip(self.family_name).map(|(given, family)| FullName { given, family });
        Some(Claim {
            phone: phone.filter(|_| needed.has(Factor::Phone)),
            birth_date: self.birth_date?,
            gender: self.gender.filter(|_| needed.has(Factor::Gender)),
            name: name.filter(|_| needed.has(Factor::Name)),
            postal_code: self.postal_code.filter(|_| needed.has(Factor::PostalCode)),
            record_number: self.record_number.filter(|_| needed.has(Factor::MrnLastFour)),
        })
    }
}

/// Reads what Lex made of the words, or else the words.
fn either<T>(value: &SlotValue, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = |text: &Option<Phi<String>>| text.as_ref().and_then(|text| read(text.expose()));
    text(&value.interpreted).or_else(|| text(&value.original))
}

fn gender(value: &SlotValue) -> Option<Gender> {
    either(value, Gender::parse).or_else(|| either(value, Gender::of_words))
}
