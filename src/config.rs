//! What the operator set: a file, the environment and flags, merged once and checked.
//!
//! Later sources win: defaults, `khonha.toml`, `KHONHA_*` in the environment, flags.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use ipnet::IpNet;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// The file that is read where it exists and no other is named.
const DEFAULT_FILE: &str = "khonha.toml";

/// All settings, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The content folder.
    pub content: PathBuf,
    /// The index folder.
    pub index: PathBuf,
    /// What keeps the index.
    pub engine: EngineKind,
    /// The addresses of nodes of the OpenSearch cluster.
    #[serde(deserialize_with = "one_or_many")]
    pub opensearch_url: Vec<String>,
    /// How the names of its indices begin.
    pub opensearch_prefix: String,
    /// `USER:PASSWORD` or `ApiKey KEY`; best given in the environment.
    pub opensearch_login: Option<Secret>,
    /// A file with the same.
    pub opensearch_login_file: Option<PathBuf>,
    /// The certificates in PEM that those of the nodes are signed with; `None` for the public ones.
    pub opensearch_ca: Option<PathBuf>,
    /// The shards of a new index.
    pub opensearch_shards: u32,
    /// Where the service listens.
    pub listen: SocketAddr,
    /// The largest article file, in bytes.
    pub max_file_bytes: u64,
    /// What tells that the folder may have changed.
    pub watching: Watching,
    /// How long a folder must be quiet before a change is applied, in milliseconds; files that are closed do not wait.
    pub quiet_milliseconds: u64,
    /// Time between two looks at the folder where no events are watched, in seconds.
    pub poll_seconds: u64,
    /// Time between two comparisons of the whole folder with the index, in seconds.
    pub full_look_seconds: u64,
    /// How long a search may take before it is stopped and answers with what it has, in milliseconds.
    pub search_milliseconds: u64,
    /// The address that people reach the service at, without a slash at its end; `None` for the one it listens on.
    pub public_url: Option<String>,
    /// The name of the site in feeds and catalogues.
    pub site_name: String,
    /// Where those who harvest the site can write to.
    pub contact: String,
    /// The folder that counts of searches are kept in, unless the engine keeps them; `None` to count nothing.
    pub analytics: Option<PathBuf>,
    /// How long they are kept, in days.
    pub analytics_days: u32,
    /// Whether clicks on hits are counted as well.
    pub analytics_clicks: bool,
    /// The keys of administration, as `khonha key` prints them; none for no administration.
    pub admin_keys: Vec<AdminKey>,
    /// The folder for snapshots of the index that are asked for by request; `None` for none.
    pub snapshots: Option<PathBuf>,
    /// The memory for answers that are given again as long as the index stays the same, in megabytes; 0 for none.
    pub answers_megabytes: u32,
    /// How many requests one client may make a second; `None` for no limit.
    pub requests_per_second: Option<NonZeroU32>,
    /// The networks of the proxies that are believed when they say whom they pass a request on for.
    pub trusted_proxies: Vec<IpNet>,
    /// The origins of other sites whose pages may read the API; `*` for all.
    #[serde(deserialize_with = "one_or_many")]
    pub cors_origins: Vec<String>,
    /// What is logged, in the syntax of `tracing` (`info`, `khonha=debug`).
    pub log: String,
    /// How it is written.
    pub log_format: LogFormat,
}

/// A key of administration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminKey {
    /// Whose it is, or what it is for.
    pub name: String,
    /// Its hash.
    pub hash: String,
    /// The names of what it opens.
    pub scopes: Vec<String>,
}

/// What keeps the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineKind {
    /// The program itself, in the index folder.
    Embedded,
    /// An OpenSearch cluster.
    OpenSearch,
}

/// What is never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What tells that the folder may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Watching {
    /// Events of the file system.
    Events,
    /// A clock, for network file systems.
    Polling,
}

/// How what is logged is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people: a line for each event.
    Text,
    /// For programs: a JSON object a line.
    Json,
}

/// The settings that flags may give.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Overrides {
    /// See [`Config::content`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<PathBuf>,
    /// See [`Config::index`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<PathBuf>,
    /// See [`Config::engine`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<EngineKind>,
    /// See [`Config::opensearch_url`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opensearch_url: Vec<String>,
    /// See [`Config::listen`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
}

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file named on the command line is not there.
    #[error("the configuration file {} does not exist", .0.display())]
    Missing(PathBuf),
    /// A setting is unknown or of the wrong kind.
    #[error("{0}")]
    Malformed(Box<figment::Error>),
    /// A setting has a value that makes no sense.
    #[error("{name} = {value}: {expected}")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
}

impl Default for Config {
    fn default() -> Config {
        Config {
            content: PathBuf::from("corpus"),
            index: PathBuf::from("index"),
            engine: EngineKind::Embedded,
            opensearch_url: vec!["http://127.0.0.1:9200".to_owned()],
            opensearch_prefix: "khonha".to_owned(),
            opensearch_login: None,
            opensearch_login_file: None,
            opensearch_ca: None,
            opensearch_shards: 1,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            max_file_bytes: 4 << 20,
            watching: Watching::Events,
            quiet_milliseconds: 50,
            poll_seconds: 10,
            full_look_seconds: 300,
            search_milliseconds: 2_000,
            public_url: None,
            site_name: "Khonha".to_owned(),
            contact: "webmaster@example.org".to_owned(),
            analytics: None,
            analytics_days: 90,
            analytics_clicks: false,
            admin_keys: Vec::new(),
            snapshots: None,
            answers_megabytes: 8,
            requests_per_second: None,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
        }
    }
}

impl Config {
    /// Merges and checks the settings; `file` must exist if it is named.
    ///
    /// # Errors
    /// [`ConfigError`] names the setting, its source and what it may be.
    pub fn load(file: Option<&Path>, flags: &Overrides) -> Result<Config, ConfigError> {
        if let Some(file) = file.filter(|file| !file.exists()) {
            return Err(ConfigError::Missing(file.to_owned()));
        }
        let file = file.unwrap_or(Path::new(DEFAULT_FILE));
        let mut merged = Figment::from(Serialized::defaults(Config::default()));
        if file.exists() {
            merged = merged.merge(Toml::file_exact(file));
        }
        let config: Config = merged
            .merge(Env::prefixed("KHONHA_"))
            .merge(Serialized::defaults(flags))
            .extract()
            .map_err(|error| ConfigError::Malformed(Box::new(error)))?;
        config.check()?;
        Ok(config)
    }

    /// Time between two comparisons of the whole folder with the index.
    pub fn full_look(&self) -> Duration {
        Duration::from_secs(self.full_look_seconds)
    }

    /// How long a folder must be quiet before a change is applied.
    pub fn quiet(&self) -> Duration {
        Duration::from_millis(self.quiet_milliseconds)
    }

    /// Time between two looks at the folder where no events are watched.
    pub fn poll(&self) -> Duration {
        Duration::from_secs(self.poll_seconds)
    }

    /// How long a search may take.
    pub fn search_limit(&self) -> Duration {
        Duration::from_millis(self.search_milliseconds)
    }

    /// The address that people reach the service at, when it listens on `listening`.
    pub fn public_url(&self, listening: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{listening}"))
    }

    fn check(&self) -> Result<(), ConfigError> {
        positive("max_file_bytes", self.max_file_bytes)?;
        positive("quiet_milliseconds", self.quiet_milliseconds)?;
        positive("poll_seconds", self.poll_seconds)?;
        positive("full_look_seconds", self.full_look_seconds)?;
        positive("search_milliseconds", self.search_milliseconds)?;
        if let Some(url) = self.public_url.as_ref().filter(|url| !is_web_address(url)) {
            let expected = "use an address such as https://search.example.org, without a slash at its end";
            return Err(ConfigError::Invalid { name: "public_url", value: url.clone(), expected });
        }
        for (name, path) in [("content", &self.content), ("index", &self.index)] {
            if path.as_os_str().is_empty() {
                return Err(ConfigError::Invalid { name, value: String::new(), expected: "name a folder" });
            }
        }
        let inside = resolved(&self.index).starts_with(resolved(&self.content));
        if inside {
            let value = self.index.display().to_string();
            let expected = "use a folder outside the content folder, or every commit would be seen as a change";
            return Err(ConfigError::Invalid { name: "index", value, expected });
        }
        self.check_origins()?;
        self.check_opensearch()?;
        self.check_analytics()
    }

    fn check_opensearch(&self) -> Result<(), ConfigError> {
        positive("opensearch_shards", self.opensearch_shards.into())?;
        let is_name = |name: &str| {
            let of_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            name.bytes().all(of_name) && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        };
        if !is_name(&self.opensearch_prefix) {
            let expected = "use small letters, digits and hyphens, a letter or digit first";
            let value = self.opensearch_prefix.clone();
            return Err(ConfigError::Invalid { name: "opensearch_prefix", value, expected });
        }
        if self.opensearch_url.iter().any(|url| url.contains('@')) {
            let (value, expected) = ("…@…".to_owned(), "leave the login out of the address, and set opensearch_login");
            return Err(ConfigError::Invalid { name: "opensearch_url", value, expected });
        }
        if self.opensearch_url.is_empty() || !self.opensearch_url.iter().all(|url| is_web_address(url)) {
            let expected = "use addresses such as https://search-1.example.org:9200, without a slash at the end";
            let value = self.opensearch_url.join(", ");
            return Err(ConfigError::Invalid { name: "opensearch_url", value, expected });
        }
        match (&self.snapshots, self.engine) {
            (Some(folder), EngineKind::OpenSearch) => {
                let (name, value) = ("snapshots", folder.display().to_string());
                let expected = "leave it out with engine = \"opensearch\", whose own snapshots back it up";
                Err(ConfigError::Invalid { name, value, expected })
            }
            _ => Ok(()),
        }
    }

    fn check_origins(&self) -> Result<(), ConfigError> {
        let is_any = self.cors_origins == ["*"];
        let Some(wrong) = self.cors_origins.iter().find(|origin| !is_any && !is_origin(origin)) else { return Ok(()) };
        let expected = "use origins such as https://www.example.org, in small letters and without a path or a slash at the \
                        end, or \"*\" alone for every site";
        Err(ConfigError::Invalid { name: "cors_origins", value: wrong.clone(), expected })
    }

    fn check_analytics(&self) -> Result<(), ConfigError> {
        positive("analytics_days", self.analytics_days.into())?;
        let Some(analytics) = &self.analytics else { return Ok(()) };
        let lies_in = |folder: &Path| resolved(analytics).starts_with(resolved(folder));
        let expected = match analytics {
            _ if analytics.as_os_str().is_empty() => "name a folder, or leave the setting out to count nothing",
            _ if lies_in(&self.content) => "use a folder outside the content folder, which holds articles alone",
            _ if lies_in(&self.index) => "use a folder outside the index folder, which may be deleted at any time",
            _ => return Ok(()),
        };
        Err(ConfigError::Invalid { name: "analytics", value: analytics.display().to_string(), expected })
    }
}

/// The path from the root, with the links of that part of it that exists followed.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = absolute.ancestors().find_map(|it| Some((it, it.canonicalize().ok()?)));
    let rest = existing.as_ref().and_then(|(existing, _)| absolute.strip_prefix(existing).ok());
    match (existing.as_ref(), rest) {
        (Some((_, canonical)), Some(rest)) => canonical.join(rest),
        _ => absolute,
    }
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let printable = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\?#".contains(&byte));
        printable
            && rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
            && !rest.ends_with('/')
    })
}

/// Whether browsers may send `origin` as that of a page: they compare it letter by letter.
fn is_origin(origin: &str) -> bool {
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    is_web_address(origin) && !host.contains(['/', '@', '*']) && !origin.contains(|ch: char| ch.is_ascii_uppercase())
}

/// A list, or a text of what is separated by commas, as in the environment.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a text or a list of texts")]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(text) => {
            text.split(',').map(|part| part.trim().to_owned()).filter(|it| !it.is_empty()).collect()
        }
        OneOrMany::Many(list) => list,
    })
}

fn positive(name: &'static str, value: u64) -> Result<(), ConfigError> {
    let invalid = || ConfigError::Invalid { name, value: value.to_string(), expected: "use a number above 0" };
    if value == 0 { Err(invalid()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, flags: &Overrides) -> Result<Config, String> {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let path = temp.path().join("site.toml");
        std::fs::write(&path, file).expect("a file");
        Config::load(Some(&path), flags).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_win_over_the_file() {
        let flags = Overrides { content: Some("articles".into()), ..Overrides::default() };
        let config = load("content = 'other'\nfull_look_seconds = 60", &flags).expect("good settings");
        assert_eq!((config.content, config.full_look_seconds), ("articles".into(), 60));
    }

    #[test]
    fn origins_are_a_list_or_a_text() {
        for (file, expected) in [
            ("", vec![]),
            ("cors_origins = '*'", vec!["*"]),
            (
                "cors_origins = ['https://a.example', 'http://localhost:3000']",
                vec!["https://a.example", "http://localhost:3000"],
            ),
            ("cors_origins = 'https://a.example, https://b.example'", vec!["https://a.example", "https://b.example"]),
        ] {
            assert_eq!(load(file, &Overrides::default()).expect(file).cors_origins, expected);
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let cases = [
            ("lisen = '127.0.0.1:1'", "lisen"),
            ("listen = 'here'", "listen"),
            ("watching = 'inotify'", "watching"),
            ("poll_seconds = 0", "poll_seconds = 0: use a number above 0"),
            ("max_file_bytes = 0", "max_file_bytes = 0: use a number above 0"),
            ("requests_per_second = 0", "requests_per_second"),
            ("trusted_proxies = ['10.0.0.1']", "trusted_proxies"),
            ("search_milliseconds = 0", "search_milliseconds = 0: use a number above 0"),
            ("public_url = 'example.org'", "https://search.example.org"),
            ("public_url = 'https://example.org/'", "without a slash"),
            ("analytics = 'corpus/counts'", "outside the content folder"),
            ("analytics = 'index'", "outside the index folder"),
            ("analytics = ''", "name a folder"),
            ("analytics_days = 0", "analytics_days = 0: use a number above 0"),
            ("cors_origins = ['https://www.example.org/']", "without a path"),
            ("cors_origins = ['*', 'https://www.example.org']", "cors_origins = *: "),
            ("cors_origins = 'https://Www.example.org'", "in small letters"),
            ("cors_origins = 'null'", "cors_origins = null: "),
            ("cors_origins = 7", "cors_origins"),
            ("index = 'corpus/index'", "outside the content folder"),
            ("engine = 'elastic'", "engine"),
            ("opensearch_url = 'localhost:9200'", "https://search-1.example.org:9200"),
            ("opensearch_url = 'https://me:secret@localhost:9200'", "opensearch_url = …@…: leave the login out"),
            ("opensearch_prefix = 'Site'", "small letters"),
            ("opensearch_shards = 0", "opensearch_shards = 0: use a number above 0"),
            ("engine = 'opensearch'\nsnapshots = 'copies'", "snapshots = copies: leave it out"),
            ("index = './src/../corpus/index'\ncontent = 'corpus'", "outside the content folder"),
        ];
        for (file, expected) in cases {
            let error = load(file, &Overrides::default()).expect_err(file);
            assert!(error.contains(expected), "{error}");
        }
        let missing = Config::load(Some(Path::new("no-such.toml")), &Overrides::default());
        assert!(missing.expect_err("no file").to_string().contains("no-such.toml"));
    }
}
