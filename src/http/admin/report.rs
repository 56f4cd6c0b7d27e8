//! The report of what people search for, as a page and as JSON.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use jiff::civil::Date;
use serde::Serialize;

use crate::analytics::{self, Clicks, DayLine, Period, QueryLine, Report, Tally};
use crate::http::Service;
use crate::http::pages::{self, Frame, Page};
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::search::RequestError;

/// The days of a report that asks for no number.
const DAYS: u32 = 30;
/// The most days of a report.
const MOST_DAYS: u32 = 3_660;

/// `GET /api/v1/admin/report`
pub(super) async fn json(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Json<ReportJson>, Problem> {
    let report = blocking(move || read(&service, query.as_deref())).await?;
    Ok(Json(ReportJson::new(report)))
}

/// `GET /admin/report`
pub(super) async fn page(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let report = blocking(move || read(&service, query.as_deref())).await;
    let page = report.and_then(|report| pages::report::html(&report, frame.clone()));
    page.map_err(|problem| Page::of(problem, &frame))
}

fn read(service: &Service, query: Option<&str>) -> Result<Report, Problem> {
    let analytics = service.analytics.as_ref().ok_or_else(Problem::analytics_off)?;
    let period = Period::ending(analytics::today(), days(query)?);
    Ok(analytics.recorder.report(period)?)
}

fn days(query: Option<&str>) -> Result<u32, Problem> {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let Some((_, value)) = pairs.find(|(name, value)| name == "days" && !value.trim().is_empty()) else {
        return Ok(DAYS);
    };
    let days = value.trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    let expected = || format!("use a whole number from 1 to {MOST_DAYS}");
    days.ok_or_else(|| {
        RequestError { name: "days".to_owned(), value: value.clone().into_owned(), expected: expected() }.into()
    })
}

/// A report, as the API and the command give it.
#[derive(Serialize)]
pub struct ReportJson {
    first: Date,
    last: Date,
    total: TallyJson,
    days: Vec<DayJson>,
    queries: Vec<QueryJson>,
    without_results: Vec<QueryJson>,
    clicked: Vec<QueryJson>,
    /// How many different queries have their texts kept.
    kept: usize,
    not_kept: NotKeptJson,
    /// Files that are damaged, and left out.
    damaged: Vec<String>,
    /// Why the counts cannot be written at the moment.
    trouble: Option<String>,
}

/// What is counted without its text.
#[derive(Serialize)]
struct NotKeptJson {
    personal: TallyJson,
    beyond: TallyJson,
}

#[derive(Serialize)]
struct TallyJson {
    searches: u64,
    without_results: u64,
    clicks: u64,
    mean_rank: Option<f64>,
}

#[derive(Serialize)]
struct DayJson {
    day: Date,
    #[serde(flatten)]
    total: TallyJson,
    median_milliseconds: Option<u64>,
    percentile_95_milliseconds: Option<u64>,
}

#[derive(Serialize)]
struct QueryJson {
    query: String,
    #[serde(flatten)]
    total: TallyJson,
    articles: Vec<ArticleClicksJson>,
}

#[derive(Serialize)]
struct ArticleClicksJson {
    id: String,
    clicks: u64,
    mean_rank: Option<f64>,
}

impl ReportJson {
    /// What the API says of `report`.
    pub fn new(report: Report) -> ReportJson {
        let queries = |lines: Vec<QueryLine>| lines.into_iter().map(QueryJson::new).collect();
        ReportJson {
            first: report.period.first,
            last: report.period.last,
            total: TallyJson::new(report.total),
            days: report.days.into_iter().map(DayJson::new).collect(),
            queries: queries(report.queries),
            without_results: queries(report.without_results),
            clicked: queries(report.clicked),
            kept: report.kept,
            not_kept: NotKeptJson { personal: TallyJson::new(report.personal), beyond: TallyJson::new(report.beyond) },
            damaged: report.damaged,
            trouble: report.trouble,
        }
    }
}

impl TallyJson {
    fn new(tally: Tally) -> TallyJson {
        let Tally { searches, without_results, clicks, .. } = tally;
        TallyJson { searches, without_results, clicks, mean_rank: tally.mean_rank() }
    }
}

impl DayJson {
    fn new(line: DayLine) -> DayJson {
        DayJson {
            day: line.day,
            total: TallyJson::new(line.total),
            median_milliseconds: line.median,
            percentile_95_milliseconds: line.percentile_95,
        }
    }
}

impl QueryJson {
    fn new(line: QueryLine) -> QueryJson {
        let article = |(id, clicks): (String, Clicks)| ArticleClicksJson {
            id,
            clicks: clicks.clicks,
            mean_rank: clicks.mean_rank(),
        };
        QueryJson {
            query: line.query,
            total: TallyJson::new(line.total),
            articles: line.articles.into_iter().map(article).collect(),
        }
    }
}
