//! Golden files: texts with every term that the analyzer makes of them, for a Thai editor to read.
//!
//! A block is a gloss, the text, and a line for each position: its terms with their bytes in the text. Run with
//! `GOLDEN=update` to write what the analyzer gives now; read the difference before you keep it.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use khonha::text::{Analyzer, Form, Token};

const FILES: [&str; 7] = ["thai", "normalization", "abbreviations", "variants", "dates", "english", "mixed"];
const FEWEST_CASES: usize = 300;

#[test]
fn texts_are_analyzed_as_the_golden_files_say() {
    let analyzer = Analyzer::new([]);
    let mut cases = 0;
    for name in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
        let golden = fs::read_to_string(&path).expect("a golden file");
        let blocks: Vec<&str> = golden.trim_end().split("\n\n").collect();
        let given: Vec<String> = blocks.iter().map(|block| analyzed(block, &analyzer)).collect();
        cases += blocks.len() - 1;
        if env::var("GOLDEN").is_ok_and(|value| value == "update") {
            fs::write(&path, given.join("\n\n") + "\n").expect("the golden file can be written");
        } else {
            let differs = blocks.iter().zip(&given).find(|(block, given)| block != given);
            assert_eq!(
                differs.map(|(block, _)| block),
                None,
                "the analyzer gives\n{}",
                differs.map_or("", |(_, given)| given)
            );
        }
    }
    assert!(cases >= FEWEST_CASES, "{cases}");
}

/// The block with what the analyzer gives for its text. The first block of a file has no text.
fn analyzed(block: &str, analyzer: &Analyzer) -> String {
    let mut lines = block.lines();
    let (Some(gloss), Some(text)) = (lines.next(), lines.next()) else { return block.to_owned() };
    if gloss.starts_with("##") {
        return block.to_owned();
    }
    let mut shown = format!("{gloss}\n{text}");
    let tokens = analyzer.analyze(&unescaped(text));
    for forms in tokens.chunk_by(|left, right| left.position == right.position) {
        let terms: Vec<String> = forms.iter().map(term).collect();
        write!(shown, "\n  {} {}", forms[0].position, terms.join("  ")).expect("a string takes all");
    }
    shown
}

fn term(token: &Token) -> String {
    let Token { term, offsets, form, .. } = token;
    let mark = if *form == Form::Part { "+" } else { "" };
    format!("{mark}{}[{}-{}]", escaped(term), offsets.start, offsets.end)
}

/// Text with `\u{200B}` and the like as the characters they stand for.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("an escape ends with a brace");
        let code = u32::from_str_radix(code, 16).expect("an escape has a hexadecimal number");
        plain.push(char::from_u32(code).expect("an escape names a character"));
        plain.push_str(rest);
    }
    plain
}

/// What is not seen, as escapes.
fn escaped(term: &str) -> String {
    let is_seen =
        |ch: char| !ch.is_control() && !matches!(ch, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    term.chars().map(|ch| if is_seen(ch) { ch.to_string() } else { ch.escape_unicode().to_string() }).collect()
}
