//! The values of facets as people are shown them: named, searched, put in order and cut to the first.

use std::collections::BTreeMap;

use super::request::Request;
use crate::content::Site;
use crate::index::{Choice, Facet, FacetCounts};
use crate::text::calendar::Year;
use crate::text::{Language, bare, collation_key, keyboard};

/// The most years without an article that are shown between those with one.
const MOST_EMPTY_YEARS: usize = 200;

/// What is wanted of the facets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetOptions {
    /// Which are counted.
    pub facets: Vec<Facet>,
    /// The most values of each, 1 to 1000. The years and what the request selects are always given.
    pub limit: usize,
    /// The order of the values.
    pub order: FacetOrder,
    /// Only values whose name has this, in either language; empty for all.
    pub find: String,
}

impl Default for FacetOptions {
    fn default() -> FacetOptions {
        FacetOptions { facets: Facet::ALL.to_vec(), limit: 20, order: FacetOrder::Count, find: String::new() }
    }
}

impl FacetOptions {
    /// The parameters that say this, without those that have their defaults.
    pub(super) fn to_parameters(&self) -> Vec<(&'static str, String)> {
        let default = FacetOptions::default();
        let names: Vec<&str> = self.facets.iter().map(|facet| facet.name()).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(",") };
        let parameters = [
            ("facets", self.facets != default.facets, names),
            ("facet_limit", self.limit != default.limit, self.limit.to_string()),
            ("facet_sort", self.order != default.order, "name".to_owned()),
            ("facet_find", self.find != default.find, self.find.clone()),
        ];
        parameters.into_iter().filter(|(_, is_set, _)| *is_set).map(|(name, _, value)| (name, value)).collect()
    }
}

/// The order of a facet's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetOrder {
    /// The most frequent first, then by name; years the latest first.
    Count,
    /// By name, as in a Thai dictionary.
    Name,
}

/// The values of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetList {
    /// Those asked for.
    pub values: Vec<FacetValue>,
    /// How many values articles were found with that also have what is looked for.
    pub distinct: usize,
}

/// A value of a facet, with how many of the articles found have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What a request selects it by.
    pub value: String,
    /// What people are shown.
    pub label: String,
    /// The count. The filter of the same facet does not narrow it.
    pub count: u64,
    /// Whether the request selects it.
    pub selection: Selection,
}

impl FacetValue {
    /// The topic that this one is below.
    pub fn parent(&self, facet: Facet) -> Option<&str> {
        let is_topic = facet == Facet::Topic;
        self.value.rsplit_once('/').filter(|_| is_topic).map(|(parent, _)| parent)
    }
}

/// Whether a facet value is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The request narrows to it.
    Selected,
    /// It could.
    Free,
}

/// What is shown of the `counts`.
pub(super) fn lists(
    counts: BTreeMap<Facet, FacetCounts>,
    request: &Request,
    site: &Site,
) -> BTreeMap<Facet, FacetList> {
    counts.into_iter().map(|(facet, counts)| (facet, Lister { facet, request, site }.list(counts))).collect()
}

#[derive(Clone, Copy)]
struct Lister<'a> {
    facet: Facet,
    request: &'a Request,
    site: &'a Site,
}

impl Lister<'_> {
    fn list(self, mut counts: FacetCounts) -> FacetList {
        counts.retain(|(value, _)| self.is_looked_for(value));
        let distinct = counts.len();
        self.add_selected(&mut counts);
        if self.facet == Facet::Year && self.request.facets.find.is_empty() {
            counts = with_empty_years(counts);
        }
        if self.request.facets.order == FacetOrder::Count {
            // They come in this order, and those that are cut need no name.
            self.cut(&mut counts, |(value, _)| value);
        }
        let mut values: Vec<FacetValue> = counts.into_iter().map(|(value, count)| self.value(&value, count)).collect();
        self.put_in_order(&mut values);
        self.cut(&mut values, |value| &value.value);
        FacetList { values, distinct }
    }

    fn is_looked_for(self, value: &str) -> bool {
        let find = &self.request.facets.find;
        if find.is_empty() {
            return true;
        }
        let ways = [find.clone(), keyboard::to_thai(find), keyboard::to_latin(find)].map(|way| bare(&way));
        let names = names(self.facet, value, self.site).into_iter().map(|name| bare(&name));
        names.into_iter().any(|name| ways.iter().any(|way| !way.is_empty() && name.contains(way)))
    }

    /// A selected value that nothing has is shown with a count of none, so that it can be given up.
    fn add_selected(self, counts: &mut FacetCounts) {
        for choice in self.request.filters.get(&self.facet).into_iter().flatten() {
            if let Choice::Value(value) = choice
                && !counts.iter().any(|(known, _)| **known == **value)
            {
                counts.push((value.as_str().into(), 0));
            }
        }
    }

    fn value(self, value: &str, count: u64) -> FacetValue {
        let selection = if self.is_selected(value) { Selection::Selected } else { Selection::Free };
        let label = label(self.facet, value, self.request.interface, self.site);
        FacetValue { label, value: value.to_owned(), count, selection }
    }

    fn is_selected(self, value: &str) -> bool {
        self.request.filters.get(&self.facet).is_some_and(|choices| choices.iter().any(|choice| choice.has(value)))
    }

    fn put_in_order(self, values: &mut [FacetValue]) {
        match (self.request.facets.order, self.facet) {
            (FacetOrder::Count, Facet::Year) => values.sort_by(|one, other| other.value.cmp(&one.value)),
            (FacetOrder::Name, Facet::Year) => values.sort_by(|one, other| one.value.cmp(&other.value)),
            (FacetOrder::Count, _) => {}
            (FacetOrder::Name, _) => {
                values.sort_by_cached_key(|value| (collation_key(&value.label), value.value.clone()))
            }
        }
    }

    /// Leaves the first values and the selected ones; of years all.
    fn cut<T>(self, values: &mut Vec<T>, value: impl Fn(&T) -> &str) {
        if self.facet == Facet::Year {
            return;
        }
        let mut place = 0;
        values.retain(|it| {
            place += 1;
            place <= self.request.facets.limit || self.is_selected(value(it))
        });
    }
}

/// The years between the first and the last with a count of none, for a histogram without holes.
fn with_empty_years(counts: FacetCounts) -> FacetCounts {
    let known: BTreeMap<i16, u64> =
        counts.iter().filter_map(|(value, count)| Some((value.parse().ok()?, *count))).collect();
    let (Some((&first, _)), Some((&last, _))) = (known.first_key_value(), known.last_key_value()) else {
        return counts;
    };
    let span = usize::from(last.abs_diff(first)) + 1;
    if known.len() < counts.len() || span - known.len() > MOST_EMPTY_YEARS {
        return counts;
    }
    (first..=last).map(|year| (year.to_string().into(), known.get(&year).copied().unwrap_or(0))).collect()
}

/// What people are shown for a facet value.
pub(super) fn label(facet: Facet, value: &str, interface: Language, site: &Site) -> String {
    match facet {
        Facet::Topic => site.topic_label(value, interface),
        Facet::Series => site.series_label(value, interface),
        Facet::Author => site.author_label(value, interface),
        Facet::Year => year_label(value, interface),
        Facet::Language => language_label(value, interface).to_owned(),
        Facet::Organisation => value.to_owned(),
    }
}

/// The value that is named by its id or a name.
pub(super) fn id(facet: Facet, name: &str, site: &Site) -> String {
    let known = match facet {
        Facet::Topic => site.find_topic(name),
        Facet::Series => site.find_series(name),
        Facet::Author => site.find_author(name),
        Facet::Year | Facet::Organisation | Facet::Language => None,
    };
    known.unwrap_or(name).to_owned()
}

/// The names that the site gives a value.
pub(super) fn known_names(facet: Facet, value: &str, site: &Site) -> impl Iterator<Item = String> {
    let named = match facet {
        Facet::Topic => site.topics.get(value),
        Facet::Series => site.series.get(value),
        Facet::Author => site.authors.get(value),
        Facet::Year | Facet::Organisation | Facet::Language => None,
    };
    named.into_iter().flat_map(|names| names.all().map(str::to_owned))
}

/// All that a value is called.
fn names(facet: Facet, value: &str, site: &Site) -> Vec<String> {
    let names = known_names(facet, value, site);
    names.chain(Language::ALL.map(|language| label(facet, value, language, site))).chain([value.to_owned()]).collect()
}

fn year_label(value: &str, interface: Language) -> String {
    match (Year::parse(value), interface) {
        (Some(year), Language::Thai) => format!("พ.ศ. {}", year.buddhist_era()),
        (Some(year), Language::English) => format!("{} ({} BE)", year.common_era(), year.buddhist_era()),
        (None, _) => value.to_owned(),
    }
}

fn language_label(tag: &str, interface: Language) -> &str {
    match (Language::from_tag(tag), interface) {
        (Some(Language::Thai), Language::Thai) => "ไทย",
        (Some(Language::Thai), Language::English) => "Thai",
        (Some(Language::English), Language::Thai) => "อังกฤษ",
        (Some(Language::English), Language::English) => "English",
        (None, _) => tag,
    }
}
