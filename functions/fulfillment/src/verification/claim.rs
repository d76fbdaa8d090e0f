//! What a caller gave of themselves.

use jiff::civil::Date;
use shared::phi::Phi;

use super::gender::Gender;
use super::name::FullName;
use super::phone::E164;
use super::postal_code::PostalCode;
use super::record_number::RecordNumberEnding;

/// What the caller gave. What the site's policy doesn't ask for is `None`.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// Their phone number.
    pub(crate) phone: Option<ClaimedNumber>,
    /// The birth date.
    pub(crate) birth_date: Phi<Date>,
    /// The gender.
    pub(crate) gender: Option<Gender>,
    /// First and last name.
    pub(crate) name: Option<FullName>,
    /// The ZIP code.
    pub(crate) postal_code: Option<PostalCode>,
    /// The end of the record number.
    pub(crate) record_number: Option<RecordNumberEnding>,
}

/// A phone number, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClaimedNumber {
    /// The caller calls from it: they hold the phone.
    CalledFrom(E164),
    /// The caller says it: they know it.
    Said(E164),
}

impl ClaimedNumber {
    /// The number.
    pub(crate) fn number(&self) -> &E164 {
        match self {
            Self::CalledFrom(number) | Self::Said(number) => number,
        }
    }
}

impl Claim {
    /// The number, if there is one.
    pub(crate) fn number(&self) -> Option<&E164> {
        self.phone.as_ref().map(ClaimedNumber::number)
    }

    /// The number, if it was said.
    pub(crate) fn said_number(&self) -> Option<&E164> {
        match &self.phone {
            Some(ClaimedNumber::Said(number)) => Some(number),
            Some(ClaimedNumber::CalledFrom(_)) | None => None,
        }
    }

    /// Everything that was given, in one order, so that two claims that differ in anything differ here.
    pub(crate) fn parts(&self) -> Phi<Vec<String>> {
        let name = self.name.as_ref();
        let parts = [
            self.number().map(E164::expose),
            self.said_number().map(|_| "said"),
            self.gender.map(|gender| gender.search_parameter().1),
            name.map(|name| name.given.expose()),
            name.map(|name| name.family.expose()),
            self.postal_code.as_ref().map(PostalCode::expose),
            self.record_number.as_ref().map(RecordNumberEnding::expose),
        ];
        let parts = parts.map(|part| part.unwrap_or_default().to_owned());
        Phi::new(parts.into_iter().chain([self.birth_date.expose().to_string()]).collect())
    }
}
