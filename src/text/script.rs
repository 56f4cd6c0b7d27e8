//! The few facts about single characters that the rest of `text` rests on.

/// A character of the Thai block (U+0E00 to U+0E7F), digits and signs included.
pub(super) fn is_thai(ch: char) -> bool {
    ('\u{0E00}'..='\u{0E7F}').contains(&ch)
}

/// A Thai consonant, ก to ฮ (ฤ and ฦ stand among them in the code chart and are counted).
pub(super) fn is_consonant(ch: char) -> bool {
    ('ก'..='ฮ').contains(&ch)
}

/// A sign drawn above or below a consonant: vowels, tone marks, thanthakhat, nikhahit.
pub(super) fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// One of the four tone marks, or thanthakhat (the silencer), which sit highest.
pub(super) fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{0E48}'..='\u{0E4C}')
}

/// A vowel written before the consonant it follows in speech: เ แ โ ใ ไ.
pub(super) fn is_leading_vowel(ch: char) -> bool {
    matches!(ch, '\u{0E40}'..='\u{0E44}')
}

/// A character that is not seen and carries no meaning within a word: soft hyphen, zero-width
/// space and joiners, direction marks, word joiner, byte order mark.
pub(super) fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
