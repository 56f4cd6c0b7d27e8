//! Records of named fields to drafts: what NDJSON, JSON and CSV have in common.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::FormatSettings;
use crate::content::article::ArticleId;
use crate::content::draft::{Draft, Lines};
use crate::content::metadata::scalar;
use crate::text::Language;

/// Keys that are lists.
const LISTS: [&str; 6] = ["authors", "organisations", "topics", "language", "related", "related_titles"];
/// The keys of the body, with the language that each says it is in.
const BODIES: [(&str, Option<Language>); 3] =
    [("body", None), ("body_th", Some(Language::Thai)), ("body_en", Some(Language::English))];

/// What fields are called everywhere, by key.
static NAMES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("fields.toml")).expect("the table of fields is valid"));

/// The names that the fields of one site have.
pub(super) struct Fields {
    /// Each key with its names, the operator's first.
    names: Vec<(String, Names)>,
}

struct Names {
    /// The operator's: all of them count in a list.
    own: Vec<String>,
    /// Those of everywhere.
    usual: Vec<String>,
}

impl Fields {
    pub(super) fn new(settings: &FormatSettings) -> Fields {
        let own = |key: &str| settings.fields.get(key).map(|names| names.all().iter().map(|it| folded(it)).collect());
        let names = |(key, usual): (&String, &Vec<String>)| {
            let usual = usual.iter().map(|name| folded(name)).collect();
            (key.clone(), Names { own: own(key).unwrap_or_default(), usual })
        };
        let mut all: Vec<_> = NAMES.iter().map(names).collect();
        let others = settings.fields.keys().filter(|key| !NAMES.contains_key(*key));
        all.extend(others.map(|key| (key.clone(), Names { own: own(key).unwrap_or_default(), usual: Vec::new() })));
        Fields { names: all }
    }

    /// The draft of a record that begins in this line of its file. What is no field of an article is kept as it is.
    pub(super) fn draft(&self, record: Map<String, Value>, line: usize) -> Draft {
        let mut record = Record::new(record);
        // The operator's names come first of all: what one of them names is nothing else.
        let own: Vec<_> = self.names.iter().map(|(key, names)| (key, record.take_all(&names.own))).collect();
        let mut metadata = Map::new();
        for ((key, own), (_, names)) in own.into_iter().zip(&self.names) {
            let values = if own.is_empty() { record.take_first(&names.usual) } else { own };
            if let Some(value) = joined(key, values) {
                metadata.insert(key.clone(), value);
            }
        }
        let body = body(&mut metadata);
        let item = item(&mut metadata);
        for (key, value) in record.rest(!body.is_empty()) {
            metadata.entry(key).or_insert(value);
        }
        Draft { item, metadata, body, lines: Lines { start: Some(line), ..Lines::default() }, warnings: Vec::new() }
    }
}

/// Fields that are not taken yet, with their names as they are compared.
struct Record(Vec<(String, String, Value)>);

impl Record {
    /// The fields of a record, and those of its `extra`, which is how Khonha itself writes what it does not know.
    fn new(mut record: Map<String, Value>) -> Record {
        let extra = match record.shift_remove("extra") {
            Some(Value::Object(extra)) => extra,
            Some(other) => Map::from_iter([("extra".to_owned(), other)]),
            None => Map::new(),
        };
        Record(record.into_iter().chain(extra).map(|(name, value)| (folded(&name), name, value)).collect())
    }

    /// The values of all fields of these names that have any.
    fn take_all(&mut self, names: &[String]) -> Vec<Value> {
        names.iter().filter_map(|name| self.take(name)).filter(|value| !is_empty(value)).collect()
    }

    /// The first field of these names that says something. The first name is that of the key itself: where it is there
    /// and empty, no other is looked for.
    fn take_first(&mut self, names: &[String]) -> Vec<Value> {
        for (number, name) in names.iter().enumerate() {
            match self.take(name) {
                Some(value) if !is_empty(&value) => return vec![value],
                Some(_) if number == 0 => return Vec::new(),
                _ => {}
            }
        }
        Vec::new()
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(folded, ..)| folded == name)?;
        Some(self.0.remove(at).2)
    }

    /// What nobody took. The body as HTML says nothing where the body itself is there.
    fn rest(self, has_body: bool) -> impl Iterator<Item = (String, Value)> {
        let says_nothing = move |folded: &str, value: &Value| is_empty(value) || has_body && folded == "html";
        let rest = self.0.into_iter().filter(move |(folded, _, value)| !says_nothing(folded, value));
        rest.map(|(_, name, value)| (name, value))
    }
}

/// Names are the same in both cases and with spaces, hyphens or underscores.
fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', '_'], " ")
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

/// The value of a key from those of its fields.
fn joined(key: &str, values: Vec<Value>) -> Option<Value> {
    if LISTS.contains(&key) {
        let flat = values.into_iter().flat_map(|value| match value {
            Value::Array(values) => values,
            value => vec![value],
        });
        let named: Vec<Value> = flat.map(named).collect();
        return (!named.is_empty()).then_some(Value::Array(named));
    }
    values.into_iter().next().map(|value| if key == "date" { iso(value) } else { value })
}

/// An author or a topic is often an object with a name.
fn named(value: Value) -> Value {
    let name = ["name", "title", "label", "id"].iter().find_map(|key| value.get(*key).filter(|it| it.is_string()));
    name.cloned().unwrap_or(value)
}

/// A date as Khonha itself writes it has its parts beside it.
fn iso(date: Value) -> Value {
    date.get("iso").cloned().unwrap_or(date)
}

/// The body, with marks where its language is said by the name of its field.
fn body(metadata: &mut Map<String, Value>) -> String {
    let mut bodies = Vec::new();
    for (key, language) in BODIES {
        let Some(text) = metadata.shift_remove(key).and_then(text) else { continue };
        bodies.push(match language {
            Some(language) => format!("<!-- lang: {} -->\n\n{text}", language.tag()),
            None => text,
        });
    }
    bodies.join("\n\n")
}

/// A text, or paragraphs as a list of texts.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Array(values) => Some(values.iter().filter_map(scalar).collect::<Vec<_>>().join("\n\n")),
        Value::String(text) => Some(text),
        value => scalar(&value),
    }
}

/// What tells the record from others: an id that can be an address is the article's; a number, of which every table has
/// the same, or a `guid` is a name within the file alone.
fn item(metadata: &mut Map<String, Value>) -> Option<String> {
    let id = scalar(metadata.get("id")?)?;
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number && ArticleId::is_address(&id) {
        return None;
    }
    metadata.shift_remove("id");
    Some(id).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::content::formats::settings::OneOrMany;

    fn draft(record: Value, settings: &FormatSettings) -> Draft {
        let Value::Object(record) = record else { return Draft::default() };
        Fields::new(settings).draft(record, 1)
    }

    fn check(record: Value, metadata: Value, body: &str) {
        let draft = draft(record, &FormatSettings::default());
        assert_eq!((Value::Object(draft.metadata), draft.body.as_str()), (metadata, body));
    }

    #[test]
    fn fields_are_known_by_their_names_in_both_languages() {
        check(
            json!({"ชื่อเรื่อง": "ก", "ผู้แต่ง": "ข", "Published-At": "2567", "TITLE_EN": "A", "เนื้อหา": "ค", "สี": "แดง"}),
            json!({"authors": ["ข"], "date": "2567", "title": "ก", "title_en": "A", "สี": "แดง"}),
            "ค",
        );
    }

    #[test]
    fn what_khonha_writes_is_read_again() {
        check(
            json!({"title": "ก", "source": null, "url": "https://x", "date": {"iso": "2024-07"}, "body": "ข", "html": "<p>ข</p>", "extra": {"สี": 1}}),
            json!({"date": "2024-07", "title": "ก", "url": "https://x", "สี": 1}),
            "ข",
        );
    }

    #[test]
    fn bodies_of_two_languages_are_marked() {
        check(
            json!({"body_th": "ก", "body_en": ["A", "B"]}),
            json!({}),
            "<!-- lang: th -->\n\nก\n\n<!-- lang: en -->\n\nA\n\nB",
        );
    }

    #[test]
    fn the_names_of_the_operator_come_first() {
        let many = OneOrMany::Many(vec!["Author 1".to_owned(), "Author 2".to_owned()]);
        let fields = [("title", OneOrMany::One("name_of_work".to_owned())), ("authors", many)];
        let settings = FormatSettings {
            fields: fields.map(|(key, names)| (key.to_owned(), names)).into(),
            ..FormatSettings::default()
        };
        let record = json!({"title": "Dr.", "name of work": "ก", "author 2": {"name": "ค"}, "author 1": "ข"});
        let metadata = draft(record, &settings).metadata;
        assert_eq!(Value::Object(metadata), json!({"authors": ["ข", "ค"], "title": "ก"}));
    }

    #[test]
    fn numbers_and_guids_tell_records_apart_but_are_no_addresses() {
        let item = |id: Value| draft(json!({"id": id}), &FormatSettings::default()).item;
        assert_eq!(item(json!(17)).as_deref(), Some("17"));
        assert_eq!(item(json!("https://example.org/?p=1")).as_deref(), Some("https://example.org/?p=1"));
        assert_eq!(item(json!("insight/open-data")), None);
    }
}
