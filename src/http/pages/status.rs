//! How the service is, as a page.

mod wording;

use askama::Template;
use axum::response::Html;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::wording::StatusWording;
use super::frame::Frame;
use super::{links, render};
use crate::http::admin::{ChangeJson, FolderJson, StatusJson};
use crate::http::problem::Problem;

/// The status as a page in `frame`.
pub(in crate::http) fn html(status: &StatusJson, frame: Frame) -> Result<Html<String>, Problem> {
    render(&StatusPage::new(status, frame))
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage<'a> {
    words: &'static StatusWording,
    status: &'a StatusJson,
    work: String,
    last_look: String,
    changes: Vec<(String, &'a ChangeJson)>,
    /// What was measured, and within how many milliseconds.
    latencies: [(&'static str, String); 3],
    /// The address of the report of what people search for.
    report: String,
    frame: Frame,
}

impl<'a> StatusPage<'a> {
    fn new(status: &'a StatusJson, frame: Frame) -> StatusPage<'a> {
        let words = StatusWording::of(frame.ui);
        let searches = &status.searches;
        let within = |end: Option<u64>| end.map_or_else(|| "–".to_owned(), |end| format!("≤ {end}"));
        StatusPage {
            words,
            status,
            work: work(&status.folder, words),
            last_look: status.folder.last_look.map_or_else(|| words.never.to_owned(), local),
            changes: status.folder.changes.iter().map(|change| (local(change.at), change)).collect(),
            latencies: [
                (words.median, within(searches.median_milliseconds)),
                (words.percentile_95, within(searches.percentile_95_milliseconds)),
                (words.percentile_99, within(searches.percentile_99_milliseconds)),
            ],
            report: links::in_language("/admin/report".to_owned(), frame.ui),
            frame: frame.clone().with_other_language(links::in_language("/admin/status".to_owned(), frame.other)),
        }
    }
}

fn work(folder: &FolderJson, words: &StatusWording) -> String {
    match (folder.work, folder.done, folder.files) {
        ("building", Some(done), Some(files)) => format!("{} {done}/{files}", words.building),
        (_, Some(done), Some(files)) => format!("{} {done}/{files}", words.indexing),
        ("looking", ..) => words.looking.to_owned(),
        _ if folder.last_look.is_none() => words.never.to_owned(),
        _ => words.waiting.to_owned(),
    }
}

/// A moment in the time zone of the system.
fn local(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}
