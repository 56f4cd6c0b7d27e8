//! What `khonha eval` prints.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Answers, Texts};
use crate::search::measure::{Differences, Latencies, Measure, Measured, Summary, differences};

/// How many queries that lost or gained most are shown.
const MOST_CHANGES: usize = 10;

/// The measures of a run; as JSON each measure is a number from 0 to 1 by its name.
#[derive(Serialize)]
pub(super) struct Report {
    queries: usize,
    /// Judged queries that found nothing.
    unanswered: usize,
    /// Queries left out, as nothing is judged relevant for them.
    left_out: usize,
    /// Queries of which only a part was searched.
    cut: usize,
    #[serde(flatten)]
    means: BTreeMap<&'static str, f64>,
    /// The 95 % bootstrap interval of each mean.
    confidence: BTreeMap<&'static str, [f64; 2]>,
    #[serde(flatten)]
    latency: Option<Latencies>,
    worst: Vec<Worst>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Differences>,
}

/// A query that is answered badly.
#[derive(Serialize)]
struct Worst {
    query: String,
    text: String,
    #[serde(rename = "ndcg@10")]
    ndcg: f64,
    #[serde(rename = "mrr@10")]
    mrr: f64,
}

impl Report {
    /// `None` if nothing was judged.
    pub(super) fn new(
        measured: &Measured,
        before: Option<&Measured>,
        answers: Answers,
        worst: usize,
        texts: &Texts<'_>,
    ) -> Option<Report> {
        let Summary { queries, unanswered, left_out, means } = Summary::of(measured)?;
        let worst = measured.worst(worst).into_iter().map(|(query, measures)| Worst {
            query: query.to_owned(),
            text: texts.get(query).copied().unwrap_or_default().to_owned(),
            ndcg: measures.get(Measure::Ndcg10),
            mrr: measures.get(Measure::Mrr10),
        });
        Some(Report {
            queries,
            unanswered,
            left_out,
            cut: answers.cut,
            means: means.iter().map(|(measure, estimate)| (measure.name(), estimate.mean)).collect(),
            confidence: means
                .iter()
                .map(|(measure, estimate)| (measure.name(), [estimate.low, estimate.high]))
                .collect(),
            latency: Latencies::of(answers.durations),
            worst: worst.collect(),
            compared: before.and_then(|before| differences(before, measured)),
        })
    }

    fn changes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Differences { changes, means }) = &self.compared else { return Ok(()) };
        writeln!(f, "\nchange since the other run (95 % interval)")?;
        for (measure, estimate) in means.iter() {
            writeln!(
                f,
                "  {:<11} {:+.4}  ({:+.4} to {:+.4})",
                measure.name(),
                estimate.mean,
                estimate.low,
                estimate.high
            )?;
        }
        let lost = changes.iter().filter(|change| change.gain() < 0.0).take(MOST_CHANGES);
        let won = changes.iter().rev().filter(|change| change.gain() > 0.0).take(MOST_CHANGES);
        for change in lost.chain(won) {
            writeln!(f, "  {:+.3}  {:.3} -> {:.3}  {}", change.gain(), change.before, change.after, change.query)?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { queries, unanswered, left_out, cut, .. } = self;
        writeln!(f, "{queries} queries, {unanswered} found nothing, {left_out} left out, {cut} cut")?;
        for measure in Measure::ALL {
            let (mean, [low, high]) = (self.means[measure.name()], self.confidence[measure.name()]);
            writeln!(f, "{:<11} {mean:.4}  ({low:.4} to {high:.4})", measure.name())?;
        }
        if let Some(Latencies { p50, p99 }) = self.latency {
            let milliseconds = |duration: std::time::Duration| duration.as_secs_f64() * 1e3;
            writeln!(f, "latency     p50 {:.2} ms, p99 {:.2} ms", milliseconds(p50), milliseconds(p99))?;
        }
        if !self.worst.is_empty() {
            writeln!(f, "\nworst queries (ndcg@10)")?;
        }
        for Worst { query, text, ndcg, .. } in &self.worst {
            writeln!(f, "  {ndcg:.3}  {query}  {text}")?;
        }
        self.changes(f)
    }
}
