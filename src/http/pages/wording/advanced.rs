//! The words of the form that writes queries, in both languages.

use crate::search::Within;
use crate::text::Language;

/// One language's words.
pub(in crate::http::pages) struct AdvancedWording {
    interface: Language,
    pub(in crate::http::pages) title: &'static str,
    pub(in crate::http::pages) intro: &'static str,
    pub(in crate::http::pages) which_words: &'static str,
    pub(in crate::http::pages) all: &'static str,
    pub(in crate::http::pages) phrase: &'static str,
    pub(in crate::http::pages) any: &'static str,
    pub(in crate::http::pages) none: &'static str,
    pub(in crate::http::pages) place: &'static str,
    pub(in crate::http::pages) which_articles: &'static str,
    pub(in crate::http::pages) author: &'static str,
    pub(in crate::http::pages) topic: &'static str,
    pub(in crate::http::pages) any_topic: &'static str,
    pub(in crate::http::pages) years: &'static str,
    pub(in crate::http::pages) from: &'static str,
    pub(in crate::http::pages) to: &'static str,
    pub(in crate::http::pages) years_hint: &'static str,
    pub(in crate::http::pages) language: &'static str,
    pub(in crate::http::pages) any_language: &'static str,
    pub(in crate::http::pages) thai: &'static str,
    pub(in crate::http::pages) english: &'static str,
    pub(in crate::http::pages) search: &'static str,
    pub(in crate::http::pages) show: &'static str,
    pub(in crate::http::pages) query: &'static str,
    pub(in crate::http::pages) query_hint: &'static str,
    pub(in crate::http::pages) nothing_yet: &'static str,
    pub(in crate::http::pages) run: &'static str,
    pub(in crate::http::pages) help: &'static str,
    pub(in crate::http::pages) typed: &'static str,
    pub(in crate::http::pages) means: &'static str,
    pub(in crate::http::pages) help_note: &'static str,
    pub(in crate::http::pages) rows: &'static [(&'static str, &'static str)],
}

const THAI: AdvancedWording = AdvancedWording {
    interface: Language::Thai,
    title: "ค้นหาขั้นสูง",
    intro: "กรอกเฉพาะช่องที่ต้องการ ระบบจะเขียนคำค้นให้ ซึ่งนำไปพิมพ์ในช่องค้นหาเองได้ในครั้งต่อไป",
    which_words: "คำที่ค้นหา",
    all: "มีทุกคำเหล่านี้",
    phrase: "มีข้อความนี้ตามลำดับ",
    any: "มีคำใดคำหนึ่ง",
    none: "ไม่มีคำเหล่านี้",
    place: "ค้นคำใน",
    which_articles: "บทความ",
    author: "ผู้แต่ง",
    topic: "หัวข้อ",
    any_topic: "ทุกหัวข้อ",
    years: "ปีที่เผยแพร่",
    from: "ตั้งแต่",
    to: "ถึง",
    years_hint: "พ.ศ. หรือ ค.ศ.",
    language: "ภาษา",
    any_language: "ทุกภาษา",
    thai: "ไทย",
    english: "อังกฤษ",
    search: "ค้นหา",
    show: "ดูคำค้น",
    query: "คำค้นที่ได้",
    query_hint: "พิมพ์เช่นนี้ในช่องค้นหาได้ผลเท่ากัน",
    nothing_yet: "ยังไม่ได้กรอกช่องใด",
    run: "ค้นหาด้วยคำค้นนี้",
    help: "พิมพ์อะไรได้บ้าง",
    typed: "พิมพ์",
    means: "ความหมาย",
    help_note: "พิมพ์ผิดได้ ไม่มีคำค้นใดถือเป็นข้อผิดพลาด สิ่งที่ไม่เข้าใจจะค้นเป็นคำธรรมดาและบอกให้ทราบ",
    rows: &[
        ("งบประมาณ ท้องถิ่น", "มีครบทุกคำ ถ้าไม่มีบทความใดมีครบ จะแสดงบทความที่มีบางคำและบอกไว้"),
        ("\"ข้อมูลเปิด\"", "เรียงกันตามนี้ ไม่ว่าภาษาไทยจะเว้นวรรคอย่างไร"),
        ("-ข่าว", "ไม่มีคำนี้ จะเขียน NOT ข่าว ก็ได้"),
        ("ฮั้วประมูล OR สินบน", "มีคำใดคำหนึ่ง ใช้วงเล็บจัดกลุ่มได้"),
        ("ชื่อเรื่อง:สินบน", "อยู่ในชื่อเรื่อง นอกจากนี้มี ผู้แต่ง: หัวข้อ: หน่วยงาน: และ ชุด:"),
        ("ปี:2560-2567", "ช่วงปี ใช้ ปี:>=2563 หรือปี ค.ศ. ก็ได้"),
        ("ภาษา:en", "มีฉบับภาษาอังกฤษ หรือ ภาษา:th สำหรับภาษาไทย"),
        ("whistleb*", "ทุกคำที่ขึ้นต้นด้วยตัวอักษรเหล่านี้"),
    ],
};

const ENGLISH: AdvancedWording = AdvancedWording {
    interface: Language::English,
    title: "Advanced search",
    intro: "Fill in what you need. What you ask for is written as a query, which you can type into the box yourself next time.",
    which_words: "Words",
    all: "All of these words",
    phrase: "This exact phrase",
    any: "Any of these words",
    none: "None of these words",
    place: "Look for the words in",
    which_articles: "Articles",
    author: "Author",
    topic: "Topic",
    any_topic: "Any topic",
    years: "Years",
    from: "From",
    to: "to",
    years_hint: "Common or Buddhist Era",
    language: "Language",
    any_language: "Any language",
    thai: "Thai",
    english: "English",
    search: "Search",
    show: "Show the query",
    query: "The query",
    query_hint: "Typed into the box, this finds the same",
    nothing_yet: "Nothing is filled in yet",
    run: "Search with this query",
    help: "What can be typed",
    typed: "Type",
    means: "What it finds",
    help_note: "Nothing you type is an error: what is not understood is searched as plain words, and the page says so.",
    rows: &[
        ("local budget", "All of the words; if no article has all, those with some are shown, and it says so"),
        ("\"open data\"", "The words in this order; in Thai however it is spaced"),
        ("-news", "Not this word; NOT news means the same"),
        ("audit OR inspection", "Any of the words; parentheses make groups"),
        ("title:bribery", "In the title; there are also author:, topic:, org: and series:"),
        ("year:2017-2024", "Of these years; year:>=2020 and Buddhist Era years work too"),
        ("lang:th", "Articles that can be read in Thai, or with lang:en in English"),
        ("whistleb*", "All words that begin so"),
    ],
};

impl AdvancedWording {
    /// The words in `language`.
    pub(in crate::http::pages) fn of(language: Language) -> &'static AdvancedWording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }

    /// What a part of an article is called.
    pub(in crate::http::pages) fn within(&self, within: Within) -> &'static str {
        let (thai, english) = match within {
            Within::Anywhere => ("ทุกส่วนของบทความ", "The whole article"),
            Within::Title => ("ชื่อเรื่อง", "The title"),
            Within::Organisation => ("หน่วยงานสนับสนุน", "The supporting organisations"),
            Within::Series => ("ชื่อชุดบทความ", "The name of the series"),
        };
        match self.interface {
            Language::Thai => thai,
            Language::English => english,
        }
    }
}
