//! `careline keys`: the keys of a connection, rotated in an order that never locks us out.
//!
//! [`rotation`] decides what may be done and when, from the ring in its table and from [`served`], what the JWK Set URL
//! serves. The commands are one a file: they look, tell what will change, ask, look again and write, on condition that
//! nobody else wrote meanwhile.

mod add;
mod cache_control;
mod error;
mod first;
mod in_words;
mod jwk_set_url;
mod kid;
mod kms_key;
mod list;
mod options;
mod promote;
mod retire;
pub mod rotation;
pub mod served;
mod trial;
mod whole;
mod workbench;

use shared::clock::Clock;

pub use self::error::KeysError;
pub use self::first::{Registered, register_first, wait_until_served};
pub use self::jwk_set_url::FetchError;
pub use self::kms_key::CannotSign;
use self::options::Command;
pub use self::options::Options;
pub use self::trial::NotProven;
pub use self::whole::{Removed, all_keys, public_keys, remove_all, signing_key};
use self::workbench::Workbench;
use crate::deployment::Deployment;
use crate::operator::Operator;

/// Does what `careline keys …` was told to, on a stack that was found.
///
/// # Errors
/// [`KeysError`]: why nothing was changed, or what is left to do.
pub async fn run(
    options: &Options,
    deployment: &Deployment,
    clock: &Clock,
    operator: &mut Operator<'_>,
) -> Result<(), KeysError> {
    let connection = deployment.connection(options.target().connection.as_ref()).map_err(KeysError::Deployment)?;
    let bench = Workbench::new(deployment, connection, clock)?;
    match &options.command {
        Command::List(list) => list::run(&bench, list.json, operator).await,
        Command::Add(add) => add::run(&bench, add, operator).await,
        Command::Promote(promote) => promote::run(&bench, promote, operator).await,
        Command::Retire(retire) => retire::run(&bench, retire, operator).await,
    }
}
