//! The page that describes the API to those who write programs, made of the same operations as its OpenAPI.

mod curl;
mod schemas;
pub(super) mod words;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

use self::curl::curl;
use self::schemas::SchemaView;
use self::words::ApiWording;
use super::frame::Frame;
use super::{Page, links, render};
use crate::http::openapi::{Access, Group, Operation, operations};
use crate::http::problem::Kind;
use crate::http::{Identity, Service};
use crate::search::{Parameter, ParameterKind, Repeats};
use crate::text::Language;

/// `GET /api`
pub(in crate::http) async fn page(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    render(&ApiPage::new(&operations(), frame.clone())).map_err(|problem| Page::of(problem, &frame))
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    words: &'static ApiWording,
    groups: Vec<GroupView>,
    schemas: Vec<SchemaView>,
    problems: Vec<ProblemView>,
}

struct GroupView {
    title: String,
    operations: Vec<OperationView>,
}

struct OperationView {
    id: String,
    verb: &'static str,
    path: String,
    summary: String,
    about: Option<String>,
    needs_key: bool,
    parameters: Vec<ParameterView>,
    status: u16,
    forms: Vec<FormView>,
    problems: Vec<ProblemView>,
    curl: String,
}

struct ParameterView {
    name: &'static str,
    values: String,
    about: String,
}

struct FormView {
    media_type: String,
    /// The name of its schema, where it is JSON.
    schema: Option<String>,
}

struct ProblemView {
    status: u16,
    address: String,
    title: &'static str,
}

impl ApiPage {
    fn new(operations: &[Operation], frame: Frame) -> ApiPage {
        let ui = frame.ui;
        ApiPage {
            words: ApiWording::of(ui),
            groups: Group::ALL.map(|group| GroupView::new(group, operations, &frame.identity, ui)).into(),
            schemas: schemas::views(operations),
            problems: Kind::ALL.map(|kind| ProblemView::new(kind, ui)).into(),
            frame: frame.clone().with_other_language(links::in_language(links::API.to_owned(), frame.other)),
        }
    }
}

impl GroupView {
    fn new(group: Group, operations: &[Operation], identity: &Identity, ui: Language) -> GroupView {
        let of_group = operations.iter().filter(|operation| operation.group == group);
        GroupView {
            title: group.title().get(ui).to_owned(),
            operations: of_group.map(|operation| OperationView::new(operation, identity, ui)).collect(),
        }
    }
}

impl OperationView {
    fn new(operation: &Operation, identity: &Identity, ui: Language) -> OperationView {
        let words = ApiWording::of(ui);
        let named = operation.in_path.map(|parameter| ParameterView::new(parameter, Some(words.required), words, ui));
        let asked = operation.takes.parameters().map(|parameter| ParameterView::new(parameter, None, words, ui));
        let form = |(media_type, shape): &(String, crate::http::openapi::Shape)| FormView {
            media_type: media_type.clone(),
            schema: shape.name.clone(),
        };
        OperationView {
            id: operation.id.clone(),
            verb: operation.verb.name(),
            path: operation.path.clone(),
            summary: operation.summary.get(ui).to_owned(),
            about: operation.about.as_ref().map(|about| plain(about.get(ui))),
            needs_key: operation.access == Access::Key,
            parameters: named.into_iter().chain(asked).collect(),
            status: operation.answer.status,
            forms: operation.answer.forms.iter().map(form).collect(),
            problems: operation.problems.iter().map(|kind| ProblemView::new(*kind, ui)).collect(),
            curl: curl(operation, identity),
        }
    }
}

impl ParameterView {
    fn new(parameter: &'static Parameter, required: Option<&str>, words: &ApiWording, ui: Language) -> ParameterView {
        let mut values = vec![values(parameter.kind, words)];
        values.extend(required.map(str::to_owned));
        values.extend(parameter.default.map(|default| format!("{} {default}", words.default)));
        if let Repeats::UpTo(most) = parameter.repeats {
            values.push(format!("{} {most}", words.repeated));
        }
        ParameterView { name: parameter.name, values: values.join("; "), about: plain(parameter.about.get(ui)) }
    }
}

/// A text of the description, which is Markdown in OpenAPI, without its marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// What a kind of parameter may hold.
fn values(kind: ParameterKind, words: &ApiWording) -> String {
    match kind {
        ParameterKind::Text => words.any_text.to_owned(),
        ParameterKind::ShortText(most) => format!("{} {most} {}", words.at_most, words.characters),
        ParameterKind::Number(from, to) => format!("{from}–{to}"),
        ParameterKind::OneOf(values) => values.join(", "),
        ParameterKind::SomeOf(names) => format!("{}; {}", names.join(", "), words.with_commas),
        ParameterKind::SomeOrNone(names) => format!("none, {}; {}", names.join(", "), words.with_commas),
        ParameterKind::Switch => "true, false".to_owned(),
        ParameterKind::Years => words.years.to_owned(),
    }
}

impl ProblemView {
    fn new(kind: Kind, ui: Language) -> ProblemView {
        let about = kind.about();
        let address = links::in_language(kind.address(), ui);
        ProblemView { status: about.status.as_u16(), address, title: about.title.get(ui) }
    }
}
