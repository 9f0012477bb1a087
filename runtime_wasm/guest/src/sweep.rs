//! Finds what Rune tells of one function at a time before it looks at names: it compiles each function alone.
//!
//! A full compile stops at the first such error of a file. Alone, functions say all the same, and all of them together
//! cost about one compile, however many are broken.

use std::collections::HashSet;

use crate::check::{words, Checker};
use crate::compile::Diagnostic;
use crate::files::File;
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

/// What stands around a function of an `impl` block when it is compiled alone, so that `self` is allowed.
const IN_IMPL: (&str, &str) = ("struct T;impl T{", "}");
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
    let names = item_names(&checker.files);
    for index in 0..checker.files.len() {
        let file = &checker.files[index];
        let functions = outermost_functions(file.tree.root()).into_iter();
        // Alone, a macro would be taken for Rune's that the script has given another meaning.
        let can_be_alone = |function: &NodeRef<'_>| {
            let mut macros = macro_names(*function, &file.text);
            !macros.any(|name| names.contains(name))
        };
        let functions: Vec<(Span, bool)> = functions
            .filter(can_be_alone)
            .map(|function| (function.span(), is_in_impl(function)))
            .collect();
        for (span, is_in_impl) in functions {
            let around = if is_in_impl { IN_IMPL } else { ("", "") };
            progress |= sweep_function(checker, index, span, around);
        }
    }
    progress
}

/// The words that items, and what they import, go by.
fn item_names(files: &[File]) -> HashSet<String> {
    let items = files.iter().flat_map(|file| &file.items);
    let names = items.flat_map(|item| words(&item.name));
    names.map(str::to_owned).collect()
}

fn macro_names<'a>(function: NodeRef<'a>, text: &'a str) -> impl Iterator<Item = &'a str> {
    let calls = function.descendants();
    let calls = calls.filter(|node| node.kind() == MacroCall);
    let paths = calls.filter_map(|call| call.first_child(Path));
    paths.filter_map(|path| words(path.text(text)).last())
}

fn is_in_impl(function: NodeRef<'_>) -> bool {
    let list = function.parent().filter(|list| list.kind() == ItemList);
    list.and_then(NodeRef::parent)
        .is_some_and(|around| around.kind() == ImplItem)
}

fn sweep_function(
    checker: &mut Checker<'_>,
    index: usize,
    span: Span,
    (before, after): (&str, &str),
) -> bool {
    for round in 0..ERRORS_OF_ONE {
        let own = span.of(checker.files[index].blanked.text());
        let text = format!("{before}{own}{after}");
        let Some(compiled) = checker.compile_alone(&text) else {
            return round > 0;
        };
        let early = compiled
            .diagnostics
            .into_iter()
            .filter(|error| error.is_error && is_early(error));
        let errors: Vec<Diagnostic> = early
            .filter_map(|error| in_file(error, index, span, before.len() as u32))
            .collect();
        // Early errors have no related places in other files.
        if errors.is_empty() || !checker.take_errors(&errors, &[index]) {
            return round > 0;
        }
    }
    true
}

/// The error with its place in the file, if it is in the function.
fn in_file(mut error: Diagnostic, index: usize, function: Span, before: u32) -> Option<Diagnostic> {
    error.file = index;
    error.span.start = error.span.start.checked_sub(before)? + function.start;
    error.span.end = (error.span.end.checked_sub(before)? + function.start).min(function.end);
    let by = i64::from(function.start) - i64::from(before);
    error.details = moved(&error.details, by);
    (error.span.start <= error.span.end && error.span.start < function.end).then_some(error)
}

/// The functions that are in no other function; of modules and `impl` blocks too.
fn outermost_functions(root: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let mut found: Vec<NodeRef<'_>> = Vec::new();
    for node in root
        .descendants()
        .filter(|node| node.kind() == FunctionItem)
    {
        let is_inner = found
            .last()
            .is_some_and(|last| node.span().start < last.span().end);
        if !is_inner {
            found.push(node);
        }
    }
    found
}
