//! Categories and tags to topics, as the operator says.

use std::collections::HashMap;

use crate::content::formats::xml::FeedSettings;

/// Slugs and names of the category that entries have which nobody gave one.
const NO_CATEGORY: [&str; 4] = ["uncategorized", "uncategorised", "ไม่มีหมวดหมู่", "ไม่ได้จัดหมวดหมู่"];

/// The topics of terms.
pub(super) struct Topics {
    taxonomies: Vec<String>,
    /// By names and slugs in lower case.
    given: HashMap<String, Vec<String>>,
}

/// A category, a tag or another term.
pub(super) struct Term<'a> {
    /// The taxonomy that it is of, where the feed tells.
    pub(super) taxonomy: Option<&'a str>,
    pub(super) slug: &'a str,
    pub(super) name: &'a str,
}

impl Topics {
    pub(super) fn new(settings: &FeedSettings) -> Topics {
        let given = settings.topics.iter().map(|(name, topics)| (name.trim().to_lowercase(), topics.all().to_vec()));
        Topics { taxonomies: settings.taxonomies.clone(), given: given.collect() }
    }

    /// The topics that the terms are, each once.
    pub(super) fn of<'a>(&self, terms: impl Iterator<Item = Term<'a>>) -> Vec<String> {
        let mut topics: Vec<String> = Vec::new();
        for topic in terms.flat_map(|term| self.of_term(&term)) {
            if !topic.is_empty() && !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        topics
    }

    fn of_term(&self, term: &Term<'_>) -> Vec<String> {
        let [slug, name] = [term.slug, term.name].map(|it| it.trim().to_lowercase());
        if let Some(given) = self.given.get(&slug).or_else(|| self.given.get(&name)) {
            return given.clone();
        }
        let is_topic = term.taxonomy.is_none_or(|taxonomy| self.taxonomies.iter().any(|it| it == taxonomy));
        let says_nothing = NO_CATEGORY.iter().any(|none| *none == slug || *none == name);
        if is_topic && !says_nothing { vec![term.name.trim().to_owned()] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::formats::settings::OneOrMany;

    #[test]
    fn terms_are_topics_by_their_names_or_as_the_operator_says() {
        let many = OneOrMany::Many(vec!["law".to_owned(), "procurement".to_owned()]);
        let topics = [("Featured", OneOrMany::Many(Vec::new())), ("กฎหมายพัสดุ", many)];
        let topics = topics.map(|(name, topics)| (name.to_owned(), topics)).into();
        let topics = Topics::new(&FeedSettings { topics, ..FeedSettings::default() });
        let terms = [
            (Some("category"), "featured", "แนะนำ"),
            (Some("format"), "video", "Video"),
            (Some("law_type"), "1", "กฎหมายพัสดุ"),
            (Some("post_tag"), "2", "สินบน"),
            (None, "", "procurement"),
            (Some("category"), "%e0", "ไม่มีหมวดหมู่"),
        ];
        let terms = terms.into_iter().map(|(taxonomy, slug, name)| Term { taxonomy, slug, name });
        assert_eq!(topics.of(terms), ["law", "procurement", "สินบน"]);
    }
}
