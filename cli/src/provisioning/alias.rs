//! The alias by which people know a connection's key in KMS.

use aws_sdk_kms::Client;
use shared::aws::AwsError;

use super::error::ProvisionError;
use crate::operator::Operator;

/// Sees to it that `alias` names the key of this ARN; `true` if it was made for that.
///
/// # Errors
/// [`ProvisionError::AliasTaken`] where it names another key: whoever uses it there would be surprised.
pub(super) async fn ensure(
    kms: &Client,
    alias: &str,
    key_arn: &str,
    operator: &mut Operator<'_>,
) -> Result<bool, ProvisionError> {
    if let Some(named) = target(kms, alias).await? {
        return if named == key_arn {
            operator.tell(&format!("The alias {alias} is there already."));
            Ok(false)
        } else {
            Err(ProvisionError::AliasTaken { alias: alias.to_owned() })
        };
    }
    let created = kms.create_alias().alias_name(alias).target_key_id(key_arn).send().await;
    created.map_err(|error| ProvisionError::Kms(AwsError::new("kms:CreateAlias", &error)))?;
    operator.tell(&format!("Made the alias {alias}."));
    Ok(true)
}

/// Takes `alias` away, if it names the key of this ARN.
pub(super) async fn remove(kms: &Client, alias: &str, key_arn: &str) -> Result<bool, ProvisionError> {
    if target(kms, alias).await?.as_deref() != Some(key_arn) {
        return Ok(false);
    }
    let deleted = kms.delete_alias().alias_name(alias).send().await;
    deleted.map(|_| true).map_err(|error| ProvisionError::Kms(AwsError::new("kms:DeleteAlias", &error)))
}

/// The ARN of the key that `alias` names.
async fn target(kms: &Client, alias: &str) -> Result<Option<String>, ProvisionError> {
    match kms.describe_key().key_id(alias).send().await {
        Ok(output) => Ok(output.key_metadata().and_then(|key| key.arn()).map(str::to_owned)),
        Err(error) => match AwsError::new("kms:DescribeKey", &error) {
            error if error.code == "NotFoundException" => Ok(None),
            error => Err(ProvisionError::Kms(error)),
        },
    }
}
