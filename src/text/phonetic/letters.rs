//! Abbreviations that are spelled out: IMF is written ไอเอ็มเอฟ in Thai, by the names of its letters.

/// Latin letters and what Thai calls them, the most usual first.
const NAMES: [(char, &[&str]); 26] = [
    ('a', &["เอ"]),
    ('b', &["บี"]),
    ('c', &["ซี"]),
    ('d', &["ดี"]),
    ('e', &["อี"]),
    ('f', &["เอฟ"]),
    ('g', &["จี"]),
    ('h', &["เอช", "เฮช"]),
    ('i', &["ไอ"]),
    ('j', &["เจ"]),
    ('k', &["เค"]),
    ('l', &["แอล"]),
    ('m', &["เอ็ม", "เอม"]),
    ('n', &["เอ็น", "เอน"]),
    ('o', &["โอ"]),
    ('p', &["พี"]),
    ('q', &["คิว"]),
    ('r', &["อาร์"]),
    ('s', &["เอส"]),
    ('t', &["ที"]),
    ('u', &["ยู"]),
    ('v', &["วี"]),
    ('w', &["ดับเบิลยู", "ดับบลิว", "ดับเบิ้ลยู"]),
    ('x', &["เอ็กซ์", "เอกซ์"]),
    ('y', &["วาย"]),
    ('z', &["แซด", "แซต"]),
];
/// One letter is too little, and more are hardly an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// A Latin abbreviation as Thai spells it out; `None` for what is none.
pub fn spelled_out(abbreviation: &str) -> Option<String> {
    let name = |letter| NAMES.iter().find(|(of, _)| *of == letter).map(|(_, names)| names[0]);
    let is_short = LETTERS.contains(&abbreviation.chars().count());
    abbreviation.chars().map(name).collect::<Option<String>>().filter(|_| is_short)
}

/// The Latin abbreviation that the Thai `text` spells out; `None` if it is anything else.
pub fn abbreviation(text: &str) -> Option<String> {
    let mut letters = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let fitting = NAMES.iter().flat_map(|(letter, names)| names.iter().map(move |name| (*letter, *name)));
        let fitting = fitting.filter(|(_, name)| rest.starts_with(name));
        // เอ is the beginning of เอฟ.
        let (letter, name) = fitting.max_by_key(|(_, name)| name.len())?;
        letters.push(letter);
        rest = &rest[name.len()..];
    }
    Some(letters).filter(|letters| LETTERS.contains(&letters.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_spelled_out_and_read_back() {
        for (latin, thai) in [("imf", "ไอเอ็มเอฟ"), ("afc", "เอเอฟซี"), ("abc", "เอบีซี"), ("who", "ดับเบิลยูเอชโอ")]
        {
            assert_eq!(spelled_out(latin).as_deref(), Some(thai));
            assert_eq!(abbreviation(thai).as_deref(), Some(latin));
        }
        assert_eq!(abbreviation("ดับบลิวทีโอ").as_deref(), Some("wto"));
    }

    #[test]
    fn other_words_are_none() {
        for text in ["เอ", "เอกสาร", "ดีกว่า", ""] {
            assert_eq!(abbreviation(text), None, "{text}");
        }
        assert!(["a", "transparency", "g7", "ปปช"].into_iter().all(|word| spelled_out(word).is_none()));
    }
}
