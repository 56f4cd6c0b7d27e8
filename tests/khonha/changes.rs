//! Random changes of a content folder, the same for the same seed.

use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use khonha::content::{Folder, Part};

use crate::support::Site;

/// A file that is never changed, since a folder without any article counts as one that is away.
const ANCHOR: &str = "anchor.md";

/// The extension of files of many articles.
const ITEMS: &str = "ndjson";

const FOLDERS: [&str; 6] = ["", "a", "b", "a/c", "ข่าว", "a/c/d"];
const TITLES: [&str; 5] =
    ["แผนจัดซื้อประจำปี", "Open Budget", "ความคืบหน้าโครงการ", "Asset Disclosure", "ขอบเขตงานที่แคบเกินไป"];
const AUTHORS: [&str; 5] = ["ณัฐฏ์ภัทร์ รัฐ", "พิชชาพร สุขใจดี", "Anya Rivers", "ปริญ ธาราดล", "กัญญ์วรา เมฆา"];
const BODIES: [&str; 6] = [
    "การจัดซื้อจัดจ้างภาครัฐ (Public Procurement) ต้องเปิดเผยข้อมูลทุกขั้นตอน",
    "ผู้มีส่วนได้เสียต้องแจ้งเรื่องการขัดกันแห่งผลประโยชน์ (Conflict of Interest: COI) ก่อนประชุม",
    "The committee published every bid on the same day.",
    "เราตรวจสอบราคากลางย้อนหลังห้าปี และพบว่า Open Data (ข้อมูลเปิด) ช่วยได้มาก",
    "งบประมาณของเทศบาลถูกแบ่งซื้อเป็นงวดเล็ก ๆ",
    "Whistleblowers wrote to the council twice.",
];
const SITE_FILES: [(&str, &[&str]); 4] = [
    ("words.txt", &["", "ราคากลาง\n", "แบ่งซื้อ\nเทศบาล\n"]),
    ("topics.toml", &["", "[a]\nth = 'งบประมาณ'\n", "[a]\nth = 'การเงิน'\nen = 'Finance'\n", "[a\n"]),
    ("authors.toml", &["", "[anya]\nen = 'Anya Rivers'\nth = 'อัญญา ริเวอร์ส'\n"]),
    ("glossary.tsv", &["", "ราคากลาง\treference price\n", "ราคากลาง\n"]),
];

/// Numbers that come again with the same seed: SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// A content folder that changes at random.
pub struct Changing {
    root: PathBuf,
    pub random: Random,
    /// Files without rights.
    closed: Vec<PathBuf>,
    /// Hashes of all that was ever written to a file.
    pub written: HashSet<String>,
    /// What was done, the last of it last.
    pub done: Vec<String>,
}

type Change = fn(&mut Changing) -> Option<String>;

/// All changes; one that finds nothing to change does nothing.
const CHANGES: [Change; 27] = [
    Changing::create,
    Changing::create,
    Changing::create,
    Changing::create,
    Changing::edit,
    Changing::edit,
    Changing::save_beside_and_rename,
    Changing::replace_unseen,
    Changing::write_in_two_steps,
    Changing::save_often,
    Changing::give_an_id,
    Changing::give_an_id,
    Changing::remove,
    Changing::rename,
    Changing::rename_by_case,
    Changing::swap,
    Changing::rename_folder,
    Changing::remove_folder,
    Changing::link,
    Changing::close,
    Changing::change_site,
    Changing::go_away_and_come_back,
    Changing::write_items,
    Changing::add_an_item,
    Changing::change_an_item,
    Changing::remove_an_item,
    Changing::cut_items,
];

impl Changing {
    pub fn new(site: &Site, seed: u64) -> Changing {
        site.write(ANCHOR, "---\ntitle: หลักยึด\n---\nอยู่ที่นี่เสมอ\n");
        let written = HashSet::from([hash(&fs::read(site.content().join(ANCHOR)).expect("the file is there"))]);
        Changing { root: site.content(), random: Random(seed), closed: Vec::new(), written, done: Vec::new() }
    }

    /// Changes something.
    pub fn step(&mut self) {
        let done = loop {
            let change = *self.random.of(&CHANGES);
            if let Some(done) = change(self) {
                break done;
            }
        };
        self.done.push(done);
    }

    /// Gives rights back, and makes the site's files such as a fresh build can read.
    pub fn mend(&mut self) {
        for path in std::mem::take(&mut self.closed) {
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
        }
        for (name, contents) in SITE_FILES {
            fs::write(self.root.join(name), contents[1]).expect("a file");
        }
    }

    fn create(&mut self) -> Option<String> {
        let path = self.some_path();
        let text = self.article(None);
        self.write(&path, &text)?;
        Some(format!("write {}", path.display()))
    }

    fn edit(&mut self) -> Option<String> {
        let path = self.some_file()?;
        let text = self.article(None);
        self.write(&path, &text)?;
        Some(format!("edit {}", path.display()))
    }

    fn give_an_id(&mut self) -> Option<String> {
        let path = if self.random.below(2) == 0 { self.some_path() } else { self.some_file()? };
        let id = *self.random.of(&["one", "two", "a/1", "anchor"]);
        let text = self.article(Some(id));
        self.write(&path, &text)?;
        Some(format!("write {} with the id {id}", path.display()))
    }

    fn save_beside_and_rename(&mut self) -> Option<String> {
        let path = self.some_file()?;
        let text = self.article(None);
        let beside = path.with_file_name(".saving");
        self.write(&beside, &text)?;
        fs::rename(beside, &path).ok()?;
        Some(format!("replace {}", path.display()))
    }

    /// Another file of the same length with the same time of change, as a copying program may leave it.
    fn replace_unseen(&mut self) -> Option<String> {
        let path = self.some_file()?;
        let text = fs::read_to_string(&path).ok()?;
        let modified = fs::metadata(&path).ok()?.modified().ok()?;
        let swapped: String = text.chars().map(|ch| if ch == 'ข' { 'ค' } else { ch }).collect();
        let beside = path.with_file_name(".copying");
        self.write(&beside, &swapped)?;
        fs::File::options().write(true).open(&beside).ok()?.set_modified(modified).ok()?;
        fs::rename(beside, &path).ok()?;
        Some(format!("replace {} without a trace in length and time", path.display()))
    }

    fn write_in_two_steps(&mut self) -> Option<String> {
        let path = self.some_path();
        let text = self.article(None);
        let half = text.floor_char_boundary(text.len() / 2);
        self.write(&path, &text[..half])?;
        std::thread::sleep(Duration::from_millis(self.random.below(60) as u64));
        self.write(&path, &text)?;
        Some(format!("write {} in two steps", path.display()))
    }

    fn save_often(&mut self) -> Option<String> {
        let path = self.some_file()?;
        for _ in 0..5 {
            let text = self.article(None);
            self.write(&path, &text)?;
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(format!("save {} often", path.display()))
    }

    fn remove(&mut self) -> Option<String> {
        let path = self.some_file_of(&["md", ITEMS])?;
        fs::remove_file(&path).ok()?;
        Some(format!("remove {}", path.display()))
    }

    fn rename(&mut self) -> Option<String> {
        let from = self.some_file_of(&["md", ITEMS])?;
        let to = self.some_path().with_extension(from.extension()?);
        fs::create_dir_all(to.parent()?).ok()?;
        fs::rename(&from, &to).ok()?;
        Some(format!("rename {} to {}", from.display(), to.display()))
    }

    fn rename_by_case(&mut self) -> Option<String> {
        let from = self.some_file()?;
        let name = from.file_name()?.to_str()?;
        let other = if name.starts_with('n') { name.replacen('n', "N", 1) } else { name.to_lowercase() };
        let to = from.with_file_name(other);
        fs::rename(&from, &to).ok()?;
        Some(format!("rename {} to {}", from.display(), to.display()))
    }

    fn swap(&mut self) -> Option<String> {
        let (one, other) = (self.some_file()?, self.some_file()?);
        let aside = one.with_file_name(".aside");
        fs::rename(&one, &aside).ok()?;
        let _ = fs::rename(&other, &one);
        fs::rename(&aside, &other).ok()?;
        Some(format!("swap {} and {}", one.display(), other.display()))
    }

    fn rename_folder(&mut self) -> Option<String> {
        let (from, to) = (self.some_folder()?, self.some_folder()?);
        fs::create_dir_all(to.parent()?).ok()?;
        fs::rename(&from, &to).ok()?;
        Some(format!("rename folder {} to {}", from.display(), to.display()))
    }

    fn remove_folder(&mut self) -> Option<String> {
        let folder = if self.random.below(4) == 0 { self.some_folder()? } else { return None };
        fs::remove_dir_all(&folder).ok()?;
        Some(format!("remove folder {}", folder.display()))
    }

    /// Links to files, to folders, to nothing and in circles.
    fn link(&mut self) -> Option<String> {
        let at = self.some_path();
        let at = if self.random.below(2) == 0 { at } else { at.with_extension("") };
        let to = match self.random.below(4) {
            0 => self.some_file()?,
            1 => self.some_folder()?,
            2 => self.root.join("nowhere.md"),
            _ => at.parent()?.to_owned(),
        };
        fs::create_dir_all(at.parent()?).ok()?;
        symlink(&to, &at).ok()?;
        Some(format!("link {} to {}", at.display(), to.display()))
    }

    /// Takes the rights of a file away, or gives those back that were taken.
    fn close(&mut self) -> Option<String> {
        if let Some(path) = self.closed.pop() {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).ok()?;
            return Some(format!("open {}", path.display()));
        }
        let path = self.some_file_of(&["md", ITEMS])?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).ok()?;
        self.closed.push(path.clone());
        Some(format!("close {}", path.display()))
    }

    fn change_site(&mut self) -> Option<String> {
        let (name, contents) = self.random.of(&SITE_FILES);
        let content = self.random.of(contents);
        fs::write(self.root.join(name), content).ok()?;
        Some(format!("write {content:?} to {name}"))
    }

    /// The folder is away for a moment, and an empty one lies in its place, as where nothing is mounted.
    fn go_away_and_come_back(&mut self) -> Option<String> {
        let away = self.root.with_file_name("away");
        fs::rename(&self.root, &away).ok()?;
        fs::create_dir(&self.root).ok()?;
        std::thread::sleep(Duration::from_millis(self.random.below(150) as u64));
        fs::remove_dir(&self.root).ok()?;
        fs::rename(&away, &self.root).ok()?;
        Some("unmount and mount".to_owned())
    }

    /// A file of several articles; one in three has no ids.
    fn write_items(&mut self) -> Option<String> {
        let path = self.some_path().with_extension(ITEMS);
        let lines: Vec<String> = (0..self.random.below(6)).map(|_| self.item()).collect();
        self.write_lines(&path, &lines)?;
        Some(format!("write {} items to {}", lines.len(), path.display()))
    }

    fn add_an_item(&mut self) -> Option<String> {
        let (path, mut lines) = self.some_items()?;
        let (at, line) = (self.random.below(lines.len() + 1), self.item());
        lines.insert(at, line);
        self.write_lines(&path, &lines)?;
        Some(format!("add item {at} to {}", path.display()))
    }

    fn change_an_item(&mut self) -> Option<String> {
        let (path, mut lines) = self.some_items()?;
        let at = self.random.below(lines.len().max(1));
        *lines.get_mut(at)? = self.item();
        self.write_lines(&path, &lines)?;
        Some(format!("change item {at} of {}", path.display()))
    }

    fn remove_an_item(&mut self) -> Option<String> {
        let (path, mut lines) = self.some_items()?;
        let at = self.random.below(lines.len().max(1));
        if at < lines.len() {
            lines.remove(at);
        }
        self.write_lines(&path, &lines)?;
        Some(format!("remove item {at} of {}", path.display()))
    }

    /// A file that is written piece by piece breaks off for a while.
    fn cut_items(&mut self) -> Option<String> {
        let (path, lines) = self.some_items()?;
        let text = lines.concat();
        let half = text.floor_char_boundary(self.random.below(text.len().max(1)));
        self.write(&path, &text[..half])?;
        std::thread::sleep(Duration::from_millis(self.random.below(60) as u64));
        self.write(&path, &text)?;
        Some(format!("write {} in two pieces", path.display()))
    }

    /// A line with an article, that of an article with an id that others have, or none.
    fn item(&mut self) -> String {
        let (title, author, body) = (*self.random.of(&TITLES), *self.random.of(&AUTHORS), *self.random.of(&BODIES));
        let ids = ["\"id\": \"one\", ", "\"id\": \"two\", ", "\"id\": 1, ", "\"id\": 2, ", "\"id\": \"a/1\", ", "", ""];
        let (id, number) = (*self.random.of(&ids), self.random.below(1_000));
        match self.random.below(12) {
            0 => "{\"title\": \n".to_owned(),
            1 => format!("{{{id}\"body\": \"{body}\"}}\n"),
            _ => {
                format!("{{{id}\"title\": \"{title} {number}\", \"authors\": [\"{author}\"], \"body\": \"{body}\"}}\n")
            }
        }
    }

    /// A file of several articles, with its lines.
    fn some_items(&mut self) -> Option<(PathBuf, Vec<String>)> {
        let path = self.some_file_of(&[ITEMS])?;
        let text = fs::read_to_string(&path).ok()?;
        Some((path, text.split_inclusive('\n').map(str::to_owned).collect()))
    }

    fn write_lines(&mut self, path: &Path, lines: &[String]) -> Option<()> {
        self.write(path, &lines.concat())
    }

    /// An article; one in ten is none.
    fn article(&mut self, id: Option<&str>) -> String {
        let (title, author) = (*self.random.of(&TITLES), *self.random.of(&AUTHORS));
        let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
        let broken = if self.random.below(10) == 0 { "topics: [\n" } else { "" };
        let bodies: Vec<&str> = (0..=self.random.below(4)).map(|_| *self.random.of(&BODIES)).collect();
        let number = self.random.below(1_000);
        format!(
            "---\n{id}title: {title} {number}\nauthors: [{author}]\ntopics: [a]\n{broken}---\n{}\n",
            bodies.join("\n\n")
        )
    }

    fn write(&mut self, path: &Path, text: &str) -> Option<()> {
        self.note(path, text);
        fs::create_dir_all(path.parent()?).ok()?;
        fs::write(path, text).ok()
    }

    /// Remembers the hash of a file, or those of its items.
    fn note(&mut self, path: &Path, text: &str) {
        if path.extension().is_none_or(|extension| extension != ITEMS) {
            self.written.insert(hash(text.as_bytes()));
            return;
        }
        let temp = tempfile::tempdir().expect("a temporary folder");
        let name = format!("x.{ITEMS}");
        fs::write(temp.path().join(&name), text).expect("a file");
        let mut found = |part: Part| {
            self.written.insert(part.hash.to_hex().to_string());
        };
        Folder::new(temp.path(), 1 << 20)
            .read(&name, &Default::default(), &mut found)
            .expect("a file that can be read");
    }

    fn some_path(&mut self) -> PathBuf {
        let folder = *self.random.of(&FOLDERS);
        let letter = *self.random.of(&["n", "N"]);
        let number = self.random.below(8);
        self.root.join(folder).join(format!("{letter}{number}.md"))
    }

    fn some_file(&mut self) -> Option<PathBuf> {
        self.some_file_of(&["md"])
    }

    fn some_file_of(&mut self, extensions: &[&str]) -> Option<PathBuf> {
        let mut files = Vec::new();
        collect(&self.root, &mut files);
        let is_of = |path: &PathBuf| extensions.iter().any(|it| path.extension().is_some_and(|own| own == *it));
        files.retain(|path| !path.ends_with(ANCHOR) && is_of(path));
        files.sort();
        if files.is_empty() { None } else { Some(self.random.of(&files).clone()) }
    }

    fn some_folder(&mut self) -> Option<PathBuf> {
        let folder = *self.random.of(&FOLDERS[1..]);
        Some(self.root.join(folder))
    }
}

/// The files below a folder, without following links.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(_) => files.push(entry.path()),
            Err(_) => {}
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A number from the environment, for long runs.
pub fn setting(name: &str, otherwise: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(otherwise, |text| text.parse().expect("a number for TEST_STEPS, TEST_KILLS and TEST_SEED"))
}

/// A seed from the environment, or `random` for one from the clock.
pub fn seed(otherwise: u64) -> u64 {
    if std::env::var("TEST_SEED").is_ok_and(|seed| seed == "random") {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
        return now.as_nanos() as u64;
    }
    setting("TEST_SEED", otherwise)
}
