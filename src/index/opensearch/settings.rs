//! Which cluster, and how to come in.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A cluster, and the indices of one site in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterSettings {
    /// The addresses of some or all nodes.
    pub urls: Vec<String>,
    /// How the names of the indices begin.
    pub prefix: String,
    /// Who asks, where the cluster wants to know.
    pub login: Option<Login>,
    /// The certificates that the nodes' are signed with, in PEM; `None` for those that the public ones are.
    pub certificates: Option<String>,
    /// The shards of a new generation.
    pub shards: u32,
}

/// Who asks. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub enum Login {
    /// A user with a password, parted by a colon.
    Basic(String),
    /// An API key.
    ApiKey(String),
}

impl Login {
    /// The login that is written so: `ApiKey KEY`, or `USER:PASSWORD`.
    pub fn from_text(text: &str) -> Option<Login> {
        let text = text.trim();
        match text.strip_prefix("ApiKey ") {
            Some(key) => Some(Login::ApiKey(key.trim().to_owned())),
            None => text.contains(':').then(|| Login::Basic(text.to_owned())),
        }
    }

    /// The value of the header `Authorization`.
    pub(super) fn header(&self) -> String {
        match self {
            Login::Basic(both) => format!("Basic {}", STANDARD.encode(both)),
            Login::ApiKey(key) => format!("ApiKey {key}"),
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Login::Basic(_) => "Basic(…)",
            Login::ApiKey(_) => "ApiKey(…)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_sent_and_never_shown() {
        let basic = Login::from_text("reader:s3cret\n").expect("a user with a password");
        assert_eq!(basic.header(), "Basic cmVhZGVyOnMzY3JldA==");
        let key = Login::from_text("ApiKey abc=").expect("a key");
        assert_eq!(key.header(), "ApiKey abc=");
        assert!(!format!("{basic:?} {key:?}").contains("s3cret") && !format!("{key:?}").contains("abc"));
        assert_eq!(Login::from_text("reader"), None);
    }
}
