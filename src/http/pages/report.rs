//! The report of what people search for, as a page.

mod wording;

use askama::Template;
use axum::response::Html;
use jiff::civil::Date;

use self::wording::ReportWording;
use super::frame::Frame;
use super::{links, render};
use crate::analytics::{Clicks, DayLine, QueryLine, Report};
use crate::content::ArticleId;
use crate::http::problem::Problem;
use crate::http::recording::RECORD;
use crate::search::Request;
use crate::text::Language;
use crate::text::calendar::CalendarDate;

/// The report as a page in `frame`.
pub(in crate::http) fn html(report: &Report, frame: Frame) -> Result<Html<String>, Problem> {
    render(&ReportPage::new(report, frame))
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    frame: Frame,
    words: &'static ReportWording,
    report: &'a Report,
    first: String,
    last: String,
    days: Vec<DayView>,
    lists: Vec<ListView>,
}

struct DayView {
    day: String,
    searches: u64,
    without_results: u64,
    clicks: u64,
    median: String,
    percentile_95: String,
}

/// A list of queries.
struct ListView {
    title: &'static str,
    /// What the number of each query is.
    count: &'static str,
    queries: Vec<QueryView>,
}

struct QueryView {
    address: String,
    query: String,
    count: u64,
    /// Of the articles opened; empty if none was.
    mean_rank: String,
    articles: Vec<ArticleView>,
}

struct ArticleView {
    address: String,
    id: String,
    clicks: u64,
}

impl<'a> ReportPage<'a> {
    fn new(report: &'a Report, frame: Frame) -> ReportPage<'a> {
        let ui = frame.ui;
        let words = ReportWording::of(ui);
        let list = |title, count, lines: &[QueryLine], number: fn(&QueryLine) -> u64| ListView {
            title,
            count,
            queries: lines.iter().map(|line| QueryView::new(line, number(line), ui)).collect(),
        };
        ReportPage {
            frame: {
                let other = format!("/admin/report?days={}&ui={}", report.period.days(), frame.other.tag());
                frame.with_other_language(other)
            },
            words,
            report,
            first: shown(report.period.first, ui),
            last: shown(report.period.last, ui),
            days: day_views(report, ui),
            lists: vec![
                list(words.queries, words.searches, &report.queries, |line| line.total.searches),
                list(words.no_results, words.searches, &report.without_results, |line| line.total.without_results),
                list(words.clicked, words.clicks, &report.clicked, |line| line.total.clicks),
            ],
        }
    }
}

/// The day as people write it, in the era of `ui`.
fn shown(day: Date, ui: Language) -> String {
    let iso = day.to_string();
    CalendarDate::parse(&iso).map_or(iso, |day| day.display(ui))
}

fn day_views(report: &Report, ui: Language) -> Vec<DayView> {
    let within = |end: Option<u64>| end.map(|end| format!("≤ {end}")).unwrap_or_default();
    let view = |line: &DayLine| DayView {
        day: shown(line.day, ui),
        searches: line.total.searches,
        without_results: line.total.without_results,
        clicks: line.total.clicks,
        median: within(line.median),
        percentile_95: within(line.percentile_95),
    };
    report.days.iter().map(view).collect()
}

impl QueryView {
    fn new(line: &QueryLine, count: u64, ui: Language) -> QueryView {
        let article = |(id, clicks): &(String, Clicks)| ArticleView {
            address: links::article(&ArticleId::new(id.clone()), ui),
            id: id.clone(),
            clicks: clicks.clicks,
        };
        QueryView {
            address: search_address(&line.query, ui),
            query: line.query.clone(),
            count,
            mean_rank: line.total.mean_rank().map(|rank| format!("{rank:.1}")).unwrap_or_default(),
            articles: line.articles.iter().map(article).collect(),
        }
    }
}

/// The search for `query`, which is not counted when it is looked at from here.
fn search_address(query: &str, ui: Language) -> String {
    let request = Request { text: query.to_owned(), interface: ui, ..Request::default() };
    format!("{}&{RECORD}=false", links::address_of(&request))
}
