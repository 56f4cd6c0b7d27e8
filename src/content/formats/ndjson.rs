//! NDJSON: a JSON object in each line, an article each.

use serde_json::{Map, Value};

use super::input::{Line, decoded};
use super::record::Fields;
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
        let fields = Fields::new(input.settings);
        for number in 1.. {
            match input.line()? {
                None => break,
                Some(Line::TooLong) => found(Err(input.too_large(number))),
                Some(Line::Whole(line)) if line.trim_ascii().is_empty() => {}
                Some(Line::Whole(line)) => match draft(input.path, number, &line, &fields) {
                    // A file that is still being written, or was cut short, ends within a line.
                    Err(problem) if !line.ends_with(b"\n") => return Err(Broken::Off(cut_short(&problem))),
                    read => found(read),
                },
            }
        }
        Ok(())
    }
}

fn draft(path: &str, number: usize, line: &[u8], fields: &Fields) -> Result<Draft, Problem> {
    let text = decoded(path, number, line)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let record: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        // The line is told already, and it is the only one.
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or(&reason);
        let reason = format!("is no JSON object: {reason}; write an article as one in each line");
        Problem::error(path, Some(number), reason)
    })?;
    Ok(fields.draft(record, number))
}

fn cut_short(problem: &Problem) -> Problem {
    let reason = format!("the file breaks off here: {}; articles that came after it stay as they were", problem.reason);
    Problem { reason, ..problem.clone() }
}
