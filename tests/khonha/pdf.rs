//! Files of PDF: followed with their sidecars, and read back when Chromium and LibreOffice make them of the sample corpus.
//!
//! `PDF_ARTICLES=1000 cargo test --test khonha pdf::made -- --nocapture` measures all of the corpus and shows the figures. It
//! needs a Thai font (`PDF_FONT` names another than the first one), and takes those of the programs that are installed.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comfy_table::{Table, presets};
use khonha::content::{Article, ArticleId, Folder, Look, PdfReader, Site, Snapshot, check, to_html};
use khonha::text::{Analyzer, Form, Language};
use khonha::watch::Report;

use crate::cli::run;
use crate::support::{Live, Site as Folders, corpus};

/// Articles that a test makes PDFs of.
const ARTICLES: usize = 6;

/// The reader of PDF of this program.
pub fn reader() -> PdfReader {
    PdfReader::new(env!("CARGO_BIN_EXE_khonha"))
}

/// A site with an example of the format and its sidecar.
fn site(example: &str, sidecar: Option<&str>) -> Folders {
    let site = Folders::new(&[]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/khonha/formats/pdf");
    fs::copy(examples.join(example), site.content().join("paper.pdf")).expect("an example");
    sidecar.into_iter().for_each(|text| site.write("paper.yaml", text));
    site
}

fn title(live: &Live) -> Option<String> {
    let found = live.generation().index.article(&ArticleId::new("paper")).expect("the index can be read");
    found.and_then(|article| article.title.best(Language::Thai).map(|(_, title)| title.to_owned()))
}

fn problems(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_changed_sidecar_is_a_change_of_its_file() {
    let site = site("old-font.pdf", Some("title: ป้าจำรูญ"));
    let mut live = site.open();
    assert_eq!((live.look().updated, title(&live).as_deref()), (1, Some("ป้าจำรูญ")));
    assert_eq!(live.look().updated, 0);
    site.write("paper.yaml", "title: ตาชั่งของป้า");
    assert_eq!((live.look().updated, title(&live).as_deref()), (1, Some("ตาชั่งของป้า")));
    site.remove("paper.yaml");
    let report = live.look();
    assert_eq!((report.updated, title(&live).as_deref()), (1, Some("paper")));
    assert!(problems(&report).iter().any(|problem| problem.contains("says no title")), "{:?}", problems(&report));
}

#[test]
fn a_sidecar_that_cannot_be_read_or_has_no_file_is_told_with_its_name() {
    let site = site("old-font.pdf", Some("title: x\ndate: [2567"));
    let mut live = site.open();
    let told = problems(&live.look());
    assert!(told.len() == 1 && told[0].starts_with("paper.yaml:2: error: the metadata is not valid YAML"), "{told:?}");
    site.remove("paper.pdf");
    let told = problems(&live.look());
    assert!(told.len() == 1 && told[0].contains("paper.yaml: warning: is metadata of no file"), "{told:?}");
}

#[test]
fn a_sidecar_that_is_too_large_is_told_and_not_cut() {
    let site = site("old-font.pdf", Some(&format!("title: x\nnote: {}\n", "ก".repeat(1 << 20))));
    let told = problems(&site.open().look());
    assert!(told.len() == 1 && told[0].starts_with("paper.yaml: error: has more than max_file_bytes"), "{told:?}");
}

#[test]
fn what_cannot_be_read_is_told_with_the_way_out_and_not_indexed() {
    let cases = [
        ("locked.pdf", "save it without one"),
        ("scanned.pdf", "OCR"),
        ("garbled.pdf", "of its glyphs are unknown"),
        ("no-pdf.pdf", "is no PDF"),
    ];
    for (example, expected) in cases {
        let report = site(example, None).open().look();
        let told = problems(&report);
        assert!(told.len() == 1 && told[0].contains(expected), "{example}: {told:?}");
        assert_eq!(report.articles, 0, "{example}");
    }
}

#[test]
fn a_reader_that_breaks_off_costs_its_file_alone() {
    let site = site("old-font.pdf", None);
    site.write("other.md", "---\ntitle: อื่น\n---\nบท\n");
    let folder = Folder::new(site.content(), 1 << 20).with_pdf_reader(PdfReader::new("/bin/false"));
    let checked = check(&folder).expect("the folder is there");
    assert_eq!((checked.articles, checked.problems.len()), (1, 1), "{:?}", checked.problems);
    assert!(checked.problems[0].reason.contains("its reader ended with"), "{:?}", checked.problems);
}

/// A program that is khonha, but for files that it reads itself: those cost it its life.
fn only_pdftotext(folder: &Path) -> PathBuf {
    let program = folder.join("reader");
    let script =
        format!("#!/bin/sh\n[ \"$2\" = pdftotext ] || kill -s XCPU $$\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_khonha"));
    fs::write(&program, script).expect("a script");
    fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("a program");
    program
}

#[test]
fn pdftotext_is_asked_where_the_reader_fails_and_both_are_told() {
    let (site, temp) = (site("chromium.pdf", Some("title: ตามรอย")), tempfile::tempdir().expect("a temporary folder"));
    let reader = PdfReader::new(only_pdftotext(temp.path())).with_pdftotext();
    let checked = check(&Folder::new(site.content(), 1 << 20).with_pdf_reader(reader)).expect("the folder is there");
    let reason = &checked.problems[0].reason;
    assert!(reason.starts_with("cannot be read: it took more than 60 seconds of computing"), "{reason}");
    let is_there = Command::new("pdftotext").arg("-v").output().is_ok();
    let expected = if is_there { (1, "its text is that of pdftotext instead") } else { (0, "install pdftotext") };
    assert!(checked.articles == expected.0 && reason.contains(expected.1), "{reason}");
}

#[test]
fn what_was_read_is_kept_and_not_read_again() {
    let (site, kept) = (site("old-font.pdf", None), tempfile::tempdir().expect("a temporary folder"));
    let articles = |program: &str| {
        let reader = PdfReader::new(program).keeping(kept.path());
        check(&Folder::new(site.content(), 1 << 20).with_pdf_reader(reader)).expect("the folder is there").articles
    };
    assert_eq!(articles(env!("CARGO_BIN_EXE_khonha")), 1);
    assert_eq!(articles("/bin/false"), 1);
}

#[test]
fn a_hit_tells_its_page() {
    let site = site("chromium.pdf", Some("title: ตามรอย\nsource: https://hub.example.org/paper.pdf"));
    assert!(run(&site, &["index"]).status.success());
    let page = |query: &str| {
        let output = run(&site, &["search", query]);
        let shown = String::from_utf8(output.stdout).expect("UTF-8");
        shown.lines().find_map(|line| line.split_once("(p. ")).map(|(_, page)| page.trim_end_matches(')').to_owned())
    };
    assert_eq!(page("ทรายหนึ่งถัง").as_deref(), Some("1"));
    assert_eq!(page("shell company dissolved").as_deref(), Some("2"));
}

/// What makes PDFs.
#[derive(Clone, Copy)]
enum Maker {
    Chromium,
    LibreOffice,
}

impl Maker {
    fn command(self) -> Command {
        let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
        let mut command = match self {
            Maker::Chromium => Command::new(chromium),
            Maker::LibreOffice => Command::new("soffice"),
        };
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn is_there(self) -> bool {
        self.command().arg("--version").status().is_ok_and(|status| status.success())
    }

    /// Makes `name.pdf` of each `name.html` in a folder.
    fn make(self, folder: &Path) {
        let pages = with_extension(folder, "html");
        match self {
            Maker::Chromium => pages.iter().for_each(|page| self.print(folder, page)),
            Maker::LibreOffice => {
                let mut command = self.command();
                command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
                command.args(["--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir"]).arg(folder);
                assert!(command.args(&pages).status().expect("LibreOffice runs").success());
            }
        }
    }

    fn print(self, folder: &Path, page: &Path) {
        let mut command = self.command();
        command.args(["--headless", "--no-sandbox", "--disable-gpu"]);
        command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
        command.arg(format!("--print-to-pdf={}", page.with_extension("pdf").display())).arg(page);
        assert!(command.status().expect("Chromium runs").success());
    }
}

fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == extension)).collect();
    paths.sort();
    paths
}

/// A Thai font that is installed.
fn thai_font() -> Option<String> {
    let output = Command::new("fc-list").args([":lang=th", "family"]).output().ok()?;
    let families = String::from_utf8_lossy(&output.stdout).into_owned();
    let wanted = std::env::var("PDF_FONT").ok();
    wanted.or_else(|| families.lines().min().and_then(|line| line.split(',').next()).map(str::to_owned))
}

/// Articles of the corpus, as many as are wanted and from all of it.
fn articles(wanted: usize) -> Vec<Article> {
    let folder = Folder::new(corpus(), 1 << 20);
    let (site, _) = folder.site(&Site::default());
    let seen = folder.scan(&Snapshot::default(), Look::Full).expect("the corpus");
    let mut articles = Vec::new();
    for path in seen.files.keys().step_by((seen.files.len() / wanted.max(1)).max(1)) {
        let found = &mut |part: khonha::content::Part| articles.extend(part.read.ok().map(|parsed| parsed.article));
        folder.read(path, &site, found).expect("the article");
    }
    articles
}

fn html(article: &Article, font: &str) -> String {
    let title = article.title.best(Language::Thai).map(|(_, title)| title).unwrap_or_default();
    format!(
        "<!doctype html><html lang=th><head><meta charset=utf-8><title>{title}</title>\
         <style>body {{ font-family: '{font}'; font-size: 11pt; line-height: 1.5 }} h1 {{ font-size: 20pt }}</style></head><body>\
         <h1>{title}</h1>{}",
        to_html(&article.body)
    )
}

/// The words of a text, each with how often it is there.
fn words(analyzer: &Analyzer, text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for token in analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word) {
        *words.entry(token.term.to_string()).or_default() += 1;
    }
    words
}

/// Words that are the same, of one and of both texts.
#[derive(Default, Clone, Copy)]
struct Agreement {
    same: usize,
    both: usize,
}

impl Agreement {
    fn of(analyzer: &Analyzer, one: &str, other: &str) -> Agreement {
        let (one, other) = (words(analyzer, one), words(analyzer, other));
        let same = one.iter().map(|(word, &times)| times.min(other.get(word).copied().unwrap_or_default())).sum();
        Agreement { same, both: one.values().sum::<usize>() + other.values().sum::<usize>() }
    }

    fn add(&mut self, other: Agreement) {
        (self.same, self.both) = (self.same + other.same, self.both + other.both);
    }

    fn f1(self) -> f64 {
        2.0 * self.same as f64 / self.both as f64
    }
}

fn text(article: &Article) -> String {
    let title = article.title.best(Language::Thai).map(|(_, title)| title).unwrap_or_default();
    let blocks = article.blocks.iter().map(|block| block.text.as_str());
    std::iter::once(title).chain(blocks).collect::<Vec<_>>().join("\n")
}

/// The text of a file as the library alone reads it.
fn by_library(pdf: &Path) -> String {
    let document = pdf_oxide::PdfDocument::open(pdf).expect("a PDF");
    let pages = 0..document.page_count().expect("pages");
    pages.map(|page| document.extract_text(page).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn by_pdftotext(pdf: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Of all articles: read as they are indexed, by the library alone, and by pdftotext.
fn measure(maker: Maker, articles: &[Article], font: &str) -> [Agreement; 3] {
    let temp = tempfile::tempdir().expect("a temporary folder");
    for (number, article) in articles.iter().enumerate() {
        fs::write(temp.path().join(format!("{number:03}.html")), html(article, font)).expect("a page");
    }
    maker.make(temp.path());
    let (folder, analyzer) = (Folder::new(temp.path(), 4 << 20).with_pdf_reader(reader()), Analyzer::new([]));
    let mut found = [Agreement::default(); 3];
    for (article, pdf) in articles.iter().zip(with_extension(temp.path(), "pdf")) {
        let wanted = text(article);
        let name = pdf.file_name().expect("a name").to_string_lossy().into_owned();
        let mut read = None;
        let part = &mut |part: khonha::content::Part| read = Some(part.read);
        folder.read(&name, &Site::default(), part).expect("the file");
        let read = read.expect("an answer").expect("a text that is read well");
        let texts = [Some(text(&read.article)), Some(by_library(&pdf)), by_pdftotext(&pdf)];
        let one = texts.map(|text| text.map(|text| Agreement::of(&analyzer, &wanted, &text)).unwrap_or_default());
        println!("{} {:?}", article.id, one.map(|it| (it.f1() * 1e4).round() / 1e4));
        found.iter_mut().zip(one).for_each(|(all, one)| all.add(one));
    }
    found
}

#[test]
fn made_by_other_programs_files_are_read_as_they_were_written() {
    let Some(font) = thai_font() else {
        return println!("no Thai font is installed: nothing is made");
    };
    let wanted = std::env::var("PDF_ARTICLES").ok().and_then(|number| number.parse().ok()).unwrap_or(ARTICLES);
    let articles = articles(wanted);
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(["made by", "read with the rules", "library alone", "pdftotext"]);
    for (name, maker, least) in [("Chromium", Maker::Chromium, 0.97), ("LibreOffice", Maker::LibreOffice, 0.95)] {
        if !maker.is_there() {
            println!("{name} is not installed: nothing is made by it");
            continue;
        }
        let found = measure(maker, &articles, &font).map(Agreement::f1);
        table.add_row([vec![name.to_owned()], found.map(|f1| format!("{f1:.4}")).to_vec()].concat());
        assert!(found[0] > least, "{name}: {found:?}");
    }
    println!("{} articles in {font}\n{table}", articles.len());
}
