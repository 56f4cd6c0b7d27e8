//! What an index holds, made comparable.

use crate::content::Origin;

/// Hashes of all that an index holds, document by document and field by field: equal ones mean that no search can tell two
/// indexes apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digests {
    /// The names of the fields, in the order of the hashes.
    pub fields: Vec<String>,
    /// The origin of each document and a hash for each field: its terms with their positions, its values for counting and
    /// sorting, its length, and what is stored of it. By origin.
    pub documents: Vec<(Origin, Vec<u128>)>,
}

impl Digests {
    /// The names of the fields in which two documents differ.
    pub fn differing<'a>(&'a self, one: &[u128], other: &[u128]) -> Vec<&'a str> {
        let fields = self.fields.iter().zip(one.iter().zip(other));
        fields.filter(|(_, (one, other))| one != other).map(|(name, _)| name.as_str()).collect()
    }
}
