//! Which characters are taken for one another, and what each slip costs.
//!
//! Takes characters and gives costs: what sounds alike in Thai, differs by a tone or by the length of a vowel, or
//! lies next to each other on the keyboard, costs less than other edits. All numbers of the edit distance are here.

use std::sync::LazyLock;

use crate::text::thai::letter::{is_consonant, is_tone};

/// A cost in hundredths of an edit.
pub type Cost = u32;

/// More than any allowed cost; sums of it do not overflow.
pub const FAR: Cost = 1 << 16;
/// Any one character added, dropped or exchanged (for one of its script).
pub const EDIT: Cost = 100;
/// Two neighbours that changed places.
pub const TRANSPOSED: Cost = 80;
/// A letter typed twice that is written once, or the other way about.
pub const DOUBLED: Cost = 60;
/// A consonant dropped or added under thanthakhat (the mark itself is counted apart).
pub const SILENT_CONSONANT: Cost = 60;
/// One sound that is written with one character or with two.
pub const SPELLED_OUT: Cost = 60;
/// What a slip in the first letter costs beside, in Latin script: people rarely get it wrong.
pub const FIRST_LETTER: Cost = 50;
/// The cheapest slip by which one character is typed for two.
pub const CHEAPEST_FOR_TWO: Cost = if SPELLED_OUT < SILENT_CONSONANT { SPELLED_OUT } else { SILENT_CONSONANT };

/// A tone mark, mai tai khu or thanthakhat added, dropped or (but for thanthakhat) exchanged.
const MARK: Cost = 40;
const NEIGHBOUR_KEY: Cost = 80;

/// The mark that silences a consonant.
pub const THANTHAKHAT: char = '\u{0E4C}';

/// The four tone marks, and mai tai khu which is drawn in their place.
pub const TONES: &str = "\u{0E48}\u{0E49}\u{0E4A}\u{0E4B}\u{0E47}";
/// Thai vowels that differ in length, or in nothing but writing (ใ ไ).
pub const VOWELS: [&str; 6] = ["\u{0E34}\u{0E35}", "\u{0E36}\u{0E37}", "\u{0E38}\u{0E39}", "ะา", "เแ", "ใไ"];
/// Thai consonants of the same sound, and ฎ and ฏ which look the same.
pub const CONSONANTS: [&str; 13] =
    ["คขฆฃฅ", "ซสศษ", "รลฬ", "ชฉฌ", "ทธฒฑ", "ถฐ", "ตฏ", "ดฎ", "ฎฏ", "นณ", "ยญ", "พผภ", "ฟฝ"];
/// Characters that are taken for one another besides, with what that costs.
const OTHERS: [(&str, Cost); 4] = [("\u{0E31}า", 70), ("aeiou", 70), ("ck", 60), ("sz", 60)];
const VOWEL: Cost = 50;
const SAME_SOUND_VOWEL: Cost = 30;
const SAME_SOUND_CONSONANT: Cost = 50;

/// One character, and the two that some write for it.
const SPELLINGS: [(char, [char; 2]); 2] = [('ำ', ['\u{0E31}', 'ม']), ('f', ['p', 'h'])];

/// Keyboard rows from the digits down, each from the left, so placed that a key touches those of the same and of
/// the next place in the row above: US QWERTY and Thai Kedmanee (TIS 820), each without and with shift. Characters
/// that are in no word are spaces here.
const LAYERS: [[&str; 4]; 3] = [
    ["            ", "qwertyuiop   ", "asdfghjkl  ", "zxcvbnm   "],
    [
        "   ภถ\u{0E38}\u{0E36}คตจขช",
        "ๆไำพะ\u{0E31}\u{0E35}รนยบลฃ",
        "ฟหกด\u{0E40}\u{0E49}\u{0E48}าสวง",
        "ผปแอ\u{0E34}\u{0E37}ทมใฝ",
    ],
    ["     \u{0E39}      ", "  ฎฑธ\u{0E4D}\u{0E4A}ณฯญฐ ฅ", "ฤฆฏโฌ\u{0E47}\u{0E4B}ษศซ ", "  ฉฮ\u{0E3A}\u{0E4C} ฒฬฦ"],
];
/// The layers that are on the same keys, with other shift states.
const SAME_KEYS: [&[[&str; 4]]; 2] = [LAYERS.split_at(1).0, LAYERS.split_at(1).1];

/// A character as the tables of costs know it; 0 is any character without costs of its own.
pub type Symbol = usize;
const SYMBOLS: usize = 128;
const DIGIT: Symbol = 1;
const FIRST_LATIN: Symbol = 2;
const FIRST_THAI: Symbol = FIRST_LATIN + 26;

/// The symbol of a character.
pub fn symbol(ch: char) -> Symbol {
    match ch {
        'a'..='z' => FIRST_LATIN + (ch as usize - 'a' as usize),
        '0'..='9' | '๐'..='๙' => DIGIT,
        'ก'..='\u{0E4F}' => FIRST_THAI + (ch as usize - 'ก' as usize),
        _ => 0,
    }
}

/// What it costs to take one character for others, by symbol.
pub type Exchanges = [Cost; SYMBOLS];

static EXCHANGES: LazyLock<Box<[Exchanges; SYMBOLS]>> = LazyLock::new(exchanges);

/// What it costs to take `ch` for each other character. Not for itself.
pub fn exchanges_of(ch: char) -> &'static Exchanges {
    &EXCHANGES[symbol(ch)]
}

fn exchanges() -> Box<[Exchanges; SYMBOLS]> {
    let mut table = Box::new([[EDIT; SYMBOLS]; SYMBOLS]);
    let vowels = VOWELS.iter().map(|pair| (*pair, if pair.contains('ใ') { SAME_SOUND_VOWEL } else { VOWEL }));
    let consonants = CONSONANTS.iter().map(|group| (*group, SAME_SOUND_CONSONANT));
    let groups = vowels.chain(consonants).chain(OTHERS).chain([(TONES, MARK)]);
    for (one, other, cost) in groups.flat_map(|(group, cost)| pairs(group, cost)).chain(neighbours()) {
        let known = &mut table[symbol(one)][symbol(other)];
        *known = cost.min(*known);
    }
    for other in 0..SYMBOLS {
        table[DIGIT][other] = FAR;
        table[other][DIGIT] = FAR;
    }
    table
}

fn pairs(group: &'static str, cost: Cost) -> impl Iterator<Item = (char, char, Cost)> {
    group.chars().flat_map(move |one| group.chars().map(move |other| (one, other, cost)))
}

/// All pairs of characters on neighbouring keys of one shift state, or on one key.
fn neighbours() -> impl Iterator<Item = (char, char, Cost)> {
    LAYERS
        .as_flattened()
        .iter()
        .flat_map(|row| row.chars())
        .flat_map(|ch| neighbour_keys(ch).into_iter().map(move |other| (ch, other, NEIGHBOUR_KEY)))
}

/// The characters on the keys around the one of `ch`, with the same shift state, and the other one of its key.
pub fn neighbour_keys(ch: char) -> Vec<char> {
    let keys = SAME_KEYS.iter().flat_map(|layers| layers.iter().map(move |layer| (*layers, layer)));
    let found = keys.filter(|_| ch != ' ').find_map(|(layers, layer)| Some((layers, layer, place(layer, ch)?)));
    let Some((layers, layer, (row, key))) = found else { return Vec::new() };
    let beside = [(row, key.wrapping_sub(1)), (row, key + 1)];
    let above = [(row.wrapping_sub(1), key), (row.wrapping_sub(1), key + 1)];
    let below = [(row + 1, key.wrapping_sub(1)), (row + 1, key)];
    let around = [beside, above, below].concat().into_iter().filter_map(|place| on_key(layer, place));
    let same_key = layers.iter().filter_map(|layer| on_key(layer, (row, key)));
    around.chain(same_key).filter(|&other| other != ch && other != ' ').collect()
}

fn place(layer: &[&str; 4], ch: char) -> Option<(usize, usize)> {
    layer.iter().enumerate().find_map(|(row, keys)| Some((row, keys.chars().position(|key| key == ch)?)))
}

fn on_key(layer: &[&str; 4], (row, key): (usize, usize)) -> Option<char> {
    layer.get(row)?.chars().nth(key)
}

/// What it costs to add or drop `ch` between `before` and `after`.
pub fn addition(before: Option<char>, ch: char, after: Option<char>) -> Cost {
    match ch {
        _ if symbol(ch) == DIGIT => FAR,
        _ if is_tone(ch) || ch == '\u{0E47}' || ch == THANTHAKHAT => MARK,
        _ if before == Some(ch) => DOUBLED,
        _ if is_consonant(ch) && after == Some(THANTHAKHAT) => SILENT_CONSONANT,
        _ => EDIT,
    }
}

/// Whether two neighbours may change places.
pub fn can_change_places(first: char, second: char) -> bool {
    first != second && symbol(first) != DIGIT && symbol(second) != DIGIT
}

/// The two characters that some write for `ch`.
pub fn spelled_out(ch: char) -> Option<[char; 2]> {
    SPELLINGS.iter().find(|(one, _)| *one == ch).map(|(_, two)| *two)
}

/// Whether `ch` may be typed for two characters: those it is a contraction of, or a consonant and thanthakhat.
pub fn stands_for_two(ch: char) -> bool {
    ch == THANTHAKHAT || spelled_out(ch).is_some()
}

/// The character that some write for these two.
pub fn contracted(two: [char; 2]) -> Option<char> {
    SPELLINGS.iter().find(|(_, known)| *known == two).map(|(one, _)| *one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(char, char)], expected: Cost) {
        for &(one, other) in pairs {
            assert_eq!(exchanges_of(one)[symbol(other)], expected, "{one} {other}");
            assert_eq!(exchanges_of(other)[symbol(one)], expected, "{other} {one}");
        }
    }

    #[test]
    fn what_sounds_alike_is_cheaper_than_what_lies_together() {
        check(&[('\u{0E48}', '\u{0E49}'), ('\u{0E4B}', '\u{0E47}')], 40);
        check(&[('ใ', 'ไ')], 30);
        check(&[('ส', 'ศ'), ('ร', 'ล'), ('ค', 'ฆ'), ('ฎ', 'ฏ'), ('\u{0E38}', '\u{0E39}'), ('ะ', 'า')], 50);
        check(&[('\u{0E31}', 'า'), ('a', 'e')], 70);
        check(&[('ก', 'ด'), ('ก', 'ฏ'), ('ก', 'ำ'), ('ก', 'แ'), ('q', 'w'), ('a', 'z'), ('g', 'v')], 80);
        check(&[('ก', 'ม'), ('q', 'p'), ('é', 'e'), ('ก', 'a'), ('s', 'c')], 100);
    }

    #[test]
    fn a_key_has_the_neighbours_of_the_real_keyboard() {
        let around = |ch| neighbour_keys(ch).into_iter().collect::<String>();
        assert_eq!(around('g'), "fhtyvb");
        assert_eq!(around('q'), "wa");
        assert_eq!(around('ด'), "กเพะอ\u{0E34}โ".replace("อ\u{0E34}", "แอ"));
        assert_eq!(around(' '), "");
        assert_eq!(around('7'), "");
    }

    #[test]
    fn a_digit_is_never_changed() {
        check(&[('1', '2'), ('๑', 'ก'), ('0', 'o')], FAR);
        assert_eq!(addition(Some('1'), '1', None), FAR);
        assert!(!can_change_places('1', 'a'));
    }

    #[test]
    fn what_is_not_heard_is_cheap_to_add() {
        assert_eq!(addition(Some('อ'), 'ร', Some(THANTHAKHAT)), 60);
        assert_eq!(addition(Some('ร'), THANTHAKHAT, None), 40);
        assert_eq!(addition(Some('l'), 'l', None), 60);
        assert_eq!(addition(Some('a'), 'l', None), 100);
    }
}
