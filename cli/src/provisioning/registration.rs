//! What to enter in Epic's app registration.

use std::path::Path;

use shared::connection::ConnectionName;

use crate::operator::Operator;

/// The APIs that the functions call, as Epic's list names them. Read and Search are ticked one by one; a sub-type that is
/// missing shows only as a partial answer (Epic's 59204).
const APIS: [&str; 5] = [
    "Patient.Read (Demographics) (R4)",
    "Patient.Search (Demographics) (R4)",
    "MedicationRequest.Read (Signed Medication Order) (R4)",
    "MedicationRequest.Search (Signed Medication Order) (R4)",
    "Medication.Read (R4)",
];

/// And where they are told: appointments.
const APIS_OF_APPOINTMENTS: [&str; 2] =
    ["Appointment.Read (Appointments) (R4)", "Appointment.Search (Appointments) (R4)"];

/// Prints it.
pub(super) fn tell(connection: &ConnectionName, url: &str, directory: &Path, operator: &mut Operator<'_>) {
    operator.tell("");
    operator.tell("Enter in the app's registration at Epic (https://fhir.epic.com, Build Apps):");
    operator.tell("  Application Audience        Backend Systems");
    operator.tell("  Incoming APIs");
    for api in APIS {
        operator.tell(&format!("                              {api}"));
    }
    operator.tell("                            and where appointments are told (setting time_zone, system/Appointment.read in scopes):");
    for api in APIS_OF_APPOINTMENTS {
        operator.tell(&format!("                              {api}"));
    }
    operator.tell("                            For a site with fhir_version STU3, the same in (STU3), with MedicationStatement.Read");
    operator.tell("                            and Search in MedicationRequest's place.");
    operator.tell("  Can Register Dynamic Clients  no");
    operator.tell(&format!("if connection {connection} is to Epic's sandbox or a customer's non-production:"));
    operator.tell(&format!("  Non-Production JWK Set URL  {url}"));
    operator.tell("if it is to production, whose connection has a key and a URL of its own:");
    operator.tell(&format!("  Production JWK Set URL      {url}"));
    operator.tell("");
    operator.tell(&format!(
        "Where an Epic still wants a key uploaded, it is {} (certificate) or {} (public key).",
        directory.join("certificate.pem").display(),
        directory.join("public-key.pem").display()
    ));
    operator.tell(
        "Epic gives the app two client ids. Say which one this connection is, then look whether Epic lets us in:",
    );
    operator.tell(&format!(
        "  careline connection set --connection {connection} --client-id ID --token-endpoint URL --fhir-base-url URL"
    ));
    operator.tell(&format!("  careline doctor --connection {connection}"));
    operator.tell(
        "After a change at Epic, its sandbox takes up to an hour to know of it, a customer's Epic up to 12 hours.",
    );
}
