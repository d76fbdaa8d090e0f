//! Why there is no local stack.

use std::io;
use std::path::PathBuf;

/// Setting up the local stack failed. These are read by a person at a terminal, who needs the tool's own words; they hold
/// nothing of a patient, since nobody has called yet.
#[derive(Debug, thiserror::Error)]
pub enum LocalStackError {
    /// A program or a part of one is not installed.
    #[error("{what} is missing: install the package {package} (Debian's name)")]
    Missing {
        /// What.
        what: String,
        /// The Debian package that has it.
        package: &'static str,
    },
    /// A file or directory in the checkout can't be used.
    #[error("{operation} {path}")]
    File {
        /// What was tried, such as `can't create`.
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A program can't be run.
    #[error("can't run {program}")]
    Run {
        /// Its name.
        program: String,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The Python packages can't be installed.
    #[error("can't install the Python packages of {requirements}:\n{output}")]
    Install {
        /// The list of packages.
        requirements: PathBuf,
        /// What pip said last.
        output: String,
    },
    /// The functions don't compile; cargo has said why.
    #[error("the functions could not be built")]
    Build,
    /// The local AWS did not start, or did not take the template.
    #[error("{0}")]
    Failed(String),
    /// A connection of the deployed stack could not be set up.
    #[error("a connection could not be set up: {reason}")]
    SetUp {
        /// Why not.
        reason: String,
    },
    /// It ended without a word.
    #[error("the local AWS ended before it was ready")]
    Ended,
    /// Its log can't be read.
    #[error("the functions' log could not be read: {0}")]
    Log(&'static str),
}
