//! The causes that a check can have failed for, in Epic's terms, each with what mends it.
//!
//! docs/doctor.md has the same in a table, and a test compares the two.

mod words;

/// Why a check failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The stack can't be looked at.
    AwsUnreachable,
    /// The connection's settings can't be had.
    SettingsMissing,
    /// A setting is missing or not as expected.
    SettingsIncomplete,
    /// The base URL is another version's than the one set.
    FhirVersionDiffers,
    /// No key signs.
    NoSigningKey,
    /// The key that is to sign can't.
    SigningKeyUnusable,
    /// The ring's public key is not that of KMS's key.
    SigningKeyDiffers,
    /// token-refresher's role may not sign.
    SigningNotPermitted,
    /// token-refresher could not make the check.
    TokenRefresherFailed,
    /// The JWK Set URL has no TLS.
    JwksUrlNotHttps,
    /// The JWK Set URL doesn't answer.
    JwksUrlUnreachable,
    /// The JWK Set URL sends its reader elsewhere.
    JwksUrlRedirects,
    /// The JWK Set URL answers with an error.
    JwksUrlRefuses,
    /// What it serves is no JWK Set.
    JwksNotASet,
    /// Our key is not in the set.
    KidAbsent,
    /// Our `kid` is there more than once.
    KidRepeated,
    /// The key under our `kid` is for another algorithm.
    KeyTypeWrong,
    /// The key under our `kid` is another.
    KeyDiffers,
    /// How long the set may be kept isn't said, or is too long.
    CacheUnstated,
    /// What we sign is not verified by the published key.
    ProbeNotVerified,
    /// The assertion's audience is not what the server expects.
    AudienceWrong,
    /// Our clock is not the server's.
    ClockWrong,
    /// This machine's clock is not the server's.
    OperatorClockWrong,
    /// Epic does not know the client yet.
    NotSynchronised,
    /// Epic does not know the client.
    ClientUnknown,
    /// Epic still has an older key set.
    KeySetCached,
    /// Epic verifies with a key that was uploaded.
    StaticKey,
    /// Epic knew the client, and doesn't any more.
    ClientWithdrawn,
    /// The token endpoint found fault with the request's form.
    RequestMalformed,
    /// The client has no user at the customer.
    NoBackgroundUser,
    /// The endpoint expected another flow.
    WrongFlow,
    /// Scopes that are needed are not asked for.
    ScopeNotAsked,
    /// Scopes that are needed were not granted.
    ScopeMissing,
    /// The token endpoint doesn't answer.
    TokenEndpointUnreachable,
    /// The token endpoint is not well.
    TokenEndpointUnavailable,
    /// What answers is no token endpoint.
    TokenEndpointWrong,
    /// There is no usable token although one would be granted.
    ScheduleNotRunning,
    /// The stored token is refused.
    TokenRefused,
    /// The app may not use this API.
    ApiNotTicked,
    /// The token's scopes don't cover this.
    InsufficientScope,
    /// The background user may not see this.
    UserNotAuthorised,
    /// The chart is restricted.
    BreakTheGlass,
    /// A sub-type of the resource is left out.
    SubtypeNotTicked,
    /// There is no FHIR server at the base URL.
    FhirBaseWrong,
    /// What answers there is no FHIR.
    NotFhir,
    /// The FHIR server doesn't answer.
    FhirUnreachable,
    /// The FHIR server is not well.
    FhirUnavailable,
    /// The id is not one of this environment.
    PatientIdWrong,
    /// The search needs names.
    NamesNeeded,
    /// The test patient is not found.
    PatientNotFound,
    /// More than one patient agrees.
    SeveralPatients,
    /// The test patient's chart is not read out.
    NotReadOut,
    /// The server does not read what was searched for.
    SearchIgnored,
    /// A table can't be used.
    TableUnusable,
    /// A queue can't be used.
    QueueUnusable,
    /// Jobs have failed.
    DeadLetters,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 56] = [
        Self::AwsUnreachable,
        Self::SettingsMissing,
        Self::SettingsIncomplete,
        Self::FhirVersionDiffers,
        Self::NoSigningKey,
        Self::SigningKeyUnusable,
        Self::SigningKeyDiffers,
        Self::SigningNotPermitted,
        Self::TokenRefresherFailed,
        Self::JwksUrlNotHttps,
        Self::JwksUrlUnreachable,
        Self::JwksUrlRedirects,
        Self::JwksUrlRefuses,
        Self::JwksNotASet,
        Self::KidAbsent,
        Self::KidRepeated,
        Self::KeyTypeWrong,
        Self::KeyDiffers,
        Self::CacheUnstated,
        Self::ProbeNotVerified,
        Self::AudienceWrong,
        Self::ClockWrong,
        Self::OperatorClockWrong,
        Self::NotSynchronised,
        Self::ClientUnknown,
        Self::KeySetCached,
        Self::StaticKey,
        Self::ClientWithdrawn,
        Self::RequestMalformed,
        Self::NoBackgroundUser,
        Self::WrongFlow,
        Self::ScopeNotAsked,
        Self::ScopeMissing,
        Self::TokenEndpointUnreachable,
        Self::TokenEndpointUnavailable,
        Self::TokenEndpointWrong,
        Self::ScheduleNotRunning,
        Self::TokenRefused,
        Self::ApiNotTicked,
        Self::InsufficientScope,
        Self::UserNotAuthorised,
        Self::BreakTheGlass,
        Self::SubtypeNotTicked,
        Self::FhirBaseWrong,
        Self::NotFhir,
        Self::FhirUnreachable,
        Self::FhirUnavailable,
        Self::PatientIdWrong,
        Self::NamesNeeded,
        Self::PatientNotFound,
        Self::SeveralPatients,
        Self::NotReadOut,
        Self::SearchIgnored,
        Self::TableUnusable,
        Self::QueueUnusable,
        Self::DeadLetters,
    ];

    /// Its stable code.
    pub fn code(self) -> &'static str {
        {
            let [code, _, _] = self.words();
            code
        }
    }

    /// What it is, in Epic's terms.
    pub fn meaning(self) -> &'static str {
        {
            let [_, meaning, _] = self.words();
            meaning
        }
    }

    /// What mends it.
    pub fn fix(self) -> &'static str {
        {
            let [_, _, fix] = self.words();
            fix
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_cause_has_a_code_of_its_own_and_a_sentence_for_what_it_is_and_what_mends_it() {
        let codes: BTreeSet<_> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            assert!(cause.code().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", cause.code());
            for text in [cause.meaning(), cause.fix()] {
                assert!(text.ends_with('.') && !text.contains("  ") && !text.contains('|'), "{}: {text}", cause.code());
            }
        }
        assert_eq!(Cause::ALL.iter().collect::<BTreeSet<_>>().len(), Cause::ALL.len());
    }
}
