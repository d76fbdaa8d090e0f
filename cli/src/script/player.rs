//! Playing a script, and comparing what is heard.

use super::Expectation;

/// What was heard is not what the script says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// The text was not heard.
    #[error("line {line}: expected to hear: {text}\n  heard: {heard}")]
    NotHeard {
        /// The line in the script.
        line: usize,
        /// What was expected.
        text: String,
        /// What was heard.
        heard: String,
    },
    /// The text was heard.
    #[error("line {line}: expected never to hear: {text}\n  heard: {heard}")]
    Heard {
        /// The line in the script.
        line: usize,
        /// What was not to be heard.
        text: String,
        /// What was heard.
        heard: String,
    },
    /// The caller can't say anything more.
    #[error("line {line}: the call had already ended\n  heard last: {heard}")]
    Ended {
        /// The line in the script.
        line: usize,
        /// What was heard last.
        heard: String,
    },
}

/// Compares what was heard in a turn, its messages joined, with what the script expects of it: parts, ignoring case and
/// white space.
///
/// # Errors
/// The first [`Difference`].
pub fn compare(heard: &[String], expectations: &[Expectation]) -> Result<(), Difference> {
    let heard = heard.join(" ");
    let heard_plain = plain(&heard);
    for Expectation { line, wanted, text } in expectations {
        if heard_plain.contains(&plain(text)) != *wanted {
            let (line, text, heard) =
                (*line, text.clone(), if heard.is_empty() { "(nothing)".to_owned() } else { heard });
            return Err(if *wanted {
                Difference::NotHeard { line, text, heard }
            } else {
                Difference::Heard { line, text, heard }
            });
        }
    }
    Ok(())
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
