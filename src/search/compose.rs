//! Queries written for those who do not know the language of queries: each box of a form becomes what could have been
//! typed.

use crate::text::Language;
use crate::text::calendar::Year;

/// What is asked for, box by box. Empty texts ask for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Words that are all wanted.
    pub all: String,
    /// Words that are wanted in this order.
    pub phrase: String,
    /// Words of which any is wanted.
    pub any: String,
    /// Words that are not wanted.
    pub none: String,
    /// Where the wanted words are to be.
    pub within: Within,
    /// The name of an author.
    pub author: String,
    /// The name of a topic.
    pub topic: String,
    /// The first year, of either era.
    pub from: String,
    /// The last year, of either era.
    pub to: String,
    /// The language of the articles.
    pub language: Option<Language>,
}

/// The part of an article that words are looked for in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// All of it.
    #[default]
    Anywhere,
    /// Its title.
    Title,
    /// The names of its supporting organisations.
    Organisation,
    /// The name of its series.
    Series,
}

impl Within {
    /// Every part.
    pub const ALL: [Within; 4] = [Within::Anywhere, Within::Title, Within::Organisation, Within::Series];

    /// The name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Within::Anywhere => "anywhere",
            Within::Title => "title",
            Within::Organisation => "organisation",
            Within::Series => "series",
        }
    }

    /// The part with this name.
    pub fn from_name(name: &str) -> Option<Within> {
        Within::ALL.into_iter().find(|within| within.name() == name)
    }

    fn field(self, interface: Language) -> Option<&'static str> {
        let (thai, english) = match self {
            Within::Anywhere => return None,
            Within::Title => ("ชื่อเรื่อง", "title"),
            Within::Organisation => ("หน่วยงาน", "org"),
            Within::Series => ("ชุด", "series"),
        };
        Some(in_language(interface, thai, english))
    }
}

impl Wishes {
    /// The query that asks for all of it, with the names of fields in the language of the interface; empty if nothing
    /// is asked for.
    pub fn query(&self, interface: Language) -> String {
        let named = |thai, english, value: Option<String>| {
            value.map(|value| format!("{}:{value}", in_language(interface, thai, english)))
        };
        let parts = [
            self.wanted(interface),
            named("ผู้แต่ง", "author", phrase(&self.author)),
            named("หัวข้อ", "topic", phrase(&self.topic)),
            named("ปี", "year", self.years()),
            named("ภาษา", "lang", self.language.map(|language| language.tag().to_owned())),
            joined(words(&self.none).into_iter().map(|word| format!("-{word}")).collect(), " "),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The words that are wanted, in the part of the article where they are wanted.
    fn wanted(&self, interface: Language) -> Option<String> {
        let any = words(&self.any);
        let any = if any.len() > 1 { Some(format!("({})", any.join(" OR "))) } else { any.into_iter().next() };
        let parts: Vec<String> = words(&self.all).into_iter().chain(phrase(&self.phrase)).chain(any).collect();
        match (self.within.field(interface), parts.as_slice()) {
            (_, []) => None,
            (None, _) => Some(parts.join(" ")),
            (Some(field), [part]) => Some(format!("{field}:{part}")),
            (Some(field), _) => Some(format!("{field}:({})", parts.join(" "))),
        }
    }

    /// The years as they were typed; what is no year asks for nothing.
    fn years(&self) -> Option<String> {
        let year = |text: &str| Year::parse(text).map(|_| text.trim().to_owned());
        match (year(&self.from), year(&self.to)) {
            (None, None) => None,
            (Some(from), None) => Some(format!(">={from}")),
            (None, Some(to)) => Some(format!("<={to}")),
            (Some(from), Some(to)) if from == to => Some(from),
            (Some(from), Some(to)) => Some(format!("{from}-{to}")),
        }
    }
}

fn in_language(interface: Language, thai: &'static str, english: &'static str) -> &'static str {
    match interface {
        Language::Thai => thai,
        Language::English => english,
    }
}

fn joined(parts: Vec<String>, separator: &str) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(separator))
}

/// The words of a box, each as it can stand in a query: what would mean something else there is quoted.
fn words(text: &str) -> Vec<String> {
    plain(text)
        .split_whitespace()
        .map(|word| word.trim_start_matches('-'))
        .filter(|word| !word.is_empty())
        .map(word)
        .collect()
}

fn word(word: &str) -> String {
    let is_operator = matches!(word.to_uppercase().as_str(), "AND" | "OR" | "NOT");
    if is_operator || word.contains(':') { format!("\"{word}\"") } else { word.to_owned() }
}

fn phrase(text: &str) -> Option<String> {
    let words = plain(text);
    let words: Vec<&str> = words.split_whitespace().collect();
    (!words.is_empty()).then(|| format!("\"{}\"", words.join(" ")))
}

/// A text without the signs that a query is made with.
fn plain(text: &str) -> String {
    text.replace(|ch: char| "\"“”„‟«»＂()（）".contains(ch), " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::search::parse;

    fn wishes() -> Wishes {
        Wishes { all: "งบประมาณ ท้องถิ่น".to_owned(), ..Wishes::default() }
    }

    #[rstest]
    #[case(wishes(), "งบประมาณ ท้องถิ่น")]
    #[case(Wishes { within: Within::Title, ..wishes() }, "title:(งบประมาณ ท้องถิ่น)")]
    #[case(Wishes { any: "audit, scrutiny".to_owned(), ..Wishes::default() }, "(audit, OR scrutiny)")]
    #[case(Wishes { phrase: "open  “data”".to_owned(), within: Within::Title, ..Wishes::default() }, "title:\"open data\"")]
    #[case(Wishes { none: "-ข่าว ประกาศ".to_owned(), ..wishes() }, "งบประมาณ ท้องถิ่น -ข่าว -ประกาศ")]
    #[case(Wishes { all: "not a:b".to_owned(), ..Wishes::default() }, "\"not\" \"a:b\"")]
    #[case(Wishes { from: "2560".to_owned(), to: "2024".to_owned(), ..Wishes::default() }, "year:2560-2024")]
    #[case(Wishes { from: "๒๕๖๐".to_owned(), to: "later".to_owned(), ..Wishes::default() }, "year:>=๒๕๖๐")]
    #[case(
        Wishes { author: "Helen Marchbanks".to_owned(), language: Some(Language::English), ..Wishes::default() },
        "author:\"Helen Marchbanks\" lang:en"
    )]
    #[case(Wishes { all: "\"( - \"".to_owned(), ..Wishes::default() }, "")]
    fn boxes_become_what_could_have_been_typed(#[case] wishes: Wishes, #[case] expected: &str) {
        assert_eq!(wishes.query(Language::English), expected);
    }

    #[test]
    fn fields_are_named_in_the_language_of_the_interface() {
        let wishes =
            Wishes { topic: "สินบน".to_owned(), to: "2567".to_owned(), within: Within::Title, ..wishes() };
        let expected = "ชื่อเรื่อง:(งบประมาณ ท้องถิ่น) หัวข้อ:\"สินบน\" ปี:<=2567";
        assert_eq!(wishes.query(Language::Thai), expected);
    }

    proptest! {
        #[test]
        fn what_is_composed_is_taken_as_typed(
            all in "([ก-ฮ]{1,4}|[a-z\"():-]{1,6}| |OR|NOT){0,6}", phrase in "[ก-ฮa-z\"() ]{0,9}", any in "[ก-ฮ:() -]{0,9}",
            none in "[a-z:\" -]{0,9}", author in "[A-Za-z ]{0,9}", at in 0usize..4, year in 2500u16..2570,
        ) {
            for from in [String::new(), year.to_string()] {
                let (all, phrase, any) = (all.clone(), phrase.clone(), any.clone());
                let (none, author, within) = (none.clone(), author.clone(), Within::ALL[at]);
                let wishes = Wishes { all, phrase, any, none, author, from, within, ..Wishes::default() };
                for interface in Language::ALL {
                    let query = wishes.query(interface);
                    let told = parse::parse(&query).1;
                    prop_assert!(told.is_empty(), "{query}: {told:?}");
                }
            }
        }
    }
}
