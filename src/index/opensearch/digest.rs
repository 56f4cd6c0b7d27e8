//! Everything that is stored of each document, to compare it with what a fresh build would store. Whatever is searched is
//! made of that by the cluster.

use serde_json::{Map, Value, json};

use super::documents::each;
use super::schema::{self, ORIGIN};
use super::view::View;
use crate::content::Origin;
use crate::index::{Digests, Document, IndexError};

/// What the cluster has.
pub(super) fn digests(view: &View) -> Result<Digests, IndexError> {
    let mut documents = Vec::new();
    each(view, &json!(true), &mut |stored: Map<String, Value>| documents.push(digest(&stored)))?;
    documents.sort();
    Ok(Digests { fields: schema::names(), documents })
}

/// What it would have of these documents.
pub(super) fn digests_of(documents: &[Document]) -> Result<Digests, IndexError> {
    let mut digests = Vec::with_capacity(documents.len());
    for document in documents {
        digests.push(digest(&super::fields_of(document)?));
    }
    digests.sort();
    Ok(Digests { fields: schema::names(), documents: digests })
}

fn digest(stored: &Map<String, Value>) -> (Origin, Vec<u128>) {
    let origin = stored.get(ORIGIN).and_then(Value::as_str).unwrap_or_default();
    let hash = |name: String| {
        let hash = blake3::hash(stored.get(&name).unwrap_or(&Value::Null).to_string().as_bytes());
        u128::from_le_bytes(std::array::from_fn(|at| hash.as_bytes()[at]))
    };
    (Origin::from_key(origin), schema::names().into_iter().map(hash).collect())
}
