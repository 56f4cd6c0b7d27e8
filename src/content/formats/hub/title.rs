//! The titles of an article: of the page, of its second language, and where they stand again in the text.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Context;
use super::fields::Section;
use super::line::{Kind, Line};
use crate::content::problem::Problem;
use crate::content::series::{after_separator, bracketed, split_series};
use crate::content::whole_title;
use crate::text::{Language, bare};

/// Longer lines, in characters, are no titles.
const LONGEST_TITLE: usize = 200;
/// Of a paragraph in place of a title so many characters are the title.
const LONGEST_BEGINNING: usize = 120;
/// The most words of such a name.
const MOST_WORDS: usize = 5;
/// A separator with spaces around, in bytes.
const LONGEST_SEPARATOR: usize = 6;
/// The longest name of a series that series.toml does not have, in bytes.
const LONGEST_SERIES: usize = 120;
/// Longer lines, in characters, are text beyond doubt.
const SHORTEST_TEXT: usize = 60;

/// Signs that are seldom anything but separators.
const BARS: [char; 4] = ['|', '｜', '│', '¦'];

/// The titles of an article.
#[derive(Debug, Default)]
pub(super) struct Titles {
    first: Option<String>,
    /// The one in the other language.
    second: Option<(Language, String)>,
    /// What is not clear.
    doubts: Vec<Problem>,
}

/// A title with a series before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InSeries {
    /// The series as it is written.
    pub(super) series: String,
    /// What stands in brackets after it.
    pub(super) note: Option<String>,
    /// The title alone.
    pub(super) title: String,
    /// Whether series.toml has the series.
    pub(super) known: Known,
}

/// Whether series.toml has a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Yes,
    No,
}

/// Parts a title into its series and itself.
pub(super) fn series_of(text: &str, context: &Context<'_>) -> Option<InSeries> {
    if let Some((split, title)) = split_series(text, context.site) {
        let series = split.series.unwrap_or_default();
        return Some(InSeries { series, note: split.note, title: title.to_owned(), known: Known::Yes });
    }
    ends_of_names(text).find_map(|end| {
        let (note, rest) = bracketed(&text[end..]);
        let title = after_separator(rest, context.site).filter(|title| !title.is_empty())?.to_owned();
        let series = text[..end].trim().to_owned();
        is_series(&series, context).then_some(InSeries { series, note, title, known: Known::No })
    })
}

/// Where words end near the beginning of a text.
fn ends_of_names(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.char_indices().take_while(|(at, _)| *at <= LONGEST_SERIES);
    ends.filter(|&(at, ch)| at > 0 && !ch.is_alphanumeric() && !text[..at].ends_with(char::is_whitespace))
        .map(|(at, _)| at)
}

/// Whether a name is one of a series: it ends with an English word for one, or begins with a Thai one, as both languages
/// have it.
fn is_series(name: &str, context: &Context<'_>) -> bool {
    let name = name.to_lowercase();
    if name.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let is_whole = |rest: &str| rest.is_empty() || rest.starts_with(' ') || rest.ends_with(' ');
    context.site.formats.hub.all(|hub| &hub.series_words).map(str::to_lowercase).any(|word| {
        let rest = if word.is_ascii() { name.strip_suffix(&word) } else { name.strip_prefix(&word) };
        rest.is_some_and(|rest| is_whole(rest) || !word.is_ascii())
    })
}

impl Titles {
    /// Takes the titles out of the fields and the text. What repeats one of them at the beginning of a language version
    /// goes as well.
    pub(super) fn take(
        given: Vec<String>,
        metadata: &mut Map<String, Value>,
        sections: &mut [Section],
        context: &Context<'_>,
    ) -> Titles {
        let mut titles = Titles::default();
        let labelled = ["title", "title_th", "title_en"].map(|key| metadata.shift_remove(key));
        let labelled = labelled.into_iter().flatten().filter_map(|title| title.as_str().map(str::to_owned));
        labelled.chain(best_first(given, context)).for_each(|title| titles.add(title));
        if titles.first.is_none() {
            titles.first_line(sections, context);
        }
        sections.iter_mut().for_each(|section| titles.of_section(section, context));
        titles.within(sections, context);
        titles
    }

    /// The first line, with the next one if a separator parts them. A paragraph is no title, but what it begins with is.
    fn first_line(&mut self, sections: &mut [Section], context: &Context<'_>) {
        let Some(section) = sections.iter_mut().find(|section| section.lines.iter().any(Line::is_text)) else { return };
        let at = section.lines.iter().position(Line::is_text).unwrap_or_default();
        let line = &section.lines[at];
        if line.text.chars().count() > LONGEST_TITLE {
            self.doubts.push(context.doubt(line, "is too long for a title; its beginning is taken for it"));
            return self.add(beginning(&line.text));
        }
        let title = section.lines.remove(at).whole();
        let next = section.lines.get(at).filter(|next| next.is_text() && next.text.chars().count() <= LONGEST_TITLE);
        let joined = next.map(|next| format!("{title} {}", next.text));
        let is_broken = |joined: &String| {
            let within = |whole: InSeries| joined.len() <= whole.title.len() + title.len() + LONGEST_SEPARATOR;
            series_of(joined, context).is_some_and(within) && series_of(&title, context).is_none()
        };
        match joined.filter(is_broken) {
            Some(joined) => {
                section.lines.remove(at);
                self.add(joined);
            }
            None => self.add(title),
        }
    }

    /// A title more; of one language the first counts.
    fn add(&mut self, title: String) {
        let language = Language::of(&title).unwrap_or(Language::Thai);
        match &self.first {
            None => self.first = Some(title),
            Some(first) if Language::of(first).unwrap_or(Language::Thai) != language => {
                self.second.get_or_insert((language, title));
            }
            Some(_) => {}
        }
    }

    /// The titles, with their series and without, as they are compared.
    pub(super) fn all(&self, context: &Context<'_>) -> BTreeSet<String> {
        let titles = self.first.iter().chain(self.second.iter().map(|(_, title)| title));
        titles.map(|title| compared(title, context)).collect()
    }

    /// Takes out what a language version begins with: titles again, and its own.
    fn of_section(&mut self, section: &mut Section, context: &Context<'_>) {
        while let Some(at) = section.lines.iter().position(Line::is_text) {
            let line = &section.lines[at];
            let is_followed = section.lines[at + 1..].iter().any(Line::is_text);
            if self.repeats(line, context) || is_followed && self.is_second(section, at, context) {
                let line = section.lines.remove(at);
                self.add(line.whole());
            } else {
                return;
            }
        }
    }

    /// Whether a line says one of the titles again, with its series or without.
    fn repeats(&self, line: &Line, context: &Context<'_>) -> bool {
        if line.text.chars().count() > LONGEST_TITLE {
            return false;
        }
        let alone = |text: &str| series_of(text, context).map_or_else(|| bare(text), |it| bare(&it.title));
        let said = alone(&line.whole());
        let titles = self.first.iter().chain(self.second.iter().map(|(_, title)| title));
        !said.is_empty() && titles.into_iter().any(|title| alone(title) == said)
    }

    /// Whether the first line of a version is its title, in the language that has none yet.
    fn is_second(&self, section: &Section, at: usize, context: &Context<'_>) -> bool {
        let line = &section.lines[at];
        let Some(first) = self.first.as_deref().and_then(Language::of) else { return false };
        let language = Language::of(&line.text);
        let is_other = self.second.is_none() && language.is_some_and(|language| language != first);
        let is_expected = match &section.headed {
            Some((headed, _)) => language == Some(*headed),
            // Below the title itself it is one if the text goes on in the language of the first.
            None => next_language(section, at) == Some(first),
        };
        is_other && looks_like_title(line, context) && (is_expected || series_of(&line.text, context).is_some())
    }

    /// The title of a second language version that has no heading but its title: all text after it is in its language.
    fn within(&mut self, sections: &mut [Section], context: &Context<'_>) {
        let Some(first) = self.first.as_deref().and_then(Language::of) else { return };
        for section in sections.iter_mut().filter(|section| section.headed.is_none()) {
            let is_of_first = |line: &Line| line.is_text() && Language::of(&line.text) == Some(first);
            let Some(last) = section.lines.iter().rposition(is_of_first) else { continue };
            let is_repeated = self.repeats(&section.lines[last], context) && last > 0;
            let rest = &section.lines[last + 1..];
            let Some(next) = rest.iter().position(Line::is_text).map(|at| last + 1 + at) else { continue };
            let goes_on = section.lines[next + 1..].iter().any(|line| line.text.chars().count() > SHORTEST_TEXT);
            let line = &section.lines[next];
            let is_title =
                self.second.is_none() && goes_on && looks_like_title(line, context) && is_titled(line, context);
            if is_title {
                let line = section.lines.remove(next);
                self.add(line.whole());
            }
            if is_repeated && goes_on {
                section.lines.remove(last);
            }
        }
    }

    /// Sets the keys of the titles; a series that series.toml does not have is told from the first here.
    pub(super) fn into_metadata(mut self, metadata: &mut Map<String, Value>, context: &Context<'_>) -> Vec<Problem> {
        let mut split = |title: String| match series_of(&title, context) {
            Some(InSeries { series, note, title, known: Known::No }) => {
                metadata.entry("series").or_insert(series.into());
                note.map(|note| metadata.entry("series_note").or_insert(note.into()));
                title
            }
            None if title.contains(BARS) => {
                let reason = "has a bar in it; if a series is named before it, write the series into series.toml";
                self.doubts.push(context.warning(format!("the title \"{title}\" {reason}")));
                title
            }
            _ => title,
        };
        let second = self.second.take().map(|(language, title)| (format!("title_{}", language.tag()), split(title)));
        let first = self.first.take().map(|title| ("title".to_owned(), split(title)));
        metadata.extend(first.into_iter().chain(second).map(|(key, title)| (key, title.into())));
        self.doubts
    }
}

/// A title as it is compared: the series has more names than one.
pub(super) fn compared(title: &str, context: &Context<'_>) -> String {
    let split = series_of(title, context).map(|it| format!("{}|{}", bare(&it.series), whole_title(&it.title)));
    split.unwrap_or_else(|| whole_title(title))
}

/// What a text begins with, up to a space.
fn beginning(text: &str) -> String {
    let cut: String = text.chars().take(LONGEST_BEGINNING).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

/// A title that begins with a series says more than one that does not.
fn best_first(mut titles: Vec<String>, context: &Context<'_>) -> Vec<String> {
    titles.sort_by_key(|title| series_of(title, context).is_none());
    titles
}

fn next_language(section: &Section, at: usize) -> Option<Language> {
    section.lines[at + 1..].iter().filter(|line| line.is_text()).find_map(|line| Language::of(&line.text))
}

fn looks_like_title(line: &Line, context: &Context<'_>) -> bool {
    let text = &line.text;
    let is_sentence = text.ends_with(['.', ':', ';', ',']) && series_of(text, context).is_none();
    !line.is_item() && !is_sentence && (2..=LONGEST_TITLE).contains(&text.chars().count())
}

/// Whether a line without a label above it is a title: it is a heading, has a series, or is in capitals as English titles
/// are. Thai has none of these.
fn is_titled(line: &Line, context: &Context<'_>) -> bool {
    let words = || line.text.split_whitespace().filter(|word| word.chars().count() > 3);
    let capital = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    let is_capital = words().count() >= 2 && capital * 3 >= words().count() * 2;
    line.kind == Kind::Heading || series_of(&line.text, context).is_some() || is_capital
}
