//! How good the rankings of a search are, measured on documents that people have judged.
//!
//! Takes judgements and runs and gives numbers. Reads no files, asks no index and takes no time: that is for those who
//! call it.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::text::spelling::errors::SplitMix64;

/// How often the queries are drawn anew for an interval.
const RESAMPLES: usize = 1_000;

/// Any number would do. It is fixed, so that the same run always gets the same interval.
const SEED: u64 = 0x5EED;

/// What people have judged: the grades of documents, by query id.
pub type Judgements = BTreeMap<String, Grades>;

/// How relevant documents are, by document id. 0 is judged and not relevant; what is absent counts the same.
pub type Grades = BTreeMap<String, u32>;

/// What a search has answered, by query id.
pub type Run = BTreeMap<String, Ranking>;

/// The documents that answer a query, best first, each once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking(Vec<Scored>);

/// A document of a ranking. Scores are compared within one ranking only.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The document's id.
    pub document: String,
    /// Higher is better; never NaN.
    pub score: f64,
}

impl Ranking {
    /// Orders `scored` by score. Equal scores stay in the order given, NaN counts as the lowest of all, and of a
    /// document that is there twice the better place counts.
    pub fn new(scored: impl IntoIterator<Item = (String, f64)>) -> Ranking {
        let mut ranking: Vec<Scored> =
            scored.into_iter().map(|(document, score)| Scored::new(document, score)).collect();
        ranking.sort_by(|left, right| right.score.total_cmp(&left.score));
        let mut seen = HashSet::new();
        ranking.retain(|scored| seen.insert(scored.document.clone()));
        Ranking(ranking)
    }

    /// The documents, best first.
    pub fn documents(&self) -> &[Scored] {
        &self.0
    }
}

impl Scored {
    fn new(document: String, score: f64) -> Scored {
        // Adding zero makes 0.0 of -0.0: to a total order the two are no tie.
        Scored { document, score: if score.is_nan() { f64::NEG_INFINITY } else { score + 0.0 } }
    }
}

/// What is measured of the ranking for one query. Each is 0 to 1, 1 is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Whether the first document is relevant.
    Success1,
    /// Whether one of the first ten is.
    Success10,
    /// One divided by the rank of the first relevant document, if that is among the first ten.
    Mrr10,
    /// The discounted gain of the first ten, as a share of what the best order of all judged documents would gain.
    /// Gain is the grade itself, as in trec_eval's `ndcg_cut`, and the discount log2(rank + 1) (Järvelin and
    /// Kekäläinen 2002).
    Ndcg10,
    /// The share of all relevant documents that is among the first hundred.
    Recall100,
}

impl Measure {
    /// Every measure, in the order in which they are shown.
    pub const ALL: [Measure; 5] =
        [Measure::Success1, Measure::Success10, Measure::Mrr10, Measure::Ndcg10, Measure::Recall100];

    /// The name as it stands in reports.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Success1 => "success@1",
            Measure::Success10 => "success@10",
            Measure::Mrr10 => "mrr@10",
            Measure::Ndcg10 => "ndcg@10",
            Measure::Recall100 => "recall@100",
        }
    }

    /// Measures a ranking by the grades of its documents. `ideal` are all grades over 0, highest first; not empty.
    fn of(self, grades: &[u32], ideal: &[u32]) -> f64 {
        match self {
            Measure::Success1 => f64::from(relevant(grades, 1) > 0),
            Measure::Success10 => f64::from(relevant(grades, 10) > 0),
            Measure::Mrr10 => reciprocal_rank(grades, 10),
            Measure::Ndcg10 => discounted_gain(grades, 10) / discounted_gain(ideal, 10),
            Measure::Recall100 => relevant(grades, 100) as f64 / ideal.len() as f64,
        }
    }
}

/// How many of the first `depth` are relevant.
fn relevant(grades: &[u32], depth: usize) -> usize {
    grades.iter().take(depth).filter(|&&grade| grade > 0).count()
}

fn reciprocal_rank(grades: &[u32], depth: usize) -> f64 {
    let first = grades.iter().take(depth).position(|&grade| grade > 0);
    first.map_or(0.0, |before| 1.0 / (before + 1) as f64)
}

fn discounted_gain(grades: &[u32], depth: usize) -> f64 {
    let discounted = |(before, &grade): (usize, &u32)| f64::from(grade) / ((before + 2) as f64).log2();
    // Not `sum`, which makes -0.0 of nothing: that would be shown, and come before 0.0.
    grades.iter().take(depth).enumerate().map(discounted).fold(0.0, |sum, gain| sum + gain)
}

/// One value for each measure. As JSON an object with the names of the measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerMeasure<T>([T; Measure::ALL.len()]);

/// The measures of one query.
pub type Measures = PerMeasure<f64>;

/// The means of the measures over many queries.
pub type Estimates = PerMeasure<Estimate>;

impl<T: Copy> PerMeasure<T> {
    /// The value for `measure`.
    pub fn get(&self, measure: Measure) -> T {
        self.0[measure as usize]
    }

    /// Every measure with its value, in the order of [`Measure::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Measure, T)> {
        Measure::ALL.into_iter().zip(self.0)
    }

    fn new(value: impl FnMut(Measure) -> T) -> PerMeasure<T> {
        PerMeasure(Measure::ALL.map(value))
    }
}

impl<T: Copy + Serialize> Serialize for PerMeasure<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(measure, value)| (measure.name(), value)))
    }
}

impl Measures {
    /// Measures `ranking`. None if no document is judged relevant: then no ranking is better than another.
    pub fn of(ranking: &Ranking, grades: &Grades) -> Option<Measures> {
        let mut ideal: Vec<u32> = grades.values().copied().filter(|&grade| grade > 0).collect();
        if ideal.is_empty() {
            return None;
        }
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let grade = |scored: &Scored| grades.get(&scored.document).copied().unwrap_or(0);
        let found: Vec<u32> = ranking.documents().iter().map(grade).collect();
        Some(PerMeasure::new(|measure| measure.of(&found, &ideal)))
    }

    /// The mean of each measure over `rows`; not empty.
    fn mean<'a>(rows: impl Iterator<Item = &'a Measures> + Clone) -> Measures {
        let count = rows.clone().count() as f64;
        PerMeasure::new(|measure| rows.clone().map(|row| row.get(measure)).sum::<f64>() / count)
    }
}

/// A run, measured query by query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The measures by query id, of every query for which a document is judged relevant.
    pub queries: BTreeMap<String, Measures>,
    /// How many of these the run gives no document for; all their measures are 0.
    pub unanswered: usize,
    /// How many judged queries are left out, as no document is judged relevant.
    pub left_out: usize,
}

impl Measured {
    /// Measures what `run` answers to the queries in `judgements`. Others in `run` are passed over.
    pub fn of(judgements: &Judgements, run: &Run) -> Measured {
        let mut measured = Measured::default();
        let none = Ranking::default();
        for (query, grades) in judgements {
            let ranking = run.get(query).unwrap_or(&none);
            let Some(measures) = Measures::of(ranking, grades) else {
                measured.left_out += 1;
                continue;
            };
            measured.queries.insert(query.clone(), measures);
            measured.unanswered += usize::from(ranking.documents().is_empty());
        }
        measured
    }

    /// At most `count` queries, the lowest ndcg@10 first, then the lowest mrr@10, then by id.
    pub fn worst(&self, count: usize) -> Vec<(&str, Measures)> {
        let mut queries: Vec<_> = self.queries.iter().map(|(query, &measures)| (query.as_str(), measures)).collect();
        let by = |measure| move |left: &Measures, right: &Measures| left.get(measure).total_cmp(&right.get(measure));
        let (by_ndcg, by_mrr) = (by(Measure::Ndcg10), by(Measure::Mrr10));
        queries.sort_by(|(_, left), (_, right)| by_ndcg(left, right).then_with(|| by_mrr(left, right)));
        queries.truncate(count);
        queries
    }
}

/// A run in few numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many queries the means are over.
    pub queries: usize,
    /// See [`Measured::unanswered`].
    pub unanswered: usize,
    /// See [`Measured::left_out`].
    pub left_out: usize,
    /// The mean of each measure.
    pub means: Estimates,
}

impl Summary {
    /// Sums up `measured`. None if it has no queries.
    pub fn of(measured: &Measured) -> Option<Summary> {
        let &Measured { ref queries, unanswered, left_out } = measured;
        let rows: Vec<Measures> = queries.values().copied().collect();
        Some(Summary { queries: rows.len(), unanswered, left_out, means: bootstrap(&rows)? })
    }
}

/// What has changed between two runs, over the queries that both are measured on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differences {
    /// Every query's ndcg@10, the greatest loss first, equal changes by query id.
    pub changes: Vec<Change>,
    /// The mean difference of each measure, after less before. Its interval is that of pairs: the difference within
    /// each query is what is drawn, so that hard and easy queries do not widen it.
    pub means: Estimates,
}

/// The ndcg@10 of one query in two runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The query's id.
    pub query: String,
    /// In the first run.
    pub before: f64,
    /// In the second.
    pub after: f64,
}

impl Change {
    /// What is gained; less than 0 if it is lost.
    pub fn gain(&self) -> f64 {
        self.after - self.before
    }
}

/// Compares two runs measured with the same judgements. None if they have no query in common.
pub fn differences(before: &Measured, after: &Measured) -> Option<Differences> {
    let in_both = |(query, before)| after.queries.get(query).map(|after| (query, before, after));
    let pairs: Vec<(&String, &Measures, &Measures)> = before.queries.iter().filter_map(in_both).collect();
    let change = |&(query, before, after): &(&String, &Measures, &Measures)| Change {
        query: query.clone(),
        before: before.get(Measure::Ndcg10),
        after: after.get(Measure::Ndcg10),
    };
    let mut changes: Vec<Change> = pairs.iter().map(change).collect();
    // The order is stable and the pairs are by id.
    changes.sort_by(|left, right| left.gain().total_cmp(&right.gain()));
    let difference = |(_, before, after): &(&String, &Measures, &Measures)| {
        PerMeasure::new(|measure| after.get(measure) - before.get(measure))
    };
    let rows: Vec<Measures> = pairs.iter().map(difference).collect();
    Some(Differences { changes, means: bootstrap(&rows)? })
}

/// A mean and the interval that holds the true one with 95 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean of the queries at hand.
    pub mean: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The means of `rows` with bootstrap intervals: the queries are drawn anew with replacement many times, and the
/// interval is from the 2.5th to the 97.5th percentile of the means (Efron 1979; for retrieval Sakai 2006). None if
/// there are no rows.
fn bootstrap(rows: &[Measures]) -> Option<Estimates> {
    if rows.is_empty() {
        return None;
    }
    let mean = Measures::mean(rows.iter());
    let mut random = SplitMix64(SEED);
    let mut draw = |_| {
        let drawn: Vec<&Measures> = rows.iter().map(|_| &rows[random.below(rows.len())]).collect();
        Measures::mean(drawn.into_iter())
    };
    let resampled: Vec<Measures> = (0..RESAMPLES).map(&mut draw).collect();
    Some(PerMeasure::new(|measure| {
        let mut means: Vec<f64> = resampled.iter().map(|means| means.get(measure)).collect();
        means.sort_by(f64::total_cmp);
        let (mean, at) = (mean.get(measure), |permille| nearest_rank(&means, permille));
        Estimate { mean, low: at(25).unwrap_or(mean), high: at(975).unwrap_or(mean) }
    }))
}

/// The smallest value that is not under `permille` thousandths of all. None if `sorted` is empty.
fn nearest_rank<T: Copy>(sorted: &[T], permille: usize) -> Option<T> {
    let rank = (sorted.len() * permille).div_ceil(1_000);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// How long answers take. As JSON in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Latencies {
    /// Half of the answers take no longer.
    #[serde(rename = "p50_ms", serialize_with = "milliseconds")]
    pub p50: Duration,
    /// 99 in a hundred take no longer.
    #[serde(rename = "p99_ms", serialize_with = "milliseconds")]
    pub p99: Duration,
}

impl Latencies {
    /// The percentiles of `durations` by nearest rank: each is one of them. None if there are none.
    pub fn of(mut durations: Vec<Duration>) -> Option<Latencies> {
        durations.sort_unstable();
        Some(Latencies { p50: nearest_rank(&durations, 500)?, p99: nearest_rank(&durations, 990)? })
    }
}

fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn grades(judged: &[(&str, u32)]) -> Grades {
        judged.iter().map(|&(document, grade)| (document.to_owned(), grade)).collect()
    }

    /// A ranking of documents separated by spaces.
    fn ranking(documents: &str) -> Ranking {
        Ranking::new(documents.split_whitespace().map(|document| (document.to_owned(), 0.0)))
    }

    fn measured<'a>(run: impl IntoIterator<Item = (&'a str, &'a str)>) -> Measured {
        let run: Run = run.into_iter().map(|(query, documents)| (query.to_owned(), ranking(documents))).collect();
        let judgements = run.keys().map(|query| (query.clone(), grades(&[("a", 2), ("b", 1)])));
        Measured::of(&judgements.collect(), &run)
    }

    /// The first ten are other documents.
    const TEN: &str = "1 2 3 4 5 6 7 8 9 10";

    #[rstest]
    // 2/1 + 0 + 3/2 + 0 + 1/log2(6) of 3/1 + 2/log2(3) + 1/2: 3.886853 / 4.761860.
    #[case::graded("b x a d c".to_owned(), [1.0, 1.0, 1.0, 0.816_247, 1.0])]
    // 1/log2(3) of 4.761860.
    #[case::second("d c".to_owned(), [0.0, 1.0, 0.5, 0.132_496, 1.0 / 3.0])]
    #[case::eleventh(format!("{TEN} a"), [0.0, 0.0, 0.0, 0.0, 1.0 / 3.0])]
    // 3/log2(11) of 4.761860.
    #[case::tenth("1 2 3 4 5 6 7 8 9 a".to_owned(), [0.0, 1.0, 0.1, 0.182_113, 1.0 / 3.0])]
    #[case::best("a b c".to_owned(), [1.0; 5])]
    #[case::judged_not_relevant("d".to_owned(), [0.0; 5])]
    #[case::empty(String::new(), [0.0; 5])]
    fn a_ranking_is_measured_as_by_hand(#[case] documents: String, #[case] expected: [f64; 5]) {
        let judged = grades(&[("a", 3), ("b", 2), ("c", 1), ("d", 0)]);
        let measures = Measures::of(&ranking(&documents), &judged).expect("some are relevant");
        for (measure, value) in measures.iter() {
            let by_hand = expected[measure as usize];
            assert!((value - by_hand).abs() < 1e-6, "{}: {value}, by hand {by_hand}", measure.name());
        }
    }

    #[test]
    fn the_ideal_ends_where_the_measure_does_and_recall_counts_all() {
        let documents: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        let judged = documents.iter().map(|document| (document.clone(), 1)).collect();
        let measures = Measures::of(&ranking(&documents.join(" ")), &judged).expect("all are relevant");
        assert_eq!((measures.get(Measure::Ndcg10), measures.get(Measure::Recall100)), (1.0, 0.5));
    }

    #[test]
    fn a_ranking_is_by_score_and_has_each_document_once() {
        let scored = [("a", 1.0), ("b", f64::NAN), ("c", -0.0), ("d", 0.0), ("a", 2.0), ("e", 1.5)];
        let ranking = Ranking::new(scored.map(|(document, score)| (document.to_owned(), score)));
        let documents: Vec<&str> = ranking.documents().iter().map(|scored| scored.document.as_str()).collect();
        assert_eq!(documents, ["a", "e", "c", "d", "b"]);
    }

    #[test]
    fn a_query_without_an_answer_counts_0_and_one_without_relevant_documents_does_not_count() {
        let judged = grades(&[("a", 1)]);
        let mut judgements: Judgements = ["1", "2", "3"].map(|query| (query.to_owned(), judged.clone())).into();
        judgements.insert("4".to_owned(), grades(&[("a", 0)]));
        let run = [("1", "a"), ("2", ""), ("4", "a"), ("not judged", "a")];
        let run = run.map(|(query, documents)| (query.to_owned(), ranking(documents))).into();
        let summary = Summary::of(&Measured::of(&judgements, &run)).expect("queries are judged");
        assert_eq!((summary.queries, summary.unanswered, summary.left_out), (3, 2, 1));
        assert_eq!(summary.means.get(Measure::Ndcg10).mean, 1.0 / 3.0);
    }

    #[test]
    fn without_queries_there_is_no_mean() {
        assert_eq!(Summary::of(&Measured::default()), None);
        assert_eq!(differences(&Measured::default(), &measured([("1", "a")])), None);
    }

    #[test]
    fn the_interval_is_that_of_the_binomial_when_half_of_100_queries_succeed() {
        let rows: Vec<Measures> = (0..100).map(|number| PerMeasure([f64::from(number % 2); 5])).collect();
        let estimate = bootstrap(&rows).expect("rows").get(Measure::Success1);
        // Of 100 throws of a coin, 40 to 60 are heads with 96 % probability.
        assert_eq!(estimate.mean, 0.5);
        assert!((estimate.low - 0.40).abs() <= 0.011 && (estimate.high - 0.60).abs() <= 0.011, "{estimate:?}");
    }

    #[test]
    fn the_worst_queries_come_first() {
        let measured = measured([("1", "a b"), ("2", "x a"), ("3", "x"), ("4", ""), ("5", "x x2 b")]);
        let worst: Vec<&str> = measured.worst(4).into_iter().map(|(query, _)| query).collect();
        assert_eq!(worst, ["3", "4", "5", "2"]);
    }

    #[test]
    fn differences_begin_with_the_greatest_loss_and_keep_equal_ones_by_id() {
        let before = measured([("1", "a b"), ("2", "x"), ("3", "a b"), ("4", "a b"), ("5", "a b"), ("before", "a")]);
        let after = measured([("1", "a b"), ("2", "a b"), ("3", ""), ("4", "a b"), ("5", "x"), ("after", "a")]);
        let differences = differences(&before, &after).expect("five in common");
        let changes: Vec<_> = differences.changes.iter().map(|change| (change.query.as_str(), change.gain())).collect();
        assert_eq!(changes, [("3", -1.0), ("5", -1.0), ("1", 0.0), ("4", 0.0), ("2", 1.0)]);
        let mean = differences.means.get(Measure::Ndcg10);
        assert!((mean.mean + 0.2).abs() < 1e-9 && mean.low < -0.2 && mean.high > 0.0, "{mean:?}");
    }

    #[test]
    fn the_interval_of_pairs_is_narrow_when_all_gain_the_same_however_unlike_they_are() {
        let run = |gain: f64| {
            let rows = (0..10_u32).map(|number| (number.to_string(), PerMeasure([f64::from(number) / 20.0 + gain; 5])));
            Measured { queries: rows.collect(), ..Measured::default() }
        };
        let Estimate { mean, low, high } = differences(&run(0.0), &run(0.25)).expect("ten").means.get(Measure::Mrr10);
        assert!([mean, low, high].iter().all(|end| (end - 0.25).abs() < 1e-9), "{mean} {low} {high}");
    }

    #[test]
    fn an_interval_is_that_of_another_implementation() {
        let rows: Vec<Measures> = [0.0, 0.25, 0.5, 1.0, 1.0].map(|value| PerMeasure([value; 5])).into();
        let estimate = bootstrap(&rows).expect("rows").get(Measure::Ndcg10);
        assert_eq!(estimate, Estimate { mean: 0.55, low: 0.2, high: 0.9 });
    }

    #[test]
    fn random_numbers_are_those_of_the_reference() {
        let mut random = SplitMix64(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[rstest]
    #[case::hundred((1..=100).rev().collect(), Some((50, 99)))]
    #[case::four(vec![40, 10, 30, 20], Some((20, 40)))]
    #[case::one(vec![7], Some((7, 7)))]
    #[case::none(vec![], None)]
    fn latencies_are_by_nearest_rank(#[case] milliseconds: Vec<u64>, #[case] expected: Option<(u64, u64)>) {
        let latencies = Latencies::of(milliseconds.into_iter().map(Duration::from_millis).collect());
        let of = |(p50, p99)| Latencies { p50: Duration::from_millis(p50), p99: Duration::from_millis(p99) };
        assert_eq!(latencies, expected.map(of));
    }

    #[test]
    fn json_has_the_names_of_the_measures_and_milliseconds() {
        let measures = PerMeasure([1.0, 1.0, 0.5, 0.25, 0.0]);
        let json = serde_json::to_string(&measures).expect("numbers");
        assert_eq!(json, r#"{"success@1":1.0,"success@10":1.0,"mrr@10":0.5,"ndcg@10":0.25,"recall@100":0.0}"#);
        let latencies = Latencies::of(vec![Duration::from_micros(1_500)]);
        assert_eq!(serde_json::to_string(&latencies).expect("numbers"), r#"{"p50_ms":1.5,"p99_ms":1.5}"#);
    }

    #[test]
    fn a_measure_is_at_its_place() {
        assert!(Measure::ALL.iter().enumerate().all(|(place, &measure)| measure as usize == place));
    }

    fn any_grades() -> impl Strategy<Value = Grades> {
        let grade = prop_oneof![Just(0), 1..4_u32, any::<u32>()];
        prop::collection::btree_map("[a-e][0-9]", grade, 0..60)
    }

    proptest! {
        #[test]
        fn measures_are_0_to_1(
            judged in any_grades(),
            scored in prop::collection::vec(("[a-e][0-9]", any::<f64>()), 0..120),
        ) {
            let measures = Measures::of(&Ranking::new(scored), &judged);
            prop_assert_eq!(measures.is_some(), judged.values().any(|&grade| grade > 0));
            for (measure, value) in measures.iter().flat_map(PerMeasure::iter) {
                prop_assert!(value.is_sign_positive() && value <= 1.0, "{}: {}", measure.name(), value);
            }
        }

        #[test]
        fn the_best_order_has_ndcg_1(mut judged in any_grades()) {
            judged.insert("relevant".to_owned(), 1);
            let scored = judged.iter().map(|(document, &grade)| (document.clone(), f64::from(grade)));
            let measures = Measures::of(&Ranking::new(scored), &judged).expect("one is relevant");
            prop_assert_eq!(measures.get(Measure::Ndcg10), 1.0);
            prop_assert_eq!(measures.get(Measure::Recall100), 1.0);
        }

        #[test]
        fn an_interval_is_within_what_is_measured(values in prop::collection::vec(0.0..=1.0_f64, 1..20)) {
            let rows: Vec<Measures> = values.iter().map(|&value| PerMeasure([value; 5])).collect();
            let Estimate { mean, low, high } = bootstrap(&rows).expect("rows").get(Measure::Mrr10);
            prop_assert!(0.0 <= low && low <= high && high <= 1.0 && (0.0..=1.0).contains(&mean));
        }
    }
}
