//! The connections that a function serves, each opened with its own settings: one whose settings are wrong or can't be
//! read, or whose Epic is down, disturbs no other.

use std::fmt;

use futures_util::future::join_all;
use tokio::sync::OnceCell;

use crate::connection::ConnectionName;
use crate::connection_settings::{Settings, SettingsError, SettingsStore};
use crate::environment::ConfigError;
use crate::telemetry::ErrorChain;

type Open<T> = dyn Fn(&ConnectionName, &Settings) -> Result<T, ConfigError> + Send + Sync;

/// What a function has opened for each connection: a client of its Epic, with its policies.
///
/// Settings are read at start, and kept for as long as the process lives. Those that could not be used are read again when
/// they are next needed, so that a connection that has just been set up is served without a new deployment.
pub struct Connections<T> {
    opened: Vec<(ConnectionName, OnceCell<T>)>,
    settings: SettingsStore,
    open: Box<Open<T>>,
}

impl<T> Connections<T> {
    /// The connections of these `names`, opened by `open` with their settings.
    pub fn new(
        names: Vec<ConnectionName>,
        settings: SettingsStore,
        open: impl Fn(&ConnectionName, &Settings) -> Result<T, ConfigError> + Send + Sync + 'static,
    ) -> Self {
        let opened = names.into_iter().map(|name| (name, OnceCell::new())).collect();
        Self { opened, settings, open: Box::new(open) }
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &ConnectionName> {
        self.opened.iter().map(|(name, _)| name)
    }

    /// The name of the only one, where there is one only.
    pub fn only(&self) -> Option<&ConnectionName> {
        match self.opened.as_slice() {
            [(name, _)] => Some(name),
            _ => None,
        }
    }

    /// Opens all of them, side by side: at start, when there is processor time to spare. What fails is logged, and tried
    /// again when it is needed.
    pub async fn prepare(&self) {
        let opening = self.names().map(|name| async move { (name, self.get(name).await.err()) });
        for (name, error) in join_all(opening).await {
            if let Some(error) = error {
                let connection = name.as_str();
                tracing::error!(code = error.code(), connection, error = %ErrorChain(&error), "a connection can't be served");
            }
        }
    }

    /// The connection of this name.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub async fn get(&self, name: &ConnectionName) -> Result<&T, SettingsError> {
        let (name, cell) = self.opened.iter().find(|(known, _)| known == name).ok_or(SettingsError::Unknown)?;
        cell.get_or_try_init(|| async {
            let settings = self.settings.read(name).await?;
            (self.open)(name, &settings).map_err(SettingsError::Incomplete)
        })
        .await
    }

    /// The connection of this name as its settings are now, whatever they were when it was opened.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub async fn read_anew(&self, name: &ConnectionName) -> Result<T, SettingsError> {
        let (name, _) = self.opened.iter().find(|(known, _)| known == name).ok_or(SettingsError::Unknown)?;
        let settings = self.settings.read(name).await?;
        (self.open)(name, &settings).map_err(SettingsError::Incomplete)
    }
}

impl<T> fmt::Debug for Connections<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
