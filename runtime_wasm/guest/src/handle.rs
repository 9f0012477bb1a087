//! From a request to its response.

use runekiln_bindings::tool_schema;

use crate::protocol::{Described, Request, Response, WrittenTool};
use crate::syntax::SyntaxKind;
use crate::{check, extract, format, meanings, recheck, run, strip, stubs};

/// The release of the `rune` crate that scripts are compiled by.
pub const RUNE_VERSION: &str = "0.14.2";

/// Answers one request. Nothing but the message and this instance's context goes in.
pub fn handle(request: Request) -> Response {
    match request {
        Request::Describe => Response::Described(describe()),
        Request::Configure(request) => stubs::answer(&request),
        Request::Check(request) => check::answer(request),
        Request::Recheck(request) => recheck::answer(request),
        Request::Foresee(request) => recheck::foresee(&request),
        Request::Settle(request) => recheck::settle(&request),
        Request::Meanings(request) => meanings::answer(&request),
        Request::Strip(request) => strip::answer(request),
        Request::Format(request) => format::answer(request),
        Request::DescribeTools(request) => Response::ToolsDescribed {
            descriptions: described_tools(&request.tools),
        },
        Request::ReadStubs(request) => stubs::read::answer(&request),
        Request::Extract(request) => extract::answer(request),
        Request::Run(request) => run::answer(request),
    }
}

fn described_tools(tools: &[WrittenTool]) -> Vec<serde_json::Value> {
    let tools = tools.iter();
    tools
        .map(|written| tool_schema(&written.tool, &written.parameters))
        .collect()
}

fn describe() -> Described {
    Described {
        guest_version: env!("CARGO_PKG_VERSION").to_owned(),
        rune_version: RUNE_VERSION.to_owned(),
        syntax_kinds: SyntaxKind::ALL
            .iter()
            .map(|(_, name)| (*name).to_owned())
            .collect(),
        bindings: runekiln_bindings::table(),
    }
}
