//! How the letters of a file are encoded: UTF-8, or Windows-874 (TIS-620) as programs in Thai wrote it.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_874};

use super::input::decoded;
use crate::content::problem::Problem;

/// A whole file as text, and what is to be said of its encoding. `declared` is what it says itself of bytes that are not
/// UTF-8.
///
/// # Errors
/// The [`Problem`] of bytes that are no text.
pub(super) fn text(
    path: &str,
    bytes: &[u8],
    declared: Option<&'static encoding_rs::Encoding>,
) -> Result<(String, Option<Problem>), Problem> {
    let unmarked = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let (found, told) = match (Encoding::told_by(bytes), declared) {
        (Encoding::Utf16, _) if bytes[0] == 0xFF => (UTF_16LE, None),
        (Encoding::Utf16, _) => (UTF_16BE, None),
        (Encoding::Windows874, Some(declared)) => (declared, None),
        (Encoding::Windows874, None) => (WINDOWS_874, Some(Problem::warning(path, None, IS_WINDOWS_874))),
        _ => return decoded(path, 1, unmarked).map(|text| (text.to_owned(), None)),
    };
    let text = found.decode_with_bom_removal(unmarked);
    match text {
        (text, false) => Ok((text.into_owned(), told)),
        _ => Err(Problem::error(path, None, format!("is not {} text throughout; save it as UTF-8", found.name()))),
    }
}

/// What is said of such a file.
pub(super) const IS_WINDOWS_874: &str = "the file is not UTF-8 and is read as Windows-874 (TIS-620); save it as UTF-8";

/// How the letters of a file are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// All was ASCII so far, which is the same in both.
    Undecided,
    Utf8,
    Windows874,
    Utf16,
}

impl Encoding {
    /// What the beginning of a file tells.
    pub(super) fn told_by(beginning: &[u8]) -> Encoding {
        match beginning {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Encoding::Utf16,
            [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8,
            ascii if ascii.is_ascii() => Encoding::Undecided,
            other => Encoding::of_letters(other),
        }
    }

    /// A letter that is cut at the end makes nothing else of UTF-8. Nor does damage, as long as there are more Thai letters
    /// of UTF-8 than damaged places: in Windows-874 three such bytes in a row are rare.
    fn of_letters(bytes: &[u8]) -> Encoding {
        let damaged = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        let is_cut = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
        let thai = bytes.windows(3).filter(|window| matches!(window, [0xE0, 0xB8 | 0xB9, 0x80..=0xBF])).count();
        if damaged == 0 || damaged == 1 && is_cut || thai > damaged { Encoding::Utf8 } else { Encoding::Windows874 }
    }

    /// Decides by the letters of a row where nothing was decided before.
    pub(super) fn decide(&mut self, row: &[u8]) {
        if *self == Encoding::Undecided && !row.is_ascii() {
            *self = Encoding::of_letters(row);
        }
    }

    /// The text that the bytes are; `None` if they are none.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Encoding::Windows874 => {
                WINDOWS_874.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
            _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, encoding: Encoding) {
        let (bytes, ..) = WINDOWS_874.encode(text);
        assert_eq!(Encoding::told_by(&bytes), encoding, "{text}");
        let mut decided = Encoding::Undecided;
        decided.decide(&bytes);
        assert_eq!(decided.decode(&bytes).as_deref(), Some(text));
    }

    #[test]
    fn thai_in_windows_874_is_told_from_utf_8() {
        check("ชื่อเรื่อง,ผู้แต่ง", Encoding::Windows874);
        check("เขต,เงิน,เกก,แขก", Encoding::Windows874);
        check("id,title", Encoding::Undecided);
        for text in ["ชื่อเรื่อง,ผู้แต่ง", "é"] {
            assert_eq!(Encoding::told_by(text.as_bytes()), Encoding::Utf8);
        }
    }

    #[test]
    fn damage_and_a_cut_letter_leave_utf_8_what_it_is() {
        let text = "ชื่อเรื่อง,ผู้แต่ง".as_bytes();
        assert_eq!(Encoding::told_by(&text[..text.len() - 1]), Encoding::Utf8);
        assert_eq!(Encoding::told_by(&[text, &[0xFF], text].concat()), Encoding::Utf8);
    }
}
