//! Which fields of articles are wanted in an answer: `fields=id,title`.
//!
//! Answers are made whole and then reduced, but for what takes work: passages and HTML that nobody wants are not made.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::problem::Problem;
use super::recording::Pairs;
use crate::search::RequestError;

/// The parameter that names them.
pub(super) const FIELDS: &str = "fields";

/// What is said of an article wherever it is named.
const ABOUT: [&str; 10] =
    ["id", "url", "title", "title_en", "date", "authors", "organisations", "topics", "series", "languages"];
/// What a hit has beside that.
const OF_HIT: [&str; 4] = ["rank", "score", "snippets", "explanation"];
/// What a related article has beside that.
const OF_RELATED: [&str; 1] = ["why"];
/// What a whole article has beside that.
const OF_ARTICLE: [&str; 6] = ["source", "related", "summary", "body", "html", "extra"];

/// What fields are chosen of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Hit,
    Related,
    Article,
}

impl Of {
    fn names(self) -> impl Iterator<Item = &'static str> {
        let own: &[&str] = match self {
            Of::Hit => &OF_HIT,
            Of::Related => &OF_RELATED,
            Of::Article => &OF_ARTICLE,
        };
        ABOUT.into_iter().chain(own.iter().copied())
    }
}

/// The fields that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fields {
    All,
    These(Vec<&'static str>),
}

impl Fields {
    /// Takes what is said of fields out of the parameters.
    pub(super) fn take(pairs: &mut Pairs<'_>, of: Of) -> Result<Fields, Problem> {
        let mut wanted = Vec::new();
        for (_, value) in pairs.iter().filter(|(name, _)| name == FIELDS) {
            for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                wanted.push(of.names().find(|known| *known == name).ok_or_else(|| unknown(name, of))?);
            }
        }
        pairs.retain(|(name, _)| name != FIELDS);
        Ok(if wanted.is_empty() { Fields::All } else { Fields::These(wanted) })
    }

    /// As [`Fields::take`], of an address that has no other parameters.
    pub(super) fn of_query(query: Option<&str>, of: Of) -> Result<Fields, Problem> {
        Fields::take(&mut form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect(), of)
    }

    /// Whether a field is wanted.
    pub(super) fn want(&self, name: &str) -> bool {
        match self {
            Fields::All => true,
            Fields::These(wanted) => wanted.contains(&name),
        }
    }

    /// The value of the parameter, where not all are wanted.
    pub(super) fn to_parameter(&self) -> Option<String> {
        match self {
            Fields::All => None,
            Fields::These(wanted) => Some(wanted.join(",")),
        }
    }

    fn reduce(&self, value: &mut Value) {
        if let Value::Object(fields) = value {
            fields.retain(|name, _| self.want(name));
        }
    }
}

fn unknown(name: &str, of: Of) -> Problem {
    let expected = format!("use, with commas between them, {}", of.names().collect::<Vec<_>>().join(", "));
    RequestError { name: FIELDS.to_owned(), value: name.to_owned(), expected }.into()
}

/// An answer with the fields that are wanted of it.
pub(super) struct Reduced<T> {
    pub(super) answer: T,
    pub(super) fields: Fields,
    /// The list in the answer whose members are reduced; `None` for the answer itself.
    pub(super) list: Option<&'static str>,
}

impl<T: Serialize> Serialize for Reduced<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.fields == Fields::All {
            return self.answer.serialize(to);
        }
        let mut answer = serde_json::to_value(&self.answer).map_err(serde::ser::Error::custom)?;
        match self.list {
            Some(list) => {
                let members = answer.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
                members.for_each(|member| self.fields.reduce(member));
            }
            None => self.fields.reduce(&mut answer),
        }
        answer.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn taken(query: &str, of: Of) -> Result<Fields, String> {
        Fields::of_query(Some(query), of).map_err(|problem| problem.detail().to_owned())
    }

    #[test]
    fn fields_are_named_with_commas_or_one_by_one() {
        let expected = Ok(Fields::These(vec!["title", "id", "score"]));
        assert_eq!(taken("fields=title,+id&q=a&fields=score", Of::Hit), expected);
        assert_eq!(taken("fields=&q=a", Of::Hit), Ok(Fields::All));
    }

    #[test]
    fn a_field_that_is_not_known_is_told_with_those_that_are() {
        let error = taken("fields=id,colour", Of::Related).expect_err("no such field");
        assert!(error.starts_with("fields=colour: ") && error.ends_with("languages, why"), "{error}");
        assert!(taken("fields=body", Of::Hit).is_err() && taken("fields=body", Of::Article).is_ok());
    }

    #[test]
    fn members_of_a_list_are_reduced_and_what_is_beside_it_is_not() {
        let (answer, fields) = (json!({"total": 1, "hits": [{"score": 1, "id": "a"}]}), Fields::These(vec!["id"]));
        let reduced = Reduced { answer, fields, list: Some("hits") };
        assert_eq!(serde_json::to_string(&reduced).expect("JSON"), r#"{"total":1,"hits":[{"id":"a"}]}"#);
    }
}
