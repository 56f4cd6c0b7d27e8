//! What glyphs stand for whose numbers are no letters: those of old Thai fonts, ligatures, and Thai of one byte a letter that
//! was taken for Western European.

use std::iter;

/// From this share of such letters on a text is Thai of one byte a letter.
const MOSTLY: f64 = 0.6;
/// Where Thai begins in Unicode, and in its encoding of one byte.
const THAI: u32 = 0xE00;
const ONE_BYTE: u32 = 0xA0;

/// The letters that the characters of a PDF stand for. What has no width and no meaning is left out.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    let one_byte = is_one_byte_thai(text);
    text.chars().flat_map(move |ch| {
        let ch = if one_byte { of_one_byte(ch) } else { ch };
        let (ligature, letter) = match ligature(ch) {
            Some(letters) => (letters, None),
            None => ("", letter(ch)),
        };
        ligature.chars().chain(letter)
    })
}

/// Whether `ch` is a glyph that nobody knows.
pub(super) fn is_private(ch: char) -> bool {
    matches!(ch, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..) || ch == char::REPLACEMENT_CHARACTER
}

fn letter(ch: char) -> Option<char> {
    match ch {
        '\u{F700}'..='\u{F71A}' => Some(of_old_font(ch)),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        ch if ch.is_control() && !ch.is_whitespace() => None,
        ch => Some(ch),
    }
}

/// Thai fonts of the time before OpenType have marks in several places as glyphs of their own: to the left for tall letters,
/// lower where no vowel is, and two letters without their tails. The numbers are those that Microsoft gave them.
fn of_old_font(ch: char) -> char {
    match ch {
        '\u{F700}' => 'ฐ',
        '\u{F701}'..='\u{F704}' => nth('ิ', ch, '\u{F701}'),
        '\u{F705}'..='\u{F709}' => nth('่', ch, '\u{F705}'),
        '\u{F70A}'..='\u{F70E}' => nth('่', ch, '\u{F70A}'),
        '\u{F70F}' => 'ญ',
        '\u{F710}' => 'ั',
        '\u{F711}' => 'ํ',
        '\u{F712}' => '็',
        '\u{F713}'..='\u{F717}' => nth('่', ch, '\u{F713}'),
        '\u{F718}'..='\u{F71A}' => nth('ุ', ch, '\u{F718}'),
        ch => ch,
    }
}

/// The letter as far after `first` as `ch` is after `from`.
fn nth(first: char, ch: char, from: char) -> char {
    char::from_u32(u32::from(first) + u32::from(ch) - u32::from(from)).unwrap_or(ch)
}

fn ligature(ch: char) -> Option<&'static str> {
    Some(match ch {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => return None,
    })
}

/// Thai of one byte a letter that was taken for Western European: ¡ÒÃ for การ. In no language of Europe are so many letters
/// of a text beyond ASCII.
fn is_one_byte_thai(text: &str) -> bool {
    let letters = text.chars().filter(|ch| ch.is_alphabetic() || is_of_one_byte(*ch)).count();
    let high = text.chars().filter(|&ch| is_of_one_byte(ch)).count();
    letters > 0 && high as f64 / letters as f64 > MOSTLY && high > 3
}

fn is_of_one_byte(ch: char) -> bool {
    matches!(ch, '\u{A1}'..='\u{DA}' | '\u{DF}'..='\u{FB}')
}

fn of_one_byte(ch: char) -> char {
    let thai = is_of_one_byte(ch).then(|| char::from_u32(u32::from(ch) - ONE_BYTE + THAI)).flatten();
    thai.unwrap_or(ch)
}

/// The marks in `text` that no letter carries.
pub(super) fn stray_marks(text: &str, is_mark: impl Fn(char) -> bool) -> usize {
    let before = iter::once(' ').chain(text.chars());
    let carries = |ch: char| matches!(ch, 'ก'..='ฮ') || is_mark(ch);
    before.zip(text.chars()).filter(|&(before, ch)| is_mark(ch) && !carries(before)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::old_fonts("\u{F700}\u{F701}\u{F702}\u{F703}\u{F704}\u{F70F}\u{F710}\u{F711}\u{F712}", "ฐิีึืญัํ็")]
    #[case::tones_of_old_fonts(
        "\u{F705}\u{F709}\u{F70A}\u{F70E}\u{F713}\u{F717}\u{F718}\u{F71A}",
        "\u{E48}\u{E4C}\u{E48}\u{E4C}\u{E48}\u{E4C}\u{E38}\u{E3A}"
    )]
    #[case::ligatures("eﬃcient oﬃce ﬁle", "efficient office file")]
    #[case::no_width("การ\u{200B}ทำ\u{AD}งาน\u{FEFF}", "การทำงาน")]
    #[case::one_byte("¡ÒÃ·Ó§Ò¹ 2567", "การทำงาน 2567")]
    #[case::western_european("Café Zürich, naïve façade — Ångström", "Café Zürich, naïve façade — Ångström")]
    fn glyphs_become_letters(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(letters(text).collect::<String>(), expected);
    }
}
