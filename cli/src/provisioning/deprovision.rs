//! `careline deprovision`: undoes what `careline provision` did.

use std::ops::ControlFlow;

use crate::certificate::private_ca::PrivateCas;
use crate::certificate::private_ca::deletion::Deletion;
use crate::deployment::Deployment;
use crate::keys;
use crate::operator::Operator;

use super::error::ProvisionError;
use super::options::Deprovision;
use super::{Tools, alias};

/// Takes a connection's keys out of use and has them deleted, with the alias and, if asked, the private CA. From then on
/// Epic refuses us for this connection.
///
/// # Errors
/// [`ProvisionError`]; what was done until then is found by the next run.
pub async fn deprovision(
    options: &Deprovision,
    deployment: &Deployment,
    tools: &Tools<'_>,
    operator: &mut Operator<'_>,
) -> Result<(), ProvisionError> {
    let connection = deployment.connection(options.target.connection.as_ref()).map_err(ProvisionError::Deployment)?;
    let ring = keys::all_keys(deployment, &connection, tools.clock).await.map_err(ProvisionError::Keys)?;
    let alias = options.alias.clone().unwrap_or_else(|| format!("alias/{}/{connection}", deployment.stack()));
    let days = options.window.days();

    operator.tell(&format!("This ends connection {connection} of stack {}:", deployment.stack()));
    for key in &ring {
        operator.tell(&format!(
            "  the key {} is not published any more, and its KMS key is deleted, unless it was brought",
            key.kid()
        ));
    }
    if let Some(name) = &options.private_ca {
        operator.tell(&format!("  the private CA \"{name}\" is deleted, if careline made it"));
    }
    operator.tell(&format!("  the alias {alias} is taken away"));
    operator.tell(&format!(
        "Epic refuses us from now on, and no call of this connection is answered. A deletion can be taken back for {days} days."
    ));
    operator.agree(options.consent.yes).await.map_err(ProvisionError::NotAgreed)?;

    let mut changed = false;
    let first = deployment.first_signing_key_id(&connection).map_err(ProvisionError::Deployment)?;
    for arn in ring.iter().map(|key| key.key_id.as_str()).chain([first]) {
        changed |= alias::remove(&deployment.kms(), &alias, arn).await?;
    }
    let removed = keys::remove_all(deployment, &connection, days, tools.clock).await.map_err(ProvisionError::Keys)?;
    for key_id in &removed.deleted {
        operator.tell(&format!("The KMS key {key_id} is deleted in {days} days."));
    }
    for key_id in &removed.kept {
        operator.tell(&format!("The KMS key {key_id} was brought, and stays."));
    }
    changed |= removed != keys::Removed::default();
    if let Some(name) = &options.private_ca {
        let private_cas = PrivateCas::from_environment(deployment.aws(), tools.environment);
        let private_cas = private_cas.map_err(ProvisionError::Environment)?;
        let mut announce = |change: &crate::certificate::change::Change| {
            operator.tell(&format!("About to {change}."));
            ControlFlow::Continue(())
        };
        let deletions = private_cas.schedule_deletion(name, options.window, &mut announce).await;
        let deletions = deletions.map_err(ProvisionError::PrivateCa)?;
        changed |= deletions.iter().any(|deletion| matches!(deletion, Deletion::Scheduled { .. }));
    }
    operator.tell(if changed { "Done." } else { "There was nothing to undo. Nothing was changed." });
    Ok(())
}
