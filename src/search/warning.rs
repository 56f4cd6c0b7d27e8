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
    /// A word's beginning begins too many words.
    ManyExpansions {
        /// The beginning.
        beginning: String,
        /// How many of the words were searched.
        searched: usize,
    },
    /// The search took longer than it may, so it was stopped: there may be more articles than were found, and the last
    /// of the hits may lack passages.
    Late,
    /// Few articles have all the words, so those with some of them follow.
    FewHaveAll {
        /// How many have all.
        articles: usize,
    },
    /// Nothing has a word as it was typed, so what was probably meant was searched.
    Corrected {
        /// The query that was searched.
        searched: String,
    },
    /// More articles were found than an export may have.
    ManyArticles {
        /// How many were found.
        found: usize,
        /// How many of them are given.
        given: usize,
    },
    /// A quotation mark has no partner.
    OpenQuote,
    /// A parenthesis is not closed.
    OpenParenthesis,
    /// A closing parenthesis has no opening one.
    CloseParenthesis,
    /// Nothing stands between two parentheses.
    EmptyGroup,
    /// Parentheses within too many others were left out.
    Deep {
        /// The levels that were kept.
        levels: usize,
    },
    /// An operator has nothing to apply to.
    MissingOperand {
        /// The operator as it is named, `OR` or `NOT`.
        operator: &'static str,
    },
    /// What stands before a colon looks like a field, but is none.
    UnknownField(String),
    /// A field has no value.
    EmptyField(String),
    /// A value is no year and no range of years.
    BadYear(String),
    /// A value is no language.
    BadLanguage(String),
    /// There is nothing in the query to search for, such as only signs.
    NoWords,
    /// A parameter of the address means nothing.
    UnknownParameter(String),
    /// A parameter of other addresses does nothing at this one.
    NoEffect(String),
    /// The snapshot is no longer kept: the hits are of a later commit, in which an article may have moved from one page
    /// to another.
    Moved,
}

impl Warning {
    /// Whether a part of the query was not searched.
    pub fn tells_of_a_cut(&self) -> bool {
        matches!(self, Warning::Long { .. } | Warning::ManyWords { .. })
    }

    /// The warning in Thai.
    pub fn thai(&self) -> String {
        match self {
            Warning::Relaxed => "ไม่มีบทความที่มีครบทุกคำ จึงแสดงบทความที่มีบางคำ".to_owned(),
            Warning::OtherLayout { searched } => format!("ไม่พบคำที่พิมพ์ จึงค้น “{searched}” ซึ่งเป็นแป้นพิมพ์อีกภาษา"),
            Warning::Long { searched } => format!("คำค้นยาวเกินไป จึงค้นเฉพาะ {searched} อักขระแรก"),
            Warning::ManyWords { searched } => format!("คำค้นมีหลายคำเกินไป จึงค้นเฉพาะ {searched} คำแรก"),
            Warning::ManyExpansions { beginning, searched } => {
                format!("มีคำที่ขึ้นต้นด้วย “{beginning}” มากเกินไป จึงค้นเฉพาะ {searched} คำที่พบบ่อยที่สุด")
            }
            Warning::Late => "การค้นหาใช้เวลานานเกินกำหนดจึงหยุดก่อน สิ่งที่ยังไม่ได้ค้นจึงไม่แสดงและไม่ได้นับ".to_owned(),
            Warning::FewHaveAll { articles } => {
                format!("มีบทความที่มีครบทุกคำ {articles} เรื่อง ต่อจากนั้นคือบทความที่มีบางคำ")
            }
            Warning::Corrected { searched } => format!("ไม่พบคำตามที่พิมพ์ จึงค้น “{searched}” ซึ่งสะกดใกล้เคียงกัน"),
            Warning::ManyArticles { found, given } => {
                format!("พบบทความ {found} เรื่อง มากเกินกว่าจะส่งออกได้ครบ จึงส่งออกเฉพาะ {given} เรื่องแรก")
            }
            Warning::OpenQuote => "มีเครื่องหมายคำพูดที่ไม่ได้ปิด จึงค้นข้อความที่เหลือเป็นวลี".to_owned(),
            Warning::OpenParenthesis => "มีวงเล็บที่ไม่ได้ปิด จึงถือว่าปิดที่ท้ายคำค้น".to_owned(),
            Warning::CloseParenthesis => "มีวงเล็บปิดที่ไม่มีวงเล็บเปิด จึงไม่ได้นำมาใช้".to_owned(),
            Warning::EmptyGroup => "ไม่มีคำค้นในวงเล็บ จึงไม่ได้นำวงเล็บมาใช้".to_owned(),
            Warning::Deep { levels } => format!("วงเล็บซ้อนกันเกิน {levels} ชั้น จึงไม่ได้นำวงเล็บชั้นที่เกินมาใช้"),
            Warning::MissingOperand { operator } => format!("ไม่มีคำค้นให้ใช้กับ {operator} จึงไม่ได้นำมาใช้"),
            Warning::UnknownField(name) => format!("ไม่มีช่องค้นหาชื่อ “{name}” จึงค้นเป็นคำตามที่พิมพ์"),
            Warning::EmptyField(name) => format!("ไม่มีคำค้นหลัง “{name}:” จึงไม่ได้นำมาใช้"),
            Warning::BadYear(value) => format!("“{value}” ไม่ใช่ปี จึงค้นเป็นคำ โปรดเขียนปีเช่น 2567 หรือ 2560-2567"),
            Warning::BadLanguage(value) => format!("ไม่รู้จักภาษา “{value}” จึงค้นเป็นคำ โปรดเขียน th หรือ en"),
            Warning::NoWords => "คำค้นไม่มีคำให้ค้นหา".to_owned(),
            Warning::Moved => "ดัชนีเปลี่ยนไปหลังจากหน้าก่อน บทความจึงอาจซ้ำหรือตกหล่นระหว่างหน้า".to_owned(),
            Warning::UnknownParameter(name) => format!("ไม่รู้จักตัวเลือก {name} จึงไม่ได้นำมาใช้"),
            Warning::NoEffect(name) => format!("ตัวเลือก {name} ไม่มีผลกับที่อยู่นี้ จึงไม่ได้นำมาใช้"),
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
            Warning::ManyExpansions { beginning, searched } => {
                write!(f, "only the {searched} most frequent words that begin with {beginning} were searched")
            }
            Warning::Late => f.write_str(
                "the search took too long and was stopped; what was not looked at by then is neither shown nor counted",
            ),
            Warning::FewHaveAll { articles: 1 } => {
                f.write_str("one article has all of these words; those with some of them follow")
            }
            Warning::FewHaveAll { articles } => {
                write!(f, "{articles} articles have all of these words; those with some of them follow")
            }
            Warning::Corrected { searched } => {
                write!(f, "nothing has these words as typed; searched what is spelled like them: {searched}")
            }
            Warning::ManyArticles { found, given } => {
                write!(f, "{found} articles were found and only the first {given} of them are given; narrow the search")
            }
            Warning::OpenQuote => f.write_str("a quotation mark is not closed; the rest was searched as a phrase"),
            Warning::OpenParenthesis => f.write_str("a parenthesis is not closed; it was taken to close at the end"),
            Warning::CloseParenthesis => f.write_str("a closing parenthesis has no opening one and was ignored"),
            Warning::EmptyGroup => f.write_str("parentheses with nothing in them were ignored"),
            Warning::Deep { levels } => write!(f, "parentheses more than {levels} levels deep were ignored"),
            Warning::MissingOperand { operator } => write!(f, "{operator} has nothing to apply to and was ignored"),
            Warning::UnknownField(name) => write!(f, "there is no field {name}, so it was searched as words"),
            Warning::EmptyField(name) => write!(f, "nothing follows {name}: and it was ignored"),
            Warning::BadYear(value) => {
                write!(f, "{value} is no year, so it was searched as words; write one like 2567, 2024 or 2560-2567")
            }
            Warning::BadLanguage(value) => {
                write!(f, "{value} is no known language, so it was searched as words; write th or en")
            }
            Warning::NoWords => f.write_str("there is no word in the query to search for"),
            Warning::Moved => f.write_str(
                "the index has changed since the page before; an article may be on two of the pages or between them",
            ),
            Warning::UnknownParameter(name) => write!(f, "the parameter {name} is not known and was ignored"),
            Warning::NoEffect(name) => write!(f, "the parameter {name} has no effect at this address and was ignored"),
        }
    }
}
