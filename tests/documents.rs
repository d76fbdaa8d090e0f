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

/// The rows of the README's table whose first column is headed `first`.
fn rows(readme: &str, first: &str) -> Vec<String> {
    let head = format!("| {first} | read by | must be | if not set | what it is for |\n");
    let (_, table) = readme.split_once(&head).unwrap_or_else(|| panic!("README.md has no table of each {first}"));
    let rows = table.lines().take_while(|line| line.starts_with('|')).skip(1);
    rows.map(str::to_owned).collect()
}

#[test]
fn the_readmes_tables_of_variables_and_settings_are_the_codes() {
    let readme = document("README.md");
    for (first, functions) in [("variable", VARIABLES), ("setting", SETTINGS)] {
        let (told, expected) = (rows(&readme, first), expected_rows(functions));
        let lacking = expected.iter().filter(|row| !told.contains(row)).map(|row| format!("{row}\n"));
        let too_much = told.iter().filter(|row| !expected.contains(row)).map(|row| format!("{row}\n"));
        let (lacking, too_much) = (lacking.collect::<String>(), too_much.collect::<String>());
        assert!(lacking.is_empty(), "rows that README.md lacks:\n{lacking}");
        assert!(too_much.is_empty(), "README.md tells of a {first} that no function reads, or otherwise:\n{too_much}");
        assert_eq!(told.len(), expected.len(), "README.md tells of a {first} twice");
    }
}

/// ARCHITECTURE.md names each invariant's tests in the last column: one that was renamed or lost is found here, and so is
/// one that is run no longer.
#[test]
fn every_test_that_the_architecture_names_is_run() {
    let mut sources = String::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut sources);
    let tests = tests(&sources);
    let architecture = document("ARCHITECTURE.md");
    let (_, invariants) = architecture.split_once("## What always holds").expect("the section of invariants");
    let mut rows = 0;
    // Below the table's head.
    for row in invariants.lines().filter(|line| line.starts_with('|')).skip(2) {
        let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        let names = cell.split('`').skip(1).step_by(2).collect::<Vec<_>>();
        assert!(!names.is_empty(), "ARCHITECTURE.md names no test for an invariant:\n{row}");
        for name in names {
            assert!(tests.contains(name), "ARCHITECTURE.md names the test {name}, and there is none that is run");
        }
        rows += 1;
    }
    assert!(rows > 0, "ARCHITECTURE.md has no table of invariants");
}

/// The names of the functions with a test's attribute, and without one that keeps it from being run.
fn tests(sources: &str) -> BTreeSet<&str> {
    let mut tests = BTreeSet::new();
    let (mut is_test, mut is_ignored) = (false, false);
    for line in sources.lines().map(str::trim_start) {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        is_ignored |= line.starts_with("#[ignore");
        if line.starts_with("#[") || line.starts_with("//") || line.is_empty() {
            continue;
        }
        let name = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let Some(name) = name.filter(|_| is_test && !is_ignored) {
            tests.extend(name.split('(').next());
        }
        (is_test, is_ignored) = (false, false);
    }
    tests
}

#[test]
fn a_function_without_a_tests_attribute_is_no_test() {
    let sources = "#[test]\nfn one() {}\n#[tokio::test]\n// Why.\nasync fn two() {}\nfn three() {}\n#[test]\n#[ignore]\nfn four() {}\n";
    assert_eq!(tests(sources).into_iter().collect::<Vec<_>>(), ["one", "two"]);
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
