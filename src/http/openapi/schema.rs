//! Schemas of what has none by itself: parameters, and types of folders that do not know OpenAPI.

use serde_json::{Value, json};
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, OneOfBuilder};
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::http::parameters::OAI;
use crate::search::{Parameter, ParameterKind, Repeats};

/// What a parameter may hold.
pub(super) fn of_parameter(parameter: &Parameter) -> RefOr<Schema> {
    let value = of_kind(parameter.kind).default(parameter.default.map(|text| value(parameter.kind, text)));
    match parameter.repeats {
        Repeats::Once => value.into(),
        Repeats::UpTo(most) => ArrayBuilder::new().items(value.build()).max_items(Some(most)).into(),
    }
}

/// A value of a parameter as JSON has it.
pub(super) fn value(kind: ParameterKind, text: &str) -> Value {
    match kind {
        ParameterKind::Number(..) => text.parse::<usize>().map_or_else(|_| json!(text), |number| json!(number)),
        ParameterKind::Switch => json!(text == "true"),
        _ => json!(text),
    }
}

fn of_kind(kind: ParameterKind) -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match kind {
        ParameterKind::Text => text,
        ParameterKind::ShortText(most) => text.max_length(Some(most)),
        ParameterKind::Number(from, to) => {
            let number = ObjectBuilder::new().schema_type(Type::Integer);
            number.minimum(Some(from)).maximum(Some(to))
        }
        ParameterKind::OneOf(values) => text.enum_values(Some(values.iter().copied())),
        ParameterKind::SomeOf(names) => {
            let name = names.join("|");
            text.pattern(Some(format!("^(({name})(,({name}))*)?$")))
        }
        ParameterKind::SomeOrNone(names) => {
            let name = names.join("|");
            text.pattern(Some(format!("^(none|({name})(,({name}))*)?$")))
        }
        ParameterKind::Switch => ObjectBuilder::new().schema_type(Type::Boolean),
        ParameterKind::Years => text.pattern(Some(format!("^({YEAR}|{YEAR}-{YEAR}|(>=|<=){YEAR})?$"))),
    }
}

/// A year from 1000 to 2942.
const YEAR: &str = "(1[0-9]{3}|2[0-8][0-9]{2}|29[0-3][0-9]|294[0-2])";

fn one_of(values: &[&'static str], about: &str) -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values.iter().copied()));
    text.description(Some(about)).build()
}

/// A language.
pub(in crate::http) fn language() -> Object {
    one_of(&["th", "en"], "A language, by its BCP 47 tag.")
}

/// The languages of an article.
pub(in crate::http) fn languages() -> Schema {
    let list = ArrayBuilder::new().items(language());
    list.description(Some("The languages that it can be read in, Thai first.")).into()
}

/// A text in the languages that it is there in.
pub(in crate::http) fn localized() -> Object {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let both = ObjectBuilder::new().property("th", text()).property("en", text());
    both.description(Some("A text in the languages that it is there in.")).build()
}

/// Byte ranges.
pub(in crate::http) fn ranges() -> Schema {
    let number = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    let range = ObjectBuilder::new().property("start", number()).property("end", number());
    let list = ArrayBuilder::new().items(range.required("start").required("end"));
    list.description(Some("What is found, as byte ranges of `text` in UTF-8; `end` is the byte after.")).into()
}

/// What a suggestion is.
pub(in crate::http) fn suggestion_kind() -> Object {
    one_of(&["phrase", "topic", "title", "author", "organisation", "series"], "What is suggested.")
}

/// Why an article is related.
pub(in crate::http) fn why() -> Object {
    one_of(&["picked", "computed"], "`picked` by an editor, or `computed` from what the articles share.")
}

/// Why something else was searched.
pub(in crate::http) fn reason() -> Object {
    one_of(&["spelling", "keyboard_layout"], "Why that is held to be meant.")
}

/// What was typed, and a list of what it may become.
pub(super) fn suggestions_of_browsers() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let texts = ArrayBuilder::new().items(text());
    let either = OneOfBuilder::new().item(text()).item(texts);
    ArrayBuilder::new().items(either).min_items(Some(2)).max_items(Some(2)).into()
}

/// A list of objects.
pub(super) fn objects() -> Schema {
    ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::Object)).into()
}

/// A text.
pub(super) fn text() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).into()
}

/// A number of things.
pub(super) fn count() -> Schema {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).into()
}

/// Any object.
pub(super) fn object() -> Schema {
    ObjectBuilder::new().schema_type(Type::Object).into()
}

/// The arguments of OAI-PMH as a form.
pub(super) struct OaiForm;

impl ToSchema for OaiForm {}

impl PartialSchema for OaiForm {
    fn schema() -> RefOr<Schema> {
        let form = ObjectBuilder::new().required("verb");
        OAI.parameters().fold(form, |form, it| form.property(it.name, of_parameter(it))).into()
    }
}
