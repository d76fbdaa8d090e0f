//! Who is calling: found by a search of Epic's, verified by us.
//!
//! Epic is searched once a phone format, in all of them at the same time (once, where the site's policy finds patients by
//! name), before anything is counted or compared: the patients who agree must be one over all formats, since two who share
//! a number may have it written in two ways. So a refusal, whatever its reason, has made the same requests as any other; and where a search is down nobody is verified
//! and nothing is told, so that no guess is free.

pub(crate) mod attempts;
pub(crate) mod birth_date;
pub(crate) mod claim;
mod current;
pub(crate) mod factors;
pub(crate) mod folded;
pub(crate) mod gender;
pub(crate) mod name;
pub(crate) mod phone;
pub(crate) mod policy;
pub(crate) mod postal_code;
pub(crate) mod record_number;
pub(crate) mod search;
pub(crate) mod spoken_digits;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use shared::aws::AwsError;
use shared::clock::Clock;
use shared::deadline::Deadline;
use shared::fhir::{FhirClient, FhirError, Search};

use self::attempts::{Attempt, AttemptCounters, Reservation};
use self::claim::Claim;
use self::factors::Comparison;
use self::policy::SearchPolicy;
use self::search::{Answer, Hits, Refusal, Verified, parameters, refusal_of};

/// Of the budget, what searching leaves to the rest: counting, and opening the call.
const AFTER_SEARCHING: Duration = Duration::from_secs(1);

/// It could not be found out who is calling.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VerificationError {
    /// Epic could not be searched.
    #[error("patients could not be searched for")]
    Search(#[source] FhirError),
    /// The counters could not be written, so that guessing could not be told from calling.
    #[error("the attempt could not be counted")]
    Count(#[source] AwsError),
}

/// Verifies callers of one connection.
#[derive(Debug)]
pub(crate) struct Verification {
    /// Epic.
    pub fhir: FhirClient,
    /// The counters of attempts, which all sites share: a number is a number.
    pub attempts: Arc<AttemptCounters>,
    /// The site's policy.
    pub policy: SearchPolicy,
    /// The time.
    pub clock: Clock,
}

impl Verification {
    /// Finds out whether `claim` is a patient's, and whose.
    ///
    /// # Errors
    /// [`VerificationError`]: it can't be told, and nothing was compared.
    pub(crate) async fn verify(
        &self,
        claim: &Claim,
        attempt: &Attempt<'_>,
        deadline: Deadline,
    ) -> Result<Result<Verified, Refusal>, VerificationError> {
        let now = self.clock.now();
        let comparison = Comparison { policy: &self.policy, claim, now };
        let searches = self.phones_written(claim).into_iter().map(|phone| self.search(claim, phone, deadline));
        let hits = Hits::new(try_join_all(searches).await?);
        let candidates = hits.candidates(comparison);
        let reservation = deadline
            .request(self.attempts.reserve(attempt, &candidates, now))
            .await
            .unwrap_or_else(|_| Err(AwsError::deadline_exceeded("dynamodb:UpdateItem attempts")))
            .map_err(VerificationError::Count)?;
        if reservation == Reservation::Full {
            return Ok(Err(Refusal::LockedOut));
        }
        let result = hits.verify(comparison);
        if result.is_ok() {
            let released = deadline.request(self.attempts.release(attempt, &candidates, now)).await;
            if !matches!(released, Ok(Ok(()))) {
                tracing::warn!(code = "attempt-not-released", "an attempt that succeeded stays counted");
            }
        }
        Ok(result)
    }

    /// The claim's number, once for each search: in each of the site's formats, or not at all where patients are found by
    /// name.
    fn phones_written(&self, claim: &Claim) -> Vec<Option<String>> {
        match claim.number().filter(|_| self.policy.finds_by_phone()) {
            Some(number) => {
                let written = |format: &String| Some(self.policy.numbering.write(number, format));
                self.policy.phone_formats.iter().map(written).collect()
            }
            None => vec![None],
        }
    }

    /// Searches with the number written as `phone`: what was found, or that the server refused the question.
    async fn search(
        &self,
        claim: &Claim,
        phone: Option<String>,
        deadline: Deadline,
    ) -> Result<Result<Answer, Refusal>, VerificationError> {
        let birth_date = claim.birth_date.expose().to_string();
        let search = Search {
            resource_type: "Patient",
            parameters: &parameters(claim, &birth_date, phone.as_deref()),
            method: self.policy.method,
            page_limit: 1,
        };
        let budget = deadline.remaining().saturating_sub(AFTER_SEARCHING);
        match self.fhir.search(&search, deadline.at_most(budget)).await {
            Ok(answer) => Ok(Ok(Answer::of(&answer))),
            Err(error) => refusal_of(&error).map(Err).ok_or(VerificationError::Search(error)),
        }
    }
}
