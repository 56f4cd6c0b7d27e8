//! The order in which people look for names: that of the Thai dictionary, with Latin names after the Thai ones.
//!
//! Thai is sorted by its consonants, with the vowels written before them taken as if they came after, and tone marks
//! last (Unicode Collation Algorithm, UTS #10, as tailored by CLDR for Thai).

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

/// Longer keys are cut: names that are alike for so many bytes are sorted by something else.
const LONGEST_KEY: usize = 120;

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("th").into(), CollatorOptions::default()).expect("the data of Thai is compiled in")
});

/// Bytes in hexadecimal that are sorted as `text` is, at most 240 of them.
pub fn collation_key(text: &str) -> String {
    let mut key = Vec::new();
    let Ok(()) = COLLATOR.write_sort_key_to(text.trim(), &mut key);
    key.truncate(LONGEST_KEY);
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_as_in_a_thai_dictionary() {
        let mut names = ["โปร่งใส", "ฮั้ว", "ปปช", "เงิน", "ก้าว", "กา", "Open data", "ข้อมูล", "เกณฑ์", "audit"];
        names.sort_by_key(|name| collation_key(name));
        assert_eq!(names, ["กา", "ก้าว", "เกณฑ์", "ข้อมูล", "เงิน", "ปปช", "โปร่งใส", "ฮั้ว", "audit", "Open data"]);
    }
}
