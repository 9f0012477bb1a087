//! What a host binds besides the types of the bindings crate: read from stubs, installed as native modules.

mod counted;
mod dynamic;
mod dynamic_functions;
mod dynamic_macros;
mod dynamic_merge;
mod dynamic_traits;
mod dynamic_types;
mod profile;
mod protocols;
pub mod read;
mod sample;
mod sample_known;
mod sample_types;
mod slots;
mod slots_names;
mod slots_pool;

use std::rc::Rc;

use runekiln_bindings::{About, Bindings, Place};

pub use dynamic::{install, Unbound};
pub use dynamic_merge::merged;
pub use profile::{part, Unavailable};
pub use slots_names::readable;

use crate::files::problem;
use crate::host::Host;
use crate::protocol::{ConfigureRequest, FileFacts, Origin, Response, Severity};
use crate::tree::Span;

/// Answers a `configure`.
pub fn answer(request: &ConfigureRequest) -> Response {
    if let Some(absent) = request.stubs.iter().find(|stub| stub.text.is_none()) {
        return refused(format!("there is no text of the stub `{}`", absent.path));
    }
    if Host::is_made() {
        let message = "what the host binds can be said once, and before anything is asked: \
                       take a new instance for other stubs or another profile";
        return refused(message.to_owned());
    }
    let mut reads = read::read_all(&request.stubs);
    let bindings = reads
        .iter_mut()
        .map(|read| std::mem::take(&mut read.bindings));
    let declared = read::joined(bindings);
    let mut files: Vec<FileFacts> = reads.iter().map(read::Read::outline).collect();
    read::remember(&reads);
    // The trees of a large host are megabytes that the modules can use again.
    drop(reads);
    let (host, unbound) = Host::configure(declared, &request.profile);
    for unbound in &unbound {
        tell(unbound, &host.bindings, &mut files);
    }
    Response::Configured {
        bindings: Rc::clone(&host.bindings),
        files,
    }
}

fn refused(message: String) -> Response {
    Response::Refused { message }
}

/// Adds the problem that something is not bound to the stub that declares it.
fn tell(unbound: &Unbound, bindings: &Bindings, files: &mut [FileFacts]) {
    let place = place(&unbound.path, bindings);
    let of_place = |place: &Place| files.iter().position(|file| file.path == place.path);
    let index = place.and_then(of_place).unwrap_or(0);
    let Some(file) = files.get_mut(index) else {
        return;
    };
    let [start, end] = place.map_or([0, 0], |place| place.span);
    file.problems.push(problem(
        "not-bound",
        Severity::Error,
        format!("`{}` cannot be bound: {}", unbound.path, unbound.why),
        Span::new(start, end),
        Origin::Runekiln,
    ));
}

/// Where the declaration with this path stands.
fn place<'b>(path: &str, bindings: &'b Bindings) -> Option<&'b Place> {
    let types = bindings.types.iter();
    let types = types.map(|row| (row.path.clone(), &row.about));
    let members = bindings.types.iter().flat_map(|row| {
        let functions = row.functions.iter();
        functions.map(|inner| (format!("{}::{}", row.path, inner.name), &inner.about))
    });
    let functions = bindings.modules.iter().flat_map(|row| {
        let functions = row.functions.iter();
        functions.map(|inner| (format!("{}::{}", row.path, inner.name), &inner.about))
    });
    let of_types = bindings.types.iter().flat_map(|row| {
        let protocols = row
            .protocols
            .iter()
            .map(|inner| (&inner.name, &inner.about));
        let constants = row
            .constants
            .iter()
            .map(|inner| (&inner.name, &inner.about));
        let all = protocols.chain(constants);
        all.map(|(name, about)| (format!("{}::{name}", row.path), about))
    });
    let mut all = types.chain(members).chain(of_types).chain(functions);
    let found: Option<(String, &About)> = all.find(|(known, _)| known == path);
    found?.1.place.as_ref()
}
