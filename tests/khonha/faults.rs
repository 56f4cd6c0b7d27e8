//! What can happen to an index folder and to a content folder, and what Khonha does about it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use khonha::content::Look;
use khonha::index::{Access, Awaited, IndexError, Store};
use khonha::watch::{Emptied, WatchError};

use crate::cli::{khonha, run};
use crate::support::{Live, Site, article};

fn site() -> Site {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูลเปิด")), ("b.md", &article("สอง", "งบประมาณ"))]);
    site.open().look();
    site
}

/// The files of the generation in use whose names end so.
fn files(site: &Site, end: &str) -> Vec<PathBuf> {
    let name = fs::read_to_string(site.index().join("CURRENT")).expect("a generation");
    let entries =
        fs::read_dir(site.index().join(name)).expect("its folder").map(|entry| entry.expect("an entry").path());
    let files: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(end)).collect();
    assert!(!files.is_empty(), "no {end}");
    files
}

fn names(site: &Site, start: &str) -> Vec<String> {
    let entries = fs::read_dir(site.index()).expect("the index folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(start)).collect()
}

fn cut_short(path: &PathBuf) {
    let bytes = fs::read(path).expect("a file");
    fs::write(path, &bytes[..bytes.len() / 2]).expect("a file");
}

/// Changes one bit in the middle of a file.
fn flip(path: &PathBuf) {
    let mut bytes = fs::read(path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("a file");
}

/// What happens to a file.
type Damage = fn(&PathBuf);

#[test]
fn a_damaged_index_is_set_aside_and_built_anew() {
    let site = site();
    let damages: [(&str, Damage); 9] = [
        ("meta.json", cut_short),
        (".managed.json", cut_short),
        ("generation.json", cut_short),
        ("generation.json", |path| fs::remove_file(path).expect("a file to remove")),
        (".term", |path| fs::remove_file(path).expect("a file to remove")),
        (".term", cut_short),
        (".idx", flip),
        (".store", flip),
        (".fast", |path| fs::write(path, "").expect("a file")),
    ];
    for (end, damage) in damages {
        files(&site, end).iter().for_each(damage);
        let reader = Store::open(&site.index(), Access::Read);
        assert!(reader.err().is_some_and(|error| error.to_string().contains("khonha index")), "{end}");
        let mut live = site.open();
        assert!(matches!(live.store.current().err(), Some(IndexError::NotReady(Awaited::Mended))), "{end}");
        live.look();
        assert_eq!(live.paths(), ["a.md", "b.md"], "{end}");
        assert_eq!((names(&site, "generation-").len(), names(&site, "damaged-").len()), (1, 1), "{end}");
    }
}

#[test]
fn a_build_that_follows_damage_and_is_not_finished_is_not_taken_for_an_index() {
    let site = site();
    files(&site, ".idx").iter().for_each(flip);
    let live = site.open();
    let building = live.store.begin(khonha::content::Site::default()).expect("a generation");
    std::mem::forget(building); // as a crash does
    drop(live);
    let live = site.open();
    assert!(matches!(live.store.current().err(), Some(IndexError::NotReady(Awaited::Mended))));
}

#[test]
fn an_index_that_the_system_refuses_is_left_alone() {
    let site = site();
    let file = files(&site, ".store").remove(0);
    fs::remove_file(&file).expect("a file to remove");
    fs::create_dir(&file).expect("a folder, which cannot be read as a file");
    let refused = Store::open(&site.index(), Access::Write).err().expect("it cannot be read").to_string();
    assert!(refused.contains("cannot be used"), "{refused}");
    assert_eq!((names(&site, "generation-").len(), names(&site, "damaged-").len()), (1, 0));
}

#[test]
fn foreign_files_in_the_index_folder_are_left_alone() {
    let site = site();
    let inside = files(&site, "meta.json").remove(0).with_file_name("notes.txt");
    let foreign = [site.index().join("notes.txt"), site.index().join("generation-old"), inside];
    foreign.iter().for_each(|path| fs::write(path, "บันทึก").expect("a file"));
    fs::write(site.index().join(".khonha-x"), "").expect("a file as a crash leaves it");
    let mut live = site.open();
    live.look();
    assert_eq!(live.paths(), ["a.md", "b.md"]);
    assert!(foreign.iter().all(|path| path.exists()) && names(&site, ".khonha-").is_empty());
}

/// Runs the program where no file may become larger than so many blocks, as on a full disk.
fn index_on_a_full_disk(site: &Site, blocks: u32) -> Output {
    let mut limited = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    limited.args(["-c", &script, "sh"]).arg(khonha(site, &[]).get_program());
    limited.args(khonha(site, &["index"]).get_args()).output().expect("it runs")
}

#[test]
fn a_full_disk_is_told_and_costs_no_article() {
    let site = site();
    site.write("c.md", &article("สาม", &"ราคากลางของโครงการ\n\n".repeat(3_000)));
    let full = index_on_a_full_disk(&site, 4);
    let told = String::from_utf8_lossy(&full.stderr).into_owned();
    assert!(!full.status.success() && (told.contains("disk") || told.contains("too large")), "{told}");
    let reader = Store::open(&site.index(), Access::Read).expect("the last commit can be read");
    assert_eq!(reader.current().expect("a generation").index.documents(), 2);
    assert!(run(&site, &["index"]).status.success());
    assert!(run(&site, &["verify"]).status.success());
}

/// Runs a script where mounting is possible, which it is for few; tells where it is not.
fn with_mounts(site: &Site, script: &str) -> Option<Output> {
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script, "sh"]).arg(khonha(site, &[]).get_program());
    command.args(khonha(site, &[]).get_args());
    let output = command.output().ok().filter(|output| output.status.code() != Some(77));
    if output.is_none() {
        println!("nothing can be mounted here: not tested");
    }
    output
}

#[test]
fn an_index_on_a_file_system_without_writing_is_told_and_not_taken_for_damaged() {
    let site = site();
    let index = site.index().display().to_string();
    let script = format!(
        "mount --bind {index} {index} && mount -o remount,bind,ro {index} || exit 77; \"$@\" verify && \"$@\" index"
    );
    let Some(output) = with_mounts(&site, &script) else { return };
    let [told, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(told.ends_with("2 articles in the folder, 0 differences in the index\n"), "{told}{error}");
    assert!(!output.status.success() && error.contains("Read-only") && !error.contains("damaged"), "{error}");
    assert!(names(&site, "damaged-").is_empty());
}

#[test]
fn a_folder_that_is_mounted_over_by_nothing_leaves_the_index_as_it_was() {
    let site = site();
    let content = site.content().display().to_string();
    let script = format!("mount -t tmpfs none {content} || exit 77; \"$@\" index");
    let Some(output) = with_mounts(&site, &script) else { return };
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("--accept-empty"), "{told}");
    assert_eq!(site.open().paths(), ["a.md", "b.md"]);
}

fn look(live: &mut Live) -> Result<(), WatchError> {
    live.indexer.reconcile(Look::Quick, &|_, _| {}).map(drop)
}

#[test]
fn an_empty_folder_in_the_place_of_the_full_one_empties_nothing() {
    let site = site();
    let mut live = site.open();
    live.look();
    let away = site.content().with_file_name("away");
    fs::rename(site.content(), &away).expect("a folder to move");
    fs::create_dir(site.content()).expect("a folder");
    for _ in 0..2 {
        assert!(matches!(look(&mut live), Err(WatchError::Vanished(_))));
        assert_eq!(live.paths(), ["a.md", "b.md"]);
    }
    drop(live);
    let mut live = site.open();
    assert!(matches!(look(&mut live), Err(WatchError::Vanished(_))), "a new process knows no more");
    fs::remove_dir(site.content()).expect("a folder to remove");
    fs::rename(&away, site.content()).expect("a folder to move");
    live.look();
    assert_eq!(live.paths(), ["a.md", "b.md"]);
}

#[test]
fn what_is_deleted_before_the_eyes_of_a_service_is_deleted() {
    let site = site();
    let mut live = site.open();
    live.look();
    site.remove("a.md");
    site.remove("b.md");
    live.look();
    assert_eq!(live.paths(), [] as [&str; 0]);
}

#[test]
fn the_operator_may_say_that_an_empty_folder_is_meant() {
    let site = site();
    site.remove("a.md");
    site.remove("b.md");
    let refused = run(&site, &["index"]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && told.contains("--accept-empty"), "{told}");
    assert!(run(&site, &["index", "--accept-empty"]).status.success());
    assert_eq!(site.open().paths(), [] as [&str; 0]);
}

#[test]
fn a_damaged_index_is_not_built_anew_from_an_empty_folder() {
    let site = site();
    files(&site, ".idx").iter().for_each(flip);
    site.remove("a.md");
    site.remove("b.md");
    let mut live = site.open();
    assert!(matches!(look(&mut live), Err(WatchError::Vanished(_))));
    let mut live = Live { indexer: live.indexer.with_emptied(Emptied::Accept), store: live.store };
    live.look();
    assert_eq!(live.paths(), [] as [&str; 0]);
}
