//! The analyzer on any text at all.

#![no_main]

use std::sync::LazyLock;

use khonha::text::Analyzer;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/khonha/rules.rs"]
mod rules;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(["จัดซื้อ", "จัดซื้อจัดจ้าง"]));

fuzz_target!(|text: &str| rules::check(&ANALYZER, text));
