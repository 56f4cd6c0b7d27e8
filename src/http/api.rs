//! The JSON API: what a search and an article look like to programs.

use std::ops::Range;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use serde::{Serialize, Serializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{Fields, Of, Reduced};
use super::openapi::schema;
use super::parameters;
use super::problem::Problem;
use super::respond::blocking;
use super::warnings::telling;
use super::{Identity, Service, address};
use crate::content::{Article, ArticleId, Localized, Reference, to_html};
use crate::index::{Explanation, Facet};
use crate::search::{
    self, FacetList, FacetValue, Meant, Related, Request, SearchHit, Selection, Snippet, Suggestion, Warning, Why,
};
use crate::text::Language;
use crate::text::calendar::Year;

/// `GET /api/v1/articles/{id}` and `GET /api/v1/articles/{id}/related`
pub(super) async fn article(
    State(service): State<Service>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let Path(id) = path?;
    blocking(move || {
        let id = ArticleId::new(id);
        if let Some(article) = service.generation()?.index.article(&id)? {
            let asked = parameters::read(&parameters::ARTICLE, query.as_deref())?;
            let fields = asked.fields(Of::Article)?;
            let answer = ArticleJson::new(article, &service.identity, &fields);
            return Ok(telling(&asked.warnings, Json(Reduced { answer, fields, list: None })));
        }
        let related = match id.as_str().strip_suffix("/related") {
            Some(of) => service.searcher.related(&ArticleId::new(of))?,
            None => None,
        };
        let related = related.ok_or_else(|| Problem::no_such_article(&id))?;
        let asked = parameters::read(&parameters::RELATED, query.as_deref())?;
        let fields = asked.fields(Of::Related)?;
        let related = related.into_iter().map(|related| RelatedJson::new(related, &service.identity));
        let answer = RelatedListJson { related: related.collect() };
        Ok(telling(&asked.warnings, Json(Reduced { answer, fields, list: Some("related") })))
    })
    .await
}

/// `GET /api/v1/suggest`
pub(super) async fn suggest(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    blocking(move || {
        let asked = parameters::read(&parameters::SUGGEST, query.as_deref())?;
        let most = asked.number(&parameters::SUGGEST_LIMIT);
        let suggestions = service.searcher.suggest(&asked.request.text, most)?;
        let suggestions = SuggestionsJson { suggestions: suggestions.into_iter().map(SuggestionJson::new).collect() };
        Ok(telling(&asked.warnings, Json(suggestions)))
    })
    .await
}

/// What may be typed.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestions)]
pub(super) struct SuggestionsJson {
    suggestions: Vec<SuggestionJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Suggestion)]
struct SuggestionJson {
    text: String,
    #[schema(schema_with = schema::suggestion_kind)]
    kind: &'static str,
    /// The id of the article, or the value of the facet; none for a phrase.
    value: Option<String>,
    count: u64,
}

impl SuggestionJson {
    fn new(Suggestion { text, kind, value, count }: Suggestion) -> SuggestionJson {
        SuggestionJson { text, kind: kind.name(), value, count }
    }
}

/// Articles to read after one.
#[derive(Serialize, ToSchema)]
#[schema(as = RelatedList)]
pub(super) struct RelatedListJson {
    related: Vec<RelatedJson>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Related)]
struct RelatedJson {
    #[serde(flatten)]
    about: AboutJson,
    /// `picked` by an editor, or `computed`.
    #[schema(schema_with = schema::why)]
    why: &'static str,
}

impl RelatedJson {
    fn new(Related { article, why }: Related, identity: &Identity) -> RelatedJson {
        let why = match why {
            Why::Picked => "picked",
            Why::Computed => "computed",
        };
        RelatedJson { about: AboutJson::new(&article, identity), why }
    }
}

/// A page of results, as the API gives it.
#[derive(Serialize, ToSchema)]
#[schema(as = Search)]
pub struct SearchJson {
    total: usize,
    page: usize,
    limit: usize,
    /// The commit that was searched, for the pages that follow.
    snapshot: Option<String>,
    /// The cursor of the hits that follow.
    next: Option<String>,
    hits: Vec<HitJson>,
    /// By name, in the order in which they are shown.
    #[serde(serialize_with = "as_map")]
    #[schema(value_type = BTreeMap<String, FacetJson>)]
    facets: Vec<(&'static str, FacetJson)>,
    /// What was searched beside what was typed.
    also: Vec<String>,
    did_you_mean: Option<MeantJson>,
    warnings: Vec<String>,
}

impl SearchJson {
    /// What the API says of `response`.
    pub fn new(request: &Request, response: search::Response, identity: &Identity) -> SearchJson {
        let hits = (response.passed + 1..).zip(response.hits);
        SearchJson {
            total: response.total,
            page: request.page,
            limit: request.limit,
            snapshot: response.snapshot,
            next: response.next,
            hits: hits.map(|(rank, hit)| HitJson::new(rank, hit, identity)).collect(),
            facets: response.facets.into_iter().map(|(facet, list)| FacetJson::named(facet, list)).collect(),
            also: response.also,
            did_you_mean: response.meant.map(|Meant { query, reason }| MeantJson { query, reason: reason.name() }),
            warnings: response.warnings.iter().map(Warning::to_string).collect(),
        }
    }
}

/// What was searched instead of what was typed.
#[derive(Serialize, ToSchema)]
#[schema(as = Meant)]
struct MeantJson {
    query: String,
    /// `spelling` or `keyboard_layout`.
    #[schema(schema_with = schema::reason)]
    reason: &'static str,
}

/// Named values as an object, in their order.
pub(super) fn as_map<S: Serializer, T: Serialize>(named: &[(&'static str, T)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(named.iter().map(|(name, value)| (name, value)))
}

/// The values of a facet.
#[derive(Serialize, ToSchema)]
#[schema(as = Facet)]
pub(super) struct FacetJson {
    values: Vec<FacetValueJson>,
    /// How many values there are, those beyond the limit too.
    distinct: usize,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FacetValue)]
struct FacetValueJson {
    value: String,
    label: String,
    count: u64,
    selected: bool,
    /// The topic above this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    /// The year in the Common Era.
    #[serde(skip_serializing_if = "Option::is_none")]
    common_era: Option<i16>,
}

impl FacetJson {
    pub(super) fn named(facet: Facet, FacetList { values, distinct }: FacetList) -> (&'static str, FacetJson) {
        let values = values.into_iter().map(|value| FacetValueJson::new(facet, value)).collect();
        (facet.name(), FacetJson { values, distinct })
    }
}

impl FacetValueJson {
    fn new(facet: Facet, value: FacetValue) -> FacetValueJson {
        let year = Year::parse(&value.value).filter(|_| facet == Facet::Year);
        FacetValueJson {
            parent: value.parent(facet).map(str::to_owned),
            common_era: year.map(Year::common_era),
            selected: value.selection == Selection::Selected,
            value: value.value,
            label: value.label,
            count: value.count,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Hit)]
struct HitJson {
    /// Its place among all that was found, from 1; for clicks.
    rank: usize,
    score: f32,
    #[serde(flatten)]
    about: AboutJson,
    snippets: Vec<SnippetJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationJson>,
}

/// How a score comes about.
#[derive(Serialize, ToSchema)]
#[schema(as = Explanation)]
struct ExplanationJson {
    score: f32,
    what: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    of: Vec<ExplanationJson>,
}

impl ExplanationJson {
    fn new(Explanation { score, what, of }: Explanation) -> ExplanationJson {
        ExplanationJson { score, what, of: of.into_iter().map(ExplanationJson::new).collect() }
    }
}

impl HitJson {
    fn new(rank: usize, hit: SearchHit, identity: &Identity) -> HitJson {
        let snippets = hit.titles.into_iter().chain(hit.snippets).map(SnippetJson::new).collect();
        let explanation = hit.explanation.map(ExplanationJson::new);
        HitJson { rank, score: hit.score, about: AboutJson::new(&hit.article, identity), snippets, explanation }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Snippet)]
struct SnippetJson {
    field: &'static str,
    #[schema(schema_with = schema::language)]
    language: Language,
    text: String,
    /// Byte ranges of `text`.
    #[schema(schema_with = schema::ranges)]
    marks: Vec<Range<usize>>,
    html: String,
    /// The page that the first word found stands on, in files of pages such as PDF.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
}

impl SnippetJson {
    fn new(snippet: Snippet) -> SnippetJson {
        let Snippet { field, language, text, marks, html, page } = snippet;
        SnippetJson { field, language, text, marks, html, page }
    }
}

/// What is said of an article wherever it is named.
#[derive(Serialize, ToSchema)]
#[schema(as = About)]
pub(super) struct AboutJson {
    #[schema(value_type = String)]
    id: ArticleId,
    /// The address of its page.
    url: String,
    /// The Thai title, or else the English one.
    title: String,
    /// The English title of an article that has both.
    title_en: Option<String>,
    date: Option<DateJson>,
    authors: Vec<String>,
    organisations: Vec<String>,
    topics: Vec<String>,
    series: Option<String>,
    #[schema(schema_with = schema::languages)]
    languages: Vec<Language>,
}

/// A date for machines and in both eras for people.
#[derive(Serialize, ToSchema)]
#[schema(as = Date)]
struct DateJson {
    /// `2024-07-10`, `2024-07` or `2024`, as exactly as it is known.
    iso: String,
    th: String,
    en: String,
    /// The year in the Buddhist Era.
    year_be: i16,
    /// The year in the Common Era.
    year_ce: i16,
}

impl AboutJson {
    pub(super) fn new(article: &Article, identity: &Identity) -> AboutJson {
        let (_, title) = article.title.best(Language::Thai).unwrap_or((Language::Thai, ""));
        AboutJson {
            id: article.id.clone(),
            url: address::article_from_outside(identity, &article.id),
            title: title.to_owned(),
            title_en: article.title.en.clone().filter(|_| article.title.th.is_some()),
            date: article.date.map(|date| DateJson {
                iso: date.to_string(),
                th: date.display(Language::Thai),
                en: date.display(Language::English),
                year_be: date.year().buddhist_era(),
                year_ce: date.year().common_era(),
            }),
            authors: article.authors.clone(),
            organisations: article.organisations.clone(),
            topics: article.topics.clone(),
            series: article.series.clone(),
            languages: article.languages.clone(),
        }
    }
}

/// A whole article.
#[derive(Serialize, ToSchema)]
#[schema(as = Article)]
pub(super) struct ArticleJson {
    #[serde(flatten)]
    about: AboutJson,
    source: Option<String>,
    /// Articles picked by hand, by their ids.
    related: Vec<String>,
    /// Articles picked by hand, by their titles.
    related_titles: Vec<String>,
    #[schema(schema_with = schema::localized)]
    summary: Localized,
    /// The body as Markdown.
    body: String,
    /// The body as sanitised HTML.
    html: String,
    /// What else the front matter says.
    #[schema(value_type = Object)]
    extra: serde_json::Map<String, Value>,
}

impl ArticleJson {
    /// The article; of what takes work only the fields that are wanted have a value.
    pub(super) fn new(article: Article, identity: &Identity, fields: &Fields) -> ArticleJson {
        let (mut related, mut related_titles) = (Vec::new(), Vec::new());
        for reference in &article.related {
            match reference {
                Reference::Id(id) => related.push(id.to_string()),
                Reference::Title(title) => related_titles.push(title.clone()),
            }
        }
        ArticleJson {
            about: AboutJson::new(&article, identity),
            html: if fields.want("html") { to_html(&article.body) } else { String::new() },
            source: article.source,
            related,
            related_titles,
            summary: article.summary,
            body: article.body,
            extra: article.extra,
        }
    }
}
