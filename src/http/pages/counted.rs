//! What the search page does so that searches and clicks are counted, where they are.

use super::links;
use super::search::SearchPage;
use crate::http::Service;
use crate::http::recording::RECORD;

impl SearchPage<'_> {
    /// Has the page say what `service` counts.
    pub(super) fn be_counted(&mut self, service: &Service) {
        if service.counts_searches() {
            self.mark_as_meant();
        }
        if service.click_recorder().is_some() {
            self.link_by_clicks();
        }
    }

    /// What is typed into the box of a narrowed search is meant as well, though the filters are kept.
    fn mark_as_meant(&mut self) {
        if self.frame.hidden.iter().any(|(name, _)| name != "ui" && name != "limit") {
            self.frame.hidden.push((RECORD.to_owned(), "true".to_owned()));
        }
    }

    /// Hits link to where clicks are counted.
    fn link_by_clicks(&mut self) {
        for (rank, hit) in (self.first..).zip(&mut self.hits) {
            hit.address = links::click(&hit.id, self.request, rank);
        }
    }
}
