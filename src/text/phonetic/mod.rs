//! What a Thai or English word sounds like, as a short key that sound-alikes share.
//!
//! Takes one word (normalised, lower case) and gives ASCII: คอร์รัปชัน, its misspelling คอรัปชั่น and
//! "corruption" are all KRPCN. The key leads from a word that finds nothing to words worth trying; equal
//! keys do not mean equal words. A word with any Thai letter is read as Thai, others as English; digits
//! and other scripts have no sound, and a word of nothing else has the empty key.
//!
//! After the Thai soundex codes Lk82 (V. Lorchirachoonkul, "A Thai soundex system", Information Processing
//! & Management 18(5), 1982) and Udom83 (W. Udompanich, master's thesis, Chulalongkorn University, 1983):
//! consonants that sound the same share a code, silenced letters, vowels and tones are dropped, and a
//! consonant that ends a syllable is coded as Thai pronounces it there (บ ป พ ฟ are p; ด ต จ ช ส are t;
//! น ร ล are n). English is read into the same codes, as Thai spells loan words, after P. Suwanvisat and
//! S. Prasitjutrakul, "Thai-English cross-language transliterated word retrieval using soundex
//! technique" (1998).
//!
//! Unlike theirs, a key of one or two codes also tells its first vowel. Measured on the 3,632 one-word
//! pairs of PyThaiNLP's transliteration list 1.4, 86 in 100 Thai words have their English word's key, with
//! 2 other English words of the list on average; without that vowel it is 88 in 100, with 3.6 others.
//!
//! No dictionary: where Thai writing leaves syllables open (implicit vowels, เพลา), the more common
//! reading is taken, the same one for a word and its misspelling. Linear in the length of the word.

mod english;
mod index;
mod letters;
mod likeness;
mod said;
mod thai;

use english::latin_sounds;
pub use index::{SoundIndex, SoundIndexBuilder};
pub use letters::{abbreviation, spelled_out};
pub use likeness::Sounds;
use thai::{is_thai_letter, thai_sounds};

/// A key is at most this long, in bytes; what sounds after that is not told apart.
pub const MAX_CODES: usize = 8;
/// A key of no more codes than this one is followed by the first vowel.
const FEW_CODES: usize = 2;
/// Letters read of a word, more than a key has room for; bounds the work that looks back and ahead.
const MAX_LETTERS: usize = 64;

/// The key of `word`, at most [`MAX_CODES`] ASCII capitals: X if it begins with a vowel, then its consonants;
/// where these are one or two, then A, I or O for an open, front or round first vowel.
///
/// Empty if the word has no sound, as digits and words of other scripts: such words are not alike.
pub fn key(word: &str) -> String {
    codes(&sounds(word))
}

fn sounds(word: &str) -> Vec<u8> {
    if word.chars().any(is_thai_letter) { thai_sounds(word) } else { latin_sounds(word) }
}

// Both scripts are first read into sounds: capitals are consonants (C ช, G ง, J ญ, the rest as in English),
// a, i and o are open, front and round vowels. What shares a code at a syllable's head or end is told here.

fn is_vowel(sound: u8) -> bool {
    sound.is_ascii_lowercase()
}

fn codes(sounds: &[u8]) -> String {
    let mut key = consonant_codes(sounds);
    key.truncate(MAX_CODES);
    if key.len() <= FEW_CODES {
        let vowel = sounds.iter().find(|&&sound| is_vowel(sound));
        key.extend(vowel.map(|vowel| char::from(vowel.to_ascii_uppercase())));
    }
    key
}

fn consonant_codes(sounds: &[u8]) -> String {
    let runs: Vec<&[u8]> = sounds.split(|&sound| is_vowel(sound)).collect();
    let begins_with_vowel = sounds.first().is_some_and(|&sound| is_vowel(sound));
    let mut key = String::from(if begins_with_vowel { "X" } else { "" });
    for (place, run) in runs.iter().enumerate() {
        let onset = match place {
            0 => run.len(),
            _ if place + 1 == runs.len() => 0,
            _ => onset_len(run),
        };
        let (coda, onset) = run.split_at(run.len() - onset);
        key.extend(coda_code(coda, onset));
        key.extend(onset.iter().map(|&sound| onset_code(sound)));
    }
    key
}

/// How many consonants of a run between two vowels begin the second syllable.
fn onset_len(run: &[u8]) -> usize {
    let begins = match run {
        [] => 0,
        [.., b'K' | b'P' | b'T' | b'B' | b'D' | b'F', b'R']
        | [.., b'K' | b'P' | b'B' | b'F', b'L']
        | [.., b'K', b'W'] => 2,
        _ => 1,
    };
    // The s of "instagram" is heard, the second consonant of "handball" is not.
    match run.len().checked_sub(begins + 1) {
        Some(before @ 1..) if run[before] == b'S' => begins + 1,
        _ => begins,
    }
}

fn onset_code(sound: u8) -> char {
    match sound {
        b'V' => 'W',
        b'J' => 'Y',
        _ => char::from(sound),
    }
}

/// The code of the one consonant that is heard at a syllable's end, unless the next one begins with it.
fn coda_code(coda: &[u8], onset: &[u8]) -> Option<char> {
    let heard = match coda {
        [b'L', second @ (b'M' | b'F'), ..] => *second, // ฟิล์ม (film), กอล์ฟ (golf)
        [first, ..] => *first,
        [] => return None,
    };
    if onset.first().is_some_and(|&next| place_of(next) == place_of(heard)) {
        return None;
    }
    match heard {
        b'P' | b'B' | b'F' | b'V' => Some('P'),
        b'T' | b'D' | b'S' | b'C' => Some('T'),
        b'N' | b'L' | b'R' | b'J' => Some('N'),
        b'K' | b'G' | b'M' => Some(char::from(heard)),
        _ => None,
    }
}

/// Where in the mouth a sound is made, as far as Thai loses it between two syllables: ตด is one t.
fn place_of(sound: u8) -> u8 {
    match sound {
        b'B' => b'P',
        b'D' => b'T',
        _ => sound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of one sound in each row: an English word, its Thai spellings, right and wrong.
    const SOUND_ALIKE: [&[&str]; 40] = [
        &["corruption", "คอร์รัปชัน", "คอร์รัปชั่น", "คอรัปชัน", "คอรัปชั่น", "คอร์รับชัน"],
        &["website", "เว็บไซต์", "เว็ปไซด์", "เวปไซท์"],
        &["internet", "อินเทอร์เน็ต", "อินเตอร์เน็ต", "อินเตอเน็ต"],
        &["digital", "ดิจิทัล", "ดิจิตอล"],
        &["project", "โปรเจกต์", "โปรเจ็ค"],
        &["commission", "คอมมิชชัน", "คอมมิชชั่น"],
        &["email", "e-mail", "อีเมล", "อีเมล์"],
        &["software", "ซอฟต์แวร์", "ซอฟแวร์"],
        &["bank", "แบงก์", "แบงค์"],
        &["audit", "ออดิต"],
        &["budget", "บัดเจ็ต"],
        &["nominee", "นอมินี"],
        &["timeline", "ไทม์ไลน์"],
        &["download", "ดาวน์โหลด"],
        &["film", "ฟิล์ม"],
        &["golf", "กอล์ฟ"],
        &["flow", "โฟลว์"],
        &["trump", "ทรัมป์"],
        &["thyroid", "ไทรอยด์"],
        &["ทุจริต", "ทุจริด"],               // corrupt
        &["งบประมาณ", "งบประมาน"],       // budget
        &["รัฐบาล", "รัฐบาน", "รัถบาล"],    // government
        &["อนุญาต", "อนุญาติ"],             // to permit
        &["สังเกต", "สังเกตุ"],             // to observe
        &["โอกาส", "โอกาศ", "โอกาด"],    // chance
        &["กฎหมาย", "กฏหมาย", "กดหมาย"], // law
        &["เศรษฐกิจ", "เสรษฐกิจ"],         // economy
        &["สิทธิ์", "สิทธิ", "สิด"],           // a right
        &["ศาสตร์", "สาด"],               // science
        &["จันทร์", "จัน"],                 // moon
        &["บัตร", "บัด"],                  // card
        &["ทรัพย์", "ซับ"],                 // property
        &["ทราบ", "ซาบ"],                // to know
        &["อยู่", "ยู่"],                    // to be at
        &["หมา", "มา"],                  // dog
        &["จริง", "จิง"],                  // true
        &["ฤดู", "รึดู"],                   // season
        &["ธรรม", "ทัม", "ทำ"],           // dharma
        &["พรรค", "พัก"],                 // party
        &["กรรไกร", "กันไกร"],            // scissors
    ];

    /// Words that a search must not take for one another.
    const APART: [(&str, &str); 9] = [
        ("กู้", "โกง"),          // to borrow, to cheat
        ("มา", "มี"),           // to come, to have
        ("คน", "กิน"),          // person, to eat
        ("บาท", "ปาด"),        // baht, to smear
        ("ทุจริต", "สุจริต"),      // corrupt, honest
        ("รัฐบาล", "รัฐสภา"),    // government, parliament
        ("โครงการ", "โรงงาน"), // project, factory
        ("bank", "ban"),
        ("audit", "edict"),
    ];

    fn sounds(word: &str) -> String {
        String::from_utf8(super::sounds(word)).expect("sounds are ASCII letters")
    }

    #[test]
    fn words_that_sound_the_same_share_a_key() {
        for words in SOUND_ALIKE {
            for word in words {
                assert_eq!(key(word), key(words[0]), "{word} and {}", words[0]);
            }
        }
    }

    #[test]
    fn words_that_sound_otherwise_do_not() {
        for (one, other) in APART {
            assert_ne!(key(one), key(other), "{one} and {other}");
        }
    }

    #[test]
    fn keys_are_codes_of_consonants_and_short_ones_tell_the_vowel() {
        let cases = [
            ("corruption", "KRPCN"),
            ("ออดิต", "XDT"),                   // audit
            ("โกง", "KGO"),                    // to cheat
            ("มา", "MA"),                      // to come
            ("มี", "MI"),                       // to have
            ("ณ", "N"),                        // at
            ("การจัดซื้อจัดจ้างภาครัฐ", "KNCTSCTC"), // public procurement
        ];
        for (word, expected) in cases {
            assert_eq!(key(word), expected, "{word}");
        }
    }

    #[test]
    fn thai_is_read_syllable_by_syllable() {
        let cases = [
            ("ประชาชน", "PRaCaCoN"),    // people: an implicit vowel at the end
            ("ประสบการณ์", "PRaSoBKaR"), // experience: one in the middle
            ("ตลาด", "TaLaD"),          // market: one at the head
            ("รถยนต์", "RoTYoN"),        // car
            ("ภาพยนตร์", "PaPYoN"),      // film
            ("เปลี่ยน", "PLiN"),          // to change
            ("เพลง", "PLiG"),           // song
            ("เวลา", "WiLa"),           // time
            ("สวน", "SoN"),             // garden
            ("แก้ว", "Ki"),              // glass
            ("มือถือ", "MiTi"),           // mobile phone
            ("สวรรค์", "SaWaN"),         // heaven
            ("เยอรมัน", "YiRMaN"),       // German
        ];
        for (word, expected) in cases {
            assert_eq!(sounds(word), expected, "{word}");
        }
    }

    #[test]
    fn english_is_read_as_thai_spells_loan_words() {
        let cases = [
            ("corn", "KoN"),
            ("table", "TiBiL"),
            ("centre", "SiNTi"),
            ("statement", "STiTMiNT"),
            ("league", "LiK"),
            ("phone", "FoN"),
            ("city", "SiTa"),
            ("singer", "SiNCi"),
            ("psychology", "SaKoLoCa"),
            ("café", "KiFi"),
        ];
        for (word, expected) in cases {
            assert_eq!(sounds(word), expected, "{word}");
        }
    }

    #[test]
    fn words_without_letters_have_no_key() {
        for word in ["", "2567", "๒๕๖๗", "-", "ๆ", "฿", "\u{0E48}\u{0E4C}", "汉字", "кот"] {
            assert_eq!(key(word), "", "{word}");
        }
    }

    #[test]
    fn any_input_gives_a_short_key_of_capitals() {
        let letters = ["ก", "ห", "ร", "ว", "อ", "เ", "ไ", "ะ", "ั", "ิ", "็", "์", "่", "ฤ", "a", "e", "q", "é"];
        let pairs = letters.iter().flat_map(|a| letters.iter().map(move |b| [a, b]));
        for word in pairs.flat_map(|[a, b]| letters.iter().map(move |c| [*a, *b, *c].concat())) {
            for word in [word.clone(), word.repeat(40)] {
                let key = key(&word);
                assert!(key.len() <= MAX_CODES && key.bytes().all(|code| code.is_ascii_uppercase()), "{word}: {key}");
            }
        }
    }

    #[test]
    fn a_megabyte_of_one_letter_is_read_at_once() {
        let started = std::time::Instant::now();
        for letter in ["\u{0E48}", "\u{0E4C}", "\u{0E31}", "ก", "เ", "ร", "รร", "ฤ", "a", "e", "b", "1"] {
            let word = letter.repeat(1_000_000 / letter.len());
            assert!(key(&word).len() <= MAX_CODES);
        }
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn most_loan_words_have_the_key_of_their_english_word() {
        let list = include_str!("../data/th_en_transliteration_v1.4.tsv");
        let pairs = list.lines().skip(1).filter_map(|line| line.split_once('\t'));
        let pairs = pairs.map(|(thai, rest)| (thai, rest.split('\t').next().unwrap_or_default().to_lowercase()));
        let (mut equal, mut all) = (0, 0);
        for (thai, english) in pairs.filter(|(_, english)| !english.contains(' ')) {
            all += 1;
            equal += usize::from(key(thai) == key(&english));
        }
        assert!(equal * 100 >= all * 85, "{equal} of {all}");
    }
}
