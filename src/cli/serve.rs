//! `khonha serve`: index, follow, serve.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::counts;
use super::progress::Bar;
use crate::analytics::{self, Recorder};
use crate::config::{self, Config, EngineKind, Watching};
use crate::content::Look;
use crate::http::{self, AdminKey, AllowedOrigins, Analytics, Clicks, ClientLimits, Identity, Scope, Service};
use crate::index::{Access, Store};
use crate::watch::{self, Emptied, Indexer, Pace, Trigger, WatchError};

/// Before another try after the folder could not be applied.
const RETRY: Duration = Duration::from_secs(2);
/// Between two writings of what was counted: a crash loses no more than that.
const FLUSH: Duration = Duration::from_secs(5);
/// How long work under way may keep the process after it was asked to stop. What is lost then is not
/// committed, and is found again at the next start.
const LAST_WORK: Duration = Duration::from_secs(5);

/// What keeps the index up to date.
#[derive(Debug, Clone, Copy)]
pub(super) enum Follows {
    /// This process, which follows the content folder.
    Folder(Emptied),
    /// Another one.
    Others,
}

pub(super) fn run(config: &Config, follows: Follows) -> anyhow::Result<ExitCode> {
    if matches!(follows, Follows::Others) && config.engine == EngineKind::Embedded {
        bail!("--no-watch needs --engine opensearch: an index folder is followed by the process that writes to it");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let recorder = OnceLock::new();
    let done = runtime.block_on(serve(config, follows, &recorder));
    runtime.shutdown_timeout(LAST_WORK);
    if let Some(recorder) = recorder.get() {
        recorder.flush(analytics::today());
    }
    done.map(|()| ExitCode::SUCCESS)
}

/// Serves until it is to stop. What counts searches is put into `recorder`.
async fn serve(config: &Config, follows: Follows, recorder: &OnceLock<Arc<Recorder>>) -> anyhow::Result<()> {
    http::begin_measuring();
    watch::describe();
    let listener = http::bind(config.listen).await?;
    let address = listener.local_addr()?;
    let access = if matches!(follows, Follows::Others) { Access::Read } else { Access::Write };
    let opened = config.clone();
    let open = move || {
        let store = super::store(&opened, access)?;
        let counts = counts::recorder(&opened, &store)?;
        anyhow::Ok((store, counts))
    };
    let (store, counts) = tokio::task::spawn_blocking(open).await??;
    let (store, counts) = (Arc::new(store), counts.map(|counts| Arc::clone(recorder.get_or_init(|| Arc::new(counts)))));
    let stop = stop_on_signal()?;
    let service = service(config, &store, address, counts)?;
    let warming = service.clone();
    let service = tokio::spawn(http::serve(listener, service, stop.clone()));
    // Looking at the folder would take time from the first answers. Where there is no index yet, there are none.
    let _ = tokio::task::spawn_blocking(move || warming.warm()).await?;
    let follower = match follows {
        Follows::Others => None,
        Follows::Folder(emptied) => {
            let indexer = Indexer::new(super::folder(config), Arc::clone(&store)).with_emptied(emptied);
            tokio::select! {
                follower = index_and_follow(config, indexer, stop.clone()) => Some(follower?),
                () = stop.cancelled() => return Ok(()),
            }
        }
    };
    let articles = store.current().map_or(0, |generation| generation.index.documents());
    println!("Khonha serves {articles} articles at http://{address}/ (stop with Ctrl-C)");
    service.await?;
    stop.cancel();
    if let Some(follower) = follower {
        follower.await?;
    }
    Ok(())
}

fn service(
    config: &Config,
    store: &Arc<Store>,
    listening: SocketAddr,
    recorder: Option<Arc<Recorder>>,
) -> anyhow::Result<Service> {
    let service = Service::new(Arc::clone(store), identity(config, listening));
    let mut service = service.with_limit(config.search_limit()).with_words_kept();
    let keys: anyhow::Result<Vec<AdminKey>> = config.admin_keys.iter().map(admin_key).collect();
    service = service.with_admin_keys(keys?);
    if config.answers_megabytes > 0 {
        service = service.with_answers_kept(u64::from(config.answers_megabytes) << 20);
    }
    if let Some(requests) = config.requests_per_second {
        service = service.with_client_limits(ClientLimits::new(requests, config.trusted_proxies.clone()));
    }
    if let Some(folder) = &config.snapshots {
        service = service.with_snapshots(folder);
    }
    if let Some(origins) = AllowedOrigins::of(&config.cors_origins).context("cors_origins cannot be used")? {
        service = service.with_origins(origins);
    }
    if let Some(recorder) = recorder {
        tokio::spawn(keep_flushing(Arc::clone(&recorder)));
        let clicks = if config.analytics_clicks { Clicks::Counted } else { Clicks::Ignored };
        service = service.with_analytics(Analytics { recorder, clicks });
    }
    Ok(service)
}

fn admin_key(config::AdminKey { name, hash, scopes }: &config::AdminKey) -> anyhow::Result<AdminKey> {
    let known = Scope::ALL.map(Scope::name).join(", ");
    let scope = |scope: &String| {
        Scope::from_name(scope).with_context(|| format!("admin_keys: {name} has the scope {scope}; there are {known}"))
    };
    let hash = hash.parse().with_context(|| format!("admin_keys: {name} has hash = \"{hash}\""))?;
    let scopes = scopes.iter().map(scope).collect::<anyhow::Result<_>>()?;
    Ok(AdminKey { name: name.clone(), hash, scopes })
}

/// Writes what was counted, again and again until the runtime ends.
async fn keep_flushing(recorder: Arc<Recorder>) {
    let mut often = tokio::time::interval(FLUSH);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        let recorder = Arc::clone(&recorder);
        let flushed = tokio::task::spawn_blocking(move || recorder.flush(analytics::today())).await;
        if let Err(error) = flushed {
            tracing::error!(%error, "the counts of searches were not written by a defect");
        }
    }
}

/// What the service is called when it listens on `listening`.
pub(super) fn identity(config: &Config, listening: SocketAddr) -> Identity {
    Identity { url: config.public_url(listening), name: config.site_name.clone(), contact: config.contact.clone() }
}

/// Brings the index up to date and goes on doing so in the background.
pub(super) async fn index_and_follow(
    config: &Config,
    indexer: Indexer,
    stop: CancellationToken,
) -> anyhow::Result<JoinHandle<()>> {
    let (indexer, first) = tokio::task::spawn_blocking(move || {
        let mut indexer = indexer.with_learning_aside();
        let bar = Bar::of_bytes("Indexing");
        let first = indexer.reconcile(Look::Full, &|done, total| bar.show(done, total));
        (indexer, first)
    })
    .await?;
    match first {
        // It is tried again, and told then.
        Err(WatchError::StandingBy) => {}
        // A folder that is away for the moment is no reason to stop serving what is indexed.
        Err(error) if error.is_of_folder() && indexer.store().current().is_ok() => tracing::error!("{error}"),
        // Nor is a cluster that fails while it is written to: it was there a moment ago.
        Err(error) if error.is_of_cluster() => tracing::error!("{error}"),
        first => drop(first?),
    }
    let trigger = Trigger::new(indexer.folder().root(), watching(config));
    let pace = Pace { full_look: config.full_look(), retry: RETRY };
    Ok(tokio::spawn(watch::follow(indexer, trigger, pace, stop)))
}

fn watching(config: &Config) -> watch::Watching {
    match config.watching {
        Watching::Events => watch::Watching::Events { quiet: config.quiet() },
        Watching::Polling => watch::Watching::Polling { every: config.poll() },
    }
}

/// A token that SIGINT and SIGTERM cancel.
pub(super) fn stop_on_signal() -> anyhow::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping");
        stopping.cancel();
    });
    Ok(stop)
}
