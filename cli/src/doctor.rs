//! `careline doctor`: why Epic doesn't let us in, or that it does.
//!
//! [`examination`] makes the checks in order; each is a file that gathers facts and a pure function from these to one
//! [`cause::Cause`]. Nothing is changed anywhere, and what is signed is signed by token-refresher (design.md, promise 3).

mod aws_resources;
pub mod cause;
mod discovery;
pub mod examination;
mod fhir_api;
mod fhir_exchange;
mod key_set;
mod patient_search;
pub mod report;
mod settings;
mod signing_key;
mod subject;
pub mod test_patient;
mod token;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use shared::clock::Clock;
use shared::environment::Environment;
use shared::telemetry::ErrorChain;

use self::cause::Cause;
use self::examination::examine;
use self::report::{Check, Diagnosis, Report};
pub use self::subject::Subject;
use self::test_patient::{TestPatient, TestPatientError};
use crate::deployment::{Deployment, DeploymentError, Target};

/// The options of `careline doctor`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    target: Target,
    /// Tell it in JSON, on one line
    #[arg(long)]
    json: bool,
    /// Find out which patient search this site answers, with the test patient in this file (- for standard input)
    #[arg(long, value_name = "FILE")]
    test_patient: Option<PathBuf>,
}

/// Why nothing was examined.
#[derive(Debug, thiserror::Error)]
pub enum DoctorError {
    /// The connection can't be told.
    #[error("what to examine can't be told")]
    Target(#[source] DeploymentError),
    /// The test patient is of no use.
    #[error("the test patient is of no use")]
    TestPatient(#[source] TestPatientError),
    /// The report can't be written.
    #[error("the report can't be written")]
    Write(#[source] io::Error),
}

impl DoctorError {
    /// Whether what was asked for makes no sense, as opposed to having gone wrong.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Target(error) => error.is_usage(),
            Self::TestPatient(_) => true,
            Self::Write(_) => false,
        }
    }
}

/// Examines a connection and tells what was found; whether no check failed.
///
/// # Errors
/// [`DoctorError`], where nothing could be examined.
pub async fn run(
    options: &Options,
    environment: &dyn Environment,
    clock: &Clock,
    out: &mut dyn Write,
) -> Result<bool, DoctorError> {
    let test_patient = options.test_patient.as_deref().map(read_test_patient).transpose()?;
    let report = match Deployment::find(environment, &options.target.stack).await {
        Ok(deployment) => {
            let connection = deployment.connection(options.target.connection.as_ref()).map_err(DoctorError::Target)?;
            let test_patient = test_patient.as_ref();
            examine(&Subject { deployment: &deployment, connection, clock, test_patient }).await
        }
        Err(error) if error.is_usage() => return Err(DoctorError::Target(error)),
        Err(error) => unreachable_stack(options, &error),
    };
    let written = if options.json { report.write_json(out) } else { report.write_text(out) };
    written.map_err(DoctorError::Write)?;
    Ok(report.is_well())
}

fn read_test_patient(path: &std::path::Path) -> Result<TestPatient, DoctorError> {
    let patient = TestPatient::read(path).map_err(DoctorError::TestPatient)?;
    patient_search::check_test_patient(&patient).map_err(DoctorError::TestPatient)?;
    Ok(patient)
}

/// The report where there is no stack to look at.
fn unreachable_stack(options: &Options, error: &DeploymentError) -> Report {
    let connection = options.target.connection.as_ref().map_or("?", |connection| connection.as_str());
    let mut report = Report::new(&options.target.stack, connection);
    let diagnosis = Diagnosis::new(Cause::AwsUnreachable, ErrorChain(error).to_string());
    report.note::<()>(Check::Aws, Err(diagnosis));
    report
}
