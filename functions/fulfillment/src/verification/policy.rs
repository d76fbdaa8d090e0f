//! The site's policy: by which factors a caller is found and verified (the setting `patient_search`).

use serde::Deserialize;
use shared::environment::{Environment, Reader, Variable};
use shared::fhir::SearchMethod;

use super::phone::Numbering;

/// The policy's variable.
pub const PATIENT_SEARCH: Variable = Variable {
    name: "patient_search",
    expectation: "a JSON object with required, phone_formats, country_code, minimum_age, and perhaps optional, \
                  optional_needed, method, said_number, mrn_system, and nothing else",
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
    /// The number called from, or said where the policy takes that.
    Phone,
    /// The birth date.
    BirthDate,
    /// The gender or legal sex.
    Gender,
    /// First and last name.
    Name,
    /// The five digits of the ZIP code at home.
    PostalCode,
    /// The last four digits of the medical record number.
    MrnLastFour,
}

impl Factor {
    /// Its name in the policy and in the call record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::BirthDate => "birth_date",
            Self::Gender => "gender",
            Self::Name => "name",
            Self::PostalCode => "postal_code",
            Self::MrnLastFour => "mrn_last_four",
        }
    }
}

/// What becomes of a caller whose number isn't known: withheld, foreign, or claimed in a chat; or who has another number on
/// their chart than the one that they call from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidNumber {
    /// A person's, whatever they know.
    Person,
    /// They say the number, which is knowledge then and no possession: these must agree too (design.md, promise 5).
    Also(Vec<Factor>),
}

/// The factors that decide about one caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needed {
    /// All of these must agree.
    pub(crate) required: Vec<Factor>,
    /// Of these, [`Needed::optional_needed`] must agree.
    pub(crate) optional: Vec<Factor>,
    /// How many optional factors must agree.
    pub(crate) optional_needed: usize,
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
    /// What a number is worth that is said.
    pub said_number: SaidNumber,
    /// The numbering system whose numbers are record numbers; `None`: those of the type `MR`.
    pub mrn_system: Option<String>,
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
    #[serde(default)]
    said_number: WrittenSaidNumber,
    mrn_system: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Method {
    #[default]
    Post,
    Get,
}

/// `"person"`, a factor's name, or `{"also": [factors]}`.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenSaidNumber {
    Person(Person),
    One(Factor),
    Several(Also),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Person {
    Person,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Also {
    also: Vec<Factor>,
}

impl Default for WrittenSaidNumber {
    fn default() -> Self {
        Self::Person(Person::Person)
    }
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
        let written: Written = shared::json::decode(text.as_bytes()).map_err(|_| PATIENT_SEARCH.expectation)?;
        check_factors(&written)?;
        let written_needed = Needed {
            required: written.required.clone(),
            optional: written.optional.clone(),
            optional_needed: written.optional_needed,
        };
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
            said_number: written.said_number.checked(&written_needed)?,
            mrn_system: written.mrn_system,
        })
    }

    /// Whether `factor` is one of those that may agree, of a caller whose number is known.
    pub fn has(&self, factor: Factor) -> bool {
        self.required.contains(&factor) || self.optional.contains(&factor)
    }

    /// Whether patients are searched for by phone number, which then is whom a try is at; else by name.
    pub(crate) fn finds_by_phone(&self) -> bool {
        self.required.contains(&Factor::Phone)
    }

    /// The factors that decide about a caller who calls from their number, or said it.
    pub(crate) fn needed(&self, number_said: bool) -> Needed {
        let needed = Needed {
            required: self.required.clone(),
            optional: self.optional.clone(),
            optional_needed: self.optional_needed,
        };
        match &self.said_number {
            SaidNumber::Also(also) if number_said => needed.with(also),
            SaidNumber::Also(_) | SaidNumber::Person => needed,
        }
    }
}

impl Needed {
    /// Whether `factor` is among them.
    pub(crate) fn has(&self, factor: Factor) -> bool {
        self.required.contains(&factor) || self.optional.contains(&factor)
    }

    fn with(mut self, also: &[Factor]) -> Self {
        self.optional.retain(|factor| !also.contains(factor));
        self.required.extend(also.iter().filter(|factor| !self.required.contains(factor)).copied().collect::<Vec<_>>());
        self
    }

    /// How many factors must agree; `None` where the optional ones are too few.
    fn count(&self) -> Option<usize> {
        (self.optional_needed <= self.optional.len()).then_some(self.required.len() + self.optional_needed)
    }
}

impl WrittenSaidNumber {
    fn checked(self, needed: &Needed) -> Result<SaidNumber, &'static str> {
        let also = match self {
            Self::Person(Person::Person) => return Ok(SaidNumber::Person),
            Self::One(factor) => vec![factor],
            Self::Several(Also { also }) => also,
        };
        // A gender is no secret: half of all who guess are right.
        let is_knowledge = |factor: &Factor| matches!(factor, Factor::Name | Factor::PostalCode | Factor::MrnLastFour);
        let more = needed.clone().with(&also).count().zip(needed.count()).is_some_and(|(with, without)| with > without);
        if more && also.iter().all(is_knowledge) {
            Ok(SaidNumber::Also(also))
        } else {
            Err(
                "a policy whose said_number is \"person\", or names what a caller must also know who says their number: \
                 one or more of name, postal_code and mrn_last_four, beyond what every caller must",
            )
        }
    }
}

/// Checks that the factors are enough to tell who calls.
fn check_factors(written: &Written) -> Result<(), &'static str> {
    let (required, optional) = (&written.required, &written.optional);
    let factors: Vec<Factor> = required.iter().chain(optional).copied().collect();
    let twice = factors.iter().any(|factor| factors.iter().filter(|other| *other == factor).count() > 1);
    if twice {
        return Err("a policy that names each factor once, as required or as optional");
    }
    if !required.contains(&Factor::BirthDate) {
        return Err("a policy that requires birth_date (what only the patient's own know)");
    }
    if written.optional_needed > optional.len() {
        return Err("a policy whose optional_needed is at most the number of its optional factors");
    }
    // Whom to search for: Epic finds by number, or by first and last name with the birth date. A name and a birth date
    // alone are known to half a town, and a gender adds nothing to them.
    let more = written.optional_needed > usize::from(optional.contains(&Factor::Gender))
        || [Factor::PostalCode, Factor::MrnLastFour].iter().any(|factor| required.contains(factor));
    if !required.contains(&Factor::Phone) && !(required.contains(&Factor::Name) && more) {
        return Err(
            "a policy that requires phone (whom to search for); or name, and beside it postal_code or mrn_last_four, or \
                    an optional_needed that is not for the gender alone",
        );
    }
    if written.mrn_system.as_deref().is_some_and(|system| system.is_empty() || system.contains(char::is_whitespace)) {
        return Err("a policy whose mrn_system is the URI of a numbering system, such as \"urn:oid:1.2.3\"");
    }
    Ok(())
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
mod tests;
