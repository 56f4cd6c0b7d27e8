//! Nodes that live and cannot be reached: neither by the others nor by those who ask.

use std::time::Duration;

use crate::nodes;
use crate::service::{Site, word};

/// Articles at the beginning.
const ARTICLES: usize = 20;

#[test]
fn nodes_that_are_cut_off_are_done_without() {
    let Some(mut cluster) = nodes::start_apart("cut::nodes_that_are_cut_off_are_done_without", 3) else { return };
    let site = Site::new(cluster.urls());
    (0..ARTICLES).for_each(|number| site.write(number));
    let writer = site.serve("writer", &[]);
    let reader = site.serve("reader", &["--no-watch"]);
    let both_find = |query: &str, total: usize| {
        [&writer, &reader].iter().for_each(|service| service.wait_for(query, total as u64));
    };
    both_find("ธรรมาภิบาล", ARTICLES);
    cluster.wait_for_green();

    let manager = cluster.manager();
    cluster.cut(manager, true);
    // Until the others have noticed, what has to be asked of it waits.
    cluster.wait_for_nodes(2);
    both_find("ธรรมาภิบาล", ARTICLES);
    site.write(ARTICLES);
    reader.searching(|| both_find(&word(ARTICLES), 1));
    cluster.cut(manager, false);
    reader.searching(|| cluster.wait_for_nodes(3));
    cluster.wait_for_green();

    // What is left is less than half.
    (1..3).for_each(|node| cluster.cut(node, true));
    reader.wait_until("word that it is not ready", || !reader.is_ready());
    site.write(ARTICLES + 1);
    std::thread::sleep(Duration::from_secs(5));
    (1..3).for_each(|node| cluster.cut(node, false));
    both_find("ธรรมาภิบาล", ARTICLES + 2);
    let same = format!("{} articles in the folder, 0 differences in the index\n", ARTICLES + 2);
    assert_eq!(site.run("opensearch", &["verify"]), same);
}
