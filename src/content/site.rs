//! The site's own data, kept in the content folder beside the articles: names of topics and series in
//! both languages, and words that the dictionary lacks.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::article::Localized;
use super::problem::Problem;
use crate::text::{Language, normalize};

/// Names and words of one site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Topic id (`procurement/bid-rigging`) to its names; from `topics.toml`.
    pub topics: BTreeMap<String, Names>,
    /// Series id to its names; from `series.toml`.
    pub series: BTreeMap<String, Series>,
    /// Thai words for the segmenter; from `words.txt`.
    pub words: Vec<String>,
    /// Terms in both languages, a concept a line; from `glossary.tsv`.
    pub glossary: Vec<String>,
    /// Thai words in the names of authors and organisations that no dictionary has; from the articles, sorted.
    pub names: Vec<String>,
}

/// The names of a topic.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The name in Thai.
    pub th: Option<String>,
    /// The name in English.
    pub en: Option<String>,
}

/// The names of a series.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The name in Thai.
    pub th: Option<String>,
    /// The name in English.
    pub en: Option<String>,
    /// Other ways in which titles name it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Site {
    /// Names of the files in the content folder that hold the site's data.
    pub const FILES: [&'static str; 4] = ["topics.toml", "series.toml", "words.txt", "glossary.tsv"];

    /// Reads the site's data from the content folder; the names are those of `last`. A file that is not there holds nothing; for one that
    /// cannot be used `last` serves, and a [`Problem`] says why.
    pub fn read(folder: &Path, last: &Site) -> (Site, Vec<Problem>) {
        let mut problems = Vec::new();
        let [topics, series, words, glossary] = Site::FILES;
        let site = Site {
            topics: or_last(toml_file(folder, topics), &last.topics, &mut problems),
            series: or_last(toml_file(folder, series), &last.series, &mut problems),
            words: or_last(words_file(folder, words), &last.words, &mut problems),
            glossary: glossary_file(folder, glossary, &last.glossary, &mut problems),
            names: last.names.clone(),
        };
        (site, problems)
    }

    /// Thai words and names that a segmenter should know.
    pub fn thai_words(&self) -> impl Iterator<Item = &str> {
        let topics = self.topics.values().filter_map(|names| names.th.as_deref());
        let series = self.series.values().filter_map(|series| series.th.as_deref());
        let names = topics.chain(series).flat_map(str::split_whitespace);
        names.chain(self.words.iter().chain(&self.names).map(String::as_str))
    }

    /// The name of a topic, by its id; the last part of the id where it has none.
    pub fn topic_label(&self, id: &str, language: Language) -> String {
        let names = self.topics.get(id).map(|names| localized(&names.th, &names.en));
        let label = names.as_ref().and_then(|names| names.best(language));
        label.map_or_else(|| id.rsplit('/').next().unwrap_or(id).replace('-', " "), |(_, name)| name.to_owned())
    }

    /// The name of a series, by its id; the id where it has none.
    pub fn series_label(&self, id: &str, language: Language) -> String {
        let names = self.series.get(id).map(|names| localized(&names.th, &names.en));
        let label = names.as_ref().and_then(|names| names.best(language));
        label.map_or_else(|| id.to_owned(), |(_, name)| name.to_owned())
    }

    /// The id of a topic named by its id or by its name in either language.
    pub fn find_topic(&self, name: &str) -> Option<&str> {
        let wanted = folded(name);
        let is_named = |(id, names): &(&String, &Names)| {
            folded(id) == wanted || names.th.iter().chain(&names.en).any(|name| folded(name) == wanted)
        };
        self.topics.iter().find(is_named).map(|(id, _)| id.as_str())
    }

    /// The id of a series named by its id, a name or an alias.
    pub fn find_series(&self, name: &str) -> Option<&str> {
        let wanted = folded(name);
        let is_named = |(id, series): &(&String, &Series)| {
            folded(id) == wanted || series.all_names().any(|name| folded(name) == wanted)
        };
        self.series.iter().find(is_named).map(|(id, _)| id.as_str())
    }
}

impl Series {
    /// Every name that a title may begin with.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        self.th.iter().chain(&self.en).chain(&self.aliases).map(String::as_str)
    }
}

fn localized(th: &Option<String>, en: &Option<String>) -> Localized {
    Localized { th: th.clone(), en: en.clone() }
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
