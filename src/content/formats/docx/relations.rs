//! What a part of a document refers to.

use std::collections::HashMap;

use crate::content::formats::xml::element::Element;

/// What a part refers to.
#[derive(Default)]
pub(super) struct Relations {
    /// The kind and the target of each, by id.
    by_id: HashMap<String, (String, String)>,
}

impl Relations {
    /// The relations of a part in `folder`.
    pub(super) fn of(relations: &Element, folder: &str) -> Relations {
        let by_id = relations.all("Relationship").filter_map(|relation| {
            let target = relation.attribute("Target")?;
            let is_outside = relation.attribute("TargetMode") == Some("External");
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None if is_outside || folder.is_empty() => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            Some((relation.attribute("Id")?.to_owned(), (relation.attribute("Type")?.to_owned(), target)))
        });
        Relations { by_id: by_id.collect() }
    }

    /// The target of a kind.
    pub(super) fn of_kind(&self, kind: &str) -> Option<&str> {
        self.by_id.values().find(|(it, _)| it.ends_with(kind)).map(|(_, target)| target.as_str())
    }

    /// The target of this id.
    pub(super) fn target(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(_, target)| target.as_str())
    }
}
