//! Keeps the index equal to the content folder.
//!
//! Three parts, apart so that each can be tested alone: a [`Trigger`] tells *when* to look (file system events, a
//! clock), the content folder's scan tells *what* differs from what was last applied, and the [`Indexer`] applies it,
//! and now and then learns terms from the articles ([`learn()`]). Whether they did, [`verify()`] tells.
//!
//! Events are only hints: what they name is looked at first, so that it is found soon in a large folder, and after a
//! change the whole folder is compared, so that a lost event costs time and never an article.

mod batch;
mod follow;
mod indexer;
mod learn;
mod measure;
mod names;
mod queue;
mod report;
mod root;
mod trigger;
mod verify;

pub use follow::{Pace, follow};
pub use indexer::Indexer;
pub use learn::learn;
pub use measure::describe;
pub use report::{Emptied, Folders, Rebuilt, Report, WatchError};
pub use trigger::{Trigger, Watching};
pub use verify::{Difference, Verified, verify};
