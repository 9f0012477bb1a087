//! Items of one name: every one but the first is reported, and gets a name of its own, so that its body is checked too.

use std::collections::HashSet;

use crate::blank::{is_item, path_to, Cut, Filler, Level};
use crate::check::{words, Checker};
use crate::compile::Diagnostic;
use crate::files::{problem, File};
use crate::protocol::{Origin, Related, Severity};
use crate::related::places;
use crate::report::name_in;
use crate::syntax::SyntaxKind::Name;
use crate::tree::{NodeRef, Span};

/// Deals with the error if it is about items of one name. Some(true) if that changed a text.
pub fn take(checker: &mut Checker<'_>, error: &Diagnostic, sources: &[usize]) -> Option<bool> {
    if error.kind != "AmbiguousItem" {
        return None;
    }
    let mut found: Vec<(usize, Span)> = Vec::new();
    for place in places(&error.kind, &error.details) {
        let file = *sources.get(place.source?)?;
        let name = name_in(&checker.files[file], place.span);
        // Names that have been replaced are no duplicates any more.
        if checker.files[file].blanked.level_at(name).is_none() {
            found.push((file, name));
        }
    }
    found.sort_unstable();
    found.dedup();
    let (first, others) = found.split_first()?;
    let mut progress = false;
    for place in others {
        report(checker, *first, *place);
        progress |= replace(checker, *place);
    }
    progress.then_some(true)
}

fn report(checker: &mut Checker<'_>, first: (usize, Span), place: (usize, Span)) {
    let earlier = &checker.files[first.0];
    let first_is_here = Related {
        path: earlier.path.clone(),
        span: [first.1.start, first.1.end],
        message: "the first one is here".to_owned(),
    };
    let file = &mut checker.files[place.0];
    let message = format!("`{}` is defined more than once", place.1.of(&file.text));
    let mut said = problem(
        "ambiguous-item",
        Severity::Error,
        message,
        place.1,
        Origin::Compiler,
    );
    said.related.push(first_is_here);
    file.problems.push(said);
}

/// Gives the item another name, or takes it out if it is no item with a name, such as an import.
fn replace(checker: &mut Checker<'_>, (index, span): (usize, Span)) -> bool {
    let taken: HashSet<String> = checker
        .files
        .iter()
        .flat_map(|file| words(&file.text))
        .map(str::to_owned)
        .collect();
    let file = &mut checker.files[index];
    let path = path_to(&file.tree, span);
    let Some(item) = path.iter().rev().find(|node| is_item(node.kind())) else {
        return false;
    };
    let name = item
        .first_child(Name)
        .map(NodeRef::span)
        .filter(|name| *name == span);
    match name.and_then(|span| unused_name(file, span, &taken)) {
        Some(unused) => file.blanked.rename(span, &unused),
        None => file.blanked.cut(Cut {
            span: item.span(),
            level: Level::Item,
            filler: Filler::Spaces,
        }),
    }
    true
}

/// A name as long as the one at `span` that stands nowhere.
fn unused_name(file: &File, span: Span, taken: &HashSet<String>) -> Option<String> {
    let length = (span.end - span.start) as usize;
    let is_free =
        |name: &String| !taken.contains(name) && !file.blanked.text().contains(name.as_str());
    let letters = || (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from);
    let candidates = letters().flat_map(|last| letters().map(move |first| (first, last)));
    candidates
        .filter_map(|(first, last)| shaped(first, last, length))
        .find(is_free)
}

fn shaped(first: char, last: char, length: usize) -> Option<String> {
    match length {
        0 => None,
        1 => Some(last.to_string()),
        _ => Some(format!("{first}{}{last}", "_".repeat(length - 2))),
    }
}
