//! An operation as a command that can be copied.

use crate::http::Identity;
use crate::http::openapi::{Access, Operation, Verb};

/// A command that asks for the example of `operation`. Examples have no quotation mark that a shell would take.
pub(super) fn curl(operation: &Operation, identity: &Identity) -> String {
    let mut command = "curl".to_owned();
    if operation.access == Access::Key {
        command.push_str(" -H 'Authorization: Bearer KEY'");
    }
    if let (Verb::Post, Some(body)) = (operation.verb, &operation.body) {
        command.push_str(&format!(" -H 'Content-Type: {}' -d '{}'", body.media_type, body.example));
    }
    format!("{command} '{}'", identity.absolute(&operation.example))
}
