//! What a host binds besides the types of the bindings crate: read from stubs, installed as native modules.

mod dynamic;
mod dynamic_functions;
mod dynamic_macros;
mod dynamic_types;
mod sample_known;
mod profile;
pub mod read;
mod sample;
mod sample_types;
mod sample_names;
mod slots;
mod slots_names;
mod slots_pool;

use crate::protocol::{ConfigureRequest, Response};

/// Answers a `configure`.
pub fn answer(request: &ConfigureRequest) -> Response {
    Response::Configured {
        bindings: runekiln_bindings::table(),
        files: request.stubs.iter().filter_map(|_| None).collect(),
    }
}
