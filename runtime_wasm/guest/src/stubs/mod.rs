//! What a host binds besides the types of the bindings crate: read from stubs, installed as native modules.

pub mod read;

use crate::protocol::{ConfigureRequest, Response};

/// Answers a `configure`.
pub fn answer(request: &ConfigureRequest) -> Response {
    Response::Configured {
        bindings: runekiln_bindings::table(),
        files: request.stubs.iter().filter_map(|_| None).collect(),
    }
}
