//! One index with all that queries of it need.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Awaited, Index, IndexError, Notes};
use crate::content::Site;
use crate::text::Analyzer;

/// Counts the changes of documents and schema. Raise it with each change that makes an existing index
/// unfit.
pub(super) const DOCUMENTS: u32 = 12;

/// Tells whether an index fits: equal fingerprints mean the same terms, fields and names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

/// An index, the analyzer that cut its terms, and the site's data it was built with.
pub struct Generation {
    /// The documents.
    pub index: Arc<dyn Index>,
    /// Cuts documents and queries alike.
    pub analyzer: Analyzer,
    /// Names of topics and series.
    pub site: Site,
    /// What all this depends on.
    pub fingerprint: Fingerprint,
}

/// The generations that an engine keeps, one of them in use.
pub(super) trait Generations: Send + Sync {
    /// The one in use, or why there is none.
    fn current(&self) -> Result<Arc<Generation>, Awaited>;

    /// What it takes on disk, in bytes.
    fn bytes(&self) -> u64;

    /// See [`Store::begin`](super::Store::begin).
    fn begin(&self, site: Site) -> Result<Building, IndexError>;

    /// See [`Store::writing`](super::Store::writing).
    fn writing(&self) -> Result<Option<u64>, IndexError>;

    /// See [`Store::is_writing`](super::Store::is_writing).
    fn is_writing(&self) -> bool;

    /// See [`Store::is_reachable`](super::Store::is_reachable).
    fn is_reachable(&self) -> bool;

    /// See [`Store::discard`](super::Store::discard).
    fn discard(&self) -> Result<(), IndexError>;

    /// See [`Store::notes`](super::Store::notes).
    fn notes(&self, _: &str) -> Option<Notes> {
        None
    }

    /// See [`Store::has_restored`](super::Store::has_restored).
    fn has_restored(&self) -> bool;

    /// See [`Store::take_restored`](super::Store::take_restored).
    fn take_restored(&self) -> Result<(), IndexError>;
}

/// A generation that is being built and not in use.
pub struct Building {
    generation: Generation,
    put_into_use: PutIntoUse,
}

/// Holds what would be removed if the generation did not come into use.
type PutIntoUse = Box<dyn FnOnce(Generation) -> Result<(), IndexError> + Send>;

impl Building {
    /// A generation that `put_into_use` puts into use.
    pub(super) fn new(
        generation: Generation,
        put_into_use: impl FnOnce(Generation) -> Result<(), IndexError> + Send + 'static,
    ) -> Building {
        Building { generation, put_into_use: Box::new(put_into_use) }
    }

    /// The generation to add documents to.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    pub(super) fn put_into_use(self) -> Result<(), IndexError> {
        (self.put_into_use)(self.generation)
    }
}

impl Generation {
    pub(super) fn new(index: Arc<dyn Index>, site: Site) -> Generation {
        let analyzer = analyzer(&site);
        let fingerprint = Fingerprint::of(&analyzer, &site);
        Generation { index, analyzer, site, fingerprint }
    }

    /// Whether this program would cut its terms otherwise.
    pub fn is_outdated(&self) -> bool {
        self.fingerprint != Fingerprint::for_site(&self.site)
    }
}

impl Fingerprint {
    /// The fingerprint of a generation that this program would build for `site`.
    pub fn for_site(site: &Site) -> Fingerprint {
        Fingerprint::of(&analyzer(site), site)
    }

    fn of(analyzer: &Analyzer, site: &Site) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("documents {DOCUMENTS}\n{}\n", analyzer.fingerprint()).as_bytes());
        // Its maps are sorted, so equal sites have equal JSON. Strings and maps of them do not fail.
        hasher.update(&serde_json::to_vec(site).unwrap_or_default());
        Fingerprint(hasher.finalize().to_hex().to_string())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The analyzer of documents and queries of a site.
pub fn analyzer(site: &Site) -> Analyzer {
    Analyzer::new(site.thai_words())
}

/// What [`Site::names`] are for these names of authors and organisations: those of their Thai words that the
/// segmenter lacks.
pub fn site_names<'a>(site: &Site, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let analyzer = analyzer(&Site { names: Vec::new(), ..site.clone() });
    let words: BTreeSet<&str> = names.into_iter().flat_map(str::split_whitespace).collect();
    words.into_iter().filter(|word| analyzer.lacks(word)).map(str::to_owned).collect()
}
