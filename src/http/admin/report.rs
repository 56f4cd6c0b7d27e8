//! The report of what people search for, as a page and as JSON.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::analytics::{self, Clicks, DayLine, Period, QueryLine, Report, Tally};
use crate::http::Service;
use crate::http::pages::{self, Frame, Page};
use crate::http::parameters;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::http::warnings::telling;
use crate::search::Warning;

/// `GET /api/v1/admin/report`
pub(super) async fn json(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let (report, warnings) = blocking(move || read(&service, query.as_deref())).await?;
    Ok(telling(&warnings, Json(ReportJson::new(report))))
}

/// `GET /admin/report`
pub(super) async fn page(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let report = blocking(move || read(&service, query.as_deref())).await;
    let page = report.and_then(|(report, _)| pages::report::html(&report, frame.clone()));
    page.map_err(|problem| Page::of(problem, &frame))
}

fn read(service: &Service, query: Option<&str>) -> Result<(Report, Vec<Warning>), Problem> {
    let analytics = service.analytics.as_ref().ok_or_else(Problem::analytics_off)?;
    let asked = parameters::read(&parameters::REPORT, query)?;
    let days = u32::try_from(asked.number(&parameters::DAYS)).unwrap_or(u32::MAX);
    let report = analytics.recorder.report(Period::ending(analytics::today(), days))?;
    Ok((report, asked.warnings))
}

/// A report, as the API and the command give it.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
pub struct ReportJson {
    #[schema(value_type = String, format = Date)]
    first: Date,
    #[schema(value_type = String, format = Date)]
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
#[derive(Serialize, ToSchema)]
#[schema(as = NotKept)]
struct NotKeptJson {
    personal: TallyJson,
    beyond: TallyJson,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Tally)]
struct TallyJson {
    searches: u64,
    without_results: u64,
    clicks: u64,
    mean_rank: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Day)]
struct DayJson {
    #[schema(value_type = String, format = Date)]
    day: Date,
    #[serde(flatten)]
    total: TallyJson,
    median_milliseconds: Option<u64>,
    percentile_95_milliseconds: Option<u64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Query)]
struct QueryJson {
    query: String,
    #[serde(flatten)]
    total: TallyJson,
    articles: Vec<ArticleClicksJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ArticleClicks)]
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
