//! What a node needs on this machine: a JDK, and the jars of OpenSearch from Maven Central.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The jars of a node.
const POM: &str = include_str!("pom.xml");

/// The program of a node.
const NODE: &str = include_str!("Node.java");

/// What the jars are built for.
const LEAST_JAVA: u32 = 21;

/// Where the jars and the lock are, for all tests of this checkout.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("opensearch")
}

fn jars() -> PathBuf {
    cache().join("jars")
}

pub fn class_path() -> String {
    format!("{0}/*:{0}", jars().display())
}

/// Gets the jars and compiles the node, unless that is done. Gives the folder of a Java, or says what is missing.
pub fn install() -> Result<PathBuf, String> {
    let java = java_home().ok_or(format!("there is no JDK of Java {LEAST_JAVA} or newer"))?;
    fs::create_dir_all(cache()).expect("the cache");
    let lock = File::create(cache().join("lock")).expect("a lock file");
    lock.lock().expect("one installs, the others wait"); // until it is dropped
    let (jars, done, sources) = (jars(), cache().join("done"), [POM, NODE].concat());
    if fs::read_to_string(&done).is_ok_and(|text| text == sources) {
        return Ok(java);
    }
    let _ = fs::remove_file(&done);
    let _ = fs::remove_dir_all(&jars); // those of another version
    fs::create_dir(&jars).expect("a folder for the jars");
    let (pom, node) = (jars.join("pom.xml"), jars.join("Node.java"));
    fs::write(&pom, POM).expect("a file");
    fs::write(&node, NODE).expect("a file");
    let mut copy = Command::new("mvn");
    copy.args(["-q", "-B", "-f"]).arg(&pom).arg("dependency:copy-dependencies");
    run(copy.arg(format!("-DoutputDirectory={}", jars.display())))?;
    let mut compile = Command::new(java.join("bin/javac"));
    compile.args(["--release", &LEAST_JAVA.to_string(), "-cp", &class_path(), "-d"]);
    run(compile.arg(&jars).arg(&node))?;
    fs::write(&done, sources).expect("a file");
    Ok(java)
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!(
            "{program} has failed: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(format!("there is no {program}")),
        Err(error) => Err(format!("{program} does not run: {error}")),
    }
}

/// The JDK of the highest version, at `JAVA_HOME` or where Linux distributions have them.
fn java_home() -> Option<PathBuf> {
    let named = std::env::var_os("JAVA_HOME").map(PathBuf::from);
    let listed = fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten().map(|entry| entry.path());
    let able = named.into_iter().chain(listed).filter(|home| home.join("bin/javac").exists());
    let (version, home) = able.filter_map(|home| Some((java_version(&home)?, home))).max()?;
    (version >= LEAST_JAVA).then_some(home)
}

/// From the line `JAVA_VERSION="25.0.1"` of its `release`.
fn java_version(home: &Path) -> Option<u32> {
    let release = fs::read_to_string(home.join("release")).ok()?;
    let version = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION=\""))?;
    version.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}
