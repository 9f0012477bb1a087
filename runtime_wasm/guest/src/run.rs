//! Runs an entry of a script.

use crate::protocol::{Response, RunRequest};

/// Answers a `run`.
pub fn answer(request: RunRequest) -> Response {
    Response::Refused { message: format!("there is no entry `{}`", request.entry) }
}
