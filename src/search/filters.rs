//! What a search is narrowed to, as it is written in an address and as the index has it.

use super::facets;
use super::request::{Request, RequestError, error};
use super::years::years;
use crate::content::Site;
use crate::index::{Choice, Facet, Filters};
use crate::text::Language;
use crate::text::calendar::Year;

/// The most values of one facet: a page has a link for each that repeats all the others.
pub(super) const MOST_VALUES: usize = 20;
/// The longest facet value, in characters.
pub(super) const LONGEST_VALUE: usize = 200;

/// Adds what the parameter of `facet` says.
pub(super) fn add(filters: &mut Filters, facet: Facet, value: &str) -> Result<(), RequestError> {
    if value.chars().count() > LONGEST_VALUE {
        let shown: String = value.chars().take(40).collect();
        return Err(error(facet.name(), &format!("{shown}…"), &format!("use at most {LONGEST_VALUE} characters")));
    }
    let choice = choice(facet, value)?;
    let choices = filters.entry(facet).or_default();
    if !choices.contains(&choice) {
        choices.push(choice);
    }
    if choices.len() > MOST_VALUES {
        return Err(error(facet.name(), "…", &format!("select at most {MOST_VALUES} values")));
    }
    Ok(())
}

fn choice(facet: Facet, value: &str) -> Result<Choice, RequestError> {
    match facet {
        Facet::Year => {
            let expected = "use a year of four digits, such as 2567 or 2024, or years such as 2560-2567";
            year_choice(value).ok_or_else(|| error("year", value, expected))
        }
        Facet::Language => Language::from_tag(value)
            .map(|language| Choice::Value(language.tag().to_owned()))
            .ok_or_else(|| error("language", value, "use th or en")),
        _ => Ok(Choice::Value(value.to_owned())),
    }
}

fn year_choice(value: &str) -> Option<Choice> {
    let (from, to) = years(value)?;
    let shown = |year: Option<Year>| year.map(|year| year.buddhist_era().to_string());
    Some(match from.filter(|_| from == to) {
        Some(year) => Choice::Value(year.buddhist_era().to_string()),
        None => Choice::Between(shown(from), shown(to)),
    })
}

/// The request with the names of topics, series and authors in its filters replaced by their ids.
pub(super) fn resolved(request: &Request, site: &Site) -> Request {
    let resolve = |(facet, choices): (&Facet, &Vec<Choice>)| {
        let mut resolved: Vec<Choice> = Vec::new();
        for choice in choices {
            let choice = match choice {
                Choice::Value(value) => Choice::Value(facets::id(*facet, value, site)),
                Choice::Between(..) => choice.clone(),
            };
            if !resolved.contains(&choice) {
                resolved.push(choice);
            }
        }
        (*facet, resolved)
    };
    Request { filters: request.filters.iter().map(resolve).collect(), ..request.clone() }
}
