//! What a query says, before any field or term.

use crate::text::calendar::Year;

/// A parsed query: all clauses are wanted, in the order typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ast {
    pub(super) clauses: Vec<Clause>,
}

/// One thing wanted or excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clause {
    /// Text without operators, in which every word is wanted.
    Words(String),
    /// Words in exactly this order.
    Phrase(String),
    /// Articles of a year, or that name it, in either era.
    Year(Year),
    /// No article with these words in this order.
    NotPhrase(String),
    /// No article of this year, or that names it.
    NotYear(Year),
}
