//! Which address takes which parameters, declared once: the handlers read by it, and the description is made of it.
//!
//! What an address does not take is no error, but it is told, so that a mistyped name is not silently without effect.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::export::Format;
use super::fields::{FIELDS, Fields, Of};
use super::problem::Problem;
use super::recording::{RECORD, Wish};
use crate::search::{
    MOST_EXPORTED, MOST_SUGGESTIONS, PARAMETERS, Parameter, ParameterKind, Repeats, Request, RequestError, Warning,
};
use crate::text::Bilingual;

/// The parameters of an address.
#[derive(Debug, Clone, Copy)]
pub(super) struct Takes {
    /// Those of a search, by name.
    search: Names,
    /// Those that are its own, or that have other limits or another default here.
    own: &'static [Parameter],
}

/// Names of parameters of a search, in groups.
#[derive(Debug, Clone, Copy)]
enum Names {
    All,
    Only(&'static [&'static [&'static str]]),
}

/// `/api/v1/search`, alone or as one of several.
pub(super) static SEARCH: Takes = Takes { search: Names::All, own: &[WISH, FIELDS_OF_HITS] };
/// The page of a search.
pub(super) static PAGE: Takes = Takes { search: Names::All, own: &[WISH] };
/// Exports of results: all there are, so there are no pages and nothing is counted beside them.
pub(super) static EXPORT: Takes = Takes { search: Names::Only(EXPORTED), own: &[EXPORT_LIMIT] };
/// Exports of results of which fields can be chosen.
static EXPORT_WITH_FIELDS: Takes = Takes { search: Names::Only(EXPORTED), own: &[EXPORT_LIMIT, FIELDS_OF_ARTICLE] };
/// One article.
pub(super) static ARTICLE: Takes = Takes { search: Names::Only(&[]), own: &[FIELDS_OF_ARTICLE] };
/// Articles related to one.
pub(super) static RELATED: Takes = Takes { search: Names::Only(&[]), own: &[FIELDS_OF_RELATED] };
/// The feed of a search.
pub(super) static FEED: Takes = Takes { search: Names::Only(FED), own: &[FEED_SORT] };
/// The values of one facet.
pub(super) static FACET: Takes = Takes { search: Names::Only(COUNTED), own: &[] };
/// Suggestions.
pub(super) static SUGGEST: Takes = Takes { search: Names::Only(&[&["q"]]), own: &[SUGGEST_LIMIT] };
/// What there is of one author, topic or series.
pub(super) static PROFILE: Takes = Takes { search: Names::Only(&[&["ui"]]), own: &[] };
/// The report of what people search for.
pub(super) static REPORT: Takes = Takes { search: Names::Only(&[]), own: &[DAYS] };
/// The map of the site.
pub(super) static SITEMAP: Takes = Takes { search: Names::Only(&[]), own: &[PART] };
/// The harvesting protocol, which reads its arguments by itself: all that is wrong with them it tells in its own way.
pub(super) static OAI: Takes = Takes { search: Names::Only(&[]), own: &OAI_ARGUMENTS };
/// Addresses that say all there is to say.
pub(super) static NOTHING: Takes = Takes { search: Names::Only(&[]), own: &[] };

/// What decides which articles are found.
const FINDING: &[&str] = &[
    "q",
    "topic",
    "year",
    "author",
    "series",
    "organisation",
    "language",
    "year_from",
    "year_to",
    "exact",
    "translate",
];
const EXPORTED: &[&[&str]] = &[FINDING, &["fresh", "sort", "ui"]];
const FED: &[&[&str]] = &[FINDING, &["fresh", "sort", "page", "limit", "ui"]];
const COUNTED: &[&[&str]] = &[FINDING, &["snapshot", "facet_limit", "facet_sort", "facet_find", "ui"]];

/// A parameter that is given once.
const fn own(
    name: &'static str,
    kind: ParameterKind,
    values: (Option<&'static str>, &'static str),
    about: Bilingual,
) -> Parameter {
    Parameter { name, kind, default: values.0, repeats: Repeats::Once, example: values.1, about }
}

const WISH: Parameter = own(
    RECORD,
    ParameterKind::Switch,
    (None, "false"),
    Bilingual::new(
        "false คือการค้นระหว่างพิมพ์ ซึ่งไม่นับในรายงาน true คือนับแม้มีตัวกรอง",
        "Whether the search is counted in the report: `false` for one made while typing, `true` for one that is meant though it has filters.",
    ),
);
const FIELDS_OF_HITS: Parameter = fields(Of::Hit.names());
const FIELDS_OF_RELATED: Parameter = fields(Of::Related.names());
const FIELDS_OF_ARTICLE: Parameter = fields(Of::Article.names());

const fn fields(names: &'static [&'static str]) -> Parameter {
    let about = Bilingual::new("เฉพาะช่องข้อมูลที่ต้องการ คั่นด้วยจุลภาค", "Only these fields, with commas between them.");
    own(FIELDS, ParameterKind::SomeOf(names), (None, "id,title"), about)
}

pub(super) const EXPORT_LIMIT: Parameter = own(
    "limit",
    ParameterKind::Number(1, MOST_EXPORTED),
    (Some("10000"), "500"),
    Bilingual::new("จำนวนบทความสูงสุดที่ส่งออก", "The most articles of the export."),
);
const FEED_SORT: Parameter = own(
    "sort",
    ParameterKind::OneOf(&["relevance", "newest", "oldest", "title"]),
    (Some("newest"), "relevance"),
    Bilingual::new("ลำดับของรายการ", "The order of the entries."),
);
pub(super) const SUGGEST_LIMIT: Parameter = own(
    "limit",
    ParameterKind::Number(1, MOST_SUGGESTIONS),
    (Some("10"), "5"),
    Bilingual::new("จำนวนคำแนะนำสูงสุด", "The most suggestions."),
);
pub(super) const DAYS: Parameter = own(
    "days",
    ParameterKind::Number(1, 3_660),
    (Some("30"), "7"),
    Bilingual::new("จำนวนวันของรายงาน นับถึงวันนี้", "How many days the report has, up to today."),
);
pub(super) const PART: Parameter = own(
    "part",
    ParameterKind::Number(1, 1_000_000),
    (None, "1"),
    Bilingual::new("ส่วนที่ต้องการ เมื่อแผนผังแบ่งเป็นหลายส่วน", "The part that is wanted, where the map has several."),
);

const OAI_ARGUMENTS: [Parameter; 7] = [
    own(
        "verb",
        ParameterKind::OneOf(&[
            "Identify",
            "ListMetadataFormats",
            "ListSets",
            "GetRecord",
            "ListIdentifiers",
            "ListRecords",
        ]),
        (None, "Identify"),
        Bilingual::new("คำสั่งของ OAI-PMH", "The verb of the protocol; it has to be given."),
    ),
    own(
        "metadataPrefix",
        ParameterKind::OneOf(&["oai_dc"]),
        (None, "oai_dc"),
        Bilingual::new("รูปแบบของเมทาดาทา", "The format of metadata."),
    ),
    own("identifier", ParameterKind::Text, (None, ""), Bilingual::new("รหัสของระเบียน", "The identifier of a record.")),
    own(
        "from",
        ParameterKind::Text,
        (None, "2024-01-01"),
        Bilingual::new("เปลี่ยนแปลงตั้งแต่", "Changed since, as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."),
    ),
    own(
        "until",
        ParameterKind::Text,
        (None, ""),
        Bilingual::new("เปลี่ยนแปลงไม่เกิน", "Changed until, in the same form as `from`."),
    ),
    own("set", ParameterKind::Text, (None, "procurement"), Bilingual::new("ชุด ซึ่งคือหัวข้อ", "The set, which is a topic.")),
    own(
        "resumptionToken",
        ParameterKind::Text,
        (None, ""),
        Bilingual::new(
            "ค่าที่ได้จากส่วนก่อนของรายการ",
            "What the part of the list before gave, to go on; then nothing else but the verb is given.",
        ),
    ),
];

/// What an export of results in this format takes.
pub(super) fn results_as(format: Format) -> &'static Takes {
    if format.has_fields() { &EXPORT_WITH_FIELDS } else { &EXPORT }
}

/// What an article in this format takes.
pub(super) fn article_as(format: Format) -> &'static Takes {
    if format.has_fields() { &ARTICLE } else { &NOTHING }
}

impl Takes {
    /// The parameters in the order in which they are shown.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        let Takes { search, own } = *self;
        let is_own = move |name: &str| own.iter().any(|parameter| parameter.name == name);
        let of_search = PARAMETERS.iter().filter(move |it| search.has(it.name) && !is_own(it.name));
        of_search.chain(own)
    }

    /// Whether a parameter of this name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.search.has(name) || self.own(name).is_some()
    }

    fn own(&self, name: &str) -> Option<&'static Parameter> {
        self.own.iter().find(|parameter| parameter.name == name)
    }
}

impl Names {
    fn has(self, name: &str) -> bool {
        match self {
            Names::All => PARAMETERS.iter().any(|parameter| parameter.name == name),
            Names::Only(groups) => groups.iter().any(|names| names.contains(&name)),
        }
    }
}

/// What is asked of an address.
#[derive(Debug)]
pub(super) struct Asked {
    /// What its parameters say of a search.
    pub(super) request: Request,
    /// The parameters that it does not take.
    pub(super) warnings: Vec<Warning>,
    /// The last value of each of its own parameters.
    own: BTreeMap<&'static str, String>,
}

/// Reads the query of an address that takes these parameters. Empty values are as good as none.
///
/// # Errors
/// A problem that names the first parameter whose value cannot be used, and says what it may be.
pub(super) fn read(takes: &Takes, query: Option<&str>) -> Result<Asked, Problem> {
    read_pairs(takes, form_urlencoded::parse(query.unwrap_or_default().as_bytes()))
}

/// As [`read`], of names and values.
///
/// # Errors
/// As [`read`].
pub(super) fn read_pairs<'a>(
    takes: &Takes,
    pairs: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> Result<Asked, Problem> {
    let (mut search, mut own, mut warnings) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        if takes.search.has(&name) {
            search.push((name, value));
        } else if let Some(parameter) = takes.own(&name) {
            own.insert(parameter.name, checked(parameter, &value)?);
        } else {
            warnings.push(not_taken(&name));
        }
    }
    let (request, unknown) = Request::from_parameters(search.iter().map(|(name, value)| (&**name, &**value)))?;
    warnings.extend(unknown);
    Ok(Asked { request, warnings, own })
}

fn checked(parameter: &Parameter, value: &str) -> Result<String, RequestError> {
    parameter.check(value)?;
    Ok(value.trim().to_owned())
}

fn not_taken(name: &str) -> Warning {
    let known = PARAMETERS.iter().map(|parameter| parameter.name).chain([RECORD, FIELDS]);
    match known.into_iter().any(|known| known == name) {
        true => Warning::NoEffect(name.to_owned()),
        false => Warning::UnknownParameter(name.to_owned()),
    }
}

impl Asked {
    /// The value of one of the address's own parameters, where it was given.
    pub(super) fn own(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str)
    }

    /// The value of a parameter that is a number, or its default.
    pub(super) fn number(&self, parameter: &Parameter) -> usize {
        let given = self.own(parameter.name).or(parameter.default);
        // A value that is no number was refused when it was read.
        given.and_then(|number| number.parse().ok()).unwrap_or_default()
    }

    /// The fields that are wanted.
    ///
    /// # Errors
    /// A problem that names the first field that there is none of, and those that there are.
    pub(super) fn fields(&self, of: Of) -> Result<Fields, Problem> {
        Ok(Fields::named(self.own(FIELDS).unwrap_or_default(), of)?)
    }

    /// What is said of being counted.
    pub(super) fn wish(&self) -> Wish {
        Wish::of(self.own(RECORD).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::mistyped(&SEARCH, "q=a&lmit=5", Warning::UnknownParameter("lmit".to_owned()))]
    #[case::of_other_addresses(&SUGGEST, "q=a&year=2567", Warning::NoEffect("year".to_owned()))]
    #[case::without_pages(&EXPORT, "page=2", Warning::NoEffect("page".to_owned()))]
    #[case::uncounted(&FEED, "record=false", Warning::NoEffect("record".to_owned()))]
    #[case::without_parameters(&NOTHING, "q=a", Warning::NoEffect("q".to_owned()))]
    fn what_an_address_does_not_take_is_told(#[case] takes: &Takes, #[case] query: &str, #[case] expected: Warning) {
        assert_eq!(read(takes, Some(query)).expect("good parameters").warnings, [expected]);
    }

    #[test]
    fn numbers_have_the_limits_of_their_address() {
        for (takes, parameter, query, expected) in [
            (&SUGGEST, &SUGGEST_LIMIT, "limit=20", Ok(20)),
            (&SUGGEST, &SUGGEST_LIMIT, "", Ok(10)),
            (&SUGGEST, &SUGGEST_LIMIT, "limit=21", Err("limit=21: use a whole number from 1 to 20")),
            (&EXPORT, &EXPORT_LIMIT, "limit=", Ok(10_000)),
            (&EXPORT, &EXPORT_LIMIT, "limit=1&limit=2", Ok(2)),
            (&EXPORT, &EXPORT_LIMIT, "limit=10001", Err("limit=10001: use a whole number from 1 to 10000")),
            (&REPORT, &DAYS, "days=0", Err("days=0: use a whole number from 1 to 3660")),
        ] {
            let asked = read(takes, Some(query));
            let number = asked.as_ref().map(|asked| asked.number(parameter)).map_err(|problem| problem.detail());
            assert_eq!(number, expected, "{query}");
        }
    }

    #[test]
    fn every_name_is_one_of_a_search_and_every_default_is_in_its_limits() {
        for takes in [&SEARCH, &EXPORT, &FEED, &FACET, &SUGGEST, &PROFILE, &REPORT, &SITEMAP, &NOTHING] {
            if let Names::Only(names) = takes.search {
                assert!(names.iter().flat_map(|names| *names).all(|name| Names::All.has(name)), "{names:?}");
            }
            for parameter in takes.parameters() {
                assert_eq!(parameter.default.map_or(Ok(()), |value| parameter.check(value)), Ok(()));
            }
        }
    }
}
