//! Khonha on a real OpenSearch cluster: the answers of the embedded engine, and no article lost whatever dies.
//!
//! Needs Java 21 or newer and Maven, and says so where they are missing; `TEST_CLUSTER=required` makes that a
//! failure.

mod conformance;
mod cut;
mod faults;
mod install;
mod network;
mod nodes;
mod service;
mod site;
