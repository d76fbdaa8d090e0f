//! The person, or the script, that runs a command: who is told what it will change, and asked before it does.

use std::io::{self, Write};

use clap::Args;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _};

/// Agreement given beforehand.
#[derive(Debug, Clone, Args)]
pub struct Consent {
    /// Do it without asking; a name that would be asked for is the customary one
    #[arg(long, short)]
    pub yes: bool,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotAgreed {
    /// Nobody is there to be asked.
    #[error("nothing was changed: there is no terminal to ask at; give --yes to have it done")]
    NobodyToAsk,
    /// The answer was no.
    #[error("nothing was changed")]
    Declined,
    /// The answer could not be read.
    #[error("nothing was changed: the answer can't be read")]
    Unreadable(#[source] io::Error),
}

/// Who runs a command.
pub struct Operator<'a> {
    /// Where answers come from. It is read without blocking, so that a signal ends the command while it asks.
    pub input: &'a mut (dyn AsyncBufRead + Unpin),
    /// Where everything is told.
    pub out: &'a mut dyn Write,
    /// Whether somebody sits at the input.
    pub is_terminal: bool,
}

impl Operator<'_> {
    /// Tells a line. Nothing is lost but the sight of it when nobody reads any more.
    pub fn tell(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }

    /// Asks for a name, with one that is taken where nothing is answered. `yes` is `--yes`: that one is taken, unasked.
    ///
    /// # Errors
    /// [`NotAgreed`] where nobody can be asked.
    pub async fn ask(&mut self, question: &str, customary: &str, yes: bool) -> Result<String, NotAgreed> {
        if yes {
            return Ok(customary.to_owned());
        }
        if !self.is_terminal {
            return Err(NotAgreed::NobodyToAsk);
        }
        let _ = write!(self.out, "{question} [{customary}]: ").and_then(|()| self.out.flush());
        let mut answer = String::new();
        self.input.read_line(&mut answer).await.map_err(NotAgreed::Unreadable)?;
        Ok(match answer.trim() {
            "" => customary.to_owned(),
            answer => answer.to_owned(),
        })
    }

    /// Asks whether what was told is to be done. `yes` is `--yes`: agreed already.
    ///
    /// # Errors
    /// [`NotAgreed`] unless it is.
    pub async fn agree(&mut self, yes: bool) -> Result<(), NotAgreed> {
        if yes {
            return Ok(());
        }
        if !self.is_terminal {
            return Err(NotAgreed::NobodyToAsk);
        }
        let _ = write!(self.out, "Do it? [y/N] ").and_then(|()| self.out.flush());
        let mut answer = String::new();
        self.input.read_line(&mut answer).await.map_err(NotAgreed::Unreadable)?;
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(NotAgreed::Declined),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(answer: &str, is_terminal: bool, yes: bool) -> (Result<(), NotAgreed>, String) {
        let mut out = Vec::new();
        let agreed = Operator { input: &mut answer.as_bytes(), out: &mut out, is_terminal }.agree(yes).await;
        (agreed, String::from_utf8(out).unwrap())
    }

    #[tokio::test]
    async fn only_a_yes_is_a_yes() {
        for yes in ["y\n", "Yes\n", " y \r\n", "y"] {
            assert!(asked(yes, true, false).await.0.is_ok(), "{yes:?}");
        }
        for no in ["\n", "", "n\n", "yep\n", "ja\n"] {
            let (agreed, said) = asked(no, true, false).await;
            assert!(matches!(agreed, Err(NotAgreed::Declined)), "{no:?}");
            assert_eq!(said, "Do it? [y/N] ");
        }
    }

    #[tokio::test]
    async fn without_a_terminal_nothing_is_done_unless_it_was_agreed_before() {
        assert!(matches!(asked("y\n", false, false).await.0, Err(NotAgreed::NobodyToAsk)));
        for is_terminal in [false, true] {
            let (agreed, said) = asked("", is_terminal, true).await;
            assert!(agreed.is_ok());
            assert_eq!(said, "");
        }
    }
}
