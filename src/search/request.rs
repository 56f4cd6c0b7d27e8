//! What is asked of a search, checked once.

use thiserror::Error;

use super::facets::{FacetOptions, FacetOrder};
use super::filters;
use super::highlight::Highlight;
use super::parameters;
use super::warning::Warning;
use super::weights::Weights;
use crate::index::{Choice, Facet, Filters, Sort};
use crate::text::Language;
use crate::text::calendar::Year;

/// The most hits that paging by number reaches.
pub(super) const LAST_HIT: usize = 10_000;
pub(super) const LARGEST_LIMIT: usize = 100;
const DEFAULT_LIMIT: usize = 10;
/// The most values of one facet that can be asked for.
pub(super) const MOST_FACET_VALUES: usize = 1_000;
/// The longest text that facet values are searched for, in characters.
const LONGEST_FIND: usize = 100;

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
    /// The snapshot that the page before was of, as [`Response::snapshot`](super::Response::snapshot) names it.
    pub snapshot: Option<String>,
    /// Where the hits before ended, as [`Response::next`](super::Response::next) says it; then [`page`](Request::page)
    /// does not count.
    pub cursor: Option<String>,
    /// Hits on a page, 1 to 100.
    pub limit: usize,
    /// What is counted.
    pub facets: FacetOptions,
    /// How it is shown what was found; `None` to cut no titles and passages at all.
    pub highlight: Option<Highlight>,
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
            snapshot: None,
            cursor: None,
            limit: DEFAULT_LIMIT,
            facets: FacetOptions::default(),
            highlight: Some(Highlight::default()),
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
    /// Reads the parameters of an address: `q`, `sort`, `page`, `limit`, `ui` and others, and the names of facets,
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
        let mut years = [None, None];
        for (name, value) in parameters.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            match name {
                // What is not in the table of parameters is described to nobody, so it is not taken either.
                _ if !parameters::is_known(name) => warnings.push(Warning::UnknownParameter(name.to_owned())),
                "year_from" => years[0] = Some(year(name, value)?),
                "year_to" => years[1] = Some(year(name, value)?),
                _ if request.set(name, value)? => {}
                _ => warnings.push(Warning::UnknownParameter(name.to_owned())),
            }
        }
        request.add_years(years);
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
            values.iter().for_each(|value| add(facet.name(), value.to_string()));
        }
        if self.sort != default.sort {
            add("sort", self.sort_name().to_owned());
        }
        if self.page != default.page {
            add("page", self.page.to_string());
        }
        let texts = [("snapshot", self.snapshot.clone()), ("cursor", self.cursor.clone())];
        texts.into_iter().for_each(|(name, value)| value.into_iter().for_each(|value| add(name, value)));
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
        for (name, value) in
            self.facets.to_parameters().into_iter().chain(self.highlight.unwrap_or_default().to_parameters())
        {
            add(name, value);
        }
        if self.interface != default.interface {
            add("ui", self.interface.tag().to_owned());
        }
        parameters
    }

    /// The name of the order in addresses.
    pub fn sort_name(&self) -> &'static str {
        match self.sort {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Title(_) => "title",
        }
    }

    /// The order that hits come in: without words to fit, the newest come first; titles are those of the interface.
    pub fn effective_sort(&self) -> Sort {
        match self.sort {
            Sort::Relevance if self.text.trim().is_empty() => Sort::Newest,
            Sort::Title(_) => Sort::Title(self.interface),
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
            "sort" => {
                self.sort = sort(value).ok_or_else(|| error(name, value, "use relevance, newest, oldest or title"))?
            }
            "page" => self.page = number(name, value, LAST_HIT)?,
            "limit" => self.limit = number(name, value, LARGEST_LIMIT)?,
            "snapshot" => self.snapshot = Some(value.to_owned()),
            "cursor" => self.cursor = Some(value.to_owned()),
            "facets" => self.facets.facets = facets(name, value)?,
            "facet_limit" => self.facets.limit = number(name, value, MOST_FACET_VALUES)?,
            "facet_sort" => self.facets.order = facet_order(name, value)?,
            "facet_find" => self.facets.find = value.trim().chars().take(LONGEST_FIND).collect(),
            "highlight" | "snippets" | "snippet_length" => self.highlight.get_or_insert_default().set(name, value)?,
            "exact" => self.forgiveness = if switch(name, value)? { Forgiveness::Exact } else { Forgiveness::On },
            "translate" => self.translating = if switch(name, value)? { Translating::On } else { Translating::Off },
            "fresh" => self.freshness = if switch(name, value)? { Freshness::Preferred } else { Freshness::Ignored },
            "explain" => self.explaining = if switch(name, value)? { Explaining::On } else { Explaining::Off },
            "ui" => self.interface = Language::from_tag(value).ok_or_else(|| error(name, value, "use th or en"))?,
            _ => match Facet::from_name(name) {
                Some(facet) => filters::add(&mut self.filters, facet, value)?,
                None => return Ok(false),
            },
        }
        Ok(true)
    }

    /// Narrows to the years from the first to the last, where either is given.
    fn add_years(&mut self, [from, to]: [Option<Year>; 2]) {
        let (from, to) = if from.is_some() && to.is_some() && from > to { (to, from) } else { (from, to) };
        let shown = |year: Option<Year>| year.map(|year| year.buddhist_era().to_string());
        if from.is_some() || to.is_some() {
            self.filters.entry(Facet::Year).or_default().push(Choice::Between(shown(from), shown(to)));
        }
    }

    fn check_reach(&self) -> Result<(), RequestError> {
        if self.cursor.is_some() || self.page * self.limit <= LAST_HIT {
            return Ok(());
        }
        let expected =
            format!("pages reach the first {LAST_HIT} hits; go on with cursor and what the answer has as next");
        Err(error("page", &self.page.to_string(), &expected))
    }
}

fn sort(name: &str) -> Option<Sort> {
    match name {
        "relevance" => Some(Sort::Relevance),
        "newest" => Some(Sort::Newest),
        "oldest" => Some(Sort::Oldest),
        "title" => Some(Sort::Title(Language::Thai)),
        _ => None,
    }
}

fn facets(name: &str, value: &str) -> Result<Vec<Facet>, RequestError> {
    if value.trim() == "none" {
        return Ok(Vec::new());
    }
    let facet = |part: &str| Facet::from_name(part.trim());
    let expected = "use none, or with commas between them topic, year, author, series, organisation and language";
    value.split(',').map(facet).collect::<Option<_>>().ok_or_else(|| error(name, value, expected))
}

fn facet_order(name: &str, value: &str) -> Result<FacetOrder, RequestError> {
    match value.trim() {
        "count" => Ok(FacetOrder::Count),
        "name" => Ok(FacetOrder::Name),
        _ => Err(error(name, value, "use count or name")),
    }
}

fn year(name: &str, value: &str) -> Result<Year, RequestError> {
    Year::parse(value.trim()).ok_or_else(|| error(name, value, "use four digits, such as 2567 or 2024"))
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

pub(super) fn error(name: &str, value: &str, expected: &str) -> RequestError {
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
        assert_eq!(request.filters[&Facet::Year], [Choice::Value("2567".to_owned())]);
    }

    #[test]
    fn years_are_narrowed_to_by_the_first_and_the_last() {
        let between =
            |from: Option<&str>, to: Option<&str>| Choice::Between(from.map(str::to_owned), to.map(str::to_owned));
        for (parameters, expected) in [
            (vec![("year", "2560-2024")], between(Some("2560"), Some("2567"))),
            (vec![("year", ">=2017")], between(Some("2560"), None)),
            (vec![("year_from", "2567"), ("year_to", "2017")], between(Some("2560"), Some("2567"))),
            (vec![("year_to", "2567"), ("year_from", "")], between(None, Some("2567"))),
        ] {
            let (request, _) = read(&parameters).expect("good parameters");
            assert_eq!(request.filters[&Facet::Year], [expected], "{parameters:?}");
            let again = request.to_parameters();
            let again = read(&again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>());
            assert_eq!(again.expect("good parameters").0, request);
        }
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
            ("facets", "topic,year"),
            ("facet_limit", "5"),
            ("facet_sort", "name"),
            ("facet_find", "ก"),
            ("highlight", "em"),
            ("snippets", "0"),
            ("snippet_length", "50"),
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
        assert!(read(&[("author", "ก".repeat(201).as_str())]).is_err());
    }

    #[rstest]
    #[case("page", "0", "from 1 to 10000")]
    #[case("page", "x", "whole number")]
    #[case("page", "1001", "first 10000 hits")]
    #[case("limit", "101", "from 1 to 100")]
    #[case("sort", "random", "relevance, newest, oldest or title")]
    #[case("facets", "topic,colour", "none, or with commas")]
    #[case("highlight", "script", "mark, em, strong, b or none")]
    #[case("snippets", "6", "from 0 to 5")]
    #[case("snippet_length", "49", "from 50 to 500")]
    #[case("facet_sort", "colour", "count or name")]
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
