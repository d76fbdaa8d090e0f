use shared::phi::Phi;

use super::super::claim::ClaimedNumber;
use super::super::gender::Gender;
use super::super::name::{FullName, Name};
use super::super::policy::{PATIENT_SEARCH, SaidNumber};
use super::super::postal_code::PostalCode;
use super::super::record_number::RecordNumberEnding;
use super::*;

const WORKING: &str = r#"{"resourceType": "Patient", "id": "p1", "active": true, "gender": "female",
    "birthDate": "1987-09-12", "deceasedBoolean": false,
    "telecom": [{"system": "phone", "use": "home", "value": "469-555-5555"}],
    "name": [{"use": "official", "family": "Lopez", "given": ["Camila"]}],
    "address": [{"use": "home", "postalCode": "75043"}],
    "identifier": [{"use": "usual", "type": {"text": "MRN"}, "value": "203713"}]}"#;

struct Case {
    policy: SearchPolicy,
    claim: Claim,
}

impl Case {
    fn working() -> Self {
        let policy = SearchPolicy::parse(PATIENT_SEARCH.default.unwrap()).unwrap();
        let phone = policy.numbering.of_caller("+14695555555").map(ClaimedNumber::CalledFrom);
        let birth_date = Phi::new("1987-09-12".parse().unwrap());
        let gender = Some(Gender::Female);
        Self { policy, claim: Claim { phone, birth_date, gender, name: None, postal_code: None, record_number: None } }
    }

    fn compare<T>(&self, patient: &str, read: impl FnOnce(Comparison<'_>, &Patient) -> T) -> T {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let patient = shared::json::decode(patient.as_bytes()).unwrap();
        read(Comparison { policy: &self.policy, claim: &self.claim, now }, &patient)
    }

    fn verifies(&self, patient: &str) -> bool {
        self.compare(patient, |comparison, patient| comparison.verified_by(patient).is_some())
    }
}

#[track_caller]
fn bent(from: &str, to: &str) -> String {
    assert!(WORKING.contains(from), "{from}");
    WORKING.replacen(from, to, 1)
}

fn may_be_verified(patient: &str) -> bool {
    Case::working().compare(patient, |comparison, patient| comparison.may_be_verified(patient))
}

#[test]
fn three_factors_that_agree_verify() {
    let by = Case::working().compare(WORKING, |comparison, patient| comparison.verified_by(patient)).unwrap();
    assert_eq!(by, [Factor::Phone, Factor::BirthDate, Factor::Gender]);
    assert!(may_be_verified(WORKING));
}

#[test]
fn one_factor_that_disagrees_or_is_missing_is_enough_not_to() {
    for (from, to) in [
        ("1987-09-12", "1987-09-13"),
        ("1987-09-12", "1987-09"),
        ("1987-09-12", "1987-09-12T00:00:00Z"),
        ("\"birthDate\": \"1987-09-12\",", ""),
        ("\"female\"", "\"male\""),
        ("\"gender\": \"female\",", ""),
        ("469-555-5555", "469-555-5556"),
        ("\"value\": \"469-555-5555\"", "\"value\": null"),
        ("\"telecom\"", "\"contact\""),
    ] {
        assert!(!Case::working().verifies(&bent(from, to)), "{from} -> {to}");
    }
}

#[test]
fn a_number_at_work_an_old_one_and_one_that_is_no_phone_dont_count() {
    for usage in ["work", "old", "x"] {
        assert!(!Case::working().verifies(&bent("\"home\"", &format!("\"{usage}\""))), "{usage}");
    }
    for system in ["fax", "pager", "email", "other", "url"] {
        assert!(!Case::working().verifies(&bent("\"phone\"", &format!("\"{system}\""))), "{system}");
    }
    for usage in ["mobile", "temp"] {
        assert!(Case::working().verifies(&bent("\"home\"", &format!("\"{usage}\""))), "{usage}");
    }
    assert!(!Case::working().verifies(&bent("\"use\": \"home\"", "\"use\": 1")));
}

#[test]
fn a_number_counts_while_its_period_lasts() {
    for (period, counts) in [
        (r#"{"end": "2020-01-01"}"#, false),
        (r#"{"end": "2026-10"}"#, false),
        (r#"{"end": "2025"}"#, false),
        (r#"{"end": "2026"}"#, true),
        (r#"{"end": "2026-11"}"#, true),
        (r#"{"end": "2026-12-24T00:00:00Z"}"#, true),
        (r#"{"start": "2027"}"#, false),
        (r#"{"start": "2019-03-01"}"#, true),
        (r#"{"end": "soon"}"#, false),
        (r#""until May""#, false),
        ("null", true),
    ] {
        let patient = bent("\"use\": \"home\"", &format!("\"use\": \"home\", \"period\": {period}"));
        assert_eq!(Case::working().verifies(&patient), counts, "{period}");
    }
}

#[test]
fn the_legal_sex_agrees_as_well_as_the_gender() {
    let legal_sex = |code: &str| {
        bent(
            "\"gender\": \"female\"",
            &format!(
                r#""gender": "male", "extension": [{{"url": "{}", "valueCodeableConcept": {{"coding": [{{"code": "{code}"}}]}}}}]"#,
                shared::fhir::patient::LEGAL_SEX
            ),
        )
    };
    assert!(Case::working().verifies(&legal_sex("female")));
    assert!(!Case::working().verifies(&legal_sex("nonbinary")));
}

#[test]
fn an_optional_factor_may_disagree_as_long_as_enough_agree() {
    let mut case = Case::working();
    case.policy.required = vec![Factor::Phone, Factor::BirthDate];
    case.policy.optional = vec![Factor::Gender];
    let other = bent("\"female\"", "\"male\"");
    assert!(case.verifies(&other));
    case.policy.optional_needed = 1;
    assert!(!case.verifies(&other));
    assert!(case.verifies(WORKING));
}

#[test]
fn some_charts_are_never_read_out() {
    for (from, to) in [
        ("\"active\": true", "\"active\": false"),
        ("\"active\": true", "\"active\": \"yes\""),
        ("\"deceasedBoolean\": false", "\"deceasedBoolean\": true"),
        ("\"deceasedBoolean\": false", "\"deceasedDateTime\": \"2024-01-01\""),
        ("\"active\": true", "\"link\": [{\"type\": \"replaced-by\"}]"),
        ("\"active\": true", "\"meta\": {\"security\": [{\"code\": \"R\"}]}"),
        ("\"active\": true", "\"meta\": {\"security\": [{\"code\": \"V\"}]}"),
        ("\"active\": true", "\"meta\": {\"security\": [7]}"),
        ("\"active\": true", "\"meta\": 7"),
        ("\"active\": true", "\"implicitRules\": \"http://example.org/rules\""),
        ("\"active\": true", "\"modifierExtension\": [{\"url\": \"http://example.org/not\"}]"),
        ("\"active\": true", "\"_active\": {\"extension\": []}"),
        ("\"deceasedBoolean\": false", "\"_deceasedDateTime\": {\"extension\": []}"),
        ("1987-09-12", "2008-11-23"),
        ("\"birthDate\": \"1987-09-12\",", ""),
    ] {
        assert!(!may_be_verified(&bent(from, to)), "{from} -> {to}");
    }
    assert!(may_be_verified(&bent("\"active\": true", "\"meta\": {\"security\": [{\"code\": \"N\"}]}")));
    assert!(may_be_verified(&bent("\"active\": true,", "")));
}

#[test]
fn of_age_is_who_is_of_age_everywhere() {
    let age = |born: &str, today: &str| age_on(born.parse().unwrap(), today.parse().unwrap());
    assert_eq!(age("2008-11-22", "2026-11-22"), 18);
    assert_eq!(age("2008-11-23", "2026-11-22"), 17);
    assert_eq!(age("2008-02-29", "2026-02-28"), 17);
    assert_eq!(age("2008-02-29", "2026-03-01"), 18);
    // At 10:00 UTC it is still the 22nd in the Pacific.
    assert!(may_be_verified(&bent("1987-09-12", "2008-11-22")));
}

#[test]
fn a_patient_of_whom_nothing_asked_for_is_true_was_not_searched_for() {
    let unasked =
        |patient: &str| Case::working().compare(patient, |comparison, patient| comparison.is_unasked_for(patient));
    let stranger = r#"{"resourceType": "Patient", "gender": "male", "birthDate": "1960-01-01",
        "telecom": [{"system": "phone", "use": "home", "value": "212-555-0100"}]}"#;
    assert!(unasked(stranger));
    for (from, to) in [("male", "female"), ("1960-01-01", "1987-09-12"), ("212-555-0100\"", "469-555-5555\"")] {
        assert!(!unasked(&stranger.replacen(from, to, 1)), "{to}");
    }
    assert!(!unasked(&stranger.replacen("212-555-0100", "469-555-5555", 1).replacen("home", "old", 1)));
    // A housemate's number, in whatever words: it never verifies, but a search finds by it.
    for odd in ["469-555-5555 (wife)", "w: (469) 555.5555 x12", "4695555555 / 4695550000", "+1 469 555 5555 ext. 4"] {
        assert!(!unasked(&stranger.replacen("212-555-0100", odd, 1)), "{odd}");
    }
    for other in ["555-5555 (wife)", "469-555-0000 (wife)", "wife"] {
        assert!(unasked(&stranger.replacen("212-555-0100", other, 1)), "{other}");
    }
}

/// Every factor that a policy may name, one after the other.
#[test]
fn a_factor_that_is_required_and_was_not_given_or_disagrees_verifies_nobody() {
    for (factor, from, to) in [
        (Factor::Name, "\"Lopez\"", "\"Diaz\""),
        (Factor::PostalCode, "75043", "75044"),
        (Factor::MrnLastFour, "203713", "203714"),
    ] {
        let mut case = Case::working();
        case.policy.required.push(factor);
        assert!(!case.verifies(WORKING), "{factor:?} was not given");
        match factor {
            Factor::PostalCode => case.claim.postal_code = PostalCode::parse("75043"),
            Factor::MrnLastFour => case.claim.record_number = RecordNumberEnding::parse("3713"),
            _ => case.claim.name = Some(camila()),
        }
        assert!(case.verifies(WORKING), "{factor:?}");
        assert!(!case.verifies(&bent(from, to)), "{factor:?}");
    }
}

#[test]
fn a_number_that_is_said_verifies_with_the_factor_beside_it_only() {
    let mut case = Case::working();
    case.claim.phone = case.policy.numbering.of_caller("+14695555555").map(ClaimedNumber::Said);
    case.policy.said_number = SaidNumber::Also(vec![Factor::PostalCode]);
    assert!(!case.verifies(WORKING));
    case.claim.postal_code = PostalCode::parse("75043");
    let by = case.compare(WORKING, |comparison, patient| comparison.verified_by(patient)).unwrap();
    assert_eq!(by, [Factor::Phone, Factor::BirthDate, Factor::Gender, Factor::PostalCode]);
}

#[test]
fn where_patients_are_found_by_name_a_guess_is_at_who_has_the_name() {
    let mut case = Case::working();
    case.claim.name = Some(camila());
    case.claim.phone = None;
    let is_candidate =
        |case: &Case, patient: &str| case.compare(patient, |comparison, patient| comparison.is_candidate(patient));
    assert!(!is_candidate(&case, WORKING), "the number is whom it is at");
    case.policy.required = vec![Factor::Name, Factor::BirthDate, Factor::PostalCode];
    assert!(is_candidate(&case, WORKING));
    assert!(!is_candidate(&case, &bent("Lopez", "Diaz")));
}

fn camila() -> FullName {
    FullName { given: Name::parse("Camila").unwrap(), family: Name::parse("Lopez").unwrap() }
}
