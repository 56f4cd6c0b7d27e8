//! `khonha serve`: index, follow, serve.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::progress::IndexingBar;
use crate::config::Config;
use crate::content::Look;
use crate::http::{self, Identity, Service};
use crate::index::{Access, Store};
use crate::watch::{self, Indexer, Pace, Trigger, WatchError};

/// Before another try after the folder could not be applied.
const RETRY: Duration = Duration::from_secs(2);
/// How long work under way may keep the process after it was asked to stop. What is lost then is not
/// committed, and is found again at the next start.
const LAST_WORK: Duration = Duration::from_secs(5);

pub(super) fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(serve(config));
    runtime.shutdown_timeout(LAST_WORK);
    done.map(|()| ExitCode::SUCCESS)
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let listener = http::bind(config.listen).await?;
    let address = listener.local_addr()?;
    let store = Arc::new(Store::open(&config.index, Access::Write)?);
    let stop = stop_on_signal()?;
    let service = Service::new(Arc::clone(&store), identity(config, address)).with_limit(config.search_limit());
    let service = tokio::spawn(http::serve(listener, service, stop.clone()));
    let follower = tokio::select! {
        follower = index_and_follow(config, &store, stop.clone()) => follower?,
        () = stop.cancelled() => return Ok(()),
    };
    let articles = store.current()?.index.files()?.len();
    println!("Khonha serves {articles} articles at http://{address}/ (stop with Ctrl-C)");
    service.await??;
    stop.cancel();
    Ok(follower.await?)
}

fn identity(config: &Config, listening: SocketAddr) -> Identity {
    Identity { url: config.public_url(listening), name: config.site_name.clone(), contact: config.contact.clone() }
}

/// Brings the index up to date and goes on doing so in the background.
async fn index_and_follow(
    config: &Config,
    store: &Arc<Store>,
    stop: CancellationToken,
) -> anyhow::Result<JoinHandle<()>> {
    let mut indexer = Indexer::new(super::folder(config), Arc::clone(store));
    let (indexer, first) = tokio::task::spawn_blocking(move || {
        let bar = IndexingBar::new();
        let first = indexer.reconcile(Look::Full, &|done, total| bar.show(done, total));
        (indexer, first)
    })
    .await?;
    match first {
        // A folder that is away for the moment is no reason to stop serving what is indexed.
        Err(WatchError::Content(error)) if store.current().is_ok() => tracing::error!("{error}"),
        first => drop(first?),
    }
    let trigger = Trigger::new(indexer.folder().root(), config.quiet());
    let pace = Pace { full_look: config.full_look(), retry: RETRY };
    Ok(tokio::spawn(watch::follow(indexer, trigger, pace, stop)))
}

/// A token that SIGINT and SIGTERM cancel.
fn stop_on_signal() -> anyhow::Result<CancellationToken> {
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
