//! `careline keys add`: another key beside the one that signs, published and not yet used.

use std::time::Duration;

use shared::jwk::Jwk;
use shared::signing_algorithm::SigningAlgorithm;
use shared::signing_keys::store::Written;
use shared::signing_keys::{KeyRing, SigningKey};
use tokio::time::Instant;

use super::error::KeysError;
use super::in_words::{in_words, whole_seconds};
use super::kms_key::{self, CannotSign, KmsKey, Purpose};
use super::options::Add;
use super::rotation::{self, JWKS_MEMORY, Next};
use super::served::Publication;
use super::workbench::{ATTEMPTS, Workbench};
use crate::operator::Operator;

/// How long the URL is watched for the new key: twice what jwks remembers, since it may be cold or slow.
pub(super) const PATIENCE: Duration = Duration::from_secs(2 * JWKS_MEMORY.as_secs().unsigned_abs());
/// How long between two looks at it.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn run(bench: &Workbench<'_>, options: &Add, operator: &mut Operator<'_>) -> Result<(), KeysError> {
    // What is served before the key is published says how long copies without it live. Where nothing is served yet, there
    // are none.
    let ring = match bench.fetch().await {
        Ok(served) => rotation::look(&bench.read().await?.ring, &served, bench.clock.now()),
        Err(_) => bench.read().await?.ring,
    };
    let kid = match &options.key_id {
        Some(key_id) => add_given(bench, &ring, key_id, options, operator).await?,
        None => add_new(bench, &ring, options, operator).await?,
    };
    let ring = wait_until_served(bench, &kid, PATIENCE).await?;
    if let Some(key) = ring.key(&kid) {
        operator.tell(&what_next(&ring, key, bench));
    }
    Ok(())
}

/// Adds a KMS key that there is.
async fn add_given(
    bench: &Workbench<'_>,
    ring: &KeyRing,
    key_id: &str,
    options: &Add,
    operator: &mut Operator<'_>,
) -> Result<String, KeysError> {
    let not_added = |source: CannotSign| KeysError::NotAdded { key_id: key_id.to_owned(), source };
    let key = kms_key::read(&bench.kms, key_id).await.map_err(not_added)?;
    let algorithm = key.jwk.algorithm();
    if options.algorithm.is_some_and(|asked| asked != algorithm) {
        return Err(KeysError::OtherAlgorithm { key_id: key_id.to_owned(), algorithm: algorithm.as_str() });
    }
    if ring.key(key.jwk.kid()).is_some() {
        operator.tell(&format!("The key {} is there already. Nothing was changed.", key.jwk.kid()));
        return Ok(key.jwk.kid().to_owned());
    }
    let signer = bench.deployment.token_refresher_role_arn().map_err(KeysError::Deployment)?;
    operator.tell(&format!("This adds the KMS key {} to those that connection {} has.", key.key_id, bench.connection));
    tell_publication(bench, ring, algorithm, operator);
    operator.tell(&format!(
        "Its key policy is not touched. Let it allow {signer} kms:Sign with {}, and nobody else.",
        kms_key::signing_algorithm(algorithm).as_str()
    ));
    operator.agree(options.consent.yes).await.map_err(KeysError::NotAgreed)?;
    record(bench, &key).await?;
    operator.tell(&format!("Added {}.", key.jwk.kid()));
    Ok(key.jwk.kid().to_owned())
}

/// Makes a KMS key and adds it. Where one of its kind was added and not yet promoted, that is the one.
async fn add_new(
    bench: &Workbench<'_>,
    ring: &KeyRing,
    options: &Add,
    operator: &mut Operator<'_>,
) -> Result<String, KeysError> {
    let waiting =
        |key: &&SigningKey| key.promoted_at.is_none() && options.algorithm.is_none_or(|asked| asked == key.algorithm());
    if let Some(key) = ring.keys.iter().find(waiting) {
        operator.tell(&format!("The key {} was added and waits to be promoted. Nothing was changed.", key.kid()));
        return Ok(key.kid().to_owned());
    }
    let algorithm = options.algorithm.unwrap_or(SigningAlgorithm::Rs384);
    let purpose = Purpose {
        stack: bench.deployment.stack(),
        connection: &bench.connection,
        algorithm,
        signer: bench.deployment.token_refresher_role_arn().map_err(KeysError::Deployment)?,
    };
    operator.tell(&format!(
        "This makes a KMS key ({}, SIGN_VERIFY) in {}, tagged with stack {} and connection {}.",
        purpose.key_spec().as_str(),
        bench.deployment.aws().region(),
        purpose.stack,
        purpose.connection,
    ));
    operator.tell(&format!(
        "Its policy lets {} sign with {}, and the account's administrators administer it. AWS charges for it by the month.",
        purpose.signer,
        kms_key::signing_algorithm(algorithm).as_str()
    ));
    tell_publication(bench, ring, algorithm, operator);
    operator.agree(options.consent.yes).await.map_err(KeysError::NotAgreed)?;

    let key_id = kms_key::create(&bench.kms, &purpose).await.map_err(KeysError::Create)?;
    operator.tell(&format!("Made the KMS key {key_id}."));
    let added = async {
        let key = read_new(bench, &key_id).await?;
        record(bench, &key).await?;
        Ok(key.jwk)
    };
    match added.await {
        Ok(jwk) => {
            operator.tell(&format!("Added {}.", jwk.kid()));
            Ok(Jwk::kid(&jwk).to_owned())
        }
        Err(source) => Err(KeysError::MadeNotAdded { key_id, source: Box::new(source) }),
    }
}

/// Reads a key that was just made. KMS is eventually consistent: for a moment it may not know it.
async fn read_new(bench: &Workbench<'_>, key_id: &str) -> Result<KmsKey, KeysError> {
    let mut read = kms_key::read(&bench.kms, key_id).await;
    for _ in 1..ATTEMPTS {
        if !matches!(read, Err(CannotSign::Missing)) {
            break;
        }
        tokio::time::sleep(PAUSE).await;
        read = kms_key::read(&bench.kms, key_id).await;
    }
    read.map_err(|source| KeysError::NotAdded { key_id: key_id.to_owned(), source })
}

/// Puts the key into the stored ring, and notes what was served until then.
pub(super) async fn record(bench: &Workbench<'_>, key: &KmsKey) -> Result<(), KeysError> {
    let served = bench.fetch().await.ok();
    for _ in 0..ATTEMPTS {
        let read = bench.read().await?;
        let now = bench.clock.now();
        let ring = served.as_ref().map_or_else(|| read.ring.clone(), |served| rotation::look(&read.ring, served, now));
        let ring = rotation::add(&ring, &key.key_id, key.jwk.clone(), now).unwrap_or(ring);
        if bench.write(&ring, &read).await? == Written::Stored {
            return Ok(());
        }
    }
    Err(KeysError::Contended)
}

/// Waits until the URL serves the key, and notes that it does.
pub(super) async fn wait_until_served(
    bench: &Workbench<'_>,
    kid: &str,
    patience: Duration,
) -> Result<KeyRing, KeysError> {
    let began = Instant::now();
    loop {
        let ring = bench.read().await?.ring;
        let fetched = bench.fetch().await;
        let problem = match (ring.key(kid), fetched) {
            (Some(key), Ok(served)) if served.publication(&key.jwk) == Publication::Published => {
                return if key.seen_at.is_some() { Ok(ring) } else { bench.note(&served).await };
            }
            (Some(_), fetched) => fetched.err(),
            (None, _) => return Err(KeysError::Contended),
        };
        if began.elapsed() >= patience {
            let seconds = patience.as_secs();
            return Err(KeysError::NotServed { kid: kid.to_owned(), seconds, source: problem });
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn tell_publication(bench: &Workbench<'_>, ring: &KeyRing, algorithm: SigningAlgorithm, operator: &mut Operator<'_>) {
    operator.tell(&if ring.keys.is_empty() {
        format!("It is the first, and signs at once ({}). It is published at {}.", algorithm.as_str(), bench.jwks_url())
    } else {
        format!("It is published at {}, and does not sign until it is promoted.", bench.jwks_url())
    });
}

fn what_next(ring: &KeyRing, key: &SigningKey, bench: &Workbench<'_>) -> String {
    match rotation::next(ring, key) {
        Next::Signs => "It is published, and signs.".to_owned(),
        Next::PromoteOnceServed => "It is not published yet.".to_owned(),
        Next::Promote(at) => {
            let (at, now) = (whole_seconds(at), bench.clock.now());
            format!("It is published, and may be promoted at {at}, {}.", in_words(at.duration_since(now)))
        }
        Next::Retire(_) => "It is published, and was replaced by another.".to_owned(),
    }
}
