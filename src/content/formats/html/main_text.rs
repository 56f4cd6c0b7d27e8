//! What of a page is the article.

use dom_query::{Document, Matcher, NodeRef, Selection};
use dom_smoothie::Readability;
use url::Url;

use super::lines::lines;
use super::settings::HtmlSettings;
use crate::content::formats::hub::{Context, Line};
use crate::content::problem::Problem;

/// Elements that are never taken out, whatever their classes are.
const WHOLE: [&str; 4] = ["html", "body", "main", "article"];
/// A page of which so many different fields are labelled is one of a hub, and all of it is read.
const FEWEST_FIELDS: usize = 2;
/// The text that was found must have so much of all, in percent, or it is not trusted.
const LEAST: usize = 25;
/// What a text may be in, the best first, where its look does not tell.
const PLACES: [&str; 5] = ["[itemprop=articleBody]", "article", "main", "[role=main]", "body"];

/// The lines of the article of a page, and what is wrong with selectors.
pub(super) fn find(
    document: &Document,
    page: Option<&Url>,
    settings: &HtmlSettings,
    context: &Context<'_>,
) -> (Vec<Line>, Vec<Problem>) {
    let mut problems = Vec::new();
    for selector in settings.all_removed() {
        match Matcher::new(selector) {
            Ok(matcher) => remove(document.select_matcher(&matcher)),
            Err(_) => problems.push(unknown(selector, context)),
        }
    }
    for selector in &settings.main {
        match Matcher::new(selector) {
            Ok(matcher) => {
                let found = lines_of(&document.select_matcher(&matcher), page);
                if !found.is_empty() {
                    return (found, problems);
                }
            }
            Err(_) => problems.push(unknown(selector, context)),
        }
    }
    (told_by_look(document, page, context), problems)
}

fn unknown(selector: &str, context: &Context<'_>) -> Problem {
    context.warning(format!("the selector \"{selector}\" of formats.toml is none of CSS and is passed over"))
}

fn remove(selection: Selection<'_>) {
    let is_whole = |node: &NodeRef<'_>| node.node_name().is_some_and(|name| WHOLE.contains(&name.as_ref()));
    selection.nodes().iter().filter(|node| !is_whole(node)).for_each(NodeRef::remove_from_parent);
}

fn lines_of(selection: &Selection<'_>, page: Option<&Url>) -> Vec<Line> {
    selection.nodes().iter().flat_map(|node| lines(node, page)).collect()
}

/// A page with labelled fields is read as a whole, since they look like anything but text; of others the main text.
fn told_by_look(document: &Document, page: Option<&Url>, context: &Context<'_>) -> Vec<Line> {
    let all = lines_of(&document.select_single("body"), page);
    let fields = context.fields(&all);
    if fields >= FEWEST_FIELDS {
        return places(document, page).find(|lines| context.fields(lines) == fields).unwrap_or(all);
    }
    let length = |lines: &[Line]| lines.iter().map(|line| line.text.len()).sum::<usize>();
    let is_enough = |lines: &Vec<Line>| length(lines) * 100 >= length(&all) * LEAST;
    let found = readable(document, page).filter(is_enough);
    found.or_else(|| places(document, page).find(is_enough)).unwrap_or(all)
}

/// The lines of each place that there is one of.
fn places<'a>(document: &'a Document, page: Option<&'a Url>) -> impl Iterator<Item = Vec<Line>> + 'a {
    let places = PLACES.iter().map(|place| document.select(place)).filter(|place| place.length() == 1);
    places.map(move |place| lines_of(&place, page))
}

/// What readers would take for the text.
fn readable(document: &Document, page: Option<&Url>) -> Option<Vec<Line>> {
    let mut reader = Readability::with_document(document.clone(), None, None).ok()?;
    let article = reader.parse().ok()?;
    let content = Document::fragment(article.content);
    Some(lines(&content.root(), page)).filter(|lines| !lines.is_empty())
}
