//! A real OpenSearch cluster on loopback, with a JVM for each of its nodes. It needs a JDK and, once, Maven.
//!
//! Without them [`start`] gives nothing and says why. These change what it does:
//!
//! - `TEST_CLUSTER=required`: what is missing is a failure;
//! - `TEST_CLUSTER_URLS=http://127.0.0.1:9200,...`: a cluster that runs already is used. It may have indexes of
//!   earlier tests, and its nodes cannot be killed.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

use crate::install::{class_path, install};
use crate::network::{self, Link};

/// Without the second compiler a node starts in about half of the time.
const JVM: [&str; 4] = ["-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"];

/// Nodes that do not answer are noticed in seconds, and not after half of a minute.
const SOON_NOTICED: [&str; 5] = [
    "search.keep_alive_interval=5s",
    "cluster.fault_detection.follower_check.timeout=3s",
    "cluster.fault_detection.follower_check.retry_count=2",
    "cluster.fault_detection.leader_check.timeout=3s",
    "cluster.fault_detection.leader_check.retry_count=2",
];

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
    let java = unless_missing(install())?;
    Some(Cluster::launch(&java, (0..nodes).map(|_| Host::here()).collect()))
}

/// As [`start`], each node in a network of its own that can be [cut](Cluster::cut). The test of this name runs for that in
/// another process, and is done in this one where nothing is given.
pub fn start_apart(test: &str, nodes: usize) -> Option<Cluster> {
    let java = unless_missing(install())?;
    let is_inside = unless_missing(network::enter(test))?;
    is_inside.then(|| Cluster::launch(&java, (0..nodes).map(Host::apart).collect()))
}

/// Says what is missing, and that a test is skipped for it.
fn unless_missing<T>(found: Result<T, String>) -> Option<T> {
    found
        .inspect_err(|missing| {
            let is_required = std::env::var("TEST_CLUSTER").is_ok_and(|it| it == "required");
            assert!(!is_required, "no cluster can be started: {missing}");
            eprintln!("skipped, as no cluster can be started: {missing}");
        })
        .ok()
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
        let nodes = urls.map(|url| Node { url: url.to_owned(), process: None, is_cut: false }).collect();
        Cluster { nodes, agent: agent(), _data: None }
    }

    fn launch(java: &Path, hosts: Vec<Host>) -> Cluster {
        let data = tempfile::tempdir().expect("a temporary folder");
        let names: Vec<String> = (0..hosts.len()).map(|number| format!("node-{number}")).collect();
        let seeds: Vec<String> = hosts.iter().map(|host| format!("{}:{}", host.address, host.transport)).collect();
        let node = |(name, host): (&String, Host)| {
            let folder = data.path().join(name);
            fs::create_dir(&folder).expect("a folder of a node");
            let program = java.join("bin/java");
            let mut command = host.link.as_ref().map_or_else(|| Command::new(&program), |link| link.command(&program));
            command.args(JVM).arg("-cp").arg(class_path()).arg("Node").arg(&folder);
            command.args([
                &host.http.to_string(),
                &host.transport.to_string(),
                name,
                &seeds.join(","),
                &names.join(","),
            ]);
            if host.link.is_some() {
                command.arg(format!("network.host={}", host.address)).args(SOON_NOTICED);
            }
            let process = Process { command, log: folder.join("log"), child: Mutex::new(None), link: host.link };
            Node { url: format!("http://{}:{}", host.address, host.http), process: Some(process), is_cut: false }
        };
        let nodes = names.iter().zip(hosts).map(node).collect();
        let mut cluster = Cluster { nodes, agent: agent(), _data: Some(data) };
        (0..names.len()).for_each(|node| cluster.restart(node));
        cluster.wait_for_nodes(names.len());
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

    /// Cuts a node off from all others and from those who ask, or brings it back.
    pub fn cut(&mut self, node: usize, is_cut: bool) {
        let node = &mut self.nodes[node];
        node.is_cut = is_cut;
        node.process().link.as_ref().expect("a link").cut(is_cut);
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

    /// What the cluster has at a path.
    pub fn get(&self, path: &str) -> Value {
        self.ask("GET", path, &Value::Null).1
    }

    /// Has the cluster find its disks full, or not full any more: it looks every ten seconds.
    pub fn fill_disks(&self, is_full: bool) {
        // The room that there must be; no disk has the one, and all have the other.
        let [low, high, flood_stage] = if is_full { ["1000tb"; 3] } else { ["3mb", "2mb", "1mb"] };
        let watermark = serde_json::json!({ "low": low, "high": high, "flood_stage": flood_stage });
        let disk = serde_json::json!({ "threshold_enabled": true, "watermark": watermark });
        let settings = serde_json::json!({
            "cluster.info.update.interval": "10s",
            "cluster.routing.allocation.disk": disk,
        });
        self.put("/_cluster/settings", &serde_json::json!({ "persistent": settings }));
    }

    /// Puts something, which the cluster is to take.
    pub fn put(&self, path: &str, body: &Value) {
        let (status, answer) = self.ask("PUT", path, body);
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
    }

    /// The status and the answer of a node that lives.
    pub fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let node = self.nodes.iter().find(|node| node.is_living()).expect("a living node");
        let asked = ureq::http::Request::builder().method(method).uri(format!("{}{path}", node.url));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let asked = asked.header("Content-Type", "application/json").body(body).expect("a request");
        let mut answer = self.agent.run(asked).expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or_default())
    }

    fn wait_for(&self, condition: &str) {
        let start = Instant::now();
        let path = format!("_cluster/health?{condition}&timeout=1s");
        let living: Vec<&Node> = self.nodes.iter().filter(|node| node.is_living()).collect();
        assert!(!living.is_empty(), "all nodes are killed");
        while !living.iter().all(|node| self.holds(&format!("{}/{path}", node.url))) {
            let is_over = start.elapsed() > PATIENCE || self.processes().any(Process::has_failed);
            assert!(!is_over, "no {condition} after {:?}\n{}{}", start.elapsed(), self.unassigned(), self.logs());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Whether a node answers that the condition in the address holds.
    fn holds(&self, address: &str) -> bool {
        let health = self.agent.get(address).call().and_then(|mut answer| answer.body_mut().read_json::<Value>());
        health.is_ok_and(|health| health["timed_out"] == false)
    }

    /// Why a shard is nowhere, if one is.
    fn unassigned(&self) -> String {
        let path = "_cluster/allocation/explain?pretty";
        let living = self.nodes.iter().filter(|node| node.is_living());
        let mut told = living.filter_map(|node| self.agent.get(format!("{}/{path}", node.url)).call().ok());
        told.next().and_then(|mut answer| answer.body_mut().read_to_string().ok()).unwrap_or_default()
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
    is_cut: bool,
}

impl Node {
    fn is_living(&self) -> bool {
        !self.is_cut && self.process.as_ref().is_none_or(|process| process.child.lock().expect("a child").is_some())
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
    link: Option<Link>,
}

/// Where a node listens.
struct Host {
    address: String,
    http: u16,
    transport: u16,
    link: Option<Link>,
}

impl Host {
    fn here() -> Host {
        Host { address: "127.0.0.1".to_owned(), http: reserved_port(), transport: reserved_port(), link: None }
    }

    fn apart(number: usize) -> Host {
        let link = Link::new(number);
        Host { address: link.address(), http: 9200, transport: 9300, link: Some(link) }
    }
}

impl Process {
    fn start(&mut self) {
        let child = self.child.get_mut().expect("a child");
        assert!(child.is_none(), "the node runs already: {:?}", self.command);
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        self.command.stdin(Stdio::piped()).stderr(log.try_clone().expect("a log")).stdout(log);
        let started = self.command.spawn().expect("java runs");
        if let Some(link) = &self.link {
            link.join(started.id());
        }
        *child = Some(started);
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
