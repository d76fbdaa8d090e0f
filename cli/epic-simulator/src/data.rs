//! The charts that the simulator serves: other people's synthetic patients, and whatever a test puts in.

use std::sync::{Arc, OnceLock};

use serde_json::Value;

mod appointments;

const CAMILA: &str = include_str!("../data/epic-sandbox/camila.ndjson");
const SYNTHEA: [&str; 3] = [
    include_str!("../data/synthea/Patient.ndjson"),
    include_str!("../data/synthea/MedicationRequest.0.ndjson"),
    include_str!("../data/synthea/MedicationRequest.1.ndjson"),
];
const HL7: [&str; 4] = [
    include_str!("../data/hl7/Patient.ndjson"),
    include_str!("../data/hl7/MedicationRequest.ndjson"),
    include_str!("../data/hl7/Medication.ndjson"),
    include_str!("../data/hl7/MedicationStatement.ndjson"),
];
/// STU3's; the patient they are about is R4's.
const HL7_STU3: [&str; 3] = [
    include_str!("../data/hl7/Patient.ndjson"),
    include_str!("../data/hl7-stu3/MedicationStatement.ndjson"),
    include_str!("../data/hl7-stu3/Appointment.ndjson"),
];
/// Made here, in the form of Epic's.
const MADE_HERE: &str = include_str!("../data/made-here/camila.ndjson");
const US_CORE: &str = include_str!("../data/us-core/examples.ndjson");

/// FHIR resources. Cloning is cheap: the resources themselves are shared.
#[derive(Clone, Default)]
pub struct Data {
    resources: Vec<Arc<Value>>,
    /// Resources that a patient's search answers with, whatever they say of themselves: (patient id, resource).
    in_charts: Vec<(String, Arc<Value>)>,
}

impl Data {
    /// No resource at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// What a hospital holds: Camila Lopez of Epic's sandbox, with her one order as R4 and as STU3 has it, and the 13
    /// patients of Synthea with all their requests.
    pub fn hospital() -> Self {
        static HOSPITAL: OnceLock<Data> = OnceLock::new();
        HOSPITAL.get_or_init(|| Self::parse([CAMILA, MADE_HERE].iter().chain(&SYNTHEA))).clone()
    }

    /// HL7's examples: nearly all of them orders of `Patient/pat1`.
    pub fn hl7_examples() -> Self {
        static HL7_EXAMPLES: OnceLock<Data> = OnceLock::new();
        HL7_EXAMPLES.get_or_init(|| Self::parse(&HL7)).clone()
    }

    /// HL7's examples for STU3: statements of `Patient/pat1`, appointments of `Patient/example`.
    pub fn stu3_examples() -> Self {
        static STU3_EXAMPLES: OnceLock<Data> = OnceLock::new();
        STU3_EXAMPLES.get_or_init(|| Self::parse(&HL7_STU3)).clone()
    }

    /// US Core's examples: orders of `Patient/example`, a child, an infant, a deceased patient.
    pub fn us_core_examples() -> Self {
        static US_CORE_EXAMPLES: OnceLock<Data> = OnceLock::new();
        US_CORE_EXAMPLES.get_or_init(|| Self::parse(&[US_CORE])).clone()
    }

    fn parse<'a>(files: impl IntoIterator<Item = &'a &'static str>) -> Self {
        #[expect(clippy::expect_used, reason = "the files are compiled in, and a test reads them all")]
        let resource = |line: &str| Arc::new(serde_json::from_str(line).expect("the simulator's own data is JSON"));
        let resources = files.into_iter().flat_map(|file| file.lines()).map(resource).collect();
        Self { resources, in_charts: Vec::new() }
    }

    /// These resources and `other`'s; where both have a resource of the same type and id, `other`'s.
    #[must_use]
    pub fn with(mut self, other: Data) -> Self {
        for resource in other.resources {
            self.put_shared(resource);
        }
        self.in_charts.extend(other.in_charts);
        self
    }

    /// With this resource, in place of one of the same type and id if there is one.
    #[must_use]
    pub fn with_resource(mut self, resource: Value) -> Self {
        self.put(resource);
        self
    }

    /// With `change` made to a resource. Nothing happens if there is none of that type and id.
    #[must_use]
    pub fn with_changed(mut self, resource_type: &str, id: &str, change: impl FnOnce(&mut Value)) -> Self {
        self.change(resource_type, id, change);
        self
    }

    /// With a resource that a search in `patient_id`'s chart answers with (for medications, or where it is one for appointments), whatever it says of itself: another
    /// patient's order, one without a subject, one of another type, one that is malformed.
    #[must_use]
    pub fn with_in_chart(mut self, patient_id: &str, resource: Value) -> Self {
        self.put_in_chart(patient_id, resource);
        self
    }

    /// The resource of this type and id.
    pub fn read(&self, resource_type: &str, id: &str) -> Option<&Value> {
        self.resources.iter().find(|resource| is(resource, resource_type, id)).map(AsRef::as_ref)
    }

    /// All resources of a type, in the order they came in.
    pub fn all(&self, resource_type: &str) -> impl Iterator<Item = &Value> {
        self.resources.iter().filter(move |resource| text(resource, "resourceType") == resource_type).map(AsRef::as_ref)
    }

    pub(crate) fn shared(&self, resource_type: &str) -> Vec<Arc<Value>> {
        self.resources.iter().filter(|resource| text(resource, "resourceType") == resource_type).cloned().collect()
    }

    /// What stands in a patient's chart: the resources of this type whose `subject` (an Appointment's: one of whose
    /// participants) the patient is, and those put there: Appointments among appointments, all others among medications.
    pub(crate) fn chart(&self, resource_type: &str, patient_id: &str) -> Vec<Arc<Value>> {
        let subject = format!("Patient/{patient_id}");
        let own = self.shared(resource_type).into_iter().filter(|resource| {
            let participants = resource.get("participant").and_then(Value::as_array).into_iter().flatten();
            let actors = participants.filter_map(|participant| participant.pointer("/actor/reference"));
            let mut subjects = resource.pointer("/subject/reference").into_iter().chain(actors);
            subjects.any(|reference| reference.as_str() == Some(subject.as_str()))
        });
        let is_appointment = |resource_type: &str| resource_type == "Appointment";
        let put = self.in_charts.iter().filter(|(id, resource)| {
            id == patient_id && is_appointment(text(resource, "resourceType")) == is_appointment(resource_type)
        });
        let put = put.map(|(_, resource)| Arc::clone(resource));
        own.chain(put).collect()
    }

    pub(crate) fn put(&mut self, resource: Value) {
        self.put_shared(Arc::new(resource));
    }

    fn put_shared(&mut self, resource: Arc<Value>) {
        let (resource_type, id) = (text(&resource, "resourceType"), text(&resource, "id"));
        match self.resources.iter_mut().find(|present| is(present, resource_type, id)) {
            Some(present) => *present = resource,
            None => self.resources.push(resource),
        }
    }

    pub(crate) fn change(&mut self, resource_type: &str, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(resource) = self.resources.iter_mut().find(|resource| is(resource, resource_type, id)) {
            change(Arc::make_mut(resource));
        }
    }

    pub(crate) fn put_in_chart(&mut self, patient_id: &str, resource: Value) {
        self.in_charts.push((patient_id.to_owned(), Arc::new(resource)));
    }

    pub(crate) fn remove(&mut self, resource_type: &str, id: &str) {
        self.resources.retain(|resource| !is(resource, resource_type, id));
    }
}

fn is(resource: &Value, resource_type: &str, id: &str) -> bool {
    text(resource, "resourceType") == resource_type && text(resource, "id") == id
}

/// A resource's own text field; empty if it has none.
pub(crate) fn text<'a>(resource: &'a Value, field: &str) -> &'a str {
    resource.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hospital_holds_camila_and_all_of_synthea() {
        let hospital = Data::hospital();
        assert_eq!(hospital.all("Patient").count(), 14);
        assert_eq!(hospital.all("MedicationRequest").count(), 1746);
        let active = hospital.all("MedicationRequest").filter(|request| text(request, "status") == "active").count();
        assert_eq!(active, 24, "Camila's one and Synthea's 23");
        assert_eq!(hospital.chart("MedicationRequest", "erXuFYUfucBZaryVksYEcMg3").len(), 1);
    }

    #[test]
    fn the_examples_are_whole() {
        assert_eq!(Data::hl7_examples().all("MedicationRequest").count(), 27);
        assert_eq!(Data::hl7_examples().all("Medication").count(), 23);
        assert_eq!(Data::us_core_examples().all("MedicationRequest").count(), 4);
        assert_eq!(Data::us_core_examples().all("Patient").count(), 4);
    }

    #[test]
    fn a_resource_replaces_one_of_the_same_type_and_id() {
        let both = Data::hl7_examples().with(Data::us_core_examples());
        let example = both.read("Patient", "example").unwrap();
        assert_eq!(example.pointer("/name/0/family").unwrap(), "Shaw", "US Core's, which came later");
    }
}
