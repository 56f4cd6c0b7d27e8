//! Machines and processes die, and nobody who searches can tell; afterwards the cluster has what the folder has.
//!
//! `TEST_KILLS=20 cargo test --test cluster faults:: -- --nocapture` kills the writer more often.

use std::collections::BTreeMap;
use std::time::Duration;

use khonha::index::{Access, Engine, Store};

use crate::nodes::{self, Cluster};
use crate::service::{Service, Site, word};
use crate::site::{engine, indexed, words};

/// How often the writer is killed in an ordinary run.
const KILLS: usize = 2;
/// Longer than a lease is believed in.
const LEASE: Duration = Duration::from_secs(11);
/// Articles at the beginning, which are sent in several requests.
const ARTICLES: usize = 120;
const PARAGRAPHS: usize = 80;
const PARAGRAPH: &str = "หน่วยงานของรัฐต้องเปิดเผยแผนการจัดซื้อจัดจ้าง ราคากลาง และผู้ชนะการเสนอราคา เพื่อให้ประชาชนตรวจสอบได้ \
    Open contracting data lets anyone follow the money from planning to payment.\n\n";

#[test]
fn no_search_fails_and_no_article_is_lost() {
    let Some(mut cluster) = nodes::start(3) else { return };
    let site = Site::new(cluster.urls());
    (0..ARTICLES).for_each(|number| site.write_text(number, &PARAGRAPH.repeat(PARAGRAPHS)));
    outlasts_a_pause(&site, &cluster);
    let mut desk = Desk::new(&site, &mut cluster);
    desk.words_are_counted(&cluster);
    desk.searches_are_counted(1);
    desk.node_dies(&mut cluster);
    desk.cluster_manager_dies(&mut cluster);
    desk.writers_die();
    desk.writer_stands_still(&cluster);
    desk.article_is_refused(&cluster);
    desk.disk_is_full(&cluster);
    desk.all_nodes_die(&mut cluster);
    desk.searches_are_counted(2);
    desk.is_as_the_folder(&cluster);
    desk.moves_to_one_machine();
}

/// Two processes that may write, and one that only searches.
struct Desk<'a> {
    site: &'a Site,
    writers: Vec<Service>,
    reader: Service,
    /// How many articles there are; those numbered below it.
    articles: usize,
    started: usize,
}

impl<'a> Desk<'a> {
    /// A node dies while the first index is built.
    fn new(site: &'a Site, cluster: &mut Cluster) -> Desk<'a> {
        let first = site.serve("writer-0", &[]);
        wait_for_first_articles(&first, cluster, "khonha");
        assert_eq!(first.total("ธรรมาภิบาล"), None, "the index is not built yet");
        cluster.kill(2);
        first.wait_for("ธรรมาภิบาล", ARTICLES as u64);
        cluster.restart(2);
        cluster.wait_for_nodes(3);
        first.wait_for("ธรรมาภิบาล", ARTICLES as u64);
        let standby = site.serve("writer-1", &[]);
        let reader = site.serve("reader", &["--no-watch"]);
        for service in [&standby, &reader] {
            service.wait_for("ธรรมาภิบาล", ARTICLES as u64);
        }
        Desk { site, writers: vec![first, standby], reader, articles: ARTICLES, started: 2 }
    }

    /// Adds an article, and waits until all find it.
    fn add(&mut self) {
        self.site.write(self.articles);
        self.articles += 1;
        let found = word(self.articles - 1);
        self.writers.iter().chain([&self.reader]).for_each(|service| service.wait_for(&found, 1));
        // Harvesters may ask any of them.
        let number = self.articles - 1;
        let record = format!("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:search.example.org:{number}");
        self.reader
            .wait_until("record of it", || self.reader.get(&record).is_some_and(|(_, it)| it.contains("<dc:title")));
    }

    fn node_dies(&mut self, cluster: &mut Cluster) {
        cluster.wait_for_green();
        self.reader.searching(|| cluster.kill(1));
        self.add();
        cluster.restart(1);
        cluster.wait_for_nodes(3);
        cluster.wait_for_green();
        self.add();
    }

    fn cluster_manager_dies(&mut self, cluster: &mut Cluster) {
        let manager = cluster.manager();
        self.reader.searching(|| cluster.kill(manager));
        self.site.remove(0);
        self.reader.wait_for(&word(0), 0);
        self.site.write(0);
        self.reader.wait_for(&word(0), 1);
        cluster.restart(manager);
        cluster.wait_for_nodes(3);
        cluster.wait_for_green();
    }

    /// Kills whoever writes, in the middle of something: the other goes on.
    fn writers_die(&mut self) {
        let kills = std::env::var("TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
        for kill in 0..kills {
            let first = self.articles;
            self.articles += 15;
            (first..self.articles).for_each(|number| self.site.write(number));
            std::thread::sleep(Duration::from_millis(37 * (kill as u64 % 7)));
            self.writers.remove(0).kill();
            (first..self.articles).for_each(|number| self.reader.wait_for(&word(number), 1));
            self.reader.wait_for("ธรรมาภิบาล", self.articles as u64);
            self.writers.push(self.site.serve(&format!("writer-{}", self.started), &[]));
            self.started += 1;
            self.add();
        }
    }

    /// Another takes over from a writer that does not know of it: that does not write what is older when it goes on.
    fn writer_stands_still(&mut self, cluster: &Cluster) {
        let number = self.articles - 1;
        let frozen = self.writers.remove(0);
        frozen.freeze(true);
        self.site.write_text(number, "newertext");
        self.reader.wait_for("newertext", 1);
        frozen.freeze(false);
        frozen.wait_until("word of another writer", || frozen.has_told("another process writes"));
        self.writers.push(frozen);
        self.add();
        assert_eq!(self.reader.total("newertext"), Some(1));
        late_change_is_refused(cluster, number);
    }

    /// An article that the cluster does not take is told with its path, and the others go on.
    fn article_is_refused(&mut self, cluster: &Cluster) {
        let refused = self.articles;
        let condition = format!("ctx.id == '{refused}'");
        let fail = serde_json::json!({ "fail": { "if": condition, "message": "not this one" } });
        cluster.put("/_ingest/pipeline/picky", &serde_json::json!({ "processors": [fail] }));
        cluster.put("/khonha-articles/_settings", &serde_json::json!({ "index.default_pipeline": "picky" }));
        self.site.write(refused);
        self.site.write(refused + 1);
        self.reader.wait_for(&word(refused + 1), 1);
        assert_eq!(self.reader.total(&word(refused)), Some(0));
        let told =
            |service: &Service| service.has_told(&format!("path={refused}.md")) && service.has_told("not this one");
        assert!(self.writers.iter().any(told), "{}", self.writers[0].end_of_log());
        cluster.put("/khonha-articles/_settings", &serde_json::json!({ "index.default_pipeline": null }));
        // What has gone through a pipeline is written in another order.
        [refused, refused + 1].iter().for_each(|number| self.site.write_text(*number, "onceagain"));
        self.reader.wait_for("onceagain", 2);
        self.articles += 2;
    }

    /// Indices that cannot be written are told of as such, and what was missed is made good.
    fn disk_is_full(&mut self, cluster: &Cluster) {
        cluster.fill_disks(true);
        let writer = &self.writers[0];
        writer.wait_until("word of a full disk", || {
            // The cluster looks for itself whether a disk is full, and something has to be written then.
            self.site.write_text(self.articles, &format!("{:?}", std::time::Instant::now()));
            std::thread::sleep(Duration::from_secs(1));
            self.writers.iter().any(|writer| writer.has_told("a disk is full"))
        });
        self.site.write(self.articles);
        cluster.fill_disks(false);
        self.add();
    }

    /// Nothing can be searched then, which is told as it is.
    fn all_nodes_die(&mut self, cluster: &mut Cluster) {
        (0..3).for_each(|node| cluster.kill(node));
        self.reader.wait_until("word that it is not ready", || !self.reader.is_ready());
        let (status, body) = self.reader.get("/api/v1/search?record=false&q=ธรรมาภิบาล").expect("an answer");
        assert_eq!(status, 503, "{body}");
        self.site.write(self.articles);
        (0..3).for_each(|node| cluster.restart(node));
        cluster.wait_for_nodes(3);
        cluster.wait_for_green();
        self.reader.wait_until("readiness", || self.reader.is_ready());
        self.add();
    }

    /// Words are counted while articles come, change and go.
    fn words_are_counted(&self, cluster: &Cluster) {
        self.site.remove(2);
        self.site.write_text(1, "changedtext");
        self.reader.wait_for(&word(2), 0);
        self.reader.wait_for("changedtext", 1);
        let [counted, right] = self.words(cluster);
        assert_eq!(counted, right);
        self.site.write(2);
        self.reader.wait_for(&word(2), 1);
    }

    /// The words that the cluster has counted, and those of the folder.
    fn words(&self, cluster: &Cluster) -> [BTreeMap<String, u64>; 2] {
        let other = tempfile::tempdir().expect("a folder");
        let engine = engine(cluster.urls(), "khonha", 1);
        let store = Store::open_on(&engine, other.path(), Access::Read).expect("an index");
        let (_dir, embedded, _) = indexed(&Engine::Embedded, &self.site.content());
        [words(&store), words(&embedded)]
    }

    fn is_as_the_folder(&self, cluster: &Cluster) {
        let same = format!("{} articles in the folder, 0 differences in the index\n", self.articles);
        assert_eq!(self.site.run("opensearch", &["verify"]), same);
        let [counted, right] = self.words(cluster);
        // What a batch that failed has replaced may be counted still.
        let lost = right.into_iter().find(|(word, count)| counted.get(word).is_none_or(|more| more < count));
        assert_eq!(lost, None);
    }

    /// Each server is asked once more, and every one of them knows what all have counted so far, in so many rounds.
    fn searches_are_counted(&self, rounds: usize) {
        let servers: Vec<&Service> = self.writers.iter().chain([&self.reader]).collect();
        for server in &servers {
            let asked = server.get("/api/v1/search?record=true&q=สินบน");
            assert_eq!(asked.map(|(status, _)| status), Some(200));
        }
        let counted = format!("\"searches\": {},", rounds * servers.len());
        let report = || self.site.run("opensearch", &["report", "--json"]);
        self.reader.wait_until("report of all servers", || report().contains(&counted));
    }

    /// To an index folder, while the cluster is searched; with the journal, which knows of an article that is gone, and with
    /// the counts of searches.
    fn moves_to_one_machine(&mut self) {
        self.site.remove(1);
        self.reader.wait_for(&word(1), 0);
        let moved = self.reader.searching(|| self.site.run("embedded", &["reindex"]));
        assert!(moved.starts_with(&format!("{} entries of the journal taken over", self.articles)), "{moved}");
        assert!(moved.contains("\ncounts of searches taken over"), "{moved}");
        assert_eq!(self.site.run("embedded", &["report"]), self.site.run("opensearch", &["report"]));
        let same = format!("{} articles in the folder, 0 differences in the index\n", self.articles - 1);
        assert_eq!(self.site.run("embedded", &["verify"]), same);
    }
}

/// A writer that stood still for longer than its lease lasts goes on if nobody has taken it.
fn outlasts_a_pause(site: &Site, cluster: &Cluster) {
    let writer = site.index("paused");
    wait_for_first_articles(&writer, cluster, "paused");
    writer.freeze(true);
    std::thread::sleep(LEASE);
    writer.freeze(false);
    writer.finish();
    let found = cluster.get("/paused-articles/_count");
    assert_eq!(found["count"].as_u64(), Some(ARTICLES as u64), "{found}");
}

/// Waits until the cluster has some of the articles of an index that is being built.
fn wait_for_first_articles(writer: &Service, cluster: &Cluster, prefix: &str) {
    writer.wait_until("part of the articles in the cluster", || {
        cluster.get(&format!("/{prefix}-generation-*/_stats/indexing"))["_all"]["primaries"]["indexing"]["index_total"]
            .as_u64()
            .is_some_and(|sent| sent > 0)
    });
}

/// What the writer before this one has sent is refused, however late it comes.
fn late_change_is_refused(cluster: &Cluster, number: usize) {
    let found = cluster.get(&format!("/khonha-articles/_search?q=id:{number}&version=true"));
    let hit = &found["hits"]["hits"][0];
    let (index, id) = (hit["_index"].as_str().expect("an index"), hit["_id"].as_str().expect("an id"));
    let version = hit["_version"].as_u64().expect("a version");
    let late = format!("/{index}/_doc/{id}?version_type=external_gte&version={}", version - 1);
    for method in ["PUT", "DELETE"] {
        let (status, told) = cluster.ask(method, &late, &hit["_source"]);
        assert_eq!(status, 409, "{told}");
    }
}
