//! Python environments inside the checkout, with exactly the packages that a list pins.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::error::LocalStackError;

/// The oldest Python that the pinned packages install on.
const OLDEST: (u32, u32) = (3, 11);
/// Tells the version, and fails where there is no way to make an environment with pip in it.
const PROBE: &str = "import sys; print('%d.%d.%d' % sys.version_info[:3]); import venv, ensurepip";

/// The interpreter of the environment `name` under the checkout's `.local/`, made and filled first if it is not there or
/// the list `requirements` (a pip requirements file in which every package is pinned) has changed. Any number of processes
/// may ask at once: one installs, the others wait.
///
/// # Errors
/// [`LocalStackError::Missing`] names what the machine lacks, with its package.
pub fn environment(
    checkout: &Path,
    name: &str,
    requirements: &Path,
    tell: &dyn Fn(&str),
) -> Result<PathBuf, LocalStackError> {
    let version = python_version()?;
    let pinned =
        fs::read_to_string(requirements).map_err(|source| file_error("can't read", requirements.to_owned(), source))?;
    let stamp = format!("# Python {version}\n{pinned}");

    let local = checkout.join(".local");
    fs::create_dir_all(&local).map_err(|source| file_error("can't create", local.clone(), source))?;
    let lock_path = local.join(format!("{name}.lock"));
    let lock = File::create(&lock_path).map_err(|source| file_error("can't create", lock_path.clone(), source))?;
    lock.lock().map_err(|source| file_error("can't lock", lock_path, source))?;

    let directory = local.join(name);
    let python = directory.join("bin/python");
    // Written last, so that an installation that was broken off is started again.
    let stamp_path = directory.join("installed.txt");
    if fs::read_to_string(&stamp_path).is_ok_and(|installed| installed == stamp) {
        return Ok(python);
    }
    tell(&format!("installing {name} (once)"));
    if directory.exists() {
        fs::remove_dir_all(&directory).map_err(|source| file_error("can't remove", directory.clone(), source))?;
    }
    let install = |command: &mut Command| {
        let output = run(command)?;
        if output.status.success() {
            return Ok(());
        }
        Err(LocalStackError::Install { requirements: requirements.to_owned(), output: last_lines(&output) })
    };
    install(Command::new("python3").args(["-m", "venv"]).arg(&directory))?;
    install(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"])
            // The list is whole: nothing is chosen on the day of the installation.
            .args(["--no-deps", "--requirement"])
            .arg(requirements),
    )?;
    fs::write(&stamp_path, stamp).map_err(|source| file_error("can't write", stamp_path, source))?;
    Ok(python)
}

fn python_version() -> Result<String, LocalStackError> {
    match Command::new("python3").args(["-c", PROBE]).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(too_old(None)),
        Err(source) => Err(LocalStackError::Run { program: "python3".to_owned(), source }),
        Ok(output) => usable(String::from_utf8_lossy(&output.stdout).trim(), output.status.success()),
    }
}

/// The version, if environments can be made with it. `has_venv`: the probe went through.
fn usable(version: &str, has_venv: bool) -> Result<String, LocalStackError> {
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    if (numbers.next(), numbers.next()) < (Some(OLDEST.0), Some(OLDEST.1)) {
        return Err(too_old(Some(version).filter(|version| !version.is_empty())));
    }
    if !has_venv {
        return Err(LocalStackError::Missing { what: "Python's venv".to_owned(), package: "python3-venv" });
    }
    Ok(version.to_owned())
}

/// There is no Python that the packages install on, but perhaps one of the version `found`.
fn too_old(found: Option<&str>) -> LocalStackError {
    let (major, minor) = OLDEST;
    let found = found.map(|version| format!(" (python3 is {version})")).unwrap_or_default();
    LocalStackError::Missing { what: format!("Python {major}.{minor} or newer{found}"), package: "python3" }
}

fn run(command: &mut Command) -> Result<Output, LocalStackError> {
    command.output().map_err(|source| LocalStackError::Run {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })
}

fn last_lines(output: &Output) -> String {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n")
}

fn file_error(operation: &'static str, path: PathBuf, source: std::io::Error) -> LocalStackError {
    LocalStackError::File { operation, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_python_is_refused_with_the_version_that_is_wanted_and_the_one_found() {
        let refusal = |version: &str| usable(version, true).unwrap_err().to_string();
        let package = "is missing: install the package python3 (Debian's name)";
        assert_eq!(refusal("3.10.12"), format!("Python 3.11 or newer (python3 is 3.10.12) {package}"));
        assert_eq!(refusal("2.7.18"), format!("Python 3.11 or newer (python3 is 2.7.18) {package}"));
        assert_eq!(refusal(""), format!("Python 3.11 or newer {package}"));
        for version in ["3.11.0", "3.13.5", "4.0.0"] {
            assert_eq!(usable(version, true).unwrap(), version);
        }
        let without_venv = usable("3.11.0", false).unwrap_err().to_string();
        assert!(without_venv.contains("python3-venv"), "{without_venv}");
    }
}
