//! The words of the pages about the API, in both languages.

use crate::text::Language;

/// One language's words.
pub(in crate::http) struct ApiWording {
    pub(in crate::http) title: &'static str,
    pub(in crate::http) intro: &'static str,
    pub(in crate::http) description: &'static str,
    pub(in crate::http) contents: &'static str,
    pub(in crate::http) name: &'static str,
    pub(in crate::http) value: &'static str,
    pub(in crate::http) what: &'static str,
    pub(in crate::http) parameters: &'static str,
    pub(in crate::http) answers: &'static str,
    pub(in crate::http) example: &'static str,
    pub(in crate::http) default: &'static str,
    pub(in crate::http) required: &'static str,
    pub(in crate::http) repeated: &'static str,
    pub(in crate::http) any_text: &'static str,
    pub(in crate::http) at_most: &'static str,
    pub(in crate::http) characters: &'static str,
    pub(in crate::http) with_commas: &'static str,
    pub(in crate::http) years: &'static str,
    pub(in crate::http) needs_key: &'static str,
    pub(in crate::http) schemas: &'static str,
    pub(in crate::http) field: &'static str,
    pub(in crate::http) problems: &'static str,
    pub(in crate::http) all_problems: &'static str,
    pub(in crate::http) when: &'static str,
    pub(in crate::http) way_out: &'static str,
}

const THAI: ApiWording = ApiWording {
    title: "API สำหรับนักพัฒนา",
    intro: "ตัวเลือกที่ว่างถือว่าไม่ได้ระบุ ตัวเลือกที่ที่อยู่นั้นไม่รับจะไม่มีผล และจะมีคำเตือนใน warnings ของคำตอบ หรือในส่วนหัว Khonha-Warnings ข้อผิดพลาดเป็น problem details ตาม RFC 9457",
    description: "คำอธิบายสำหรับโปรแกรม (OpenAPI 3.1)",
    contents: "สารบัญ",
    name: "ชื่อ",
    value: "ค่าที่ใช้ได้",
    what: "ความหมาย",
    parameters: "ตัวเลือก",
    answers: "คำตอบ",
    example: "ตัวอย่าง",
    default: "ค่าเริ่มต้น",
    required: "ต้องระบุ",
    repeated: "ระบุซ้ำได้ไม่เกิน",
    any_text: "ข้อความ",
    at_most: "ข้อความไม่เกิน",
    characters: "อักขระ",
    with_commas: "คั่นด้วยจุลภาค",
    years: "ปีหรือช่วงปี",
    needs_key: "ต้องใช้กุญแจของผู้ดูแล",
    schemas: "โครงสร้างของคำตอบ",
    field: "ช่อง",
    problems: "ปัญหาที่อาจพบ",
    all_problems: "ดูปัญหาทั้งหมด",
    when: "เกิดขึ้นเมื่อใด",
    way_out: "วิธีแก้",
};

const ENGLISH: ApiWording = ApiWording {
    title: "API for developers",
    intro: "Empty parameters are as good as none. A parameter that an address does not take is ignored and told: in warnings of the answer, or else in the header Khonha-Warnings. Errors are problem details (RFC 9457).",
    description: "The description for programs (OpenAPI 3.1)",
    contents: "Contents",
    name: "Name",
    value: "Values",
    what: "What it does",
    parameters: "Parameters",
    answers: "Answers",
    example: "Example",
    default: "default",
    required: "required",
    repeated: "repeatable, at most",
    any_text: "text",
    at_most: "text of at most",
    characters: "characters",
    with_commas: "with commas between them",
    years: "a year or years",
    needs_key: "Needs the key of administration",
    schemas: "What answers are made of",
    field: "Field",
    problems: "Problems",
    all_problems: "All problems",
    when: "When it occurs",
    way_out: "What helps",
};

impl ApiWording {
    /// The words in `language`.
    pub(in crate::http) fn of(language: Language) -> &'static ApiWording {
        match language {
            Language::Thai => &THAI,
            Language::English => &ENGLISH,
        }
    }
}
