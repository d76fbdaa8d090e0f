//! What the documents claim of the code is read from the code: the README's table of variables, its error codes, and the
//! tests that ARCHITECTURE.md names for its invariants.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use shared::environment::Variable;

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

type Declared = [(&'static str, &'static [Variable]); 4];

/// What each function reads from its environment.
const VARIABLES: Declared = [
    ("token-refresher", token_refresher::config::VARIABLES),
    ("fulfillment", fulfillment::config::VARIABLES),
    ("prefetch-worker", prefetch_worker::config::VARIABLES),
    ("jwks", jwks::config::VARIABLES),
];
/// What each function reads of a connection's settings.
const SETTINGS: Declared = [
    ("token-refresher", token_refresher::config::SETTINGS),
    ("fulfillment", fulfillment::config::SETTINGS),
    ("prefetch-worker", prefetch_worker::config::SETTINGS),
    ("jwks", &[]),
];

/// Every variable with the functions that read it.
fn variables(functions: Declared) -> Vec<(&'static Variable, Vec<&'static str>)> {
    let mut found: Vec<(&'static Variable, Vec<&'static str>)> = Vec::new();
    for (function, variables) in functions {
        for variable in variables {
            match found.iter_mut().find(|(known, _)| known.name == variable.name) {
                Some((known, readers)) => {
                    assert_eq!(*known, variable, "{} is declared twice, differently", variable.name);
                    readers.push(function);
                }
                None => found.push((variable, vec![function])),
            }
        }
    }
    found
}

/// The rows that the README's table must have, as they must stand there.
fn expected_rows(functions: Declared) -> Vec<String> {
    let row = |(variable, readers): &(&Variable, Vec<&str>)| {
        let default = match variable.default {
            None => "must be set".to_owned(),
            Some("") => "empty".to_owned(),
            Some(value) => format!("`{value}`"),
        };
        let readers = if readers.len() == functions.len() { "all".to_owned() } else { readers.join(", ") };
        let cells = [
            format!("`{}`", variable.name),
            readers,
            variable.expectation.to_owned(),
            default,
            variable.purpose.to_owned(),
        ];
        format!("| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
    };
    variables(functions).iter().map(row).collect()
}

#[test]
fn the_readmes_tables_of_variables_and_settings_are_the_codes() {
    let readme = document("README.md");
    let expected = [expected_rows(VARIABLES), expected_rows(SETTINGS)].concat();
    let missing: Vec<_> = expected.iter().filter(|row| !readme.contains(row.as_str())).collect();
    assert!(
        missing.is_empty(),
        "rows that README.md lacks:\n{}",
        missing.iter().map(|row| format!("{row}\n")).collect::<String>()
    );
    let named = readme.lines().filter(|line| {
        line.starts_with("| `") && line.contains(" | must be set | ") || line.starts_with("| `LOG_LEVEL")
    });
    let known: BTreeSet<_> = expected.iter().map(String::as_str).collect();
    for line in named {
        assert!(known.contains(line), "README.md tells of a variable that no function reads:\n{line}");
    }
}

/// ARCHITECTURE.md names each invariant's tests in the last column: one that was renamed or lost is found here.
#[test]
fn every_test_that_the_architecture_names_exists() {
    let mut sources = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut sources);
    let architecture = document("ARCHITECTURE.md");
    let mut names = 0;
    let (_, invariants) = architecture.split_once("## What always holds").expect("the section of invariants");
    for cell in invariants
        .lines()
        .filter(|line| line.starts_with("| "))
        .filter_map(|line| line.trim_end_matches(" |").rsplit(" | ").next())
    {
        for name in
            cell.split('`').skip(1).step_by(2).filter(|name| name.contains('_') && !name.contains(['/', '.', ':']))
        {
            names += 1;
            assert!(
                sources.contains(&format!("fn {name}(")),
                "ARCHITECTURE.md names the test {name}, and there is none"
            );
        }
    }
    assert!(names >= 12, "only {names} tests are named in ARCHITECTURE.md's tables");
}

fn collect(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') && name != "node_modules" {
            collect(&path, text);
        } else if name.ends_with(".rs") {
            text.push_str(&fs::read_to_string(&path).expect("a readable file"));
        }
    }
}

/// The codes in log lines and of errors, as the code writes them.
#[test]
fn every_code_that_is_logged_is_in_the_dictionary() {
    let mut sources = String::new();
    for folder in ["functions", "shared/src"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), &mut sources);
    }
    let dictionary = document("docs/logging.md");
    let logged: BTreeSet<_> = sources.split("code = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(logged.len() > 20, "only {} codes found in the sources", logged.len());
    for code in &logged {
        assert!(dictionary.contains(&format!("| `{code}` |")), "docs/logging.md says nothing of {code}");
    }
    let (codes, _) = dictionary.split_once("## Why a refresh fails").expect("the sections of the dictionary");
    for line in codes.lines().filter_map(|line| line.strip_prefix("| `")) {
        let code = line.split('`').next().unwrap_or_default();
        assert!(logged.contains(code), "docs/logging.md tells of {code}, which nothing logs");
    }
}
