//! The checks, in an order in which each can build on those before it.

use jiff::SignedDuration;
use shared::access_token::AccessToken;
use shared::access_token::store::AccessTokenStore;
use shared::call_record::PatientId;
use shared::fhir::FhirVersion;
use shared::refresh_request::{TokenAnswer, TokenCheck};
use token_refresher::scopes::Scopes;

use super::cause::Cause;
use super::discovery::{Discovered, discover};
use super::fhir_exchange::Server;
use super::key_set::Published;
use super::report::{Check, Diagnosis, Found, Outcome, Report};
use super::settings::Known;
use super::signing_key::Keys;
use super::subject::Subject;
use super::token::{self, Circumstances, GrantedBefore};
use super::{aws_resources, fhir_api, key_set, patient_search, settings, signing_key};
use crate::probe;

/// A difference of clocks that is worth a word.
const WORTH_A_WORD_S: i64 = 5;
/// A difference of this machine's that is: AWS allows for 5 minutes.
const OPERATOR_OFF_S: i64 = 60;

/// The checks as they are made, and what they found so far.
struct Examination<'a> {
    subject: &'a Subject<'a>,
    report: Report,
}

/// Makes all checks.
pub async fn examine(subject: &Subject<'_>) -> Report {
    let mut report = Report::new(subject.deployment.stack(), subject.connection.as_str());
    report.note(Check::Aws, Ok(Found::new((), "the stack is there, with its outputs")));
    let mut examination = Examination { subject, report };
    examination.run().await;
    examination.report
}

impl Examination<'_> {
    async fn run(&mut self) {
        let settings = self.report.note(Check::Settings, settings::check(self.subject).await);
        let keys = self.report.note(Check::SigningKey, signing_key::check(self.subject).await);
        let published = match &keys {
            Some(keys) => self.report.note(Check::JwkSetUrl, key_set::check(self.subject, &keys.signing.jwk).await),
            None => self.skip(Check::JwkSetUrl, Check::SigningKey),
        };
        let discovered = match &settings {
            Some(settings) => Some(discover(self.subject, &settings.fhir_base_url).await),
            None => self.skip(Check::Discovery, Check::Settings),
        };
        let check = match (&settings, &keys) {
            (None, _) => self.skip(Check::Signing, Check::Settings),
            (_, None) => self.skip(Check::Signing, Check::SigningKey),
            _ => self.report.note(Check::Signing, token::sign(self.subject).await),
        };
        let is_granted = check.as_ref().is_some_and(|check| matches!(check.answer, TokenAnswer::Granted { .. }));
        if let (Some(settings), Some(discovered)) = (&settings, &discovered) {
            self.note_discovery(settings, discovered, is_granted);
        }
        self.note_probe(check.as_ref(), keys.as_ref(), published.as_ref());
        self.note_clock(check.as_ref(), discovered.and_then(Result::ok).as_ref(), is_granted);
        let stored = self.stored_token().await;
        self.note_token_endpoint(check.as_ref(), settings.as_ref(), keys.as_ref(), published.as_ref(), &stored);
        self.note_scopes(check.as_ref(), settings.as_ref());
        let token = self.note_access_token(stored);
        self.examine_apis(settings.as_ref(), token).await;
        self.report.note(Check::Tables, aws_resources::check_tables(self.subject).await);
        self.report.note(Check::Queues, aws_resources::check_queues(self.subject).await);
    }

    fn skip<T>(&mut self, check: Check, because: Check) -> Option<T> {
        self.report.skip(check, because);
        None
    }

    /// Another token endpoint than the document's is a fault where no token is granted, and else a proxy that is allowed.
    fn note_discovery(&mut self, settings: &Known, discovered: &Result<Discovered, Diagnosis>, is_granted: bool) {
        let result = match discovered {
            Err(diagnosis) => Err(diagnosis.clone()),
            Ok(Discovered { token_endpoint: Some(named), .. }) if *named == settings.token_endpoint => {
                Ok(Found::new((), "the FHIR server names the token endpoint that is set"))
            }
            Ok(Discovered { token_endpoint, .. }) => {
                let named = token_endpoint.as_ref().map_or("no URL", |url| url.as_str());
                let diagnosis = Diagnosis::new(Cause::AudienceWrong, format!("the FHIR server names {named}"));
                let mut found = Found::new((), "");
                found.warning = Some(diagnosis.clone());
                if is_granted { Ok(found) } else { Err(diagnosis) }
            }
        };
        self.report.note(Check::Discovery, result);
    }

    fn note_probe(&mut self, check: Option<&TokenCheck>, keys: Option<&Keys>, published: Option<&Published>) {
        let (Some(check), Some(keys), Some(_)) = (check, keys, published) else {
            let because =
                self.report.first_failed(&[Check::Settings, Check::SigningKey, Check::JwkSetUrl, Check::Signing]);
            self.report.skip(Check::Probe, because.unwrap_or(Check::Signing));
            return;
        };
        // Published as it is on record, so the one on record stands for the one that is published.
        let is_verified =
            check.kid == keys.signing.kid() && probe::is_verified(check.probe.as_str(), &keys.signing.jwk);
        let well = || Found::new((), "what token-refresher signs is verified with the published key");
        self.report.note(Check::Probe, is_verified.then(well).ok_or(Cause::ProbeNotVerified.into()));
    }

    fn note_clock(&mut self, check: Option<&TokenCheck>, discovered: Option<&Discovered>, is_granted: bool) {
        let Some(check) = check else {
            let because = self.report.first_failed(&[Check::Settings, Check::SigningKey, Check::Signing]);
            self.report.skip(Check::Clock, because.unwrap_or(Check::Signing));
            return;
        };
        let result = match check.clock_ahead_s {
            None => Ok(Found::new((), "the token endpoint doesn't tell its time")),
            Some(ahead) if token::clock_locks_out(ahead) && !is_granted => {
                Err(Diagnosis::new(Cause::ClockWrong, ahead_of("token-refresher's clock", ahead)))
            }
            Some(ahead) => {
                let mut found = Found::new((), ahead_of("token-refresher's clock", ahead));
                let here = discovered.and_then(|discovered| discovered.clock_ahead_s).unwrap_or_default();
                if ahead.abs() > WORTH_A_WORD_S {
                    found.warning = Some(Diagnosis::new(Cause::ClockWrong, found.seen.clone()));
                } else if here.abs() > OPERATOR_OFF_S {
                    found.warning = Some(Diagnosis::new(Cause::OperatorClockWrong, ahead_of("this clock", here)));
                }
                Ok(found)
            }
        };
        self.report.note(Check::Clock, result);
    }

    async fn stored_token(&self) -> Result<Option<AccessToken>, Diagnosis> {
        let table = self.subject.output("AccessTokenTableName")?.to_owned();
        let read =
            AccessTokenStore::new(self.subject.deployment.dynamodb(), table).read(&self.subject.connection).await;
        Ok(read.map_err(|error| Diagnosis::new(Cause::TableUnusable, error.to_string()))?.token)
    }

    fn note_token_endpoint(
        &mut self,
        check: Option<&TokenCheck>,
        settings: Option<&Known>,
        keys: Option<&Keys>,
        published: Option<&Published>,
        stored: &Result<Option<AccessToken>, Diagnosis>,
    ) {
        let before = [
            Check::Settings,
            Check::SigningKey,
            Check::Signing,
            Check::JwkSetUrl,
            Check::Discovery,
            Check::Clock,
            Check::Probe,
        ];
        let (Some(check), Some(settings), Some(keys)) = (check, settings, keys) else {
            let because = self.report.first_failed(&before);
            self.report.skip(Check::TokenEndpoint, because.unwrap_or(Check::Signing));
            return;
        };
        let (code, status) = match &check.answer {
            TokenAnswer::Granted { expires_in_s, .. } => {
                let seen = format!("a token for {expires_in_s} s, after {} ms", check.token_endpoint_ms);
                self.report.note(Check::TokenEndpoint, Ok(Found::new((), seen)));
                return;
            }
            TokenAnswer::Refused { code, status } => (code, status),
        };
        // Epic answers invalid_client whatever is wrong; what was found wrong before is the cause.
        if code == "invalid_client"
            && let Some(because) = self.report.first_failed(&before)
        {
            self.report.skip(Check::TokenEndpoint, because);
            return;
        }
        let circumstances =
            self.circumstances(settings, keys, published, stored.as_ref().ok().and_then(Option::as_ref));
        let cause = token::cause_of_refusal(code, circumstances);
        let mut seen = status.map_or(code.clone(), |status| format!("{code}, status {status}"));
        if let Some(published) = published
            && matches!(cause, Cause::NotSynchronised | Cause::ClientUnknown | Cause::StaticKey)
        {
            seen.push_str(&format!("; the JWK Set URL is {}", published.url));
        }
        if cause == Cause::KeySetCached
            && let Ok(until) = keys.signing.added_at.checked_add(circumstances.kept_for)
        {
            seen.push_str(&format!("; until {until}"));
        }
        self.report.note::<()>(Check::TokenEndpoint, Err(Diagnosis::new(cause, seen)));
    }

    fn circumstances<'a>(
        &self,
        settings: &'a Known,
        keys: &Keys,
        published: Option<&Published>,
        stored: Option<&AccessToken>,
    ) -> Circumstances<'a> {
        let now = self.subject.clock.now();
        let since = |time: Option<jiff::Timestamp>| time.map(|time| now.duration_since(time));
        let first_added = keys.ring.keys.iter().map(|key| key.added_at).min();
        let ages = [since(settings.changed_at), since(first_added)];
        // A token of other settings says nothing about these.
        let of_these = |token: &&AccessToken| settings.changed_at.is_none_or(|changed| changed <= token.obtained_at);
        let granted_before = stored.filter(of_these).map(|token| {
            if token.kid == keys.signing.kid() { GrantedBefore::ToThisKey } else { GrantedBefore::ToAnotherKey }
        });
        Circumstances {
            host: settings.token_endpoint.host_str().unwrap_or_default(),
            set_up_for: ages.into_iter().flatten().min().unwrap_or(SignedDuration::MAX),
            granted_before,
            published_for: now.duration_since(keys.signing.seen_at.unwrap_or(keys.signing.added_at)),
            kept_for: published.map_or(SignedDuration::ZERO, |published| published.lifetime),
        }
    }

    fn note_scopes(&mut self, check: Option<&TokenCheck>, settings: Option<&Known>) {
        // What isn't asked for, the other things granted don't make up for.
        if let Some(settings) = settings
            && let needed = Scopes::parse(&settings.needed_scopes())
            && !settings.scopes.cover(&needed)
        {
            let lacking = settings.scopes.lacking(&needed).collect::<Vec<_>>().join(" ");
            let diagnosis = Diagnosis::new(Cause::ScopeNotAsked, format!("not asked for: {lacking}"));
            self.report.note::<()>(Check::Scopes, Err(diagnosis));
            return;
        }
        let result = match check.map(|check| &check.answer) {
            Some(TokenAnswer::Granted { granted, missing, .. }) if missing.is_empty() => {
                Ok(Found::new((), format!("all that are needed: {}", granted.join(" "))))
            }
            Some(TokenAnswer::Granted { missing, .. }) => {
                Err(Diagnosis::new(Cause::ScopeMissing, format!("missing: {}", missing.join(" "))))
            }
            Some(TokenAnswer::Refused { .. }) | None => {
                self.report.skip(Check::Scopes, Check::TokenEndpoint);
                return;
            }
        };
        self.report.note(Check::Scopes, result);
    }

    fn note_access_token(&mut self, stored: Result<Option<AccessToken>, Diagnosis>) -> Option<AccessToken> {
        let now = self.subject.clock.now();
        let result = match stored {
            Err(diagnosis) => Err(diagnosis),
            Ok(Some(token)) if token.is_usable_at(now) => {
                let (age, left) = (now.duration_since(token.obtained_at), token.remaining_at(now));
                let seen = format!("the schedule stored one {} s ago, for another {} s", age.as_secs(), left.as_secs());
                Ok(Found::new(token, seen))
            }
            Ok(_) if self.is_ok(Check::TokenEndpoint) && self.is_ok(Check::Scopes) => {
                Err(Cause::ScheduleNotRunning.into())
            }
            Ok(_) => {
                let because = if self.is_ok(Check::TokenEndpoint) { Check::Scopes } else { Check::TokenEndpoint };
                return self.skip(Check::AccessToken, because);
            }
        };
        self.report.note(Check::AccessToken, result)
    }

    fn is_ok(&self, check: Check) -> bool {
        matches!(self.report.outcome(check), Some(Outcome::Ok(_) | Outcome::Warning(_)))
    }

    async fn examine_apis(&mut self, settings: Option<&Known>, token: Option<AccessToken>) {
        let base_is_wrong = self.discovery_failed_at_the_base();
        let (Some(settings), Some(token), false) = (settings, token, base_is_wrong) else {
            let because = match settings {
                None => Check::Settings,
                Some(_) if base_is_wrong => Check::Discovery,
                Some(_) => Check::AccessToken,
            };
            self.skip_apis(&[&[Check::PatientApi], apis_of_charts(settings).as_slice()].concat(), because);
            return;
        };
        let server = Server::new(self.subject.deployment.http(), &settings.fhir_base_url, token);
        self.report.note(Check::PatientApi, fhir_api::check_patients(&server).await);
        if self.failed_for(Check::PatientApi, &[Cause::TokenRefused, Cause::FhirUnreachable, Cause::FhirBaseWrong]) {
            // No matter of this API: every other would say the same.
            self.skip_apis(&apis_of_charts(Some(settings)), Check::PatientApi);
            return;
        }
        let patient = self.find_test_patient(&server).await;
        let patient = patient.as_ref().map(PatientId::expose);
        let result = fhir_api::check_medications_of(&server, settings.fhir_version, patient).await;
        self.report.note(medications_api(settings.fhir_version), result);
        self.report.note(Check::MedicationApi, fhir_api::check_medications(&server).await);
        if settings.tells_appointments {
            self.report.note(Check::AppointmentApi, fhir_api::check_appointments_of(&server, patient).await);
        }
    }

    fn skip_apis(&mut self, apis: &[Check], because: Check) {
        apis.iter().for_each(|check| self.report.skip(*check, because));
        if self.subject.test_patient.is_some() {
            self.report.skip(Check::PatientSearch, because);
        }
    }

    fn failed_for(&self, check: Check, causes: &[Cause]) -> bool {
        matches!(self.report.outcome(check), Some(Outcome::Failed(diagnosis)) if causes.contains(&diagnosis.cause))
    }

    /// A wrong audience is a matter of the token endpoint; everything else that fails there is the FHIR server's.
    fn discovery_failed_at_the_base(&self) -> bool {
        self.report.first_failed(&[Check::Discovery]).is_some()
            && !self.failed_for(Check::Discovery, &[Cause::AudienceWrong])
    }

    async fn find_test_patient(&mut self, server: &Server<'_>) -> Option<PatientId> {
        let patient = self.subject.test_patient?;
        if let Some(because) = self.report.first_failed(&[Check::PatientApi]) {
            return self.skip(Check::PatientSearch, because);
        }
        let result = patient_search::find(server, patient, self.subject.clock.now()).await;
        let search = self.report.note(Check::PatientSearch, result)?;
        self.report.found_patient_search(search.setting);
        Some(search.patient)
    }
}

fn medications_api(version: FhirVersion) -> Check {
    match version {
        FhirVersion::R4 => Check::MedicationRequestApi,
        FhirVersion::Stu3 => Check::MedicationStatementApi,
    }
}

/// What is asked of a chart, beside whose it is, with these settings: R4's where they aren't known.
fn apis_of_charts(settings: Option<&Known>) -> Vec<Check> {
    let version = settings.map(|settings| settings.fhir_version).unwrap_or_default();
    let appointments = settings.is_some_and(|settings| settings.tells_appointments).then_some(Check::AppointmentApi);
    [medications_api(version), Check::MedicationApi].into_iter().chain(appointments).collect()
}

fn ahead_of(whose: &str, ahead_s: i64) -> String {
    match ahead_s {
        0 => format!("{whose} is the server's"),
        1.. => format!("{whose} is {ahead_s} s ahead of the server's"),
        _ => format!("{whose} is {} s behind the server's", ahead_s.unsigned_abs()),
    }
}
