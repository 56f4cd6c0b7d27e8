//! The words of the page to start from, in both languages.

use crate::text::Language;

/// One language's words.
pub(in crate::http::pages) struct StartWording {
    pub(in crate::http::pages) lead: &'static str,
    pub(in crate::http::pages) articles: &'static str,
    pub(in crate::http::pages) years: &'static str,
    pub(in crate::http::pages) both: &'static str,
    pub(in crate::http::pages) examples: &'static str,
    pub(in crate::http::pages) topics: &'static str,
    pub(in crate::http::pages) series: &'static str,
    pub(in crate::http::pages) newest: &'static str,
    pub(in crate::http::pages) all_articles: &'static str,
    pub(in crate::http::pages) all_topics: &'static str,
    pub(in crate::http::pages) empty: &'static str,
}

const THAI: StartWording = StartWording {
    lead: "ค้นหาบทความ",
    articles: "เรื่อง ทั้งภาษาไทยและอังกฤษ",
    years: "ตั้งแต่ปี",
    both: "พิมพ์ภาษาใดก็พบบทความทั้งสองภาษา",
    examples: "เช่น",
    topics: "หัวข้อ",
    series: "ชุดบทความ",
    newest: "บทความล่าสุด",
    all_articles: "ดูบทความทั้งหมด",
    all_topics: "ดูหัวข้อทั้งหมด",
    empty: "ยังไม่มีบทความ",
};

const ENGLISH: StartWording = StartWording {
    lead: "Search",
    articles: "articles in Thai and English",
    years: "from",
    both: "Type in either language; articles in both are found",
    examples: "For example",
    topics: "Topics",
    series: "Series",
    newest: "Newest articles",
    all_articles: "Browse all articles",
    all_topics: "All topics",
    empty: "There are no articles yet",
};

impl StartWording {
    /// The words in `language`.
    pub(in crate::http::pages) fn of(language: Language) -> &'static StartWording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }
}
