//! The kinds of problems: their addresses, their statuses, and what their pages say.
//!
//! A kind never changes its address: programs tell problems apart by it.

use axum::http::StatusCode;

use crate::text::Bilingual;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Kind {
    Parameter,
    Address,
    Click,
    Searches,
    Key,
    AdminOff,
    Scope,
    NoSuchAddress,
    NoSuchArticle,
    NoSuchFacet,
    NothingOf,
    AnalyticsOff,
    ClicksOff,
    SnapshotsOff,
    NotWriting,
    Method,
    TooLarge,
    TooManyRequests,
    Internal,
    NotReady,
    Busy,
    Overloaded,
    Late,
}

/// What there is to say of a kind.
pub(in crate::http) struct About {
    /// The end of its address.
    pub(in crate::http) name: &'static str,
    pub(in crate::http) status: StatusCode,
    /// The same in every answer of the kind.
    pub(in crate::http) title: Bilingual,
    /// When it occurs.
    pub(in crate::http) when: Bilingual,
    /// What helps.
    pub(in crate::http) way_out: Bilingual,
}

impl Kind {
    /// All kinds, by status.
    pub(in crate::http) const ALL: [Kind; 23] = [
        Kind::Parameter,
        Kind::Address,
        Kind::Click,
        Kind::Searches,
        Kind::Key,
        Kind::AdminOff,
        Kind::Scope,
        Kind::NoSuchAddress,
        Kind::NoSuchArticle,
        Kind::NoSuchFacet,
        Kind::NothingOf,
        Kind::AnalyticsOff,
        Kind::ClicksOff,
        Kind::SnapshotsOff,
        Kind::NotWriting,
        Kind::Method,
        Kind::TooLarge,
        Kind::TooManyRequests,
        Kind::Internal,
        Kind::NotReady,
        Kind::Busy,
        Kind::Overloaded,
        Kind::Late,
    ];

    /// The kind whose address ends so.
    pub(in crate::http) fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.about().name == name)
    }

    /// The address that is its `type`, and that its page is at.
    pub(in crate::http) fn address(self) -> String {
        format!("/problems/{}", self.about().name)
    }

    /// What there is to say of it.
    pub(in crate::http) fn about(self) -> &'static About {
        match self {
            Kind::Parameter => &PARAMETER,
            Kind::Address => &ADDRESS,
            Kind::Click => &CLICK,
            Kind::Searches => &SEARCHES,
            Kind::Key => &KEY,
            Kind::AdminOff => &ADMIN_OFF,
            Kind::Scope => &SCOPE,
            Kind::NoSuchAddress => &NO_SUCH_ADDRESS,
            Kind::NoSuchArticle => &NO_SUCH_ARTICLE,
            Kind::NoSuchFacet => &NO_SUCH_FACET,
            Kind::NothingOf => &NOTHING_OF,
            Kind::AnalyticsOff => &ANALYTICS_OFF,
            Kind::ClicksOff => &CLICKS_OFF,
            Kind::SnapshotsOff => &SNAPSHOTS_OFF,
            Kind::NotWriting => &NOT_WRITING,
            Kind::Method => &METHOD,
            Kind::TooLarge => &TOO_LARGE,
            Kind::TooManyRequests => &TOO_MANY_REQUESTS,
            Kind::Internal => &INTERNAL,
            Kind::NotReady => &NOT_READY,
            Kind::Busy => &BUSY,
            Kind::Overloaded => &OVERLOADED,
            Kind::Late => &LATE,
        }
    }
}

static PARAMETER: About = About {
    name: "parameter",
    status: StatusCode::BAD_REQUEST,
    title: Bilingual::new("ใช้ค่าของตัวเลือกไม่ได้", "Parameter cannot be used"),
    when: Bilingual::new(
        "ตัวเลือกในที่อยู่มีค่าที่ใช้ไม่ได้ เช่น limit=0, sort=random หรือ cursor ของการค้นหาอื่น ส่วนตัวเลือกที่ไม่รู้จักไม่ถือเป็นปัญหา แต่จะมีคำเตือน",
        "A parameter of the address has a value that cannot be used, such as limit=0, sort=random, or a cursor of another search. A parameter that is not known is no problem; a warning tells of it.",
    ),
    way_out: Bilingual::new(
        "อ่าน detail ของคำตอบ ซึ่งบอกชื่อตัวเลือก ค่าที่ได้รับ และค่าที่ใช้ได้",
        "Read the detail of the answer: it names the parameter and its value, and says what it may be.",
    ),
};

static ADDRESS: About = About {
    name: "address",
    status: StatusCode::BAD_REQUEST,
    title: Bilingual::new("อ่านที่อยู่ไม่ได้", "Address cannot be read"),
    when: Bilingual::new(
        "เมื่อถอดรหัสเปอร์เซ็นต์แล้ว ที่อยู่ไม่ใช่ข้อความ UTF-8",
        "The path, once percent-decoded, is not text in UTF-8.",
    ),
    way_out: Bilingual::new(
        "เข้ารหัสที่อยู่แบบเปอร์เซ็นต์จากข้อความ UTF-8 ไม่ใช่ TIS-620 หรือ Windows-874",
        "Percent-encode the path as UTF-8, not as TIS-620 or Windows-874.",
    ),
};

static CLICK: About = About {
    name: "click",
    status: StatusCode::BAD_REQUEST,
    title: Bilingual::new("อ่านข้อมูลการเปิดอ่านไม่ได้", "Click cannot be read"),
    when: Bilingual::new(
        "เนื้อหาที่ส่งมาไม่ใช่ JSON ตามรูปแบบ หรืออันดับอยู่นอกช่วง 1 ถึง 10,000",
        "The body is not the JSON that is expected, or the rank is not from 1 to 10,000.",
    ),
    way_out: Bilingual::new(
        "ส่ง JSON ที่มี query, id และ rank พร้อม Content-Type: application/json",
        "Send JSON with query, id and rank, and with Content-Type: application/json.",
    ),
};

static KEY: About = About {
    name: "key",
    status: StatusCode::UNAUTHORIZED,
    title: Bilingual::new("ต้องใช้กุญแจของผู้ดูแล", "Key needed"),
    when: Bilingual::new(
        "ที่อยู่นี้มีไว้สำหรับผู้ดูแลระบบ แต่คำขอไม่มีกุญแจ หรือกุญแจไม่ถูกต้อง",
        "The address is for those who run the service, and the request has no key, or another one.",
    ),
    way_out: Bilingual::new(
        "ส่ง Authorization: Bearer ตามด้วยกุญแจ หรือให้เบราว์เซอร์ส่งกุญแจเป็นรหัสผ่าน คำสั่ง khonha key สร้างกุญแจใหม่",
        "Send Authorization: Bearer and the key, or let a browser send it as a password. The command khonha key makes a new one.",
    ),
};

static ADMIN_OFF: About = About {
    name: "admin-off",
    status: StatusCode::FORBIDDEN,
    title: Bilingual::new("ไม่ได้เปิดส่วนของผู้ดูแล", "Administration is off"),
    when: Bilingual::new(
        "ที่อยู่นี้มีไว้สำหรับผู้ดูแลระบบ แต่ยังไม่ได้ตั้งกุญแจไว้",
        "The address is for those who run the service, and no key is configured.",
    ),
    way_out: Bilingual::new(
        "ใช้คำสั่ง khonha key แล้วนำค่าแฮชที่ได้ไปตั้งเป็น admin_key_hash",
        "Run khonha key, and set admin_key_hash to the hash that it prints.",
    ),
};

static NO_SUCH_ADDRESS: About = About {
    name: "no-such-address",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่มีที่อยู่นี้", "No such address"),
    when: Bilingual::new("ไม่มีสิ่งใดอยู่ที่ที่อยู่นี้", "Nothing is at the address."),
    way_out: Bilingual::new("ดูที่อยู่ทั้งหมดได้ที่ /api", "The page /api lists all addresses."),
};

static NO_SUCH_ARTICLE: About = About {
    name: "no-such-article",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่มีบทความนี้", "No such article"),
    when: Bilingual::new(
        "ไม่มีบทความที่มีรหัสนี้ อาจไม่เคยมี ถูกย้าย หรือถูกลบไปแล้ว",
        "No article has this id: it never did, or the article was moved or deleted.",
    ),
    way_out: Bilingual::new(
        "ค้นหาบทความด้วยชื่อเรื่อง แล้วใช้ id จากผลการค้นหา",
        "Search for the article by its title, and use the id of the hit.",
    ),
};

static NO_SUCH_FACET: About = About {
    name: "no-such-facet",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่มีรายการนี้", "No such facet"),
    when: Bilingual::new("ไม่มีรายการนับที่มีชื่อนี้", "There is no facet of this name."),
    way_out: Bilingual::new(
        "ใช้ topic, year, author, series, organisation หรือ language",
        "Use topic, year, author, series, organisation or language.",
    ),
};

static NOTHING_OF: About = About {
    name: "nothing-of",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่มีบทความของรายการนี้", "Nothing of it"),
    when: Bilingual::new(
        "ไม่มีบทความของผู้แต่ง หัวข้อ หรือชุดบทความที่มีชื่อหรือรหัสนี้",
        "No article has an author, topic or series of this id or name.",
    ),
    way_out: Bilingual::new(
        "/api/v1/facets/author, /api/v1/facets/topic และ /api/v1/facets/series แสดงรายการที่มีบทความ",
        "/api/v1/facets/author, /api/v1/facets/topic and /api/v1/facets/series list those that have articles.",
    ),
};

static ANALYTICS_OFF: About = About {
    name: "analytics-off",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่ได้นับการค้นหา", "Searches are not counted"),
    when: Bilingual::new(
        "ขอรายงานการค้นหา แต่บริการนี้ไม่ได้นับการค้นหา",
        "The report of searches is asked for, and the service does not count them.",
    ),
    way_out: Bilingual::new(
        "ตั้งค่า analytics เป็นโฟลเดอร์สำหรับเก็บจำนวน",
        "Name a folder for the counts with the setting analytics.",
    ),
};

static CLICKS_OFF: About = About {
    name: "clicks-off",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่ได้นับการเปิดอ่าน", "Clicks are not counted"),
    when: Bilingual::new(
        "แจ้งการเปิดอ่านบทความ แต่บริการนี้ไม่ได้นับการเปิดอ่าน",
        "A click is reported, and the service does not count clicks.",
    ),
    way_out: Bilingual::new(
        "ไม่ต้องแจ้งการเปิดอ่าน หรือให้ผู้ดูแลตั้งค่า analytics และ analytics_clicks",
        "Report none, or have those who run the service set analytics and analytics_clicks.",
    ),
};

static SNAPSHOTS_OFF: About = About {
    name: "snapshots-off",
    status: StatusCode::NOT_FOUND,
    title: Bilingual::new("ไม่ได้เปิดให้สำรองดัชนี", "Snapshots are off"),
    when: Bilingual::new(
        "ขอให้สำรองดัชนีลงไฟล์ แต่บริการนี้ไม่มีโฟลเดอร์สำหรับไฟล์สำรอง",
        "The index is to be written to a file, and the service has no folder for such files.",
    ),
    way_out: Bilingual::new(
        "ให้ผู้ดูแลตั้งค่า snapshots หรือใช้คำสั่ง khonha snapshot บนเครื่องนั้น",
        "Have those who run the service set snapshots, or run khonha snapshot on that machine.",
    ),
};

static NOT_WRITING: About = About {
    name: "not-writing",
    status: StatusCode::CONFLICT,
    title: Bilingual::new("เซิร์ฟเวอร์นี้ไม่ได้เขียนดัชนี", "This server does not write the index"),
    when: Bilingual::new(
        "ขอให้สร้างดัชนีใหม่ แต่ดัชนีนี้เขียนโดยโพรเซสอื่น",
        "The index is to be built anew, and another process writes it.",
    ),
    way_out: Bilingual::new(
        "ส่งคำขอไปยังเซิร์ฟเวอร์ที่เขียนดัชนี หรือใช้คำสั่ง khonha reindex",
        "Ask the server that writes it, or run khonha reindex.",
    ),
};

static METHOD: About = About {
    name: "method",
    status: StatusCode::METHOD_NOT_ALLOWED,
    title: Bilingual::new("ใช้วิธีการนี้ไม่ได้", "Method not allowed"),
    when: Bilingual::new(
        "ที่อยู่นี้ไม่รับวิธีการของคำขอ เช่น POST แทน GET",
        "The address does not take the method of the request, such as POST in place of GET.",
    ),
    way_out: Bilingual::new(
        "ใช้วิธีการที่ส่วนหัว Allow ของคำตอบระบุ",
        "Use a method that the header Allow of the answer names.",
    ),
};

static TOO_LARGE: About = About {
    name: "too-large",
    status: StatusCode::PAYLOAD_TOO_LARGE,
    title: Bilingual::new("เนื้อหาที่ส่งมาใหญ่เกินไป", "Body too large"),
    when: Bilingual::new(
        "เนื้อหาของคำขอใหญ่กว่าที่ที่อยู่นี้รับได้ หรือส่งมาไม่ครบ",
        "The body of the request is larger than the address takes, or it was not sent to its end.",
    ),
    way_out: Bilingual::new("ส่งเนื้อหาให้สั้นลง", "Send a shorter body."),
};

static INTERNAL: About = About {
    name: "internal",
    status: StatusCode::INTERNAL_SERVER_ERROR,
    title: Bilingual::new("เกิดข้อผิดพลาดภายใน", "Internal error"),
    when: Bilingual::new(
        "เกิดข้อผิดพลาดในบริการเอง ไม่ใช่ในคำขอ",
        "Something failed in the service, and not in the request.",
    ),
    way_out: Bilingual::new(
        "ลองใหม่ภายหลัง ถ้ายังเกิดขึ้นอีกให้แจ้งผู้ดูแล ซึ่งดูสาเหตุได้จากบันทึกของบริการ",
        "Try again later, and if it stays so tell those who run the service; its log says why.",
    ),
};

static NOT_READY: About = About {
    name: "not-ready",
    status: StatusCode::SERVICE_UNAVAILABLE,
    title: Bilingual::new("ยังไม่พร้อม", "Not ready"),
    when: Bilingual::new(
        "บริการเพิ่งเริ่มทำงานและกำลังสร้างดัชนีครั้งแรก",
        "The service has just begun, and is building its first index.",
    ),
    way_out: Bilingual::new(
        "ลองใหม่หลังเวลาที่ Retry-After ระบุ /health/ready บอกว่าพร้อมแล้วหรือยัง",
        "Try again after the time that Retry-After says; /health/ready tells when it is ready.",
    ),
};

static BUSY: About = About {
    name: "busy",
    status: StatusCode::SERVICE_UNAVAILABLE,
    title: Bilingual::new("มีการส่งออกมากเกินไป", "Too many exports"),
    when: Bilingual::new(
        "มีการส่งออกผลการค้นหาพร้อมกันมากเท่าที่ทำได้แล้ว",
        "As many exports of results as can be are under way.",
    ),
    way_out: Bilingual::new("ลองใหม่หลังเวลาที่ Retry-After ระบุ", "Try again after the time that Retry-After says."),
};

static SEARCHES: About = About {
    name: "searches",
    status: StatusCode::BAD_REQUEST,
    title: Bilingual::new("อ่านรายการค้นหาไม่ได้", "Searches cannot be read"),
    when: Bilingual::new(
        "สิ่งที่ส่งมายังการค้นหาหลายรายการไม่ใช่ JSON ที่ถูกต้อง หรือไม่มีรายการ หรือมีเกิน 10 รายการ",
        "What was sent to the multi-search is no JSON of the right form, or has no search in it, or more than ten.",
    ),
    way_out: Bilingual::new(
        "อ่าน detail ของคำตอบ ซึ่งบอกตำแหน่งที่อ่านไม่ได้และตัวอย่างที่ถูกต้อง",
        "Read the detail of the answer: it says where it cannot be read, and gives an example.",
    ),
};

static SCOPE: About = About {
    name: "scope",
    status: StatusCode::FORBIDDEN,
    title: Bilingual::new("กุญแจนี้เปิดส่วนนี้ไม่ได้", "Key for other things"),
    when: Bilingual::new(
        "กุญแจถูกต้อง แต่การตั้งค่าไม่ได้ให้กุญแจนี้เปิดส่วนที่ขอ",
        "The key is a right one, but the settings do not let it open what was asked for.",
    ),
    way_out: Bilingual::new(
        "ใช้กุญแจอื่น หรือเพิ่มสิทธิ์ใน scopes ของกุญแจนี้ในการตั้งค่า admin_keys",
        "Use another key, or add to the scopes of this one in the setting admin_keys.",
    ),
};

static TOO_MANY_REQUESTS: About = About {
    name: "too-many-requests",
    status: StatusCode::TOO_MANY_REQUESTS,
    title: Bilingual::new("ส่งคำขอถี่เกินไป", "Too many requests"),
    when: Bilingual::new(
        "มีคำขอจากที่อยู่เครือข่ายของคุณเกินจำนวนต่อวินาทีที่ผู้ดูแลกำหนด",
        "More requests a second came from your network address than the operator allows.",
    ),
    way_out: Bilingual::new(
        "รอตามเวลาที่ Retry-After ระบุ แล้วส่งให้ช้าลง การค้นหาหลายรายการส่งรวมกันได้ในคำขอเดียว",
        "Wait as long as Retry-After says, then ask more slowly. Several searches can be sent as one request.",
    ),
};

static OVERLOADED: About = About {
    name: "overloaded",
    status: StatusCode::SERVICE_UNAVAILABLE,
    title: Bilingual::new("มีผู้ใช้มากเกินกำลัง", "Overloaded"),
    when: Bilingual::new(
        "มีคำขอพร้อมกันมากกว่าที่ตอบได้ คำขอที่เกินจึงถูกปฏิเสธทันที เพื่อให้คำขอที่รับไว้ยังได้คำตอบเร็ว",
        "More is asked at once than can be answered. What is too much is turned away at once, so that the rest is answered as fast as ever.",
    ),
    way_out: Bilingual::new("ลองใหม่หลังเวลาที่ Retry-After ระบุ", "Try again after the time that Retry-After says."),
};

static LATE: About = About {
    name: "late",
    status: StatusCode::SERVICE_UNAVAILABLE,
    title: Bilingual::new("ใช้เวลานานเกินไป", "Too late"),
    when: Bilingual::new(
        "คำตอบหรือการส่งคำขอใช้เวลานานเกินกำหนด จึงเลิกทำ",
        "The answer, or the sending of the request, took longer than it may and was given up.",
    ),
    way_out: Bilingual::new("ขอให้น้อยลง หรือลองใหม่ภายหลัง", "Ask for less, or try again later."),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_answered_has_an_address_of_its_own() {
        let used = include_str!("../problem.rs").split("Kind::").skip(1);
        let used = used.map(|rest| rest.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or_default());
        for name in used.filter(|name| *name != "ALL") {
            let kind = Kind::ALL.into_iter().find(|kind| format!("{kind:?}") == name);
            let found = kind.and_then(|kind| Kind::from_name(kind.about().name));
            assert!(found.is_some() && found == kind, "Kind::ALL lacks {name}, so it has no page");
        }
    }
}
