//! Files that are archives (ZIP) of parts, as those of office programs and e-books are.

use std::io::{Cursor, Read};

use encoding_rs::UTF_8;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::element::Element;
use super::xml::syntax::Syntax;
use crate::content::problem::Problem;

/// How many times as large as the largest article its parts may be together when they are unpacked: they are mostly markup.
const UNPACKED: u64 = 16;

/// An archive whose parts are read.
pub(super) struct Archive<'a> {
    path: &'a str,
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// How many bytes may still be unpacked, and how many there were in the beginning.
    left: u64,
    most: u64,
}

impl<'a> Archive<'a> {
    /// The archive that these bytes of the file at `path` are, for articles of `most` bytes; `what` it should be.
    ///
    /// # Errors
    /// The [`Problem`] of a file that is none.
    pub(super) fn open(path: &'a str, bytes: Vec<u8>, most: u64, what: &str) -> Result<Archive<'a>, Problem> {
        let most = most.saturating_mul(UNPACKED);
        let reason = format!("is no {what} file, is damaged, or is protected by a password; save it again as {what}");
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::error(path, None, reason))?;
        Ok(Archive { path, zip, left: most, most })
    }

    /// The text of a part, without a byte order mark; `None` where there is no such part.
    ///
    /// # Errors
    /// The [`Problem`] of a part that cannot be unpacked, or is larger than it may be.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let path = self.path;
        let damaged = |reason: String| Problem::error(path, None, format!("its part {name} cannot be read: {reason}"));
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(error.to_string())),
        };
        let mut bytes = Vec::new();
        // What an archive says of the length of its parts may be wrong.
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let length = bytes.len() as u64;
        if length > self.left {
            let reason = format!("unpacks to more than {} bytes; raise max_file_bytes in khonha.toml", self.most);
            return Err(Problem::error(path, None, reason));
        }
        self.left -= length;
        Ok(Some(UTF_8.decode(&bytes).0.into_owned()))
    }

    /// A part as an element with all that is in it; one without anything where there is no such part.
    ///
    /// # Errors
    /// As [`text`](Archive::text).
    pub(super) fn element(&mut self, name: &str) -> Result<Element, Problem> {
        let text = self.text(name)?.unwrap_or_default();
        Ok(Syntax::new().parse(text.as_bytes()).element)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn an_archive_unpacks_to_no_more_than_it_may() {
        let zeros = vec![b' '; 1000];
        let bytes = archive(&[("a", b"\xEF\xBB\xBFone"), ("b", &zeros), ("c", &zeros)]);
        let mut archive = Archive::open("x", bytes, 100, "ZIP").expect("an archive");
        assert_eq!(archive.text("a").expect("a part").as_deref(), Some("one"));
        assert_eq!(archive.text("none"), Ok(None));
        assert!(archive.text("b").is_ok());
        let reason = archive.text("c").expect_err("that is too much").reason;
        assert!(reason.starts_with("unpacks to more than 1600 bytes"), "{reason}");
    }

    #[test]
    fn what_is_no_archive_is_told() {
        let reason = Archive::open("x", b"%PDF".to_vec(), 100, "DOCX").map(drop).expect_err("no archive").reason;
        assert!(reason.starts_with("is no DOCX file"), "{reason}");
    }
}
