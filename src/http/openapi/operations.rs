//! The operations of the API, in the order in which they are shown.

use utoipa::openapi::Schema;

use super::operation::{Body, Group, Header, Operation, Shape};
use super::schema;
use crate::http::admin::{BegunJson, ReportJson, SnapshotJson, StatusJson};
use crate::http::api::{ArticleJson, RelatedListJson, SearchJson, SuggestionsJson};
use crate::http::clicks::ClickJson;
use crate::http::export::Format;
use crate::http::multi_search::{ResultsJson, SearchesJson};
use crate::http::parameters::{
    ARTICLE, FACET, FEED, OAI, PROFILE, RELATED, REPORT, SEARCH, SITEMAP, SUGGEST, article_as as taken_of_article,
    results_as as taken_of_results,
};
use crate::http::problem::Kind;
use crate::http::profiles::{FacetAnswerJson, ProfileJson};
use crate::search::{Parameter, ParameterKind, Repeats};
use crate::text::Bilingual;

/// All of them.
pub(in crate::http) fn operations() -> Vec<Operation> {
    let exports = Format::ALL.into_iter().flat_map(|format| [results_as(format), article_as(format)]);
    [
        search(),
        articles(),
        facets(),
        suggestions(),
        exports.collect(),
        machines(),
        harvesting(),
        administration(),
        health(),
    ]
    .into_iter()
    .flatten()
    .map(bounded)
    .collect()
}

/// What any operation may answer under load, but for those that are answered whatever it is.
fn bounded(operation: Operation) -> Operation {
    match operation.group {
        Group::Health => operation,
        _ => operation.fails(&[Kind::TooManyRequests, Kind::Overloaded, Kind::Late]),
    }
}

const fn in_path(name: &'static str, kind: ParameterKind, example: &'static str, about: Bilingual) -> Parameter {
    Parameter { name, kind, default: None, repeats: Repeats::Once, example, about }
}

static ID: Parameter = in_path(
    "id",
    ParameterKind::Text,
    "glossary/open-data",
    Bilingual::new(
        "รหัสของบทความ เครื่องหมาย / เขียนตรง ๆ หรือเป็น %2F ก็ได้",
        "The id of the article. Its slashes may be written as they are or as %2F.",
    ),
);
static AUTHOR: Parameter = in_path(
    "id",
    ParameterKind::Text,
    "helen-marchbanks",
    Bilingual::new("รหัสหรือชื่อใดก็ได้ของผู้แต่ง", "The id or any name of the author."),
);
static TOPIC: Parameter = in_path(
    "id",
    ParameterKind::Text,
    "procurement",
    Bilingual::new("รหัสหรือชื่อของหัวข้อ", "The id or a name of the topic."),
);
static SERIES: Parameter = in_path(
    "id",
    ParameterKind::Text,
    "insight",
    Bilingual::new("รหัสหรือชื่อของชุดบทความ", "The id or a name of the series."),
);
static FACET_NAME: Parameter = in_path(
    "name",
    ParameterKind::OneOf(&["topic", "year", "author", "series", "organisation", "language"]),
    "author",
    Bilingual::new("ชื่อของรายการ", "The name of the facet."),
);

static TOTAL: [Header; 2] = [
    Header {
        name: "X-Total-Count",
        about: Bilingual::new(
            "จำนวนบทความที่พบ ซึ่งอาจมากกว่าที่ส่งออก",
            "How many articles were found, of which the export may have fewer.",
        ),
        schema: schema::count,
    },
    DISPOSITION,
];
static SAVED: [Header; 1] = [DISPOSITION];
const DISPOSITION: Header = Header {
    name: "Content-Disposition",
    about: Bilingual::new("ชื่อไฟล์ที่จะบันทึก", "What the file is saved as."),
    schema: schema::text as fn() -> Schema,
};

fn search() -> Vec<Operation> {
    let summary = Bilingual::new("ค้นหาบทความ", "Search the articles");
    let operation = Operation::json::<SearchJson>("/api/v1/search", "search", Group::Search, summary)
        .about(Bilingual::new(
            "คืนผลการค้นหาหนึ่งหน้าพร้อมจำนวนตามรายการ ส่วนหัว Accept เลือกรูปแบบส่งออกแทน JSON ได้ หากต้องการผลลัพธ์ที่ตามมา ให้ส่งคำขอเดิมพร้อม cursor ที่มีค่า next",
            "Gives a page of hits with counts by facet. The header Accept can ask for a format of exports in place of JSON. For the hits that follow, ask the same with cursor set to next.",
        ))
        .takes(&SEARCH)
        .fails(&[Kind::Parameter, Kind::NotReady, Kind::Busy])
        .example("?q=open+data&year=2560-2567&limit=5&ui=en");
    let body = Body {
        media_type: "application/json",
        shape: Shape::of::<SearchesJson>(),
        example: r#"{"searches": [{"q": "open data", "year": 2564, "fields": ["id", "title"]}, {"q": "ธรรมาภิบาล"}]}"#,
    };
    let summary = Bilingual::new("ค้นหาหลายรายการในคำขอเดียว", "Several searches at once");
    let several = Operation::post("/api/v1/multi-search", "multiSearch", Group::Search, summary, body)
        .about(Bilingual::new(
            "แต่ละรายการใช้ตัวเลือกชุดเดียวกับ /api/v1/search ค่าที่ซ้ำได้เขียนเป็นลิสต์ ตอบตามลำดับจากดัชนีชุดเดียวกัน พร้อมสถานะของแต่ละรายการ",
            "Each has the parameters of /api/v1/search, with lists for repeated ones. All are answered from one commit, in order, each with the status that it would have had alone.",
        ))
        .gives("application/json", Shape::of::<ResultsJson>())
        .fails(&[Kind::Searches, Kind::TooLarge, Kind::NotReady]);
    let one = Format::ALL
        .into_iter()
        .fold(operation, |operation, format| operation.gives(format.media_type(), shape(format)));
    vec![one, several]
}

fn articles() -> Vec<Operation> {
    let article = Bilingual::new("บทความหนึ่งเรื่อง", "One article");
    let related = Bilingual::new("บทความที่เกี่ยวข้อง", "Articles related to one");
    let article = Operation::json::<ArticleJson>("/api/v1/articles/{id}", "article", Group::Articles, article)
        .named_by(&ID)
        .about(Bilingual::new(
            "ข้อความเป็น Markdown และเป็น HTML ที่ปลอดภัย ส่วนหัว Accept เลือกรูปแบบส่งออกได้",
            "With its text as Markdown and as sanitised HTML. The header Accept can ask for a format of exports.",
        ))
        .takes(&ARTICLE)
        .fails(&[Kind::Parameter, Kind::Address, Kind::NoSuchArticle, Kind::NotReady]);
    let article =
        Format::ALL.into_iter().fold(article, |article, format| article.gives(format.media_type(), shape(format)));
    let related =
        Operation::json::<RelatedListJson>("/api/v1/articles/{id}/related", "related", Group::Articles, related)
            .named_by(&ID)
            .about(Bilingual::new(
                "เรื่องที่บรรณาธิการเลือกมาก่อน ตามด้วยเรื่องที่มีเนื้อหาใกล้เคียง",
                "Those that an editor picked come first, then those that share its subject.",
            ))
            .takes(&RELATED)
            .fails(&[Kind::Parameter, Kind::Address, Kind::NoSuchArticle, Kind::NotReady]);
    vec![article, related]
}

fn facets() -> Vec<Operation> {
    let values = Bilingual::new("ค่าทั้งหมดของรายการหนึ่ง", "All values of one facet");
    let values = Operation::json::<FacetAnswerJson>("/api/v1/facets/{name}", "facet", Group::Facets, values)
        .named_by(&FACET_NAME)
        .about(Bilingual::new(
            "นับจากบทความที่ค้นพบ facet_find แสดงเฉพาะค่าที่ชื่อมีข้อความนั้น",
            "Counted over what a search finds; facet_find gives those whose names have it.",
        ))
        .takes(&FACET)
        .fails(&[Kind::Parameter, Kind::Address, Kind::NoSuchFacet, Kind::NotReady])
        .example("?q=open+data&facet_sort=name&ui=en");
    let profile = |kind: &str, id: &str, parameter, summary| {
        Operation::json::<ProfileJson>(&format!("/api/v1/{kind}/{{id}}"), id, Group::Facets, summary)
            .named_by(parameter)
            .takes(&PROFILE)
            .fails(&[Kind::Parameter, Kind::Address, Kind::NothingOf, Kind::NotReady])
            .example("?ui=en")
    };
    vec![
        values,
        profile("authors", "author", &AUTHOR, Bilingual::new("ผู้แต่งหนึ่งคน", "One author")),
        profile("topics", "topic", &TOPIC, Bilingual::new("หัวข้อหนึ่ง", "One topic")),
        profile("series", "series", &SERIES, Bilingual::new("ชุดบทความหนึ่ง", "One series")),
    ]
}

fn suggestions() -> Vec<Operation> {
    let path = "/api/v1/suggest";
    let ours = Bilingual::new("คำแนะนำสำหรับสิ่งที่กำลังพิมพ์", "What may be about to be typed");
    let browsers = Bilingual::new("คำแนะนำในรูปแบบที่เบราว์เซอร์อ่าน", "Suggestions in the form that browsers read");
    let browsers = Operation::get("/api/v1/suggest.opensearch", "suggestOpensearch", Group::Suggestions, browsers)
        .gives("application/x-suggestions+json", Shape::unnamed(schema::suggestions_of_browsers()));
    [Operation::json::<SuggestionsJson>(path, "suggest", Group::Suggestions, ours), browsers]
        .into_iter()
        .map(|it| it.takes(&SUGGEST).fails(&[Kind::Parameter, Kind::NotReady]).example("?q=whistleb"))
        .collect()
}

fn shape(format: Format) -> Shape {
    match format {
        Format::CslJson => Shape::unnamed(schema::objects()),
        _ => Shape::text(),
    }
}

fn results_as(format: Format) -> Operation {
    let path = format!("/api/v1/search{}", format.extension());
    let summary = Bilingual::new("ผลการค้นหาทั้งหมดเป็น", "All results as").with(format.title());
    Operation::get(&path, &format!("search{}", format.id()), Group::Exports, summary)
        .gives(format.media_type(), shape(format))
        .takes(taken_of_results(format))
        .with_headers(&TOTAL)
        .fails(&[Kind::Parameter, Kind::NotReady, Kind::Busy])
        .example("?q=open+data&year=2560-2567")
}

fn article_as(format: Format) -> Operation {
    let path = format!("/api/v1/articles/{{id}}{}", format.extension());
    let summary = Bilingual::new("บทความหนึ่งเรื่องเป็น", "One article as").with(format.title());
    Operation::get(&path, &format!("article{}", format.id()), Group::Exports, summary)
        .named_by(&ID)
        .gives(format.media_type(), shape(format))
        .takes(taken_of_article(format))
        .with_headers(&SAVED)
        .fails(&[Kind::Parameter, Kind::Address, Kind::NoSuchArticle, Kind::NotReady])
}

fn machines() -> Vec<Operation> {
    vec![
        for_machines(
            "/api/v1/search.atom",
            "searchAtom",
            "application/atom+xml",
            "การค้นหาเป็นฟีด Atom",
            "A search as an Atom feed",
        )
        .takes(&FEED)
        .fails(&[Kind::Parameter, Kind::NotReady])
        .example("?q=open+data&ui=en"),
        for_machines("/sitemap.xml", "sitemap", "application/xml", "แผนผังเว็บไซต์", "The map of the site")
            .takes(&SITEMAP)
            .fails(&[Kind::Parameter, Kind::NoSuchAddress, Kind::NotReady]),
        for_machines("/robots.txt", "robots", "text/plain", "สิ่งที่โปรแกรมเก็บข้อมูลอ่านได้", "What crawlers may read"),
        for_machines(
            "/opensearch.xml",
            "opensearch",
            "application/opensearchdescription+xml",
            "คำอธิบายการค้นหาสำหรับเบราว์เซอร์",
            "The search as browsers add it to theirs",
        ),
        Operation::get(
            "/openapi.json",
            "openapi",
            Group::Machines,
            Bilingual::new("คำอธิบาย API นี้", "This description"),
        )
        .gives("application/json", Shape::unnamed(schema::object())),
    ]
}

/// For programs that harvest whole collections.
fn harvesting() -> Vec<Operation> {
    let form = Body {
        media_type: "application/x-www-form-urlencoded",
        shape: Shape::of::<schema::OaiForm>(),
        example: "verb=Identify",
    };
    let post = Bilingual::new("OAI-PMH 2.0 โดยส่งเป็นแบบฟอร์ม", "OAI-PMH 2.0, with the arguments as a form");
    vec![
        for_machines("/oai", "oai", "text/xml", "OAI-PMH 2.0 สำหรับห้องสมุด", "OAI-PMH 2.0 for libraries and catalogues")
            .about(Bilingual::new(
                "ข้อผิดพลาดของคำขออยู่ในคำตอบที่มีสถานะ 200 ตามข้อกำหนดของ OAI-PMH",
                "What is wrong with a request is told in an answer of status 200, as the protocol has it.",
            ))
            .takes(&OAI)
            .fails(&[Kind::NotReady])
            .example("?verb=ListRecords&metadataPrefix=oai_dc"),
        Operation::post("/oai", "oaiPost", Group::Machines, post, form)
            .gives("text/xml", Shape::text())
            .fails(&[Kind::TooLarge, Kind::NotReady]),
    ]
}

/// An operation that gives a text.
fn for_machines(
    path: &str,
    id: &str,
    media_type: &'static str,
    thai: &'static str,
    english: &'static str,
) -> Operation {
    Operation::get(path, id, Group::Machines, Bilingual::new(thai, english)).gives(media_type, Shape::text())
}

fn administration() -> Vec<Operation> {
    let report = Bilingual::new("รายงานการค้นหา", "What people search for");
    let status = Bilingual::new("สถานะของบริการและดัชนี", "How the service and its index are");
    let reindex = Bilingual::new(
        "สร้างดัชนีใหม่เบื้องหลัง โดยดัชนีเดิมให้บริการต่อจนเสร็จ",
        "Build the index anew in the background, while the one in use goes on",
    );
    let snapshot = Bilingual::new("สำรองดัชนีลงไฟล์", "Write the index to a file");
    let metrics = Bilingual::new("ตัววัดสำหรับ Prometheus", "What the service measures of itself, for Prometheus");
    let clicks = Bilingual::new("แจ้งว่ามีการเปิดอ่านผลลัพธ์", "Count a hit that was opened");
    let click = Body {
        media_type: "application/json",
        shape: Shape::of::<ClickJson>(),
        example: r#"{"query": "open data", "id": "glossary/open-data", "rank": 1}"#,
    };
    vec![
        Operation::json::<ReportJson>("/api/v1/admin/report", "report", Group::Administration, report)
            .takes(&REPORT)
            .needs_key()
            .fails(&[Kind::Parameter, Kind::AnalyticsOff])
            .example("?days=7"),
        Operation::json::<StatusJson>("/api/v1/admin/status", "status", Group::Administration, status).needs_key(),
        Operation::command("/api/v1/admin/reindex", "reindex", Group::Administration, reindex)
            .with_status(202)
            .gives("application/json", Shape::of::<BegunJson>())
            .needs_key()
            .fails(&[Kind::NotWriting]),
        Operation::command("/api/v1/admin/snapshot", "snapshot", Group::Administration, snapshot)
            .with_status(201)
            .gives("application/json", Shape::of::<SnapshotJson>())
            .needs_key()
            .fails(&[Kind::SnapshotsOff]),
        Operation::get("/metrics", "metrics", Group::Administration, metrics)
            .gives("text/plain", Shape::text())
            .needs_key(),
        Operation::post("/api/v1/clicks", "click", Group::Administration, clicks, click).with_status(204).fails(&[
            Kind::Click,
            Kind::NoSuchArticle,
            Kind::ClicksOff,
            Kind::NotReady,
        ]),
    ]
}

fn health() -> Vec<Operation> {
    let get = |path, id, thai, english| {
        Operation::get(path, id, Group::Health, Bilingual::new(thai, english)).gives("text/plain", Shape::text())
    };
    vec![
        get("/health/live", "live", "บริการทำงานอยู่หรือไม่", "Is it alive"),
        get("/health/ready", "ready", "พร้อมตอบหรือไม่", "Can it answer").fails(&[Kind::NotReady]),
    ]
}
