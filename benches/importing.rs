//! How fast files of each format become articles, and how much memory that takes.
//!
//! `cargo bench --bench importing -- [MEGABYTES]`: a WordPress export of that length, an eighth of its posts translations that
//! stand far from each other, then a tenth as much of the other formats that hold many articles; these files are made in a
//! temporary folder. Then the examples of the formats that hold one article, many times. What was ever taken is the most
//! memory of this process so far; a PDF is read by another one.

use std::env;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use comfy_table::{Table, presets};
use khonha::content::{Ending, Folder, PdfReader, Site};

const MEGABYTES: u64 = 300;
const MEGABYTE: u64 = 1_000_000;
/// Files of one article, and how often each is read.
const EXAMPLES: [(&str, &str, u32); 6] = [
    ("markdown", "two-languages.md", 2_000),
    ("text", "01-usual.txt", 2_000),
    ("html", "01-hub.html", 500),
    ("docx", "report.docx", 50),
    ("epub", "book.epub", 50),
    ("pdf", "chromium.pdf", 20),
];
/// The largest article, in bytes.
const MOST: u64 = 4 << 20;

const WORDS: [&str; 12] = [
    "คณะกรรมการตรวจรับพัสดุ",
    "เปิดเผยข้อมูล",
    "ในปีงบประมาณ",
    "โครงการถนนสายรอง",
    "ราคากลาง",
    "ไม่มีผู้คัดค้าน",
    "ผู้ยื่นข้อเสนอรายเดียว",
    "open contracts",
    "ตามระเบียบ",
    "ถูกแก้ไขสัญญา",
    "หลังลงนาม",
    "ประชาชนขอดูเอกสารได้",
];

const HEAD: &str = "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
     xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\
     <wp:base_blog_url>https://a.example</wp:base_blog_url>\n";

fn main() -> ExitCode {
    let megabytes = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(MEGABYTES);
    let temp = tempfile::tempdir().expect("a temporary folder");
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(["file", "MB", "articles", "seconds", "MB/s", "peak MB"]);
    let tenth = megabytes * MEGABYTE / 10;
    export(&temp.path().join("export.xml"), megabytes * MEGABYTE).expect("an export");
    feed(&temp.path().join("feed.rss"), tenth).expect("a feed");
    records(&temp.path().join("records.ndjson"), tenth, ["", "\n", ""], json).expect("a file of lines");
    records(&temp.path().join("records.json"), tenth, ["[", ",\n", "]"], json).expect("a list");
    records(&temp.path().join("records.csv"), tenth, ["id,title,body\n", "\n", "\n"], cells).expect("a table");
    for file in ["export.xml", "feed.rss", "records.ndjson", "records.json", "records.csv"] {
        table.add_row(row(temp.path(), file, 1));
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/khonha/formats");
    for (folder, file, times) in EXAMPLES {
        table.add_row(row(&examples.join(folder), file, times));
    }
    println!("{table}");
    ExitCode::SUCCESS
}

/// Reads a file, and tells how that went.
fn row(folder: &Path, file: &str, times: u32) -> [String; 6] {
    let bytes = fs::metadata(folder.join(file)).expect("the file is there").len() * u64::from(times);
    let start = Instant::now();
    let mut articles = 0;
    for _ in 0..times {
        let whole = Folder::new(folder, MOST).with_pdf_reader(PdfReader::new(env!("CARGO_BIN_EXE_khonha"))).read(
            file,
            &Site::default(),
            &mut |part| articles += usize::from(part.read.is_ok()),
        );
        assert_eq!(whole.expect("it can be read").ending, Ending::Complete);
    }
    let (seconds, size) = (start.elapsed().as_secs_f64(), bytes as f64 / MEGABYTE as f64);
    let [size, seconds, speed] = [size, seconds, size / seconds].map(|number| format!("{number:.1}"));
    [file.to_owned(), size, articles.to_string(), seconds, speed, peak()]
}

/// The most memory that was ever taken.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|line| line.split_whitespace().next());
    line.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).map_or("-".to_owned(), |it| (it / 1024).to_string())
}

fn paragraphs(number: usize) -> String {
    let block = |words| {
        format!("<!-- wp:paragraph -->\n<p>{words} <strong>{number}</strong>&nbsp;</p>\n<!-- /wp:paragraph -->\n\n")
    };
    plain(number).split("\n\n").map(block).collect()
}

fn export(file: &Path, length: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(file)?);
    file.write_all(HEAD.as_bytes())?;
    let (mut written, mut number) = (0, 0);
    while written < length {
        let item = item(number);
        file.write_all(item.as_bytes())?;
        (written, number) = (written + item.len() as u64, number + 1);
    }
    file.write_all(b"</channel></rss>\n")
}

/// A post with fields as plugins leave them; of 16, two are translations of each other, some thousands of posts apart.
fn item(number: usize) -> String {
    let more = match number % 16 {
        0 => format!(
            "<category domain=\"language\" nicename=\"th\"/><category domain=\"post_translations\" nicename=\"g{number}\"/>"
        ),
        1 if number > 4000 => {
            let other = number - 1 - 4000;
            format!(
                "<category domain=\"language\" nicename=\"en\"/><category domain=\"post_translations\" nicename=\"g{other}\"/>"
            )
        }
        _ => String::new(),
    };
    let field = |at: usize| {
        format!(
            "<wp:postmeta><wp:meta_key><![CDATA[_field_{at}]]></wp:meta_key><wp:meta_value><![CDATA[{number}]]></wp:meta_value></wp:postmeta>\n"
        )
    };
    format!(
        "<item>\n<title><![CDATA[เรื่องที่ {number}]]></title>\n<link>https://a.example/{number}/</link>\n\
         <dc:creator><![CDATA[desk]]></dc:creator>\n<content:encoded><![CDATA[{}]]></content:encoded>\n\
         <wp:post_id>{number}</wp:post_id>\n<wp:post_date>2024-07-10 09:30:00</wp:post_date>\n<wp:status>publish</wp:status>\n\
         <wp:post_type>post</wp:post_type>\n<category domain=\"category\" nicename=\"news\"><![CDATA[ข่าว]]></category>\n{more}{}</item>\n",
        paragraphs(number),
        (0..8).map(field).collect::<String>(),
    )
}

fn feed(file: &Path, length: u64) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(file)?);
    write!(file, "<rss version=\"2.0\"><channel><title>ข่าว</title>")?;
    let (mut written, mut number) = (0, 0);
    while written < length {
        let item = format!(
            "<item><title>เรื่องที่ {number}</title><guid>https://a.example/{number}</guid><description><![CDATA[{}]]></description></item>\n",
            paragraphs(number)
        );
        file.write_all(item.as_bytes())?;
        (written, number) = (written + item.len() as u64, number + 1);
    }
    file.write_all(b"</channel></rss>\n")
}

/// A file of records, each written by `record`, with what stands before, between and after them.
fn records(
    file: &Path,
    length: u64,
    [before, between, after]: [&str; 3],
    record: fn(usize) -> String,
) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(file)?);
    file.write_all(before.as_bytes())?;
    let (mut written, mut number) = (0, 0);
    while written < length {
        let record = record(number);
        file.write_all(if number == 0 { "" } else { between }.as_bytes())?;
        file.write_all(record.as_bytes())?;
        (written, number) = (written + record.len() as u64, number + 1);
    }
    file.write_all(after.as_bytes())
}

fn json(number: usize) -> String {
    serde_json::json!({ "id": number, "title": format!("เรื่องที่ {number}"), "body": plain(number) }).to_string()
}

fn cells(number: usize) -> String {
    format!("{number},เรื่องที่ {number},\"{}\"", plain(number))
}

fn plain(number: usize) -> String {
    let word = |at: usize| WORDS[(number * 7 + at * at + at) % WORDS.len()];
    let paragraph = |at: usize| (0..24).map(|offset| word(at * 24 + offset)).collect::<Vec<_>>().join(" ");
    (0..6).map(paragraph).collect::<Vec<_>>().join("\n\n")
}
