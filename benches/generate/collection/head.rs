//! What is told of an article by its number alone: id, date, authors, organisations, topics, series, related articles.
//!
//! Takes the number and the seed, so that an article can name others without a list of them. An article of a small
//! collection is the same in a large one.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use khonha::content::Article;

use super::model::Model;
use super::random::{Purpose, Random, Ranks};

/// Articles come from these years, each with so many more than the last one.
const FIRST_DAY: Date = date(2006, 7, 1);
const YEARS: f64 = 20.0;
const GROWTH: f64 = 0.08;
const DAYS_OF_YEAR: f64 = 365.25;
/// How often authors and organisations come again. Of n articles about n^(1/exponent) have different ones, so that
/// more articles have more authors.
const AUTHORS: Ranks = Ranks { exponent: 1.8, shift: 5.0 };
const ORGANISATIONS: Ranks = Ranks { exponent: 2.2, shift: 8.0 };
/// So many articles have others that were picked by hand, of so many that are looked at.
const RELATED: f64 = 0.5;
const LOOKED_AT: u64 = 12;
const MOST_RELATED: usize = 3;

/// The head of an article.
pub struct Head<'a> {
    /// An article of the sample, whose topics and series it has.
    like: &'a Article,
    number: u64,
    seed: u64,
    random: Random,
}

impl<'a> Head<'a> {
    /// The head of the article of this number, counted from 1.
    pub fn new(model: &'a Model, seed: u64, number: u64) -> Head<'a> {
        let mut random = Random::new(seed, Purpose::Head, number);
        let like = random.pick(&model.sample.articles);
        Head { like, number, seed, random }
    }

    /// The id: the series and the number.
    pub fn id(&self) -> String {
        format!("{}/{:07}", self.series(), self.number)
    }

    /// The series.
    pub fn series(&self) -> &'a str {
        self.like.series.as_deref().unwrap_or("insight")
    }

    /// The topics, of which two that one article of the sample has belong together.
    pub fn topics(&self) -> &'a [String] {
        &self.like.topics
    }

    /// The day, by a number of articles that grows from year to year.
    pub fn date(&mut self) -> Date {
        let years = (1.0 + self.random.unit() * ((GROWTH * YEARS).exp() - 1.0)).ln() / GROWTH;
        FIRST_DAY.saturating_add(((years * DAYS_OF_YEAR) as i64).days())
    }

    /// The names of the authors, in Thai.
    pub fn authors(&mut self, model: &Model) -> Vec<String> {
        let count = self.like.authors.len().max(1);
        different(count, || model.names.author(AUTHORS.draw(&mut self.random)).th)
    }

    /// The names of organisations: those of the sample are the most frequent.
    pub fn organisations(&mut self, model: &Model) -> Vec<String> {
        let known = &model.organisations;
        different(self.like.organisations.len(), || {
            let rank = ORGANISATIONS.draw(&mut self.random);
            known.get(rank as usize).cloned().unwrap_or_else(|| model.names.body(rank).th)
        })
    }

    /// The ids of earlier articles on the same topic.
    pub fn related(&mut self, model: &Model) -> Vec<String> {
        let earlier = self.number - 1;
        if earlier == 0 || !self.random.chance(RELATED) {
            return Vec::new();
        }
        let others: Vec<u64> =
            (0..LOOKED_AT.min(earlier)).map(|_| self.random.below(earlier as usize) as u64).collect();
        let others = others.into_iter().map(|number| Head::new(model, self.seed, number + 1));
        let alike = others.filter(|other| other.topics().first() == self.topics().first());
        let mut ids: Vec<String> = alike.map(|other| other.id()).take(MOST_RELATED).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// At most `count` names, none of them twice.
fn different(count: usize, mut draw: impl FnMut() -> String) -> Vec<String> {
    let mut names = Vec::new();
    for name in (0..count).map(|_| draw()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
