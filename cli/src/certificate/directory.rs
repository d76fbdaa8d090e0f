//! The directory that what was provisioned is left in.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::CertificateError;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// It was there with the same content, and was not touched.
    Unchanged,
    /// It was not there.
    Written,
    /// It was there with another content.
    Replaced,
    /// It was there, and belongs to what is there no longer.
    Removed,
}

/// A file, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What became of it.
    pub state: FileState,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            FileState::Unchanged => "unchanged",
            FileState::Written => "written",
            FileState::Replaced => "replaced",
            FileState::Removed => "removed",
        };
        write!(f, "{state}: {}", self.path.display())
    }
}

/// A directory of files, each whole or not there: a file is written beside its place and moved into it.
pub(super) struct Directory<'a>(&'a Path);

impl<'a> Directory<'a> {
    /// The directory at `path`, made if it is not there.
    pub(super) fn at(path: &'a Path) -> Result<Self, CertificateError> {
        fs::create_dir_all(path).map_err(|source| failed("can't create", path.to_owned(), source))?;
        Ok(Self(path))
    }

    /// The content of a file; none where there is none.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, CertificateError> {
        let path = self.0.join(name);
        match fs::read(&path) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("can't read", path, source)),
        }
    }

    /// Sees to it that a file has this content.
    pub(super) fn put(&self, name: &str, content: &[u8]) -> Result<File, CertificateError> {
        let path = self.0.join(name);
        let state = match self.read(name)? {
            Some(there) if there == content => return Ok(File { path, state: FileState::Unchanged }),
            Some(_) => FileState::Replaced,
            None => FileState::Written,
        };
        let beside = self.0.join(format!(".{name}.new"));
        fs::write(&beside, content)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|source| failed("can't write", path.clone(), source))?;
        Ok(File { path, state })
    }

    /// Sees to it that a file is not there; none where it was not.
    pub(super) fn remove(&self, name: &str) -> Result<Option<File>, CertificateError> {
        let path = self.0.join(name);
        match fs::remove_file(&path) {
            Ok(()) => Ok(Some(File { path, state: FileState::Removed })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("can't remove", path, source)),
        }
    }
}

fn failed(operation: &'static str, path: PathBuf, source: io::Error) -> CertificateError {
    CertificateError::File { operation, path, source }
}
