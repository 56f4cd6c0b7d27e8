//! The names of authors and organisations, whose words the segmenter is to know.

use std::collections::BTreeMap;

use crate::content::{Article, Entry, Folder, Ledger, Site, Snapshot};
use crate::index::{Facet, Generation, IndexError, Plan, Query, site_names};

/// The names in a generation.
pub(super) fn indexed_names(generation: &Generation) -> Result<Vec<String>, IndexError> {
    let plan = Plan::counting(Query::Everything, vec![Facet::Author, Facet::Organisation]);
    let counts = generation.index.search(&plan)?.facets;
    let names = counts.values().flatten().map(|(name, _)| &**name);
    Ok(site_names(&generation.site, names))
}

/// The same names, in the files that were seen: those of articles that will be indexed, and as they will be counted.
pub(super) fn folder_names(folder: &Folder, seen: &Snapshot, site: &Site) -> Vec<String> {
    let (mut ledger, mut names) = (Ledger::default(), BTreeMap::new());
    for path in seen.files.keys() {
        // What cannot be read is told by the look that indexes.
        let _ = folder.read(path, site, &mut |part| {
            ledger.set(&part.origin, Some(Entry::of(&part)));
            names.extend(part.read.ok().map(|parsed| (part.origin, names_of(parsed.article, site))));
        });
    }
    let owned = ledger.owned().filter_map(|(_, origin)| names.get(origin)).flatten();
    site_names(site, owned.map(String::as_str))
}

fn names_of(article: Article, site: &Site) -> Vec<String> {
    let authors = article.authors.iter().map(|name| site.author_id(name).to_owned());
    authors.chain(article.organisations.iter().cloned()).collect()
}
