//! The hospital that the scripts call: its patients, and what it does at the scripts' stage directions.

use std::time::Duration;

use epic_simulator::fault::{Endpoint, Fault, Times};
use lambda_runtime::{Context, LambdaEvent};
use prefetch_worker::PrefetchWorker;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use shared::aws::Aws;

use super::super::caller::world_with_token;
use super::super::dialogue::policy;
use super::direction::Direction;
use crate::support::patient::Patient;
use crate::support::world::{World, missing};

/// The last four digits of the patients' numbers, each a patient's of its own: `+14695550101` and on. Every one of them is
/// female, born on September 12, 1987, and lives in 75043.
const NUMBERS: [&str; 9] = ["0101", "0102", "0103", "0104", "0105", "0106", "0107", "0108", "0109"];
const AN_HOUR: Duration = Duration::from_secs(60 * 60);
/// What forty orders are for, in the order in which Epic answers.
const FORTY: [&str; 40] = [
    "acyclovir",
    "allopurinol",
    "amlodipine",
    "atenolol",
    "baclofen",
    "benazepril",
    "bumetanide",
    "captopril",
    "carvedilol",
    "cetirizine",
    "clonidine",
    "digoxin",
    "diltiazem",
    "donepezil",
    "doxazosin",
    "enalapril",
    "escitalopram",
    "famotidine",
    "finasteride",
    "furosemide",
    "gabapentin",
    "glipizide",
    "hydralazine",
    "ibuprofen",
    "isosorbide",
    "labetalol",
    "lamotrigine",
    "levothyroxine",
    "lisinopril",
    "loratadine",
    "losartan",
    "meloxicam",
    "metformin",
    "montelukast",
    "omeprazole",
    "pravastatin",
    "quinapril",
    "ramipril",
    "sertraline",
    "warfarin",
];

/// The hospital, and our functions beside it.
pub struct Hospital {
    pub world: World,
    delivered: usize,
    prefetches: bool,
}

impl Hospital {
    /// One whose patients have no medication yet. It takes a number that is said (chats and withheld numbers have no other)
    /// with the ZIP code of the patient's home beside it.
    pub async fn open() -> Self {
        let world = world_with_token().await;
        world.set("patient_search", policy(json!({"said_number": "postal_code"})));
        for digits in NUMBERS {
            Patient::admit(&world.epic, digits);
            world.epic.control().remove("MedicationRequest", &format!("eOrder{digits}"));
        }
        Self { world, delivered: 0, prefetches: true }
    }

    /// One whose patients take lisinopril.
    pub async fn with_lisinopril() -> Self {
        let hospital = Self::open().await;
        NUMBERS.iter().for_each(|digits| hospital.order(&format!("ePatient{digits}"), "lisinopril tablet 10 mg"));
        hospital
    }

    /// One whose patients take forty medications.
    pub async fn with_forty() -> Self {
        let hospital = Self::open().await;
        for digits in NUMBERS {
            FORTY.iter().for_each(|name| hospital.order(&format!("ePatient{digits}"), &format!("{name} tablet 10 mg")));
        }
        hospital
    }

    /// Orders a medication for a patient.
    pub fn order(&self, patient: &str, name: &str) {
        let id = format!("{patient}-{}", name.split(' ').next().unwrap_or_default());
        self.world.epic.control().put(json!({
            "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "category": [{"coding": [{"code": "community",
                "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-category"}]}],
            "medicationCodeableConcept": {"text": name},
            "subject": {"reference": format!("Patient/{patient}")},
            "dosageInstruction": [{"text": "Take 1 tablet by mouth 1 (one) time each day., Normal",
                "patientInstruction": "Take 1 tablet by mouth 1 (one) time each day."}],
        }));
    }

    /// Admits another patient with the chart of the one whose number ends in `digits`, changed by `change`.
    pub fn admit_like(&self, digits: &str, id: &str, change: impl FnOnce(&mut Value)) {
        let mut chart = Value::Null;
        self.world.epic.control().change("Patient", &format!("ePatient{digits}"), |patient| chart = patient.clone());
        chart["id"] = json!(id);
        change(&mut chart);
        self.world.epic.control().put(chart);
    }

    /// Does what a script directs.
    pub async fn follow(&mut self, direction: Direction) {
        let epic = self.world.epic.control();
        match direction {
            Direction::EpicDown => {
                use Endpoint::{Appointment, Medication, MedicationRequest, Page, Patient, Token};
                for endpoint in [Token, Patient, MedicationRequest, Medication, Appointment, Page] {
                    epic.fault(endpoint, Fault::Status(503), Times::Always);
                }
            }
            Direction::EpicUp => epic.heal(),
            Direction::PrefetchLate => self.prefetches = false,
            Direction::PrefetchInTime => self.prefetches = true,
            Direction::AnHourLater => {
                self.world.clock.advance(AN_HOUR);
                self.world.refresh(missing()).await.unwrap();
            }
        }
    }

    /// The queue brings its messages to the worker, unless it is late.
    pub async fn prefetch(&mut self) {
        let bodies = self.world.aws.sqs().bodies();
        let new = bodies.get(self.delivered..).unwrap_or_default();
        self.delivered = bodies.len();
        if new.is_empty() || !self.prefetches {
            return;
        }
        let records = new.iter().zip(1..).map(|(body, number)| {
            json!({"messageId": format!("m{number}"), "receiptHandle": "r", "body": body, "attributes": {},
                "eventSource": "aws:sqs"})
        });
        let event = json!({"Records": records.collect::<Vec<_>>()});
        let http = shared::http::client().unwrap();
        let aws = Aws::from_environment(&self.world.environment, &http).unwrap();
        let config = prefetch_worker::config::Config::from_environment(&self.world.environment).unwrap();
        let worker = PrefetchWorker::new(config, &aws, http, self.world.clock.clock());
        let payload = RawValue::from_string(event.to_string()).unwrap();
        // What fails here comes again later, as far as the caller is concerned: they are answered live.
        prefetch_worker::handle(&worker, LambdaEvent::new(payload, Context::default())).await.unwrap();
    }
}
