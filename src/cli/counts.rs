//! Where searches are counted: in a folder of this machine, or in the cluster with what all servers count.

use anyhow::Context;

use crate::analytics::{self, AnalyticsError, Folder, Recorder, Retention, Shared, Storage};
use crate::config::{Config, EngineKind};
use crate::index::{Access, Notes, Store};

/// What the notes in the cluster are called.
const KIND: &str = "analytics";

/// What counts searches, where the operator wants it.
pub(super) fn recorder(config: &Config, store: &Store) -> anyhow::Result<Option<Recorder>> {
    let Some(folder) = &config.analytics else { return Ok(None) };
    let retention = Retention(config.analytics_days);
    Ok(Some(match shared(store) {
        Some(shared) => Recorder::new(shared, retention),
        None => Recorder::open(Folder::new(folder), retention)?,
    }))
}

/// What was counted, to be read; `None` where nothing is counted.
pub(super) fn counted(config: &Config) -> anyhow::Result<Option<Box<dyn Storage>>> {
    let Some(folder) = &config.analytics else { return Ok(None) };
    if config.engine == EngineKind::Embedded {
        return Ok(Some(Box::new(Folder::new(folder))));
    }
    let shared = shared(&super::store(config, Access::Read)?).context("the cluster keeps no counts")?;
    Ok(Some(Box::new(shared)))
}

fn shared(store: &Store) -> Option<Shared<InCluster>> {
    let notes = store.notes(KIND)?;
    let process = notes.process().to_owned();
    Some(Shared::new(InCluster(notes), process))
}

/// Notes in the cluster.
struct InCluster(Notes);

impl analytics::Notes for InCluster {
    fn read(&self, first: &str, end: &str) -> Result<Vec<(String, String)>, AnalyticsError> {
        self.0.read(first, end).map_err(|error| AnalyticsError::Away(error.to_string()))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), AnalyticsError> {
        self.0.write(name, text).map_err(|error| AnalyticsError::Away(error.to_string()))
    }

    fn remove_before(&self, end: &str) -> Result<(), AnalyticsError> {
        self.0.remove_before(end).map_err(|error| AnalyticsError::Away(error.to_string()))
    }
}
