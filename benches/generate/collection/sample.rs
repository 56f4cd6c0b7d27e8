//! The sample corpus: articles, and the lengths and words of their parts.
//!
//! Takes the folder `corpus`, gives what the models are made of. Nothing else is read of real articles.

use std::path::Path;

use khonha::content::{Article, Block, BlockKind, Folder, Look, Site, Snapshot};
use khonha::text::{Analyzer, Language};

use super::random::LogNormal;

/// The largest article, in bytes.
const MOST: u64 = 4 << 20;

/// The articles of the sample with the site they are of.
pub struct Sample {
    /// Its topics, series and authors.
    pub site: Site,
    /// All of them, by path.
    pub articles: Vec<Article>,
    /// Cuts text as the index of the sample does.
    pub analyzer: Analyzer,
}

/// A word with what stands before it: a space, a comma, or nothing.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// No letters and no digits.
    pub glue: &'a str,
    /// Empty at the end of a text.
    pub word: &'a str,
}

/// How long things are, in words.
pub struct Lengths {
    /// Thai titles and headings.
    pub title: LogNormal,
    /// English titles.
    pub title_en: LogNormal,
    /// Thai bodies.
    pub body: LogNormal,
    /// Thai paragraphs.
    pub paragraph: LogNormal,
    /// English summaries.
    pub summary: LogNormal,
    /// Headings for each paragraph.
    pub headings: f64,
}

impl Sample {
    /// The sample corpus of the project.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn read(folder: &Path) -> Result<Sample, Box<dyn std::error::Error + Send + Sync>> {
        let folder = Folder::new(folder, MOST);
        let (site, _) = folder.site(&Site::default());
        let mut articles = Vec::new();
        for path in folder.scan(&Snapshot::default(), Look::Full)?.files.keys() {
            let read = folder.read(path, &site, &mut |part| articles.extend(part.read.map(|parsed| parsed.article)));
            read.map_err(|problem| problem.to_string())?;
        }
        let analyzer = Analyzer::new(site.thai_words());
        Ok(Sample { site, articles, analyzer })
    }

    /// The lines of all paragraphs in a language.
    pub fn paragraphs(&self, language: Language) -> impl Iterator<Item = &str> {
        self.articles.iter().flat_map(move |article| lines(article, language))
    }

    /// The titles and headings in a language.
    pub fn headings(&self, language: Language) -> impl Iterator<Item = &str> {
        self.articles.iter().flat_map(move |article| {
            let headings = blocks(article, language, BlockKind::Heading).map(|block| block.text.as_str());
            article.title.get(language).into_iter().chain(headings)
        })
    }

    /// The units of a text, with one for its end.
    pub fn units<'a>(&self, text: &'a str) -> Vec<Unit<'a>> {
        let (mut units, mut start, mut glue) = (Vec::new(), 0, 0);
        for end in self.analyzer.segment(text) {
            let word = &text[start..end];
            if word.chars().any(char::is_alphanumeric) {
                units.push(Unit { glue: &text[glue..start], word });
                glue = end;
            }
            start = end;
        }
        units.push(Unit { glue: &text[glue..], word: "" });
        units
    }

    /// The number of words of a text.
    pub fn words(&self, text: &str) -> usize {
        self.units(text).len() - 1
    }

    /// How long the parts of its articles are.
    pub fn lengths(&self) -> Lengths {
        let thai: Vec<&Article> = self.articles.iter().filter(|article| article.title.th.is_some()).collect();
        let of = |text: &str| self.words(text);
        let all = |article: &&Article, language| lines(article, language).map(of).sum::<usize>();
        let text = |article: &&'_ Article| {
            let blocks = blocks(article, Language::Thai, BlockKind::Text);
            blocks.map(|block| of(&block.text)).collect::<Vec<_>>()
        };
        let paragraphs: Vec<usize> = thai.iter().flat_map(text).collect();
        let headings: Vec<usize> = self.headings(Language::Thai).map(of).collect();
        let titles_en = thai.iter().filter_map(|article| article.title.en.as_deref());
        Lengths {
            headings: headings.len().saturating_sub(thai.len()) as f64 / paragraphs.len() as f64,
            title: LogNormal::fitted(headings),
            title_en: LogNormal::fitted(titles_en.map(of)),
            body: LogNormal::fitted(thai.iter().map(|article| all(article, Language::Thai))),
            paragraph: LogNormal::fitted(paragraphs),
            summary: LogNormal::fitted(thai.iter().map(|article| all(article, Language::English))),
        }
    }
}

/// The lines of the paragraphs of an article in a language.
pub fn lines(article: &Article, language: Language) -> impl Iterator<Item = &str> {
    blocks(article, language, BlockKind::Text).flat_map(|block| block.text.lines())
}

fn blocks(article: &Article, language: Language, kind: BlockKind) -> impl Iterator<Item = &Block> {
    article.blocks.iter().filter(move |block| block.language == language && block.kind == kind)
}
