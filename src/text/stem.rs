//! English words to their stems, by the Snowball "english" (Porter2) algorithm.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use icu_normalizer::DecomposingNormalizerBorrowed;

/// The stem of a normalised word without its accents, or `None` for what is no Latin word (digits, other letters).
pub fn english(word: &str) -> Option<String> {
    let plain = without_accents(word);
    let is_english = plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
    is_english.then(|| {
        let regular = IRREGULAR.get(plain.as_str()).map_or(plain, |base| (*base).to_owned());
        american(Stemmer::new(Algorithm::English).stem(&with_z(regular)).into_owned())
    })
}

/// Forms that no rule leads back to their word, as led to lead, with that word.
pub static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("data/irregular.txt").lines().filter(|line| !line.starts_with('#'));
    let words = lines.filter_map(|line| line.split_once(' '));
    words.flat_map(|(base, forms)| forms.split(' ').map(move |form| (form, base))).collect()
});

/// The word with -iz- where Britain writes -is-: organised is organized, digitalisation is digitalization.
fn with_z(mut word: String) -> String {
    const ENDINGS: [&str; 9] = ["e", "ed", "es", "ing", "er", "ers", "able", "ation", "ations"];
    // Words with -is- in America as well, without their endings.
    const WITH_S: [&str; 27] = [
        "advertis",
        "advis",
        "appris",
        "chastis",
        "compris",
        "compromis",
        "concis",
        "demis",
        "despis",
        "devis",
        "disguis",
        "enterpris",
        "exercis",
        "expertis",
        "franchis",
        "improvis",
        "merchandis",
        "otherwis",
        "paradis",
        "precis",
        "premis",
        "promis",
        "revis",
        "supervis",
        "surpris",
        "televis",
        "treatis",
    ];
    let base = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|base| base.ends_with("is")));
    if let Some(base) = base.filter(|base| base.len() > 5 && !WITH_S.contains(base)) {
        let s = base.len() - 1;
        word.replace_range(s..=s, "z");
    }
    word
}

/// Stems in British spelling, and as they are in American.
pub const BRITISH: [(&str, &str); 15] = [
    ("analys", "analyz"),
    ("behaviour", "behavior"),
    ("catalogu", "catalog"),
    ("centr", "center"),
    ("colour", "color"),
    ("defenc", "defens"),
    ("endeavour", "endeavor"),
    ("favour", "favor"),
    ("fulfil", "fulfill"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("licenc", "licens"),
    ("neighbour", "neighbor"),
    ("programm", "program"),
];

/// The stem of a word in British spelling as that of the American one.
fn american(stem: String) -> String {
    let known = BRITISH.iter().find(|(british, _)| *british == stem);
    known.map_or(stem, |(_, american)| (*american).to_owned())
}

/// Latin letters without what is drawn over, under or through them (café is cafe), ligatures as letters.
fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(word).into_owned();
    decomposed.chars().filter(|ch| !matches!(ch, '\u{0300}'..='\u{036F}')).fold(String::new(), |mut plain, ch| {
        match ch {
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            _ => plain.push(ch),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_american_spellings_have_one_stem() {
        for (british, american) in [
            ("organisations", "organization"),
            ("organised", "organizing"),
            ("programme", "program"),
            ("behaviours", "behavior"),
            ("digitalisation", "digitalization"),
            ("centre", "centers"),
        ] {
            assert_eq!(english(british), english(american));
        }
        assert_ne!(english("promise"), Some("promiz".to_owned()));
    }

    #[test]
    fn irregular_forms_have_the_stem_of_their_word() {
        for (form, word) in [("led", "leads"), ("wrote", "writing"), ("children", "child"), ("stolen", "steal")] {
            assert_eq!(english(form), english(word), "{form}");
        }
    }

    #[test]
    fn accents_are_left_out_of_stems() {
        for (word, stem) in [("cafés", "cafe"), ("naïve", "naiv"), ("smørrebrød", "smorrebrod"), ("reports", "report")]
        {
            assert_eq!(english(word).as_deref(), Some(stem));
        }
        assert_eq!((english("2567"), english("σασ")), (None, None));
    }
}
