//! The description of the API in OpenAPI 3.1, made of the same tables that the handlers read by: the parameters of
//! [`parameters`](super::parameters), the kinds of problems, and the types that are written as JSON.
//!
//! Only [`operations`] is written for the description alone; a test holds it to the map of all addresses. The page for
//! readers is made of the same operations.

mod operation;
mod operations;
pub(super) mod schema;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter as OpenParameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, ContentBuilder, Header, HeaderBuilder, OpenApi, OpenApiBuilder, Paths, Ref, RefOr, Required,
    Response as OpenResponse, ResponseBuilder, Responses, Schema,
};
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, Server};

pub(super) use self::operation::{Access, Group, Operation, Shape, Verb};
pub(super) use self::operations::operations;

use super::problem::{Kind, ProblemJson};
use super::warnings::WARNINGS;
use super::{Identity, Service};
use crate::search::{Parameter, Repeats};
use crate::text::Language;

/// `GET /openapi.json`
pub(super) async fn description(State(service): State<Service>) -> Response {
    Json(document(&service.identity)).into_response()
}

const ABOUT: &str = "Full-text search of articles in Thai and English. Empty parameters are as good as none. A parameter \
     that an address does not take is ignored and told: in `warnings` of the answer, or else in the header \
     `Khonha-Warnings`. Errors are problem details (RFC 9457); each `type` is the address of a page that explains it.";

/// The description of the API of a service that is called so.
fn document(identity: &Identity) -> OpenApi {
    let operations = operations();
    let info = InfoBuilder::new()
        .title(format!("{} – search API", identity.name))
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .contact(Some(ContactBuilder::new().email(Some(identity.contact.clone())).build()))
        .license(Some(
            LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).identifier(Some(env!("CARGO_PKG_LICENSE"))).build(),
        ));
    let tags = Group::ALL.map(|group| TagBuilder::new().name(tag(group)).build());
    let mut paths = Paths::new();
    for operation in &operations {
        paths.add_path_operation(&operation.path, vec![method(operation.verb)], described(operation));
    }
    OpenApiBuilder::new()
        .info(info.build())
        // Relative to where the description was read, so that it is right behind every proxy.
        .servers(Some([Server::new("/")]))
        .tags(Some(tags))
        .paths(paths)
        .components(Some(components(&operations)))
        .build()
}

fn tag(group: Group) -> String {
    group.title().get(Language::English).to_owned()
}

fn method(verb: Verb) -> HttpMethod {
    match verb {
        Verb::Get => HttpMethod::Get,
        Verb::Post => HttpMethod::Post,
    }
}

fn described(operation: &Operation) -> utoipa::openapi::path::Operation {
    let english = |text: &crate::text::Bilingual| text.get(Language::English).to_owned();
    let parameters = operation.in_path.into_iter().map(in_path).chain(operation.takes.parameters().map(in_query));
    let parameters: Vec<OpenParameter> = parameters.collect();
    let mut builder = OperationBuilder::new()
        .operation_id(Some(operation.id.clone()))
        .tag(tag(operation.group))
        .summary(Some(english(&operation.summary)))
        .description(operation.about.as_ref().map(english))
        .parameters((!parameters.is_empty()).then_some(parameters))
        .responses(responses(operation));
    if let Some(body) = &operation.body {
        let content = ContentBuilder::new()
            .schema(Some(body.shape.schema.clone()))
            .example(serde_json::from_str(body.example).ok());
        let content = content.build();
        let body = RequestBodyBuilder::new().content(body.media_type, content).required(Some(Required::True));
        builder = builder.request_body(Some(body.build()));
    }
    if operation.access == Access::Key {
        let none: [&str; 0] = [];
        builder =
            builder.security(SecurityRequirement::new(KEY, none)).security(SecurityRequirement::new(PASSWORD, none));
    }
    builder.build()
}

/// The security schemes: for programs and for browsers.
const KEY: &str = "key";
const PASSWORD: &str = "password";

fn in_path(parameter: &Parameter) -> OpenParameter {
    self::parameter(parameter).parameter_in(ParameterIn::Path).required(Required::True).build()
}

fn in_query(parameter: &Parameter) -> OpenParameter {
    let described = self::parameter(parameter).parameter_in(ParameterIn::Query).required(Required::False);
    described.explode(matches!(parameter.repeats, Repeats::UpTo(_)).then_some(true)).build()
}

fn parameter(parameter: &Parameter) -> ParameterBuilder {
    let value = schema::value(parameter.kind, parameter.example);
    let example = match parameter.repeats {
        _ if parameter.example.is_empty() => None,
        Repeats::Once => Some(value),
        Repeats::UpTo(_) => Some(serde_json::Value::Array(vec![value])),
    };
    ParameterBuilder::new()
        .name(parameter.name)
        .description(Some(parameter.about.get(Language::English)))
        .schema(Some(schema::of_parameter(parameter)))
        .example(example)
}

fn responses(operation: &Operation) -> Responses {
    let mut served = ResponseBuilder::new().description("What was asked for");
    for (media_type, shape) in &operation.answer.forms {
        served = served.content(media_type, ContentBuilder::new().schema(Some(shape.schema.clone())).build());
    }
    for header in operation.answer.headers {
        let about = header.about.get(Language::English);
        served = served.header(header.name, self::header(about, (header.schema)()));
    }
    if operation.path.starts_with("/api/") {
        let about = "What was not taken as asked for: a list of display strings (RFC 9651).";
        served = served.header(WARNINGS.as_str(), header(about, schema::text()));
    }
    let mut responses = Responses::new();
    responses.responses.insert(operation.answer.status.to_string(), RefOr::T(served.build()));
    for kind in &operation.problems {
        let status = kind.about().status;
        responses.responses.insert(status.as_str().to_owned(), Ref::from_response_name(name_of(*kind)).into());
    }
    responses
}

fn header(about: &str, schema: Schema) -> Header {
    HeaderBuilder::new().schema(Some(RefOr::T(schema))).description(Some(about)).build()
}

/// The name of the response that problems of a kind have: that of their status.
fn name_of(kind: Kind) -> String {
    kind.about().status.canonical_reason().unwrap_or("Problem").replace(' ', "")
}

fn components(operations: &[Operation]) -> Components {
    let mut components = Components::new();
    let problem = operation::Shape::of::<ProblemJson>();
    let shapes = operations.iter().flat_map(|operation| {
        let body = operation.body.as_ref().map(|body| &body.shape);
        operation.answer.forms.iter().map(|(_, shape)| shape).chain(body)
    });
    for (name, mut schema) in shapes.chain([&problem]).flat_map(|shape| shape.parts.clone()) {
        if REDUCED.contains(&name.as_str()) {
            require_nothing(&mut schema);
        }
        components.schemas.insert(name, schema);
    }
    for kind in Kind::ALL {
        components.responses.entry(name_of(kind)).or_insert_with(|| RefOr::T(problem_response(kind, &problem)));
    }
    let bearer = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("The key that khonha key prints."));
    let basic =
        Http::builder().scheme(HttpAuthScheme::Basic).description(Some("The key as a password, with any name."));
    components.add_security_scheme(KEY, SecurityScheme::Http(bearer.build()));
    components.add_security_scheme(PASSWORD, SecurityScheme::Http(basic.build()));
    components
}

/// The schemas of what `fields` chooses the fields of: which of them an answer has, the one who asks decides.
const REDUCED: [&str; 4] = ["About", "Hit", "Related", "Article"];

fn require_nothing(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => object.required.clear(),
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(require_nothing),
        _ => {}
    }
}

/// The response of all problems that have the status of this one.
fn problem_response(of: Kind, shape: &operation::Shape) -> OpenResponse {
    let alike = Kind::ALL.into_iter().filter(|kind| kind.about().status == of.about().status);
    let titles = alike.map(|kind| format!("{} ({})", kind.about().title.get(Language::English), kind.address()));
    let content = ContentBuilder::new().schema(Some(shape.schema.clone())).build();
    let response = ResponseBuilder::new()
        .description(titles.collect::<Vec<_>>().join("; "))
        .content("application/problem+json", content);
    match of.about().status.as_u16() {
        401 => response.header("WWW-Authenticate", header("How the key is asked for.", schema::text())).build(),
        405 => response.header("Allow", header("The methods that the address takes.", schema::text())).build(),
        503 => response.header("Retry-After", header("Seconds until another try.", schema::count())).build(),
        _ => response.build(),
    }
}
