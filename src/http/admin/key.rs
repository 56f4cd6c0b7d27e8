//! The key of those who run the service. Only its hash is configured, so that who reads the configuration, or a copy of
//! it, cannot use it.

use std::str::FromStr;

use thiserror::Error;

/// How keys begin, so that people and programs that look for leaked keys know them.
const PREFIX: &str = "khonha_";
/// How hashes begin; tells the kind of hash.
const KIND: &str = "blake3:";
/// What the hash is for: the same bytes hashed for another purpose have another hash.
const CONTEXT: &str = "khonha 2026 hash of the key of administration";

/// One key of those who may run the service, or look at it. Taking it out of the settings revokes it.
#[derive(Debug, Clone)]
pub struct AdminKey {
    /// Whose it is, or what it is for.
    pub name: String,
    /// Its hash.
    pub hash: AdminKeyHash,
    /// What it opens.
    pub scopes: Vec<Scope>,
}

/// What a key may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The report of what people search for.
    Report,
    /// What the service measures of itself.
    Metrics,
    /// How the service and its index are.
    Status,
    /// Building the index anew.
    Reindex,
    /// Writing the index to a file.
    Snapshot,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 5] = [Scope::Report, Scope::Metrics, Scope::Status, Scope::Reindex, Scope::Snapshot];

    /// The name in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Report => "report",
            Scope::Metrics => "metrics",
            Scope::Status => "status",
            Scope::Reindex => "reindex",
            Scope::Snapshot => "snapshot",
        }
    }

    /// The scope of this name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// The hash of a key. Keys are random and too long to be guessed, so that a fast hash is enough.
#[derive(Debug, Clone, Copy)]
pub struct AdminKeyHash(blake3::Hash);

/// A setting that is no hash of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("use what khonha key prints: {KIND} and 64 hexadecimal digits")]
pub struct AdminKeyHashError;

impl AdminKeyHash {
    /// The hash of `key`.
    pub fn of(key: &str) -> AdminKeyHash {
        AdminKeyHash(blake3::Hash::from_bytes(blake3::derive_key(CONTEXT, key.trim().as_bytes())))
    }

    /// Whether it is the hash of `key`; takes as long whatever is wrong with the key.
    pub fn is_of(&self, key: &str) -> bool {
        // The comparison of blake3::Hash takes constant time.
        AdminKeyHash::of(key).0 == self.0
    }
}

impl std::fmt::Display for AdminKeyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{KIND}{}", self.0.to_hex())
    }
}

impl FromStr for AdminKeyHash {
    type Err = AdminKeyHashError;

    fn from_str(text: &str) -> Result<AdminKeyHash, AdminKeyHashError> {
        let hash = text.strip_prefix(KIND).and_then(|digits| blake3::Hash::from_hex(digits).ok());
        hash.map(AdminKeyHash).ok_or(AdminKeyHashError)
    }
}

/// A new key of 256 random bits.
///
/// # Errors
/// What the system says if it has no random numbers.
pub fn new_admin_key() -> std::io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{PREFIX}{}", blake3::Hash::from_bytes(bytes).to_hex()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_key_alone() {
        let (key, other) = (new_admin_key().expect("random numbers"), new_admin_key().expect("random numbers"));
        let hash: AdminKeyHash = AdminKeyHash::of(&key).to_string().parse().expect("a hash");
        assert!(hash.is_of(&key) && !hash.is_of(&other) && !hash.is_of(""));
        assert!(!hash.to_string().contains(key.trim_start_matches(PREFIX)));
    }

    #[test]
    fn what_is_no_hash_is_told() {
        for text in ["", "blake3:", "secret", &AdminKeyHash::of("x").to_string()[..40]] {
            assert_eq!(text.parse::<AdminKeyHash>().expect_err(text), AdminKeyHashError);
        }
    }
}
