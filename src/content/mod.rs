//! Files to articles: the content folder as it is on disk, and what its files say.
//!
//! The only place that parses files. Takes paths and bytes, gives [`Article`]s, the folder as a
//! [`Snapshot`], the site's own data as a [`Site`], and for everything that is not as it should be a
//! [`Problem`] with path, line and reason. Knows nothing of the index.

mod article;
mod check;
mod draft;
mod folder;
mod formats;
mod html;
mod import;
mod ledger;
mod markdown;
mod metadata;
mod origin;
mod part;
mod problem;
mod read;
mod scan;
mod series;
mod sidecar;
mod site;
mod snapshot;
mod to_markdown;

pub use article::{Article, ArticleId, Block, BlockKind, Localized, PageStart, Reference, whole_title};
pub use check::{Checked, check};
pub use folder::{Folder, Look};
pub use formats::{FormatSettings, PdfReader, extract_pdf, formats};
pub use html::{Heading, Rendered, rendered, to_html};
pub use import::{Existing, Import, Imported};
pub use ledger::{Entry, Ledger};
pub use origin::Origin;
pub use part::{Ending, Part, Whole};
pub use problem::{ContentError, Problem, Severity, guarded};
pub use read::{Parsed, parse};
pub use site::{Ids, Names, Site};
pub use snapshot::{Changes, FileState, Files, FolderId, Snapshot};
pub use to_markdown::to_markdown;
