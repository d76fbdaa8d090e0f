//! Patients of a test's own, since tries count against a number and a patient.

use std::sync::LazyLock;

use epic_simulator::Simulator;
use epic_simulator::data::Data;
use serde_json::{Value, json};

use super::lex::Claim;

/// Camila Lopez of Epic's sandbox, whose chart they all have.
const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
/// What they are all born on, as it is said.
pub const BIRTH_DATE: &str = "September twelfth nineteen eighty-seven";
/// What they all take.
pub const MEDICATION: &str = "drospirenone";

/// Her chart, and the order for it.
static CHART_AND_ORDER: LazyLock<(Value, Value)> = LazyLock::new(|| {
    let hospital = Data::hospital();
    let order = hospital.all("MedicationRequest").next().expect("Camila's order").clone();
    assert_eq!(order["subject"]["reference"], format!("Patient/{CAMILA}"));
    (hospital.read("Patient", CAMILA).expect("Camila").clone(), order)
});

/// A patient like Camila Lopez.
pub struct Patient {
    /// The id at Epic.
    pub id: String,
    /// The number they call from.
    pub number: String,
}

impl Patient {
    /// Admits one whose number ends in these four digits.
    pub fn admit(epic: &Simulator, digits: &str) -> Self {
        let (mut chart, mut order) = CHART_AND_ORDER.clone();
        let id = format!("ePatient{digits}");
        chart["id"] = json!(id);
        chart["telecom"] = json!([{"system": "phone", "value": format!("469-555-{digits}"), "use": "mobile"}]);
        order["id"] = json!(format!("eOrder{digits}"));
        order["subject"] = json!({"reference": format!("Patient/{id}")});
        epic.control().put(chart);
        epic.control().put(order);
        Self { id, number: format!("+1469555{digits}") }
    }

    /// What they truly say of themselves.
    pub fn claim(&self) -> Claim<'_> {
        Claim { number: &self.number, birth_date: ("1987-09-12", BIRTH_DATE), gender: "female" }
    }
}
