//! What the checks found, for people and for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::cause::Cause;

/// A check, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The stack and its outputs.
    Aws,
    /// The connection's settings.
    Settings,
    /// The key that signs, on record and in KMS.
    SigningKey,
    /// The JWK Set URL, as Epic sees it.
    JwkSetUrl,
    /// The FHIR server's SMART configuration.
    Discovery,
    /// token-refresher signs.
    Signing,
    /// What it signed, verified with the published set.
    Probe,
    /// The clocks.
    Clock,
    /// The token endpoint's answer.
    TokenEndpoint,
    /// The scopes granted.
    Scopes,
    /// The stored token, and so the schedule.
    AccessToken,
    /// A search for Patients.
    PatientApi,
    /// A search for `MedicationRequest`s, with R4.
    MedicationRequestApi,
    /// A search for `MedicationStatement`s, with STU3.
    MedicationStatementApi,
    /// A read of a Medication.
    MedicationApi,
    /// A search for Appointments, where they are told.
    AppointmentApi,
    /// The tables.
    Tables,
    /// The queues.
    Queues,
    /// The search that finds the test patient.
    PatientSearch,
}

impl Check {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Settings => "settings",
            Self::SigningKey => "signing-key",
            Self::JwkSetUrl => "jwk-set-url",
            Self::Discovery => "discovery",
            Self::Signing => "signing",
            Self::Probe => "probe",
            Self::Clock => "clock",
            Self::TokenEndpoint => "token-endpoint",
            Self::Scopes => "scopes",
            Self::AccessToken => "access-token",
            Self::PatientApi => "patient-api",
            Self::MedicationRequestApi => "medication-request-api",
            Self::MedicationStatementApi => "medication-statement-api",
            Self::MedicationApi => "medication-api",
            Self::AppointmentApi => "appointment-api",
            Self::Tables => "tables",
            Self::Queues => "queues",
            Self::PatientSearch => "patient-search",
        }
    }
}

/// Why a check failed, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The cause.
    pub cause: Cause,
    /// What was seen: statuses, codes, names and times, nothing secret or clinical. Empty where the cause says it all.
    pub seen: String,
}

impl Diagnosis {
    pub(super) fn new(cause: Cause, seen: impl Into<String>) -> Self {
        Self { cause, seen: seen.into() }
    }
}

impl From<Cause> for Diagnosis {
    fn from(cause: Cause) -> Self {
        Self::new(cause, "")
    }
}

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Well, and what was seen.
    Ok(String),
    /// Well enough, but for this.
    Warning(Diagnosis),
    /// Not well.
    Failed(Diagnosis),
    /// It could tell nothing, since another failed.
    NotChecked(Check),
}

/// What a check found that went well.
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) seen: String,
    pub(super) warning: Option<Diagnosis>,
}

impl<T> Found<T> {
    pub(super) fn new(value: T, seen: impl Into<String>) -> Self {
        Self { value, seen: seen.into(), warning: None }
    }
}

/// What all checks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    stack: String,
    connection: String,
    findings: Vec<(Check, Outcome)>,
    patient_search: Option<String>,
}

impl Report {
    pub(super) fn new(stack: &str, connection: &str) -> Self {
        let (stack, connection) = (stack.to_owned(), connection.to_owned());
        Self { stack, connection, findings: Vec::new(), patient_search: None }
    }

    /// Notes how a check ended; what it found, if it went well.
    pub(super) fn note<T>(&mut self, check: Check, result: Result<Found<T>, Diagnosis>) -> Option<T> {
        let (outcome, value) = match result {
            Ok(Found { value, seen, warning: None }) => (Outcome::Ok(seen), Some(value)),
            Ok(Found { value, warning: Some(warning), .. }) => (Outcome::Warning(warning), Some(value)),
            Err(diagnosis) => (Outcome::Failed(diagnosis), None),
        };
        self.put(check, outcome);
        value
    }

    /// Notes that a check can tell nothing, since `because` failed, or whatever kept that one from being made.
    pub(super) fn skip(&mut self, check: Check, because: Check) {
        let because = match self.outcome(because) {
            Some(Outcome::NotChecked(root)) => *root,
            _ => because,
        };
        self.put(check, Outcome::NotChecked(because));
    }

    pub(super) fn found_patient_search(&mut self, setting: String) {
        self.patient_search = Some(setting);
    }

    fn put(&mut self, check: Check, outcome: Outcome) {
        self.findings.push((check, outcome));
        self.findings.sort_by_key(|(check, _)| *check);
    }

    /// The first of `checks` that failed.
    pub(super) fn first_failed(&self, checks: &[Check]) -> Option<Check> {
        let failed = |check: &&Check| matches!(self.outcome(**check), Some(Outcome::Failed(_)));
        checks.iter().find(failed).copied()
    }

    /// How a check ended; nothing where it was not to be made.
    pub fn outcome(&self, check: Check) -> Option<&Outcome> {
        self.findings.iter().find(|(of, _)| *of == check).map(|(_, outcome)| outcome)
    }

    /// The causes found, of warnings too, in the order of the checks.
    pub fn causes(&self) -> Vec<(Check, Cause)> {
        let cause = |(check, outcome): &(Check, Outcome)| match outcome {
            Outcome::Failed(diagnosis) | Outcome::Warning(diagnosis) => Some((*check, diagnosis.cause)),
            Outcome::Ok(_) | Outcome::NotChecked(_) => None,
        };
        self.findings.iter().filter_map(cause).collect()
    }

    /// Whether no check failed.
    pub fn is_well(&self) -> bool {
        !self.findings.iter().any(|(_, outcome)| matches!(outcome, Outcome::Failed(_)))
    }

    /// The setting `patient_search` that finds the test patient.
    pub fn patient_search(&self) -> Option<&str> {
        self.patient_search.as_deref()
    }

    /// The command that sets `patient_search`. The setting's JSON has no single quote in it.
    fn command_for(&self, setting: &str) -> String {
        let Self { stack, connection, .. } = self;
        format!("careline connection set --stack {stack} --connection {connection} --patient-search '{setting}'")
    }

    /// Writes it for a person.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "Stack {}, connection {}\n", self.stack, self.connection)?;
        for (check, outcome) in &self.findings {
            let name = check.name();
            match outcome {
                Outcome::Ok(seen) => writeln!(out, "✓ {name:<22} {seen}")?,
                Outcome::NotChecked(because) => {
                    writeln!(out, "– {name:<22} not checked, since {} failed", because.name())?;
                }
                Outcome::Warning(diagnosis) => write_diagnosis(out, '!', name, diagnosis)?,
                Outcome::Failed(diagnosis) => write_diagnosis(out, '✗', name, diagnosis)?,
            }
        }
        if let Some(setting) = &self.patient_search {
            writeln!(out, "\nThe search that this site answers:\n")?;
            writeln!(out, "{}", self.command_for(setting))?;
        }
        let failed = self.findings.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_))).count();
        match failed {
            0 => writeln!(out, "\nAll is well."),
            1 => writeln!(out, "\n1 check failed."),
            _ => writeln!(out, "\n{failed} checks failed."),
        }
    }

    /// Writes it for a program, on one line.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<Value> = self.findings.iter().map(|(check, outcome)| finding(*check, outcome)).collect();
        let report = json!({
            "stack": self.stack,
            "connection": self.connection,
            "ok": self.is_well(),
            "checks": findings,
            "patient_search": self.patient_search,
        });
        writeln!(out, "{report}")
    }
}

fn write_diagnosis(out: &mut dyn Write, mark: char, name: &str, diagnosis: &Diagnosis) -> io::Result<()> {
    let Diagnosis { cause, seen } = diagnosis;
    if seen.is_empty() {
        writeln!(out, "{mark} {name:<22} {}", cause.code())?;
    } else {
        writeln!(out, "{mark} {name:<22} {}: {seen}", cause.code())?;
    }
    writeln!(out, "  {:<22} {}", "", cause.meaning())?;
    writeln!(out, "  {:<22} Fix: {}", "", cause.fix())
}

fn finding(check: Check, outcome: &Outcome) -> Value {
    let mut finding = json!({"check": check.name()});
    let (result, rest) = match outcome {
        Outcome::Ok(seen) => ("ok", json!({"seen": seen})),
        Outcome::NotChecked(because) => ("not-checked", json!({"because": because.name()})),
        Outcome::Warning(diagnosis) => ("warning", told(diagnosis)),
        Outcome::Failed(diagnosis) => ("failed", told(diagnosis)),
    };
    if let (Value::Object(finding), Value::Object(rest)) = (&mut finding, rest) {
        finding.insert("result".to_owned(), json!(result));
        finding.extend(rest);
    }
    finding
}

fn told(Diagnosis { cause, seen }: &Diagnosis) -> Value {
    json!({"cause": cause.code(), "seen": seen, "meaning": cause.meaning(), "fix": cause.fix()})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::new("careline", "sandbox");
        report.skip(Check::Probe, Check::JwkSetUrl);
        let failed: Option<()> =
            report.note(Check::JwkSetUrl, Err(Diagnosis::new(Cause::JwksUrlRedirects, "status 302")));
        assert_eq!(failed, None);
        assert_eq!(report.note(Check::Settings, Ok(Found::new(7, "all there"))), Some(7));
        report
    }

    #[test]
    fn a_person_reads_the_checks_in_order_with_cause_and_fix() {
        let mut out = Vec::new();
        report().write_text(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].starts_with("✓ settings") && lines[2].ends_with("all there"), "{text}");
        assert!(
            lines[3].starts_with("✗ jwk-set-url") && lines[3].ends_with("jwks-url-redirects: status 302"),
            "{text}"
        );
        assert!(lines[5].trim_start().starts_with("Fix: "), "{text}");
        assert!(lines[6].starts_with("– probe") && lines[6].ends_with("since jwk-set-url failed"), "{text}");
        assert!(text.ends_with("\n1 check failed.\n"), "{text}");
    }

    #[test]
    fn a_program_reads_one_line_of_json() {
        let mut out = Vec::new();
        report().write_json(&mut out).unwrap();
        let json: Value = shared::json::decode(&out).unwrap();
        assert_eq!(json["ok"], false);
        assert_eq!(json["checks"][0], json!({"check": "settings", "result": "ok", "seen": "all there"}));
        assert_eq!(json["checks"][1]["cause"], "jwks-url-redirects");
        assert_eq!(json["checks"][2], json!({"check": "probe", "result": "not-checked", "because": "jwk-set-url"}));
    }
}
