//! What the parts of a search cost, in instructions: counted by Callgrind, and so the same in every run.
//!
//! `benches/guards/run` builds the index of the sample corpus that these need, runs them, and compares with what was
//! recorded. Setting up is not counted.
#![allow(missing_docs, reason = "the macros make modules")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use gungraun::prelude::*;
use khonha::content::Site;
use khonha::http::{Identity, SearchJson};
use khonha::index::{Access, Generation, Query, Store, analyzer};
use khonha::search::{Ast, Knowledge, Request, Response, Warning};
use khonha::text::{Analyzer, Token};

/// A question, words of both languages, and a query with everything in it.
const THAI: &str = "ประชาชนตรวจสอบการจัดซื้อจัดจ้างของท้องถิ่นได้อย่างไร";
const MIXED: &str = "open data ธรรมาภิบาล";
const OPERATORS: &str = r#"(ทุจริต OR corruption) "ข้อมูลเปิด" -สินบน topic:procurement ปี:2560-2567 จัดซื้อ*"#;
const MISTYPED: &str = "ธรรมาภิบาน";

/// The sample corpus, as `benches/guards/run` indexed it.
struct Indexed {
    generation: Arc<Generation>,
    knowledge: Knowledge,
}

impl Indexed {
    fn open() -> Indexed {
        let index = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/guards/index");
        let store = Store::open(&index, Access::Read).expect("the index that benches/guards/run made");
        let generation = store.current().expect("an index");
        let knowledge = Knowledge::of(&generation).expect("what is known of it");
        Indexed { generation, knowledge }
    }

    fn search(&self, request: &Request) -> Response {
        khonha::search::search(&self.generation, &self.knowledge, request, None).expect("an answer")
    }
}

fn request(text: &str) -> Request {
    Request { text: text.to_owned(), ..Request::default() }
}

/// An index in which `text` was searched once, so that what is read once is not counted.
fn searched(text: &str) -> (Indexed, Request) {
    let (indexed, request) = (Indexed::open(), request(text));
    indexed.search(&request);
    (indexed, request)
}

fn without_passages(text: &str) -> (Indexed, Request) {
    let (indexed, request) = searched(text);
    (indexed, Request { highlight: None, ..request })
}

fn parsed(text: &str) -> (Indexed, Request, Ast) {
    let (indexed, request) = searched(text);
    (indexed, request, khonha::search::parse(text).0)
}

fn answered(text: &str) -> (Request, Response) {
    let (indexed, request) = searched(text);
    let response = indexed.search(&request);
    (request, response)
}

fn article(path: &str) -> (Analyzer, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path);
    let analyzer = analyzer(&Site::default());
    analyzer.analyze("การ open");
    (analyzer, fs::read_to_string(path).expect("an article of the sample corpus"))
}

#[library_benchmark(setup = article)]
#[bench::thai("insight/anonymous-box.md")]
#[bench::english("en/third-party-due-diligence.md")]
fn analysis((analyzer, text): (Analyzer, String)) -> Vec<Token> {
    analyzer.analyze(black_box(&text))
}

#[library_benchmark]
#[bench::words(THAI)]
#[bench::operators(OPERATORS)]
fn parsing(text: &str) -> (Ast, Vec<Warning>) {
    khonha::search::parse(black_box(text))
}

#[library_benchmark(setup = parsed)]
#[bench::thai(THAI)]
#[bench::mixed(MIXED)]
#[bench::operators(OPERATORS)]
fn planning((indexed, request, ast): (Indexed, Request, Ast)) -> Vec<Query> {
    let plan = |_| khonha::search::plan(&indexed.generation, &indexed.knowledge, black_box(&request), &ast);
    // Once alone, a tenth more or less is chance: when memory is tidied up.
    (0..10).map(plan).collect()
}

#[library_benchmark(setup = searched)]
#[bench::everything("")]
#[bench::thai(THAI)]
#[bench::mixed(MIXED)]
#[bench::operators(OPERATORS)]
#[bench::mistyped(MISTYPED)]
fn searching((indexed, request): (Indexed, Request)) -> Response {
    indexed.search(black_box(&request))
}

// The difference to searching is what the passages of ten hits cost.
#[library_benchmark(setup = without_passages)]
#[bench::thai(THAI)]
#[bench::mixed(MIXED)]
fn searching_without_passages((indexed, request): (Indexed, Request)) -> Response {
    indexed.search(black_box(&request))
}

#[library_benchmark(setup = answered)]
#[bench::mixed(MIXED)]
fn json((request, response): (Request, Response)) -> Vec<u8> {
    let identity = Identity { url: "http://127.0.0.1".to_owned(), name: "Khonha".to_owned(), contact: String::new() };
    serde_json::to_vec(&SearchJson::new(black_box(&request), response, &identity)).expect("JSON")
}

library_benchmark_group!(
    name = guards,
    benchmarks = [analysis, parsing, planning, searching, searching_without_passages, json]
);
main!(library_benchmark_groups = guards);
