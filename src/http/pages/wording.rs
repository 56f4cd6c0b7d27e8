//! The words of the pages, in both languages: those of all pages here, and those of one page beside.

pub(super) mod advanced;
pub(super) mod article;
pub(super) mod errors;
pub(super) mod results;
pub(super) mod start;

mod script;

use crate::index::{Facet, Sort};
use crate::search::Warning;
use crate::text::Language;

/// One language's words.
pub(super) struct Wording {
    pub(super) language: Language,
    pub(super) skip: &'static str,
    pub(super) other_language: &'static str,
    pub(super) box_label: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) search: &'static str,
    pub(super) advanced: &'static str,
    pub(super) browse: &'static str,
    pub(super) authors: &'static str,
    pub(super) topics: &'static str,
    pub(super) help: &'static str,
    pub(super) site_pages: &'static str,
    pub(super) made_with: &'static str,
    pub(super) author_field: &'static str,
    pub(super) exact: &'static str,
    pub(super) untranslated: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) filters: &'static str,
    pub(super) clear: &'static str,
    pub(super) more: &'static str,
    pub(super) all_values: &'static str,
    pub(super) find: &'static str,
    pub(super) by_count: &'static str,
    pub(super) by_name: &'static str,
    pub(super) from_year: &'static str,
    pub(super) to_year: &'static str,
    pub(super) narrow: &'static str,
    pub(super) also_called: &'static str,
    pub(super) active: &'static str,
    pub(super) coauthors: &'static str,
    pub(super) related_topics: &'static str,
    pub(super) narrower: &'static str,
    pub(super) nothing: &'static str,
    pub(super) articles: &'static str,
    pub(super) newest: &'static str,
    pub(super) all_articles: &'static str,
    pub(super) sort: &'static str,
    pub(super) remove: &'static str,
    pub(super) what_helps: &'static str,
    pub(super) api: &'static str,
}

const THAI: Wording = Wording {
    language: Language::Thai,
    skip: "ข้ามไปยังเนื้อหา",
    other_language: "English",
    box_label: "คำที่ต้องการค้นหา",
    placeholder: "เช่น จัดซื้อจัดจ้าง, ธรรมาภิบาล, whistleblower",
    search: "ค้นหา",
    advanced: "ค้นหาขั้นสูง",
    browse: "บทความทั้งหมด",
    authors: "ผู้แต่ง",
    topics: "หัวข้อ",
    help: "วิธีค้นหา",
    site_pages: "หน้าต่าง ๆ ของเว็บไซต์",
    made_with: "ระบบค้นหาบทความภาษาไทยและอังกฤษ",
    author_field: "ผู้แต่ง",
    exact: "เฉพาะคำที่พิมพ์",
    untranslated: "ไม่ค้นคำแปล",
    copy: "คัดลอก",
    copied: "คัดลอกแล้ว",
    filters: "กรองผลลัพธ์",
    clear: "ล้างตัวกรองทั้งหมด",
    more: "ดูเพิ่มเติม",
    all_values: "ดูทั้งหมด",
    find: "ค้นหาในรายการ",
    by_count: "ตามจำนวนบทความ",
    by_name: "ตามตัวอักษร",
    from_year: "ตั้งแต่ปี",
    to_year: "ถึงปี",
    narrow: "กรอง",
    also_called: "ชื่ออื่น",
    active: "ช่วงปี",
    coauthors: "ผู้แต่งร่วม",
    related_topics: "หัวข้อที่เกี่ยวข้อง",
    narrower: "หัวข้อย่อย",
    nothing: "ไม่พบรายการ",
    articles: "บทความ",
    newest: "บทความล่าสุด",
    all_articles: "ค้นหาในบทความทั้งหมดของรายการนี้",
    sort: "เรียงตาม",
    remove: "เอาตัวกรองนี้ออก",
    what_helps: "เกิดอะไรขึ้น และแก้อย่างไร",
    api: "API สำหรับนักพัฒนา",
};

const ENGLISH: Wording = Wording {
    language: Language::English,
    skip: "Skip to content",
    other_language: "ภาษาไทย",
    box_label: "Words to search for",
    placeholder: "for example procurement, “open data”, ธรรมาภิบาล",
    search: "Search",
    advanced: "Advanced search",
    browse: "All articles",
    authors: "Authors",
    topics: "Topics",
    help: "How to search",
    site_pages: "Pages of this site",
    made_with: "search in Thai and English",
    author_field: "author",
    exact: "Only what was typed",
    untranslated: "Without translations",
    copy: "Copy",
    copied: "Copied",
    filters: "Narrow the results",
    clear: "Remove all filters",
    more: "Show more",
    all_values: "All of them",
    find: "Find in this list",
    by_count: "by number of articles",
    by_name: "by name",
    from_year: "From",
    to_year: "to",
    narrow: "Narrow",
    also_called: "Also known as",
    active: "Years",
    coauthors: "Writes with",
    related_topics: "Related topics",
    narrower: "Subtopics",
    nothing: "Nothing found",
    articles: "articles",
    newest: "Newest articles",
    all_articles: "Search all of these articles",
    sort: "Sort by",
    remove: "remove this filter",
    what_helps: "What this means, and what helps",
    api: "API for developers",
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
            Sort::Title(_) => ("ชื่อเรื่อง", "title"),
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
