//! The options of `careline provision` and `careline deprovision`.

use std::path::PathBuf;

use clap::Args;
use shared::connection::ConnectionName;

use crate::certificate::common_name::CommonName;
use crate::certificate::private_ca::deletion::DeletionWindow;
use crate::deployment::Target;
use crate::operator::Consent;

/// The options of `careline provision`.
#[derive(Debug, Clone, Args)]
pub struct Provision {
    #[command(flatten)]
    pub(super) target: Target,
    /// AWS's region [default: `AWS_REGION`]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// The private CA in ACM PCA that issues the certificate; it is made if there is none of this name
    #[arg(long, value_name = "NAME", conflicts_with = "self_signed")]
    pub(super) private_ca: Option<CommonName>,
    /// Do without a private CA: the key signs its own certificate
    #[arg(long)]
    pub(super) self_signed: bool,
    /// The certificate's common name
    #[arg(long, value_name = "NAME")]
    pub(super) common_name: Option<CommonName>,
    /// The KMS alias by which people know the key
    #[arg(long, value_name = "ALIAS", value_parser = alias)]
    pub(super) alias: Option<String>,
    /// Where the files go [default: provisioned/STACK/CONNECTION]
    #[arg(long, value_name = "DIRECTORY")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) consent: Consent,
}

/// The options of `careline deprovision`.
#[derive(Debug, Clone, Args)]
pub struct Deprovision {
    #[command(flatten)]
    pub(super) target: Target,
    /// AWS's region [default: `AWS_REGION`]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// Have this private CA deleted too, if careline made it
    #[arg(long, value_name = "NAME")]
    pub(super) private_ca: Option<CommonName>,
    /// For how many days a deletion can be taken back
    #[arg(long, value_name = "DAYS", default_value = "30")]
    pub(super) window: DeletionWindow,
    /// The KMS alias to take away
    #[arg(long, value_name = "ALIAS", value_parser = alias)]
    pub(super) alias: Option<String>,
    #[command(flatten)]
    pub(super) consent: Consent,
}

impl Provision {
    /// What `careline provision --self-signed --yes --connection CONNECTION --out DIRECTORY` says.
    pub fn self_signed(stack: &str, connection: &ConnectionName, directory: PathBuf) -> Self {
        Self {
            target: Target { stack: stack.to_owned(), connection: Some(connection.clone()) },
            region: None,
            private_ca: None,
            self_signed: true,
            common_name: None,
            alias: None,
            out: Some(directory),
            consent: Consent { yes: true },
        }
    }

    /// The stack that is meant, and where.
    pub fn place(&self) -> (&str, Option<&str>) {
        (&self.target.stack, self.region.as_deref())
    }

    pub(super) fn directory(&self, stack: &str, connection: &ConnectionName) -> PathBuf {
        self.out.clone().unwrap_or_else(|| ["provisioned", stack, connection.as_str()].iter().collect())
    }
}

impl Deprovision {
    /// The stack that is meant, and where.
    pub fn place(&self) -> (&str, Option<&str>) {
        (&self.target.stack, self.region.as_deref())
    }
}

/// Reads an alias as KMS takes it: `alias/` and letters, digits, `/`, `_`, `-`, not AWS's own.
pub(super) fn alias(text: &str) -> Result<String, &'static str> {
    let expectation = "an alias is alias/ and letters, digits, slashes, hyphens and underscores, not alias/aws/…";
    let name = text.strip_prefix("alias/").ok_or(expectation)?;
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-');
    if (1..=250).contains(&name.len()) && name.chars().all(is_allowed) && !name.starts_with("aws/") {
        Ok(text.to_owned())
    } else {
        Err(expectation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_one_that_kms_takes() {
        assert!(alias("alias/careline/sandbox").is_ok());
        for wrong in ["careline", "alias/", "alias/aws/kms", "alias/two words"] {
            assert!(alias(wrong).is_err(), "{wrong}");
        }
    }
}
