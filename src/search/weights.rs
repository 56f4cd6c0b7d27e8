//! Every number that ranking rests on, in one place.

use crate::index::Field;

/// How much a match in each field counts beside one in the body.
pub(super) fn field(field: Field) -> f32 {
    match field {
        Field::Title(_) => 3.0,
        Field::Topics => 2.0,
        Field::Summary(_) | Field::Authors | Field::Series => 1.5,
        Field::Organisations | Field::Body(_) => 1.0,
    }
}

/// Another spelling, an abbreviation or the name it stands for beside the word itself.
pub(super) const VARIANT: f32 = 0.7;

/// An English stem beside the word itself.
pub(super) const STEM: f32 = 0.6;
/// All the parts of a Thai compound beside the compound.
pub(super) const PARTS: f32 = 0.4;
/// What a word found in a further field adds to its best field.
pub(super) const TIE_BREAKER: f32 = 0.2;
/// Two words of the query side by side.
pub(super) const ADJACENT: f32 = 0.5;
/// All words of the query in a row.
pub(super) const WHOLE_RUN: f32 = 0.5;
/// An article of the year asked for, beside one that only names it.
pub(super) const YEAR: f32 = 8.0;
