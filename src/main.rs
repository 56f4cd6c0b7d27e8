//! The `khonha` program; its commands come with the parts.
fn main() {}
