//! Text typed with the wrong keyboard layout on, as the right one would have given it.
//!
//! Takes text exactly as typed and gives it as the same key strokes would have come out on the other
//! layout: "l;ylfu" is สวัสดี (hello), แนพพียะรนื is "corruption". The layouts are US QWERTY and Thai
//! Kedmanee (TIS 820) as Windows has it. The standard of 2538 (1995) differs on four keys, with which no
//! common word is written: left of 1 it has ๏ ๛, on 1 ฿ ๅ, on shifted 7 ๎, and ฃ and ฅ change places.
//!
//! Does not judge whether a text was mistyped: it re-types whatever it is given. Does not normalise, and
//! wants text from before normalising, for the shift state of a key is the case of its Latin letter:
//! "d" is ก, "D" is ฏ.
//!
//! Each direction is one to one, and what the keys of one layout can type comes back from the other. What
//! cannot be told is which layout a character came from that both have, `_ % + / - " , . ( ) ?`: it is taken as
//! typed with the layout that the direction starts from. So [`to_thai`] makes "-" a ข, and [`to_latin`] makes it a 3. Text typed partly in one layout and partly in the other is for the caller to part.

/// The 47 character keys row by row from the top left, each row from the left.
const QWERTY: &str = r"`1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./";
const QWERTY_SHIFTED: &str = r#"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?"#;
const KEDMANEE: &str = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ";
const KEDMANEE_SHIFTED: &str = "%+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";

/// What the keys that gave `text` with the English layout on give on the Kedmanee layout.
///
/// Characters that are on no key (space, Thai, accented letters) stay as they are.
pub fn to_thai(text: &str) -> String {
    text.chars().map(thai_of).collect()
}

/// What the keys that gave `text` with the Kedmanee layout on give on the English layout.
///
/// Characters that are on no Kedmanee key (space, Latin letters, European digits) stay as they are.
pub fn to_latin(text: &str) -> String {
    text.chars().map(latin_of).collect()
}

fn thai_of(ch: char) -> char {
    counterpart(ch, QWERTY, KEDMANEE).or_else(|| counterpart(ch, QWERTY_SHIFTED, KEDMANEE_SHIFTED)).unwrap_or(ch)
}

fn latin_of(ch: char) -> char {
    counterpart(ch, KEDMANEE, QWERTY).or_else(|| counterpart(ch, KEDMANEE_SHIFTED, QWERTY_SHIFTED)).unwrap_or(ch)
}

/// The character that `to` has on the key where `from` has `ch`.
fn counterpart(ch: char, from: &str, to: &str) -> Option<char> {
    let key = from.chars().position(|on_key| on_key == ch)?;
    to.chars().nth(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYERS: [(&str, &str); 2] = [(QWERTY, KEDMANEE), (QWERTY_SHIFTED, KEDMANEE_SHIFTED)];

    /// What was typed with the English layout on, and the Thai that was meant.
    const MISTYPED_THAI: [(&str, &str); 8] = [
        ("8hosk", "ค้นหา"),               // search
        ("m60ib9", "ทุจริต"),              // corrupt
        ("l;ylfu", "สวัสดี"),              // hello
        ("g]bd", "เลิก"),                 // to quit
        ("lbmTbN", "สิทธิ์"),               // a right
        ("z^hp7dK", "ผู้ยึกษ"),             // no word: keys 6 and 7 and their shift states
        ("d,;feo v", "กมวดำน อ"),        // no word: a space stays
        ("0yf:nhv0yf0hk'", "จัดซื้อจัดจ้าง"), // procurement
    ];

    /// What was typed with the Thai layout on, and the English that was meant.
    const MISTYPED_ENGLISH: [(&str, &str); 5] = [
        ("แนพพียะรนื", "corruption"),
        ("ิีกเำะ", "budget"),
        ("ฏฤฉฉ", "DACC"),
        ("ำขิรกกรืเ", "e-bidding"),
        ("นยำื กฟะฟ /ุ/ึ", "open data 2627"),
    ];

    #[test]
    fn thai_typed_in_the_english_layout_comes_back() {
        for (typed, meant) in MISTYPED_THAI {
            assert_eq!(to_thai(typed), meant);
            assert_eq!(to_latin(meant), typed);
        }
    }

    #[test]
    fn english_typed_in_the_thai_layout_comes_back() {
        for (typed, meant) in MISTYPED_ENGLISH {
            assert_eq!(to_latin(typed), meant);
            assert_eq!(to_thai(meant), typed);
        }
    }

    #[test]
    fn each_of_the_47_keys_goes_both_ways_in_both_shift_states() {
        for (latin_layer, thai_layer) in LAYERS {
            assert_eq!((latin_layer.chars().count(), thai_layer.chars().count()), (47, 47));
            for (latin, thai) in latin_layer.chars().zip(thai_layer.chars()) {
                assert_eq!(to_thai(&latin.to_string()), thai.to_string());
                assert_eq!(to_latin(&thai.to_string()), latin.to_string());
            }
        }
    }

    #[test]
    fn no_character_is_on_two_keys_of_one_layout() {
        for layout in [[QWERTY, QWERTY_SHIFTED].concat(), [KEDMANEE, KEDMANEE_SHIFTED].concat()] {
            let mut chars: Vec<char> = layout.chars().collect();
            chars.sort_unstable();
            chars.dedup();
            assert_eq!(chars.len(), 94);
        }
    }

    #[test]
    fn what_both_layouts_have_is_taken_for_the_one_the_text_starts_from() {
        for (shared, as_thai, as_latin) in [("-", "ข", "3"), ("/", "ฝ", "2"), ("?", "ฦ", "M"), ("\"", ".", "W")] {
            assert_eq!((to_thai(shared).as_str(), to_latin(shared).as_str()), (as_thai, as_latin));
        }
    }

    #[test]
    fn characters_on_no_key_stay() {
        assert_eq!(to_thai("é ก\u{200B}\n😀"), "é ก\u{200B}\n😀");
        assert_eq!(to_latin("é a7\u{200B}\n😀"), "é a7\u{200B}\n😀");
        assert_eq!(to_thai(""), "");
    }
}
