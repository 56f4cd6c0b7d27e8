//! What the page of a problem says, in both languages.

use axum::http::StatusCode;

use crate::text::Language;

/// What is wrong, and what to do.
pub(in crate::http::pages) struct Advice {
    pub(in crate::http::pages) language: Language,
    pub(in crate::http::pages) title: &'static str,
    pub(in crate::http::pages) text: &'static str,
    pub(in crate::http::pages) back: &'static str,
    pub(in crate::http::pages) details: &'static str,
}

/// What to say of `status` in `language`.
pub(in crate::http::pages) fn advice(status: StatusCode, language: Language) -> Advice {
    let (title, text) = match language {
        Language::Thai => thai(status),
        Language::English => english(status),
    };
    let (back, details) = match language {
        Language::Thai => ("กลับไปหน้าค้นหา", "รายละเอียดสำหรับผู้ดูแลระบบ"),
        Language::English => ("Back to the search", "What exactly happened"),
    };
    Advice { language, title, text, back, details }
}

fn thai(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => {
            ("ไม่พบหน้านี้", "หน้านี้อาจย้ายหรือถูกลบไปแล้ว หรือที่อยู่อาจพิมพ์ผิด ลองค้นหาด้วยชื่อเรื่องหรือคำสำคัญในช่องด้านบน")
        }
        StatusCode::BAD_REQUEST => {
            ("ขออภัย เปิดหน้านี้ไม่ได้", "ที่อยู่ของหน้านี้มีค่าที่ใช้ไม่ได้ รายละเอียดด้านล่างบอกว่าเป็นค่าใด ลองเริ่มค้นหาใหม่จากช่องด้านบน")
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ("หน้านี้สำหรับผู้ดูแลระบบ", "ต้องใช้รหัสของผู้ดูแลระบบจึงจะเปิดหน้านี้ได้"),
        StatusCode::SERVICE_UNAVAILABLE => ("กำลังเตรียมข้อมูล", "ระบบกำลังสร้างดัชนีของบทความ หน้านี้จะลองใหม่เองในอีกสักครู่"),
        _ => ("ขออภัย ระบบขัดข้อง", "ไม่ใช่ความผิดของคุณ โปรดลองอีกครั้งในอีกสักครู่ หากยังไม่ได้ โปรดแจ้งผู้ดูแลเว็บไซต์"),
    }
}

fn english(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            "There is no such page",
            "It may have been moved or removed, or its address may be mistyped. Try a title or a few words in the box above.",
        ),
        StatusCode::BAD_REQUEST => (
            "This page cannot be shown",
            "Its address has a value that cannot be used; see below which one. Start a new search from the box above.",
        ),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            ("This page is for administrators", "It opens with the key of administration alone.")
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            ("Getting ready", "The index of articles is being built. This page tries again by itself in a moment.")
        }
        _ => (
            "Something went wrong",
            "It is not your fault. Please try again in a moment; if it does not help, tell those who run this site.",
        ),
    }
}
