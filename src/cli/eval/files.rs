//! The files of an evaluation: corpus, queries, judgements and runs, as BEIR and TREC have them.
//!
//! Takes paths, plain or gzip, and gives what they hold; writes runs. Knows nothing of the index, and measures nothing.
//! Every error names the file, the line and what was expected there.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail, ensure};
use flate2::read::MultiGzDecoder;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::search::measure::{Judgements, Ranking, Run};

/// A document of a corpus, as it is before it is indexed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CorpusDocument {
    /// What judgements and runs call it.
    #[serde(rename = "_id", deserialize_with = "id")]
    pub id: String,
    /// Empty if it has none.
    #[serde(default, deserialize_with = "text_or_null")]
    pub title: String,
    /// The text without the title.
    pub text: String,
}

/// A query that has been judged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JudgedQuery {
    /// What judgements and runs call it.
    #[serde(rename = "_id", deserialize_with = "id")]
    pub id: String,
    /// What is searched.
    pub text: String,
}

/// Reads the documents of a BEIR `corpus.jsonl` one after the other: a JSON object a line with `_id`, `text` and, where
/// there is one, `title`.
///
/// # Errors
/// If the file cannot be opened. A line that is no document is an error in its place, and the next line follows; after
/// one that cannot be read nothing does.
pub fn corpus(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<CorpusDocument>> + Send + use<>> {
    Ok(Lines::open(path)?.map(|line| line?.json("a JSON object with _id, text and perhaps title")))
}

/// Reads queries in their order: BEIR's `queries.jsonl`, a JSON object a line with `_id` and `text`, or lines of an id,
/// a tab and the text.
///
/// # Errors
/// If the file cannot be read, has no queries, or has a line that is none or whose id was there before.
pub fn queries(path: &Path) -> anyhow::Result<Vec<JudgedQuery>> {
    read_queries(Lines::open(path)?).and_then(|queries| {
        ensure!(!queries.is_empty(), "{}: expected queries, and it is empty", path.display());
        Ok(queries)
    })
}

/// Reads judgements: BEIR's `qrels.tsv`, with its header or without, or those of TREC. The number of columns of the
/// first line tells which. Grades under 0 count as 0.
///
/// # Errors
/// If the file cannot be read, has no judgements, or has a line that is none or that contradicts an earlier one.
pub fn judgements(path: &Path) -> anyhow::Result<Judgements> {
    read_judgements(Lines::open(path)?).and_then(|judgements| {
        ensure!(!judgements.is_empty(), "{}: expected judgements, and it has none", path.display());
        Ok(judgements)
    })
}

/// Reads a TREC run. Documents are ordered by score, those of equal score by rank. A run may be empty.
///
/// # Errors
/// If the file cannot be read, or has a line that is none or that ranks a document again.
pub fn run(path: &Path) -> anyhow::Result<Run> {
    read_run(Lines::open(path)?)
}

/// Writes a run in the form that [`run`] reads. A file that is there is replaced when the new one is whole, and stays
/// as it is after an error.
///
/// # Errors
/// If the file cannot be written, or if an id cannot stand in it: is empty or has white space in it.
pub fn write_run(path: &Path, run: &Run) -> anyhow::Result<()> {
    let cannot = || format!("{} cannot be written", path.display());
    let temporary = beside(path).with_context(cannot)?;
    let written = write_whole(&temporary, run).and_then(|()| Ok(fs::rename(&temporary, path)?));
    if written.is_err() {
        // What stopped the writing is what is told, not that its rest could not be removed.
        let _ = fs::remove_file(&temporary);
    }
    written.with_context(cannot)
}

fn read_queries(lines: Lines) -> anyhow::Result<Vec<JudgedQuery>> {
    let (mut queries, mut ids) = (Vec::new(), HashSet::new());
    for line in lines {
        let line = line?;
        let query = line.query()?;
        if !ids.insert(query.id.clone()) {
            return Err(line.expected(&format!("another id than {}, which was there before", query.id)));
        }
        queries.push(query);
    }
    Ok(queries)
}

fn read_judgements(lines: Lines) -> anyhow::Result<Judgements> {
    let mut judgements = Judgements::new();
    let mut form = None;
    for line in lines {
        let line = line?;
        let is_header = form.is_none() && line.text == JudgementForm::HEADER;
        let form = *form.get_or_insert(JudgementForm::of(&line.text));
        if is_header {
            continue;
        }
        let (query, document, grade) = form.judgement(&line.text).ok_or_else(|| line.expected(form.columns()))?;
        let earlier = judgements.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
        if let Some(earlier) = earlier.filter(|&earlier| earlier != grade) {
            return Err(line.expected(&format!("grade {earlier} for {query} and {document}, as before")));
        }
    }
    Ok(judgements)
}

/// The two ways to write down judgements.
#[derive(Clone, Copy)]
enum JudgementForm {
    Beir,
    Trec,
}

impl JudgementForm {
    const HEADER: &str = "query-id\tcorpus-id\tscore";

    fn of(line: &str) -> JudgementForm {
        if line.split('\t').count() == 3 { JudgementForm::Beir } else { JudgementForm::Trec }
    }

    fn columns(self) -> &'static str {
        match self {
            JudgementForm::Beir => "a query id, a document id and a whole number as grade, separated by tabs",
            JudgementForm::Trec => "a query id, an iteration, a document id and a whole number as grade",
        }
    }

    /// The ids of a query and a document, and the grade.
    fn judgement(self, line: &str) -> Option<(&str, &str, u32)> {
        let (query, document, grade) = match self {
            JudgementForm::Beir => {
                columns(line.split('\t').map(str::trim)).map(|[query, document, grade]| (query, document, grade))
            }
            JudgementForm::Trec => {
                columns(line.split_whitespace()).map(|[query, _, document, grade]| (query, document, grade))
            }
        }?;
        let grade = grade.parse::<i64>().ok()?.max(0).try_into().ok()?;
        (!query.is_empty() && !document.is_empty()).then_some((query, document, grade))
    }
}

fn read_run(lines: Lines) -> anyhow::Result<Run> {
    let mut run: BTreeMap<String, BTreeMap<String, (i64, f64)>> = BTreeMap::new();
    for line in lines {
        let line = line?;
        let (query, document, place) = ranked(&line.text).ok_or_else(|| line.expected(RUN_COLUMNS))?;
        if run.entry(query.to_owned()).or_default().insert(document.to_owned(), place).is_some() {
            return Err(line.expected(&format!("each document once, and {query} has {document} twice")));
        }
    }
    Ok(run.into_iter().map(|(query, documents)| (query, ranking(documents))).collect())
}

const RUN_COLUMNS: &str = "a query id, Q0, a document id, a whole number as rank, a number as score and a tag";

/// The ids of a query and a document, and its rank and score.
fn ranked(line: &str) -> Option<(&str, &str, (i64, f64))> {
    let [query, _, document, rank, score, _] = columns(line.split_whitespace())?;
    let score = score.parse().ok().filter(|score: &f64| !score.is_nan())?;
    Some((query, document, (rank.parse().ok()?, score)))
}

fn ranking(documents: BTreeMap<String, (i64, f64)>) -> Ranking {
    let mut documents: Vec<_> = documents.into_iter().collect();
    // A ranking keeps equal scores in the order given.
    documents.sort_by_key(|&(_, (rank, _))| rank);
    Ranking::new(documents.into_iter().map(|(document, (_, score))| (document, score)))
}

fn columns<'a, const COUNT: usize>(cells: impl Iterator<Item = &'a str>) -> Option<[&'a str; COUNT]> {
    cells.collect::<Vec<_>>().try_into().ok()
}

/// A path in the same folder, so that renaming is one step of the file system.
fn beside(path: &Path) -> anyhow::Result<PathBuf> {
    let mut name = OsString::from(".");
    name.push(path.file_name().context("expected the name of a file")?);
    name.push(format!(".{}.tmp", std::process::id()));
    Ok(path.with_file_name(name))
}

fn write_whole(path: &Path, run: &Run) -> anyhow::Result<()> {
    let mut writer = BufWriter::new(File::create(path)?);
    write_lines(&mut writer, run)?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(file.sync_all()?)
}

fn write_lines(writer: &mut impl Write, run: &Run) -> anyhow::Result<()> {
    for (query, ranking) in run {
        ensure_is_cell(query)?;
        for (before, scored) in ranking.documents().iter().enumerate() {
            ensure_is_cell(&scored.document)?;
            writeln!(writer, "{query} Q0 {} {} {} khonha", scored.document, before + 1, scored.score)?;
        }
    }
    Ok(())
}

fn ensure_is_cell(id: &str) -> anyhow::Result<()> {
    if id.is_empty() || id.contains(char::is_whitespace) {
        bail!("the id {id:?} is empty or has white space in it, and a run separates its columns by that");
    }
    Ok(())
}

/// An id is text; some corpora write it as a number.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(id) if !id.trim().is_empty() => Ok(id),
        // A greater number or a fraction would not come back as it was written.
        Value::Number(id) if !id.is_f64() => Ok(id.to_string()),
        _ => Err(D::Error::custom("_id is no text that is not blank, and no whole number of 64 bits")),
    }
}

fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A line that is not blank, and where it stands.
struct Line {
    file: Arc<str>,
    /// From 1.
    number: u64,
    /// Without its end.
    text: String,
}

impl Line {
    fn expected(&self, what: &str) -> anyhow::Error {
        anyhow!("{}:{}: expected {what}", self.file, self.number)
    }

    fn json<'a, T: Deserialize<'a>>(&'a self, what: &str) -> anyhow::Result<T> {
        serde_json::from_str(&self.text).map_err(|error| anyhow::Error::new(error).context(self.expected(what)))
    }

    fn query(&self) -> anyhow::Result<JudgedQuery> {
        if self.text.trim_start().starts_with('{') {
            return self.json("a JSON object with _id and text");
        }
        let (id, text) = self.text.split_once('\t').unwrap_or_default();
        if id.trim().is_empty() {
            return Err(self.expected("an id, a tab and a text, or a JSON object with _id and text"));
        }
        Ok(JudgedQuery { id: id.trim().to_owned(), text: text.trim().to_owned() })
    }
}

/// The lines of a file that are not blank, without byte order mark and line ends.
struct Lines {
    file: Arc<str>,
    number: u64,
    /// None after an error of reading: the next attempt would fail as well, for ever.
    reader: Option<Box<dyn BufRead + Send>>,
}

impl Lines {
    fn open(path: &Path) -> anyhow::Result<Lines> {
        let cannot = || format!("{} cannot be read", path.display());
        let file = File::open(path).with_context(cannot)?;
        Lines::new(&path.display().to_string(), file).with_context(cannot)
    }

    /// Lines of what `reader` has, unpacked if it begins as gzip does. Its name tells nothing: people rename files.
    fn new(file: &str, mut reader: impl Read + Send + 'static) -> io::Result<Lines> {
        let mut head = Vec::new();
        reader.by_ref().take(2).read_to_end(&mut head)?;
        let is_gzip = head == [0x1F, 0x8B];
        let whole = Cursor::new(head).chain(reader);
        let reader: Box<dyn BufRead + Send> = if is_gzip {
            Box::new(BufReader::new(MultiGzDecoder::new(BufReader::new(whole))))
        } else {
            Box::new(BufReader::new(whole))
        };
        Ok(Lines { file: file.into(), number: 0, reader: Some(reader) })
    }

    /// The next line as it stands; none at the end.
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let mut bytes = Vec::new();
        let length = reader.read_until(b'\n', &mut bytes).inspect_err(|_| self.reader = None)?;
        Ok((length > 0).then_some(bytes))
    }

    fn text(&self, bytes: Vec<u8>) -> anyhow::Result<String> {
        let text = String::from_utf8(bytes).with_context(|| format!("{}: expected UTF-8", self.place()))?;
        let text = if self.number == 1 { text.trim_start_matches('\u{FEFF}') } else { &text };
        Ok(text.trim_end_matches(['\n', '\r']).to_owned())
    }

    fn place(&self) -> String {
        format!("{}:{}", self.file, self.number)
    }
}

impl Iterator for Lines {
    type Item = anyhow::Result<Line>;

    fn next(&mut self) -> Option<anyhow::Result<Line>> {
        loop {
            self.number += 1;
            let read = self.read().with_context(|| format!("{}: expected a line, which cannot be read", self.place()));
            let text = match read.transpose()?.and_then(|bytes| self.text(bytes)) {
                Ok(text) if text.trim().is_empty() => continue,
                text => text,
            };
            return Some(text.map(|text| Line { file: Arc::clone(&self.file), number: self.number, text }));
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn lines(bytes: impl Into<Vec<u8>>) -> Lines {
        Lines::new("file", Cursor::new(bytes.into())).expect("is in memory")
    }

    fn documents(bytes: impl Into<Vec<u8>>) -> anyhow::Result<Vec<CorpusDocument>> {
        let temp = tempfile::NamedTempFile::new()?;
        fs::write(temp.path(), bytes.into())?;
        corpus(temp.path())?.collect()
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).expect("is in memory")
    }

    fn document(id: &str, title: &str, text: &str) -> CorpusDocument {
        CorpusDocument { id: id.to_owned(), title: title.to_owned(), text: text.to_owned() }
    }

    fn query(id: &str, text: &str) -> JudgedQuery {
        JudgedQuery { id: id.to_owned(), text: text.to_owned() }
    }

    fn run_of(queries: &[(&str, &[(&str, f64)])]) -> Run {
        let ranking = |scored: &[(&str, f64)]| Ranking::new(scored.iter().map(|&(id, score)| (id.to_owned(), score)));
        queries.iter().map(|&(query, scored)| (query.to_owned(), ranking(scored))).collect()
    }

    /// What is wrong, with its causes.
    fn told<T>(result: anyhow::Result<T>) -> String {
        result.err().map(|error| format!("{error:#}")).unwrap_or_default()
    }

    const TWO: [&str; 2] = [
        "{\"_id\":\"a\",\"title\":\"ข่าว\",\"text\":\"x\",\"metadata\":{}}\r\n\n",
        "{\"_id\":7,\"title\":null,\"text\":\"\"}\n{\"_id\":\"c\",\"text\":\"z\"}",
    ];

    #[rstest]
    #[case::plain(TWO.concat().into_bytes())]
    #[case::with_a_byte_order_mark(format!("\u{FEFF}{}", TWO.concat()).into_bytes())]
    #[case::gzip(gzip(&TWO.concat()))]
    #[case::gzip_of_several_members(TWO.map(gzip).concat())]
    fn a_corpus_is_read_packed_or_not(#[case] bytes: Vec<u8>) {
        // "ข่าว" is news.
        let expected = [document("a", "ข่าว", "x"), document("7", "", ""), document("c", "", "z")];
        assert_eq!(documents(bytes).expect("is a corpus"), expected);
    }

    #[test]
    fn a_line_that_is_no_document_does_not_end_the_corpus() {
        let temp = tempfile::NamedTempFile::new().expect("a temporary file");
        fs::write(temp.path(), "{\"_id\":\"a\"}\n\n{\"_id\":\"b\",\"text\":\"y\"}\n").expect("a temporary file");
        let mut documents = corpus(temp.path()).expect("is there");
        let error = told(documents.next().expect("a line"));
        assert!(error.contains(":1: expected a JSON object with _id, text") && error.contains("missing field `text`"));
        assert_eq!(documents.next().expect("a line").expect("a document"), document("b", "", "y"));
        assert!(documents.next().is_none());
    }

    #[test]
    fn a_packed_file_that_was_cut_off_is_one_error_and_then_ends() {
        let mut bytes = gzip(&"{\"_id\":\"a\",\"text\":\"x\"}\n".repeat(3));
        bytes.truncate(bytes.len() - 4);
        let read: Vec<_> = lines(bytes).collect();
        assert_eq!(read.iter().filter(|line| line.is_err()).count(), 1);
        assert!(told(read.into_iter().next_back().expect("lines")).starts_with("file:4: expected a line"));
    }

    #[rstest]
    #[case::json("{\"_id\":1,\"text\":\"งบประมาณ\"}\n{\"_id\":\"b\",\"text\":\"x\\ty\"}\n")]
    #[case::tabs("\u{FEFF}1\tงบประมาณ\r\nb\tx\ty\r\n")]
    fn queries_are_read_in_both_forms(#[case] text: &str) {
        // "งบประมาณ" is a budget.
        assert_eq!(read_queries(lines(text)).expect("are queries"), [query("1", "งบประมาณ"), query("b", "x\ty")]);
    }

    #[rstest]
    #[case::beir("query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb c\t0\n2\ta\t-1\n")]
    #[case::beir_without_a_header("1\ta\t2\n1\tb c\t0\n2\ta\t0")]
    #[case::beir_of_windows(
        "\u{FEFF}query-id\tcorpus-id\tscore\r\n1\ta\t2\r\n\r\n1\tb c\t0\r\n1\ta\t2\r\n2\ta\t-2\r\n"
    )]
    fn judgements_of_beir_are_read(#[case] text: &str) {
        let json = serde_json::to_value(read_judgements(lines(text)).expect("are judgements")).expect("numbers");
        assert_eq!(json, serde_json::json!({"1": {"a": 2, "b c": 0}, "2": {"a": 0}}));
    }

    #[rstest]
    #[case::spaces("1 0 a 2\n1  0  b  0\n2 Q0 a -2\n")]
    #[case::tabs("\u{FEFF}1\t0\ta\t2\r\n1\t0\tb\t0\r\n2\t0\ta\t-1\r\n")]
    fn judgements_of_trec_are_read(#[case] text: &str) {
        let json = serde_json::to_value(read_judgements(lines(text)).expect("are judgements")).expect("numbers");
        assert_eq!(json, serde_json::json!({"1": {"a": 2, "b": 0}, "2": {"a": 0}}));
    }

    #[test]
    fn a_run_is_by_score_and_then_by_rank() {
        let text = "1 Q0 a 3 1.5 x\n1 Q0 b 2 1.5 x\n2 Q0 a 1 -1e3 x\n1\tQ0\tc\t9\t2\tx\r\n";
        let expected = run_of(&[("1", &[("c", 2.0), ("b", 1.5), ("a", 1.5)]), ("2", &[("a", -1000.0)])]);
        assert_eq!(read_run(lines(text)).expect("is a run"), expected);
    }

    #[rstest]
    #[case::query_without_id(told(read_queries(lines("1\tx\n\n\tx"))), "file:3: expected an id, a tab and a text")]
    #[case::query_without_tab(told(read_queries(lines("1 x"))), "file:1: expected an id, a tab and a text")]
    #[case::query_without_text(
        told(read_queries(lines("{\"_id\":1}"))),
        "file:1: expected a JSON object with _id and text"
    )]
    #[case::query_with_a_fraction(told(read_queries(lines("{\"_id\":1.5,\"text\":\"x\"}"))), "no whole number")]
    #[case::query_twice(told(read_queries(lines("1\tx\n1\ty"))), "file:2: expected another id than 1")]
    #[case::grade_no_number(told(read_judgements(lines("1\ta\thigh"))), "file:1: expected a query id, a document id")]
    #[case::grade_too_great(
        told(read_judgements(lines("1\ta\t4294967296"))),
        "file:1: expected a query id, a document id"
    )]
    #[case::document_without_id(told(read_judgements(lines("1\t\t1"))), "file:1: expected a query id, a document id")]
    #[case::forms_mixed(told(read_judgements(lines("1 0 a 1\n1\ta\t1"))), "file:2: expected a query id, an iteration")]
    #[case::header_again(
        told(read_judgements(lines("1\ta\t1\nquery-id\tcorpus-id\tscore"))),
        "file:2: expected a query id"
    )]
    #[case::grades_contradict(told(read_judgements(lines("1 0 a 1\n1 0 a 2"))), "file:2: expected grade 1 for 1 and a")]
    #[case::run_without_tag(told(read_run(lines("1 Q0 a 1 2.0"))), "file:1: expected a query id, Q0")]
    #[case::score_not_a_number(told(read_run(lines("1 Q0 a 1 NaN x"))), "file:1: expected a query id, Q0")]
    #[case::document_twice(told(read_run(lines("1 Q0 a 1 2 x\n1 Q0 a 2 1 x"))), "file:2: expected each document once")]
    #[case::not_utf_8(told(read_run(lines([b'\n', 0xFF]))), "file:2: expected UTF-8")]
    #[case::not_there(told(judgements(Path::new("not/there"))), "not/there cannot be read")]
    #[case::no_queries(told(queries(Path::new("/dev/null"))), "/dev/null: expected queries")]
    #[case::no_judgements(told(judgements(Path::new("/dev/null"))), "/dev/null: expected judgements")]
    fn an_error_names_file_line_and_what_was_expected(#[case] told: String, #[case] expected: &str) {
        assert!(told.contains(expected), "{told:?} does not tell {expected:?}");
    }

    #[test]
    fn a_run_is_written_as_trec_has_it_and_nothing_is_left_beside() {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let path = temp.path().join("run.txt");
        fs::write(&path, "old").expect("a temporary folder");
        write_run(&path, &run_of(&[("1", &[("a", 0.1), ("b", 3.0)]), ("2", &[])])).expect("can be written");
        assert_eq!(fs::read_to_string(&path).expect("is there"), "1 Q0 b 1 3 khonha\n1 Q0 a 2 0.1 khonha\n");
        assert_eq!(fs::read_dir(temp.path()).expect("is there").count(), 1);
    }

    #[rstest]
    #[case::query(run_of(&[("a", &[("b", 1.0)]), ("b c", &[("d", 1.0)])]), "\"b c\"")]
    #[case::document(run_of(&[("a", &[("b", 1.0), ("", 0.5)])]), "\"\"")]
    fn a_run_that_cannot_be_written_leaves_the_old_one(#[case] run: Run, #[case] id: &str) {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let path = temp.path().join("run.txt");
        fs::write(&path, "old").expect("a temporary folder");
        let error = told(write_run(&path, &run));
        assert!(error.contains("run.txt cannot be written") && error.contains(id), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("is there"), "old");
        assert_eq!(fs::read_dir(temp.path()).expect("is there").count(), 1);
    }

    proptest! {
        #[test]
        fn a_run_is_read_as_it_was_written(
            run in prop::collection::btree_map(
                "[a-zก-๙]{1,3}",
                prop::collection::vec(("[a-d]", any::<f64>()), 1..6),
                0..5,
            ),
        ) {
            let run = run.into_iter().map(|(query, scored)| (query, Ranking::new(scored))).collect();
            let mut written = Vec::new();
            write_lines(&mut written, &run).expect("is in memory");
            prop_assert_eq!(read_run(lines(written)).expect("is a run"), run);
        }

        #[test]
        fn no_bytes_make_a_reader_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            text in "[ -~\t\n]{0,80}",
        ) {
            for bytes in [bytes, text.into_bytes()] {
                let _ = read_queries(lines(bytes.clone()));
                let _ = read_judgements(lines(bytes.clone()));
                let _ = read_run(lines(bytes));
            }
        }
    }
}
