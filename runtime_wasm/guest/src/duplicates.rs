//! Items of one name: every one but the first is reported, and gets a name of its own, so that its body is checked too.

use std::collections::{HashMap, HashSet};

use crate::blank::{is_item, Cut, Filler, Level};
use crate::cascade::clip;
use crate::check::{words, Checker};
use crate::compile::Diagnostic;
use crate::files::{problem, File};
use crate::protocol::{Origin, Related, Severity};
use crate::related::places;
use crate::report::name_in;
use crate::syntax::SyntaxKind::Name;
use crate::tree::{NodeRef, Span};

/// Names that stand nowhere in a script, of any length.
#[derive(Default)]
pub struct Unused {
    /// The words of all files; gathered at the first duplicate.
    taken: Option<HashSet<String>>,
    /// How many names of each length have been tried.
    tried: HashMap<usize, usize>,
}

impl Unused {
    /// Another name of so many bytes.
    fn name(&mut self, length: usize, files: &[File]) -> Option<String> {
        let taken = self.taken.get_or_insert_with(|| {
            let words = files.iter().flat_map(|file| words(&file.text));
            words.map(str::to_owned).collect()
        });
        let tried = self.tried.entry(length).or_default();
        loop {
            let name = shaped(*tried, length)?;
            *tried += 1;
            if !taken.contains(&name) {
                return Some(name);
            }
        }
    }
}

/// Deals with the error if it is about items of one name. Some(true) if that changed a text.
pub fn take(checker: &mut Checker<'_>, error: &Diagnostic, sources: &[usize]) -> Option<bool> {
    if error.kind != "AmbiguousItem" {
        return None;
    }
    let mut found: Vec<(usize, Span)> = Vec::new();
    for place in places(&error.kind, &error.details) {
        let file = *sources.get(place.source?)?;
        // Of a file that is loaded twice, Rune may take a place for one of another file.
        if clip(place.span, &checker.files[file].text) != Some(place.span) {
            continue;
        }
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
    let file = &checker.files[index];
    let path = file.tree.path_to(span);
    let Some(item) = path.into_iter().rev().find(|node| is_item(node.kind())) else {
        return false;
    };
    let around = item.span();
    let name = item
        .first_child(Name)
        .map(NodeRef::span)
        .filter(|name| *name == span);
    let length = name.map(|name| (name.end - name.start) as usize);
    let unused = length.and_then(|length| checker.unused.name(length, &checker.files));
    let blanked = &mut checker.files[index].blanked;
    match unused {
        Some(unused) => blanked.rename(span, &unused),
        None => blanked.cut(Cut {
            span: around,
            level: Level::Item,
            filler: Filler::Spaces,
        }),
    }
    true
}

/// The name of that number: letters first and last, `_` between them. None if there are no more of that length.
fn shaped(number: usize, length: usize) -> Option<String> {
    let letters: Vec<char> = (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from).collect();
    let last = letters[number % letters.len()];
    let first = letters.get(number / letters.len());
    match length {
        0 => None,
        1 => (number < letters.len()).then(|| last.to_string()),
        _ => Some(format!("{}{}{last}", first?, "_".repeat(length - 2))),
    }
}
