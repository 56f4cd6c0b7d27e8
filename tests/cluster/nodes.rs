//! A real OpenSearch cluster on loopback, with a JVM for each of its nodes. It needs a JDK and, once, Maven.
//!
//! Without them [`start`] gives nothing and says why. These change what it does:
//!
//! - `TEST_CLUSTER=required`: what is missing is a failure;
//! - `TEST_CLUSTER_URLS=http://127.0.0.1:9200,...`: a cluster that runs already is used. It may have indexes of
//!   earlier tests, and its nodes cannot be killed.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

/// The jars of a node.
const POM: &str = include_str!("pom.xml");

/// The program of a node.
const NODE: &str = include_str!("Node.java");

/// What the jars are built for.
const LEAST_JAVA: u32 = 21;

/// Without the second compiler a node starts in about half of the time.
const JVM: [&str; 4] = ["-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"];

/// How long a cluster may take to become what is waited for: seconds, but not on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// How many lines of a log are shown.
const SHOWN: usize = 40;

/// A cluster of `nodes` nodes that have found each other, or nothing if this machine cannot run one.
///
/// A running cluster of `TEST_CLUSTER_URLS` is used if it has as many addresses; else one is started.
pub fn start(nodes: usize) -> Option<Cluster> {
    let running = Cluster::running();
    if running.nodes.len() >= nodes {
        return Some(running);
    }
    match install() {
        Ok(java) => Some(Cluster::launch(&java, nodes)),
        Err(missing) => {
            let is_required = std::env::var("TEST_CLUSTER").is_ok_and(|it| it == "required");
            assert!(!is_required, "no cluster can be started: {missing}");
            eprintln!("skipped, as no cluster can be started: {missing}");
            None
        }
    }
}

/// A cluster that is killed and removed when dropped.
pub struct Cluster {
    nodes: Vec<Node>,
    agent: Agent,
    _data: Option<TempDir>,
}

impl Cluster {
    /// The cluster that somebody else has started, of no node if there is none.
    fn running() -> Cluster {
        let urls = std::env::var("TEST_CLUSTER_URLS").unwrap_or_default();
        let urls = urls.split(',').map(|url| url.trim().trim_end_matches('/')).filter(|url| !url.is_empty());
        let nodes = urls.map(|url| Node { url: url.to_owned(), process: None }).collect();
        Cluster { nodes, agent: agent(), _data: None }
    }

    fn launch(java: &Path, count: usize) -> Cluster {
        let data = tempfile::tempdir().expect("a temporary folder");
        let ports: Vec<(u16, u16)> = (0..count).map(|_| (reserved_port(), reserved_port())).collect();
        let names: Vec<String> = (0..count).map(|number| format!("node-{number}")).collect();
        let seeds: Vec<String> = ports.iter().map(|(_, transport)| format!("127.0.0.1:{transport}")).collect();
        let node = |(name, (http, transport)): (&String, &(u16, u16))| {
            let folder = data.path().join(name);
            fs::create_dir(&folder).expect("a folder of a node");
            let mut command = Command::new(java.join("bin/java"));
            command.args(JVM).arg("-cp").arg(class_path()).arg("Node").arg(&folder);
            command.args([&http.to_string(), &transport.to_string(), name, &seeds.join(","), &names.join(",")]);
            let process = Process { command, log: folder.join("log"), child: Mutex::new(None) };
            Node { url: format!("http://127.0.0.1:{http}"), process: Some(process) }
        };
        let nodes = names.iter().zip(&ports).map(node).collect();
        let mut cluster = Cluster { nodes, agent: agent(), _data: Some(data) };
        (0..count).for_each(|node| cluster.restart(node));
        cluster.wait_for_nodes(count);
        cluster
    }

    /// The addresses of all nodes, of those that are killed too.
    pub fn urls(&self) -> Vec<String> {
        self.nodes.iter().map(|node| node.url.clone()).collect()
    }

    /// Ends a node with SIGKILL. The others may need a moment to see that it is gone: wait for their number.
    pub fn kill(&mut self, node: usize) {
        self.nodes[node].process().kill();
    }

    /// Starts a killed node on its data and its ports. Wait for the number of nodes to have it back.
    pub fn restart(&mut self, node: usize) {
        self.nodes[node].process().start();
    }

    /// Waits until all living nodes answer that the cluster has exactly this many. Less than half of all are none.
    pub fn wait_for_nodes(&self, nodes: usize) {
        self.wait_for(&format!("wait_for_nodes={nodes}"));
    }

    /// Waits until all living nodes answer that every shard and every replica is there.
    pub fn wait_for_green(&self) {
        self.wait_for("wait_for_status=green");
    }

    /// The node that manages the cluster.
    pub fn manager(&self) -> usize {
        let of = |node: &Node| {
            let address = format!("{}/_cat/cluster_manager?h=node", node.url);
            let mut answer = self.agent.get(&address).call().ok()?;
            answer.body_mut().read_to_string().ok()?.trim().strip_prefix("node-")?.parse().ok()
        };
        self.nodes.iter().find_map(of).expect("a cluster manager")
    }

    /// Forbids to write, as a full disk does, or allows it again.
    pub fn block(&self, is_full: bool) {
        let body = serde_json::json!({ "index.blocks.read_only_allow_delete": is_full.then_some(true) });
        let address = format!("{}/khonha-*/_settings", self.nodes[0].url);
        let answer = self.agent.put(&address).send_json(body).expect("an answer");
        assert!(answer.status().is_success(), "{answer:?}");
    }

    fn wait_for(&self, condition: &str) {
        let start = Instant::now();
        let path = format!("_cluster/health?{condition}&timeout=1s");
        let living: Vec<&Node> = self.nodes.iter().filter(|node| node.is_living()).collect();
        assert!(!living.is_empty(), "all nodes are killed");
        while !living.iter().all(|node| self.holds(&format!("{}/{path}", node.url))) {
            let is_over = start.elapsed() > PATIENCE || self.processes().any(Process::has_failed);
            assert!(!is_over, "no {condition} after {:?}{}", start.elapsed(), self.logs());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Whether a node answers that the condition in the address holds.
    fn holds(&self, address: &str) -> bool {
        let health = self.agent.get(address).call().and_then(|mut answer| answer.body_mut().read_json::<Value>());
        health.is_ok_and(|health| health["timed_out"] == false)
    }

    fn processes(&self) -> impl Iterator<Item = &Process> {
        self.nodes.iter().filter_map(|node| node.process.as_ref())
    }

    fn logs(&self) -> String {
        self.processes().map(Process::end_of_log).collect()
    }
}

fn agent() -> Agent {
    Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).http_status_as_error(false).build().into()
}

struct Node {
    url: String,
    process: Option<Process>,
}

impl Node {
    fn is_living(&self) -> bool {
        self.process.as_ref().is_none_or(|process| process.child.lock().expect("a child").is_some())
    }

    fn process(&mut self) -> &mut Process {
        self.process.as_mut().expect("a cluster of TEST_CLUSTER_URLS cannot be killed")
    }
}

/// A JVM, killed when dropped.
struct Process {
    command: Command,
    log: PathBuf,
    child: Mutex<Option<Child>>,
}

impl Process {
    fn start(&mut self) {
        let child = self.child.get_mut().expect("a child");
        assert!(child.is_none(), "the node runs already: {:?}", self.command);
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        self.command.stdin(Stdio::piped()).stderr(log.try_clone().expect("a log")).stdout(log);
        *child = Some(self.command.spawn().expect("java runs"));
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.get_mut().expect("a child").take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Whether it has ended without being killed.
    fn has_failed(&self) -> bool {
        let mut child = self.child.lock().expect("a child");
        child.as_mut().is_some_and(|child| child.try_wait().expect("its state").is_some())
    }

    /// The last lines without those of stack traces.
    fn end_of_log(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().filter(|line| !line.contains("\tat ")).collect();
        let end = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
        format!("\n\n--- {} ---\n{end}", self.log.display())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A free port that the system gives to nobody else for a minute, as a connection to it was closed a moment ago.
/// Whoever asks for it by its number can have it.
fn reserved_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    let client = TcpStream::connect(address).expect("a connection");
    let (accepted, _) = listener.accept().expect("a connection");
    drop(accepted); // first, as it is the side that closes first whose port is kept
    drop(client);
    address.port()
}

/// Where the jars and the lock are, for all tests of this checkout.
fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("opensearch")
}

fn jars() -> PathBuf {
    cache().join("jars")
}

fn class_path() -> String {
    format!("{0}/*:{0}", jars().display())
}

/// Gets the jars and compiles the node, unless that is done. Gives the folder of a Java, or says what is missing.
fn install() -> Result<PathBuf, String> {
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
