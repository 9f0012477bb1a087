//! From the text of stubs to what they declare: rows for the bindings, and problems where a declaration is wrong.
//!
//! `docs/stubs.md` has the language. A declaration with a mistake binds nothing; the others of the file still count.

mod arguments;
mod functions;
mod join;
pub mod marks;
mod members;
pub mod names;
mod others;
mod outline;
mod reader;
mod seen;
mod types;

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use runekiln_bindings::Bindings;

use crate::facts;
use crate::files::{problem, File};
use crate::protocol::{Dialect, FileFacts, Origin, ReadStubsRequest, Response, Severity, Source};
pub use join::{joined, take_members};
use names::Names;
use outline::{outline, Outline};
use reader::Reader;
use seen::{Declaration, Seen};

/// One stub that has been read.
pub struct Read {
    /// What it declares rightly. A declaration with a mistake is left out.
    pub bindings: Bindings,
    /// Its text, tree and items, and its problems with absolute spans.
    pub file: File,
    known: Known,
}

/// What other stubs have to know of one.
#[derive(Clone)]
struct Known {
    outline: Outline,
    declarations: Vec<Declaration>,
}

thread_local! {
    static REMEMBERED: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
    static NATIVES: OnceCell<Rc<Bindings>> = const { OnceCell::new() };
}

impl Read {
    /// What the host is told of it.
    pub fn facts(&self) -> FileFacts {
        facts::facts(&self.file)
    }

    /// The same without trees, which of a large host are more than all the rest.
    pub fn outline(&self) -> FileFacts {
        facts::outline(&self.file)
    }
}

/// Reads one stub, as if there were no others besides those that the instance is configured with.
pub fn read(path: &str, text: &str) -> Read {
    let source = Source {
        path: path.to_owned(),
        text: Some(serde_bytes::ByteBuf::from(text.as_bytes().to_vec())),
    };
    read_all(&[source]).remove(0)
}

/// Reads stubs that belong together: they know each other's types, and what is declared twice is a problem of the later.
/// There is one answer for each source, in their order. What the instance is configured with is known, too, but for files
/// of the same paths.
pub fn read_all(sources: &[Source]) -> Vec<Read> {
    let paths: HashSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let others = REMEMBERED.with_borrow(|known| {
        let others = known
            .iter()
            .filter(|known| !paths.contains(known.outline.file.as_str()));
        others.cloned().collect::<Vec<Known>>()
    });
    let files = sources
        .iter()
        .map(|source| File::read(source, 0, Vec::new(), Dialect::Stub));
    let files: Vec<(Outline, File)> = files.map(|file| (outline(&file), file)).collect();
    let outlines = files.iter().map(|(outline, _)| outline);
    let names = Names::new(
        outlines.chain(others.iter().map(|known| &known.outline)),
        &natives(),
    );
    let mut seen = Seen::default();
    for known in others.iter().flat_map(|known| &known.declarations) {
        seen.note(known);
    }
    let mut incomplete = HashSet::new();
    let read = |(outline, file)| {
        let (read, lacking) = read_file(outline, file, &names, &mut seen);
        incomplete.extend(lacking);
        read
    };
    let mut reads: Vec<Read> = files.into_iter().map(read).collect();
    for row in reads.iter_mut().flat_map(|read| &mut read.bindings.types) {
        // Of a type that lacks a member nobody knows all of them.
        row.sealed = row.sealed && !incomplete.contains(&row.path);
    }
    reads
}

/// Reads one file, and tells which types lack a member that is wrong in it.
fn read_file(
    outline: Outline,
    mut file: File,
    names: &Names,
    seen: &mut Seen,
) -> (Read, Vec<String>) {
    let mut reader = Reader::new(&file, names, seen);
    if file.is_text {
        reader.file(&outline);
    }
    let (bindings, declarations, problems) =
        (reader.bindings, reader.declarations, reader.problems);
    let incomplete = reader.incomplete;
    for found in &file.syntax_problems {
        let message = found.message.clone();
        let said = problem(
            found.code,
            Severity::Error,
            message,
            found.place(),
            Origin::Syntax,
        );
        file.problems.push(said);
    }
    file.problems.extend(problems);
    file.forget_what_is_commented_out();
    let read = Read {
        bindings,
        file,
        known: Known {
            outline,
            declarations,
        },
    };
    (read, incomplete)
}

/// Keeps what the stubs declare that the instance is configured with, for a stub that is checked alone.
pub fn remember(reads: &[Read]) {
    let known = reads.iter().map(|read| read.known.clone()).collect();
    REMEMBERED.set(known);
}

/// Answers a `read-stubs`.
pub fn answer(request: &ReadStubsRequest) -> Response {
    let mut reads = read_all(&request.stubs);
    let declared = reads
        .iter_mut()
        .map(|read| std::mem::take(&mut read.bindings));
    Response::StubsRead {
        bindings: joined(declared),
        files: reads.iter().map(Read::outline).collect(),
    }
}

/// The facts of one stub.
pub fn facts(path: &str, text: &str) -> FileFacts {
    read(path, text).facts()
}

/// The facts of stubs that belong together.
pub fn check(sources: &[Source]) -> Vec<FileFacts> {
    read_all(sources).iter().map(Read::facts).collect()
}

/// What the bindings crate registers.
fn natives() -> Rc<Bindings> {
    NATIVES.with(|natives| Rc::clone(natives.get_or_init(|| Rc::new(runekiln_bindings::table()))))
}
