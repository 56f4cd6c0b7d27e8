//! CSV and TSV: an article in each row, below a row with the names of the columns.

mod rows;

use serde_json::{Map, Value};

use self::rows::{Row, Rows};
use super::encoding::{Encoding, IS_WINDOWS_874};
use super::record::Fields;
use super::{Broken, Format, Found, Holds, Input};
use crate::content::draft::Draft;
use crate::content::problem::Problem;

/// What may part the cells of CSV: spreadsheets write what is usual in their country.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Keys of which a table of articles has one at least.
const TELLING: [&str; 6] = ["title", "title_th", "title_en", "body", "body_th", "body_en"];

/// Comma-separated values.
pub(super) struct Csv;

/// Tab-separated values.
pub(super) struct Tsv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn holds(&self) -> Holds {
        Holds::Many
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let delimiter = delimiter(input.reader.fill_buf()?);
        read(input, delimiter, found)
    }
}

impl Format for Tsv {
    fn name(&self) -> &'static str {
        "TSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn holds(&self) -> Holds {
        Holds::Many
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        read(input, b'\t', found)
    }
}

/// The delimiter that the first line has most of.
fn delimiter(beginning: &[u8]) -> u8 {
    let line = beginning.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|&byte| byte == delimiter).count();
    // Of several with the same count the last would be taken.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn read(input: &mut Input<'_>, delimiter: u8, found: &mut Found<'_>) -> Result<(), Broken> {
    let mut rows = Rows::new(delimiter, input.most);
    let Some(mut table) = Table::begin(input, &mut rows)? else { return Ok(()) };
    while let Some(row) = rows.next(input)? {
        if row.is_cut(table.columns.len()) {
            let reason = "the file breaks off within this row; articles that came after it stay as they were";
            return Err(Broken::Off(Problem::error(input.path, Some(row.line), reason)));
        }
        found(table.draft(row, input));
    }
    Ok(())
}

/// What the first row tells of the others.
struct Table {
    columns: Vec<String>,
    encoding: Encoding,
    fields: Fields,
    is_told: Told,
}

/// Whether it was said that the file is no UTF-8.
#[derive(PartialEq, Eq)]
enum Told {
    Yes,
    NotYet,
}

impl Table {
    /// Reads the names of the columns; gives nothing for an empty file.
    fn begin(input: &mut Input<'_>, rows: &mut Rows) -> Result<Option<Table>, Broken> {
        let broken = |line, reason: &str| Err(Broken::Off(Problem::error(input.path, Some(line), reason)));
        let mut encoding = Encoding::told_by(input.reader.fill_buf()?);
        if encoding == Encoding::Utf16 {
            return broken(1, "is UTF-16 text; save it as CSV in UTF-8");
        }
        let Some(head) = rows.next(input)? else { return Ok(None) };
        let line = head.line;
        let columns = head.cells.and_then(|cells| texts(&cells, &mut encoding)).unwrap_or_default();
        let columns: Vec<String> = columns.iter().map(|name| name.trim_matches([' ', '\u{FEFF}']).to_owned()).collect();
        let fields = Fields::new(&input.site.formats);
        if !fields.has_any(&columns, &TELLING) {
            let reason = "no column of the first row is a title or a text; name one title, ชื่อเรื่อง, body or เนื้อหา, or \
                          say in formats.toml what yours are called: [fields] title = \"…\"";
            return Err(Broken::Off(Problem::error(input.path, Some(line), reason)));
        }
        Ok(Some(Table { columns, encoding, fields, is_told: Told::NotYet }))
    }

    fn draft(&mut self, row: Row, input: &Input<'_>) -> Result<Draft, Problem> {
        let Row { line, cells, .. } = row;
        let error = |reason: String| Problem::error(input.path, Some(line), reason);
        let cells = cells.ok_or_else(|| Problem::too_large(input.path, line, input.most))?;
        let cells = texts(&cells, &mut self.encoding)
            .ok_or_else(|| error("the row is not UTF-8 text as the others are; save the file as UTF-8".to_owned()))?;
        let (given, wanted) = (cells.len(), self.columns.len());
        if given < wanted || cells[wanted..].iter().any(|cell| !cell.trim().is_empty()) {
            let reason = format!(
                "the row has {given} cells where the first row has {wanted}; put cells with \
                                  delimiters, quotation marks or line breaks in them between quotation marks"
            );
            return Err(error(reason));
        }
        let mut draft = self.fields.draft(record(&self.columns, cells), line);
        if self.encoding == Encoding::Windows874 && self.is_told == Told::NotYet {
            draft.warnings.push(Problem::warning(input.path, Some(line), IS_WINDOWS_874));
            self.is_told = Told::Yes;
        }
        Ok(draft)
    }
}

/// The cells as texts. They are looked at together: a few letters alone could be of either encoding.
fn texts(cells: &[Vec<u8>], encoding: &mut Encoding) -> Option<Vec<String>> {
    encoding.decide(&cells.concat());
    cells.iter().map(|cell| encoding.decode(cell)).collect()
}

/// The cells by the names of their columns. Columns without a name, or with that of another one, get one by their number.
fn record(columns: &[String], cells: Vec<String>) -> Map<String, Value> {
    let mut record = Map::new();
    for (number, (column, cell)) in (1..).zip(columns.iter().zip(cells)) {
        let column = match column.as_str() {
            "" => format!("column {number}"),
            name if record.contains_key(name) => format!("{name} (column {number})"),
            name => name.to_owned(),
        };
        record.insert(column, Value::String(without_guard(cell)));
    }
    record
}

/// An apostrophe before what a spreadsheet would take for a formula is none of the text.
fn without_guard(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => text.to_owned(),
        _ => cell,
    }
}
