//! The rows of a table, as the CSV reader of the `csv` crate cuts them, each bounded in length.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::content::formats::{Broken, Input};

/// Cells and bytes that there is room for at first.
const ROOM: usize = 1 << 10;

/// A row.
pub(super) struct Row {
    /// The line that it begins in, counted from 1.
    pub(super) line: usize,
    /// Its cells without quotation marks; `None` if they are more than an article may have.
    pub(super) cells: Option<Vec<Vec<u8>>>,
    end: End,
}

/// How a row ends.
#[derive(PartialEq, Eq)]
enum End {
    Line,
    /// With the file, whose last line has no end of line.
    File,
    /// With the file, within quotation marks.
    Quoted,
}

impl Row {
    /// Whether the file breaks off within it.
    pub(super) fn is_cut(&self, columns: usize) -> bool {
        let is_short = self.cells.as_ref().is_some_and(|cells| cells.len() < columns);
        self.end == End::Quoted || self.end == End::File && is_short
    }
}

/// A table that is being read.
pub(super) struct Rows {
    reader: Reader,
    most: u64,
    line: usize,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// How much of a row is there.
#[derive(Default)]
struct Filled {
    bytes: usize,
    ends: usize,
    quotes: usize,
    is_too_large: bool,
}

impl Rows {
    pub(super) fn new(delimiter: u8, most: u64) -> Rows {
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Rows { reader, most, line: 1, bytes: vec![0; ROOM], ends: vec![0; ROOM] }
    }

    /// The next row; `None` at the end. Empty lines are none.
    pub(super) fn next(&mut self, input: &mut Input<'_>) -> Result<Option<Row>, Broken> {
        let mut filled = Filled::default();
        self.skip_empty_lines(input)?;
        let line = self.line;
        loop {
            let buffer = input.reader.fill_buf()?;
            let is_at_end = buffer.is_empty();
            let (bytes, ends) = (&mut self.bytes[filled.bytes..], &mut self.ends[filled.ends..]);
            let (result, used, written, ended) = self.reader.read_record(buffer, bytes, ends);
            self.line += count(&buffer[..used], b'\n');
            filled.quotes += count(&buffer[..used], b'"');
            input.reader.consume(used);
            (filled.bytes, filled.ends) = (filled.bytes + written, filled.ends + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.more_bytes(&mut filled),
                ReadRecordResult::OutputEndsFull => self.more_ends(&mut filled),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => return Ok(Some(self.row(line, &filled, is_at_end))),
            }
        }
    }

    fn skip_empty_lines(&mut self, input: &mut Input<'_>) -> Result<(), Broken> {
        while let Some(byte @ (b'\r' | b'\n')) = input.reader.fill_buf()?.first().copied() {
            self.line += usize::from(byte == b'\n');
            input.reader.consume(1);
        }
        Ok(())
    }

    /// Of a row that is too large the beginning is written over, until its end is found.
    fn more_bytes(&mut self, filled: &mut Filled) {
        filled.is_too_large |= self.bytes.len() as u64 > self.most;
        if filled.is_too_large {
            filled.bytes = 0;
        } else {
            self.bytes.resize(self.bytes.len() * 2, 0);
        }
    }

    fn more_ends(&mut self, filled: &mut Filled) {
        filled.is_too_large |= self.ends.len() as u64 > self.most;
        if filled.is_too_large {
            filled.ends = 0;
        } else {
            self.ends.resize(self.ends.len() * 2, 0);
        }
    }

    fn row(&self, line: usize, filled: &Filled, is_at_end: bool) -> Row {
        let starts = [0].iter().chain(&self.ends);
        let cells = starts.zip(&self.ends).take(filled.ends).map(|(&start, &end)| self.bytes[start..end].to_vec());
        let is_too_large = filled.is_too_large || filled.bytes as u64 > self.most;
        let cells = (!is_too_large).then(|| cells.collect());
        let end = match is_at_end {
            false => End::Line,
            true if filled.quotes % 2 == 1 => End::Quoted,
            true => End::File,
        };
        Row { line, cells, end }
    }
}

fn count(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|&&byte| byte == wanted).count()
}
