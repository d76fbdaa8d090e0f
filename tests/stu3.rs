//! A connection in STU3 at a clinic that tells appointments, deployed: verified, prefetched, told.

use epic_simulator::data::Data;
use epic_simulator::requests::Kind;
use jiff::Timestamp;
use serde_json::json;

use crate::support::lex;
use crate::support::patient::{BIRTH_DATE, MEDICATION};
use crate::support::several::{STU3, Several};
use crate::support::waiting::until;

const CAMILA: &str = "erXuFYUfucBZaryVksYEcMg3";

#[tokio::test]
async fn a_whole_call_at_a_site_that_speaks_stu3() {
    let several = Several::deployed().await;
    let epic = several.epic(STU3);
    Data::hospital()
        .with_appointments(Timestamp::now())
        .all("Appointment")
        .for_each(|appointment| epic.control().put(appointment.clone()));
    let claim = lex::Claim { number: "+14694694321", birth_date: ("1987-09-12", BIRTH_DATE), gender: "female" };
    let reply = several.turn(STU3, lex::verify("a call in STU3", claim)).await;
    let attributes = lex::attributes(&reply);
    assert_eq!(attributes["verificationStatus"], "verified", "{reply}");
    let call = attributes["callReference"].as_str().expect("a reference").to_owned();
    until("the prefetched list", async || several.has_list(&call).await).await;
    until("the appointments", async || epic.requests().count("Appointment", Kind::Search) == 1).await;

    let reply = several.turn(STU3, lex::medications(&call)).await;
    assert!(lex::heard(&reply).contains(MEDICATION), "{reply}");
    let attributes = json!({"callReference": call, "contactId": "c"});
    let asked = lex::turn("FulfillmentCodeHook", "NextAppointment", json!({}), attributes, "my next appointment");
    let heard = lex::heard(&several.turn(STU3, asked).await);
    assert!(heard.contains("Your next appointment is on") && heard.contains("at EMC Family Medicine"), "{heard}");
    assert!(heard.contains("After that, you have one on") && heard.contains(":30 in the morning"), "{heard}");

    let requests = epic.requests();
    assert_eq!(requests.count("MedicationStatement", Kind::Search), 1);
    assert_eq!(
        (requests.count("MedicationRequest", Kind::Search), requests.count("Appointment", Kind::Search)),
        (0, 1)
    );
    assert!(epic.requests().fhir_of("MedicationStatement").all(|request| request.status == Some(200)));
    assert!(!heard.contains(CAMILA));
}
