//! Thai characters, and the kinds of them that writing rules tell apart.

/// A character of the Thai block (U+0E01 to U+0E7F), digits and signs included.
pub const fn is_thai(ch: char) -> bool {
    '\u{0E01}' <= ch && ch <= '\u{0E7F}'
}

/// A Thai consonant, ก to ฮ (ฤ and ฦ stand among them in the code chart and are counted).
pub const fn is_consonant(ch: char) -> bool {
    'ก' <= ch && ch <= 'ฮ'
}

/// A sign drawn above or below a consonant: vowels, tone marks, thanthakhat, nikhahit.
pub const fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// One of the four tone marks.
pub const fn is_tone(ch: char) -> bool {
    matches!(ch, '\u{0E48}'..='\u{0E4B}')
}

/// A vowel written before the consonant it follows in speech: เ แ โ ใ ไ.
pub const fn is_leading_vowel(ch: char) -> bool {
    matches!(ch, '\u{0E40}'..='\u{0E44}')
}

/// A vowel written after its consonant: ะ า ำ ๅ.
pub const fn is_following_vowel(ch: char) -> bool {
    matches!(ch, 'ะ' | 'า' | 'ำ' | 'ๅ')
}

/// A Thai character in one byte: its place in the block, 1 to 127; 0 is no Thai character.
pub type Letter = u8;

/// The bytes of each Thai character in UTF-8.
pub const BYTES: usize = 3;

/// The letter of `ch`.
pub const fn letter(ch: char) -> Letter {
    if is_thai(ch) { (ch as u32 - 0x0E00) as u8 } else { 0 }
}

/// The character of a letter that is one.
pub const fn character(letter: Letter) -> char {
    match char::from_u32(0x0E00 + letter as u32) {
        Some(ch) => ch,
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// The letters of `text`, one for each character.
pub fn letters(text: &str) -> impl DoubleEndedIterator<Item = Letter> {
    text.chars().map(letter)
}

/// The letters of `run`, which is Thai throughout.
pub fn letters_of_run(run: &str) -> impl ExactSizeIterator<Item = Letter> {
    run.as_bytes().as_chunks::<BYTES>().0.iter().map(|&[_, high, low]| (high & 1) << 6 | low & 0x3F)
}

/// Whether `text` consists of Thai characters alone and is not empty.
pub fn is_all_thai(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_thai)
}
