//! JSON: a list of articles, an object with such a list in it, or one article; several of them one after the other too.

mod values;

use self::values::{Raw, Values};
use super::record::{Fields, json_object};
use super::{Broken, Format, Found, Holds, Input};
use crate::content::article::ArticleId;
use crate::content::draft::Draft;
use crate::content::problem::Problem;
use serde::{Deserialize, Serialize};

/// Keys whose list holds the articles, where the operator names none.
const LISTS: [&str; 11] =
    ["articles", "items", "posts", "entries", "records", "results", "documents", "data", "nodes", "rows", "บทความ"];

/// JSON.
pub(super) struct Json;

/// What the operator says of JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JsonSettings {
    /// The key of the list of articles, with the keys of the objects that it is in before it: `response.items`.
    pub list: Option<String>,
}

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn holds(&self) -> Holds {
        Holds::Many
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let list = input.site.formats.json.list.as_deref();
        let lists = list.map_or_else(|| LISTS.map(|key| vec![key]).to_vec(), |keys| vec![keys.split('.').collect()]);
        let fields = Fields::new(&input.site.formats);
        let (path, most) = (input.path, input.most);
        let mut values = Values::new(input);
        let mut before = 0;
        while let Some(first) = values.next_byte()? {
            let mut item = |raw: Raw| found(draft(path, most, raw, &fields));
            match first {
                b'[' => values.list(&mut item)?,
                b'{' => {
                    let itself = values.object(&lists, &mut item)?.map(|raw| draft(path, most, raw, &fields));
                    itself.into_iter().for_each(|read| found(read.map(|draft| alone(path, draft, before))));
                }
                _ => return Err(values.broken("is no list of articles and no object")),
            }
            before += 1;
        }
        Ok(())
    }
}

/// An article that has a file for itself is named by that.
fn alone(path: &str, mut draft: Draft, before: usize) -> Draft {
    if before == 0 && draft.item.is_none() && !draft.metadata.contains_key("id") {
        draft.metadata.insert("id".to_owned(), ArticleId::of_file(path).as_str().into());
    }
    draft
}

fn draft(path: &str, most: u64, raw: Raw, fields: &Fields) -> Result<Draft, Problem> {
    let Raw { line, bytes } = raw;
    let Some(bytes) = bytes else { return Err(Problem::too_large(path, line, most)) };
    Ok(fields.draft(json_object(path, line, &bytes)?, line))
}
