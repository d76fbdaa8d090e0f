//! Epic's matching: a weighted OR. A hit needs more than half of the criteria's weight, not all of them, so that a
//! misspelt family name or a wrong gender or birth date is still a hit, and more criteria can mean more hits.
//! The weights are the simulator's own; Epic doesn't publish its.

use serde_json::Value;

use crate::data::text;
use crate::fhir::parameters::Parameters;
use crate::site::PhoneFormat;

/// What is sought.
pub(super) struct Criteria<'a> {
    pub(super) family: Option<&'a str>,
    pub(super) given: Option<&'a str>,
    pub(super) birth_date: Option<&'a str>,
    pub(super) gender: Option<&'a str>,
    pub(super) telecom: Option<Telecom<'a>>,
    postal_code: Option<&'a str>,
}

/// A telecom sought.
pub(super) enum Telecom<'a> {
    Email(&'a str),
    /// In a form that this site finds numbers in: its last ten digits.
    Phone(String),
    /// In a form that finds nothing here.
    Unfindable,
}

impl<'a> Criteria<'a> {
    /// Nothing if a value is malformed.
    pub(super) fn new(parameters: &'a Parameters, phone_formats: &[PhoneFormat]) -> Option<Self> {
        let birth_date = parameters.first("birthdate");
        if birth_date.is_some_and(|date| !has_form(date, "dddd-dd-dd")) {
            return None;
        }
        let (mut family, mut given) = (parameters.first("family"), parameters.first("given"));
        // `name` counts only where neither part was given.
        if let (None, None, Some(name)) = (family, given, parameters.first("name")) {
            let mut words = name.split_whitespace();
            family = words.next_back();
            given = words.next();
        }
        Some(Self {
            family,
            given,
            birth_date,
            // Epic's legal sex overrides gender where both are sent.
            gender: parameters.first("legal-sex").or_else(|| parameters.first("gender")),
            telecom: parameters.first("telecom").map(|value| Telecom::new(value, phone_formats)),
            postal_code: parameters.first("address-postalcode"),
        })
    }

    pub(super) fn hits(&self, patient: &Value) -> bool {
        let (mut weight, mut reached) = (0, 0);
        let mut weigh = |of: u32, matches: Option<bool>| {
            if let Some(matches) = matches {
                weight += of;
                reached += if matches { of } else { 0 };
            }
        };
        weigh(4, self.telecom.as_ref().map(|telecom| telecom.matches(patient)));
        weigh(3, self.family.map(|family| has_family(patient, family)));
        weigh(3, self.birth_date.map(|date| text(patient, "birthDate") == date));
        weigh(2, self.given.map(|given| has_given(patient, given)));
        weigh(1, self.gender.map(|gender| has_gender(patient, gender)));
        weigh(1, self.postal_code.map(|code| has_postal_code(patient, code)));
        2 * reached > weight
    }
}

impl<'a> Telecom<'a> {
    fn new(value: &'a str, formats: &[PhoneFormat]) -> Self {
        if value.contains('@') {
            return Self::Email(value);
        }
        let form = |format: &PhoneFormat| match format {
            PhoneFormat::Dashed => "ddd-ddd-dddd",
            PhoneFormat::Digits => "dddddddddd",
            PhoneFormat::E164 => "+1dddddddddd",
            PhoneFormat::Parenthesised => "(ddd) ddd-dddd",
        };
        if formats.iter().any(|format| has_form(value, form(format))) {
            Self::Phone(last_digits(value))
        } else {
            Self::Unfindable
        }
    }

    fn matches(&self, patient: &Value) -> bool {
        match self {
            Self::Email(address) => has_telecom(patient, "email", address),
            Self::Phone(digits) => has_telecom(patient, "phone", digits),
            Self::Unfindable => false,
        }
    }
}

/// Whether `value` is formed like `form`, in which `d` stands for a digit.
fn has_form(value: &str, form: &str) -> bool {
    value.len() == form.len()
        && value.chars().zip(form.chars()).all(|(c, f)| if f == 'd' { c.is_ascii_digit() } else { c == f })
}

fn last_digits(value: &str) -> String {
    let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(10)).collect()
}

/// Home and mobile numbers and e-mail addresses are searched; work numbers are not.
pub(super) fn has_telecom(patient: &Value, system: &str, sought: &str) -> bool {
    patient.get("telecom").and_then(Value::as_array).into_iter().flatten().any(|telecom| {
        let value = text(telecom, "value");
        text(telecom, "system") == system
            && if system == "phone" {
                matches!(text(telecom, "use"), "home" | "mobile") && last_digits(value) == last_digits(sought)
            } else {
                value.eq_ignore_ascii_case(sought)
            }
    })
}

fn names(patient: &Value) -> impl Iterator<Item = &Value> {
    patient.get("name").and_then(Value::as_array).into_iter().flatten()
}

fn has_family(patient: &Value, sought: &str) -> bool {
    names(patient).any(|name| sounds_like(text(name, "family"), sought))
}

fn has_given(patient: &Value, sought: &str) -> bool {
    let given = names(patient).filter_map(|name| name.get("given").and_then(Value::as_array)).flatten();
    given.filter_map(Value::as_str).any(|given| sounds_like(given, sought))
}

fn has_gender(patient: &Value, sought: &str) -> bool {
    let legal_sex = "http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex";
    let extensions = patient.get("extension").and_then(Value::as_array).into_iter().flatten();
    let legal = extensions.filter(|extension| text(extension, "url") == legal_sex);
    let legal = legal.filter_map(|extension| extension.pointer("/valueCodeableConcept/coding/0/code"));
    text(patient, "gender") == sought || legal.filter_map(Value::as_str).any(|code| code == sought)
}

fn has_postal_code(patient: &Value, sought: &str) -> bool {
    let addresses = patient.get("address").and_then(Value::as_array).into_iter().flatten();
    addresses.into_iter().any(|address| text(address, "postalCode").starts_with(sought))
}

/// Equal but for case, or of the same Soundex code.
fn sounds_like(name: &str, sought: &str) -> bool {
    let same = !name.is_empty() && name.to_lowercase() == sought.to_lowercase();
    same || soundex(name).is_some_and(|code| Some(code) == soundex(sought))
}

/// The first letter and the first three consonant classes after it; nothing for a name without Latin letters.
fn soundex(name: &str) -> Option<String> {
    let class = |letter: char| match letter.to_ascii_lowercase() {
        'b' | 'f' | 'p' | 'v' => '1',
        'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => '2',
        'd' | 't' => '3',
        'l' => '4',
        'm' | 'n' => '5',
        'r' => '6',
        'h' | 'w' => '-',
        _ => '0',
    };
    let mut letters = name.chars().filter(char::is_ascii_alphabetic);
    let first = letters.next()?;
    let mut code = first.to_ascii_uppercase().to_string();
    let mut last = class(first);
    for letter in letters {
        let class = class(letter);
        if !matches!(class, '0' | '-') && class != last && code.len() < 4 {
            code.push(class);
        }
        // H and W don't part two letters of one class, vowels do.
        if class != '-' {
            last = class;
        }
    }
    Some(format!("{code:0<4}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_match() {
        assert_eq!(soundex("Robert").unwrap(), "R163");
        assert_eq!(soundex("Ashcraft").unwrap(), "A261");
        assert_eq!(soundex("Lee").unwrap(), "L000");
        assert!(sounds_like("Lopez", "Lopes") && sounds_like("LOPEZ", "lopez"));
        assert!(!sounds_like("Lopez", "Powell") && !sounds_like("", "") && !sounds_like("李", "王"));
    }

    #[test]
    fn a_form_is_exact() {
        assert!(has_form("469-555-5555", "ddd-ddd-dddd") && has_form("+14695555555", "+1dddddddddd"));
        assert!(!has_form("4695555555", "ddd-ddd-dddd") && !has_form("469-555-555a", "ddd-ddd-dddd"));
        assert!(!has_form("469-555-5555 ", "ddd-ddd-dddd"));
    }
}
