//! What an operation of the API is: an address and a method, with all that can be said of them.

use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, Type};

use crate::http::parameters::{NOTHING, Takes};
use crate::http::problem::Kind;
use crate::search::Parameter;
use crate::text::Bilingual;

/// An operation.
pub(in crate::http) struct Operation {
    pub(in crate::http) verb: Verb,
    /// As OpenAPI writes it, such as `/api/v1/articles/{id}`.
    pub(in crate::http) path: String,
    /// Its name in programs.
    pub(in crate::http) id: String,
    pub(in crate::http) group: Group,
    pub(in crate::http) summary: Bilingual,
    /// What else there is to know.
    pub(in crate::http) about: Option<Bilingual>,
    pub(in crate::http) in_path: Option<&'static Parameter>,
    pub(in crate::http) takes: &'static Takes,
    pub(in crate::http) body: Option<Body>,
    pub(in crate::http) answer: Answer,
    pub(in crate::http) problems: Vec<Kind>,
    pub(in crate::http) access: Access,
    /// An address with a query that is answered from the sample corpus.
    pub(in crate::http) example: String,
}

/// The method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Verb {
    Get,
    Post,
}

impl Verb {
    pub(in crate::http) fn name(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
        }
    }
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Access {
    Anyone,
    /// Who has the key of administration.
    Key,
}

/// What an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Group {
    Search,
    Articles,
    Facets,
    Suggestions,
    Exports,
    Machines,
    Administration,
    Health,
}

impl Group {
    pub(in crate::http) const ALL: [Group; 8] = [
        Group::Search,
        Group::Articles,
        Group::Facets,
        Group::Suggestions,
        Group::Exports,
        Group::Machines,
        Group::Administration,
        Group::Health,
    ];

    pub(in crate::http) fn title(self) -> Bilingual {
        match self {
            Group::Search => Bilingual::new("ค้นหา", "Search"),
            Group::Articles => Bilingual::new("บทความ", "Articles"),
            Group::Facets => Bilingual::new("ผู้แต่ง หัวข้อ และรายการอื่น", "Facets"),
            Group::Suggestions => Bilingual::new("คำแนะนำระหว่างพิมพ์", "Suggestions"),
            Group::Exports => Bilingual::new("ส่งออกเป็นไฟล์", "Exports"),
            Group::Machines => Bilingual::new("สำหรับโปรแกรมอื่น", "For other machines"),
            Group::Administration => Bilingual::new("สำหรับผู้ดูแลและการนับ", "Administration and counting"),
            Group::Health => Bilingual::new("สถานะของบริการ", "Health"),
        }
    }
}

/// What is sent with a request.
pub(in crate::http) struct Body {
    pub(in crate::http) media_type: &'static str,
    pub(in crate::http) shape: Shape,
    /// A body that makes sense.
    pub(in crate::http) example: &'static str,
}

/// The answer of a request that is served.
pub(in crate::http) struct Answer {
    pub(in crate::http) status: u16,
    /// The media types that it may have, with what is in them; none for an answer without a body.
    pub(in crate::http) forms: Vec<(String, Shape)>,
    /// Headers that only this kind of answer has.
    pub(in crate::http) headers: &'static [Header],
}

/// A header of answers.
pub(in crate::http) struct Header {
    pub(in crate::http) name: &'static str,
    pub(in crate::http) about: Bilingual,
    pub(in crate::http) schema: fn() -> Schema,
}

/// What a text is made of.
#[derive(Clone)]
pub(in crate::http) struct Shape {
    /// The name of its schema, where it has one of its own.
    pub(in crate::http) name: Option<String>,
    pub(in crate::http) schema: RefOr<Schema>,
    /// The schemas that it refers to, by name.
    pub(in crate::http) parts: Vec<(String, RefOr<Schema>)>,
}

impl Shape {
    /// The JSON of `T`.
    pub(super) fn of<T: ToSchema>() -> Shape {
        let name = T::name().into_owned();
        let mut parts = vec![(name.clone(), T::schema())];
        T::schemas(&mut parts);
        Shape { schema: Ref::from_schema_name(&name).into(), name: Some(name), parts }
    }

    /// A text that is no JSON.
    pub(super) fn text() -> Shape {
        Shape::unnamed(ObjectBuilder::new().schema_type(Type::String))
    }

    pub(super) fn unnamed(schema: impl Into<RefOr<Schema>>) -> Shape {
        Shape { name: None, schema: schema.into(), parts: Vec::new() }
    }
}

impl Operation {
    /// A `GET` that gives JSON.
    pub(super) fn json<T: ToSchema>(path: &str, id: &str, group: Group, summary: Bilingual) -> Operation {
        Operation::get(path, id, group, summary).gives("application/json", Shape::of::<T>())
    }

    /// A `GET`; what it gives is to be said.
    pub(super) fn get(path: &str, id: &str, group: Group, summary: Bilingual) -> Operation {
        Operation {
            verb: Verb::Get,
            path: path.to_owned(),
            id: id.to_owned(),
            group,
            summary,
            about: None,
            in_path: None,
            takes: &NOTHING,
            body: None,
            answer: Answer { status: 200, forms: Vec::new(), headers: &[] },
            problems: Vec::new(),
            access: Access::Anyone,
            example: path.to_owned(),
        }
    }

    /// A `POST` of a body.
    pub(super) fn post(path: &str, id: &str, group: Group, summary: Bilingual, body: Body) -> Operation {
        Operation { verb: Verb::Post, body: Some(body), ..Operation::get(path, id, group, summary) }
    }

    /// A `POST` without a body, for what an address does.
    pub(super) fn command(path: &str, id: &str, group: Group, summary: Bilingual) -> Operation {
        Operation { verb: Verb::Post, ..Operation::get(path, id, group, summary) }
    }

    pub(super) fn about(self, about: Bilingual) -> Operation {
        Operation { about: Some(about), ..self }
    }

    pub(super) fn named_by(self, parameter: &'static Parameter) -> Operation {
        let example = self.path.replace(&format!("{{{}}}", parameter.name), parameter.example);
        Operation { in_path: Some(parameter), example, ..self }
    }

    pub(super) fn takes(self, takes: &'static Takes) -> Operation {
        Operation { takes, ..self }
    }

    pub(super) fn gives(mut self, media_type: &str, shape: Shape) -> Operation {
        self.answer.forms.push((media_type.to_owned(), shape));
        self
    }

    pub(super) fn with_status(mut self, status: u16) -> Operation {
        self.answer.status = status;
        self
    }

    pub(super) fn with_headers(mut self, headers: &'static [Header]) -> Operation {
        self.answer.headers = headers;
        self
    }

    pub(super) fn fails(mut self, kinds: &[Kind]) -> Operation {
        self.problems.extend(kinds);
        self
    }

    pub(super) fn needs_key(self) -> Operation {
        Operation { access: Access::Key, ..self }.fails(&[Kind::Key, Kind::AdminOff, Kind::Scope])
    }

    /// The query of the example.
    pub(super) fn example(mut self, query: &str) -> Operation {
        self.example.push_str(query);
        self
    }
}
