//! Networks of their own for nodes, so that one can be cut off: Linux namespaces, which end with the processes in them.

use std::env;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// Set where a test runs in a network of its own.
const INSIDE: &str = "TEST_OWN_NETWORK";
/// The bridge between the nodes, and its address.
const BRIDGE: &str = "khonha";
const ADDRESS: &str = "10.213.7.1/24";
/// Waits for the end of a link, and then runs a program with it.
const JOIN: &str = r#"
    until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
    ip link set lo up && ip addr add "$0/24" dev eth0 && ip link set eth0 up && exec "$@"
"#;

/// Runs the test of this name once more in a network of its own, which needs root or user namespaces. Gives whether this is
/// that run.
///
/// # Errors
/// Why there can be none.
pub fn enter(test: &str) -> Result<bool, String> {
    if env::var_os(INSIDE).is_some() {
        run("ip", &["link", "set", "lo", "up"])?;
        run("ip", &["link", "add", BRIDGE, "type", "bridge"])?;
        run("ip", &["addr", "add", ADDRESS, "dev", BRIDGE])?;
        run("ip", &["link", "set", BRIDGE, "up"])?;
        return Ok(true);
    }
    run("ip", &["-V"])?;
    let as_root = ["--net"];
    let as_user = ["--net", "--user", "--map-root-user"];
    let able =
        [&as_root[..], &as_user[..]].into_iter().find(|way| run("unshare", &[way, &["true"][..]].concat()).is_ok());
    let way = able.ok_or("no network of its own can be made, without root and user namespaces")?;
    let program = env::current_exe().expect("this program");
    let mut again = Command::new("unshare");
    again.args(way).arg(program).args([test, "--exact", "--nocapture"]).env(INSIDE, "yes");
    assert!(again.status().expect("unshare runs").success(), "{test} has failed in a network of its own");
    Ok(false)
}

/// Between the bridge and one node.
#[derive(Clone)]
pub struct Link {
    number: usize,
}

impl Link {
    pub fn new(number: usize) -> Link {
        Link { number }
    }

    /// The address of the node.
    pub fn address(&self) -> String {
        format!("10.213.7.{}", 10 + self.number)
    }

    /// A command that runs `program` where nothing is but the other end of the link, once that is [joined](Link::join).
    pub fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--net", "sh", "-c", JOIN, &self.address()]).arg(program);
        command
    }

    /// Brings the link to a process of [`Link::command`].
    pub fn join(&self, process: u32) {
        let network = |process: &str| fs::read_link(format!("/proc/{process}/ns/net")).ok();
        let start = Instant::now();
        while network(&process.to_string()) == network("self") {
            assert!(start.elapsed() < Duration::from_secs(10), "process {process} has no network of its own");
            std::thread::sleep(Duration::from_millis(10));
        }
        let (name, process) = (self.name(), process.to_string());
        let made = run("ip", &["link", "add", &name, "type", "veth", "peer", "name", "eth0", "netns", &process]);
        made.and_then(|()| run("ip", &["link", "set", &name, "master", BRIDGE, "up"])).expect("a link");
    }

    /// Cuts the link, or mends it.
    pub fn cut(&self, is_cut: bool) {
        run("ip", &["link", "set", &self.name(), if is_cut { "down" } else { "up" }]).expect("a link");
    }

    fn name(&self) -> String {
        format!("node{}", self.number)
    }
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{program} {}: {told}", arguments.join(" "))) }
}
