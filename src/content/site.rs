//! The site's own data, kept in the content folder beside the articles: names of topics, series and authors in
//! both languages, and words that the dictionary lacks.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::formats::FormatSettings;
use super::problem::Problem;
use super::series::split_series;
use crate::text::{Language, normalize};

/// Names and words of one site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Topic id (`procurement/bid-rigging`) to its names; from `topics.toml`.
    pub topics: BTreeMap<String, Names>,
    /// Series id to its names; from `series.toml`.
    pub series: BTreeMap<String, Names>,
    /// Author id to the names that one author is known by; from `authors.toml`.
    pub authors: BTreeMap<String, Names>,
    /// Thai words for the segmenter; from `words.txt`.
    pub words: Vec<String>,
    /// Terms in both languages, a concept a line; from `glossary.tsv`.
    pub glossary: Vec<String>,
    /// What the operator says of formats; from `formats.toml`.
    #[serde(default)]
    pub formats: FormatSettings,
    /// Thai words in the names of authors and organisations that no dictionary has; from the articles, sorted.
    pub names: Vec<String>,
    /// Made of topics, series and authors.
    #[serde(skip)]
    pub ids: Ids,
}

/// Ids by what they are called, folded: read of a site when the first is looked up, since each article asks many times.
#[derive(Debug, Default)]
pub struct Ids(OnceLock<[HashMap<String, String>; 3]>);

/// A copy of a site may be changed.
impl Clone for Ids {
    fn clone(&self) -> Ids {
        Ids::default()
    }
}

/// They say nothing that the site does not.
impl PartialEq for Ids {
    fn eq(&self, _: &Ids) -> bool {
        true
    }
}

/// What one thing is called: a topic, a series or an author.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The name in Thai.
    pub th: Option<String>,
    /// The name in English.
    pub en: Option<String>,
    /// Other ways in which it is written.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Names {
    /// Every name.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.th.iter().chain(&self.en).chain(&self.aliases).map(String::as_str)
    }

    /// The name in `language`, or else in the other.
    fn label(&self, language: Language) -> Option<&str> {
        match language {
            Language::Thai => self.th.as_deref().or(self.en.as_deref()),
            Language::English => self.en.as_deref().or(self.th.as_deref()),
        }
    }
}

impl Site {
    /// Names of the files in the content folder that hold the site's data.
    pub const FILES: [&'static str; 6] =
        ["topics.toml", "series.toml", "authors.toml", "words.txt", "glossary.tsv", "formats.toml"];

    /// Reads the site's data from the content folder; the names are those of `last`. A file that is not there holds nothing; for one that
    /// cannot be used `last` serves, and a [`Problem`] says why.
    pub fn read(folder: &Path, last: &Site) -> (Site, Vec<Problem>) {
        let mut problems = Vec::new();
        let [topics, series, authors, words, glossary, formats] = Site::FILES;
        let site = Site {
            topics: or_last(toml_file(folder, topics), &last.topics, &mut problems),
            series: or_last(toml_file(folder, series), &last.series, &mut problems),
            authors: or_last(toml_file(folder, authors), &last.authors, &mut problems),
            words: or_last(words_file(folder, words), &last.words, &mut problems),
            glossary: glossary_file(folder, glossary, &last.glossary, &mut problems),
            formats: or_last(toml_file(folder, formats), &last.formats, &mut problems),
            names: last.names.clone(),
            ids: Ids::default(),
        };
        for (name, named) in [(topics, &site.topics), (series, &site.series), (authors, &site.authors)] {
            problems.extend(shared_names(name, named));
        }
        (site, problems)
    }

    /// Thai words and names that a segmenter should know.
    pub fn thai_words(&self) -> impl Iterator<Item = &str> {
        let topics = self.topics.values().filter_map(|names| names.th.as_deref());
        let series = self.series.values().filter_map(|series| series.th.as_deref());
        let authors = self.authors.iter().flat_map(|(id, names)| names.all().chain([id.as_str()]));
        let names = topics.chain(series).chain(authors).flat_map(str::split_whitespace);
        names.chain(self.words.iter().chain(&self.names).map(String::as_str))
    }

    /// The name of a topic, by its id; the last part of the id where it has none.
    pub fn topic_label(&self, id: &str, language: Language) -> String {
        let label = self.topics.get(id).and_then(|names| names.label(language));
        label.map_or_else(|| id.rsplit('/').next().unwrap_or(id).replace('-', " "), str::to_owned)
    }

    /// The name of a series, by its id; the id where it has none.
    pub fn series_label(&self, id: &str, language: Language) -> String {
        self.series.get(id).and_then(|names| names.label(language)).unwrap_or(id).to_owned()
    }

    /// The name of an author, by its id; an author without one is called as the articles call it.
    pub fn author_label(&self, id: &str, language: Language) -> String {
        self.authors.get(id).and_then(|names| names.label(language)).unwrap_or(id).to_owned()
    }

    /// Those of topics, series and authors.
    fn ids(&self) -> &[HashMap<String, String>; 3] {
        self.ids.0.get_or_init(|| [ids(&self.topics), ids(&self.series), ids(&self.authors)])
    }

    /// The id of a topic named by its id or by a name.
    pub fn find_topic(&self, name: &str) -> Option<&str> {
        self.ids()[0].get(&folded(name)).map(String::as_str)
    }

    /// The id of a series named by its id or by a name.
    pub fn find_series(&self, name: &str) -> Option<&str> {
        self.ids()[1].get(&folded(name)).map(String::as_str)
    }

    /// Where the title begins in one that has a series before it.
    pub fn start_of_title(&self, title: &str) -> Option<usize> {
        split_series(title, self).map(|(_, rest)| title.len() - rest.len())
    }

    /// The id of an author named by its id or by a name.
    pub fn find_author(&self, name: &str) -> Option<&str> {
        self.ids()[2].get(&folded(name)).map(String::as_str)
    }

    /// What an author is counted as: the id of `authors.toml`, or else the name as it is written.
    pub fn author_id<'a>(&'a self, name: &'a str) -> &'a str {
        self.find_author(name).unwrap_or(name)
    }
}

/// The id of each name; of one that several have, the first.
fn ids(named: &BTreeMap<String, Names>) -> HashMap<String, String> {
    let mut ids = HashMap::new();
    for (id, names) in named {
        for name in names.all().chain([id.as_str()]) {
            ids.entry(folded(name)).or_insert_with(|| id.clone());
        }
    }
    ids
}

/// A problem for each name that two ids have: the first of them answers to it.
fn shared_names(file: &str, named: &BTreeMap<String, Names>) -> Vec<Problem> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for (id, names) in named {
        for name in names.all().chain([id.as_str()]) {
            let owner = *owners.entry(folded(name)).or_insert(id);
            if owner != id {
                let reason = format!("\"{name}\" is a name of both \"{owner}\" and \"{id}\"; it leads to the first");
                problems.push(Problem::warning(file, None, reason));
            }
        }
    }
    problems
}

fn folded(name: &str) -> String {
    normalize(name.trim()).text().to_owned()
}

fn or_last<T: Clone>(read: Result<T, Problem>, last: &T, problems: &mut Vec<Problem>) -> T {
    read.unwrap_or_else(|problem| {
        problems.push(problem);
        last.clone()
    })
}

fn toml_file<T: serde::de::DeserializeOwned + Default>(folder: &Path, name: &str) -> Result<T, Problem> {
    let Some(text) = optional_file(folder, name)? else { return Ok(T::default()) };
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        Problem::error(name, line, format!("is not used: {}", error.message()))
    })
}

fn words_file(folder: &Path, name: &str) -> Result<Vec<String>, Problem> {
    let text = optional_file(folder, name)?.unwrap_or_default();
    let words = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    Ok(words.filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

/// The lines of a glossary. A line with one term alone says nothing, and is left out and told.
fn glossary_file(folder: &Path, name: &str, last: &[String], problems: &mut Vec<Problem>) -> Vec<String> {
    let text = match optional_file(folder, name) {
        Ok(text) => text.unwrap_or_default(),
        Err(problem) => {
            problems.push(problem);
            return last.to_vec();
        }
    };
    let mut glossary = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()) {
        let terms = line.split('\t').flat_map(|side| side.split(" | ")).filter(|term| !term.trim().is_empty());
        match terms.count() {
            _ if line.starts_with('#') => {}
            0 | 1 => problems.push(Problem::error(
                name,
                Some(number),
                "is not used: write Thai terms, a tab and English terms, several of one side with \" | \" between",
            )),
            _ => glossary.push(line.to_owned()),
        }
    }
    glossary
}

fn optional_file(folder: &Path, name: &str) -> Result<Option<String>, Problem> {
    match fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::error(name, None, format!("cannot be read: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(topics: &str, last: &Site) -> (Site, Vec<String>) {
        let temp = tempfile::tempdir().expect("a temporary folder");
        fs::write(temp.path().join("topics.toml"), topics).expect("a file");
        fs::write(temp.path().join("words.txt"), "# ความเห็น\nธรรมาภิบาล  # ชื่อ\n\n").expect("a file");
        let (site, problems) = Site::read(temp.path(), last);
        (site, problems.iter().map(Problem::to_string).collect())
    }

    #[test]
    fn names_and_words_are_read() {
        let (site, problems) = read("[\"a/b\"]\nth = 'ก'\n", &Site::default());
        assert_eq!(problems, [] as [&str; 0]);
        assert_eq!(
            (site.topic_label("a/b", Language::English), site.words.clone()),
            ("ก".to_owned(), vec!["ธรรมาภิบาล".to_owned()])
        );
        assert_eq!(site.find_topic(" A/B "), Some("a/b"));
    }

    #[test]
    fn a_name_of_two_is_told_and_leads_to_the_first() {
        let (site, problems) = read("[a]\nth = 'ก'\naliases = ['ข']\n[b]\nth = 'ข'\n", &Site::default());
        assert_eq!(problems, ["topics.toml: warning: \"ข\" is a name of both \"a\" and \"b\"; it leads to the first"]);
        assert_eq!(site.find_topic("ข"), Some("a"));
    }

    #[test]
    fn for_a_broken_file_the_last_one_serves() {
        let (last, _) = read("[a]\nth = 'ก'\n", &Site::default());
        for (broken, expected) in
            [("[a]\nth = \n", "topics.toml:2: error: "), ("[a.b]\nth = 'ก'\n", "topics.toml:1: error: ")]
        {
            let (site, problems) = read(broken, &last);
            assert_eq!(site.topics, last.topics);
            assert!(problems.len() == 1 && problems[0].starts_with(expected), "{problems:?}");
        }
    }
}
