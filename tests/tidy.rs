//! The invariants of the code's structure (ARCHITECTURE.md): who may depend on whom, how large a file may grow, and what
//! clippy cannot see of our rules on logging.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

const FUNCTIONS: [&str; 4] = ["token-refresher", "fulfillment", "prefetch-worker", "jwks"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

/// What each crate of the workspace links, without what only its tests use.
fn linked() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(checkout())
        .output()
        .expect("cargo metadata runs");
    let metadata: Metadata = shared::json::decode(&output.stdout).expect("cargo metadata answers JSON");
    let normal = |package: &Package| {
        package.dependencies.iter().filter(|d| d.kind.is_none()).map(|d| d.name.clone()).collect::<BTreeSet<_>>()
    };
    metadata.packages.iter().map(|package| (package.name.clone(), normal(package))).collect()
}

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the checkout")
}

/// Every Rust file of the crates, as (path within the checkout, text).
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(directory: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(directory).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a readable file");
                found.push((path.strip_prefix(checkout()).expect("within the checkout").to_owned(), text));
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["functions", "shared", "cli", "tests"] {
        walk(&checkout().join(folder), &mut found);
    }
    assert!(found.len() > 40, "only {} sources found: does this test look in the right place?", found.len());
    found
}

#[test]
fn functions_know_shared_and_never_each_other() {
    let linked = linked();
    for function in FUNCTIONS {
        assert!(linked[function].contains("shared"), "{function}");
        for other in FUNCTIONS.into_iter().chain(["careline", "epic-simulator"]) {
            assert!(!linked[function].contains(other), "{function} must not know {other}");
        }
    }
}

#[test]
fn shared_knows_no_event_source() {
    for edge in ["lambda_runtime", "aws_lambda_events", "aws-sdk-kms", "aws-sdk-sqs"] {
        assert!(!linked()["shared"].contains(edge), "shared must not know {edge}");
    }
}

#[test]
fn only_token_refresher_can_sign_and_only_fulfillment_can_queue() {
    let linked = linked();
    for function in FUNCTIONS {
        assert_eq!(linked[function].contains("aws-sdk-kms"), function == "token-refresher", "{function}");
        assert_eq!(linked[function].contains("aws-sdk-sqs"), function == "fulfillment", "{function}");
    }
}

#[test]
fn there_is_one_tls_stack() {
    let lock = fs::read_to_string(checkout().join("Cargo.lock")).expect("Cargo.lock");
    let versions = |name: &str| lock.matches(&format!("name = \"{name}\"\n")).count();
    for other in ["native-tls", "openssl", "openssl-sys", "aws-lc-rs", "aws-lc-sys", "hyper-tls", "s2n-tls"] {
        assert_eq!(versions(other), 0, "{other} is a second TLS stack");
    }
    assert_eq!(versions("rustls"), 1);
    assert_eq!(versions("ring"), 1);
}

#[test]
fn a_main_holds_wiring_only() {
    for function in FUNCTIONS {
        let path = checkout().join("functions").join(function).join("src/main.rs");
        let lines = fs::read_to_string(&path).expect("a main.rs").lines().count();
        assert!(lines <= 40, "functions/{function}/src/main.rs has {lines} lines: what is more than wiring?");
    }
}

#[test]
fn no_file_has_more_than_four_hundred_lines_of_code() {
    for (path, text) in sources() {
        // A longer one holds more than one concept. Tests beside the code don't count: they make a file longer, not harder
        // to find one's way in.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().lines().count();
        assert!(code <= 400, "{} has {code} lines of code", path.display());
    }
}

#[test]
fn instrument_never_records_arguments() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path.file_name() != Some("tidy.rs".as_ref())) {
        for line in text.lines().filter(|line| {
            line.trim_start().starts_with("#[tracing::instrument") || line.trim_start().starts_with("#[instrument")
        }) {
            assert!(line.contains("skip_all"), "{}: {line}", path.display());
        }
    }
}

/// clippy's ban of `tracing_core::field::debug` sees `?value`, but not `"{value:?}"`.
#[test]
fn no_log_line_holds_debug_text() {
    let macros = ["error!(", "warn!(", "info!(", "debug!(", "trace!("];
    for (path, text) in sources() {
        if !(path.starts_with("functions") || path.starts_with("shared")) {
            continue;
        }
        for start in macros
            .iter()
            .flat_map(|name| text.match_indices(&format!("tracing::{name}")).map(|(at, _)| at).collect::<Vec<_>>())
        {
            let statement = text[start..].split_inclusive(';').next().unwrap_or_default();
            assert!(!statement.contains(":?") && !statement.contains(" ?"), "{}: {statement}", path.display());
        }
    }
}

/// A function's client gives up after 2 s and asks again; a test that does finds two where it asked for one, on a machine
/// that is busy.
#[test]
fn tests_ask_aws_without_hurry() {
    let [operator, debug_text, this] =
        ["tests/support/operator.rs", "tests/phi_leak/debug_text.rs", "tests/tidy.rs"].map(Path::new);
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("tests")) {
        let may = [operator, debug_text, this].contains(&path.as_path());
        assert!(may || !text.contains(".sdk_config("), "{}: see support/operator.rs", path.display());
    }
}

/// A `use` of the macros would hide them from the test above.
#[test]
fn log_macros_are_written_with_their_crate() {
    for (path, text) in
        sources().into_iter().filter(|(path, _)| path.starts_with("functions") || path.starts_with("shared"))
    {
        for name in ["error", "warn", "info", "debug", "trace"] {
            assert!(!text.contains(&format!("use tracing::{name}")), "{}", path.display());
        }
        assert!(!text.contains("use tracing::{"), "{}", path.display());
    }
}

/// Functions of `shared` with a type of AWS's, of HTTP or of JSON in their signature, beside constructors that take a client:
/// what makes and reads the one HTTP client, what configures the SDK, and what takes facts from its errors and items.
const WITH_FOREIGN_TYPES: [(&str, &str); 8] = [
    ("shared/src/access_token/store.rs", "parse"),
    ("shared/src/aws.rs", "sdk_config"),
    ("shared/src/aws.rs", "sdk_config_for_invoke"),
    ("shared/src/aws/error.rs", "new"),
    ("shared/src/http.rs", "client"),
    ("shared/src/http.rs", "new"),
    ("shared/src/http.rs", "read_body"),
    ("shared/src/http.rs", "server_date"),
];

#[test]
fn the_aws_http_and_json_types_of_others_are_in_no_signature_of_shared_but_in_those_listed() {
    let mut found = BTreeSet::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("shared/src")) {
        let foreign = foreign_names(&text);
        for (name, signature) in exported_functions(&text) {
            let makes_one = signature.contains("-> Self") || signature.contains("-> Result<Self");
            let has_foreign = words(&signature).any(|word| {
                let is_client = makes_one && word.ends_with("::Client");
                !is_client && (is_foreign(word) || foreign.contains(word))
            });
            if has_foreign {
                found.insert((path.to_string_lossy().into_owned(), name));
            }
        }
    }
    let listed = WITH_FOREIGN_TYPES.map(|(path, name)| (path.to_owned(), name.to_owned()));
    assert_eq!(found, BTreeSet::from(listed));
}

/// Whether a path begins with a crate whose types stay within `shared`.
fn is_foreign(path: &str) -> bool {
    path.starts_with("aws_")
        || ["reqwest::", "serde_json::", "http::", "hyper::"].iter().any(|name| path.starts_with(name))
}

/// A text's words and paths, such as `Option` and `reqwest::Client`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).map(|word| word.trim_matches(':'))
}

/// What a file calls its types from those crates, by its `use`s.
fn foreign_names(text: &str) -> BTreeSet<&str> {
    let uses = text.split("\nuse ").skip(1).filter_map(|rest| rest.split(';').next());
    let foreign = uses.filter(|path| is_foreign(path));
    let names = foreign.flat_map(|path| words(path).filter_map(|path| path.rsplit("::").next()));
    names.filter(|name| name.starts_with(char::is_uppercase)).collect()
}

/// The functions that a file exports, each with its signature, on however many lines that stands.
fn exported_functions(text: &str) -> Vec<(String, String)> {
    let starts = text.match_indices("pub ").map(|(at, _)| &text[at..]);
    let functions = starts.filter_map(|rest| {
        let signature = rest.split(['{', ';']).next()?;
        let (qualifiers, rest) = signature.split_once("fn ")?;
        let is_function = qualifiers.split_whitespace().all(|word| ["pub", "async", "const", "unsafe"].contains(&word));
        let name = rest.split(['(', '<']).next()?;
        is_function.then(|| (name.to_owned(), signature.to_owned()))
    });
    functions.collect()
}

#[test]
fn a_type_of_others_is_found_in_a_signature_on_several_lines_and_under_its_imported_name() {
    let text = "//! A file.\nuse aws_sdk_dynamodb::types::{AttributeValue, Put};\nuse std::fmt;\n\nimpl One {\n    pub async fn \
                two(\n        &self,\n        item: &AttributeValue,\n    ) -> Option<u8> {}\n    pub(crate) fn three() {}\n}\n";
    assert_eq!(foreign_names(text).into_iter().collect::<Vec<_>>(), ["AttributeValue", "Put"]);
    let functions = exported_functions(text);
    assert_eq!(functions.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["two"]);
    assert!(words(&functions[0].1).any(|word| word == "AttributeValue"), "{functions:?}");
}
