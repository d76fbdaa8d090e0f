//! The commands of `careline`, as they are written in a shell.

use clap::{Parser, Subcommand};

use crate::{call, completions, connection, doctor, keys, preview, provisioning};

/// Answers patients' calls about their medications, straight from Epic. This is the operator's tool.
#[derive(Debug, Parser)]
#[command(
    name = "careline",
    version,
    about,
    after_help = "Examples:\n  \
    careline call                                  answer a call on this machine\n  \
    careline keys list                             the keys of a deployed stack"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer a phone call on this machine: a local AWS, a simulated Epic, and you at the terminal
    #[command(after_help = "Examples:\n  \
        careline call                                  be the caller; without a terminal, the sample call\n  \
        careline call --script tests/scripts/verified.call\n  \
        careline call --number +14695555555 --channel keypad\n  \
        careline call --client-id ID --token-endpoint https://HOST/oauth2/token \\\n    \
                      --fhir-base-url https://HOST/api/FHIR/R4 --jwks-out jwks.json")]
    Call(call::Options),
    /// Give a connection its key, certificate and JWK Set, and print what to enter in Epic's app registration
    #[command(after_help = "Examples:\n  \
        careline provision                             asks for the names; a private CA issues the certificate\n  \
        careline provision --self-signed --yes         without a private CA, and without questions\n  \
        careline provision --stack careline-production --private-ca Mercy --common-name Careline --region us-east-1\n\n\
        Run again, it changes nothing. Credentials come from the environment:\n  \
        eval \"$(aws configure export-credentials --format env)\"")]
    Provision(provisioning::Provision),
    /// Undo `provision`: the connection's keys are not published any more, and deleted after a while
    #[command(after_help = "Examples:\n  \
        careline deprovision --connection sandbox\n  \
        careline deprovision --connection sandbox --private-ca Mercy --window 7")]
    Deprovision(provisioning::Deprovision),
    /// Say what a connection is: client id, endpoints, policies
    #[command(after_help = "Examples:\n  \
        careline connection show\n  \
        careline connection set --connection mercy --client-id ID")]
    Connection(connection::Options),
    /// Rotate the keys that Epic verifies us with, without an outage
    #[command(after_help = "Example, a whole rotation:\n  \
        careline keys add                              publish a new key\n  \
        careline keys list                             when it may sign\n  \
        careline keys promote NEW                      sign with it\n  \
        careline keys retire OLD                       take out the old one, when list says so\n\n\
        Region and credentials come from the environment:\n  \
        export AWS_REGION=us-east-1\n  \
        eval \"$(aws configure export-credentials --format env)\"")]
    Keys(keys::Options),
    /// Find out why Epic doesn't let us in, or that it does; changes nothing
    #[command(after_help = "Examples:\n  \
        careline doctor                                examine the only connection of the stack careline\n  \
        careline doctor --connection sandbox --json    for a script; 0 is well, 1 a failed check, 2 a wrong use\n  \
        careline doctor --test-patient patient.txt     find the patient_search setting that this site answers\n\n\
        The test patient stands in a file, since the command line is kept in the shell's history:\n  \
        phone: +14694694321\n  \
        birth_date: 1987-09-12\n  \
        gender: female")]
    Doctor(doctor::Options),
    /// Print what a caller would hear of a FHIR resource or Bundle; it needs no network
    #[command(after_help = "Examples:\n  \
        careline preview request.json                  what is said of it, a sentence a line\n  \
        careline preview --locale es_US --format ssml request.json\n  \
        careline preview --format json bundle.json     each sentence with where in the resource it stands\n\n\
        It reads a MedicationRequest, MedicationStatement, Medication or Appointment (R4, STU3), or a Bundle of them. A resource\n\
        by itself is spoken even where a patient's list would leave it out; standard error says why it would.")]
    Preview(preview::Options),
    /// Print what a shell needs to complete careline's commands and options
    #[command(after_help = "Examples:\n  \
        careline completions bash > ~/.local/share/bash-completion/completions/careline\n  \
        careline completions zsh > ~/.zfunc/_careline\n  \
        careline completions fish > ~/.config/fish/completions/careline.fish")]
    Completions(completions::Options),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn check_help(command: &clap::Command, path: &str) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("Example"), "{path} --help has no example");
        assert!(help.contains(path), "the example of {path} is of something else");
        assert!(command.get_about().is_some(), "{path} --help doesn't say what it does");
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            assert!(argument.get_help().is_some(), "{path}: {} is not explained", argument.get_id());
        }
        for subcommand in command.get_subcommands() {
            check_help(subcommand, &format!("{path} {}", subcommand.get_name()));
        }
    }

    #[test]
    fn every_command_has_a_help_with_an_example() {
        check_help(&Arguments::command(), "careline");
    }

    /// The examples are commands that are taken, each line of them.
    #[test]
    fn every_example_is_a_command_that_is_understood() {
        fn each(command: &clap::Command, check: &mut dyn FnMut(&str)) {
            check(&command.get_after_help().map(ToString::to_string).unwrap_or_default());
            command.get_subcommands().for_each(|subcommand| each(subcommand, check));
        }
        let mut count = 0;
        each(&Arguments::command(), &mut |help| {
            let help = help.replace("\\\n", " ");
            for line in help.lines().map(str::trim).filter(|line| line.starts_with("careline ")) {
                // What stands behind two spaces explains it, and a shell's redirection isn't ours.
                let words = line.split(" > ").next().unwrap_or_default();
                let words =
                    if words.contains("--client-id") { words } else { words.split("  ").next().unwrap_or_default() };
                count += 1;
                if let Err(error) = Arguments::try_parse_from(words.split_whitespace()) {
                    panic!("{line}\n{error}");
                }
            }
        });
        assert!(count >= 12, "only {count} examples found");
    }

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_kid_may_begin_with_a_hyphen() {
        for words in [&["promote", "-abc", "--yes"][..], &["promote", "--yes", "-abc"], &["retire", "-y", "--", "-abc"]]
        {
            let arguments = Arguments::try_parse_from(["careline", "keys"].iter().chain(words)).unwrap();
            let Command::Keys(options) = arguments.command else { panic!("keys") };
            let text = format!("{options:?}");
            assert!(text.contains(r#"kid: "-abc""#) && text.contains("yes: true"), "{text}");
        }
    }
}
