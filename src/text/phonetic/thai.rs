//! The sounds of a Thai word, as its letters tell them.

use super::said::said;
use super::{MAX_LETTERS, onset_len};

const THANTHAKHAT: char = '\u{0E4C}';

/// How a syllable that was read may go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coda {
    /// With a consonant or without, as after กา.
    Possible,
    /// With a consonant for sure, as after กั.
    Awaited,
    /// It is complete, as after กะ.
    Complete,
    /// It is complete in Thai words; in loan words the silenced consonant is heard, as in ไลน์ (line).
    Glide,
}

/// A vowel as written before and after its consonant, its sound, and what may follow. First match counts.
type Rime = (&'static str, &'static str, u8, Coda);

#[rustfmt::skip] // by what stands before, longer ones first
const RIMES: [Rime; 34] = [
    ("ไ", "ย", b'a', Coda::Glide), ("ไ", "", b'a', Coda::Glide), ("ใ", "", b'a', Coda::Glide),
    ("โ", "ะ", b'o', Coda::Complete), ("โ", "", b'o', Coda::Possible),
    ("แ", "ะ", b'i', Coda::Complete), ("แ", "็", b'i', Coda::Awaited), ("แ", "", b'i', Coda::Possible),
    ("เ", "ียะ", b'i', Coda::Complete), ("เ", "ีย", b'i', Coda::Possible), ("เ", "ือ", b'i', Coda::Possible),
    ("เ", "าะ", b'o', Coda::Complete), ("เ", "า", b'o', Coda::Glide), ("เ", "อะ", b'i', Coda::Complete),
    ("เ", "อ", b'i', Coda::Possible), ("เ", "ะ", b'i', Coda::Complete), ("เ", "็", b'i', Coda::Awaited),
    ("เ", "ิ", b'i', Coda::Possible), ("เ", "", b'i', Coda::Possible),
    ("", "ัวะ", b'o', Coda::Complete), ("", "ัว", b'o', Coda::Possible), ("", "ั", b'a', Coda::Awaited),
    ("", "ะ", b'a', Coda::Complete), ("", "า", b'a', Coda::Possible), ("", "ิ", b'i', Coda::Possible),
    ("", "ี", b'i', Coda::Possible), ("", "ึ", b'i', Coda::Possible), ("", "ือ", b'i', Coda::Possible),
    ("", "ื", b'i', Coda::Possible), ("", "ุ", b'o', Coda::Possible), ("", "ู", b'o', Coda::Possible),
    ("", "็อ", b'o', Coda::Possible), ("", "็", b'i', Coda::Awaited), ("", "อ", b'o', Coda::Possible),
];

pub(super) fn is_thai_letter(ch: char) -> bool {
    is_consonant(ch) || is_vowel_sign(ch) || is_leading_vowel(ch)
}

fn is_consonant(ch: char) -> bool {
    ('ก'..='ฮ').contains(&ch)
}

fn is_leading_vowel(ch: char) -> bool {
    ('เ'..='ไ').contains(&ch)
}

/// A vowel written after, above or below its consonant.
fn is_vowel_sign(ch: char) -> bool {
    matches!(ch, 'ะ'..='\u{0E39}' | 'ๅ' | '\u{0E47}')
}

pub(super) fn thai_sounds(word: &str) -> Vec<u8> {
    let letters = word.chars().filter(|&ch| is_thai_letter(ch) || ch == THANTHAKHAT).take(MAX_LETTERS);
    let spelled: String = letters.map(|ch| if matches!(ch, 'ศ' | 'ษ') { 'ส' } else { ch }).collect();
    let said = said(spelled);
    let letters = Spelling(without_silent(&Spelling(said.chars().collect())));
    let mut reader = ThaiReader { letters, at: 0, sounds: Vec::new(), bare: Vec::new(), coda: Coda::Complete };
    while reader.read() {}
    reader.flush(Next::End);
    reader.sounds
}

/// The letters of a Thai word without tone marks, readable past both ends.
struct Spelling(Vec<char>);

impl Spelling {
    /// The letter `at` a place, or a space beyond the last one.
    fn letter(&self, at: usize) -> char {
        self.0.get(at).copied().unwrap_or(' ')
    }

    /// How many letters the consonant `at` is silenced with: ร์ is two, ธิ์ three, a plain one none.
    fn silenced(&self, at: usize) -> Option<usize> {
        match (self.letter(at + 1), self.letter(at + 2)) {
            (THANTHAKHAT, _) => Some(2),
            ('\u{0E34}' | '\u{0E38}', THANTHAKHAT) => Some(3),
            _ => None,
        }
    }

    /// Whether the consonant `at` has no vowel written after it and is not silenced.
    fn is_bare(&self, at: usize) -> bool {
        let next = self.letter(at + 1);
        let next_is_vowel = is_vowel_sign(next) || next == 'อ' && !is_vowel_sign(self.letter(at + 2));
        is_consonant(self.letter(at)) && !next_is_vowel && next != THANTHAKHAT
    }

    /// ห before a sonorant of the same syllable, as in หมา (dog), and อ before ย in อยู่ (to be at).
    fn is_silent(&self, at: usize) -> bool {
        let (next, after) = (self.letter(at + 1), self.letter(at + 2));
        let sonorant = matches!(next, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว');
        let goes_on = is_vowel_sign(after) || is_consonant(after) && self.silenced(at + 2).is_none();
        let after_ai = at > 0 && matches!(self.letter(at - 1), 'ไ' | 'ใ');
        match self.letter(at) {
            'ห' => sonorant && (goes_on || after_ai),
            'อ' => at == 0 && next == 'ย' && matches!(after, 'า' | '\u{0E39}'),
            _ => false,
        }
    }

    /// รร, a vowel: alone in ธรรม (dharma), with an n in บรรดา (all).
    fn ro_han(&self, at: usize) -> Option<&'static str> {
        let is_ro_han = at > 0 && is_consonant(self.letter(at - 1)) && self.letter(at) == 'ร';
        if !is_ro_han || self.letter(at + 1) != 'ร' || self.letter(at + 2) == THANTHAKHAT {
            return None;
        }
        let has_coda = self.letter(at + 2) == 'ม' || self.is_bare(at + 2) && self.silenced(at + 2).is_none();
        Some(if has_coda { "ั" } else { "ัน" })
    }

    /// Whether the consonant `at`, after a leading vowel, only begins a cluster: ป of โปรด (please).
    fn begins_cluster(&self, at: usize, leading: &str) -> bool {
        let (first, second) = (self.letter(at), self.letter(at + 1));
        let can_join = match second {
            'ร' | 'ล' => matches!(first, 'ก' | 'ข' | 'ค' | 'ต' | 'ท' | 'ป' | 'พ' | 'ผ' | 'บ' | 'ด' | 'ฟ'),
            'ว' => matches!(first, 'ก' | 'ข' | 'ค'),
            _ => false,
        };
        // เปลี่ยน (to change) has its vowel around the cluster, เพลง (song) goes on, เดล (Dale) does not.
        let vowel_around = leading == "เ" && is_vowel_sign(self.letter(at + 2));
        let joins = second == 'ร' || matches!(leading, "ไ" | "ใ") || self.goes_on(at + 2);
        can_join && self.silenced(at + 1).is_none() && (vowel_around || self.is_bare(at + 1) && joins)
    }

    /// Whether the syllable before has a consonant `at` its end, or a silenced glide as in โฟลว์ (flow).
    fn goes_on(&self, at: usize) -> bool {
        self.is_bare(at) || matches!(self.letter(at), 'ย' | 'ว') && self.silenced(at).is_some()
    }
}

fn without_silent(letters: &Spelling) -> Vec<char> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < letters.0.len() {
        if let Some(said) = letters.ro_han(at) {
            kept.extend(said.chars());
            at += 2;
            continue;
        }
        if !letters.is_silent(at) {
            kept.push(letters.letter(at));
        }
        at += 1;
    }
    kept
}

/// What stands behind a run of consonants without a written vowel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A consonant with a vowel; its sound, if it has one.
    Syllable(Option<u8>),
    /// A silenced consonant.
    Silenced,
    /// Nothing.
    End,
}

/// Reads syllable by syllable. Consonants without a written vowel wait until it is seen what follows.
struct ThaiReader {
    letters: Spelling,
    at: usize,
    sounds: Vec<u8>,
    bare: Vec<char>,
    coda: Coda,
}

impl ThaiReader {
    /// Reads the next consonant with its vowel, or skips a stray sign; false at the end.
    fn read(&mut self) -> bool {
        let leading = self.leading_vowel();
        let consonant = self.letters.letter(self.at);
        if !is_consonant(consonant) {
            self.at += 1;
        } else if let Some(len) = self.letters.silenced(self.at) {
            self.silence(consonant, len);
            self.at += len;
        } else if !leading.is_empty() && self.letters.begins_cluster(self.at, leading) {
            self.bare.push(consonant);
            self.at += 1;
            self.consonant(leading);
        } else {
            self.consonant(leading);
        }
        self.at < self.letters.0.len()
    }

    fn leading_vowel(&mut self) -> &'static str {
        let leading = match self.letters.letter(self.at) {
            'เ' => "เ",
            'แ' => "แ",
            'โ' => "โ",
            'ใ' => "ใ",
            'ไ' => "ไ",
            _ => return "",
        };
        self.at += 1;
        leading
    }

    /// The consonant that stands here, with the vowel that `leading` begins.
    fn consonant(&mut self, leading: &str) {
        let consonant = self.letters.letter(self.at);
        self.at += 1;
        let Some((len, vowel, coda)) = self.rime(leading) else {
            self.bare.push(consonant);
            return;
        };
        self.flush(Next::Syllable(sound_of(consonant)));
        self.at += len;
        self.coda = coda;
        self.sounds.extend(sound_of(consonant));
        let vowel = self.glide(vowel);
        self.sounds.push(vowel);
    }

    fn rime(&self, leading: &str) -> Option<(usize, u8, Coda)> {
        // ว between consonants is the vowel ua, as in สวน (garden).
        let wo_is_vowel = self.letters.letter(self.at) == 'ว' && self.letters.is_bare(self.at);
        if leading.is_empty() && wo_is_vowel && self.letters.is_bare(self.at + 1) {
            return Some((1, b'o', Coda::Possible));
        }
        let matching = RIMES.iter().find(|(before, after, ..)| *before == leading && self.has_tail(after))?;
        Some((matching.1.chars().count(), matching.2, matching.3))
    }

    /// Whether `tail` stands here, and its last letter is not the head of the next syllable.
    fn has_tail(&self, tail: &str) -> bool {
        let len = tail.chars().count();
        let stands = tail.chars().enumerate().all(|(i, ch)| self.letters.letter(self.at + i) == ch);
        let last = (self.at + len).saturating_sub(1);
        let is_letter = tail.ends_with(['ย', 'ว', 'อ']);
        stands && (!is_letter || self.letters.is_bare(last))
    }

    /// Takes up ย or ว that ends the vowel, as in กาย (body) and แก้ว (glass).
    fn glide(&mut self, vowel: u8) -> u8 {
        let glide = self.letters.letter(self.at);
        let open = matches!(self.coda, Coda::Possible | Coda::Awaited);
        if !open || !matches!(glide, 'ย' | 'ว') || !self.letters.is_bare(self.at) {
            return vowel;
        }
        self.at += 1;
        self.coda = Coda::Glide;
        if vowel == b'a' && glide == 'ว' { b'o' } else { vowel }
    }

    /// A silenced consonant ends the syllable in writing, and is heard where loan words have it for a sound.
    fn silence(&mut self, consonant: char, len: usize) {
        let at_end = self.at + len == self.letters.0.len();
        let is_heard = match consonant {
            'ร' | 'ย' | 'ว' | 'ห' => false,
            'ล' if at_end => true, // อีเมล์ for อีเมล (e-mail)
            _ => self.coda == Coda::Glide,
        };
        if !self.bare.is_empty() {
            self.flush(Next::Silenced);
        } else if is_heard {
            self.sounds.extend(sound_of(consonant));
            self.coda = Coda::Complete;
        }
    }

    /// Gives the waiting consonants their place: the end of the last syllable, or syllables of their own.
    fn flush(&mut self, next: Next) {
        let waiting = std::mem::take(&mut self.bare);
        if waiting.is_empty() {
            return;
        }
        let mut run = waiting.as_slice();
        if matches!(self.coda, Coda::Possible | Coda::Awaited) {
            run = self.end_syllable(run, next);
        }
        self.own_syllables(run, next);
        self.coda = Coda::Complete;
    }

    /// Ends the open syllable with the first of `run`; what is left makes syllables of its own.
    fn end_syllable<'a>(&mut self, run: &'a [char], next: Next) -> &'a [char] {
        let at_end = !matches!(next, Next::Syllable(_));
        let heard = if at_end { self.without_silent_end(run, next) } else { run };
        let Some((&coda, rest)) = heard.split_first() else { return heard };
        self.sounds.extend(sound_of(coda));
        // Two at the end are a syllable: ชน of ประชาชน (people).
        if at_end && rest.len() == 1 {
            self.sounds.push(b'o');
        }
        rest
    }

    /// Leaves out what is not said at the end: ร of บัตร (card), ตร of ศาสตร์ (science), ท of จันทร์ (moon).
    fn without_silent_end<'a>(&self, run: &'a [char], next: Next) -> &'a [char] {
        let after_short = self.coda == Coda::Awaited;
        let before_silenced = next == Next::Silenced && run.len().is_multiple_of(2);
        match run {
            [heard @ .., 'ต' | 'ท', 'ร'] if !heard.is_empty() => heard,
            [heard, 'ร'] if after_short || matches!(heard, 'ต' | 'ท') => &run[..1],
            [_, _] if after_short => &run[..1],
            [heard @ .., 'ต' | 'ท' | 'ด' | 'ส' | 'ธ' | 'ก'] if before_silenced => heard,
            _ => run,
        }
    }

    /// Syllables with an implicit vowel: pairs with o between (คน, person), a lone first one with a (ขนม, sweet).
    fn own_syllables(&mut self, run: &[char], next: Next) {
        let (lone, pairs) = run.split_at(run.len() % 2);
        if let [consonant] = lone {
            self.sounds.extend(sound_of(*consonant));
            if is_apart(*consonant, pairs, next) {
                self.sounds.push(b'a');
            }
        }
        for pair in pairs.chunks_exact(2) {
            self.sounds.extend(sound_of(pair[0]));
            self.sounds.push(b'o');
            self.sounds.extend(sound_of(pair[1]));
        }
    }
}

/// Whether a consonant without vowel is a syllable: ต of ตลาด (market), not that of ตรา (seal).
fn is_apart(consonant: char, behind: &[char], next: Next) -> bool {
    match (behind.first(), next) {
        (Some(&second), _) => !is_cluster(sound_of(consonant), sound_of(second)),
        (None, Next::Syllable(second)) => !is_cluster(sound_of(consonant), second),
        (None, Next::Silenced | Next::End) => false,
    }
}

fn is_cluster(first: Option<u8>, second: Option<u8>) -> bool {
    let pair = [first, second].map(|sound| sound.unwrap_or_default());
    onset_len(&pair) == 2
}

fn sound_of(consonant: char) -> Option<u8> {
    Some(match consonant {
        'ก'..='ฆ' => b'K',
        'ง' => b'G',
        'จ' | 'ฉ' | 'ช' | 'ฌ' => b'C',
        'ซ' | 'ส' => b'S',
        'ญ' => b'J',
        'ย' => b'Y',
        'ฎ' | 'ด' => b'D',
        'ฏ'..='ฒ' | 'ต'..='ธ' => b'T',
        'ณ' | 'น' => b'N',
        'บ' => b'B',
        'ป' | 'ผ' | 'พ' | 'ภ' => b'P',
        'ฝ' | 'ฟ' => b'F',
        'ม' => b'M',
        'ร' => b'R',
        'ล' | 'ฬ' => b'L',
        'ว' => b'W',
        'ห' | 'ฮ' => b'H',
        _ => return None,
    })
}
