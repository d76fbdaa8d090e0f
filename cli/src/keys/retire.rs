//! `careline keys retire`: takes a key out of the set that nothing needs any more.

use aws_sdk_kms::types::KeyState;
use shared::connection::ConnectionName;
use shared::signing_keys::KeyRing;
use shared::signing_keys::store::{StoredKeyRing, Written};

use super::error::KeysError;
use super::kms_key::{CannotSign, PENDING_DAYS};
use super::options::Retire;
use super::rotation;
use super::workbench::{ATTEMPTS, Workbench};
use super::{kid, kms_key};
use crate::operator::Operator;

/// A retirement that nothing speaks against.
struct Plan {
    read: StoredKeyRing,
    kid: String,
    key_id: String,
    /// None: it was retired before.
    ring: Option<KeyRing>,
    kms_key: Fate,
}

/// What becomes of the KMS key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It is deleted, in a while.
    Deleted,
    /// It is to be deleted already, or gone.
    Gone,
    /// `--keep-kms-key`.
    Kept,
    /// The template made it, and keeps it.
    TheStacks,
    /// It was brought, and belongs to who brought it.
    Brought,
    /// Another connection has it, too.
    UsedBy(ConnectionName),
}

pub(super) async fn run(bench: &Workbench<'_>, options: &Retire, operator: &mut Operator<'_>) -> Result<(), KeysError> {
    let mut agreed = false;
    for _ in 0..ATTEMPTS {
        let plan = plan(bench, options).await?;
        if plan.ring.is_none() && plan.kms_key != Fate::Deleted {
            operator.tell(&format!("The key {} was retired before. Nothing was changed.", plan.kid));
            return Ok(());
        }
        if !agreed {
            tell(bench, &plan, operator);
            operator.agree(options.consent.yes).await.map_err(KeysError::NotAgreed)?;
            agreed = true;
            if !options.consent.yes {
                // However long the answer took, what is written is what may be done then.
                continue;
            }
        }
        if let Some(ring) = &plan.ring {
            if bench.write(ring, &plan.read).await? == Written::Outdated {
                continue;
            }
            operator.tell(&format!("The key {} is retired.", plan.kid));
        }
        if plan.kms_key == Fate::Deleted {
            let key_id = plan.key_id;
            let scheduled = kms_key::schedule_deletion(&bench.kms, &key_id, PENDING_DAYS).await;
            scheduled.map_err(|source| KeysError::NotDeleted { key_id: key_id.clone(), source })?;
            operator.tell(&format!("The KMS key {key_id} will be deleted in {PENDING_DAYS} days."));
        }
        return Ok(());
    }
    Err(KeysError::Contended)
}

/// Looks at everything that a retirement depends on.
async fn plan(bench: &Workbench<'_>, options: &Retire) -> Result<Plan, KeysError> {
    let read = bench.read().await?;
    let kids = read.ring.keys.iter().map(|key| key.kid());
    let retired = read.ring.retired.iter().map(|key| key.kid.as_str());
    let kid = kid::find(kids.chain(retired), &options.kid)?.to_owned();

    if let Some(retired) = read.ring.retired.iter().find(|retired| retired.kid == kid) {
        let key_id = retired.key_id.clone();
        let kms_key = fate(bench, &key_id, options.keep_kms_key).await?;
        return Ok(Plan { read, kid, key_id, ring: None, kms_key });
    }
    let served = bench.fetch().await.map_err(KeysError::JwkSetUrl)?;
    let now = bench.clock.now();
    let seen = rotation::look(&read.ring, &served, now);
    let key_id = seen.key(&kid).map(|key| key.key_id.clone()).unwrap_or_default();
    match rotation::retire(&seen, &kid, &served, now) {
        Ok(ring) => {
            let kms_key = fate(bench, &key_id, options.keep_kms_key).await?;
            Ok(Plan { read, kid, key_id, ring: Some(ring), kms_key })
        }
        Err(source) => {
            bench.note(&served).await?;
            Err(KeysError::Refused { kid, step: "retired", source })
        }
    }
}

/// What is to become of a KMS key: in doubt, it stays.
async fn fate(bench: &Workbench<'_>, key_id: &str, keep: bool) -> Result<Fate, KeysError> {
    if keep {
        return Ok(Fate::Kept);
    }
    let connections = bench.deployment.connections().map_err(KeysError::Deployment)?;
    // What the template made may be given as an id or as an ARN.
    let id = key_id.rsplit('/').next().unwrap_or(key_id);
    let is_first = |connection: &ConnectionName| {
        bench.deployment.first_signing_key_id(connection).is_ok_and(|first| first.rsplit('/').next() == Some(id))
    };
    if connections.iter().any(is_first) {
        return Ok(Fate::TheStacks);
    }
    for other in connections.iter().filter(|other| **other != bench.connection) {
        if bench.read_of(other).await?.ring.keys.iter().any(|key| key.key_id == key_id) {
            return Ok(Fate::UsedBy(other.clone()));
        }
    }
    let cant_look = |source| KeysError::KmsKey { key_id: key_id.to_owned(), source };
    match kms_key::state(&bench.kms, key_id).await {
        Ok(KeyState::PendingDeletion | KeyState::PendingReplicaDeletion) | Err(CannotSign::Missing) => {
            return Ok(Fate::Gone);
        }
        Err(CannotSign::Kms(source)) => return Err(cant_look(source)),
        Ok(_) | Err(_) => {}
    }
    let ours = kms_key::was_made_for(&bench.kms, key_id, bench.deployment.stack()).await.map_err(cant_look)?;
    Ok(if ours { Fate::Deleted } else { Fate::Brought })
}

fn tell(bench: &Workbench<'_>, plan: &Plan, operator: &mut Operator<'_>) {
    if plan.ring.is_some() {
        operator.tell(&format!("This takes the key {} out of the set at {}.", plan.kid, bench.jwks_url()));
    } else {
        operator.tell(&format!("The key {} was retired before.", plan.kid));
    }
    let key_id = &plan.key_id;
    operator.tell(&match &plan.kms_key {
        Fate::Deleted => format!(
            "Its KMS key {key_id} will be deleted in {PENDING_DAYS} days; until then it can be had back with: \
             aws kms cancel-key-deletion --key-id {key_id}"
        ),
        Fate::Gone => format!("Its KMS key {key_id} is gone, or about to be."),
        Fate::Kept => format!("Its KMS key {key_id} stays."),
        Fate::TheStacks => format!(
            "Its KMS key {key_id} stays: it is the stack's own. No command of careline deletes it any more; when the stack \
             is gone, do it with: aws kms schedule-key-deletion --key-id {key_id}"
        ),
        Fate::Brought => format!("Its KMS key {key_id} stays: careline did not make it."),
        Fate::UsedBy(other) => format!("Its KMS key {key_id} stays: connection {other} has it, too."),
    });
}
