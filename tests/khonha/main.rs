//! Tests of Khonha from outside, on real folders and on the sample corpus. The modules mirror `src`.

mod analytics;
mod answers;
mod caching;
mod changes;
mod cli;
mod connections;
mod content;
mod cors;
mod crash;
mod export;
mod facets;
mod faults;
mod feeds;
mod golden;
mod http;
mod index;
mod learn;
mod model;
mod pages;
mod paging;
mod queries;
mod rules;
mod search;
mod support;
mod text;
mod watch;
