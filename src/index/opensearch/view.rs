//! One commit, searched again and again as it was.
//!
//! OpenSearch shows documents shard by shard. So whoever writes marks the commit as unfinished, has all shards show what is
//! new, and marks it as whole; whoever reads opens a point in time between two looks at the same whole commit, and searches
//! that as long as it lasts.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, GLANCE, QUICK, Request};
use super::error::ClusterError;
use super::response::Answer;
use super::state::{Revision, State};
use super::words::Counted;

/// How long a point in time is kept after it was last searched. A node that was cut off and comes back can have a copy of
/// a shard again when those of before are gone, so that this is short, and all are searched [by the way](View::keep).
const KEPT: &str = "1m";
/// Between two looks at a commit that is being finished.
const PAUSE: Duration = Duration::from_millis(50);
/// How long another writer may take to finish its commit, before what there is is taken.
const UNFINISHED: Duration = Duration::from_secs(5);

/// What is known of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Commit {
    /// Counts the commits of a generation.
    pub(super) number: u64,
    /// 64 hexadecimal digits that no other commit has.
    pub(super) name: String,
    /// How many documents there are.
    pub(super) documents: u64,
    /// How often documents have each word.
    pub(super) words: Counted,
    /// Whether all shards show it.
    pub(super) is_whole: bool,
}

/// The name of the document with the last commit of the generation `index`.
pub(super) fn commit_of(index: &str) -> String {
    format!("commit-{index}")
}

/// A commit at a point in time.
pub(super) struct View {
    client: Arc<Client>,
    prefix: String,
    index: String,
    pub(super) commit: Commit,
    pub(super) revision: Revision,
    point: Mutex<String>,
}

impl View {
    /// The last whole commit of the generation `index`.
    ///
    /// # Errors
    /// [`ClusterError::Missing`] where there is none.
    pub(super) fn last(client: &Arc<Client>, prefix: &str, index: &str) -> Result<View, ClusterError> {
        let state = State::new(client, prefix);
        let read = || {
            let read = state.read::<Commit>(&commit_of(index))?;
            read.ok_or_else(|| ClusterError::Missing(format!("{index} has no commit")))
        };
        let start = Instant::now();
        let mut before = read()?;
        loop {
            let point = open(client, index)?;
            let after = read()?;
            let is_settled = before == after && after.0.is_whole;
            if is_settled || start.elapsed() > UNFINISHED {
                let (commit, revision) = after;
                let (client, prefix, index) = (Arc::clone(client), prefix.to_owned(), index.to_owned());
                return Ok(View { client, prefix, index, commit, revision, point: Mutex::new(point) });
            }
            close(client, &point);
            before = after;
            thread::sleep(PAUSE);
        }
    }

    /// Searches the commit. If its point in time is lost, as with a node that died, and there was no commit since, another
    /// one is opened.
    ///
    /// # Errors
    /// [`ClusterError::Missing`] if the commit can no longer be searched.
    pub(super) fn search<S: DeserializeOwned>(
        &self,
        body: &mut Value,
        patience: Duration,
    ) -> Result<Answer<S>, ClusterError> {
        self.at_point(|point| {
            let json = asked(body, point).to_string();
            let path = "/_search?search_type=dfs_query_then_fetch&include_named_queries_score=true";
            self.client.ask::<Answer<S>>(Request::new("POST", path).with(&json).within(patience))?.whole()
        })
    }

    /// As many searches at once.
    ///
    /// # Errors
    /// As [`View::search`], if one of them has no answer.
    pub(super) fn search_each<S: DeserializeOwned>(
        &self,
        bodies: &mut [Value],
        patience: Duration,
    ) -> Result<Vec<Answer<S>>, ClusterError> {
        #[derive(Deserialize)]
        struct Each {
            responses: Vec<Value>,
        }
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        self.at_point(|point| {
            let lines: String = bodies.iter_mut().map(|body| format!("{{}}\n{}\n", asked(body, point))).collect();
            let path = "/_msearch?search_type=dfs_query_then_fetch";
            let each: Each = self.client.ask(Request::new("POST", path).with(&lines).within(patience))?;
            each.responses.into_iter().map(|answer| Answer::of(answer)?.whole()).collect()
        })
    }

    /// Asks at the point in time, and once more at another one if it is lost.
    fn at_point<T>(&self, mut ask: impl FnMut(&str) -> Result<T, ClusterError>) -> Result<T, ClusterError> {
        let point = self.point.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match ask(&point) {
            Err(ClusterError::Missing(_)) => ask(&self.reopened(&point)?),
            answer => answer,
        }
    }

    /// Searches it so that it is kept.
    pub(super) fn keep(&self) {
        let mut nothing = json!({ "size": 0, "query": { "match_none": {} }, "track_total_hits": false });
        // Whoever searches it next is told if it is lost.
        let _ = self.search::<Value>(&mut nothing, GLANCE);
    }

    /// Another point in time of the same commit, in place of the one that is lost.
    fn reopened(&self, lost: &str) -> Result<String, ClusterError> {
        let mut point = self.point.lock().unwrap_or_else(PoisonError::into_inner);
        if *point == lost {
            let last = View::last(&self.client, &self.prefix, &self.index)?;
            if last.commit != self.commit {
                return Err(ClusterError::Missing(format!("commit {} of {}", self.commit.number, self.index)));
            }
            let mut other = last.point.lock().unwrap_or_else(PoisonError::into_inner);
            *point = std::mem::take(&mut other);
        }
        Ok(point.clone())
    }
}

impl Drop for View {
    fn drop(&mut self) {
        close(&self.client, self.point.get_mut().unwrap_or_else(PoisonError::into_inner));
    }
}

#[derive(Deserialize)]
struct Point {
    pit_id: String,
}

fn open(client: &Client, index: &str) -> Result<String, ClusterError> {
    let path = format!("/{index}/_search/point_in_time?keep_alive={KEPT}");
    Ok(client.ask::<Point>(Request::new("POST", &path).each_within(QUICK))?.pit_id)
}

/// `body` as it is asked at `point`.
fn asked<'a>(body: &'a mut Value, point: &str) -> &'a Value {
    body["pit"] = json!({ "id": point, "keep_alive": KEPT });
    body
}

/// What is not closed is given up by the cluster after a while.
fn close(client: &Client, point: &str) {
    if point.is_empty() {
        return;
    }
    let body = json!({ "pit_id": [point] }).to_string();
    let request = Request::new("DELETE", "/_search/point_in_time").with(&body).within(Duration::from_secs(1));
    let _ = client.ask::<Value>(request);
}
