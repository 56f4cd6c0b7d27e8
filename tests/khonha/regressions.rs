//! What fuzzing has found once: every file of `fuzz/regressions`, given again to its target.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::targets::{TARGETS, run};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the project");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn names(folder: &str) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    entries(&fuzz().join(folder)).into_iter().map(stem).collect()
}

#[test]
fn what_fuzzing_has_found_stays_mended() {
    for (target, _) in TARGETS {
        for file in entries(&fuzz().join("regressions").join(target)) {
            println!("{}", file.display());
            run(target, &fs::read(&file).expect("a file"));
        }
    }
}

#[test]
fn every_target_has_its_program_and_its_regressions() {
    let known: BTreeSet<String> = TARGETS.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!((names("fuzz_targets"), names("regressions")), (known.clone(), known));
}
