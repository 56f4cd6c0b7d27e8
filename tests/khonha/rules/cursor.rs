//! What holds of any text that is given for a cursor.

use std::sync::Arc;

use khonha::index::Store;
use khonha::search::{Request, Searcher};

/// A search that has more than one page, and the cursor that leads to the second.
pub struct Paged {
    searcher: Searcher,
    cursor: String,
}

impl Paged {
    /// All articles of an index that has several.
    pub fn of(store: Arc<Store>) -> Paged {
        let searcher = Searcher::new(store);
        let first = searcher.search(&request(None)).expect("the index can be read");
        Paged { searcher, cursor: first.next.expect("a second page") }
    }

    /// Takes `data` for a cursor, and for changes of a good one: at which letter, and by which other.
    ///
    /// # Panics
    /// Where one that was not made by the site is taken for one that was.
    pub fn check(&self, data: &[u8]) {
        self.check_cursor(&String::from_utf8_lossy(data));
        let mut changed = self.cursor.clone().into_bytes();
        for change in data.chunks_exact(2) {
            let at = usize::from(change[0]) % changed.len();
            changed[at] = LETTERS[usize::from(change[1]) % LETTERS.len()];
        }
        changed.truncate(changed.len() - data.len() % 2);
        self.check_cursor(&String::from_utf8_lossy(&changed));
    }

    fn check_cursor(&self, text: &str) {
        let answered = self.searcher.search(&request(Some(text.to_owned())));
        assert_eq!(answered.is_ok(), text == self.cursor, "{text}");
        assert!(self.searcher.state(None, Some(text)).is_ok(), "{text}");
    }
}

/// The letters of cursors, and some others.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/% \0";

fn request(cursor: Option<String>) -> Request {
    Request { limit: 1, cursor, ..Request::default() }
}
