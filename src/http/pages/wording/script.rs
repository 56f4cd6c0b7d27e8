//! The words of the script of the pages.

use super::Wording;
use crate::text::Language;

/// One language's words; the script knows each by the name of its field.
pub(in crate::http::pages) struct ScriptWords {
    /// The list below the box.
    pub(in crate::http::pages) suggestions: &'static str,
    /// Searches that others have made.
    pub(in crate::http::pages) query: &'static str,
    pub(in crate::http::pages) phrase: &'static str,
    pub(in crate::http::pages) topic: &'static str,
    pub(in crate::http::pages) title: &'static str,
    pub(in crate::http::pages) author: &'static str,
    pub(in crate::http::pages) organisation: &'static str,
    pub(in crate::http::pages) series: &'static str,
    /// The last searches of this browser.
    pub(in crate::http::pages) recent: &'static str,
    pub(in crate::http::pages) forget: &'static str,
    /// How years are chosen in a histogram.
    pub(in crate::http::pages) brush: &'static str,
    /// The switch of the key that goes to the box.
    pub(in crate::http::pages) shortcut: &'static str,
    /// Results did not come.
    pub(in crate::http::pages) failed: &'static str,
    /// Nothing was copied.
    pub(in crate::http::pages) uncopied: &'static str,
}

const THAI: ScriptWords = ScriptWords {
    suggestions: "คำแนะนำ",
    query: "คำที่มีผู้ค้นหา",
    phrase: "คำค้น",
    topic: "หัวข้อ",
    title: "บทความ",
    author: "ผู้แต่ง",
    organisation: "หน่วยงาน",
    series: "ชุดบทความ",
    recent: "คำที่ค้นหาล่าสุด",
    forget: "ล้างคำที่ค้นหาล่าสุด",
    brush: "เลือกช่วงปีโดยลากบนกราฟ หรือกด Shift กับลูกศร แล้วกด Enter",
    shortcut: "กด / เพื่อไปที่ช่องค้นหา",
    failed: "โหลดผลการค้นหาไม่สำเร็จ ที่แสดงอยู่เป็นผลการค้นหาก่อนหน้า ตรวจสอบการเชื่อมต่อแล้วลองอีกครั้ง",
    uncopied: "คัดลอกไม่สำเร็จ เลือกข้อความแล้วคัดลอกเอง",
};

const ENGLISH: ScriptWords = ScriptWords {
    suggestions: "suggestions",
    query: "Searched by others",
    phrase: "Search for",
    topic: "Topics",
    title: "Articles",
    author: "Authors",
    organisation: "Organisations",
    series: "Series",
    recent: "Recent searches",
    forget: "Clear recent searches",
    brush: "Drag over the bars to choose years, or press Shift with the arrow keys and then Enter",
    shortcut: "Press / to go to the search box",
    failed: "The results could not be loaded, and those shown are of the search before. Check the connection and try again.",
    uncopied: "This could not be copied. Select the text and copy it by hand.",
};

impl Wording {
    /// The words of the script.
    pub(in crate::http::pages) fn script(&self) -> &'static ScriptWords {
        match self.language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }
}
