//! Every number that ranking rests on, in one place, but for those of BM25, which an index keeps (`index/bm25.rs`). One set
//! serves every site and every query.

use serde::{Deserialize, Serialize};

use crate::index::Field;
use crate::lexicon::Source;

/// The numbers of the ranking; 1 is a word found in the body as it was typed. Measured together by `khonha eval`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// A match in a title.
    pub title: f32,
    /// A match in the name of a topic.
    pub topic: f32,
    /// A match in a summary, a heading, the name of an author or of a series.
    pub summary: f32,
    /// What a word found in a further field adds to its best field.
    pub tie_breaker: f32,
    /// Another spelling, an abbreviation or the name it stands for beside the word itself.
    pub variant: f32,
    /// An English stem beside the word itself.
    pub stem: f32,
    /// All the parts of a Thai compound beside the compound.
    pub parts: f32,
    /// A word that only begins as the last word of the query does.
    pub prefix: f32,
    /// A title that begins as the query does.
    pub title_beginning: f32,
    /// A word of grammar beside other words.
    pub stop_word: f32,
    /// Two words of the query side by side. In a longer query there are more of them, and each says less: this is divided
    /// by the square root of their number.
    pub adjacent: f32,
    /// All words of the query in a row.
    pub whole_run: f32,
    /// What the words are worth that the best passage has.
    pub passage: f32,
    /// Two neighbouring clusters of the query's Thai.
    pub gram: f32,
    /// A word that has no clusters, where others of the query have: what pairs of clusters add to those, it would lack.
    pub without_grams: f32,
    /// A translation beside the word itself.
    pub translation: f32,
    /// How far the curated glossary and the site's own are trusted, 0 to 1.
    pub glossary: f32,
    /// How far the list of loan words is.
    pub loan_words: f32,
    /// How far the joined WordNets are.
    pub wordnet: f32,
    /// How far the neighbours found by a sentence encoder are.
    pub induced: f32,
    /// How far pairs that were learned from the site's own articles are.
    pub learned: f32,
    /// How far a word of the other script is that sounds the same; less the less alike they sound.
    pub sound: f32,
    /// The most translations of one word.
    pub most_translations: usize,
    /// How much of the difference in rareness between translations of one word is evened out, 0 to 1: they stand for
    /// one thing, and a rare wrong one must not win by its rareness.
    pub even_rareness: f32,
    /// From so many words on a query is a sentence, and seldom has an article all words of it.
    pub many_words: usize,
    /// Where fewer articles have all words of a sentence or a question, those with most or some of them follow.
    pub few_articles: usize,
    /// What those may lack that have most words: this share of them, 0 to 1, or one.
    pub may_lack: f32,
    /// A topic in common, for related articles.
    pub related_topic: f32,
    /// An author in common.
    pub related_author: f32,
    /// A series in common.
    pub related_series: f32,
    /// An article of the year asked for, beside one that only names it.
    pub year: f32,
    /// An article of the newest year; each year before has half of it.
    pub freshness: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            title: 3.0,
            topic: 2.0,
            summary: 1.5,
            tie_breaker: 0.2,
            variant: 0.7,
            stem: 0.6,
            parts: 0.4,
            prefix: 0.4,
            title_beginning: 30.0,
            stop_word: 0.4,
            adjacent: 0.4,
            whole_run: 1.0,
            passage: 0.2,
            gram: 0.6,
            without_grams: 2.0,
            translation: 0.95,
            glossary: 1.0,
            loan_words: 0.9,
            wordnet: 0.8,
            induced: 0.9,
            learned: 0.8,
            sound: 0.95,
            most_translations: 8,
            even_rareness: 1.0,
            many_words: 3,
            few_articles: 10,
            may_lack: 0.25,
            related_topic: 6.0,
            related_author: 3.0,
            related_series: 1.0,
            year: 8.0,
            freshness: 0.2,
        }
    }
}

impl Weights {
    /// How much a match in each field counts beside one in the body.
    pub(super) fn field(&self, field: Field) -> f32 {
        match field {
            Field::Title => self.title,
            Field::Topics => self.topic,
            Field::Summary | Field::Authors | Field::Series | Field::Headings => self.summary,
            Field::Organisations | Field::Body => 1.0,
            Field::Grams => self.gram,
            Field::WholeTitle => self.title_beginning,
        }
    }

    /// How far a source of translations is trusted, 0 to 1.
    pub(super) fn trust(&self, source: Source) -> f32 {
        match source {
            Source::Glossary => self.glossary,
            Source::LoanWords => self.loan_words,
            Source::WordNet => self.wordnet,
            Source::Induced => self.induced,
            Source::Learned => self.learned,
            Source::Sound => self.sound,
        }
    }

    /// These weights with another value for the one called `name`; `None` if there is none.
    pub fn with(&self, name: &str, value: f32) -> Option<Weights> {
        let mut weights = serde_json::to_value(self).ok()?;
        let weight = weights.get_mut(name)?;
        *weight = if weight.is_u64() { (value as u64).into() } else { value.into() };
        serde_json::from_value(weights).ok()
    }

    /// The names of the weights.
    pub fn names(&self) -> Vec<String> {
        let weights = serde_json::to_value(self).unwrap_or_default();
        weights.as_object().into_iter().flat_map(|weights| weights.keys().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_changed_by_its_name() {
        let changed = Weights::default().with("stem", 0.25).expect("there is one");
        assert_eq!(changed, Weights { stem: 0.25, ..Weights::default() });
        assert!(Weights::default().with("most_translations", 3.0).is_some_and(|it| it.most_translations == 3));
        assert_eq!(Weights::default().with("colour", 1.0), None);
    }
}
