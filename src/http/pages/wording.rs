//! The words of the pages, in both languages.

use crate::index::{Facet, Sort};
use crate::search::Warning;
use crate::text::Language;
use crate::text::calendar::Year;

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
    pub(super) newest: &'static str,
    pub(super) all_articles: &'static str,
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
    pub(super) what_helps: &'static str,
    pub(super) api: &'static str,
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
    newest: "บทความล่าสุด",
    all_articles: "ค้นหาในบทความทั้งหมดของรายการนี้",
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
    what_helps: "เกิดอะไรขึ้น และแก้อย่างไร",
    api: "API สำหรับนักพัฒนา",
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
    newest: "Newest articles",
    all_articles: "Search all of these articles",
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

    /// Years of the Buddhist Era, in both eras.
    pub(super) fn years(&self, first: &str, last: &str) -> String {
        let shown = |year: &str| match (Year::parse(year), self.language) {
            (Some(year), Language::Thai) => format!("{} ({})", year.buddhist_era(), year.common_era()),
            (Some(year), Language::English) => format!("{} ({} BE)", year.common_era(), year.buddhist_era()),
            (None, _) => year.to_owned(),
        };
        if first == last { shown(first) } else { format!("{}–{}", shown(first), shown(last)) }
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
