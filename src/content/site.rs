//! The site's own data, kept in the content folder beside the articles: names of topics and series in
//! both languages, and words that the dictionary lacks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::article::Localized;
use crate::text::{Language, normalize};

/// Names and words of one site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Topic id (`procurement/bid-rigging`) to its names; from `topics.toml`.
    pub topics: BTreeMap<String, Localized>,
    /// Series id to its names; from `series.toml`.
    pub series: BTreeMap<String, Series>,
    /// Thai words for the segmenter; from `words.txt`.
    pub words: Vec<String>,
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

/// Why the site's data cannot be used.
#[derive(Debug, Error)]
pub enum SiteFileError {
    /// The file is there but cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not what it should be.
    #[error("{}: {source}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
}

impl Site {
    /// Names of the files in the content folder that hold the site's data.
    pub const FILES: [&'static str; 3] = ["topics.toml", "series.toml", "words.txt"];

    /// Reads the site's data from the content folder; files that are not there hold nothing.
    ///
    /// # Errors
    /// [`SiteFileError`] for the first file that cannot be read or understood.
    pub fn read(folder: &Path) -> Result<Site, SiteFileError> {
        let [topics, series, words] = Site::FILES.map(|name| folder.join(name));
        Ok(Site {
            topics: toml_file(&topics)?,
            series: toml_file(&series)?,
            words: words_file(&words)?,
        })
    }

    /// The name of a topic, by its id; the last part of the id where it has none.
    pub fn topic_label(&self, id: &str, language: Language) -> String {
        let label = self.topics.get(id).and_then(|names| names.best(language));
        label.map_or_else(
            || id.rsplit('/').next().unwrap_or(id).replace('-', " "),
            |(_, name)| name.to_owned(),
        )
    }

    /// The name of a series, by its id; the id where it has none.
    pub fn series_label(&self, id: &str, language: Language) -> String {
        let names = self.series.get(id).map(Series::names);
        let label = names.as_ref().and_then(|names| names.best(language));
        label.map_or_else(|| id.to_owned(), |(_, name)| name.to_owned())
    }

    /// The id of a topic named by its id or by its name in either language.
    pub fn find_topic(&self, name: &str) -> Option<&str> {
        let wanted = folded(name);
        let is_named = |(id, names): &(&String, &Localized)| {
            folded(id) == wanted
                || Language::ALL
                    .iter()
                    .any(|&it| names.get(it).map(folded).as_ref() == Some(&wanted))
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
    fn names(&self) -> Localized {
        Localized {
            th: self.th.clone(),
            en: self.en.clone(),
        }
    }

    /// Every name that a title may begin with.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &str> {
        self.th.iter().chain(&self.en).chain(&self.aliases).map(String::as_str)
    }
}

fn folded(name: &str) -> String {
    normalize(name.trim()).text().to_owned()
}

fn toml_file<T: serde::de::DeserializeOwned + Default>(path: &Path) -> Result<T, SiteFileError> {
    let malformed = |source| SiteFileError::Malformed {
        path: path.to_owned(),
        source: Box::new(source),
    };
    optional_file(path)?.map_or(Ok(T::default()), |text| toml::from_str(&text).map_err(malformed))
}

fn words_file(path: &Path) -> Result<Vec<String>, SiteFileError> {
    let text = optional_file(path)?.unwrap_or_default();
    let words = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    Ok(words.filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

fn optional_file(path: &Path) -> Result<Option<String>, SiteFileError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SiteFileError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}
