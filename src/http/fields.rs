//! Which fields of articles are wanted in an answer: `fields=id,title`.
//!
//! Answers are made whole and then reduced, but for what takes work: passages and HTML that nobody wants are not made.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::search::RequestError;

/// The parameter that names them.
pub(super) const FIELDS: &str = "fields";

/// What is said of an article wherever it is named, and these fields beside.
macro_rules! about_and {
    ($($own:literal),+) => {
        &["id", "url", "title", "title_en", "date", "authors", "organisations", "topics", "series", "languages", $($own),+]
    };
}

/// What fields are chosen of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Hit,
    Related,
    Article,
}

impl Of {
    /// The names of its fields.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Of::Hit => about_and!["rank", "score", "snippets", "explanation"],
            Of::Related => about_and!["why"],
            Of::Article => about_and!["source", "related", "related_titles", "summary", "body", "html", "extra"],
        }
    }
}

/// The fields that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fields {
    All,
    These(Vec<&'static str>),
}

impl Fields {
    /// Reads their names, with commas between them; none are as good as all.
    ///
    /// # Errors
    /// [`RequestError`] names the first that there is no field of, and tells those that there are.
    pub(super) fn named(names: &str, of: Of) -> Result<Fields, RequestError> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let known = |name: &str| of.names().iter().copied().find(|known| *known == name);
        let wanted: Vec<&'static str> =
            names.map(|name| known(name).ok_or_else(|| unknown(name, of))).collect::<Result<_, _>>()?;
        Ok(if wanted.is_empty() { Fields::All } else { Fields::These(wanted) })
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

fn unknown(name: &str, of: Of) -> RequestError {
    let expected = format!("use, with commas between them, {}", of.names().join(", "));
    RequestError { name: FIELDS.to_owned(), value: name.to_owned(), expected }
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

    fn named(names: &str, of: Of) -> Result<Fields, String> {
        Fields::named(names, of).map_err(|error| error.to_string())
    }

    #[test]
    fn fields_are_named_with_commas() {
        assert_eq!(named("title, id,score", Of::Hit), Ok(Fields::These(vec!["title", "id", "score"])));
        assert_eq!(named(" ,", Of::Hit), Ok(Fields::All));
    }

    #[test]
    fn a_field_that_is_not_known_is_told_with_those_that_are() {
        let error = named("id,colour", Of::Related).expect_err("no such field");
        assert!(error.starts_with("fields=colour: ") && error.ends_with("languages, why"), "{error}");
        assert!(named("body", Of::Hit).is_err() && named("body", Of::Article).is_ok());
    }

    #[test]
    fn members_of_a_list_are_reduced_and_what_is_beside_it_is_not() {
        let (answer, fields) = (json!({"total": 1, "hits": [{"score": 1, "id": "a"}]}), Fields::These(vec!["id"]));
        let reduced = Reduced { answer, fields, list: Some("hits") };
        assert_eq!(serde_json::to_string(&reduced).expect("JSON"), r#"{"total":1,"hits":[{"id":"a"}]}"#);
    }
}
