//! A site's patient search, tried out by an operator (`careline doctor`) with the rules by which callers are verified.
//!
//! The answer comes from outside: this module asks nobody, counts no attempt and writes nothing.

use jiff::Timestamp;
use jiff::civil::Date;
use shared::call_record::PatientId;
use shared::fhir::SearchSet;
use shared::phi::Phi;

use crate::verification::claim::{Claim, ClaimedNumber};
use crate::verification::factors::Comparison;
use crate::verification::gender::Gender;
use crate::verification::name::{FullName, Name};
use crate::verification::policy::{Factor, SearchPolicy};
use crate::verification::search::{Answer, Hits, Refusal, parameters};

/// A policy and what a test patient would give.
#[derive(Debug)]
pub struct Trial {
    policy: SearchPolicy,
    claim: Claim,
}

/// What an answer of Epic's means for the test patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They are found, and nobody else.
    One(PatientId),
    /// Nobody agrees in every factor.
    Nobody,
    /// Several do.
    Several,
    /// It is no answer to what was asked.
    Unusable,
    /// They are found, and their chart is not read out.
    NotReadOut,
}

impl Trial {
    /// A trial of the policy in `patient_search`, the setting's text, with a number in E.164, a birth date in ISO 8601 and a
    /// gender in FHIR's or Epic's codes.
    ///
    /// # Errors
    /// What is wrong, in words that follow "the test patient's …", and without a word of what it is.
    pub fn new(patient_search: &str, phone: &str, birth_date: &str, gender: &str) -> Result<Self, &'static str> {
        let policy = SearchPolicy::parse(patient_search)?;
        let phone = policy.numbering.of_caller(phone).ok_or("phone must be +1 and ten digits, such as +14695555555")?;
        let birth_date: Date = birth_date.parse().map_err(|_| "birth_date must be written YYYY-MM-DD")?;
        let gender = Gender::parse(gender).ok_or("gender must be female, male, other, nonbinary or x")?;
        let claim = Claim {
            phone: Some(ClaimedNumber::CalledFrom(phone)),
            birth_date: Phi::new(birth_date),
            gender: Some(gender).filter(|_| policy.has(Factor::Gender)),
            name: None,
            postal_code: None,
            record_number: None,
        };
        Ok(Self { policy, claim })
    }

    /// The trial with the test patient's names, which are searched for and compared where the policy has the factor `name`.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_names(mut self, given: &str, family: &str) -> Result<Self, &'static str> {
        let name = |name| Name::parse(name).ok_or("family and given must be names");
        self.claim.name = Some(FullName { given: name(given)?, family: name(family)? });
        Ok(self)
    }

    /// The parameters of the search in one phone format, as a call would send them. They are the patient's own.
    pub fn parameters(&self, phone_format: &str) -> Vec<(&'static str, String)> {
        let birth_date = self.claim.birth_date.expose().to_string();
        let phone = self.claim.number().map(|number| self.policy.numbering.write(number, phone_format));
        let parameters = parameters(&self.claim, &birth_date, phone.as_deref());
        parameters.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// Whether the policy searches by gender.
    pub fn has_gender(&self) -> bool {
        self.policy.has(Factor::Gender)
    }

    /// Judges an answer as a call would.
    pub fn judge(&self, answer: &SearchSet, now: Timestamp) -> Verdict {
        let comparison = Comparison { policy: &self.policy, claim: &self.claim, now };
        match Hits::new(vec![Ok(Answer::of(answer))]).verify(comparison) {
            Ok(verified) => Verdict::One(verified.patient),
            Err(Refusal::SeveralMatch) => Verdict::Several,
            Err(Refusal::Unusable | Refusal::NotTaken) => Verdict::Unusable,
            Err(Refusal::NotReadOut | Refusal::Restricted) => Verdict::NotReadOut,
            Err(Refusal::NoMatch | Refusal::LockedOut) => Verdict::Nobody,
        }
    }
}
