//! The site's policy: by which factors a caller is found and verified (the setting `patient_search`).

use serde::Deserialize;
use shared::environment::{Environment, Reader, Variable};
use shared::fhir::SearchMethod;

use super::phone::Numbering;

/// The policy's variable.
pub const PATIENT_SEARCH: Variable = Variable {
    name: "patient_search",
    expectation: "a JSON object with required, phone_formats, country_code, minimum_age, and perhaps optional, \
                  optional_needed, method, said_number, and nothing else",
    default: Some(
        r#"{"required": ["phone", "birth_date", "gender"], "phone_formats": ["NNN-NNN-NNNN", "+1NNNNNNNNNN", "NNNNNNNNNN"], "method": "post", "country_code": "1", "minimum_age": 18, "said_number": "person"}"#,
    ),
    purpose: "How patients are searched for and verified: the factors that must agree, and Epic's phone formats.",
};

/// Epic is searched once a format, so each format more is a search more for every try (design.md, section 4).
const MAX_PHONE_FORMATS: usize = 3;
/// What a phone format may consist of, beside `N`.
const PHONE_PUNCTUATION: &str = "+-.() ";

/// Something that a caller is verified by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// The number called from.
    Phone,
    /// The birth date.
    BirthDate,
    /// The gender or legal sex.
    Gender,
}

impl Factor {
    /// Its name in the policy and in the call record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::BirthDate => "birth_date",
            Self::Gender => "gender",
        }
    }
}

/// The policy, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPolicy {
    /// All of these must agree.
    pub required: Vec<Factor>,
    /// Of these, [`SearchPolicy::optional_needed`] must agree.
    pub optional: Vec<Factor>,
    /// How many optional factors must agree.
    pub optional_needed: usize,
    /// The notations in which Epic is asked for a phone number.
    pub phone_formats: Vec<String>,
    /// How search parameters travel.
    pub method: SearchMethod,
    /// How numbers are written at this site.
    pub numbering: Numbering,
    /// The age in years from which patients may hear their chart themselves.
    pub minimum_age: i16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    required: Vec<Factor>,
    #[serde(default)]
    optional: Vec<Factor>,
    #[serde(default)]
    optional_needed: usize,
    phone_formats: Vec<String>,
    #[serde(default)]
    method: Method,
    country_code: String,
    minimum_age: i16,
    /// There is one choice yet: a caller whose number isn't known goes to a person.
    #[serde(default, rename = "said_number")]
    _said_number: SaidNumber,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    #[default]
    Post,
    Get,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SaidNumber {
    #[default]
    Person,
}

impl SearchPolicy {
    /// Reads [`PATIENT_SEARCH`] through `reader`, which notes what is wrong with it.
    pub fn read(reader: &mut Reader<'_>, environment: &dyn Environment) -> Option<Self> {
        let written = environment.get(PATIENT_SEARCH.name);
        let parsed = Self::parse(written.as_deref().or(PATIENT_SEARCH.default).unwrap_or_default());
        let expectation = *parsed.as_ref().err().unwrap_or(&PATIENT_SEARCH.expectation);
        reader.read(&Variable { expectation, ..PATIENT_SEARCH }, |_| parsed.ok())
    }

    /// Reads a policy.
    ///
    /// # Errors
    /// What it must be, without a word of what it is.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        // Told apart from other mistakes, since a later version will take them.
        for later in ["\"name\"", "\"names\"", "\"family\"", "\"postal_code\"", "\"postal\"", "\"mrn\""] {
            if text.contains(later) {
                return Err("a policy whose factors are phone, birth_date and gender: names, postal codes and record \
                            numbers are not supported yet");
            }
        }
        let written: Written = shared::json::decode(text.as_bytes()).map_err(|_| PATIENT_SEARCH.expectation)?;
        let factors: Vec<Factor> = written.required.iter().chain(&written.optional).copied().collect();
        let twice = factors.iter().any(|factor| factors.iter().filter(|other| *other == factor).count() > 1);
        if twice {
            return Err("a policy that names each factor once, as required or as optional");
        }
        if !written.required.contains(&Factor::Phone) || !written.required.contains(&Factor::BirthDate) {
            return Err("a policy that requires phone (whom to search for) and birth_date (what only the patient's \
                        own know)");
        }
        if written.optional_needed > written.optional.len() {
            return Err("a policy whose optional_needed is at most the number of its optional factors");
        }
        let is_country_code = (1..=3).contains(&written.country_code.len())
            && written.country_code.bytes().all(|byte| byte.is_ascii_digit())
            && !written.country_code.starts_with('0');
        if !is_country_code {
            return Err("a policy whose country_code is 1 to 3 digits, such as \"1\"");
        }
        let national_digits = national_digits(&written.phone_formats, &written.country_code).ok_or(
            "a policy with 1 to 3 different phone_formats such as \"NNN-NNN-NNNN\", each with an N for every \
                    digit of a national number (with country code 1 ten of them)",
        )?;
        if !(0..=120).contains(&written.minimum_age) {
            return Err("a policy whose minimum_age is in years, from 0 to 120");
        }
        Ok(Self {
            required: written.required,
            optional: written.optional,
            optional_needed: written.optional_needed,
            phone_formats: written.phone_formats,
            method: match written.method {
                Method::Post => SearchMethod::Post,
                Method::Get => SearchMethod::Get,
            },
            numbering: Numbering::new(written.country_code, national_digits),
            minimum_age: written.minimum_age,
        })
    }

    /// Whether Epic is searched by `factor`.
    pub fn has(&self, factor: Factor) -> bool {
        self.required.contains(&factor) || self.optional.contains(&factor)
    }
}

/// How many digits a national number has by `formats`. `None` where they are not formats, or don't agree.
fn national_digits(formats: &[String], country_code: &str) -> Option<usize> {
    let digits = |format: &String| format.matches('N').count();
    let national = formats.first().map(digits)?;
    let is_format = |format: &String| {
        let country = format!("+{country_code}");
        let punctuation = format.strip_prefix(&country).unwrap_or(format);
        digits(format) == national && punctuation.chars().all(|c| c == 'N' || PHONE_PUNCTUATION.contains(c))
    };
    let different =
        formats.iter().enumerate().all(|(index, format)| formats.iter().skip(index + 1).all(|o| o != format));
    let plausible = if country_code == "1" { national == 10 } else { (4..=14).contains(&national) };
    (formats.len() <= MAX_PHONE_FORMATS && formats.iter().all(is_format) && different && plausible).then_some(national)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const WORKING: &str = r#"{"required": ["phone", "birth_date"], "optional": ["gender"], "optional_needed": 1,
        "phone_formats": ["NNN-NNN-NNNN"], "method": "get", "country_code": "1", "minimum_age": 18}"#;

    #[test]
    fn the_default_requires_phone_birth_date_and_gender_of_an_adult() {
        let policy = SearchPolicy::parse(PATIENT_SEARCH.default.unwrap()).unwrap();
        assert_eq!(policy.required, [Factor::Phone, Factor::BirthDate, Factor::Gender]);
        assert_eq!((policy.minimum_age, policy.phone_formats.len()), (18, 3));
        assert_eq!(policy.method, SearchMethod::Post);
    }

    #[test]
    fn a_site_can_make_a_factor_optional() {
        let policy = SearchPolicy::parse(WORKING).unwrap();
        assert_eq!(policy.optional, [Factor::Gender]);
        assert_eq!(policy.optional_needed, 1);
        assert_eq!(policy.method, SearchMethod::Get);
    }

    #[test]
    fn what_is_wrong_is_told_and_never_what_was_written() {
        for (from, to, told) in [
            ("\"phone\", ", "", "requires phone"),
            (", \"birth_date\"", "", "requires phone (whom to search for) and birth_date"),
            ("[\"gender\"]", "[\"phone\"]", "each factor once"),
            ("\"optional_needed\": 1", "\"optional_needed\": 2", "optional_needed"),
            ("\"gender\"", "\"mrn\"", "not supported yet"),
            ("\"gender\"", "\"shoe_size\"", "a JSON object"),
            ("NNN-NNN-NNNN", "NNN-NNNN", "phone_formats"),
            ("NNN-NNN-NNNN", "NNN-NNN-NNNN ext 5", "phone_formats"),
            ("[\"NNN-NNN-NNNN\"]", "[]", "phone_formats"),
            ("[\"NNN-NNN-NNNN\"]", "[\"NNN-NNN-NNNN\", \"NNN-NNN-NNNN\"]", "phone_formats"),
            ("\"country_code\": \"1\"", "\"country_code\": \"+1\"", "country_code"),
            ("18", "-1", "minimum_age"),
            ("\"minimum_age\": 18", "\"minimum_age\": 18, \"s3cret\": 1", "and nothing else"),
            (", \"minimum_age\": 18", "", "minimum_age"),
        ] {
            assert!(WORKING.contains(from), "{from}");
            let problem = SearchPolicy::parse(&WORKING.replacen(from, to, 1)).unwrap_err();
            assert!(problem.contains(told), "{from} -> {to}: {problem}");
            assert!(!problem.contains("s3cret"));
        }
    }

    #[test]
    fn the_problem_is_noted_under_the_variables_name() {
        let environment = BTreeMap::from([("patient_search".to_owned(), "{}".to_owned())]);
        let mut reader = Reader::new(&environment);
        assert_eq!(SearchPolicy::read(&mut reader, &environment), None);
        assert!(reader.error().to_string().contains("patient_search is set, but must be a JSON object"));
    }
}
