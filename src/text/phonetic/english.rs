//! The sounds of an English word, as Thai hears them.

use super::{MAX_LETTERS, is_vowel};

/// Spellings and their sounds; the first that fits counts, and a letter that none fits is silent (the r of
/// "corn"). ^ is the word's start; behind | stands what must follow unread: $ the end, @ a vowel, # a
/// consonant, < one of e i y E, else that letter. Capitals are what [`mark_silent`] wrote: E a silent e,
/// L and R the ends of "apple" and "centre".
#[rustfmt::skip] // by first letter, where only the order within one letter counts
const SPELLINGS: [(&str, &str); 108] = [
    ("alk", "oK"), ("all", "oL"), ("arr", "iR"), ("ar|@", "iR"), ("ar|E", "i"), ("ai", "i"), ("ar", "a"), ("au", "o"),
    ("aw", "o"), ("ay", "i"), ("a", "i"), ("b", "B"),
    ("cial", "CiL"), ("ch|arac", "K"), ("ch|ae", "K"), ("ch|em", "K"), ("ch|or", "K"), ("cc|<", "KS"), ("ch|l", "K"),
    ("ch|n", "K"), ("ch|r", "K"), ("ch", "C"), ("ck", "K"), ("c|<", "S"), ("c", "K"),
    ("d", "D"),
    ("^eu", "Yo"), ("eau", "o"), ("eu", "o"), ("e", "i"),
    ("f", "F"),
    ("^gh", "K"), ("^gn", "N"), ("gn|$", "N"), ("gu|<", "K"), ("gg", "K"), ("gh", ""), ("g|<", "C"), ("g", "K"),
    ("h|@", "H"),
    ("ind|$", "aN"), ("igh", "a"), ("i|#E", "a"), ("i", "i"),
    ("j", "C"), ("^kn", "N"), ("kh", "K"), ("k", "K"),
    ("l", "L"), ("mb|$", "M"), ("m", "M"),
    ("nc|t", "GK"), ("ng|$", "G"), ("ng|<", "NC"), ("ng", "GK"), ("nk", "GK"), ("n", "N"),
    ("o", "o"),
    ("^psych", "SaK"), ("^ps", "S"), ("^pt", "T"), ("ph", "F"), ("p", "P"),
    ("qu|E", "K"), ("qu", "KW"), ("q", "K"), ("rh", "R"), ("r|@", "R"),
    ("^scho", "SKo"), ("ssion", "CiN"), ("sion", "CiN"), ("ssu|e", "C"), ("sur|E", "Ci"),
    ("sch", "C"), ("sc|<", "S"), ("sh", "C"), ("s", "S"),
    ("^ts", "S"), ("tech", "TiK"), ("tial", "CiL"), ("tion", "CiN"), ("tur|E", "Ci"), ("tur|a", "CiR"), ("tu|al", "C"),
    ("th", "T"), ("t", "T"),
    ("^u|ni", "Yo"), ("^u|ra", "Yo"), ("ur|@", "oR"), ("ui", "i"), ("ur", "i"), ("uy", "a"), ("u|##", "a"),
    ("u|#$", "a"), ("u", "o"), ("v", "V"),
    ("^wr", "R"), ("wor", "Wi"), ("wa", "Wo"), ("wh", "W"), ("w|@", "W"),
    ("^x", "S"), ("x", "KS"), ("^y|@", "Y"), ("y", "a"),
    ("z", "S"), ("L", "iL"), ("R", "i"),
];

/// Endings before which an e after a consonant is silent.
const AFTER_SILENT_E: [&str; 8] = ["", "s", "d", "less", "ful", "ment", "ly", "ness"];

pub(super) fn latin_sounds(word: &str) -> Vec<u8> {
    let mut letters: Vec<u8> = word.chars().filter_map(plain).take(MAX_LETTERS).collect();
    mark_silent(&mut letters);
    let mut sounds: Vec<u8> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let (len, said) = spelled(&letters, at);
        said.bytes().for_each(|sound| push_sound(&mut sounds, sound));
        at += len;
    }
    sounds
}

/// A doubled consonant is one sound, and so are vowels in a row: the first, save that o rounds a.
fn push_sound(sounds: &mut Vec<u8>, sound: u8) {
    match sounds.last_mut() {
        Some(last) if is_vowel(*last) && is_vowel(sound) => {
            if *last == b'a' && sound == b'o' {
                *last = sound;
            }
        }
        Some(last) if *last == sound => {}
        _ => sounds.push(sound),
    }
}

/// How many letters are read at a place, and their sounds.
fn spelled(letters: &[u8], at: usize) -> (usize, &'static str) {
    let fitting = SPELLINGS.iter().find_map(|(spelling, said)| Some((fit(spelling, letters, at)?, *said)));
    fitting.unwrap_or((1, ""))
}

/// The number of letters that `spelling` reads at a place, if it fits there.
fn fit(spelling: &str, letters: &[u8], at: usize) -> Option<usize> {
    let (read, ahead) = spelling.split_once('|').unwrap_or((spelling, ""));
    let anywhere = read.trim_start_matches('^');
    if anywhere.len() < read.len() && at > 0 {
        return None;
    }
    let rest = letters.get(at..)?.strip_prefix(anywhere.as_bytes())?;
    let follows = ahead.bytes().enumerate().all(|(i, wanted)| is_kind(wanted, rest.get(i).copied()));
    follows.then_some(anywhere.len())
}

fn is_kind(wanted: u8, letter: Option<u8>) -> bool {
    match (wanted, letter) {
        (b'$', found) => found.is_none(),
        (b'@', Some(letter)) => is_vowel_letter(letter),
        (b'#', Some(letter)) => !is_vowel_letter(letter) && letter != b'E',
        (b'<', Some(letter)) => matches!(letter, b'e' | b'i' | b'y' | b'E'),
        (_, found) => found == Some(wanted),
    }
}

fn is_vowel_letter(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Marks the e of "base" and "statement" with E, and writes L for the end of "table", R for that of "metre".
fn mark_silent(letters: &mut Vec<u8>) {
    if let [.., before, last @ (b'l' | b'r'), b'e'] = letters[..]
        && !is_vowel_letter(before)
        && before != last
    {
        letters.truncate(letters.len() - 2);
        letters.push(last.to_ascii_uppercase());
        return;
    }
    let silent = AFTER_SILENT_E.iter().find_map(|ending| silent_e(letters, ending));
    if let Some(at) = silent {
        letters[at] = b'E';
    }
}

/// The place of a silent e before `ending`: after a consonant (or the u of "gue", "que") that has a vowel before it.
fn silent_e(letters: &[u8], ending: &str) -> Option<usize> {
    let [stem @ .., before, b'e'] = letters.strip_suffix(ending.as_bytes())? else { return None };
    let is_said = matches!(ending, "s" | "d") && matches!(before, b't' | b'd' | b's' | b'x' | b'z' | b'h');
    let is_hard = *before == b'u' && matches!(stem.last(), Some(b'g' | b'q'));
    let after_consonant = !is_vowel_letter(*before) || is_hard;
    let is_silent = after_consonant && !is_said && stem.iter().any(|&letter| is_vowel_letter(letter));
    is_silent.then_some(stem.len() + 1)
}

/// The letter a to z that `ch` is, without case and accent.
fn plain(ch: char) -> Option<u8> {
    Some(match ch {
        'a'..='z' | 'A'..='Z' => u8::try_from(ch).ok()?.to_ascii_lowercase(),
        'à'..='å' => b'a',
        'è'..='ë' => b'i', // never silent, as the e of café
        'ì'..='ï' => b'i',
        'ò'..='ö' | 'ø' => b'o',
        'ù'..='ü' => b'u',
        'ç' => b's',
        'ñ' => b'n',
        _ => return None,
    })
}
