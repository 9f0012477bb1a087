//! Finds what Rune tells of one function at a time before it looks at names: it compiles each function alone.
//!
//! A full compile stops at the first such error of a file. Alone, functions say all the same, and all of them together
//! cost about one compile, however many are broken.

use crate::check::Checker;
use crate::compile::Diagnostic;
use crate::related::moved;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// Kinds of errors that Rune finds while it reads a file, before it knows any names.
const EARLY: &[&str] = &[
    "UnsupportedMut",
    "AwaitOutsideAsync",
    "AwaitInConst",
    "YieldInConst",
    "MissingMacro",
    "ExpectedBlockSemiColon",
    "BlockConstAsyncConflict",
    "FnConstAsyncConflict",
    "NestedTest",
    "NestedBench",
    "Expected",
    "Unsupported",
    "ExpectedEof",
    "UnexpectedEof",
    "ExpectedEscape",
    "UnexpectedChar",
    "PrecedenceGroupRequired",
    "BadFieldAccess",
    "ExpectedMacroCloseDelimiter",
    "BadCharLiteral",
    "BadByteLiteral",
    "BadNumberLiteral",
    "UnsupportedSuffix",
    "UnsupportedSelf",
    "Custom",
];

/// Kinds among them that are about syntax alone.
const SYNTAX: &[&str] = &[
    "Expected",
    "ExpectedEof",
    "UnexpectedEof",
    "ExpectedEscape",
    "UnexpectedChar",
    "ExpectedMacroCloseDelimiter",
    "ExpectedBlockSemiColon",
    "UnterminatedStrLit",
    "UnterminatedByteStrLit",
    "UnterminatedCharLit",
    "UnterminatedByteLit",
    "ExpectedCharClose",
    "ExpectedCharOrLabel",
    "ExpectedByteClose",
    "ExpectedMultilineCommentTerm",
    "UnsupportedMut",
    "BadFieldAccess",
    "PrecedenceGroupRequired",
];

/// What stands around a function when it is compiled alone, so that `self` is allowed.
const BEFORE: &str = "struct T;impl T{";
const AFTER: &str = "}";
/// More errors than this in one function are left to the full compiles.
const ERRORS_OF_ONE: usize = 64;

/// Whether an error is one of those that hide everything else.
pub fn is_early(error: &Diagnostic) -> bool {
    EARLY.contains(&error.kind.as_str())
}

/// Whether an error is about syntax, of which our own parser tells everything.
pub fn is_syntax(error: &Diagnostic) -> bool {
    SYNTAX.contains(&error.kind.as_str()) || error.message == "Unsupported attributes"
}

/// Reports and takes out all such errors in all functions. False if there are none.
pub fn sweep(checker: &mut Checker<'_>) -> bool {
    let mut progress = false;
    for index in 0..checker.files.len() {
        let spans: Vec<Span> = outermost_functions(checker.files[index].tree.root());
        for span in spans {
            progress |= sweep_function(checker, index, span);
        }
    }
    progress
}

fn sweep_function(checker: &mut Checker<'_>, index: usize, span: Span) -> bool {
    for round in 0..ERRORS_OF_ONE {
        let text = format!(
            "{BEFORE}{}{AFTER}",
            span.of(checker.files[index].blanked.text())
        );
        let Some(compiled) = checker.compile_alone(&text) else {
            return round > 0;
        };
        let early = compiled
            .diagnostics
            .into_iter()
            .filter(|error| error.is_error && is_early(error));
        let errors: Vec<Diagnostic> = early
            .filter_map(|error| in_file(error, index, span))
            .collect();
        // Early errors have no related places in other files.
        if errors.is_empty() || !checker.take_errors(&errors, &[index]) {
            return round > 0;
        }
    }
    true
}

/// The error with its place in the file, if it is in the function.
fn in_file(mut error: Diagnostic, index: usize, function: Span) -> Option<Diagnostic> {
    let before = BEFORE.len() as u32;
    error.file = index;
    error.span.start = error.span.start.checked_sub(before)? + function.start;
    error.span.end = (error.span.end.checked_sub(before)? + function.start).min(function.end);
    let by = i64::from(function.start) - i64::from(before);
    error.details = moved(&error.details, by);
    (error.span.start <= error.span.end && error.span.start < function.end).then_some(error)
}

/// The functions that are in no other function; of modules and `impl` blocks too.
fn outermost_functions(root: NodeRef<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for node in root
        .descendants()
        .filter(|node| node.kind() == FunctionItem)
    {
        if spans
            .last()
            .is_none_or(|last| last.end <= node.span().start)
        {
            spans.push(node.span());
        }
    }
    spans
}
