//! The bytes of a file, as formats take them.

use std::io::{self, BufRead, Read};
use std::ops::Range;

use super::PdfReader;
use crate::content::problem::Problem;
use crate::content::site::Site;

/// A file that is being read.
pub(in crate::content) struct Input<'a> {
    /// Its path relative to the content folder, to tell problems by.
    pub(in crate::content) path: &'a str,
    /// What the operator says of formats, and the names of the site, which titles may begin with.
    pub(in crate::content) site: &'a Site,
    /// The most bytes that an article may have; a file that holds one only is checked already.
    pub(in crate::content) most: u64,
    /// The bytes of the file of metadata beside it.
    pub(in crate::content) sidecar: Option<&'a [u8]>,
    /// What reads PDF.
    pub(in crate::content) pdf: Option<&'a PdfReader>,
    /// Its bytes.
    pub(in crate::content) reader: &'a mut dyn BufRead,
    /// Gives bytes of it once more, for those who have read all of them.
    pub(in crate::content) again: &'a dyn Fn(Range<u64>) -> io::Result<Vec<u8>>,
}

/// Why the rest of a file was not read. The articles before stay as they were read, the others as they were before.
#[derive(Debug)]
pub(in crate::content) enum Broken {
    /// The system does not give it for the moment.
    Unreadable(io::Error),
    /// It breaks off, or goes on in a way from which no article after it can be told.
    Off(Problem),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Unreadable(error)
    }
}

/// A line of a file.
pub(in crate::content) enum Line {
    /// Its bytes, with the end of line if it has one.
    Whole(Vec<u8>),
    /// It is longer than an article may be, and was passed over.
    TooLong,
}

impl Input<'_> {
    /// All bytes of a file that holds one article.
    ///
    /// # Errors
    /// What the system says.
    pub(in crate::content) fn bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The next line, or `None` at the end.
    ///
    /// # Errors
    /// What the system says.
    pub(in crate::content) fn line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let most = self.most.saturating_add(1);
        Read::take(&mut *self.reader, most).read_until(b'\n', &mut line)?;
        if line.len() as u64 > self.most && line.last() != Some(&b'\n') {
            self.reader.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok((!line.is_empty()).then_some(Line::Whole(line)))
    }
}

/// `bytes`, which begin in this line of the file, as UTF-8.
///
/// # Errors
/// The [`Problem`] of the first bytes that are none.
pub(in crate::content) fn decoded<'a>(path: &str, line: usize, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Problem::error(path, Some(line + before), "is not UTF-8 text; save it as UTF-8")
    })
}

#[cfg(test)]
impl<'a> Input<'a> {
    /// A file that stands alone.
    pub(super) fn of_text(path: &'a str, site: &'a Site, most: u64, reader: &'a mut dyn BufRead) -> Self {
        Input { path, site, most, sidecar: None, pdf: None, reader, again: &|_| Ok(Vec::new()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, most: u64) -> Vec<Option<String>> {
        let mut reader = text.as_bytes();
        let site = Site::default();
        let mut input = Input::of_text("a", &site, most, &mut reader);
        let mut lines = Vec::new();
        while let Some(line) = input.line().expect("memory can be read") {
            lines.push(match line {
                Line::Whole(line) => Some(String::from_utf8(line).expect("UTF-8")),
                Line::TooLong => None,
            });
        }
        lines
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_alone() {
        let some = |line: &str| Some(line.to_owned());
        assert_eq!(lines("a\nlong line\nb", 4), [some("a\n"), None, some("b")]);
        assert_eq!(lines("long line", 4), [None]);
        assert_eq!(lines("four\n\n", 4), [some("four\n"), some("\n")]);
        assert_eq!(lines("", 4), []);
    }
}
