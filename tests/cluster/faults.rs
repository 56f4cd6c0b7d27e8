//! Machines and processes die, and nobody who searches can tell; afterwards the cluster has what the folder has.
//!
//! `TEST_KILLS=20 cargo test --test cluster faults:: -- --nocapture` kills the writer more often.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::nodes::{self, Cluster};
use crate::service::{Service, Site, word};

/// How often the writer is killed in an ordinary run.
const KILLS: usize = 2;
/// Articles at the beginning.
const ARTICLES: usize = 40;

#[test]
fn no_search_fails_and_no_article_is_lost() {
    let Some(mut cluster) = nodes::start(3) else { return };
    let site = Site::new(cluster.urls());
    (0..ARTICLES).for_each(|number| site.write(number));
    let mut desk = Desk::new(&site);
    desk.node_dies(&mut cluster);
    desk.cluster_manager_dies(&mut cluster);
    desk.writers_die();
    desk.disk_is_full(&cluster);
    desk.all_nodes_die(&mut cluster);
    desk.is_as_the_folder();
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
    fn new(site: &'a Site) -> Desk<'a> {
        let first = site.serve("writer-0", &[]);
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

    /// Searches through the reader while something happens; every search has an answer.
    fn searching<T>(&self, happens: impl FnOnce() -> T) -> T {
        let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let searches = scope.spawn(|| {
                let mut failed = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    let found = self.reader.get("/api/v1/search?record=false&q=ธรรมาภิบาล");
                    asked.fetch_add(1, Ordering::Relaxed);
                    failed.extend(Some(found).filter(|it| it.as_ref().is_none_or(|(status, _)| *status != 200)));
                }
                failed
            });
            let done = happens();
            std::thread::sleep(Duration::from_secs(2));
            is_over.store(true, Ordering::Relaxed);
            let failed = searches.join().expect("searches");
            let (count, log) = (failed.len(), self.reader.end_of_log());
            assert!(failed.is_empty(), "{count} of {asked:?} searches failed: {:?}\n{log}", failed.first());
            done
        })
    }

    fn node_dies(&mut self, cluster: &mut Cluster) {
        cluster.wait_for_green();
        self.searching(|| cluster.kill(1));
        self.add();
        cluster.restart(1);
        cluster.wait_for_nodes(3);
        cluster.wait_for_green();
        self.add();
    }

    fn cluster_manager_dies(&mut self, cluster: &mut Cluster) {
        let manager = cluster.manager();
        self.searching(|| cluster.kill(manager));
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

    /// Indices that cannot be written are told of as such, and what was missed is made good.
    fn disk_is_full(&mut self, cluster: &Cluster) {
        cluster.block(true);
        self.site.write(self.articles);
        let writer = &self.writers[0];
        writer.wait_until("word of a full disk", || {
            std::fs::read_to_string(&writer.log).is_ok_and(|log| log.contains("a disk is full"))
        });
        cluster.block(false);
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

    fn is_as_the_folder(&self) {
        let same = format!("{} articles in the folder, 0 differences in the index\n", self.articles);
        assert_eq!(self.site.run("opensearch", &["verify"]), same);
    }

    /// To an index folder, while the cluster is searched; with the journal, which knows of an article that is gone.
    fn moves_to_one_machine(&mut self) {
        self.site.remove(1);
        self.reader.wait_for(&word(1), 0);
        let moved = self.searching(|| self.site.run("embedded", &["reindex"]));
        assert!(moved.starts_with(&format!("{} entries of the journal taken over", self.articles)), "{moved}");
        let same = format!("{} articles in the folder, 0 differences in the index\n", self.articles - 1);
        assert_eq!(self.site.run("embedded", &["verify"]), same);
    }
}
