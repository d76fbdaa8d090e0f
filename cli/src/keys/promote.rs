//! `careline keys promote`: signs with a key that everybody who verifies us knows by now, and that token-refresher has
//! signed with.

use shared::signing_keys::KeyRing;
use shared::signing_keys::store::{StoredKeyRing, Written};

use super::error::KeysError;
use super::in_words::{in_words, whole_seconds};
use super::options::Promote;
use super::rotation::{self, Next};
use super::workbench::{ATTEMPTS, Workbench};
use super::{kid, kms_key, trial};
use crate::operator::Operator;

/// A promotion that nothing speaks against.
struct Plan {
    read: StoredKeyRing,
    kid: String,
    /// None: it signs already.
    ring: Option<KeyRing>,
}

pub(super) async fn run(
    bench: &Workbench<'_>,
    options: &Promote,
    operator: &mut Operator<'_>,
) -> Result<(), KeysError> {
    let mut agreed = None;
    for _ in 0..ATTEMPTS {
        let plan = plan(bench, &options.kid).await?;
        let Some(ring) = plan.ring else {
            operator.tell(&format!("The key {} signs already. Nothing was changed.", plan.kid));
            return Ok(());
        };
        let replaced = plan.read.ring.signing().map(|key| key.kid().to_owned());
        if agreed.as_ref() != Some(&replaced) {
            let in_place = replaced.as_ref().map(|kid| format!(", in place of {kid}, which stays published"));
            operator.tell(&format!(
                "From the next token request of connection {} on, the key {} signs{}.",
                bench.connection,
                plan.kid,
                in_place.unwrap_or_default()
            ));
            operator.agree(options.consent.yes).await.map_err(KeysError::NotAgreed)?;
            agreed = Some(replaced);
            if !options.consent.yes {
                // However long the answer took, what is written is what may be done then.
                continue;
            }
        }
        if bench.write(&ring, &plan.read).await? == Written::Stored {
            operator.tell(&format!("The key {} signs.", plan.kid));
            tell_of_the_replaced(bench, &ring, agreed.flatten().as_deref(), operator);
            return Ok(());
        }
    }
    Err(KeysError::Contended)
}

/// Looks at everything that a promotion depends on.
async fn plan(bench: &Workbench<'_>, given: &str) -> Result<Plan, KeysError> {
    let read = bench.read().await?;
    let kid = kid::find(read.ring.keys.iter().map(|key| key.kid()), given)?.to_owned();
    if read.ring.signing().is_some_and(|key| key.kid() == kid) {
        return Ok(Plan { read, kid, ring: None });
    }
    let served = bench.fetch().await.map_err(KeysError::JwkSetUrl)?;
    let now = bench.clock.now();
    let seen = rotation::look(&read.ring, &served, now);
    match rotation::promote(&seen, &kid, &served, now) {
        Ok(ring) => {
            can_sign(bench, &seen, &kid).await?;
            Ok(Plan { read, kid, ring })
        }
        Err(source) => {
            // What was seen is noted all the same: a wait begins when its key is first seen.
            bench.note(&served).await?;
            Err(KeysError::Refused { kid, step: "promoted", source })
        }
    }
}

/// Refuses a key that token-refresher has not just signed with. What KMS says of the key's state comes first: it tells more
/// than a signature that fails.
async fn can_sign(bench: &Workbench<'_>, ring: &KeyRing, kid: &str) -> Result<(), KeysError> {
    let key = ring.key(kid).ok_or_else(|| KeysError::NoSuchKey { given: kid.to_owned() })?;
    kms_key::check_state(&bench.kms, &key.key_id)
        .await
        .map_err(|source| KeysError::CannotSign { kid: kid.to_owned(), source })?;
    trial::try_key(bench, key).await.map_err(|source| KeysError::NotProven { kid: kid.to_owned(), source })
}

fn tell_of_the_replaced(bench: &Workbench<'_>, ring: &KeyRing, kid: Option<&str>, operator: &mut Operator<'_>) {
    let replaced = kid.and_then(|kid| ring.key(kid)).map(|key| (key.kid(), rotation::next(ring, key)));
    if let Some((kid, Next::Retire(at))) = replaced {
        let at = whole_seconds(at);
        let wait = in_words(at.duration_since(bench.clock.now()));
        operator
            .tell(&format!("The key {kid} may be retired at {at}, {wait}; until then, promoting it is the way back."));
    }
}
