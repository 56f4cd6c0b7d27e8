//! Plain text: a page of a hub as it was copied or exported, or any text whose first line is its title.

use super::encoding;
use super::hub::{Context, Gap, Kind, Line, Page, Paragraphs};
use super::{Input, Single};
use crate::content::draft::Draft;
use crate::content::problem::Problem;
use crate::content::site::Site;

/// Where all lines are shorter, in characters, they may be broken to fit a page.
const WIDEST: usize = 100;
/// A line that was broken to fit has so many characters at least.
const NARROWEST: usize = 50;
/// Fewer lines say nothing of how a text is laid out.
const FEWEST: usize = 4;

/// Plain text.
pub(super) struct Text;

impl Single for Text {
    const NAME: &'static str = "Text";
    const EXTENSIONS: &'static [&'static str] = &["txt", "text"];

    fn draft(input: &Input<'_>, bytes: Vec<u8>) -> Result<Draft, Problem> {
        draft(input.path, &bytes, input.site)
    }
}

/// The draft of a text.
///
/// # Errors
/// The [`Problem`] of bytes that are no text.
pub(super) fn draft(path: &str, bytes: &[u8], site: &Site) -> Result<Draft, Problem> {
    let (text, told) = encoding::text(path, bytes, None)?;
    let context = Context::new(path, site);
    let lines = unwrapped(lines(&text), &context);
    let page = Page { titles: Vec::new(), metadata: serde_json::Map::new(), lines, paragraphs: Paragraphs::Lines };
    let mut draft = context.draft(page);
    draft.warnings.splice(0..0, told);
    Ok(draft)
}

/// The lines that say something. Where all of them have an empty line before, it means nothing.
fn lines(text: &str) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = Gap::None;
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = Line::plain(Some(number), line, gap);
        gap = if line.text.is_empty() { Gap::Parting } else { Gap::None };
        lines.extend((!line.text.is_empty()).then_some(line));
    }
    if lines.len() >= FEWEST && lines.iter().skip(1).all(|line| line.gap == Gap::Parting) {
        lines.iter_mut().for_each(|line| line.gap = Gap::Usual);
    }
    lines
}

/// Paragraphs whose lines were broken to fit a page, as one line each.
fn unwrapped(lines: Vec<Line>, context: &Context<'_>) -> Vec<Line> {
    let width = |line: &Line| line.text.chars().count();
    let pairs = || lines.windows(2).filter(|pair| goes_on(&pair[1]));
    let broken = pairs().filter(|pair| width(&pair[0]) >= NARROWEST).count();
    let is_wrapped = lines.len() >= FEWEST
        && lines.iter().all(|line| width(line) <= WIDEST)
        && broken > 1
        && broken * 2 >= pairs().count();
    if !is_wrapped {
        return lines;
    }
    let mut paragraphs: Vec<Line> = Vec::new();
    let mut last = 0;
    for line in lines {
        let wide = width(&line);
        match paragraphs.last_mut() {
            Some(paragraph)
                if last >= NARROWEST && goes_on(&line) && context.fields(std::slice::from_ref(&line)) == 0 =>
            {
                paragraph.markdown = format!("{}\n{}", paragraph.markdown, line.markdown);
                paragraph.text = format!("{} {}", paragraph.text, line.text);
            }
            _ => paragraphs.push(line),
        }
        last = wide;
    }
    paragraphs
}

fn goes_on(line: &Line) -> bool {
    line.gap == Gap::None && line.kind == Kind::Plain
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;
    use crate::content::Names;
    use crate::content::formats::hub::HubSettings;
    use crate::text::calendar::CalendarDate;

    /// The length of a page, in bytes, beside which another is long.
    const LENGTH: usize = 32 << 10;

    fn site() -> Site {
        let insight = Names {
            th: Some("สุจริต Insight".into()), en: Some("Sujarit Insight".into()), ..Names::default()
        };
        Site { series: [("insight".to_owned(), insight)].into(), ..Site::default() }
    }

    fn read(text: &str) -> Draft {
        draft("a.txt", text.as_bytes(), &site()).expect("UTF-8 is read")
    }

    /// Lines such as pages have, in whatever order.
    fn line() -> impl Strategy<Value = String> {
        let fixed = [
            "",
            "",
            "Sujarit Insight | ถนนสายเดียว",
            "Sujarit Insight I เสาไฟฟ้า",
            "Sujarit Insight (ตอนพิเศษ) : กำแพงวัด",
            "English Version",
            "ฉบับภาษาไทย",
            "ปีที่แต่ง (พ.ศ.)",
            "ปีที่แต่ง",
            "(พ.ศ.)",
            "10 กรกฎาคม 2567",
            "ต้นปี 2562",
            "ผู้แต่ง",
            "ผู้แต่ง: สมหญิง ใจงาม และคณะ",
            "• สมชาย ทองดี",
            "- Jane Doe, Ph.D.",
            "หน่วยงานสนับสนุน",
            "05_โลโก้ มูลนิธิกล้าพูด",
            "logo_7.png",
            "หัวข้อ",
            "ท้องถิ่น, โปร่งใส",
            "Related Content",
            "You might also like...",
            "คำโปรยของบทความอื่นที่ตัดตอนมา…",
            "The council met twice and nobody asked a question about it.",
            "Two Bridges and One Budget",
            "1. วัดระยะ2. ถ่ายภาพ3. ส่งเรื่อง ทั้งนี้ไปเป็นกลุ่ม",
            "2. เทียบแบบแปลน",
            "อ่านต่อ",
            "© 2567 คลังความรู้",
            "สามารถอ่านได้ที่ Sujarit Insight | ไฟทางดับ และ “คู่มือพลเมือง”",
            "ชาวบ้านพบว่าโครงการนี้ถูกแบ่งออกเป็นสามสัญญาในปีเดียวกัน และผู้รับจ้างทั้งสามรายมีกรรมการชุดเดียวกันโดยไม่มีใครทักท้วง",
        ];
        prop_oneof![8 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,40}"]
    }

    /// Runs of letters with what is written over and below them, and runs of digits.
    fn words(line: &str) -> Vec<String> {
        let is_letter = |ch: char| ch.is_alphabetic() || ('\u{0E31}'..='\u{0E4E}').contains(&ch);
        let letters = line.split(move |ch| !is_letter(ch));
        let digits = line.split(|ch: char| !ch.is_numeric());
        letters.chain(digits).filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
    }

    /// Whether a line says nothing that must be kept: labels are known by what stands below them, and what belongs to the
    /// page around is left out.
    fn is_structure(word: &str, line: &str) -> bool {
        let usual = HubSettings::usual();
        let labels = usual.labels.values().chain(usual.sections.values()).flat_map(|names| names.all());
        let is_footer = usual.footers.iter().any(|footer| line.trim().starts_with(footer));
        let is_date = CalendarDate::parse(line).is_ok();
        let mut structure = labels.chain(&usual.noise).chain(&usual.logos);
        is_footer
            || is_date
            || structure.any(|known| words(known).iter().any(|known| known == word))
            || ["png", "05", "and", "และ"].contains(&word)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

        #[test]
        fn nothing_that_a_page_says_is_lost(lines in prop::collection::vec(line(), 0..30)) {
            let text = lines.join("\n");
            let draft = read(&text);
            let told: Vec<&str> = draft.warnings.iter().map(|warning| warning.reason.as_str()).collect();
            let said = format!("{} {} {}", serde_json::Value::Object(draft.metadata), draft.body.replace('\\', " "), told.join(" "));
            let said: std::collections::HashSet<String> = words(&said).into_iter().collect();
            for line in &lines {
                for word in words(line) {
                    prop_assert!(said.contains(&word) || is_structure(&word, line), "{word:?} of {line:?} in {text}");
                }
            }
        }

        #[test]
        fn no_text_brings_out_a_defect(text in "(\\PC|\n|[|:I1.“”\"•()\\\\]){0,300}") {
            read(&text);
        }
    }

    /// Eight times the length would take 64 times as long where time grows with its square.
    #[test]
    fn a_large_page_takes_time_as_its_length() {
        let kinds = [
            "ผู้แต่ง\n",
            "ผู้แต่ง\nข้อความ\n",
            "Sujarit Insight | ก ",
            "สามารถอ่านได้ที่ “ก” ",
            "1. กกกก2. ขขขข",
            "1. กกกก\n",
            "Related Content\nก\n",
            "“",
            "(",
            "English Version\n",
            "ปีที่แต่ง\n2567\n",
            "Insight | ",
            "ก : ",
            "Sujarit ",
            "• ก\n",
            "\n",
            "ก",
            "A ",
            "ทั้งนี้2. ",
            "[",
            "*",
        ];
        let takes = |kind: &str, length: usize| {
            let text = format!("ชื่อเรื่อง\n{}", kind.repeat(length / kind.len()));
            let start = Instant::now();
            read(&text);
            start.elapsed()
        };
        for kind in kinds {
            let is_linear = |_| {
                let (short, long) = (takes(kind, LENGTH), takes(kind, LENGTH * 8));
                println!("{kind:?}: {short:?}, {long:?}");
                long < short * 24 + Duration::from_secs(1)
            };
            // Where other work takes the processors, one of three is left alone.
            assert!((0..3).any(is_linear), "{kind:?} takes too long for its length");
        }
    }
}
