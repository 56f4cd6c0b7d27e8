//! The commands. The only place where all parts are wired together.

mod analyze;
mod bench;
mod check;
mod counts;
mod eval;
mod import;
mod index;
mod key;
mod output;
mod progress;
mod reindex;
mod report;
mod search;
mod serve;
mod snapshot;
mod verify;
mod watch;

use std::fs;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, EngineKind, LogFormat, Overrides, Secret};
use crate::content::{self, Folder, PdfReader};
use crate::index::{Access, ClusterSettings, Engine, Login, Store};
use crate::watch::Emptied;

/// Full-text search for a folder of Thai and English articles.
#[derive(Debug, Parser)]
#[command(name = "khonha", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    folders: Folders,
}

#[derive(Debug, Args)]
struct Folders {
    /// The content folder [default: corpus]
    #[arg(long, global = true, value_name = "DIR")]
    content: Option<PathBuf>,
    /// The index folder [default: index]
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// What keeps the index: embedded or opensearch [default: embedded]
    #[arg(long, global = true, value_name = "NAME", value_parser = engine_kind)]
    engine: Option<EngineKind>,
    /// The address of a node of the OpenSearch cluster; may be given for each [default: http://127.0.0.1:9200]
    #[arg(long, global = true, value_name = "URL")]
    opensearch_url: Vec<String>,
    /// The configuration file [default: khonha.toml, where it exists]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

fn engine_kind(name: &str) -> Result<EngineKind, String> {
    match name {
        "embedded" => Ok(EngineKind::Embedded),
        "opensearch" => Ok(EngineKind::OpenSearch),
        _ => Err("there are embedded and opensearch".to_owned()),
    }
}

/// The operator's word about an empty folder.
#[derive(Debug, Args)]
struct EmptiedFlag {
    /// Empty the index if the content folder has no articles; without it that counts as a folder that is not mounted
    #[arg(long)]
    accept_empty: bool,
}

impl EmptiedFlag {
    fn meaning(&self) -> Emptied {
        if self.accept_empty { Emptied::Accept } else { Emptied::Keep }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Index the content folder, follow it, and serve search
    Serve {
        /// The address to listen on [default: 127.0.0.1:8080]
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
        /// Serve search alone: another process keeps the index in the cluster up to date
        #[arg(long)]
        no_watch: bool,
        #[command(flatten)]
        emptied: EmptiedFlag,
    },
    /// Index the content folder and follow it, without serving search
    Watch {
        #[command(flatten)]
        emptied: EmptiedFlag,
    },
    /// Bring the index up to date once
    Index {
        #[command(flatten)]
        emptied: EmptiedFlag,
    },
    /// Build the index on the engine of --engine, beside a service that goes on with the other one
    Reindex,
    /// Search the index
    Search(search::Options),
    /// Show how a text is cut into terms
    Analyze(analyze::Options),
    /// Measure the rankings on queries whose right answers people have judged
    Eval(eval::Options),
    /// Measure how fast the index answers your own queries on this machine
    Bench(bench::Options),
    /// Show what people search for
    Report(report::Options),
    /// Make a key of administration
    Key(key::Options),
    /// Write the index to one file, also while a service runs
    Snapshot(snapshot::SnapshotOptions),
    /// Put the index back that such a file has, also while a service runs
    Restore(snapshot::RestoreOptions),
    /// Compare the index with the content folder and its checksums; exit code 1 if they do not agree
    Verify,
    /// Write the articles of a file or folder of any format as Markdown; exit code 1 if not all could be written
    Import(import::Options),
    /// Report every problem of the content folder; exit code 1 if there is any
    Check,
    /// Read the PDF on standard input, within limits; what the other commands start for each
    #[command(hide = true)]
    ExtractPdf {
        /// The program that reads it, if it is not this one
        #[arg(value_parser = ["pdftotext"])]
        by: Option<String>,
    },
}

/// Runs the command that the program was called with, and tells what stopped it.
pub fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("error: {}", told_once(&error));
        ExitCode::FAILURE
    })
}

fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    if let Command::ExtractPdf { by } = &cli.command {
        content::extract_pdf(by.as_deref())?;
        return Ok(ExitCode::SUCCESS);
    }
    let listen = match &cli.command {
        Command::Serve { listen, .. } => *listen,
        _ => None,
    };
    let Folders { content, index, engine, opensearch_url, config: file } = cli.folders;
    let flags = Overrides { content, index, engine, opensearch_url, listen };
    let config = Config::load(file.as_deref(), &flags).context("the configuration cannot be used")?;
    log(&config.log, config.log_format)?;
    match cli.command {
        Command::Serve { no_watch: true, .. } => serve::run(&config, serve::Follows::Others),
        Command::Serve { emptied, .. } => serve::run(&config, serve::Follows::Folder(emptied.meaning())),
        Command::Watch { emptied } => watch::run(&config, emptied.meaning()),
        Command::Index { emptied } => index::run(&config, emptied.meaning()),
        Command::Reindex => reindex::run(&config),
        Command::Search(options) => search::run(&config, &options),
        Command::Analyze(options) => analyze::run(&config, &options),
        Command::Eval(options) => eval::run(&config, &options),
        Command::Bench(options) => bench::run(&config, &options),
        Command::Report(options) => report::run(&config, &options),
        Command::Key(options) => key::run(&options),
        Command::Snapshot(options) => snapshot::snapshot(&config, &options),
        Command::Restore(options) => snapshot::restore(&config, &options),
        Command::Verify => verify::run(&config),
        Command::Import(options) => import::run(&config, &options),
        Command::Check => check::run(&config),
        Command::ExtractPdf { .. } => Ok(ExitCode::SUCCESS),
    }
}

/// The error with its causes, but for those that a message before already tells.
fn told_once(error: &anyhow::Error) -> String {
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

/// Where the index is, for people.
fn place(config: &Config) -> String {
    match config.engine {
        EngineKind::Embedded => config.index.display().to_string(),
        EngineKind::OpenSearch => {
            format!("{}-articles at {}", config.opensearch_prefix, config.opensearch_url.join(", "))
        }
    }
}

/// The index, on the engine that the operator chose.
fn store(config: &Config, access: Access) -> anyhow::Result<Store> {
    Ok(Store::open_on(&engine(config)?, &config.index, access)?)
}

fn engine(config: &Config) -> anyhow::Result<Engine> {
    if config.engine == EngineKind::Embedded {
        return Ok(Engine::Embedded);
    }
    let read = |name: &str, path: &PathBuf| {
        fs::read_to_string(path).with_context(|| format!("{name} = {} cannot be read", path.display()))
    };
    let login = match (&config.opensearch_login, &config.opensearch_login_file) {
        (Some(Secret(login)), _) => Some(login.clone()),
        (None, Some(file)) => Some(read("opensearch_login_file", file)?),
        (None, None) => None,
    };
    let login =
        login.map(|login| Login::from_text(&login).context("opensearch_login is neither USER:PASSWORD nor ApiKey KEY"));
    let certificates = config.opensearch_ca.as_ref().map(|file| read("opensearch_ca", file)).transpose()?;
    Ok(Engine::OpenSearch(ClusterSettings {
        urls: config.opensearch_url.clone(),
        prefix: config.opensearch_prefix.clone(),
        login: login.transpose()?,
        certificates,
        shards: config.opensearch_shards,
    }))
}

/// The content folder. What is read of PDF is kept beside the index.
fn folder(config: &Config) -> Folder {
    let reader = pdf_reader().keeping(config.index.join("pdf"));
    Folder::new(&config.content, config.max_file_bytes).with_pdf_reader(reader)
}

/// This program, in processes of their own.
fn pdf_reader() -> PdfReader {
    // Where the system does not tell where it is, it is looked for by its name.
    PdfReader::new(std::env::current_exe().unwrap_or_else(|_| env!("CARGO_PKG_NAME").into())).with_pdftotext()
}

/// What would show the login to a cluster, byte by byte.
const NOT_LOGGED: [&str; 2] = ["ureq=info", "ureq_proto=info"];

/// Logs go to standard error, so that standard output is the command's answer alone.
fn log(filter: &str, written: LogFormat) -> anyhow::Result<()> {
    let mut filter = EnvFilter::try_new(filter).with_context(|| format!("log = {filter} is no filter; try info"))?;
    for directive in NOT_LOGGED {
        filter = filter.add_directive(directive.parse()?);
    }
    let format = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match written {
        LogFormat::Text => format.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => format.json().init(),
    }
    Ok(())
}
