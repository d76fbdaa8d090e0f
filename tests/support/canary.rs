//! Values that must not be found in any log, error or Debug text, and the search for them in every form they may take.

use std::collections::{BTreeSet, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use epic_simulator::Simulator;
use serde_json::{Value, json};

/// The number that the canary patient calls from.
pub const PHONE: &str = "+12147873319";
/// Their birth date.
pub const BIRTH_DATE: &str = "1961-07-23";
/// As they say it.
pub const BIRTH_DATE_SAID: &str = "July twenty third nineteen sixty-one";
/// Their id at Epic.
pub const PATIENT_ID: &str = "eQzCanaryVxKqWmNpRtYb7J3";
/// Their names. One is beyond ASCII, so that escapes show.
pub const GIVEN_NAME: &str = "Quillonetta";
pub const FAMILY_NAME: &str = "Zyxwanterlünd";
/// What they take.
pub const DRUG: &str = "florbexamune";
/// What they take it with.
pub const INSTRUCTION: &str = "Take 1 tablet with brindleberry juice at bedtime.";
/// Their record number.
pub const RECORD_NUMBER: &str = "MRN8841930276";
/// Where they live.
pub const STREET: &str = "47 Kestrelwick Lane";

/// All of the above in one text, for wherever others can put words.
pub const EVERYTHING: &str = "Quillonetta Zyxwanterlünd, born 1961-07-23 (07231961, 7/23/1961), +12147873319, \
                              eQzCanaryVxKqWmNpRtYb7J3, MRN8841930276, 47 Kestrelwick Lane, takes florbexamune";

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Token,
    Name,
    BirthDate,
    Phone,
    PatientId,
    Drug,
    /// Record number and address.
    Demographics,
    /// Worth the list while the call lasts: not to be logged whole.
    CallReference,
    /// The counters' secret, signed assertions, AWS credentials.
    Secret,
}

/// Those of the patient: the same in every run.
const OF_THE_PATIENT: &[(Kind, &[&str])] = &[
    (Kind::Name, &[GIVEN_NAME, FAMILY_NAME, "zyxwanterl"]),
    (
        Kind::BirthDate,
        &[
            BIRTH_DATE,
            BIRTH_DATE_SAID,
            "19610723",
            "07231961",
            "7231961",
            "7/23/1961",
            "07/23/1961",
            "7/23/61",
            "July 23, 1961",
            "July 23 1961",
        ],
    ),
    (
        Kind::Phone,
        &[PHONE, "2147873319", "12147873319", "214-787-3319", "(214) 787-3319", "214 787 3319", "214.787.3319"],
    ),
    (Kind::PatientId, &[PATIENT_ID]),
    (Kind::Drug, &[DRUG, "brindleberry"]),
    (Kind::Demographics, &[RECORD_NUMBER, "8841930276", STREET, "kestrelwick"]),
];

/// As much of a form's beginning as says which forms may stand at a place of a text.
const HEAD: usize = 6;

/// What is looked for.
pub struct Canaries {
    /// The forms, in lower case, by their beginnings: there are thousands, and megabytes to search.
    forms: HashMap<[u8; HEAD], Vec<(Kind, String)>>,
}

impl Canaries {
    /// Those of the patient.
    pub fn of_the_patient() -> Self {
        let mut canaries = Self { forms: HashMap::new() };
        for (kind, values) in OF_THE_PATIENT {
            for value in *values {
                canaries.add(*kind, value);
            }
        }
        canaries
    }

    /// Looks for a value too: as it is and encoded.
    pub fn add(&mut self, kind: Kind, value: &str) {
        assert!(value.len() >= 7, "a value this short would be found by chance");
        let mut add = |form: String| {
            let form = form.to_lowercase();
            let forms = self.forms.entry(head(form.as_bytes()).expect("a form is longer than its head")).or_default();
            if !forms.contains(&(kind, form.clone())) {
                forms.push((kind, form));
            }
        };
        add(value.to_owned());
        // A part of a long secret is as bad: any 23 characters of it hold one of these.
        if value.len() > 40 && value.is_ascii() {
            (0..=value.len() - 16).step_by(8).for_each(|start| add(value[start..start + 16].to_owned()));
        }
        add(percent_encoded(value));
        add(serde_json::to_string(value).unwrap().trim_matches('"').to_owned());
        add(value.escape_default().to_string());
        add(value.bytes().map(|byte| format!("{byte:02x}")).collect());
        // The Debug text of bytes.
        add(value.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", "));
        for fill in 0..3 {
            // Within a longer text the same bytes have three encodings; the characters at the edges belong to the
            // neighbours, too.
            let filled = [&vec![0; fill], value.as_bytes()].concat();
            for encoded in [STANDARD_NO_PAD.encode(&filled), URL_SAFE_NO_PAD.encode(&filled)] {
                let edge = if filled.len() % 3 == 0 { 0 } else { 1 };
                add(encoded[(fill * 4).div_ceil(3)..encoded.len() - edge].to_owned());
            }
        }
    }

    /// What `text` holds of them, ignoring case.
    pub fn found_in(&self, text: &str) -> BTreeSet<Kind> {
        let text = text.to_lowercase().into_bytes();
        let mut found = BTreeSet::new();
        for at in 0..text.len() {
            let Some(head) = head(&text[at..]) else { break };
            let forms = self.forms.get(&head).map(Vec::as_slice).unwrap_or_default();
            found.extend(forms.iter().filter(|(_, form)| stands_at(&text, at, form.as_bytes())).map(|(kind, _)| *kind));
        }
        found
    }

    /// Asserts that no line of `text` holds any. The failure shows the lines: canaries are nobody's.
    pub fn assert_none_in(&self, what: &str, text: &str) {
        self.assert_none_but(&[], what, text);
    }

    /// As [`Canaries::assert_none_in`], where some kinds have their place.
    pub fn assert_none_but(&self, allowed: &[Kind], what: &str, text: &str) {
        // The whole at once first: hardly any line is ever found.
        if self.found_in(text).iter().all(|kind| allowed.contains(kind)) {
            return;
        }
        let mut leaks = String::new();
        for line in text.lines() {
            let kinds: Vec<_> = self.found_in(line).into_iter().filter(|kind| !allowed.contains(kind)).collect();
            if !kinds.is_empty() {
                let shown: String = line.chars().take(1000).collect();
                leaks.push_str(&format!("{kinds:?}: {shown}\n"));
            }
        }
        panic!("{what} holds what it must not:\n{leaks}");
    }
}

fn head(text: &[u8]) -> Option<[u8; HEAD]> {
    text.first_chunk().copied()
}

/// Whether `form` stands at this place of `text`; digits only where no further digit makes them another number.
fn stands_at(text: &[u8], at: usize, form: &[u8]) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let (before, after) = (at.checked_sub(1).and_then(|before| text.get(before)), text.get(at + form.len()));
    text[at..].starts_with(form) && !(digit(form.first()) && digit(before)) && !(digit(form.last()) && digit(after))
}

fn percent_encoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// Puts the canary patient's chart into the simulator.
pub fn admit(epic: &Simulator) {
    let control = epic.control();
    control.put(patient(PATIENT_ID));
    control.put(json!({
        "resourceType": "Medication",
        "id": "eMedicationOfTheCanary",
        "code": {"text": format!("{DRUG} 25 mg oral tablet")},
    }));
    control.put(json!({
        "resourceType": "MedicationRequest",
        "id": "eOrderOfTheCanary",
        "status": "active",
        "intent": "order",
        "category": [{"coding": [{"code": "community"}]}],
        "medicationReference": {"reference": "Medication/eMedicationOfTheCanary", "display": DRUG},
        "subject": {"reference": format!("Patient/{PATIENT_ID}"), "display": format!("{FAMILY_NAME}, {GIVEN_NAME}")},
        "dosageInstruction": [{"text": INSTRUCTION, "patientInstruction": INSTRUCTION}],
        "note": [{"text": EVERYTHING}],
    }));
}

/// The patient, or another in whom everything agrees.
pub fn patient(id: &str) -> Value {
    json!({
        "resourceType": "Patient",
        "id": id,
        "active": true,
        "identifier": [{"use": "usual", "value": RECORD_NUMBER}],
        "name": [{"use": "official", "text": format!("{GIVEN_NAME} {FAMILY_NAME}"), "family": FAMILY_NAME, "given": [GIVEN_NAME]}],
        "telecom": [{"system": "phone", "use": "home", "value": "214-787-3319"}],
        "gender": "female",
        "birthDate": BIRTH_DATE,
        "deceasedBoolean": false,
        "address": [{"use": "home", "line": [STREET], "city": "Garland", "state": "TX", "postalCode": "75043"}],
    })
}

#[test]
fn a_canary_is_found_in_every_form_it_may_take() {
    let token = "pYhN2mQ8vT4kX6wZ1rB3cD5fG7hJ9lA0sE2uI4oP6yR8tW1q";
    let mut canaries = Canaries::of_the_patient();
    canaries.add(Kind::Token, token);
    let bearer = |engine: &dyn Fn(&[u8]) -> String| engine(format!("Authorization: Bearer {token}\r\n").as_bytes());
    for (kind, text) in [
        (Kind::Token, format!("Bearer {token}")),
        (Kind::Token, format!("token {}..", &token[3..30])),
        (Kind::Token, bearer(&|bytes| STANDARD_NO_PAD.encode(bytes))),
        (Kind::Token, bearer(&|bytes| URL_SAFE_NO_PAD.encode(bytes))),
        (Kind::Token, format!("{:?}", token.as_bytes())),
        (Kind::Name, "family: \"ZYXWANTERLÜND\"".to_owned()),
        (Kind::Name, r"zyxwanterl\u00fcnd".to_owned()),
        (Kind::Name, "?family=Zyxwanterl%C3%BCnd".to_owned()),
        (Kind::Name, STANDARD_NO_PAD.encode(EVERYTHING)),
        (Kind::BirthDate, "birthdate=1961-07-23&gender".to_owned()),
        (Kind::BirthDate, "keyed 07231961#".to_owned()),
        (Kind::BirthDate, "on 7/23/1961".to_owned()),
        (Kind::BirthDate, format!("{:?}", b"1961-07-23")),
        (Kind::Phone, "telecom=%2B12147873319".to_owned()),
        (Kind::Phone, "not a job of version 2147873319".to_owned()),
        (Kind::Phone, "(214) 787-3319".to_owned()),
        (Kind::PatientId, format!("/Patient/{PATIENT_ID}?_format=json")),
        (Kind::Drug, "unknown variant `Florbexamune`".to_owned()),
        (Kind::Demographics, RECORD_NUMBER.to_lowercase()),
    ] {
        assert!(canaries.found_in(&text).contains(&kind), "{kind:?} in {text}");
    }
    for text in ["1795421478733190000", "1961-07-2", "version 2147873", "a turn was answered", "Florbex"] {
        assert!(canaries.found_in(text).is_empty(), "{text}");
    }
}
