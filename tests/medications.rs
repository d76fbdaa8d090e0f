//! What a chart's medications become: every entry of every answer is spoken, named as unreadable, or left out for a reason.

mod named;
mod server;
mod stu3;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use epic_simulator::control::entry;
use epic_simulator::data::Data;
use epic_simulator::fault::{Endpoint, Fault, Times};
use epic_simulator::requests::Kind;
use serde_json::{Value, json};
use shared::call_record::{MedicationsOutcome, PatientId};
use shared::deadline::Deadline;
use shared::fhir::{FhirError, Search, SearchMethod};
use shared::medication_list::{LeftOut, MedicationList, SpokenMedication};
use shared::medications::{self, MedicationPolicy};
use shared::speech::Locale;

use crate::support::world::World;

/// Camila Lopez of Epic's sandbox, who has one order.
const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";
/// A code system that Epic's Medications have codes of.
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";

impl World {
    /// What becomes of reading a patient's medications where nothing is withheld.
    async fn medications(&self, patient: &str) -> Result<MedicationsOutcome, FhirError> {
        self.medications_with(patient, &MedicationPolicy::default()).await
    }

    async fn medications_with(
        &self,
        patient: &str,
        policy: &MedicationPolicy,
    ) -> Result<MedicationsOutcome, FhirError> {
        let (fhir, patient) = (self.fhir_client(), PatientId::parse(patient).unwrap());
        let deadline = Deadline::within(Duration::from_secs(12));
        medications::read(&fhir, &patient, policy, Locale::EnUs, &self.clock.clock(), deadline).await
    }

    /// A patient's list.
    async fn list(&self, patient: &str) -> MedicationList {
        list_of(self.medications(patient).await.unwrap())
    }

    /// Adds an order of Camila's: hers with `changes`.
    fn order(&self, id: &str, changes: Value) {
        self.epic.control().put(order(id, changes));
    }
}

fn list_of(outcome: MedicationsOutcome) -> MedicationList {
    match outcome {
        MedicationsOutcome::Read { list } => list,
        MedicationsOutcome::Restricted => panic!("restricted"),
    }
}

/// An active order of Camila's for 10 mg of something, with `changes`.
fn order(id: &str, changes: Value) -> Value {
    let mut order = json!({
        "resourceType": "MedicationRequest",
        "id": id,
        "status": "active",
        "intent": "order",
        "subject": {"reference": format!("Patient/{CAMILA}")},
        "medicationCodeableConcept": {"text": format!("testamine-{id} 10 mg tablet")},
        "dosageInstruction": [{"text": "Take 1 tablet by mouth daily"}],
    });
    for (name, value) in changes.as_object().unwrap() {
        order[name] = value.clone();
    }
    order
}

fn names(list: &MedicationList) -> Vec<&str> {
    list.medications.iter().map(|medication| medication.name.expose().as_str()).collect()
}

fn said(medication: &SpokenMedication) -> String {
    medication.sentences.iter().map(|sentence| sentence.expose().as_str()).collect::<Vec<_>>().join(" ")
}

fn left_out(list: &MedicationList) -> usize {
    list.left_out.values().sum()
}

#[tokio::test]
async fn every_entry_of_every_chart_ends_in_exactly_one_way() {
    let world = World::working().await;
    let control = world.epic.control();
    // The server gives everything, whatever was asked of it: the decision is ours.
    control.lie_about_filters();
    for examples in [Data::hl7_examples(), Data::us_core_examples()] {
        for resource_type in ["Patient", "Medication", "MedicationRequest"] {
            for resource in examples.all(resource_type) {
                control.put(resource.clone());
            }
        }
        // Medication resources that are no requests come as entries, too.
        for resource_type in ["Medication", "MedicationStatement", "MedicationDispense"] {
            for resource in examples.all(resource_type) {
                control.put_in_chart("pat1", resource.clone());
            }
        }
    }
    let charts = [Data::hospital(), Data::hl7_examples(), Data::us_core_examples()];
    let patients: BTreeSet<String> = charts
        .iter()
        .flat_map(|data| data.all("MedicationRequest"))
        .map(|request| request["subject"]["reference"].as_str().unwrap().replace("Patient/", ""))
        .collect();

    let mut total: BTreeMap<LeftOut, usize> = BTreeMap::new();
    let (mut readable, mut unreadable, mut entries) = (0, 0, 0);
    for patient in &patients {
        let list = world.list(patient).await;
        let search = Search {
            resource_type: "MedicationRequest",
            parameters: &[("patient", patient), ("_include", "MedicationRequest:medication")],
            method: SearchMethod::Post,
            page_limit: 20,
        };
        let set = world.fhir_client().search(&search, Deadline::within(Duration::from_secs(12))).await.unwrap();
        let served = set.entries().count();
        assert_eq!(list.medications.len() + left_out(&list), served, "{patient}: the counts add up");
        entries += served;
        for medication in &list.medications {
            let said = said(medication);
            assert!(!medication.name.expose().is_empty() && !said.contains(['<', '>', '&', '\n']), "{said}");
            *(if medication.readable { &mut readable } else { &mut unreadable }) += 1;
        }
        for (reason, count) in list.left_out {
            *total.entry(reason).or_default() += count;
        }
    }
    let reasons = [LeftOut::NotCurrentStatus, LeftOut::NotAnOrder, LeftOut::OtherResource];
    let counts = reasons.map(|reason| total.remove(&reason).unwrap_or_default());
    assert_eq!((patients.len(), entries), (16, 1808));
    assert_eq!((readable, unreadable, counts), (28, 11, [1737, 1, 31]));
    assert_eq!(total, BTreeMap::new(), "no other reason");
}

#[tokio::test]
async fn every_number_of_a_written_instruction_is_heard() {
    let world = World::working().await;
    for resource in
        Data::hl7_examples().all("MedicationRequest").filter(|order| order["subject"]["reference"] == "Patient/pat1")
    {
        let mut active = resource.clone();
        active["status"] = json!("active");
        active["category"] = json!([]);
        world.epic.control().put(active);
    }
    world.epic.control().put(Data::hl7_examples().read("Patient", "pat1").unwrap().clone());
    let heard = world.list("pat1").await.medications.iter().map(said).collect::<Vec<_>>();
    for (name, instruction) in [
        ("Oxycodone", "The instructions say: Take one to two tablets every four to six hours as needed for rib pain."),
        ("Nystatin 100,000 units per milliliter", "10 drops four times daily - apply in mouth using cotton swab"),
        (
            "Alprazolam",
            "zero point two five milligrams by mouth every 6 to 12 hours as needed for menses from Jan 15 to 20, 2015.",
        ),
        ("Alprazolam", "Do not exceed more than 4 milligrams per day."),
        (
            "Adcetris",
            "one point eight milligrams per kilogram intravenous infusion over 20 minutes every 3 weeks for 16 cycles.",
        ),
        ("Lantus 100 units per milliliter", "20 units under the skin three times daily."),
        ("Piperacillin and Tazobactam", "Infuse over 30 minutes at 8 liters per minute."),
        ("Dopamine", "Dopamine 4 micrograms per kilogram per minute."),
    ] {
        let found = heard.iter().any(|said| said.contains(name) && said.contains(instruction));
        assert!(found, "{name}: {instruction} in {heard:#?}");
    }
}

#[tokio::test]
async fn what_a_lying_server_says_of_others_is_dropped_and_counted() {
    let world = World::working().await;
    world.epic.control().lie_with_entries(vec![
        entry(order("x1", json!({"subject": {"reference": "Patient/somebody-else"}}))),
        entry(order(
            "x2",
            json!({"subject": {"reference": "https://elsewhere.example.org/Patient/erXuFYUfucBZaryVksYEcMg3"}}),
        )),
        entry(order("x3", json!({"subject": null}))),
        entry(json!({"resourceType": "Patient", "id": CAMILA})),
    ]);
    let list = world.list(CAMILA).await;
    assert_eq!(list.medications.len(), 1);
    assert_eq!(list.left_out, BTreeMap::from([(LeftOut::ForeignPatient, 3), (LeftOut::OtherResource, 2)]));
    assert!(list.partial, "who gives others' orders may lack ours");
}

#[tokio::test]
async fn a_medication_that_did_not_come_along_is_read_once() {
    let world = World::working().await;
    world.epic.control().put(json!({"resourceType": "Medication", "id": "m1", "code": {"text": "testamine 10 mg"}}));
    for number in 0..3 {
        let by_reference = json!({
            "medicationCodeableConcept": null,
            "medicationReference": {"reference": "Medication/m1", "display": "prescribed medication"},
        });
        world.order(&format!("n{number}"), by_reference);
    }
    for includes in [true, false] {
        world.epic.control().site(|site| site.includes = includes);
        let list = world.list(CAMILA).await;
        assert_eq!(names(&list).iter().filter(|name| **name == "testamine 10 milligrams").count(), 3);
        assert_eq!(world.epic.requests().count("Medication", Kind::Read), usize::from(!includes));
    }
}

#[tokio::test]
async fn a_medication_of_another_id_than_the_one_referred_to_names_nothing() {
    let world = World::working().await;
    let other = json!({"resourceType": "Medication", "id": "m2", "code": {"text": "otherine 10 mg"}});
    let reference = json!({"reference": "Medication/m1"});
    world.order("n1", json!({"medicationCodeableConcept": null, "medicationReference": reference}));
    let body = other.to_string();
    let answer = Fault::Answer { status: 200, content_type: "application/fhir+json".to_owned(), body };
    world.epic.control().fault(Endpoint::Medication, answer, Times::Always);
    let included = json!({"fullUrl": format!("{}/Medication/m1", world.epic.fhir_base_url()), "resource": other});
    for lies in [Vec::new(), vec![included]] {
        world.epic.control().lie_with_entries(lies);
        let list = world.list(CAMILA).await;
        assert!(!names(&list).contains(&"otherine 10 milligrams"));
        assert_eq!(list.medications.iter().filter(|medication| medication.name.expose().is_empty()).count(), 1);
    }
}

#[tokio::test]
async fn an_included_medication_is_found_by_its_url_and_of_two_that_differ_neither_is_believed() {
    let (ours, elsewhere) = ("Medication/m1", "https://elsewhere.example.org/R4/Medication/m1");
    let warfarin = json!({"resourceType": "Medication", "id": "m1", "code": {"text": "warfarin 5 mg"}});
    let aspirin = json!({"resourceType": "Medication", "id": "m1", "code": {"text": "aspirin 81 mg"}});
    let included = |url: Option<String>, medication: &Value| {
        let mut entry = json!({"resource": medication, "search": {"mode": "include"}});
        entry["fullUrl"] = url.map_or(Value::Null, Value::from);
        entry
    };
    for (reference, entries, name) in [
        // Another server's m1 is not ours, in whatever order they come.
        (ours, [(Some(ours), &warfarin), (Some(elsewhere), &aspirin)], "warfarin 5 milligrams"),
        (ours, [(Some(elsewhere), &aspirin), (Some(ours), &warfarin)], "warfarin 5 milligrams"),
        (elsewhere, [(Some(elsewhere), &aspirin), (Some(ours), &warfarin)], "aspirin 81 milligrams"),
        (ours, [(Some(elsewhere), &aspirin), (Some(elsewhere), &aspirin)], ""),
        // Without a URL, or with one that is none, the id counts.
        (ours, [(None, &warfarin), (Some(elsewhere), &aspirin)], "warfarin 5 milligrams"),
        (ours, [(Some("urn:uuid:1"), &warfarin), (Some(elsewhere), &aspirin)], "warfarin 5 milligrams"),
        ("urn:uuid:1", [(Some("urn:uuid:1"), &warfarin), (Some("urn:uuid:2"), &aspirin)], "warfarin 5 milligrams"),
        // The same on two pages is one; two that differ are none.
        (ours, [(Some(ours), &warfarin), (Some(ours), &warfarin)], "warfarin 5 milligrams"),
        (ours, [(Some(ours), &warfarin), (Some(ours), &aspirin)], ""),
        (ours, [(None, &warfarin), (Some(ours), &aspirin)], ""),
        ("urn:uuid:1", [(Some("urn:uuid:1"), &warfarin), (Some("urn:uuid:1"), &aspirin)], ""),
    ] {
        let world = World::working().await;
        let base = world.epic.fhir_base_url();
        let url = |url: &str| if url == ours { format!("{base}/{url}") } else { url.to_owned() };
        let entries = entries.map(|(full_url, medication)| included(full_url.map(url), medication));
        let reference = json!({"medicationCodeableConcept": null, "medicationReference": {"reference": reference}});
        world.order("n1", reference);
        world.epic.control().lie_with_entries(entries.to_vec());
        let list = world.list(CAMILA).await;
        assert!(names(&list).contains(&name) && list.medications.len() == 2, "{entries:?}: {:?}", names(&list));
    }
}

#[tokio::test]
async fn a_medication_that_cannot_be_named_is_not_passed_over() {
    let world = World::working().await;
    let nameless = json!({"medicationCodeableConcept": null, "medicationReference": {"reference": "Medication/gone"}});
    world.order("n1", nameless);
    let list = world.list(CAMILA).await;
    let nameless = list.medications.iter().find(|medication| medication.name.expose().is_empty()).unwrap();
    assert!(!nameless.readable && said(nameless).contains("pharmacist"));
    assert_eq!(list.medications.len(), 2);
}

#[tokio::test]
async fn what_this_site_does_not_speak_is_withheld_by_name_code_and_ingredient() {
    let world = World::working().await;
    let medication = json!({
        "resourceType": "Medication", "id": "m1",
        "code": {"text": "testamine syrup", "coding": [{"system": RXNORM, "code": "45"}]},
        "ingredient": [{"itemCodeableConcept": {"text": "Secretol"}}],
    });
    world.epic.control().put(medication);
    world.epic.control().put(json!({
        "resourceType": "Medication", "id": "m2", "code": {"coding": [{"system": RXNORM, "code": "46"}]},
        "ingredient": [{"itemReference": {"reference": "Substance/s1", "display": "Secretol"}}],
    }));
    let reference = json!({"reference": "Medication/m2"});
    world.order("by-reference", json!({"medicationCodeableConcept": null, "medicationReference": reference}));
    let reference = json!({"reference": "Medication/m1", "display": "testamine syrup"});
    world.order("by-ingredient", json!({"medicationCodeableConcept": null, "medicationReference": reference}));
    let coded = |text: &str, code: &str| json!({"medicationCodeableConcept": {"text": text, "coding": [{"system": RXNORM, "code": code}]}});
    world.order("by-code", coded("othermine", "42"));
    world.order("by-name", coded("SECRETOL 5 mg", "43"));
    world.order("spoken", coded("testamine", "44"));
    let policy = MedicationPolicy::parse(&format!(r#"["secretol", "{RXNORM}|42"]"#)).unwrap();
    for includes in [true, false] {
        world.epic.control().site(|site| site.includes = includes);
        let list = list_of(world.medications_with(CAMILA, &policy).await.unwrap());
        assert!(list.withheld && list.medications.len() == 2);
        assert_eq!(list.left_out[&LeftOut::NotSpokenHere], 4);
        let heard = list.medications.iter().map(said).collect::<String>().to_lowercase();
        assert!(!heard.contains("secretol") && !heard.contains("othermine") && !heard.contains("syrup"));
    }
}

#[tokio::test]
async fn what_cannot_be_compared_with_the_list_of_what_is_not_spoken_may_be_on_it() {
    let (names, codings, both) = (r#"["secretol"]"#, format!(r#"["{RXNORM}|42"]"#), format!(r#"["x", "{RXNORM}|42"]"#));
    let coding = json!({"coding": [{"system": RXNORM, "code": "41"}]});
    let text = json!({"text": "testamine"});
    let concept = |concept: Value| json!({"medicationCodeableConcept": concept});
    let reference = |id: &str| json!({"medicationCodeableConcept": null, "medicationReference": {"reference": format!("Medication/{id}")}});
    for (list, order, spoken) in [
        // Unreadable, or without a word.
        (names, concept(json!("testamine")), false),
        (names, concept(json!({})), false),
        (names, concept(json!({"text": "prescribed medication"})), false),
        (names, concept(coding.clone()), false),
        (names, json!({"medicationCodeableConcept": null}), false),
        (names, json!({"medicationCodeableConcept": null, "medicationReference": 7}), false),
        (names, concept(text.clone()), true),
        // A Medication that says nothing of itself, or something that can't be read.
        (names, reference("empty"), false),
        (names, reference("coded"), false),
        (names, reference("malformed"), false),
        (names, reference("half-read"), false),
        (names, reference("named"), true),
        (&codings, reference("coded"), true),
        (&codings, reference("named"), false),
        // A list of codings is not compared with words, nor with codings of another system; a list of both needs both.
        (&codings, concept(text.clone()), false),
        (&codings, concept(json!({"coding": [{"system": "http://example.org/own", "code": "41"}]})), false),
        (&codings, concept(coding.clone()), true),
        (&both, concept(text.clone()), false),
        (&both, concept(coding.clone()), false),
        (&both, concept(json!({"text": "testamine", "coding": coding["coding"]})), true),
        ("[]", reference("empty"), true),
    ] {
        let world = World::working().await;
        for medication in [
            json!({"id": "empty"}),
            json!({"id": "coded", "code": coding}),
            json!({"id": "malformed", "code": "testamine"}),
            json!({"id": "half-read", "code": text, "ingredient": [7]}),
            json!({"id": "named", "code": text}),
        ] {
            let mut medication = medication;
            medication["resourceType"] = json!("Medication");
            world.epic.control().put(medication);
        }
        world.order("n1", order.clone());
        let policy = MedicationPolicy::parse(list).unwrap();
        for includes in [true, false] {
            world.epic.control().site(|site| site.includes = includes);
            let list_read = list_of(world.medications_with(CAMILA, &policy).await.unwrap());
            let withheld = list_read.left_out.get(&LeftOut::NotSpokenHere).copied().unwrap_or_default();
            assert_eq!((list_read.withheld, withheld), (!spoken, usize::from(!spoken)), "{list}: {order}");
        }
    }
}

#[tokio::test]
async fn what_is_on_hold_comes_last_and_is_told_as_that() {
    let world = World::working().await;
    world.order("a-held", json!({"status": "on-hold"}));
    world.order("b-taken", json!({}));
    let list = world.list(CAMILA).await;
    let held = list.medications.last().unwrap();
    assert!(held.name.expose().contains("a-held") && said(held).contains("on hold"));
    assert!(list.medications[..2].iter().all(|taken| !said(taken).contains("on hold")));
}

#[tokio::test]
async fn one_malformed_entry_costs_itself_only() {
    let world = World::working().await;
    world.epic.control().lie_with_entries(vec![
        json!(7),
        json!({"resource": "MedicationRequest"}),
        entry(json!({"resourceType": "MedicationRequest", "id": "x", "subject": {"reference": format!("Patient/{CAMILA}")}})),
        entry(order("y", json!({"doNotPerform": "true"}))),
        entry(order("z", json!({"dosageInstruction": "Take 1 tablet"}))),
    ]);
    let list = world.list(CAMILA).await;
    assert_eq!(list.left_out[&LeftOut::Malformed], 4);
    assert!(list.partial && list.medications.len() == 2);
    assert!(list.medications.iter().any(|medication| medication.name.expose().contains("-z ") && !medication.readable));
}
