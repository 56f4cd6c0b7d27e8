//! Pages of hubs: an article with its series before the title, two language versions, labelled fields below or above the
//! text, and blocks that name other articles.
//!
//! Takes the lines of a page, whatever it was written in, and gives a [`Draft`]. Nothing gets lost: each line is part of the
//! title, a field, the text or what is related, or else it is named in a warning. What is not clear stays text.

mod body;
mod fields;
mod label;
mod line;
mod list;
mod mention;
mod people;
mod related;
mod settings;
mod title;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use self::fields::{Field, Parts};
use self::label::{Era, Labels};
use self::related::Related;
use self::title::Titles;
use crate::content::draft::{Draft, Lines};
use crate::content::problem::Problem;
use crate::content::site::Site;
use crate::text::bare;
use crate::text::calendar::CalendarDate;

pub(super) use body::Paragraphs;
pub(super) use line::{Gap, Kind, Line, kind, shown};
pub use settings::HubSettings;

/// Where a page says who wrote it and when, it does so in its first lines.
const BYLINES: usize = 4;
/// A line that belongs to the page around has so many characters at most.
const LONGEST_FOOTER: usize = 160;
/// So many characters of a line are told.
const TOLD: usize = 60;

/// A page, as its format gives it.
pub(super) struct Page {
    /// Titles that its metadata say, the best first.
    pub(super) titles: Vec<String>,
    /// Other metadata; what is labelled on the page comes first.
    pub(super) metadata: Map<String, Value>,
    /// Its text.
    pub(super) lines: Vec<Line>,
    /// What its paragraphs are.
    pub(super) paragraphs: Paragraphs,
}

/// What pages are read with.
pub(super) struct Context<'a> {
    path: &'a str,
    site: &'a Site,
    labels: Labels,
}

impl<'a> Context<'a> {
    /// The words of a site, for the file at `path`.
    pub(super) fn new(path: &'a str, site: &'a Site) -> Context<'a> {
        Context { path, site, labels: Labels::new(&site.formats.hub) }
    }

    /// How many different fields are labelled among the lines.
    pub(super) fn fields(&self, lines: &[Line]) -> usize {
        let at = |at: usize| self.labels.at(&lines[at..], label::Before::Text);
        let mut keys: Vec<String> = (0..lines.len()).filter_map(at).filter_map(|found| found.label.key()).collect();
        keys.sort();
        keys.dedup();
        keys.len()
    }

    /// The draft of a page.
    pub(super) fn draft(&self, page: Page) -> Draft {
        let Page { titles, metadata, lines, paragraphs } = page;
        let lines = without_byline(lines, &metadata);
        let Parts { mut sections, fields, related, doubts } = fields::parts(&lines, self);
        let mut said = Said::default();
        fields.into_iter().for_each(|field| said.field(field, self));
        said.doubts.splice(0..0, doubts);
        let titles = Titles::take(titles, &mut said.metadata, &mut sections, self);
        let related =
            related.into_iter().map(|lines| related::read(lines, self)).fold(Related::default(), Related::and);
        let linked: Vec<String> = sections.iter().flat_map(|section| mention::linked(&section.lines, self)).collect();
        let body = body::markdown(sections, related.text, paragraphs, self);
        let named = related.titles.into_iter().chain(mention::titles(&body, self)).chain(linked);
        said.related(named.collect(), &titles, self);
        said.list("teasers", related.teasers);
        said.doubts.extend(related.doubts);
        said.doubts.extend(titles.into_metadata(&mut said.metadata, self));
        for (key, value) in metadata {
            said.metadata.entry(key).or_insert(value);
        }
        let start = lines.first().and_then(|line| line.number);
        let lines = Lines { start, keys: said.lines, ..Lines::default() };
        said.doubts.sort();
        Draft { item: None, metadata: said.metadata, body, lines, warnings: said.doubts }
    }

    /// A warning of the page as a whole.
    pub(super) fn warning(&self, reason: String) -> Problem {
        Problem::warning(self.path, None, reason)
    }

    /// A warning of a line.
    fn doubt(&self, line: &Line, reason: &str) -> Problem {
        let text = if line.text.chars().count() > TOLD {
            line.text.chars().take(TOLD).chain(['…']).collect()
        } else {
            line.text.clone()
        };
        Problem::warning(self.path, line.number, format!("\"{text}\" {reason}"))
    }

    /// Whether a line belongs to the page around the article.
    fn is_noise(&self, line: &Line) -> bool {
        let is_short = line.text.len() <= line::LONGEST_LABEL && line.is_text() && !line.is_item();
        is_short && self.site.formats.hub.all(|hub| &hub.noise).any(|noise| noise.eq_ignore_ascii_case(&line.text))
    }

    /// Whether a line belongs to the page around the article and is no name.
    fn is_footer(&self, text: &str) -> bool {
        let is_short = text.chars().count() <= LONGEST_FOOTER;
        is_short && self.site.formats.hub.all(|hub| &hub.footers).any(|footer| text.starts_with(footer))
    }
}

/// What the fields of a page say.
#[derive(Default)]
struct Said {
    metadata: Map<String, Value>,
    /// The line of each key.
    lines: BTreeMap<String, usize>,
    doubts: Vec<Problem>,
}

impl Said {
    fn field(&mut self, field: Field, context: &Context<'_>) {
        let Field { key, era, lines } = field;
        if let Some(number) = lines.first().and_then(|line| line.number) {
            self.lines.entry(key.clone()).or_insert(number);
        }
        match key.as_str() {
            "date" => {
                let dates = lines.into_iter().map(|line| self.date(line, era, context)).collect();
                self.single(&key, dates, |text| era.date(text), context);
            }
            "title" | "title_th" | "title_en" | "series" | "source" => self.single(&key, lines, str::to_owned, context),
            _ => {
                let names = people::names(&key, &lines, context);
                self.doubts.extend(names.doubts);
                self.list(&key, names.names);
                self.list(&format!("{key}_note"), names.notes);
            }
        }
    }

    /// A date without the words around it, which are told.
    fn date(&mut self, line: Line, era: Era, context: &Context<'_>) -> Line {
        let Some(text) = era.within(&line.text).filter(|text| *text != line.text) else { return line };
        let reason = format!("has words around the date; \"{text}\" is taken for it");
        self.doubts.push(context.doubt(&line, &reason));
        Line { text, ..line }
    }

    /// A value of which there is one: the first. What says the same again says nothing.
    fn single(&mut self, key: &str, lines: Vec<Line>, read: impl Fn(&str) -> String, context: &Context<'_>) {
        for line in lines {
            let value = read(&line.whole());
            match self.metadata.get(key).and_then(Value::as_str) {
                None => drop(self.metadata.insert(key.to_owned(), value.into())),
                Some(first) if says_the_same(first, &value) => {}
                Some(_) => self.doubts.push(context.doubt(&line, &format!("is a second {key}; the first is used"))),
            }
        }
    }

    fn list(&mut self, key: &str, values: Vec<String>) {
        if values.is_empty() {
            return;
        }
        let list = self.metadata.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            for value in values.into_iter().map(Value::from) {
                if !list.contains(&value) {
                    list.push(value);
                }
            }
        }
    }

    /// The articles that are named, each once and without the article itself.
    fn related(&mut self, named: Vec<String>, titles: &Titles, context: &Context<'_>) {
        let mut seen = titles.all(context);
        let named = named.into_iter().filter(|title| seen.insert(title::compared(title, context)));
        self.list(fields::RELATED, named.collect());
    }
}

/// The lines without those at the beginning that say what the metadata have: who wrote it, and when.
fn without_byline(mut lines: Vec<Line>, metadata: &Map<String, Value>) -> Vec<Line> {
    let date = metadata.get("date").and_then(Value::as_str).map(CalendarDate::parse);
    let authors: Vec<String> = list(metadata, "authors").map(bare).collect();
    let is_byline = |line: &Line| {
        let date = date.as_ref().is_some_and(|date| date.is_ok() && CalendarDate::parse(&line.text) == *date);
        date || authors.contains(&bare(&line.text))
    };
    let mut seen = 0;
    lines.retain(|line| {
        seen += usize::from(line.is_text());
        seen > BYLINES || !line.is_text() || !is_byline(line)
    });
    lines
}

fn list<'a>(metadata: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a str> {
    metadata.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn says_the_same(first: &str, second: &str) -> bool {
    let are_dates = CalendarDate::parse(first).is_ok() && CalendarDate::parse(first) == CalendarDate::parse(second);
    are_dates || bare(first) == bare(second)
}
