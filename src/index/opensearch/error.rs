//! What a cluster says when it does not do what it is asked, told apart by the way out.

use thiserror::Error;

/// Why OpenSearch did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClusterError {
    /// No node answers.
    #[error("no OpenSearch node answers ({nodes}): {reason}; start the cluster, or correct --opensearch-url")]
    Unreachable {
        /// The addresses that were tried.
        nodes: String,
        /// What went wrong at last.
        reason: String,
    },
    /// The cluster is there and cannot answer for now, also after several tries.
    #[error("OpenSearch is overloaded or starting: {0}")]
    Busy(String),
    /// Who asks is not known, or may not do it.
    #[error("OpenSearch refuses the user or key (status {status}): {reason}; {}", way_in(*status))]
    Refused {
        /// 401 for one that is not known, 403 for one that may not.
        status: u16,
        /// What the cluster says.
        reason: String,
    },
    /// The certificates of the settings are none.
    #[error("opensearch_ca cannot be used: {0}")]
    Certificates(String),
    /// The cluster is of a version that Khonha does not know.
    #[error("the cluster is {0}; Khonha needs OpenSearch 3")]
    Version(String),
    /// Indices cannot be written, mostly since a disk is full.
    #[error(
        "OpenSearch takes no changes ({0}): most often a disk is full; free some space, and indices can be written again"
    )]
    ReadOnly(String),
    /// An index, a document or a search context is not there.
    #[error("OpenSearch does not have it: {0}")]
    Missing(String),
    /// Someone else changed it first.
    #[error("another process changed it first: {0}")]
    Conflict(String),
    /// Another process holds the lease to write.
    #[error("{0} writes to the index; it can be written when that ends")]
    Held(String),
    /// This process does not hold the lease to write, or not any more.
    #[error("another process may write to the index now, so that this one must not")]
    Lost,
    /// Anything else.
    #[error("OpenSearch answers {status}: {reason}")]
    Answer {
        /// The status of HTTP.
        status: u16,
        /// What the cluster says.
        reason: String,
    },
}

fn way_in(status: u16) -> &'static str {
    if status == 403 { "give it the rights that docs/cluster.md names" } else { "set opensearch_login, see README.md" }
}

impl ClusterError {
    /// The error that a node is that answered nothing.
    pub(super) fn unreachable(url: &str, reason: &str) -> ClusterError {
        let hint = if reason.contains("peer certificate") {
            " (is opensearch_ca what the node's certificate is signed with?)"
        } else if reason.contains("Peer disconnected") && url.starts_with("http://") {
            " (does it want https?)"
        } else {
            ""
        };
        ClusterError::Unreachable { nodes: url.to_owned(), reason: format!("{reason}{hint}") }
    }

    /// The error that an answer with this status is.
    pub(super) fn of(status: u16, body: &str) -> ClusterError {
        let reason = reason(body);
        match status {
            401 | 403 if !is_blocked(body) => ClusterError::Refused { status, reason },
            _ if is_blocked(body) => ClusterError::ReadOnly(reason),
            404 => ClusterError::Missing(reason),
            _ if is_lost(body) => ClusterError::Missing(reason),
            409 => ClusterError::Conflict(reason),
            429 | 502..=504 => ClusterError::Busy(reason),
            _ => ClusterError::Answer { status, reason },
        }
    }

    /// Whether the same request may succeed a moment later.
    pub fn passes(&self) -> bool {
        matches!(self, ClusterError::Unreachable { .. } | ClusterError::Busy(_))
    }
}

/// Whether what was searched went with a node.
pub(super) fn is_lost(body: &str) -> bool {
    let told = [
        "search_context_missing",
        "node_disconnected",
        "node_not_connected",
        "no_shard_available",
        "no node found for id",
    ];
    told.iter().any(|told| body.contains(told))
}

/// Whether a block of the index or the cluster forbids to write.
fn is_blocked(body: &str) -> bool {
    body.contains("cluster_block_exception") && (body.contains("read-only") || body.contains("disk usage exceeded"))
}

/// The reasons in an answer, which nests them.
fn reason(body: &str) -> String {
    const LONGEST: usize = 500;
    let Ok(answer) = serde_json::from_str::<serde_json::Value>(body) else {
        return body.chars().take(LONGEST).collect();
    };
    let error = answer.get("error").unwrap_or(&answer);
    let mut told: Vec<&str> = Vec::new();
    let mut next = Some(error);
    while let Some(of) = next {
        told.extend(of.get("reason").and_then(|reason| reason.as_str()).filter(|reason| !told.contains(reason)));
        next = of.get("caused_by").or_else(|| of.get("root_cause").and_then(|causes| causes.get(0)));
    }
    let told = if told.is_empty() { error.to_string() } else { told.join(": ") };
    told.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_apart_by_the_way_out() {
        let blocked = r#"{"error":{"type":"cluster_block_exception","reason":"index [a] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];"}}"#;
        let nested = r#"{"error":{"reason":"all shards failed","caused_by":{"reason":"too many clauses"}}}"#;
        let cases = [
            (403, blocked, "disk is full"),
            (429, blocked, "disk is full"),
            (403, "no permissions", "docs/cluster.md"),
            (401, "Unauthorized", "opensearch_login"),
            (503, "starting", "overloaded or starting"),
            (500, r#"{"error":{"reason":"no node found for id: abc"}}"#, "does not have it: no node found"),
            (400, nested, "all shards failed: too many clauses"),
        ];
        for (status, body, told) in cases {
            let error = ClusterError::of(status, body).to_string();
            assert!(error.contains(told), "{status} {body}: {error}");
        }
        let nobody = ClusterError::unreachable("https://a:9200", "io: invalid peer certificate: UnknownIssuer");
        assert!(nobody.to_string().contains("opensearch_ca"), "{nobody}");
        let nobody = ClusterError::unreachable("http://a:9200", "io: Peer disconnected");
        assert!(nobody.to_string().contains("https"), "{nobody}");
    }
}
