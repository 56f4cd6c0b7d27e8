//! How many articles there are of each year, as bars that select it.

use super::filters::{self, ValueView};
use super::{dates, links};
use crate::index::{Choice, Facet};
use crate::search::{FacetList, FacetValue, Request, Selection};

/// The least height of a bar that stands for any article, of 100.
const LEAST_HEIGHT: u64 = 6;

/// The bars of all years, and the form to choose a first and a last one.
pub(super) struct Histogram {
    /// Years of the Buddhist Era.
    pub(super) first: String,
    pub(super) last: String,
    /// The same years, in the era of the interface.
    pub(super) ends: (String, String),
    pub(super) bars: Vec<Bar>,
    /// What the form shows; empty where the request has no such year.
    pub(super) from: String,
    pub(super) to: String,
    /// The years with an article, as a list to select several of them from.
    pub(super) list: Vec<ValueView>,
    /// What the form keeps of the request.
    pub(super) hidden: Vec<(String, String)>,
}

/// One year.
pub(super) struct Bar {
    /// Of the Buddhist Era.
    pub(super) year: String,
    /// In both eras.
    pub(super) label: String,
    /// The search of this year; none where nothing is of it.
    pub(super) address: Option<String>,
    pub(super) count: u64,
    /// Of 100.
    pub(super) height: u64,
    /// What is above the bar, of 100.
    pub(super) above: u64,
    pub(super) selected: bool,
}

impl Histogram {
    /// `None` where there are no two years to choose between.
    pub(super) fn new(request: &Request, list: Option<&FacetList>) -> Option<Histogram> {
        let list = list?;
        let mut values: Vec<&FacetValue> = list.values.iter().collect();
        values.sort_by(|one, other| one.value.cmp(&other.value));
        let (first, last) = (values.first()?.value.clone(), values.last()?.value.clone());
        let most = values.iter().map(|value| value.count).max().filter(|most| *most > 0)?;
        let (from, to) = links::years(request);
        let short = |year: &str| dates::short_year(year, request.interface);
        (first != last).then(|| Histogram {
            ends: (short(&first), short(&last)),
            bars: values.iter().map(|value| Bar::new(value, most, request)).collect(),
            from: short(&from),
            to: short(&to),
            list: filters::value_views(request, Facet::Year, list.clone()),
            hidden: links::kept(request, &["year"]),
            first,
            last,
        })
    }
}

impl Bar {
    fn new(value: &FacetValue, most: u64, request: &Request) -> Bar {
        let selected = value.selection == Selection::Selected;
        let height = if value.count == 0 { 0 } else { (value.count * 100 / most).max(LEAST_HEIGHT) };
        Bar {
            address: (value.count > 0 || selected).then(|| of_year(request, &value.value)),
            label: dates::year(&value.value, request.interface),
            year: value.value.clone(),
            count: value.count,
            above: 100 - height,
            height,
            selected,
        }
    }
}

/// The search of one year, or without it where it is all that is chosen.
fn of_year(request: &Request, year: &str) -> String {
    let only = vec![Choice::Value(year.to_owned())];
    let mut request = links::with_usual_facets(request);
    match request.filters.get(&Facet::Year) == Some(&only) {
        true => request.filters.remove(&Facet::Year),
        false => request.filters.insert(Facet::Year, only),
    };
    links::of_results(request)
}
