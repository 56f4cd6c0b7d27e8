//! Files of XML that hold articles: WordPress exports (WXR), RSS and Atom, told apart by their heads.

pub(super) mod element;
mod feed;
mod scan;
mod settings;
pub(super) mod syntax;
mod token;
mod topics;
mod wordpress;

pub(super) use feed::day;
pub use settings::FeedSettings;

use super::{Broken, Format, Found, Holds, Input};
use crate::content::problem::{Problem, guarded};

use scan::{End, Piece, Scanner};
use syntax::Syntax;
use topics::Topics;
use wordpress::Export;

/// The elements that are articles.
const ENTRIES: [&str; 2] = ["item", "entry"];
/// The roots of feeds.
const ROOTS: [&str; 3] = ["rss", "rdf:RDF", "feed"];

/// WordPress exports, RSS and Atom.
pub(super) struct Xml;

impl Format for Xml {
    fn name(&self) -> &'static str {
        "XML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "rss", "atom", "rdf", "wxr"]
    }

    fn holds(&self) -> Holds {
        Holds::Many
    }

    /// Articles whose translations may stand anywhere in the file come last, since they are whole only then.
    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let path = input.path;
        let topics = Topics::new(&input.site.formats.feeds);
        let mut scanner = Scanner::new(&mut *input.reader, input.most);
        let syntax = head(path, &mut scanner)?;
        let mut export = syntax.has("wp").then(|| Export::new(path, &input.site.formats.feeds, &topics, &syntax));
        loop {
            match scanner.next()? {
                Piece::Element(piece) => {
                    let parsed = syntax.parse(&piece.bytes);
                    match &mut export {
                        Some(export) => export.element(&piece, parsed, found),
                        None if ENTRIES.contains(&parsed.element.name.as_str()) => {
                            found(guarded(path, || feed::draft(path, piece.line, &parsed, &topics)));
                        }
                        None => {}
                    }
                }
                Piece::TooLong(name, line) if is_entry(&name) => found(Err(Problem::too_large(path, line, input.most))),
                Piece::End(End::CutShort(line)) => return Err(cut_short(path, line)),
                Piece::End(_) => break,
                Piece::TooLong(..) | Piece::Declaration(_) | Piece::Root(_) => {}
            }
        }
        export.map_or(Ok(()), |export| export.finish(input.again, found))
    }
}

/// What the head of the file says, after which its elements begin.
fn head(path: &str, scanner: &mut Scanner<'_>) -> Result<Syntax, Broken> {
    let off = |line: usize, reason: String| Broken::Off(Problem::error(path, Some(line), reason));
    let mut syntax = Syntax::new();
    loop {
        match scanner.next()? {
            Piece::Declaration(bytes) => syntax.declared(&bytes).map_err(|encoding| {
                off(1, format!("is in the encoding \"{encoding}\", which is not known; save it as UTF-8"))
            })?,
            Piece::Root(bytes) => {
                syntax.rooted(&bytes);
                let root = syntax.root.as_str();
                let what = "WordPress export, RSS or Atom; take it out of the folder, or let its name begin with _";
                let is_known = ROOTS.contains(&root);
                return if is_known { Ok(syntax) } else { Err(off(1, format!("is XML of <{root}>, not {what}"))) };
            }
            _ => return Err(off(1, "is no XML file of articles, or breaks off before the first".to_owned())),
        }
    }
}

fn is_entry(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    ENTRIES.contains(&name.rsplit(':').next().unwrap_or_default())
}

fn cut_short(path: &str, line: usize) -> Broken {
    let reason = "the file breaks off here; articles that came after it, and those that may have translations there, stay as \
                  they were";
    Broken::Off(Problem::error(path, Some(line), reason))
}
