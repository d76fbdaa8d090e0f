//! `careline provision` and `careline deprovision`: everything between a deployed stack and an entry in Epic's app
//! registration, and its undoing.
//!
//! What is there already is left as it is: run twice, it changes nothing the second time, and says so. The private key is
//! made in KMS and never leaves it; an operator's own credentials sign the certificate's request, and nothing else here.

mod alias;
mod deprovision;
mod error;
mod options;
mod registration;

use std::ops::ControlFlow;

use shared::clock::Clock;
use shared::connection::ConnectionName;
use shared::environment::Environment;
use shared::randomness::Randomness;

pub use self::deprovision::deprovision;
pub use self::error::ProvisionError;
pub use self::options::{Deprovision, Provision};
use crate::certificate::common_name::CommonName;
use crate::certificate::kms_key::KmsKey;
use crate::certificate::private_ca::PrivateCas;
use crate::certificate::provision::{self as certificate, Issuer, Wanted};
use crate::deployment::Deployment;
use crate::keys::{self, Registered};
use crate::operator::Operator;

/// What an operation works with beside the stack.
pub struct Tools<'a> {
    /// Where the ACM PCA endpoint may be told, and the rest of AWS was.
    pub environment: &'a dyn Environment,
    /// The time.
    pub clock: &'a Clock,
    /// Serial numbers.
    pub randomness: &'a Randomness,
}

/// Gives a connection its signing key, certificate and JWK Set, and prints what to enter at Epic.
///
/// # Errors
/// [`ProvisionError`]; what was done until then is found by the next run.
pub async fn provision(
    options: &Provision,
    deployment: &Deployment,
    tools: &Tools<'_>,
    operator: &mut Operator<'_>,
) -> Result<(), ProvisionError> {
    let connection = deployment.connection(options.target.connection.as_ref()).map_err(ProvisionError::Deployment)?;
    let names = Names::ask(options, deployment, &connection, operator).await?;
    let signing = keys::signing_key(deployment, &connection, tools.clock).await.map_err(ProvisionError::Keys)?;
    let key_id = match &signing {
        Some(key) => key.key_id.clone(),
        None => deployment.first_signing_key_id(&connection).map_err(ProvisionError::Deployment)?.to_owned(),
    };
    let key = KmsKey::read(deployment.kms(), &key_id).await.map_err(ProvisionError::Key)?;
    let directory = options.directory(deployment.stack(), &connection);

    operator.tell(&format!("This sets up connection {connection} of stack {}:", deployment.stack()));
    operator.tell(&format!("  the KMS key {} signs for it, known as {}", key.key_id(), names.alias));
    operator.tell(&format!("  a certificate for \"{}\", {}", names.common, names.issuer_in_words()));
    operator.tell(&format!("  the files in {}", directory.display()));
    operator.tell("What is there already stays as it is.");
    operator.agree(options.consent.yes).await.map_err(ProvisionError::NotAgreed)?;

    let mut changed = alias::ensure(&deployment.kms(), &names.alias, key.key_id(), operator).await?;
    match keys::register_first(deployment, &connection, key.key_id(), tools.clock)
        .await
        .map_err(ProvisionError::Keys)?
    {
        Registered::Now { kid } => {
            changed = true;
            operator.tell(&format!("The key is published as {kid}, and signs."));
        }
        Registered::Before => operator.tell("The connection has its signing key already."),
    }
    keys::wait_until_served(deployment, &connection, tools.clock).await.map_err(ProvisionError::Keys)?;
    let key_set = keys::public_keys(deployment, &connection, tools.clock).await.map_err(ProvisionError::Keys)?;
    let key_set = serde_json::to_string_pretty(&key_set).map_err(|_| ProvisionError::KeySet)?;

    let issuer = match &names.private_ca {
        None => Issuer::SelfSigned,
        Some(name) => {
            let private_cas = PrivateCas::from_environment(deployment.aws(), tools.environment);
            Issuer::PrivateCa { name: name.clone(), private_cas: private_cas.map_err(ProvisionError::Environment)? }
        }
    };
    let wanted = Wanted { name: names.common, issuer, key_set: &key_set, directory: &directory };
    let provisioned = {
        let mut announce = |change: &crate::certificate::change::Change| {
            operator.tell(&format!("About to {change}."));
            ControlFlow::Continue(())
        };
        certificate::provision(&wanted, &key, tools.clock, tools.randomness, &mut announce).await
    };
    let provisioned = provisioned.map_err(ProvisionError::Certificate)?;
    operator.tell(provisioned.to_string().trim_end());
    if !changed && provisioned.changed_nothing() {
        operator.tell("Everything was there already.");
    }
    let url = deployment.jwks_url(&connection).map_err(ProvisionError::Deployment)?;
    registration::tell(&connection, &url, &directory, operator);
    Ok(())
}

/// The names that a person chooses.
struct Names {
    common: CommonName,
    private_ca: Option<CommonName>,
    alias: String,
}

impl Names {
    /// Those given, and where somebody can be asked, the others from them; else what is customary.
    async fn ask(
        options: &Provision,
        deployment: &Deployment,
        connection: &ConnectionName,
        operator: &mut Operator<'_>,
    ) -> Result<Self, ProvisionError> {
        let asked = options.consent.yes;
        let private_ca = match (&options.private_ca, options.self_signed) {
            (_, true) => None,
            (Some(name), false) => Some(name.clone()),
            (None, false) => {
                Some(operator.ask("Private CA's common name", "Careline Private CA", asked).await?.parse()?)
            }
        };
        let common = match &options.common_name {
            Some(name) => name.clone(),
            None => {
                let customary = format!("Careline {} {connection}", deployment.stack());
                operator.ask("Certificate's common name", &customary, asked).await?.parse()?
            }
        };
        let alias = match &options.alias {
            Some(alias) => alias.clone(),
            None => {
                let customary = format!("alias/{}/{connection}", deployment.stack());
                options::alias(&operator.ask("KMS alias", &customary, asked).await?).map_err(ProvisionError::Alias)?
            }
        };
        Ok(Self { common, private_ca, alias })
    }

    fn issuer_in_words(&self) -> String {
        match &self.private_ca {
            None => "self-signed".to_owned(),
            Some(name) => format!(
                "issued by the private CA \"{name}\" in ACM PCA, which is made if it is not there (AWS bills a private CA \
                 by the month; --self-signed does without)"
            ),
        }
    }
}
