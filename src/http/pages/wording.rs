//! The words of the pages, in both languages.

use crate::index::{Facet, Sort};
use crate::search::Warning;
use crate::text::Language;

/// One language's words.
pub(super) struct Wording {
    pub(super) language: Language,
    pub(super) site: &'static str,
    pub(super) skip: &'static str,
    pub(super) other_language: &'static str,
    pub(super) box_label: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) search: &'static str,
    pub(super) results: &'static str,
    pub(super) of: &'static str,
    pub(super) articles: &'static str,
    pub(super) nothing: &'static str,
    pub(super) nothing_hint: &'static str,
    pub(super) past_the_end: &'static str,
    pub(super) also: &'static str,
    pub(super) only_typed: &'static str,
    pub(super) filters: &'static str,
    pub(super) clear: &'static str,
    pub(super) more: &'static str,
    pub(super) sort: &'static str,
    pub(super) pages: &'static str,
    pub(super) by: &'static str,
    pub(super) supported_by: &'static str,
    pub(super) topics: &'static str,
    pub(super) summary: &'static str,
    pub(super) source: &'static str,
    pub(super) related: &'static str,
    pub(super) remove: &'static str,
    pub(super) problem: &'static str,
    pub(super) back: &'static str,
}

const THAI: Wording = Wording {
    language: Language::Thai,
    site: "ค้นหา",
    skip: "ข้ามไปยังเนื้อหา",
    other_language: "English",
    box_label: "คำที่ต้องการค้นหา",
    placeholder: "เช่น จัดซื้อจัดจ้าง, ธรรมาภิบาล, whistleblower",
    search: "ค้นหา",
    results: "ผลการค้นหา",
    of: "จาก",
    articles: "บทความ",
    nothing: "ไม่พบบทความ",
    nothing_hint: "ลองใช้คำที่สั้นลงหรือคำอื่น หรือเอาตัวกรองออก",
    past_the_end: "ไม่มีหน้านี้ กลับไปหน้าแรกของผลการค้นหา",
    also: "ค้นคำเหล่านี้ด้วย",
    only_typed: "ค้นเฉพาะคำที่พิมพ์",
    filters: "กรองผลลัพธ์",
    clear: "ล้างตัวกรองทั้งหมด",
    more: "ดูเพิ่มเติม",
    sort: "เรียงตาม",
    pages: "หน้าผลลัพธ์",
    by: "โดย",
    supported_by: "หน่วยงานสนับสนุน",
    topics: "หัวข้อ",
    summary: "บทคัดย่อ",
    source: "ต้นฉบับ",
    related: "บทความที่เกี่ยวข้อง",
    remove: "เอาตัวกรองนี้ออก",
    problem: "ขออภัย เปิดหน้านี้ไม่ได้",
    back: "กลับไปหน้าค้นหา",
};

const ENGLISH: Wording = Wording {
    language: Language::English,
    site: "Khonha",
    skip: "Skip to content",
    other_language: "ภาษาไทย",
    box_label: "Words to search for",
    placeholder: "for example procurement, “open data”, ธรรมาภิบาล",
    search: "Search",
    results: "Results",
    of: "of",
    articles: "articles",
    nothing: "No articles found",
    nothing_hint: "Try fewer or other words, or remove a filter",
    past_the_end: "There are not so many pages; back to the first",
    also: "Also searched",
    only_typed: "search only what was typed",
    filters: "Narrow the results",
    clear: "Remove all filters",
    more: "Show more",
    sort: "Sort by",
    pages: "Pages of results",
    by: "By",
    supported_by: "Supported by",
    topics: "Topics",
    summary: "Summary",
    source: "Original",
    related: "Related articles",
    remove: "remove this filter",
    problem: "This page cannot be shown",
    back: "Back to the search",
};

impl Wording {
    /// The words in `language`.
    pub(super) fn of(language: Language) -> &'static Wording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }

    /// The name of a facet.
    pub(super) fn facet(&self, facet: Facet) -> &'static str {
        let (thai, english) = match facet {
            Facet::Topic => ("หัวข้อ", "Topic"),
            Facet::Year => ("ปี", "Year"),
            Facet::Author => ("ผู้แต่ง", "Author"),
            Facet::Series => ("ชุดบทความ", "Series"),
            Facet::Organisation => ("หน่วยงานสนับสนุน", "Supporting organisation"),
            Facet::Language => ("ภาษา", "Language"),
        };
        self.either(thai, english)
    }

    /// The name of an order.
    pub(super) fn sort(&self, sort: Sort) -> &'static str {
        let (thai, english) = match sort {
            Sort::Relevance => ("ความเกี่ยวข้อง", "relevance"),
            Sort::Newest => ("ใหม่สุด", "newest"),
            Sort::Oldest => ("เก่าสุด", "oldest"),
        };
        self.either(thai, english)
    }

    /// What was not taken as typed.
    pub(super) fn warning(&self, warning: &Warning) -> String {
        match self.language {
            Language::Thai => warning.thai(),
            Language::English => warning.to_string(),
        }
    }

    fn either(&self, thai: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::Thai => thai,
            Language::English => english,
        }
    }
}
