//! Tests of Khonha from outside, on real folders and on the sample corpus. The modules mirror `src`.

mod analytics;
mod cli;
mod content;
mod export;
mod facets;
mod feeds;
mod golden;
mod http;
mod index;
mod learn;
mod openapi;
mod paging;
mod queries;
mod rules;
mod search;
mod support;
mod text;
mod watch;
