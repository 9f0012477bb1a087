//! What the compiler says, in our words: code, message, place, related places and fixes.

use std::rc::Rc;

use crate::blank::is_item;
use crate::cascade::clip;
use crate::check::words;
use crate::codes::{code, plain_message, UNAVAILABLE};
use crate::compile::Diagnostic;
use crate::files::{problem, File};
use crate::host::Host;
use crate::items::Item;
use crate::protocol::{Edit, Fix, Origin, Problem, Related, Severity, Tag};
use crate::related::{places, Place};
use crate::suggest::nearest;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// Names that scripts can use without `use`, beside their own and the host's.
const PRELUDE: &[&str] = &[
    "String",
    "Vec",
    "Object",
    "Tuple",
    "Bytes",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "i64",
    "u64",
    "f64",
    "bool",
    "u8",
    "char",
    "Type",
    "clone",
    "drop",
    "is_readable",
    "is_writable",
];

/// The names of a script's items, which can be meant anywhere in it; gathered at the first mistake.
#[derive(Default, Clone)]
pub struct Names {
    own: Option<Rc<[String]>>,
    asked: usize,
}

/// So many missing names are compared with all others; who misses more has another problem than slips.
pub const SUGGESTIONS: usize = 50;

impl Names {
    /// The names that can be meant in a script with these items.
    pub fn of<'i>(items: impl Iterator<Item = &'i Item>) -> Names {
        let own = items.map(|item| item.name.as_str());
        let own = own.filter(|name| !name.is_empty()).map(str::to_owned);
        Names {
            own: Some(own.collect()),
            asked: 0,
        }
    }

    fn own(&mut self, files: &[File]) -> Rc<[String]> {
        let items = files.iter().flat_map(|file| &file.items);
        let own = self.own.take().or_else(|| Names::of(items).own);
        self.own.insert(own.unwrap_or_default()).clone()
    }
}

/// The problem that an error of the compiler is.
pub fn error_problem(
    error: &Diagnostic,
    sources: &[usize],
    files: &[File],
    names: &mut Names,
) -> Problem {
    let file = &files[error.file];
    let span = narrow(file, error);
    let text = span.of(&file.text);
    if let Some(message) = unavailable(error, text) {
        return problem(
            UNAVAILABLE,
            Severity::Error,
            message,
            span,
            Origin::Compiler,
        );
    }
    let meant = meant(error, file, span, files, names);
    let mut message = message(error, text);
    if let Some(name) = &meant {
        message.push_str(&format!("; did you mean `{name}`?"));
    }
    let mut said = problem(
        code(&error.kind, &error.message),
        Severity::Error,
        message,
        span,
        Origin::Compiler,
    );
    said.related = related(error, span, sources, files);
    said.fixes = meant
        .map(|name| replacement(span, name))
        .into_iter()
        .chain(removal(error, file, span))
        .collect();
    said
}

/// What is said of something that another profile has.
fn unavailable(error: &Diagnostic, text: &str) -> Option<String> {
    let host = Host::shared();
    if !error.kind.starts_with("Missing") {
        return None;
    }
    let item = error.details.split_once("item: ").map(|(_, rest)| {
        let end = rest.find([',', ' ', '}']).unwrap_or(rest.len());
        &rest[..end]
    });
    let named = is_path(text).then_some(text);
    let mut paths = item.into_iter().chain(named);
    let (path, profiles) = paths.find_map(|path| Some((path, host.unavailable.item(path)?)))?;
    let path = path.trim_start_matches("{root}").trim_start_matches("::");
    Some(in_other_profiles(path, &host.profile, profiles))
}

/// The message about something that these profiles have, and this one has not.
pub fn in_other_profiles(name: &str, profile: &str, profiles: &[String]) -> String {
    let quoted: Vec<String> = profiles.iter().map(|name| format!("`{name}`")).collect();
    let others = match quoted.split_last() {
        Some((last, [])) => format!("the profile {last} has it"),
        Some((last, rest)) => format!("the profiles {} and {last} have it", rest.join(", ")),
        None => "no profile has it".to_owned(),
    };
    format!("The profile `{profile}` has no `{name}`: {others}")
}

/// The problem that a warning of the compiler is.
pub fn warning_problem(warning: &Diagnostic, sources: &[usize], files: &[File]) -> Problem {
    let file = &files[warning.file];
    let span = narrow(file, warning);
    let severity = match warning.kind.as_str() {
        // Every `let (a, b) = …` is told so.
        "LetPatternMightPanic" => Severity::Hint,
        _ => Severity::Warning,
    };
    let message = message(warning, span.of(&file.text));
    let mut said = problem(
        code(&warning.kind, &warning.message),
        severity,
        message,
        span,
        Origin::Compiler,
    );
    said.tags = match warning.kind.as_str() {
        "NotUsed" | "Unreachable" => vec![Tag::Unused],
        "UsedDeprecated" => vec![Tag::Deprecated],
        _ => Vec::new(),
    };
    said.related = related(warning, span, sources, files);
    said.fixes = removal(warning, file, span).into_iter().collect();
    said
}

fn message(said: &Diagnostic, text: &str) -> String {
    match said.kind.as_str() {
        // It goes on with a number of the compiler's own.
        _ if said.message.starts_with("Missing variable `") => {
            "Rune's compiler loses track of a variable here".to_owned()
        }
        "MissingItem" | "MissingItemParameters" if is_path(text) => {
            format!("There is no `{text}` here")
        }
        "MissingItem" | "MissingItemParameters" => {
            let item = said.message.trim_start_matches("Missing item ");
            let item = item.trim_start_matches("{root}").trim_start_matches("::");
            format!("There is no `{item}`")
        }
        "MissingLocal" if is_path(text) => {
            format!("There is no variable or function `{text}` here")
        }
        "NotUsed" if is_path(text) => format!("`{text}` is not used"),
        // The place is all of `break 'label value`.
        "MissingLabel" => {
            let behind = text.split_once('\'').map_or(text, |(_, behind)| behind);
            let label = words(behind).next().unwrap_or(behind);
            format!("No loop or block around this has the label `{label}`")
        }
        kind => plain_message(kind, text)
            .unwrap_or_else(|| said.message.replace("{root}::", "").replace("`::", "`")),
    }
}

fn is_path(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | ':'))
}

/// Where to show it: of an item the name, of a format string the capture that is meant.
/// Where what is said is shown: of an item, at its name.
pub fn narrow(file: &File, said: &Diagnostic) -> Span {
    let span = clip(said.span, &file.text).unwrap_or_default();
    // It is about the attribute above the name.
    if said.kind == "NestedBench" {
        return span;
    }
    let path = file.tree.path_to(span);
    let Some(node) = path.iter().rev().find(|node| !node.is_token()) else {
        return span;
    };
    if said.kind == "MissingMacro" && node.kind() == MacroCall {
        return node.first_child(Path).map_or(span, NodeRef::span);
    }
    if said.kind == "MissingLocal" && node.kind() == FormatString {
        return capture(*node, said, file).unwrap_or(span);
    }
    let name = path
        .iter()
        .rev()
        .find(|node| is_item(node.kind()))
        .and_then(|item| item.first_child(Name));
    match name.map(NodeRef::span) {
        Some(name) if span.start <= name.start && name.end <= span.end => name,
        _ => span,
    }
}

/// The name within a format string that an error is about.
fn capture(format: NodeRef<'_>, said: &Diagnostic, file: &File) -> Option<Span> {
    let captures = format
        .descendants()
        .filter(|node| node.kind() == FormatCapture);
    let mut names =
        captures.filter_map(|capture| capture.tokens().find(|token| token.kind() == Identifier));
    let name = names.find(|name| {
        said.message
            .contains(&format!("`{}`", name.text(&file.text)))
    })?;
    Some(name.span())
}

/// The name that was probably meant instead of a missing one.
fn meant(
    error: &Diagnostic,
    file: &File,
    span: Span,
    files: &[File],
    names: &mut Names,
) -> Option<String> {
    let text = span.of(&file.text);
    if !matches!(
        error.kind.as_str(),
        "MissingItem" | "MissingItemParameters" | "MissingLocal"
    ) || text.contains(':')
    {
        return None;
    }
    names.asked += 1;
    if names.asked > SUGGESTIONS {
        return None;
    }
    // An item knows no variable of the one before it, and a constant in a function none of those around.
    let mut path = file.tree.path_to(span).into_iter().rev();
    let around = path.find(|node| is_item(node.kind()));
    let nodes = around.unwrap_or(file.tree.root()).descendants();
    let locals =
        nodes.filter(|node| node.kind() == IdentifierPattern && node.span().start < span.start);
    let locals = locals.map(|pattern| pattern.text(&file.text));
    let own = names.own(files);
    let bound = &Host::shared().names;
    let global = own.iter().chain(bound.iter()).map(String::as_str);
    let global = global.chain(PRELUDE.iter().copied());
    nearest(text, locals.chain(global)).map(str::to_owned)
}

fn replacement(span: Span, name: String) -> Fix {
    let title = format!("Replace by `{name}`");
    Fix {
        title,
        edits: vec![Edit {
            span: [span.start, span.end],
            text: name,
        }],
    }
}

/// The fix for what is only too much.
fn removal(said: &Diagnostic, file: &File, span: Span) -> Option<Fix> {
    let (title, span) = match said.kind.as_str() {
        "UnsupportedMut" => {
            let rest = &file.text[span.end as usize..];
            let blanks = rest.len() - rest.trim_start().len();
            (
                "Remove `mut`",
                Span::new(span.start, span.end + blanks as u32),
            )
        }
        "UnnecessarySemiColon" => ("Remove the `;`", span),
        _ => return None,
    };
    Some(Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            span: [span.start, span.end],
            text: String::new(),
        }],
    })
}

/// The other places, in the files that they are in; the place itself is none.
fn related(said: &Diagnostic, own: Span, sources: &[usize], files: &[File]) -> Vec<Related> {
    let mut related = Vec::new();
    for Place {
        source,
        span,
        message,
    } in places(&said.kind, &said.details)
    {
        let index = source.map_or(Some(said.file), |source| sources.get(source).copied());
        let Some(file) = index.and_then(|index| files.get(index)) else {
            continue;
        };
        let Some(span) = clip(span, &file.text) else {
            continue;
        };
        let span = name_in(file, span);
        if index != Some(said.file) || span != own {
            related.push(Related {
                path: file.path.clone(),
                span: [span.start, span.end],
                message: message.to_owned(),
            });
        }
    }
    related
}

/// The name of the item that a span covers, or the span itself.
pub fn name_in(file: &File, span: Span) -> Span {
    let path = file.tree.path_to(span);
    let name = path
        .iter()
        .rev()
        .find(|node| is_item(node.kind()))
        .and_then(|item| item.first_child(Name));
    name.map(NodeRef::span)
        .filter(|name| span.start <= name.start && name.end <= span.end)
        .unwrap_or(span)
}
