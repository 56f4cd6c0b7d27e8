//! The pages of authors, topics and series.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};

use super::error::Page;
use super::frame::Frame;
use super::links::{self, ArticleLink, PageLink};
use super::wording::Wording;
use super::{dates, render};
use crate::http::Service;
use crate::http::profiles::{PathResult, known_profile};
use crate::http::respond::blocking;
use crate::index::Facet;
use crate::search::{FacetList, Profile};
use crate::text::Language;

/// The values of a facet that are shown beside a profile.
const SHOWN: usize = 12;

/// `GET /authors/{id}`, `/topics/{id}` or `/series/{id}`, as `facet` says.
pub(in crate::http) fn profile_of(facet: Facet) -> MethodRouter<Service> {
    get(move |service: State<Service>, id: PathResult, query: RawQuery| profile(service, facet, id, query))
}

async fn profile(
    State(service): State<Service>,
    facet: Facet,
    id: PathResult,
    RawQuery(query): RawQuery,
) -> Result<Response, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let Path(id) = id.map_err(|error| Page::of(error.into(), &frame))?;
    let (around, ui) = (frame.clone(), frame.ui);
    let answer = blocking(move || {
        let profile = known_profile(&service, facet, &id, ui)?;
        // One author, one address: other names lead to it.
        match links::profile(facet, &profile.id, ui).filter(|_| profile.id != id) {
            Some(address) => Ok(Redirect::permanent(&address).into_response()),
            None => render(&ProfilePage::new(around, profile)).map(IntoResponse::into_response),
        }
    });
    answer.await.map_err(|problem| Page::of(problem, &frame))
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    frame: Frame,
    kind: &'static str,
    label: String,
    names: Vec<String>,
    total: usize,
    years: String,
    lists: Vec<ListView>,
    newest: Vec<ArticleLink>,
    all: String,
}

/// What the articles have beside it.
struct ListView {
    name: &'static str,
    /// Each with how many of the articles have it.
    links: Vec<(PageLink, u64)>,
}

impl ProfilePage {
    fn new(frame: Frame, profile: Profile) -> ProfilePage {
        let (wording, ui) = (frame.wording, frame.ui);
        let Profile { facet: of, id, label, names, total, years, facets, narrower, newest } = profile;
        let list = |(facet, list): (Facet, FacetList)| (beside(wording, of, facet), facet, list);
        let lists = [(wording.narrower, Facet::Topic, narrower)].into_iter().chain(facets.into_iter().map(list));
        ProfilePage {
            frame: {
                let other = links::profile(of, &id, frame.other).unwrap_or_default();
                frame.with_other_language(other)
            },
            kind: wording.facet(of),
            names,
            total,
            years: years.map(|(first, last)| dates::years(&first, &last, ui)).unwrap_or_default(),
            lists: lists.filter_map(|(name, facet, list)| ListView::new(name, facet, list, ui)).collect(),
            newest: newest.iter().filter_map(|article| ArticleLink::new(article, ui)).collect(),
            all: links::all_of(of, &id, ui),
            label,
        }
    }
}

/// What the other values of a facet are called beside one author, topic or series.
fn beside(wording: &Wording, of: Facet, facet: Facet) -> &'static str {
    match (of, facet) {
        (Facet::Author, Facet::Author) => wording.coauthors,
        (Facet::Topic, Facet::Topic) => wording.related_topics,
        _ => wording.facet(facet),
    }
}

impl ListView {
    /// `None` where there is nothing to lead to.
    fn new(name: &'static str, facet: Facet, list: FacetList, ui: Language) -> Option<ListView> {
        let link = |value: crate::search::FacetValue| {
            let address = links::profile(facet, &value.value, ui)?;
            Some((PageLink { address, label: value.label, current: false }, value.count))
        };
        let links: Vec<_> = list.values.into_iter().take(SHOWN).filter_map(link).collect();
        (!links.is_empty()).then_some(ListView { name, links })
    }
}
