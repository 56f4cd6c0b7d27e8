//! Thai words that are not said as they are spelled.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Spellings that are not said as written, with tone marks left out and ส for ศ and ษ.
const SAID_OTHERWISE: [(&str, &str); 24] = [
    ("ฤๅ", "รื"),
    ("ฤ", "รึ"),
    ("ฦ", "ลึ"),
    ("ๅ", "า"),
    ("ำ", "ัม"),
    ("จริง", "จิง"),   // true
    ("ทราบ", "ซาบ"), // to know
    ("ทราย", "ซาย"), // sand
    ("ทราม", "ซาม"), // vile
    ("ทรัพ", "ซัพ"),   // property
    ("ทรง", "ซง"),   // form
    ("ทรุด", "ซุด"),   // to sink
    ("ทรวง", "ซวง"), // breast
    ("สราง", "สาง"), // to build
    ("สรอย", "สอย"), // necklace
    ("สรี", "สี"),     // glory (ศรี)
    ("เสริ", "เสิ"),   // to add
    ("เสร็", "เส็"),   // finished
    ("เสรา", "เสา"), // sad (เศร้า)
    ("เสรส", "เสส"), // as in economy (เศรษฐกิจ)
    ("สีรส", "สีส"),   // head (ศีรษะ)
    ("มารถ", "มาถ"), // able
    ("รารถ", "ราถ"), // as in to wish
    ("พรหม", "พรม"), // Brahma
];

/// Finds what is said otherwise than it is spelled.
static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(SAID_OTHERWISE.map(|(spelled, _)| spelled)).ok());

/// A word as it is said, of one as it is spelled, with tone marks left out and ส for ศ and ษ.
pub(super) fn said(spelled: String) -> String {
    match &*FINDER {
        // Most words are said as they are spelled.
        Some(finder) if !finder.is_match(&spelled) => spelled,
        _ => SAID_OTHERWISE.iter().fold(spelled, |said, (from, to)| said.replace(from, to)),
    }
}
