//! What a cluster has to be and to have.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, Request};
use super::error::ClusterError;
use super::random_name;
use super::state::{Expected, State};
use crate::index::store::Access;

/// More than the longest query has: 32 beginnings of 50 words each, in 11 fields.
const MOST_CLAUSES: u32 = 20_000;

#[derive(Deserialize)]
struct Root {
    version: Version,
}

#[derive(Deserialize)]
struct Version {
    number: String,
    #[serde(default)]
    distribution: String,
}

/// # Errors
/// [`ClusterError::Version`] if the cluster is no OpenSearch 3.
pub(super) fn check_version(client: &Client) -> Result<(), ClusterError> {
    let Root { version: Version { number, distribution } } = client.ask(Request::new("GET", "/"))?;
    if distribution == "opensearch" && number.starts_with("3.") {
        return Ok(());
    }
    let name = if distribution.is_empty() { "no OpenSearch" } else { &distribution };
    Err(ClusterError::Version(format!("{name} {number}")))
}

/// A query has a clause for each form of each word in each field, which is more than OpenSearch allows by itself. Who may not
/// allow it is told: somebody else may have done so.
pub(super) fn allow_long_queries(client: &Client) -> Result<(), ClusterError> {
    let most = json!({ "persistent": { "indices.query.bool.max_clause_count": MOST_CLAUSES } }).to_string();
    match client.ask::<Value>(Request::new("PUT", "/_cluster/settings").with(&most)) {
        Err(ClusterError::Refused { status: 403, .. }) => {
            tracing::warn!("long queries are found only where indices.query.bool.max_clause_count is {MOST_CLAUSES}");
            Ok(())
        }
        allowed => allowed.map(drop),
    }
}

/// The secret of the site. Who may not write one where there is none has one of its own.
pub(super) fn secret(state: &State<'_>, access: Access) -> Result<[u8; 32], ClusterError> {
    #[derive(Serialize, Deserialize)]
    struct Secret {
        hexadecimal: String,
    }
    let parsed = |secret: Secret| blake3::Hash::from_hex(secret.hexadecimal).map(Into::into).unwrap_or_default();
    if let Some((secret, _)) = state.read::<Secret>("secret")? {
        return Ok(parsed(secret));
    }
    let secret = Secret { hexadecimal: random_name() };
    if access == Access::Read {
        return Ok(parsed(secret));
    }
    match state.write("secret", &secret, Expected::Missing) {
        Err(ClusterError::Conflict(_)) => {
            let other = state.read::<Secret>("secret")?.map(|(secret, _)| secret);
            Ok(parsed(other.unwrap_or(secret)))
        }
        written => written.map(|_| parsed(secret)),
    }
}
