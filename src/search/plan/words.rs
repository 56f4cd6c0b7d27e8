//! Words in their forms, phrases, and words of which only the beginning is there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::slice;
use std::sync::Arc;

use super::translate::Translated;
use super::{Clauses, MOST_EXPANSIONS, Planner};
use crate::index::{Field, Query};
use crate::lexicon::{is_asked_word, is_question_word, is_stop_word, is_thai_word};
use crate::search::warning::Warning;
use crate::text::{Form, Gram, Token, bare};

/// The most words that are taken together as the beginning of one, since what is half typed is cut otherwise.
const MOST_JOINED: usize = 4;
/// How long a passage is that answers a question: about 25 words.
const PASSAGE_LETTERS: u32 = 120;
/// The most pairs of clusters of a query that are looked for.
const MOST_GRAMS: usize = 64;

/// A word with its forms.
pub(super) type Word = Vec<Token>;

/// Words that are one thing together: one word, or a name or term of several.
pub(super) struct Unit<'w> {
    pub(super) words: &'w [Word],
    /// The term that the name shares with what it stands for.
    name: Option<String>,
}

impl Planner<'_> {
    /// Adds what a run of plain words wants.
    pub(super) fn words(&mut self, text: &str, fields: &[Field], clauses: &mut Clauses) {
        let words = self.take_words(text);
        self.asks |= asks(&words);
        let grams = self.grams(text, fields);
        self.run(&words, self.says_something(&words), fields, clauses);
        self.neighbours(&words, fields, clauses);
        if fields == Field::WORDS {
            self.passage(clauses);
        }
        clauses.welcome.extend(grams);
    }

    /// As [`Planner::words`], of words that may end in the middle of one.
    pub(super) fn last_words(&mut self, text: &str, clauses: &mut Clauses) {
        let words = self.take_words(text);
        let asks = asks(&words);
        self.asks |= asks;
        let grams = self.grams(text, &Field::WORDS);
        let of_term = self.units(&words).last().map_or(0, |unit| unit.words.len());
        // What asks, or follows it as "บ้าง" does, is whole, and no answer has it.
        let is_open =
            !(asks && matches!(words.as_slice(), [_, .., last] if !self.says_something(slice::from_ref(last))));
        let joined = if is_open { self.joined(text, &words).max(of_term) } else { 0 };
        let (before, last) = words.split_at(words.len() - joined.min(words.len()));
        self.run(before, self.says_something(&words), &Field::WORDS, clauses);
        if !last.is_empty() {
            clauses.words.push(self.unfinished(text, last));
        }
        self.neighbours(&words, &Field::WORDS, clauses);
        self.passage(clauses);
        clauses.welcome.extend(grams);
    }

    /// Adds each of `words`. Where there are others that say something, those that say little are not insisted on.
    fn run(&mut self, words: &[Word], others_say: bool, fields: &[Field], clauses: &mut Clauses) {
        for unit in self.units(words) {
            let is_minor = others_say && !self.says_something(unit.words);
            if is_minor {
                // Not among what is marked in a hit.
                let marked = self.terms.clone();
                let query = self.unit(&unit, fields).boosted(self.weights.stop_word / self.foreignness(&unit.words[0]));
                self.terms = marked;
                clauses.welcome.push(query);
            } else {
                clauses.words.push(self.unit(&unit, fields));
                self.wanted += 1;
            }
        }
    }

    /// Whether any of `words` is more than grammar, or in a question what is asked for.
    fn says_something(&self, words: &[Word]) -> bool {
        let says_little = |word: &Word| is_stop_word(&word[0].term) || (self.asks && is_asked_word(&word[0].term));
        !words.iter().all(says_little)
    }

    /// What a word of grammar would seem to say, from 1 on, where it is rare only for being of the other language.
    fn foreignness(&self, word: &Word) -> f32 {
        let knowledge = self.context.knowledge;
        knowledge.rareness(knowledge.vocabulary.count(&word[0].term) as f32).max(1.0)
    }

    /// The words by what belongs together, the longest first.
    fn units<'w>(&self, words: &'w [Word]) -> Vec<Unit<'w>> {
        let mut units = Vec::new();
        let mut rest = words;
        while let [first, following @ ..] = rest {
            let name =
                first.iter().find(|token| token.form == Form::Variant && token.offsets.end > first[0].offsets.end);
            let end = name.map_or(0, |name| name.offsets.end);
            let of_name = following.iter().take_while(|word| word[0].offsets.end <= end).count();
            let length = (1 + of_name).max(self.term_length(rest));
            let name = name.filter(|_| length == 1 + of_name).map(|name| name.term.to_string());
            let (words, after) = rest.split_at(length);
            units.push(Unit { words, name });
            rest = after;
        }
        units
    }

    fn unit(&mut self, unit: &Unit<'_>, fields: &[Field]) -> Query {
        // First, since what a term is as a whole is what is told first.
        let translations = if unit.words.len() > 1 { self.translations(unit.words, fields) } else { None };
        let first = self.close.len();
        let must: Vec<Query> = unit.words.iter().map(|word| self.word(word, fields)).collect();
        if let Some(Translated { terms, .. }) = &translations {
            // The whole term is in a passage as much as all of its words.
            let share = |(term, worth): &(String, f32)| (term.clone(), worth / unit.words.len() as f32);
            self.close[first..].iter_mut().for_each(|word| word.extend(terms.iter().map(share)));
        }
        let mut ways = match must.len() {
            1 => must,
            _ => vec![Query::Bool { must, should: Vec::new(), must_not: Vec::new() }],
        };
        if let Some(name) = unit.name.as_ref().filter(|_| !self.is_exact()) {
            self.terms.insert(name.clone());
            ways.push(self.anywhere(name, fields).boosted(self.weights.variant));
        }
        ways.extend(translations.map(|translated| translated.query));
        Query::Best { of: ways, tie_breaker: 0.0 }
    }

    /// A word in any of its forms and in any field, at its best; a compound also as all of its parts.
    fn word(&mut self, forms: &Word, fields: &[Field]) -> Query {
        let translations = self.translations(slice::from_ref(forms), fields);
        let together = translations.as_ref().map_or(0.0, |translated| translated.documents);
        let mut close = self.worth(forms, together);
        let mut ways = self.typed(forms, fields, together);
        if let Some(Translated { query, terms, .. }) = translations {
            ways.push(query);
            close.extend(terms);
        }
        self.close.push(close);
        let query = Query::Best { of: ways, tie_breaker: 0.0 };
        let lacks_grams = self.has_grams && !is_thai_word(&forms[0].term);
        if lacks_grams { query.boosted(self.weights.without_grams) } else { query }
    }

    /// A word as it was typed, in its forms. The word has in all its ways, with those in the other language, at least
    /// `together` documents.
    fn typed(&mut self, forms: &Word, fields: &[Field], together: f32) -> Vec<Query> {
        let whole = forms[0].offsets.clone();
        let (of_word, of_others): (Vec<&Token>, Vec<&Token>) = forms.iter().partition(|token| token.offsets == whole);
        let mut ways = self.forms(&of_word, fields, together);
        // Forms of one part follow each other. What reaches beyond the word is a name's.
        let parts = of_others.chunk_by(|left, right| left.offsets == right.offsets);
        let parts = parts.filter(|part| part[0].form == Form::Part);
        let parts: BTreeMap<&str, &[&Token]> = parts.map(|part| (part[0].term.as_str(), part)).collect();
        if parts.len() > 1 && !self.is_exact() {
            let must =
                parts.into_values().map(|part| Query::Best { of: self.forms(part, fields, 0.0), tie_breaker: 0.0 });
            let must = must.collect();
            ways.push(Query::Bool { must, should: Vec::new(), must_not: Vec::new() }.boosted(self.weights.parts));
        }
        ways
    }

    fn forms(&mut self, forms: &[&Token], fields: &[Field], together: f32) -> Vec<Query> {
        let weighed = self.weighed(forms, together);
        self.terms.extend(weighed.iter().map(|(term, _)| (*term).to_owned()));
        weighed.into_iter().map(|(term, weight)| self.anywhere(term, fields).boosted(weight)).collect()
    }

    /// The forms of a word that are searched, each with its weight. All are as rare as the most frequent of them: an
    /// inflection that few texts have is no rarer a thing than the word.
    fn weighed<'t>(&self, forms: &[&'t Token], together: f32) -> Vec<(&'t str, f32)> {
        let knowledge = self.context.knowledge;
        let documents = |token: &Token| knowledge.count(&token.term) as f32;
        let together = forms.iter().map(|token| documents(token)).fold(together, f32::max);
        let is_searched = |token: &&&Token| !(self.is_exact() && matches!(token.form, Form::Stem | Form::Variant));
        let weighed = forms.iter().filter(is_searched).map(|token| {
            let weight = match token.form {
                Form::Word | Form::Part => 1.0,
                Form::Stem => self.weights.stem,
                Form::Variant => self.weights.variant,
            };
            let rareness = knowledge.rareness(documents(token));
            (token.term.as_str(), weight * if self.is_exact() { 1.0 } else { self.evened(together, rareness) })
        });
        weighed.collect()
    }

    /// What a word is worth in a passage in each of its forms: as much as it is rare.
    fn worth(&self, forms: &Word, together: f32) -> Vec<(String, f32)> {
        let whole: Vec<&Token> = forms.iter().filter(|token| token.offsets == forms[0].offsets).collect();
        let weighed = self.weighed(&whole, together).into_iter();
        let knowledge = self.context.knowledge;
        weighed
            .map(|(term, weight)| (term.to_owned(), weight * knowledge.rareness(knowledge.count(term) as f32)))
            .collect()
    }

    pub(super) fn anywhere(&self, term: &str, fields: &[Field]) -> Query {
        let term = Arc::from(term);
        self.best_field(fields, |field| Query::Term(field, Arc::clone(&term)))
    }

    /// Rewards for neighbours that stay neighbours. Thai is typed without spaces, so that a run of words is a phrase
    /// more often than not.
    fn neighbours(&self, words: &[Word], fields: &[Field], clauses: &mut Clauses) {
        let is_prose = |field: &Field| !matches!(field, Field::Authors | Field::Organisations | Field::Series);
        let prose: Vec<Field> = fields.iter().copied().filter(is_prose).collect();
        let in_row = |words: &[Word]| {
            let places = Arc::from(placed(words.iter().map(|word| &word[0])));
            self.best_field(&prose, |field| Query::Phrase(field, Arc::clone(&places)))
        };
        if prose.is_empty() {
            return;
        }
        let each = self.weights.adjacent / (words.len().max(2) as f32 - 1.0).sqrt();
        let pairs = words.windows(2).map(|pair| {
            let grammar = pair.iter().filter(|word| is_stop_word(&word[0].term));
            in_row(pair).boosted(grammar.fold(each, |weight, word| weight / self.foreignness(word)))
        });
        clauses.welcome.extend(pairs);
        if words.len() > 2 {
            clauses.welcome.push(in_row(words).boosted(self.weights.whole_run));
        }
    }

    /// Rewards for a passage that has many of the words: an answer has them together, a long article somewhere.
    fn passage(&mut self, clauses: &mut Clauses) {
        let words = std::mem::take(&mut self.close);
        if self.weights.passage == 0.0 || words.len() < 2 {
            return;
        }
        let passage = Query::Passage { field: Field::Body, words, width: PASSAGE_LETTERS };
        clauses.welcome.push(passage.boosted(self.weights.passage));
    }

    /// Rewards for what words that are cut or written otherwise still have in common. It notes whether there are any: the
    /// words are worth something else then.
    fn grams(&mut self, text: &str, fields: &[Field]) -> Vec<Query> {
        let is_rewarded = fields == Field::WORDS && !self.is_exact() && self.weights.gram != 0.0;
        let grams = if is_rewarded { self.context.analyzer.grams(text) } else { Vec::new() };
        let grams: BTreeSet<Gram> = grams.into_iter().take(MOST_GRAMS).collect();
        self.has_grams = !grams.is_empty();
        let reward = |gram: Gram| Query::Term(Field::Grams, Arc::from(gram.term().as_str())).boosted(self.weights.gram);
        grams.into_iter().map(reward).collect()
    }

    /// The words in exactly this order, however the text is cut: as they were cut, or in their smallest parts.
    /// Nothing if there are none.
    pub(super) fn phrase(&mut self, text: &str, fields: &[Field]) -> Option<Query> {
        let words = self.take_words(text);
        if words.is_empty() {
            return None;
        }
        self.wanted += 1;
        let mut ways = vec![placed(words.iter().map(|word| &word[0]))];
        let parts = placed(words.iter().flat_map(|word| smallest_parts(word)));
        ways.extend((parts != ways[0]).then_some(parts));
        self.terms.extend(ways.iter().flatten().map(|(_, term)| term.clone()));
        let in_order = |places: Vec<(u32, String)>| {
            let places = Arc::from(places);
            self.best_field(fields, |field| Query::Phrase(field, Arc::clone(&places)))
        };
        Some(Query::Best { of: ways.into_iter().map(in_order).collect(), tie_breaker: 0.0 })
    }

    /// Words that begin so, the most frequent ones.
    pub(super) fn prefix(&mut self, beginning: &str, fields: &[Field]) -> Query {
        self.wanted += 1;
        let beginning = bare(beginning);
        let completions = self.context.knowledge.vocabulary.completions(&beginning, MOST_EXPANSIONS);
        if completions.truncated {
            self.warnings.push(Warning::ManyExpansions { beginning, searched: MOST_EXPANSIONS });
        }
        let of: Vec<Query> = completions.words.iter().map(|(word, _)| self.anywhere(word, fields)).collect();
        self.terms.extend(completions.words.into_iter().map(|(word, _)| word));
        if of.is_empty() { Query::Nothing } else { Query::Best { of, tie_breaker: 0.0 } }
    }

    /// The last words as they are, or with the last of them, or some together, as the beginning of a word.
    ///
    /// All words that begin so are meant, as a range of the index's terms, not the most frequent ones as in
    /// [`Planner::prefix`]: an article would be lost from one letter to the next where the word being typed is a rare
    /// one. A range costs less than fifty words do: it is read once a field, without scores, and never reads more than
    /// all places of the field.
    fn unfinished(&mut self, text: &str, last: &[Word]) -> Query {
        let mut whole = Clauses::default();
        self.run(last, self.says_something(last), &Field::WORDS, &mut whole);
        let mut ways: Vec<Query> = whole.words.into_iter().chain(whole.welcome).collect();
        let must = std::mem::take(&mut ways);
        ways.push(match <[Query; 1]>::try_from(must) {
            Ok([only]) => only,
            Err(must) => Query::Bool { must, should: Vec::new(), must_not: Vec::new() },
        });
        for count in 1..=last.len() {
            let (before, joined) = last.split_at(last.len() - count);
            let beginning = bare(&text[span(joined)]);
            if !self.is_beginning(&beginning) {
                continue;
            }
            let words: Vec<Query> = before
                .iter()
                .map(|word| Query::Best { of: self.typed(word, &Field::WORDS, 0.0), tie_breaker: 0.0 })
                .collect();
            let begins = self.best_field(&Field::WORDS, |field| Query::Begins(field, beginning.clone()));
            let must = words.into_iter().chain([begins.boosted(self.weights.prefix)]).collect();
            ways.push(Query::Bool { must, should: Vec::new(), must_not: Vec::new() });
        }
        Query::Best { of: ways, tie_breaker: 0.0 }
    }

    /// How many of the last words are together the beginning of a word that the index has; at least one.
    fn joined(&self, text: &str, words: &[Word]) -> usize {
        let most = words.len().min(MOST_JOINED);
        let touch = |pair: &[Word]| pair[0][0].offsets.end == pair[1][0].offsets.start;
        let is_joined = |&count: &usize| {
            let last = &words[words.len() - count..];
            last.windows(2).all(touch) && self.is_beginning(&bare(&text[span(last)]))
        };
        (2..=most).rev().find(is_joined).unwrap_or(1)
    }

    fn is_beginning(&self, text: &str) -> bool {
        !self.context.knowledge.vocabulary.completions(text, 1).words.is_empty()
    }

    /// Titles that begin as the query does, whatever the words are.
    pub(super) fn title_beginning(&mut self, text: &str, clauses: &mut Clauses) {
        let beginning = bare(text);
        if beginning.is_empty() {
            return;
        }
        let begins = Query::Begins(Field::WholeTitle, beginning).boosted(self.weights.title_beginning);
        clauses.instead = Some(begins);
    }
}

/// Whether `words` ask a question. In English the first of them does; others are relative pronouns more often.
fn asks(words: &[Word]) -> bool {
    let is_asking =
        |(number, word): (usize, &Word)| is_question_word(&word[0].term) && (number == 0 || !word[0].term.is_ascii());
    words.iter().enumerate().any(is_asking)
}

/// The bytes from the first of `words` to the end of the last; there is at least one.
fn span(words: &[Word]) -> Range<usize> {
    let start = words.first().map_or(0, |word| word[0].offsets.start);
    start..words.last().map_or(start, |word| word[0].offsets.end)
}

/// Terms with their places in a phrase.
pub(super) fn placed<'t>(tokens: impl Iterator<Item = &'t Token>) -> Vec<(u32, String)> {
    let mut first = None;
    tokens.map(|token| (token.place - *first.get_or_insert(token.place), token.term.to_string())).collect()
}

/// The parts of a word that have no parts themselves, in order; the word itself where it has none.
fn smallest_parts(word: &Word) -> Vec<&Token> {
    let parts: Vec<&Token> = word.iter().filter(|token| token.form == Form::Part).collect();
    let inside = |inner: &Token, outer: &Token| {
        inner.offsets != outer.offsets
            && outer.offsets.start <= inner.offsets.start
            && inner.offsets.end <= outer.offsets.end
    };
    let is_smallest = |part: &&&Token| !parts.iter().any(|other| inside(other, part));
    let mut smallest: Vec<&Token> = parts.iter().filter(is_smallest).copied().collect();
    smallest.sort_by_key(|part| part.place);
    smallest.dedup_by_key(|part| part.place);
    if smallest.is_empty() { vec![&word[0]] } else { smallest }
}
