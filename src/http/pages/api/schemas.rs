//! The JSON of answers as tables of fields.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::openapi::Operation;

/// A type of the JSON.
pub(super) struct SchemaView {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) fields: Vec<FieldView>,
}

/// A field of it.
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) values: String,
    /// The type that it is, or is a list of.
    pub(super) of: Option<String>,
    pub(super) about: String,
}

/// All types of the JSON that the operations give and take, by name.
pub(super) fn views(operations: &[Operation]) -> Vec<SchemaView> {
    let bodies = operations.iter().filter_map(|operation| operation.body.as_ref().map(|body| &body.shape));
    let answers = operations.iter().flat_map(|operation| operation.answer.forms.iter().map(|(_, shape)| shape));
    let parts = answers.chain(bodies).flat_map(|shape| &shape.parts);
    let by_name: BTreeMap<&String, Value> =
        parts.map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default())).collect();
    by_name.iter().map(|(name, schema)| SchemaView::new(name, schema)).collect()
}

impl SchemaView {
    fn new(name: &str, schema: &Value) -> SchemaView {
        SchemaView { name: name.to_owned(), about: text(&schema["description"]), fields: fields(schema) }
    }
}

/// The fields of an object, or of the objects that it is put together of.
fn fields(schema: &Value) -> Vec<FieldView> {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let included = parts.flat_map(|part| match name_of(part) {
        Some(name) => {
            vec![FieldView { name: "…".to_owned(), values: name.clone(), of: Some(name), about: String::new() }]
        }
        None => fields(part),
    });
    let own = schema["properties"].as_object().into_iter().flatten();
    included.chain(own.map(|(name, field)| FieldView::new(name, field))).collect()
}

impl FieldView {
    fn new(name: &str, schema: &Value) -> FieldView {
        let of = [schema, &schema["items"], &schema["additionalProperties"], &schema["oneOf"][0], &schema["oneOf"][1]]
            .into_iter()
            .find_map(name_of);
        FieldView { name: name.to_owned(), values: values(schema), of, about: text(&schema["description"]) }
    }
}

/// What a field may be.
fn values(schema: &Value) -> String {
    if let Some(name) = name_of(schema) {
        return name;
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(text).collect::<Vec<_>>().join(", ");
    }
    if let Some(either) = schema["oneOf"].as_array() {
        return either.iter().map(values).collect::<Vec<_>>().join(" | ");
    }
    match &schema["type"] {
        Value::Array(either) => either.iter().map(text).collect::<Vec<_>>().join(" | "),
        Value::String(kind) if kind == "array" => format!("[{}]", values(&schema["items"])),
        Value::String(kind) if kind == "object" && schema["additionalProperties"].is_object() => {
            format!("{{…: {}}}", values(&schema["additionalProperties"]))
        }
        kind => text(kind),
    }
}

/// The name of the type that a schema refers to.
fn name_of(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
