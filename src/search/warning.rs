//! What was not taken as typed, said in both languages.

use std::fmt;

/// Something of a request that was ignored or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// No article has all the words, so those with some of them are given.
    Relaxed,
    /// Nothing has the words as typed, so what the same keys give in the other language was searched.
    OtherLayout {
        /// The query that was searched.
        searched: String,
    },
    /// The query was cut.
    Long {
        /// The characters that were searched.
        searched: usize,
    },
    /// Words at the end were left out.
    ManyWords {
        /// The words that were searched.
        searched: usize,
    },
    /// A quotation mark has no partner.
    OpenQuote,
    /// There is nothing in the query to search for, such as only signs.
    NoWords,
    /// A parameter of the address means nothing.
    UnknownParameter(String),
}

impl Warning {
    /// The warning in Thai.
    pub fn thai(&self) -> String {
        match self {
            Warning::Relaxed => "ไม่มีบทความที่มีครบทุกคำ จึงแสดงบทความที่มีบางคำ".to_owned(),
            Warning::OtherLayout { searched } => format!("ไม่พบคำที่พิมพ์ จึงค้น “{searched}” ซึ่งเป็นแป้นพิมพ์อีกภาษา"),
            Warning::Long { searched } => format!("คำค้นยาวเกินไป จึงค้นเฉพาะ {searched} อักขระแรก"),
            Warning::ManyWords { searched } => format!("คำค้นมีหลายคำเกินไป จึงค้นเฉพาะ {searched} คำแรก"),
            Warning::OpenQuote => "มีเครื่องหมายคำพูดที่ไม่ได้ปิด จึงค้นข้อความที่เหลือเป็นวลี".to_owned(),
            Warning::NoWords => "คำค้นไม่มีคำให้ค้นหา".to_owned(),
            Warning::UnknownParameter(name) => format!("ไม่รู้จักตัวเลือก {name} จึงไม่ได้นำมาใช้"),
        }
    }
}

/// The warning in English.
impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Relaxed => f.write_str("no article has all of these words; these have some of them"),
            Warning::OtherLayout { searched } => {
                write!(f, "nothing has these words; searched as if typed in the other keyboard language: {searched}")
            }
            Warning::Long { searched } => write!(f, "only the first {searched} characters were searched"),
            Warning::ManyWords { searched } => write!(f, "only the first {searched} words were searched"),
            Warning::OpenQuote => f.write_str("a quotation mark is not closed; the rest was searched as a phrase"),
            Warning::NoWords => f.write_str("there is no word in the query to search for"),
            Warning::UnknownParameter(name) => write!(f, "the parameter {name} is not known and was ignored"),
        }
    }
}
