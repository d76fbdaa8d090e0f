//! `careline preview`: what a caller would hear of a FHIR resource or Bundle. It needs no network.

mod input;
mod options;
mod output;

use std::io::{self, Read, Write};
use std::path::PathBuf;

use shared::clock::Clock;
use shared::medications::preview::preview;

pub use self::options::{Format, Options, PreviewLocale};

/// Why nothing can be previewed.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The file can't be read.
    #[error("{} can't be read", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Standard input can't be read.
    #[error("standard input can't be read")]
    StandardInput(#[source] io::Error),
    /// It isn't JSON.
    #[error(
        "resource {number} of the input is no JSON (line {line}, column {column}); expected is a FHIR resource or Bundle, \
         or one a line"
    )]
    Json {
        /// Which one, from 1.
        number: usize,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, and no resource.
    #[error("resource {number} of the input is no FHIR resource: expected is a JSON object with a resourceType")]
    NoResource {
        /// Which one, from 1.
        number: usize,
    },
    /// There is nothing in it.
    #[error("the input is empty; expected is a FHIR resource or Bundle in JSON, or one a line")]
    Empty,
    /// What would be heard can't be written.
    #[error("the preview can't be written")]
    Output(#[source] io::Error),
}

impl PreviewError {
    /// Whether the command was given something else than it takes.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Output(_))
    }
}

/// Prints what a caller would hear of the options' file, or of `standard_input`, to `out`; what isn't heard, and why, to
/// `remarks`.
///
/// # Errors
/// [`PreviewError`].
pub fn run(
    options: &Options,
    clock: &Clock,
    standard_input: &mut dyn Read,
    (out, remarks): (&mut dyn Write, &mut dyn Write),
) -> Result<(), PreviewError> {
    let json = match options.file.as_ref().filter(|path| path.as_os_str() != "-") {
        Some(path) => std::fs::read(path).map_err(|cause| PreviewError::File { path: path.clone(), cause })?,
        None => {
            let mut json = Vec::new();
            standard_input.read_to_end(&mut json).map_err(PreviewError::StandardInput)?;
            json
        }
    };
    let locale = options.locale.into();
    let heard = input::sets(&json)?
        .into_iter()
        .map(|(kind, set)| (kind, preview(&set, options.time_zone.as_ref(), locale, clock.now())))
        .collect::<Vec<_>>();
    output::write(&heard, options, out, remarks).map_err(PreviewError::Output)
}

#[cfg(test)]
mod tests;
