//! An index in few segments, which are searched faster.

use std::thread;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::LOOK;
use super::client::{Client, Request};
use super::error::ClusterError;

/// In bytes; what is larger OpenSearch no longer merges by itself, however many of its documents are replaced.
const LARGEST_SEGMENT: u64 = 5_000_000_000;

/// Has the segments of an index merged as far as they stay below [`LARGEST_SEGMENT`], and waits for it.
///
/// # Errors
/// [`ClusterError`] if the cluster does not do it, or is away.
pub(super) fn compact(client: &Client, index: &str) -> Result<(), ClusterError> {
    #[derive(Deserialize)]
    struct Begun {
        task: String,
    }
    let most = largest_shard(client, index)?.div_ceil(LARGEST_SEGMENT).max(1);
    let path = format!("/{index}/_forcemerge?max_num_segments={most}&wait_for_completion=false");
    let Begun { task } = client.ask(Request::new("POST", &path))?;
    let is_done = || match client.ask::<Value>(Request::new("GET", &format!("/_tasks/{task}"))) {
        Ok(told) => Ok(told["completed"] == true),
        // It went with its node. What is not compact is searched as well.
        Err(ClusterError::Missing(_)) => Ok(true),
        Err(error) => Err(error),
    };
    while !is_done()? {
        thread::sleep(LOOK);
    }
    Ok(())
}

/// The bytes of the largest shard of an index, of one copy.
fn largest_shard(client: &Client, index: &str) -> Result<u64, ClusterError> {
    let path = format!("/{index}/_stats/store?level=shards");
    let stats = client.ask::<Value>(Request::new("GET", &path))?;
    let shards = stats["indices"][index]["shards"].as_object().into_iter().flat_map(Map::values);
    let copies = shards.filter_map(Value::as_array).flatten();
    Ok(copies.filter_map(|copy| copy["store"]["size_in_bytes"].as_u64()).max().unwrap_or_default())
}
