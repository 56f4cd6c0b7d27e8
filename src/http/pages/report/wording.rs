//! The words of the report, in both languages.

use crate::text::Language;

/// One language's words.
pub(super) struct ReportWording {
    pub(super) title: &'static str,
    pub(super) total: &'static str,
    pub(super) searches: &'static str,
    pub(super) without_results: &'static str,
    pub(super) clicks: &'static str,
    pub(super) mean_rank: &'static str,
    pub(super) by_day: &'static str,
    pub(super) day: &'static str,
    pub(super) median: &'static str,
    pub(super) percentile_95: &'static str,
    pub(super) queries: &'static str,
    pub(super) no_results: &'static str,
    pub(super) clicked: &'static str,
    pub(super) query: &'static str,
    pub(super) articles: &'static str,
    pub(super) nothing: &'static str,
    pub(super) not_kept: &'static str,
    pub(super) personal: &'static str,
    pub(super) beyond: &'static str,
    pub(super) damaged: &'static str,
    pub(super) trouble: &'static str,
}

const THAI: ReportWording = ReportWording {
    title: "รายงานการค้นหา",
    total: "รวม",
    searches: "จำนวนการค้นหา",
    without_results: "ไม่พบผลลัพธ์",
    clicks: "จำนวนการเปิดอ่าน",
    mean_rank: "อันดับเฉลี่ยที่เปิดอ่าน",
    by_day: "รายวัน",
    day: "วันที่",
    median: "ค่ามัธยฐานของเวลาตอบ (มิลลิวินาที)",
    percentile_95: "เวลาตอบของการค้นหาร้อยละ 95 (มิลลิวินาที)",
    queries: "คำค้นที่ใช้บ่อย",
    no_results: "คำค้นที่ไม่พบผลลัพธ์",
    clicked: "คำค้นที่มีการเปิดอ่านบทความ",
    query: "คำค้น",
    articles: "บทความที่เปิดอ่าน",
    nothing: "ยังไม่มีข้อมูล",
    not_kept: "นับโดยไม่เก็บข้อความ",
    personal: "คำค้นที่อาจมีข้อมูลส่วนบุคคล เช่น อีเมล หมายเลขโทรศัพท์ หรือเลขประจำตัวประชาชน",
    beyond: "คำค้นที่เกินจำนวนซึ่งเก็บได้ในหนึ่งวัน",
    damaged: "ไฟล์ต่อไปนี้เสียหาย จึงไม่ได้นับรวม",
    trouble: "บันทึกข้อมูลลงดิสก์ไม่ได้",
};

const ENGLISH: ReportWording = ReportWording {
    title: "What people search for",
    total: "Total",
    searches: "Searches",
    without_results: "Without results",
    clicks: "Clicks",
    mean_rank: "Mean rank",
    by_day: "By day",
    day: "Day",
    median: "Median answer (ms)",
    percentile_95: "95 % of answers (ms)",
    queries: "Most frequent queries",
    no_results: "Most frequent queries without results",
    clicked: "Queries with most clicks",
    query: "Query",
    articles: "Articles opened",
    nothing: "Nothing yet",
    not_kept: "Counted without their texts",
    personal: "Queries that may be personal, such as e-mail addresses, telephone numbers and national ids",
    beyond: "Queries beyond those that are kept for one day",
    damaged: "These files are damaged and left out",
    trouble: "The counts cannot be written to disk",
};

impl ReportWording {
    /// The words in `language`.
    pub(super) fn of(language: Language) -> &'static ReportWording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }
}
