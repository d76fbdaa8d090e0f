//! Which of STU3's `MedicationStatement`s are current.

use url::Url;

use super::{Category, Current, NotCurrent, Status, check_labels, check_subject, status};
use crate::call_record::PatientId;
use crate::fhir::field::Field;
use crate::fhir::medication_statement::MedicationStatement;
use crate::medication_list::LeftOut;

/// Decides about one statement in an answer about `patient` from the server at `base_url`.
pub(in crate::medications) fn judge(
    statement: MedicationStatement,
    patient: &PatientId,
    base_url: &Url,
) -> Result<Current, NotCurrent> {
    check_subject(&statement.subject, patient, base_url)?;
    let status = status_of(&statement)?;
    Ok(current(statement, status))
}

/// Decides about one statement, whosever it is.
///
/// A statement that is `intended` is a plan: not current, as in R4.
pub(in crate::medications) fn status_of(statement: &MedicationStatement) -> Result<Status, NotCurrent> {
    let malformed = NotCurrent::perhaps(LeftOut::Malformed);
    // FHIR requires a status; without one it can't be told what this is.
    let Field::Read(code) = &statement.status else { return Err(malformed) };
    let status = status(code)?;
    match &statement.taken {
        // Nobody asked, or it doesn't apply: that says no more than nothing, and Epic says it of every statement.
        Field::Absent => {}
        Field::Read(taken) if matches!(taken.as_str(), "y" | "unk" | "na") => {}
        Field::Read(taken) if taken == "n" => return Err(NotCurrent::surely(LeftOut::NotTaken)),
        Field::Read(_) | Field::Malformed => return Err(malformed),
    }
    match &statement.category {
        Field::Absent => Category::AtHome,
        Field::Read(category) => Category::of(category),
        Field::Malformed => Category::Unknown,
    }
    .check()?;
    check_labels(&statement.meta)?;
    Ok(status)
}

/// What is spoken of a statement.
pub(in crate::medications) fn current(statement: MedicationStatement, status: Status) -> Current {
    Current {
        status,
        id: statement.id,
        concept: statement.medication_codeable_concept,
        reference: statement.medication_reference,
        contained: statement.contained,
        path: "dosage",
        dosages: statement.dosage,
        reasons: statement.reason_code,
        period: statement.effective_period,
        modified: statement.modifier_extension.is_present() || statement.implicit_rules.is_present(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const BASE: &str = "https://epic.example.org/api/FHIR/STU3/";

    /// A current statement, with one thing changed.
    fn judged(change: &str) -> Result<Status, LeftOut> {
        judged_with(change).map_err(|not_current| not_current.reason)
    }

    fn judged_with(change: &str) -> Result<Status, NotCurrent> {
        let mut fields = vec![
            ("status", r#""active""#),
            ("taken", r#""unk""#),
            ("subject", r#"{"reference": "Patient/p1"}"#),
            ("category", r#"{"coding": [{"code": "outpatient"}]}"#),
        ];
        let (name, value) = change.split_once('=').unwrap();
        fields.retain(|(field, _)| *field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
        let fields = fields.iter().map(|(name, value)| format!(r#""{name}": {value}"#)).collect::<Vec<_>>();
        let statement = json::decode(format!("{{{}}}", fields.join(",")).as_bytes()).unwrap();
        let judged = judge(statement, &PatientId::parse("p1").unwrap(), &Url::parse(BASE).unwrap());
        judged.map(|current| current.status)
    }

    #[test]
    fn only_active_is_to_be_taken_and_on_hold_is_told_apart() {
        assert_eq!(judged(r#"status="active""#), Ok(Status::Active));
        assert_eq!(judged(r#"status="on-hold""#), Ok(Status::OnHold));
        for status in ["completed", "entered-in-error", "intended", "stopped", "ACTIVE", "unknown"] {
            let not_current = judged_with(&format!(r#"status="{status}""#)).unwrap_err();
            assert_eq!(not_current.reason, LeftOut::NotCurrentStatus, "{status}");
            // What nobody knows to have ended may be taken.
            assert_eq!(not_current.uncertain, matches!(status, "ACTIVE" | "unknown"), "{status}");
        }
        for status in ["", "1", "[]"] {
            assert_eq!(judged(&format!("status={status}")), Err(LeftOut::Malformed), "{status}");
        }
    }

    #[test]
    fn what_the_patient_does_not_take_is_never_read_as_something_to_take() {
        for taken in [r#""y""#, r#""unk""#, r#""na""#, ""] {
            assert_eq!(judged(&format!("taken={taken}")), Ok(Status::Active), "{taken}");
        }
        assert_eq!(judged(r#"taken="n""#), Err(LeftOut::NotTaken));
        for taken in ["false", r#""no""#, r#"["n"]"#] {
            assert_eq!(judged(&format!("taken={taken}")), Err(LeftOut::Malformed), "{taken}");
        }
    }

    #[test]
    fn what_is_labelled_as_restricted_is_left_to_a_person() {
        assert_eq!(judged(r#"meta={"security": [{"code": "R"}]}"#), Err(LeftOut::NotSpokenHere));
        assert_eq!(judged(r#"meta={"security": [{"code": "N"}]}"#), Ok(Status::Active));
    }

    #[test]
    fn what_is_taken_at_home_is_told_by_the_one_category() {
        for category in [
            "",
            r#"{"coding": [{"code": "community"}]}"#,
            r#"{"coding": [{"code": "patientspecified"}]}"#,
            r#"{"text": "Outpatient"}"#,
        ] {
            assert_eq!(judged(&format!("category={category}")), Ok(Status::Active), "{category}");
        }
        for category in
            [r#"{"coding": [{"code": "inpatient"}]}"#, r#"{"text": "infusion"}"#, "7", r#"[{"text": "Outpatient"}]"#]
        {
            assert_eq!(judged(&format!("category={category}")), Err(LeftOut::NotAtHome), "{category}");
        }
    }

    #[test]
    fn anybody_elses_statement_is_foreign_whatever_else_it_is() {
        let absolute = format!(r#"subject={{"reference": "{BASE}Patient/p1"}}"#);
        assert_eq!(judged(&absolute), Ok(Status::Active));
        let of_r4 = r#"{"reference": "https://epic.example.org/api/FHIR/R4/Patient/p1"}"#;
        for subject in ["", r#"{"reference": "Patient/p2"}"#, r#"{"reference": "Group/p1"}"#, of_r4, "7"] {
            assert_eq!(judged(&format!("subject={subject}")), Err(LeftOut::ForeignPatient), "{subject}");
        }
    }
}
