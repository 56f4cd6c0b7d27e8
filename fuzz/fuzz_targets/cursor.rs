#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| khonha_fuzz::targets::run("cursor", data));
