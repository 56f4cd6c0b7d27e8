//! What was learned from the articles of a generation, in a document of its own.

use serde::{Deserialize, Serialize};

use super::error::ClusterError;
use super::state::{Expected, State};
use crate::index::Learned;

#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    learned: Learned,
    /// The name of the last commit when it was written: after another one, others may have taught it.
    #[serde(default)]
    commit: String,
}

/// The name of the document of the generation `index`.
pub(super) fn learned_of(index: &str) -> String {
    format!("learned-{index}")
}

/// What was learned, as the commit with this name, the last one, has it.
pub(super) fn read(state: &State<'_>, index: &str, commit: &str) -> Result<Learned, ClusterError> {
    let Some((kept, _)) = state.read::<Kept>(&learned_of(index))? else { return Ok(Learned::default()) };
    let is_of_commit = kept.commit == commit;
    Ok(Learned { by: if is_of_commit { kept.learned.by } else { String::new() }, ..kept.learned })
}

/// Writes what was learned, for the commit with this name.
pub(super) fn write(state: &State<'_>, index: &str, commit: &str, learned: Learned) -> Result<(), ClusterError> {
    let kept = Kept { learned, commit: commit.to_owned() };
    state.write(&learned_of(index), &kept, Expected::Anything).map(drop)
}
