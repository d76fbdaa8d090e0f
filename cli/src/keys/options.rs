//! The options of `careline keys`.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use shared::signing_algorithm::SigningAlgorithm;

use crate::deployment::Target;
use crate::operator::Consent;

/// The options of `careline keys`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// Show a connection's keys: which signs, which the JWK Set URL serves, what may be done next and when
    #[command(after_help = "Examples:\n  \
        careline keys list\n  \
        careline keys list --stack careline-production --connection mercy --json")]
    List(List),
    /// Publish another key beside the one that signs: the first step of a rotation
    #[command(after_help = "Examples:\n  \
        careline keys add                              a new KMS key for RS384\n  \
        careline keys add --algorithm ES384 --connection mercy\n  \
        careline keys add --key-id arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")]
    Add(Add),
    /// Sign with a published key from now on, once everybody who verifies us must have it
    #[command(after_help = "Examples:\n  \
        careline keys promote xnTed-OIwrj4             the beginning of its kid is enough\n  \
        careline keys promote xnTed-OIwrj4 --connection mercy --yes")]
    Promote(Promote),
    /// Take a key out of the set, once nothing that it signed can be presented any more
    #[command(after_help = "Examples:\n  \
        careline keys retire xnTed-OIwrj4\n  \
        careline keys retire xnTed-OIwrj4 --keep-kms-key")]
    Retire(Retire),
}

#[derive(Debug, Clone, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) target: Target,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Add {
    #[command(flatten)]
    pub(super) target: Target,
    /// What the key signs with [default: RS384, or what the key of --key-id is for]
    #[arg(long, value_parser = PossibleValuesParser::new(["RS384", "ES384"]).map(|name| algorithm(&name)))]
    pub(super) algorithm: Option<SigningAlgorithm>,
    /// Add this KMS key (RSA or `ECC_NIST_P384`, `SIGN_VERIFY`) rather than a new one
    #[arg(long, value_name = "ARN")]
    pub(super) key_id: Option<String>,
    #[command(flatten)]
    pub(super) consent: Consent,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Promote {
    /// The key's kid, or how it begins
    // A kid is base64url, and may begin with a hyphen.
    #[arg(value_name = "KID", allow_hyphen_values = true)]
    pub(super) kid: String,
    #[command(flatten)]
    pub(super) target: Target,
    #[command(flatten)]
    pub(super) consent: Consent,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Retire {
    /// The key's kid, or how it begins
    #[arg(value_name = "KID", allow_hyphen_values = true)]
    pub(super) kid: String,
    #[command(flatten)]
    pub(super) target: Target,
    /// Leave the KMS key as it is; otherwise one that careline made is scheduled for deletion
    #[arg(long)]
    pub(super) keep_kms_key: bool,
    #[command(flatten)]
    pub(super) consent: Consent,
}

impl Options {
    /// The stack and connection to work on.
    pub fn target(&self) -> &Target {
        match &self.command {
            Command::List(List { target, .. })
            | Command::Add(Add { target, .. })
            | Command::Promote(Promote { target, .. })
            | Command::Retire(Retire { target, .. }) => target,
        }
    }
}

fn algorithm(name: &str) -> SigningAlgorithm {
    if name == SigningAlgorithm::Es384.as_str() { SigningAlgorithm::Es384 } else { SigningAlgorithm::Rs384 }
}
