//! Blocks that name other articles: titles, each with a teaser or without.

use super::Context;
use super::line::{Gap, Kind, Line};
use super::title::series_of;
use crate::content::problem::Problem;

/// Longer lines, in characters, are no titles.
const LONGEST_TITLE: usize = 180;
/// Longer lines, in characters, are no teasers.
const LONGEST_TEASER: usize = 400;
/// A teaser is longer than its title by so many characters if nothing else tells.
const LONGER: usize = 30;

/// What blocks say.
#[derive(Debug, Default)]
pub(super) struct Related {
    /// Titles, as they are written.
    pub(super) titles: Vec<String>,
    /// What is said of those articles.
    pub(super) teasers: Vec<String>,
    /// What may be the article's own text.
    pub(super) text: Vec<Line>,
    /// What is not clear.
    pub(super) doubts: Vec<Problem>,
}

impl Related {
    /// What two blocks say.
    pub(super) fn and(mut self, other: Related) -> Related {
        self.titles.extend(other.titles);
        self.teasers.extend(other.teasers);
        self.text.extend(other.text);
        self.doubts.extend(other.doubts);
        self
    }
}

/// How the titles of a block are told from its teasers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// They are links, headings or items of a list, or begin with a series.
    ByThemselves,
    /// An empty line comes before each.
    ByGaps,
    /// There are no teasers.
    All,
    /// A teaser is longer than the title before it.
    ByLength,
}

/// What a block says.
pub(super) fn read(lines: Vec<Line>, context: &Context<'_>) -> Related {
    let lines: Vec<Line> = lines
        .into_iter()
        .filter(|line| line.is_text() && !context.is_noise(line) && !context.is_footer(&line.text))
        .collect();
    let told = told(&lines, context);
    let mut related = Related::default();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let is_title = match told {
            Told::ByThemselves => stands_out(line, context),
            Told::ByGaps => before.is_none() || line.gap == Gap::Parting && may_be_title(line),
            Told::All => may_be_title(line),
            Told::ByLength => before.is_none_or(|before| is_next_title(before, line)),
        };
        let length = line.text.chars().count();
        if is_title && length <= LONGEST_TITLE {
            related.titles.push(line.whole());
        } else if before.is_some() && length <= LONGEST_TEASER && !(told == Told::ByGaps && line.gap == Gap::Parting) {
            related.teasers.push(line.text.clone());
        } else {
            let reason =
                "stands where other articles are named and is neither a title nor a teaser; it is kept as text";
            related.doubts.push(context.doubt(line, reason));
            related.text.push(line.clone());
        }
        before = Some(line);
    }
    related
}

fn told(lines: &[Line], context: &Context<'_>) -> Told {
    let first = lines.first().is_some_and(|line| stands_out(line, context));
    let groups = lines.iter().filter(|line| line.gap == Gap::Parting).count();
    if first {
        Told::ByThemselves
    } else if groups > 1 && groups < lines.len() {
        Told::ByGaps
    } else if lines.iter().all(may_be_title) && !has_teasers(lines) {
        Told::All
    } else {
        Told::ByLength
    }
}

fn stands_out(line: &Line, context: &Context<'_>) -> bool {
    let is_marked = matches!(line.kind, Kind::Link | Kind::Heading) || line.is_item();
    is_marked && may_be_title(line) || series_of(&line.text, context).is_some()
}

fn may_be_title(line: &Line) -> bool {
    let is_cut = line.text.ends_with(['…', '.']) || line.text.ends_with("...");
    !is_cut && line.text.chars().count() <= LONGEST_TITLE
}

/// Whether every other line is a good deal longer than the one before.
fn has_teasers(lines: &[Line]) -> bool {
    let length = |line: &Line| line.text.chars().count();
    lines.len() > 1 && lines.chunks_exact(2).all(|pair| length(&pair[1]) > length(&pair[0]) + LONGER)
}

/// Whether a line is the title after a teaser, and not the teaser of the title before.
fn is_next_title(before: &Line, line: &Line) -> bool {
    let length = |line: &Line| line.text.chars().count();
    may_be_title(line) && (!may_be_title(before) || length(line) + LONGER < length(before))
}
