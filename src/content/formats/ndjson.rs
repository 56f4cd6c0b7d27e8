//! NDJSON: a JSON object in each line, an article each.

use super::input::Line;
use super::record::{Fields, json_object};
use super::{Broken, Format, Found, Holds, Input};
use crate::content::draft::Draft;
use crate::content::problem::Problem;

/// NDJSON, also called JSON Lines.
pub(super) struct Ndjson;

impl Format for Ndjson {
    fn name(&self) -> &'static str {
        "NDJSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ndjson", "jsonl"]
    }

    fn holds(&self) -> Holds {
        Holds::Many
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let fields = Fields::new(&input.site.formats);
        for number in 1.. {
            match input.line()? {
                None => break,
                Some(Line::TooLong) => found(Err(Problem::too_large(input.path, number, input.most))),
                Some(Line::Whole(line)) if line.trim_ascii().is_empty() => {}
                Some(Line::Whole(line)) => match draft(input.path, number, &line, &fields) {
                    // A file that is still being written, or was cut short, ends within a line.
                    Err(_) if !line.ends_with(b"\n") => return Err(Broken::Off(cut_short(input.path, number))),
                    read => found(read),
                },
            }
        }
        Ok(())
    }
}

fn draft(path: &str, number: usize, line: &[u8], fields: &Fields) -> Result<Draft, Problem> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    Ok(fields.draft(json_object(path, number, line)?, number))
}

fn cut_short(path: &str, number: usize) -> Problem {
    let reason = "the file breaks off within this line; articles that came after it stay as they were";
    Problem::error(path, Some(number), reason)
}
