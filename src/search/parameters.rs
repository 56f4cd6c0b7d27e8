//! The parameters of a search, once: their names, what they may hold, and what they do.
//!
//! [`Request::from_parameters`](super::Request::from_parameters) takes no parameter that is not here, and those who
//! describe the search to others describe what is here.

use super::filters::{LONGEST_VALUE, MOST_VALUES};
use super::request::{LARGEST_LIMIT, LAST_HIT, MOST_FACET_VALUES, RequestError, error};
use crate::text::Bilingual;

/// The first and the last year that can be named: the last is 2399 of the Common Era in the Buddhist Era.
const YEARS: (usize, usize) = (1000, 2942);

/// A parameter of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What it is where it is not given; `None` where that is nothing at all.
    pub default: Option<&'static str>,
    /// Whether it may be given more than once.
    pub repeats: Repeats,
    /// A value that makes sense.
    pub example: &'static str,
    /// What it does.
    pub about: Bilingual,
}

/// What a parameter may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text; what is too long is cut.
    Text,
    /// A text of at most so many characters.
    ShortText(usize),
    /// A whole number from the first to the last.
    Number(usize, usize),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Any of these with commas between them.
    SomeOf(&'static [&'static str]),
    /// Any of these with commas between them, or `none`.
    SomeOrNone(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A year of either era, a range such as `2560-2567`, or one with `>=` or `<=` before it.
    Years,
}

/// Whether a parameter may be given more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// The last one counts.
    Once,
    /// So many times.
    UpTo(usize),
}

impl Parameter {
    /// Whether `value` is in the range of a number or a position of a switch; other kinds are checked where they are read.
    ///
    /// # Errors
    /// [`RequestError`] names the parameter and says what it may be.
    pub fn check(&self, value: &str) -> Result<(), RequestError> {
        let value = value.trim();
        match self.kind {
            Kind::Number(from, to) if !value.parse().is_ok_and(|number| (from..=to).contains(&number)) => {
                Err(error(self.name, value, &format!("use a whole number from {from} to {to}")))
            }
            Kind::Switch if !["true", "false", "1", "0"].contains(&value) => {
                Err(error(self.name, value, "use true or false"))
            }
            _ => Ok(()),
        }
    }
}

/// Whether an address of a search may have a parameter of this name.
pub(super) fn is_known(name: &str) -> bool {
    PARAMETERS.iter().any(|parameter| parameter.name == name)
}

const NAMES_OF_FACETS: &[&str] = &["topic", "year", "author", "series", "organisation", "language"];
const LANGUAGES: &[&str] = &["th", "en"];
const ORDERS: &[&str] = &["relevance", "newest", "oldest", "title"];

/// One that is given once and does nothing unless it is given.
const fn once(name: &'static str, kind: Kind, example: &'static str, about: Bilingual) -> Parameter {
    Parameter { name, kind, default: None, repeats: Repeats::Once, example, about }
}

/// One with a default.
const fn with_default(name: &'static str, kind: Kind, values: [&'static str; 2], about: Bilingual) -> Parameter {
    let [default, example] = values;
    Parameter { name, kind, default: Some(default), repeats: Repeats::Once, example, about }
}

/// What a search is narrowed to.
const fn filter(name: &'static str, kind: Kind, example: &'static str, about: Bilingual) -> Parameter {
    Parameter { name, kind, default: None, repeats: Repeats::UpTo(MOST_VALUES), example, about }
}

const VALUE: Kind = Kind::ShortText(LONGEST_VALUE);

/// The parameters of a search, in the order in which they are shown.
pub static PARAMETERS: [Parameter; 26] = [
    once(
        "q",
        Kind::Text,
        "open data",
        Bilingual::new(
            "คำค้นตามที่พิมพ์ ถ้าไม่ระบุจะแสดงบทความทั้งหมด",
            "What is searched for, as it is typed. Without it all articles are listed.",
        ),
    ),
    filter(
        "topic",
        VALUE,
        "procurement",
        Bilingual::new(
            "รหัสหรือชื่อของหัวข้อ นับรวมหัวข้อย่อย ระบุซ้ำได้",
            "Topics by id or name, with the topics below them. Of several any counts.",
        ),
    ),
    filter(
        "year",
        Kind::Years,
        "2560-2567",
        Bilingual::new(
            "ปี พ.ศ. หรือ ค.ศ. หรือช่วงปี เช่น 2560-2567 หรือ >=2020 ระบุซ้ำได้",
            "Years of either era, or ranges such as 2560-2567 or >=2020.",
        ),
    ),
    filter(
        "author",
        VALUE,
        "helen-marchbanks",
        Bilingual::new("รหัสหรือชื่อใดก็ได้ของผู้แต่ง ระบุซ้ำได้", "Authors by id or by any of their names."),
    ),
    filter("series", VALUE, "insight", Bilingual::new("รหัสหรือชื่อของชุดบทความ ระบุซ้ำได้", "Series by id or name.")),
    filter(
        "organisation",
        VALUE,
        "ศูนย์ข้อมูลเปิดภาครัฐ",
        Bilingual::new("ชื่อหน่วยงานสนับสนุน ระบุซ้ำได้", "Supporting organisations by name."),
    ),
    filter(
        "language",
        Kind::OneOf(LANGUAGES),
        "en",
        Bilingual::new("ภาษาของบทความ", "The languages that articles can be read in."),
    ),
    once(
        "year_from",
        Kind::Number(YEARS.0, YEARS.1),
        "2560",
        Bilingual::new("ตั้งแต่ปีนี้ พ.ศ. หรือ ค.ศ.", "From this year on, in either era."),
    ),
    once(
        "year_to",
        Kind::Number(YEARS.0, YEARS.1),
        "2567",
        Bilingual::new("ถึงปีนี้ พ.ศ. หรือ ค.ศ.", "Up to this year, in either era."),
    ),
    with_default(
        "exact",
        Kind::Switch,
        ["false", "true"],
        Bilingual::new(
            "true ค้นเฉพาะคำที่พิมพ์ ไม่รวมรูปอื่น ตัวสะกดอื่น หรืออีกภาษา",
            "`true` finds only what was typed, in no other form, spelling or language.",
        ),
    ),
    with_default(
        "translate",
        Kind::Switch,
        ["true", "false"],
        Bilingual::new("false ค้นเฉพาะภาษาของคำค้น", "`false` finds articles only in the language of the query."),
    ),
    with_default(
        "fresh",
        Kind::Switch,
        ["true", "false"],
        Bilingual::new("false ไม่ให้น้ำหนักกับบทความใหม่", "`false` prefers nothing new among what fits as well."),
    ),
    with_default(
        "sort",
        Kind::OneOf(ORDERS),
        ["relevance", "newest"],
        Bilingual::new(
            "ลำดับของผลลัพธ์ ถ้าไม่มีคำค้นจะเรียงจากใหม่ไปเก่า",
            "The order. Without a query relevance means the newest first.",
        ),
    ),
    with_default(
        "page",
        Kind::Number(1, LAST_HIT),
        ["1", "2"],
        Bilingual::new(
            "หน้าที่ต้องการ นับได้ถึงผลลัพธ์ที่ 10,000 หลังจากนั้นให้ใช้ cursor",
            "The page. Pages reach the first 10,000 hits; beyond them use `cursor`.",
        ),
    ),
    with_default(
        "limit",
        Kind::Number(1, LARGEST_LIMIT),
        ["10", "20"],
        Bilingual::new("จำนวนผลลัพธ์ต่อหน้า", "How many hits a page has."),
    ),
    once(
        "snapshot",
        Kind::Text,
        "1f-8",
        Bilingual::new(
            "ค่า snapshot ของหน้าก่อน เพื่อให้หน้าถัดไปมาจากดัชนีเดียวกัน",
            "The `snapshot` of the page before, so that the pages that follow are of the same commit.",
        ),
    ),
    once(
        "cursor",
        Kind::Text,
        "",
        Bilingual::new(
            "ค่า next ของคำตอบก่อน เพื่อขอผลลัพธ์ที่ตามมา ใช้แทน page",
            "`next` of the answer before, for the hits that follow; in place of `page`. Only what the service gave is taken.",
        ),
    ),
    with_default(
        "highlight",
        Kind::OneOf(&["mark", "em", "strong", "b", "none"]),
        ["mark", "em"],
        Bilingual::new("องค์ประกอบ HTML รอบคำที่พบ none คือไม่มี", "The HTML element around the words found."),
    ),
    with_default(
        "snippets",
        Kind::Number(0, 5),
        ["1", "2"],
        Bilingual::new("จำนวนข้อความตัวอย่างสูงสุดต่อผลลัพธ์", "The most passages of a hit, beside its titles."),
    ),
    with_default(
        "snippet_length",
        Kind::Number(50, 500),
        ["200", "120"],
        Bilingual::new("ความยาวของข้อความตัวอย่าง เป็นอักขระ", "How long a passage is, in characters."),
    ),
    with_default(
        "facets",
        Kind::SomeOrNone(NAMES_OF_FACETS),
        ["topic,year,author,series,organisation,language", "topic,year"],
        Bilingual::new(
            "รายการที่ต้องการนับ คั่นด้วยจุลภาค หรือ none ถ้าไม่ต้องการ",
            "What is counted, with commas between the names, or `none`.",
        ),
    ),
    with_default(
        "facet_limit",
        Kind::Number(1, MOST_FACET_VALUES),
        ["20", "5"],
        Bilingual::new("จำนวนค่าสูงสุดของแต่ละรายการ", "The most values of each facet."),
    ),
    with_default(
        "facet_sort",
        Kind::OneOf(&["count", "name"]),
        ["count", "name"],
        Bilingual::new(
            "ลำดับของค่าในแต่ละรายการ ตามจำนวนบทความหรือตามชื่อ",
            "The order of the values: by number of articles, or by name.",
        ),
    ),
    once(
        "facet_find",
        Kind::Text,
        "data",
        Bilingual::new("แสดงเฉพาะค่าที่ชื่อมีข้อความนี้", "Only values whose names have this text."),
    ),
    with_default(
        "explain",
        Kind::Switch,
        ["false", "true"],
        Bilingual::new("true อธิบายที่มาของคะแนนของแต่ละผลลัพธ์", "`true` says of each hit how its score comes about."),
    ),
    with_default(
        "ui",
        Kind::OneOf(LANGUAGES),
        ["th", "en"],
        Bilingual::new(
            "ภาษาของป้ายชื่อ ชื่อเรื่อง และข้อความที่แสดง",
            "The language of labels, and of titles and snippets where there is a choice.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Facet;
    use crate::search::{Request, Warning};

    fn read(name: &str, value: &str) -> Result<(Request, Vec<Warning>), RequestError> {
        // Pages far on are reached with few hits on each.
        Request::from_parameters([("limit", "1"), (name, value)])
    }

    #[test]
    fn a_request_knows_every_parameter_of_the_table() {
        for Parameter { name, example, .. } in &PARAMETERS {
            let value = if example.is_empty() { "x" } else { example };
            assert_eq!(read(name, value).map(|(_, warnings)| warnings), Ok(Vec::new()), "{name}");
        }
        // Those that a request writes are in the table, or it could not read them again.
        assert!(Facet::ALL.into_iter().all(|facet| is_known(facet.name()) && NAMES_OF_FACETS.contains(&facet.name())));
    }

    #[test]
    fn a_request_has_the_defaults_of_the_table() {
        let defaults = PARAMETERS.iter().filter_map(|parameter| Some((parameter.name, parameter.default?)));
        assert_eq!(Request::from_parameters(defaults), Ok((Request::default(), Vec::new())));
    }

    #[test]
    fn what_the_table_says_is_taken_and_what_it_does_not_is_refused() {
        for Parameter { name, kind, .. } in &PARAMETERS {
            let (taken, refused) = limits(*kind);
            taken.iter().for_each(|value| assert!(read(name, value).is_ok(), "{name}={value}"));
            refused.iter().for_each(|value| assert!(read(name, value).is_err(), "{name}={value}"));
        }
    }

    /// Values at both sides of what a kind allows.
    fn limits(kind: Kind) -> (Vec<String>, Vec<String>) {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match kind {
            Kind::Text => (texts(&["ก"]), Vec::new()),
            Kind::ShortText(most) => (vec!["ก".repeat(most)], vec!["ก".repeat(most + 1)]),
            Kind::Number(from, to) => {
                let outside = from.checked_sub(1).into_iter().chain([to + 1]);
                ([from, to].map(|it| it.to_string()).into(), outside.map(|it| it.to_string()).collect())
            }
            Kind::OneOf(values) => (texts(values), texts(&["colour"])),
            Kind::SomeOf(names) => ([names.join(",")].into(), texts(&["none", "colour"])),
            Kind::SomeOrNone(names) => ([names.join(","), "none".to_owned()].into(), texts(&["none,topic", "colour"])),
            Kind::Switch => (texts(&["true", "false", "1", "0"]), texts(&["yes", "2"])),
            Kind::Years => {
                (texts(&["1000", "2942", "2560-2567", ">=2020", "<=2567"]), texts(&["999", "2943", "x", "2560-x"]))
            }
        }
    }

    #[test]
    fn numbers_and_switches_are_checked_by_the_table() {
        let parameter = |kind| once("x", kind, "", Bilingual::new("", ""));
        for (kind, value, is_good) in [
            (Kind::Number(1, 20), "20", true),
            (Kind::Number(1, 20), "21", false),
            (Kind::Number(1, 20), "x", false),
            (Kind::Switch, "true", true),
            (Kind::Switch, "perhaps", false),
            (Kind::Text, "perhaps", true),
        ] {
            assert_eq!(parameter(kind).check(value).is_ok(), is_good, "{value}");
        }
    }
}
