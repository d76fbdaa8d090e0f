//! A patient whom an operator gives to try the search out with.
//!
//! They come from a file (or standard input), not from the command line: what stands there is kept in the shell's history
//! and shown to everybody on the machine, and sooner or later somebody takes a real patient.

use std::io;
use std::path::{Path, PathBuf};

use shared::phi::Phi;

/// What a caller would give, and their names, should the site ask for those.
#[derive(Debug)]
pub struct TestPatient {
    pub(super) phone: Phi<String>,
    pub(super) birth_date: Phi<String>,
    pub(super) gender: Phi<String>,
    pub(super) names: Option<Names>,
}

/// The names.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) family: Phi<String>,
    pub(super) given: Phi<String>,
}

/// Why there is no test patient.
#[derive(Debug, thiserror::Error)]
pub enum TestPatientError {
    /// The file can't be read.
    #[error("can't read the test patient from {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A line is none of those known.
    #[error(
        "line {line} of the test patient is not one of phone: +1…, birth_date: YYYY-MM-DD, gender: …, family: …, given: …"
    )]
    Line {
        /// Which, from 1.
        line: usize,
    },
    /// Something is missing.
    #[error("the test patient has no {field}")]
    Missing {
        /// What.
        field: &'static str,
    },
    /// It can't be searched for.
    #[error("the test patient's {0}")]
    Unusable(&'static str),
}

impl TestPatient {
    /// Reads a file; `-` is standard input.
    ///
    /// # Errors
    /// [`TestPatientError`], which repeats nothing of it.
    pub fn read(path: &Path) -> Result<Self, TestPatientError> {
        let text = if path == Path::new("-") { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(path) };
        Self::parse(&text.map_err(|source| TestPatientError::Read { path: path.to_owned(), source })?)
    }

    /// Reads lines such as `birth_date: 1987-09-12`; empty lines and those that begin with `#` are left out.
    ///
    /// # Errors
    /// [`TestPatientError`].
    pub fn parse(text: &str) -> Result<Self, TestPatientError> {
        let fields = ["phone", "birth_date", "gender", "family", "given"];
        let mut values: [Option<Phi<String>>; 5] = Default::default();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let unknown = TestPatientError::Line { line: index + 1 };
            let Some((name, value)) = line.split_once(':') else { return Err(unknown) };
            let at = fields.iter().position(|field| *field == name.trim().trim_start_matches("\u{feff}"));
            let Some(place) = at.and_then(|at| values.get_mut(at)) else { return Err(unknown) };
            *place = Some(Phi::new(value.trim().to_owned())).filter(|value| !value.expose().is_empty());
        }
        let [phone, birth_date, gender, family, given] = values;
        let missing = |field| TestPatientError::Missing { field };
        let patient = Self {
            phone: phone.ok_or(missing("phone"))?,
            birth_date: birth_date.ok_or(missing("birth_date"))?,
            gender: gender.ok_or(missing("gender"))?,
            names: family.zip(given).map(|(family, given)| Names { family, given }),
        };
        Ok(patient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMILA: &str = "# of Epic's sandbox\nphone: +14694694321\nbirth_date: 1987-09-12\n\ngender: female\n";

    #[test]
    fn a_file_has_a_line_for_each_thing_that_a_caller_gives() {
        let patient = TestPatient::parse(CAMILA).unwrap();
        assert_eq!(patient.phone.expose(), "+14694694321");
        assert!(patient.names.is_none());
        assert!(!format!("{patient:?}").contains("1987"));
        let named = TestPatient::parse(&format!("{CAMILA}family: Lopez\ngiven: Camila\n")).unwrap();
        assert_eq!(named.names.unwrap().family.expose(), "Lopez");
    }

    #[test]
    fn what_is_wrong_is_told_by_line_and_never_repeated() {
        let told = |text: &str| TestPatient::parse(text).unwrap_err().to_string();
        assert!(told("phone +14694694321").starts_with("line 1 of"), "{}", told("phone +14694694321"));
        assert!(told(&CAMILA.replace("gender", "s3x")).starts_with("line 5 of"));
        assert_eq!(told("phone: +1\nbirth_date: 1\n"), "the test patient has no gender");
        assert!(!told("phone: 1\ns3cret: 1").contains("s3cret"));
    }
}
