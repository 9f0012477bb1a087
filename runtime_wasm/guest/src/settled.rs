//! Functions about which the compiler has said all it has to say are left out of the compiles that follow.
//!
//! Only functions with errors can have more of them. So one mistake in a long file costs one full compile and one of
//! little more than the headers, not two full ones.

use crate::blank::is_item;
use crate::cascade::is_constant;
use crate::compile::Diagnostic;
use crate::files::File;
use crate::syntax::SyntaxKind::*;
use crate::tree::Span;

/// Kinds of errors that Rune finds in a function's body only after it read all files: they prove that it came so far.
const LATE: &[&str] = &[
    "MissingLocal",
    "MissingItem",
    "MissingItemParameters",
    "MissingSelf",
    "UnsupportedBinding",
    "BadArgumentCount",
    "UnsupportedLitObject",
    "LitObjectMissingField",
    "LitObjectNotField",
    "UnsupportedAssignExpr",
    "UnsupportedBinaryExpr",
    "BreakUnsupported",
    "ContinueUnsupported",
    "VariableMoved",
];

/// The bodies of functions, by file: those that are settled, and those that are not.
pub struct Settled {
    bodies: Vec<Vec<Span>>,
    open: Vec<Vec<Span>>,
    /// What the compile that settled them warned of.
    pub warnings: Vec<Diagnostic>,
}

impl Settled {
    /// Settles the functions without errors, if the errors prove that all functions were compiled.
    pub fn after(
        files: &[File],
        errors: &[Diagnostic],
        diagnostics: &[Diagnostic],
    ) -> Option<Settled> {
        // A mistake in an item can keep functions from being compiled at all.
        let in_bodies = |error: &Diagnostic| is_in_body(&files[error.file], error);
        let proves = |error: &Diagnostic| is_late(&files[error.file], error);
        if !errors.iter().all(in_bodies) || !errors.iter().any(proves) {
            return None;
        }
        let mut settled = Settled {
            bodies: Vec::new(),
            open: Vec::new(),
            warnings: diagnostics
                .iter()
                .filter(|said| !said.is_error)
                .cloned()
                .collect(),
        };
        for (index, file) in files.iter().enumerate() {
            let mut starts: Vec<u32> = errors
                .iter()
                .filter(|error| error.file == index)
                .map(|error| error.span.start)
                .collect();
            starts.sort_unstable();
            let has_error = |body: &Span| {
                let next = starts.partition_point(|start| *start < body.start);
                starts.get(next).is_some_and(|start| *start < body.end)
            };
            let (open, bodies) = bodies(file)
                .into_iter()
                .partition(|(body, stays)| *stays || has_error(body));
            settled.open.push(spans(open));
            settled.bodies.push(spans(bodies));
        }
        Some(settled)
    }

    /// The text of a file without the settled bodies.
    pub fn text(&self, index: usize, file: &File) -> String {
        let text = file.blanked.text();
        let mut rest = String::with_capacity(text.len());
        // A body that was taken out along with its header has left no place for braces.
        let is_there = |body: &&Span| text.as_bytes()[body.start as usize] == b'{';
        for body in self.bodies[index].iter().filter(is_there) {
            rest.push_str(&text[rest.len()..body.start as usize]);
            rest.push_str("{}");
            rest.extend(std::iter::repeat_n(
                ' ',
                (body.end - body.start) as usize - 2,
            ));
        }
        rest.push_str(&text[rest.len()..]);
        rest
    }

    /// Whether a place is in a body that is not settled.
    pub fn is_open(&self, index: usize, place: Span) -> bool {
        is_inside(&self.open[index], place)
    }

    /// Whether a place is in no body at all: every compile sees it.
    pub fn is_outside(&self, index: usize, place: Span) -> bool {
        !self.is_open(index, place) && !is_inside(&self.bodies[index], place)
    }
}

fn is_inside(bodies: &[Span], place: Span) -> bool {
    let behind = bodies.partition_point(|body| body.end < place.end);
    bodies
        .get(behind)
        .is_some_and(|body| body.start <= place.start)
}

fn spans(bodies: Vec<(Span, bool)>) -> Vec<Span> {
    bodies.into_iter().map(|(body, _)| body).collect()
}

fn is_late(file: &File, error: &Diagnostic) -> bool {
    // A macro can look at its arguments while Rune is still reading: `panic!(text)` wants to know the text at once.
    let is_in_macro = || {
        let path = file.tree.path_to(error.span);
        path.iter().any(|node| node.kind() == MacroCall)
    };
    LATE.contains(&error.kind.as_str()) && !is_in_macro()
}

fn is_in_body(file: &File, error: &Diagnostic) -> bool {
    let path = file.tree.path_to(error.span);
    let item = path.iter().rposition(|node| is_item(node.kind()));
    item.is_some_and(|at| {
        path[at].kind() == FunctionItem && path.get(at + 1).is_some_and(|node| node.kind() == Block)
    })
}

/// The bodies of the outermost functions, in the order of the text, and whether they must stay: constants may need them.
fn bodies(file: &File) -> Vec<(Span, bool)> {
    let mut found: Vec<(Span, bool)> = Vec::new();
    let functions = file.tree.root().descendants();
    for function in functions.filter(|node| node.kind() == FunctionItem) {
        let Some(body) = function.first_child(Block).map(|block| block.span()) else {
            continue;
        };
        let is_nested = found.last().is_some_and(|(last, _)| body.start < last.end);
        if !is_nested && body.end - body.start > 1 {
            found.push((body, is_constant(function)));
        }
    }
    found
}
