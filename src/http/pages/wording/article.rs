//! The words of the page of an article, in both languages.

use crate::text::Language;

/// One language's words.
pub(in crate::http::pages) struct ArticleWording {
    pub(in crate::http::pages) back: &'static str,
    pub(in crate::http::pages) by: &'static str,
    pub(in crate::http::pages) supported_by: &'static str,
    pub(in crate::http::pages) summary: &'static str,
    pub(in crate::http::pages) contents: &'static str,
    pub(in crate::http::pages) source: &'static str,
    pub(in crate::http::pages) cite: &'static str,
    pub(in crate::http::pages) download: &'static str,
    pub(in crate::http::pages) related: &'static str,
    pub(in crate::http::pages) computed: &'static str,
}

const THAI: ArticleWording = ArticleWording {
    back: "กลับไปผลการค้นหา",
    by: "โดย",
    supported_by: "หน่วยงานสนับสนุน",
    summary: "บทคัดย่อ",
    contents: "สารบัญ",
    source: "เผยแพร่ครั้งแรกที่",
    cite: "อ้างอิงบทความนี้",
    download: "ดาวน์โหลด",
    related: "บทความที่เกี่ยวข้อง",
    computed: "บทความที่คุณอาจสนใจ",
};

const ENGLISH: ArticleWording = ArticleWording {
    back: "Back to the results",
    by: "By",
    supported_by: "Supported by",
    summary: "Summary",
    contents: "Contents",
    source: "First published at",
    cite: "Cite this article",
    download: "Download",
    related: "Related articles",
    computed: "You might also like",
};

impl ArticleWording {
    /// The words in `language`.
    pub(in crate::http::pages) fn of(language: Language) -> &'static ArticleWording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }
}
