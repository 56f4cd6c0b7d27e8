//! What a query that finds nothing was probably meant to be.
//!
//! Takes a query as typed and the words of the index, gives the query with its mistyped words set right. What stands
//! between words (quotation marks, fields, operators) stays as it is. A word that a dictionary has is left alone: that
//! no article has it does not make it wrong.

use std::ops::Range;

use super::deadline::Deadline;
use super::knowledge::Knowledge;
use crate::lexicon::{english_key, is_thai_word};
use crate::text::{Analyzer, Form, Token, normalize};

/// What only the query language has.
const OPERATORS: [char; 5] = [':', '：', '*', '(', '|'];
/// A run of Thai words of at least so many letters each, all of the dictionary, did not fall apart by a mistake.
const LETTERS_OF_A_WHOLE_WORD: usize = 4;

/// The query that `text` was probably meant to be; `None` if there is nothing to set right. What comes after the deadline
/// stays as it is, and so do words that `stand` in a row in an article.
pub(super) fn corrected(
    text: &str,
    analyzer: &Analyzer,
    knowledge: &Knowledge,
    deadline: &Deadline,
    stand: impl Fn(&[Token]) -> bool,
) -> Option<String> {
    // The values of fields are no words, and whoever writes the query language is not guessed at.
    if text.contains(OPERATORS) {
        return None;
    }
    let tokens: Vec<Token> = analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word).collect();
    let mut query = String::new();
    let mut done = 0;
    for run in tokens.chunk_by(is_one_run).take_while(|_| !deadline.is_over()) {
        if run.iter().all(|word| knowledge.vocabulary.count(&word.term) > 0) && stand(run) {
            continue;
        }
        let range = run[0].offsets.start..run[run.len() - 1].offsets.end;
        let Some(meant) = meant(text, range.clone(), run, analyzer, knowledge) else { continue };
        query.push_str(&text[done..range.start]);
        query.push_str(&meant);
        done = range.end;
    }
    query.push_str(&text[done..]);
    (done > 0).then_some(query)
}

/// Whether two words are written without a space, as Thai is.
fn is_one_run(left: &Token, right: &Token) -> bool {
    left.offsets.end == right.offsets.start && is_thai_word(&left.term) && is_thai_word(&right.term)
}

fn meant(text: &str, range: Range<usize>, run: &[Token], analyzer: &Analyzer, knowledge: &Knowledge) -> Option<String> {
    let Knowledge { vocabulary, .. } = knowledge;
    if !is_thai_word(&run[0].term) {
        return run.iter().find_map(|word| latin(&word.term, analyzer, knowledge));
    }
    let is_whole = |word: &Token| {
        let is_known = vocabulary.count(&word.term) > 0 || !analyzer.lacks(&word.term);
        is_known && word.term.chars().count() >= LETTERS_OF_A_WHOLE_WORD
    };
    if run.iter().all(is_whole) {
        return None;
    }
    let run = normalize(&text[range]).text().to_owned();
    let correction = vocabulary.correct_run(&run, |word| !analyzer.lacks(word)).map(|correction| correction.text);
    correction.or_else(|| vocabulary.similar(&run, 1).into_iter().next().map(|similar| similar.word))
}

/// A Latin word is mistyped if neither the index nor the lexicon has it in any form.
fn latin(word: &str, analyzer: &Analyzer, knowledge: &Knowledge) -> Option<String> {
    let Knowledge { vocabulary, lexicon, .. } = knowledge;
    let is_known = vocabulary.count(word) > 0 || !lexicon.translations(&english_key(word), |_| 1.0).is_empty();
    if is_known || word.chars().any(|ch| ch.is_ascii_digit()) {
        return None;
    }
    let similar = vocabulary.similar(word, 1).into_iter().next().map(|similar| similar.word);
    similar.or_else(|| knowledge.heard(analyzer).nearest(word).map(str::to_owned))
}
