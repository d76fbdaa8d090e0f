//! `careline completions`: what a shell needs to complete `careline`'s commands and options.

use std::io::{self, Write};

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::command::Arguments;

/// The options of `careline completions`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The shell
    pub shell: Shell,
}

/// Writes the shell's script.
///
/// # Errors
/// What writing it failed with.
pub fn run(options: &Options, out: &mut dyn Write) -> io::Result<()> {
    // It panics where it can't write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "careline", &mut script);
    out.write_all(&script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_completes_commands_and_options() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut script = Vec::new();
            run(&Options { shell }, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            for word in ["keys", "promote", "keep-kms-key", "completions", "ES384"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }
}
