//! Which `MedicationRequest`s are current.

use url::Url;

use super::{Category, Current, NotCurrent, Status, check_labels, check_subject, status};
use crate::call_record::PatientId;
use crate::fhir::codeable_concept::CodeableConcept;
use crate::fhir::field::{Field, List};
use crate::fhir::medication_request::MedicationRequest;
use crate::medication_list::LeftOut;

/// Decides about one request in an answer about `patient` from the server at `base_url`.
pub(in crate::medications) fn judge(
    request: MedicationRequest,
    patient: &PatientId,
    base_url: &Url,
) -> Result<Current, NotCurrent> {
    check_subject(&request.subject, patient, base_url)?;
    let status = status_of(&request)?;
    Ok(current(request, status))
}

/// Decides about one request, whosever it is.
pub(in crate::medications) fn status_of(request: &MedicationRequest) -> Result<Status, NotCurrent> {
    let malformed = NotCurrent::perhaps(LeftOut::Malformed);
    // FHIR requires a status and an intent; without them it can't be told what this is.
    let (Field::Read(code), Field::Read(intent)) = (&request.status, &request.intent) else {
        return Err(malformed);
    };
    let status = status(code)?;
    match request.do_not_perform {
        Field::Absent if request.do_not_perform_element.is_present() => return Err(malformed),
        Field::Absent | Field::Read(false) => {}
        Field::Read(true) => return Err(NotCurrent::surely(LeftOut::DoNotPerform)),
        Field::Malformed => return Err(malformed),
    }
    check_intent(intent, request)?;
    category(&request.category).check()?;
    check_labels(&request.meta)?;
    Ok(status)
}

/// Lets pass what was ordered.
fn check_intent(intent: &str, request: &MedicationRequest) -> Result<(), NotCurrent> {
    match intent {
        "order" | "original-order" | "reflex-order" | "filler-order" | "instance-order" => Ok(()),
        // So US Core writes what a patient says that they take ("Medication List Guidance"): no order, and taken perhaps.
        "plan" if is_reported(request) => Err(NotCurrent::perhaps(LeftOut::NotAnOrder)),
        "proposal" | "plan" | "option" => Err(NotCurrent::surely(LeftOut::NotAnOrder)),
        _ => Err(NotCurrent::perhaps(LeftOut::NotAnOrder)),
    }
}

fn is_reported(request: &MedicationRequest) -> bool {
    !matches!(request.reported_boolean, Field::Absent | Field::Read(false)) || request.reported_reference.is_present()
}

/// What is spoken of a request.
pub(in crate::medications) fn current(request: MedicationRequest, status: Status) -> Current {
    Current {
        status,
        id: request.id,
        concept: request.medication_codeable_concept,
        reference: request.medication_reference,
        contained: request.contained,
        path: "dosageInstruction",
        dosages: request.dosage_instruction,
        reasons: request.reason_code,
        period: Field::Absent,
        modified: request.modifier_extension.is_present() || request.implicit_rules.is_present(),
    }
}

/// Several categories: one that is taken at home is enough, since the patient then takes it there (an order carried over
/// at discharge keeps `inpatient` beside `discharge`). None at all counts as at home.
fn category(of_request: &List<CodeableConcept>) -> Category {
    if of_request.items.is_empty() {
        return if of_request.malformed { Category::Unknown } else { Category::AtHome };
    }
    let categories = of_request.items.iter().map(Category::of).collect::<Vec<_>>();
    if categories.contains(&Category::AtHome) {
        Category::AtHome
    } else if categories.contains(&Category::Inpatient) && !categories.contains(&Category::Unknown) {
        Category::Inpatient
    } else {
        Category::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const BASE: &str = "https://epic.example.org/api/FHIR/R4/";

    /// A current order, with one thing changed.
    fn judged(change: &str) -> Result<Status, LeftOut> {
        judged_with(change).map_err(|not_current| not_current.reason)
    }

    /// Whether the patient may take it although it is left out.
    fn is_uncertain(change: &str) -> bool {
        judged_with(change).unwrap_err().uncertain
    }

    fn judged_with(change: &str) -> Result<Status, NotCurrent> {
        let mut fields = vec![
            ("status", r#""active""#),
            ("intent", r#""order""#),
            ("subject", r#"{"reference": "Patient/p1"}"#),
            ("category", r#"[{"coding": [{"code": "community"}]}]"#),
        ];
        let (name, value) = change.split_once('=').unwrap();
        fields.retain(|(field, _)| *field != name);
        if !value.is_empty() {
            fields.push((name, value));
        }
        let fields = fields.iter().map(|(name, value)| format!(r#""{name}": {value}"#)).collect::<Vec<_>>();
        let request: MedicationRequest = json::decode(format!("{{{}}}", fields.join(",")).as_bytes()).unwrap();
        let patient = PatientId::parse("p1").unwrap();
        let judged = judge(request, &patient, &Url::parse(BASE).unwrap());
        judged.map(|current| current.status)
    }

    #[test]
    fn only_active_is_to_be_taken_and_on_hold_is_told_apart() {
        assert_eq!(judged(r#"status="active""#), Ok(Status::Active));
        assert_eq!(judged(r#"status="on-hold""#), Ok(Status::OnHold));
        for status in ["cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown", "ACTIVE"] {
            let change = format!(r#"status="{status}""#);
            assert_eq!(judged(&change), Err(LeftOut::NotCurrentStatus), "{status}");
            // What nobody knows to have ended may be taken.
            assert_eq!(is_uncertain(&change), matches!(status, "unknown" | "ACTIVE"), "{status}");
        }
    }

    #[test]
    fn proposals_plans_and_options_are_no_orders() {
        for intent in ["order", "original-order", "reflex-order", "filler-order", "instance-order"] {
            assert_eq!(judged(&format!(r#"intent="{intent}""#)), Ok(Status::Active), "{intent}");
        }
        for intent in ["proposal", "plan", "option", "other"] {
            let change = format!(r#"intent="{intent}""#);
            assert_eq!(judged(&change), Err(LeftOut::NotAnOrder), "{intent}");
            assert_eq!(is_uncertain(&change), intent == "other", "{intent}");
        }
    }

    #[test]
    fn what_a_patient_is_reported_to_take_is_no_order_and_the_list_may_lack_it() {
        for (reported, uncertain) in [
            (r#""reportedBoolean": true"#, true),
            (r#""reportedReference": {"reference": "Patient/p1"}"#, true),
            (r#""reportedBoolean": false"#, false),
        ] {
            let change = format!(r#"intent="plan", {reported}"#);
            assert_eq!(judged(&change), Err(LeftOut::NotAnOrder), "{reported}");
            assert_eq!(is_uncertain(&change), uncertain, "{reported}");
        }
        assert_eq!(judged("reportedBoolean=true"), Ok(Status::Active));
    }

    #[test]
    fn what_is_labelled_as_restricted_is_left_to_a_person() {
        for label in [r#"{"code": "R"}"#, r#"{"code": "V"}"#, "{}", "7"] {
            let meta = format!(r#"meta={{"security": [{{"code": "N"}}, {label}]}}"#);
            assert_eq!(judged(&meta), Err(LeftOut::NotSpokenHere), "{label}");
        }
        for label in ["[]", r#"[{"code": "N"}]"#, r#"[{"code": "HTEST"}]"#] {
            assert_eq!(judged(&format!(r#"meta={{"security": {label}}}"#)), Ok(Status::Active), "{label}");
        }
    }

    #[test]
    fn an_order_not_to_take_something_is_never_read_as_one_to_take() {
        assert_eq!(judged("doNotPerform=true"), Err(LeftOut::DoNotPerform));
        assert_eq!(judged("doNotPerform=false"), Ok(Status::Active));
        assert_eq!(judged(r#"doNotPerform="true""#), Err(LeftOut::Malformed));
        assert_eq!(judged(r#"_doNotPerform={"extension": [{"url": "x"}]}"#), Err(LeftOut::Malformed));
        assert_eq!(judged(r#"doNotPerform=false, "_doNotPerform": {"id": "x"}"#), Ok(Status::Active));
    }

    #[test]
    fn what_is_taken_at_home_is_told_by_category_code_or_words_and_inpatient_alone_is_not() {
        for category in [
            "",
            "[]",
            r#"[{"coding": [{"system": "urn:own", "code": "outpatient"}]}]"#,
            r#"[{"coding": [{"code": "discharge"}]}]"#,
            r#"[{"text": "Outpatient"}]"#,
            r#"[{"coding": [{"code": "3", "display": "Community"}]}]"#,
            r#"[{"coding": [{"code": "inpatient"}]}, {"coding": [{"code": "discharge"}]}]"#,
        ] {
            assert_eq!(judged(&format!("category={category}")), Ok(Status::Active), "{category}");
        }
        for category in
            [r#"[{"coding": [{"code": "inpatient"}]}]"#, r#"[{"text": "Inpatient"}]"#, r#"[{"text": "infusion"}]"#, "7"]
        {
            assert_eq!(judged(&format!("category={category}")), Err(LeftOut::NotAtHome), "{category}");
        }
    }

    #[test]
    fn anybody_elses_order_is_foreign_whatever_else_it_is() {
        for base in [BASE, "https://EPIC.example.org/api/FHIR/R4/", "https://epic.example.org:443/api/FHIR/R4/"] {
            let absolute = format!(r#"subject={{"reference": "{base}Patient/p1"}}"#);
            assert_eq!(judged(&absolute), Ok(Status::Active), "{base}");
        }
        for subject in [
            "",
            r#"{"reference": "Patient/p2"}"#,
            r#"{"reference": "Patient/p11"}"#,
            r#"{"reference": "Patient/P1"}"#,
            r#"{"reference": "Group/p1"}"#,
            r#"{"reference": "https://elsewhere.example.org/Patient/p1"}"#,
            r#"{"display": "Camila Lopez"}"#,
            "7",
        ] {
            assert_eq!(judged(&format!("subject={subject}")), Err(LeftOut::ForeignPatient), "{subject}");
        }
    }

    #[test]
    fn without_status_or_intent_it_cannot_be_told_what_it_is() {
        for change in ["status=", "intent=", "status=1", "intent=[]"] {
            assert_eq!(judged(change), Err(LeftOut::Malformed), "{change}");
        }
    }
}
