//! Certificates for keys in the local AWS's KMS, self-signed and issued by a private CA, and what others make of them:
//! Python's `cryptography`, and `openssl` where it is installed.

mod private_ca;
mod self_signed;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use aws_sdk_kms::types::{KeySpec, KeyUsageType};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use careline::certificate::change::Change;
use careline::certificate::error::CertificateError;
use careline::certificate::kms_key::KmsKey;
use careline::certificate::provision::{Issuer, Provisioned, Wanted, provision};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::clock::Clock;
use shared::randomness::Randomness;
use shared::telemetry::ErrorChain;

use crate::support::deployed::{Deployed, checkout};
use crate::support::operator::unhurried;
use crate::support::verifier;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What certificates are in the name of.
const NAME: &str = "Careline at Example Hospital";
const KEY_SET: &str = "{\"keys\":[]}\n";

fn kms() -> aws_sdk_kms::Client {
    aws_sdk_kms::Client::new(&unhurried(&Deployed::shared().stack.aws()))
}

/// A new key in the local AWS.
async fn key(spec: KeySpec) -> KmsKey {
    let kms = kms();
    let created = kms.create_key().key_spec(spec).key_usage(KeyUsageType::SignVerify).send().await.expect("a key");
    let id = created.key_metadata().expect("what it is").key_id().to_owned();
    KmsKey::read(kms, &id).await.expect("a key that signs")
}

/// A directory of one test's own, empty at first.
struct Output(PathBuf);

impl Output {
    fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("certificate-{}-{test}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }

    fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.0.join(name), content).expect("a file");
    }

    /// Its files with their content and the time they were written.
    fn all(&self) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
        let file = |path: PathBuf| {
            let written = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
            (path.clone(), std::fs::read(path).expect("its content"), written)
        };
        let entries = std::fs::read_dir(&self.0).expect("a directory");
        let mut all: Vec<_> = entries.map(|entry| file(entry.expect("a file").path())).collect();
        all.sort();
        all
    }

    /// What another's X.509 finds of the certificate here, with the public key that KMS says `key` has.
    async fn findings(&self, key: &KmsKey) -> Value {
        let mut asked = json!({
            "certificate": self.read("certificate.pem"),
            "public_key": self.read("public-key.pem"),
            "kms_public_key": public_key_of(key).await,
        });
        if self.has("chain.pem") {
            asked["chain"] = self.read("chain.pem").into();
        }
        verifier::findings("x509.py", &asked)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The public key that KMS tells, in base64: had without our code.
async fn public_key_of(key: &KmsKey) -> String {
    let told = kms().get_public_key().key_id(key.key_id()).send().await.expect("a public key");
    STANDARD.encode(told.public_key().expect("its bytes"))
}

/// What a run did: its result, and the changes in AWS that it told of beforehand.
struct Run {
    result: Result<Provisioned, CertificateError>,
    changes: Vec<Change>,
}

impl Run {
    #[track_caller]
    fn done(&self) -> &Provisioned {
        match &self.result {
            Ok(provisioned) => provisioned,
            Err(error) => panic!("{}", ErrorChain(error)),
        }
    }
}

/// What `careline provision` does for a certificate.
struct Operator<'a> {
    key: &'a KmsKey,
    issuer: Issuer,
    output: &'a Output,
}

impl Operator<'_> {
    async fn runs(&self) -> Run {
        self.runs_for(NAME, 0, ControlFlow::Continue(())).await
    }

    async fn runs_in(&self, days: i64) -> Run {
        self.runs_for(NAME, days, ControlFlow::Continue(())).await
    }

    async fn runs_for(&self, name: &str, in_days: i64, answer: ControlFlow<()>) -> Run {
        let name = name.parse().expect("a name");
        let wanted = Wanted { name, issuer: self.issuer.clone(), key_set: KEY_SET, directory: &self.output.0 };
        // A certificate is good for whole days, of which the hour after midnight has one more: not in that hour. Otherwise
        // now, since what ACM PCA issues is good from then on.
        let now = Timestamp::now();
        let today = now.as_second().div_euclid(DAY_SECONDS) * DAY_SECONDS;
        let past_the_hour = Timestamp::from_second(today + DAY_SECONDS / 12).expect("a time");
        let clock = Clock::from_fn(move || now.max(past_the_hour) + SignedDuration::from_hours(24 * in_days));
        let mut changes = Vec::new();
        let mut announce = |change: &Change| {
            changes.push(change.clone());
            answer
        };
        let result = provision(&wanted, self.key, &clock, &Randomness::system(), &mut announce).await;
        Run { result, changes }
    }
}

/// Whether `openssl` succeeds, run beside the files; none where it is not installed.
fn openssl(output: &Output, arguments: &[&str]) -> Option<bool> {
    match Command::new("openssl").args(arguments).current_dir(&output.0).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        ended => Some(ended.expect("openssl runs").status.success()),
    }
}

/// A PEM text with one bit of its DER changed, in the byte that `place` chooses.
fn tampered(pem: &str, place: impl Fn(&[u8]) -> usize) -> String {
    let lines: Vec<&str> = pem.lines().collect();
    let [first, body @ .., last] = lines.as_slice() else { panic!("not PEM: {pem}") };
    let mut der = STANDARD.decode(body.concat()).expect("base64");
    let place = place(&der);
    der[place] ^= 1;
    let text = STANDARD.encode(der);
    let body: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
    format!("{first}\n{}\n{last}\n", body.join("\n"))
}

/// Where the name stands.
fn name_in(der: &[u8]) -> usize {
    der.windows(NAME.len()).position(|bytes| bytes == NAME.as_bytes()).expect("the name")
}

/// The signature's last byte.
fn end_of(der: &[u8]) -> usize {
    der.len() - 1
}
