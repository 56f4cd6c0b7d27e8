//! Long results, piece by piece: at no time is more in memory than some pieces and the addresses of the articles.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::timeout;

use super::citation::Citing;
use super::format::Format;
use crate::content::Article;
use crate::http::Service;
use crate::http::fields::Fields;
use crate::http::parameters::{Asked, EXPORT_LIMIT};
use crate::http::problem::Problem;
use crate::http::respond::spawn;
use crate::index::IndexError;
use crate::search::{Export, Warning};

/// A piece is sent when it is so long, in bytes.
const PIECE: usize = 32 << 10;
/// Pieces that wait for the one who asked.
const WAITING: usize = 4;
/// How long one may take nothing before the export is broken off: it keeps a thread and an index.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long an export waits for others to end.
const QUEUE: Duration = Duration::from_secs(2);
/// Exports under way at once; each has a thread.
pub(in crate::http) const MOST_AT_ONCE: usize = 8;

/// What is known of an export before its first article.
pub(super) struct Found {
    pub(super) total: usize,
    pub(super) warnings: Vec<Warning>,
}

enum Piece {
    Text(String),
    /// All is sent. Without it an export is seen to be incomplete by the one who asked.
    End,
}

/// Runs a search and gives what is known before its first article, and all articles as a body.
pub(super) async fn open(
    service: Service,
    format: Format,
    asked: Asked,
    fields: Fields,
) -> Result<(Found, Body), Problem> {
    let permit = timeout(QUEUE, Arc::clone(&service.exports).acquire_owned()).await;
    let Ok(Ok(permit)) = permit else { return Err(Problem::too_many_exports()) };
    let (found, when_found) = oneshot::channel();
    let (pieces, received) = mpsc::channel(WAITING);
    let work = Work { service, format, asked, fields, _permit: permit };
    spawn(move || work.run(found, &pieces));
    let found = when_found.await.map_err(|_| Problem::internal())??;
    Ok((found, body(received)))
}

fn body(pieces: mpsc::Receiver<Piece>) -> Body {
    let pieces = futures_util::stream::unfold(Some(pieces), |pieces| async {
        let mut pieces = pieces?;
        match pieces.recv().await {
            Some(Piece::Text(text)) => Some((Ok(text), Some(pieces))),
            Some(Piece::End) => None,
            None => Some((Err(io::Error::other("the export was broken off")), None)),
        }
    });
    // What compresses it asks once more after its end.
    Body::from_stream(pieces.fuse())
}

struct Work {
    service: Service,
    format: Format,
    asked: Asked,
    fields: Fields,
    _permit: OwnedSemaphorePermit,
}

/// Why an export ends before its end.
enum Broken {
    /// The one who asked has gone or takes nothing more.
    Gone,
    Index(IndexError),
}

impl Work {
    fn run(self, found: oneshot::Sender<Result<Found, Problem>>, pieces: &mpsc::Sender<Piece>) {
        let known = match self.service.searcher.known() {
            Ok(known) => known,
            Err(error) => return drop(found.send(Err(error.into()))),
        };
        let export = match self.service.searcher.export(&known, &self.asked.request, self.asked.number(&EXPORT_LIMIT)) {
            Ok(export) => export,
            Err(error) => return drop(found.send(Err(error.into()))),
        };
        let Export { total, mut warnings, articles } = export;
        warnings.extend(self.asked.warnings);
        let head = self.format.head(&warnings);
        if found.send(Ok(Found { total, warnings })).is_err() {
            return;
        }
        let citing = Citing { site: &known.generation.site, identity: &self.service.identity };
        let writer = Writer { format: self.format, fields: self.fields, text: head, pieces };
        if let Err(Broken::Index(error)) = writer.write(articles, citing) {
            tracing::error!(%error, "an export was broken off");
        }
    }
}

/// Puts articles into pieces.
struct Writer<'a> {
    format: Format,
    fields: Fields,
    /// The next piece.
    text: String,
    pieces: &'a mpsc::Sender<Piece>,
}

impl Writer<'_> {
    fn write(
        mut self,
        articles: impl Iterator<Item = Result<Article, IndexError>>,
        citing: Citing<'_>,
    ) -> Result<(), Broken> {
        let mut between = "";
        for article in articles {
            let entry = self.format.entry(article.map_err(Broken::Index)?, citing, &self.fields);
            self.text.push_str(between);
            self.text.push_str(&entry);
            between = self.format.between();
            if self.text.len() >= PIECE {
                self.flush()?;
            }
        }
        self.text.push_str(self.format.tail());
        self.flush()?;
        self.send(Piece::End)
    }

    fn flush(&mut self) -> Result<(), Broken> {
        let text = std::mem::take(&mut self.text);
        self.send(Piece::Text(text))
    }

    fn send(&self, piece: Piece) -> Result<(), Broken> {
        let sent = Handle::current().block_on(self.pieces.send_timeout(piece, PATIENCE));
        sent.map_err(|_| Broken::Gone)
    }
}
