//! What is asked of a search, checked once.

use thiserror::Error;

use super::warning::Warning;
use super::weights::Weights;
use crate::index::{Facet, Filters, Sort};
use crate::text::Language;
use crate::text::calendar::Year;

/// The most hits that paging by number reaches.
const LAST_HIT: usize = 10_000;
const LARGEST_LIMIT: usize = 100;
const DEFAULT_LIMIT: usize = 10;
/// The most values of one facet: a page has a link for each that repeats all the others.
const MOST_VALUES: usize = 20;
/// The longest facet value, in bytes.
const LONGEST_VALUE: usize = 500;

/// A search, with only values that make sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What was typed; empty to browse everything.
    pub text: String,
    /// Selected facet values.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// From 1.
    pub page: usize,
    /// Hits on a page, 1 to 100.
    pub limit: usize,
    /// The language of labels, and of titles and snippets where there is a choice.
    pub interface: Language,
    /// Whether what was not typed exactly so is found as well.
    pub forgiveness: Forgiveness,
    /// Whether articles in the other language are found as well.
    pub translating: Translating,
    /// Whether new articles are preferred to old ones that fit as well.
    pub freshness: Freshness,
    /// Whether each hit says how its score comes about.
    pub explaining: Explaining,
    /// What the ranking rests on; no parameter of an address.
    pub weights: Weights,
}

impl Default for Request {
    fn default() -> Request {
        Request {
            text: String::new(),
            filters: Filters::new(),
            sort: Sort::default(),
            page: 1,
            limit: DEFAULT_LIMIT,
            interface: Language::Thai,
            forgiveness: Forgiveness::On,
            translating: Translating::On,
            freshness: Freshness::Preferred,
            explaining: Explaining::Off,
            weights: Weights::default(),
        }
    }
}

/// Whether each hit says how its score comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explaining {
    /// It does.
    On,
    /// It does not.
    Off,
}

/// Whether what was not typed exactly so is found as well: other forms and spellings, beginnings, typing errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgiveness {
    /// It is.
    On,
    /// Words are found as they were typed, and in no other language.
    Exact,
}

/// Whether articles in the other language are found as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translating {
    /// They are.
    On,
    /// They are not.
    Off,
}

/// Whether new articles are preferred to old ones that fit as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// A little.
    Preferred,
    /// Not at all.
    Ignored,
}

/// Why a parameter cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{name}={value}: {expected}")]
pub struct RequestError {
    /// The parameter.
    pub name: String,
    /// What was given.
    pub value: String,
    /// What it may be.
    pub expected: String,
}

impl Request {
    /// Reads the parameters of an address: `q`, `sort`, `page`, `limit`, `ui` and the names of facets,
    /// which may be repeated. Empty values are as good as none. Gives the request and a warning for
    /// each parameter that it does not know.
    ///
    /// # Errors
    /// [`RequestError`] names the first parameter whose value cannot be used.
    pub fn from_parameters<'a>(
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<(Request, Vec<Warning>), RequestError> {
        let mut request = Request::default();
        let mut warnings = Vec::new();
        for (name, value) in parameters.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            if !request.set(name, value)? {
                warnings.push(Warning::UnknownParameter(name.to_owned()));
            }
        }
        request.check_reach()?;
        Ok((request, warnings))
    }

    /// The parameters that [`Request::from_parameters`] reads this request from, without those that
    /// have their defaults.
    pub fn to_parameters(&self) -> Vec<(String, String)> {
        let default = Request::default();
        let mut parameters = Vec::new();
        let mut add = |name: &str, value: String| parameters.push((name.to_owned(), value));
        if !self.text.is_empty() {
            add("q", self.text.clone());
        }
        for (facet, values) in &self.filters {
            values.iter().for_each(|value| add(facet.name(), value.clone()));
        }
        if self.sort != default.sort {
            add("sort", self.sort_name().to_owned());
        }
        if self.page != default.page {
            add("page", self.page.to_string());
        }
        if self.limit != default.limit {
            add("limit", self.limit.to_string());
        }
        for (name, is_set, value) in [
            ("exact", self.forgiveness != default.forgiveness, "true"),
            ("translate", self.translating != default.translating, "false"),
            ("explain", self.explaining != default.explaining, "true"),
            ("fresh", self.freshness != default.freshness, "false"),
        ] {
            if is_set {
                add(name, value.to_owned());
            }
        }
        if self.interface != default.interface {
            add("ui", self.interface.tag().to_owned());
        }
        parameters
    }

    /// The name of the order in addresses.
    pub fn sort_name(&self) -> &'static str {
        SORTS.into_iter().find(|&(_, sort)| sort == self.sort).map_or("relevance", |(name, _)| name)
    }

    /// The order that hits come in: without words to fit, the newest come first.
    pub fn effective_sort(&self) -> Sort {
        match self.sort {
            Sort::Relevance if self.text.trim().is_empty() => Sort::Newest,
            sort => sort,
        }
    }

    pub(super) fn is_exact(&self) -> bool {
        self.forgiveness == Forgiveness::Exact
    }

    pub(super) fn is_fresh_preferred(&self) -> bool {
        self.freshness == Freshness::Preferred
    }

    /// The last page that can be asked for.
    pub fn last_page(&self) -> usize {
        LAST_HIT / self.limit
    }

    /// Whether `name` is a parameter at all.
    fn set(&mut self, name: &str, value: &str) -> Result<bool, RequestError> {
        match name {
            "q" => self.text = value.to_owned(),
            "sort" => self.sort = sort(value).ok_or_else(|| error(name, value, "use relevance, newest or oldest"))?,
            "page" => self.page = number(name, value, LAST_HIT)?,
            "limit" => self.limit = number(name, value, LARGEST_LIMIT)?,
            "exact" => self.forgiveness = if switch(name, value)? { Forgiveness::Exact } else { Forgiveness::On },
            "translate" => self.translating = if switch(name, value)? { Translating::On } else { Translating::Off },
            "fresh" => self.freshness = if switch(name, value)? { Freshness::Preferred } else { Freshness::Ignored },
            "explain" => self.explaining = if switch(name, value)? { Explaining::On } else { Explaining::Off },
            "ui" => self.interface = Language::from_tag(value).ok_or_else(|| error(name, value, "use th or en"))?,
            _ => match Facet::from_name(name) {
                Some(facet) => self.filter(facet, value)?,
                None => return Ok(false),
            },
        }
        Ok(true)
    }

    fn filter(&mut self, facet: Facet, value: &str) -> Result<(), RequestError> {
        let value = match facet {
            Facet::Year => Year::parse(value)
                .map(|year| year.buddhist_era().to_string())
                .ok_or_else(|| error("year", value, "use four digits, such as 2567 or 2024"))?,
            Facet::Language => Language::from_tag(value)
                .map(|language| language.tag().to_owned())
                .ok_or_else(|| error("language", value, "use th or en"))?,
            _ => value.to_owned(),
        };
        if value.len() > LONGEST_VALUE {
            let shown: String = value.chars().take(40).collect();
            return Err(error(facet.name(), &format!("{shown}…"), &format!("use at most {LONGEST_VALUE} bytes")));
        }
        let values = self.filters.entry(facet).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
        if values.len() > MOST_VALUES {
            return Err(error(facet.name(), "…", &format!("select at most {MOST_VALUES} values")));
        }
        Ok(())
    }

    fn check_reach(&self) -> Result<(), RequestError> {
        if self.page * self.limit <= LAST_HIT {
            return Ok(());
        }
        let expected = format!("pages reach the first {LAST_HIT} hits; narrow the search instead");
        Err(error("page", &self.page.to_string(), &expected))
    }
}

/// The name of an order in addresses, and the order.
const SORTS: [(&str, Sort); 3] = [("relevance", Sort::Relevance), ("newest", Sort::Newest), ("oldest", Sort::Oldest)];

fn sort(name: &str) -> Option<Sort> {
    SORTS.into_iter().find(|&(known, _)| known == name).map(|(_, sort)| sort)
}

fn number(name: &str, value: &str, largest: usize) -> Result<usize, RequestError> {
    let number = value.trim().parse().ok().filter(|number| (1..=largest).contains(number));
    number.ok_or_else(|| error(name, value, &format!("use a whole number from 1 to {largest}")))
}

fn switch(name: &str, value: &str) -> Result<bool, RequestError> {
    match value.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(error(name, value, "use true or false")),
    }
}

fn error(name: &str, value: &str, expected: &str) -> RequestError {
    RequestError { name: name.to_owned(), value: value.to_owned(), expected: expected.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(parameters: &[(&str, &str)]) -> Result<(Request, Vec<Warning>), RequestError> {
        Request::from_parameters(parameters.iter().copied())
    }

    #[test]
    fn years_of_both_eras_are_one_filter() {
        let (request, _) = read(&[("year", "2567"), ("year", "2024"), ("year", "")]).expect("good parameters");
        assert_eq!(request.filters[&Facet::Year], ["2567"]);
    }

    #[test]
    fn an_address_gives_the_request_it_was_made_from() {
        let parameters = [
            ("q", "ก ข"),
            ("topic", "a/b"),
            ("topic", "c"),
            ("year", "2567"),
            ("sort", "newest"),
            ("page", "2"),
            ("limit", "20"),
            ("ui", "en"),
        ];
        let (request, _) = read(&parameters).expect("good parameters");
        let again: Vec<(String, String)> = request.to_parameters();
        assert_eq!(again, parameters.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn unknown_parameters_are_told() {
        let (request, warnings) = read(&[("q", "x"), ("colour", "red")]).expect("good parameters");
        assert_eq!(request.text, "x");
        assert_eq!(warnings, [Warning::UnknownParameter("colour".to_owned())]);
    }

    #[test]
    fn too_many_values_are_an_error() {
        let values: Vec<String> = (0..21).map(|number| number.to_string()).collect();
        let parameters: Vec<(&str, &str)> = values.iter().map(|value| ("topic", value.as_str())).collect();
        assert!(read(&parameters[..20]).is_ok());
        assert!(read(&parameters).is_err());
        assert!(read(&[("author", "ก".repeat(200).as_str())]).is_err());
    }

    #[rstest]
    #[case("page", "0", "from 1 to 10000")]
    #[case("page", "x", "whole number")]
    #[case("page", "1001", "first 10000 hits")]
    #[case("limit", "101", "from 1 to 100")]
    #[case("sort", "random", "relevance, newest or oldest")]
    #[case("year", "67", "four digits")]
    #[case("language", "fr", "th or en")]
    #[case("ui", "fr", "th or en")]
    fn what_makes_no_sense_is_an_error_with_the_way_out(
        #[case] name: &str,
        #[case] value: &str,
        #[case] expected: &str,
    ) {
        let error = read(&[(name, value)]).expect_err("a bad parameter").to_string();
        assert!(error.starts_with(&format!("{name}={value}: ")) && error.contains(expected), "{error}");
    }
}
