//! What is found, held against what a stub can say: names that no script can write, and types that are bound nowhere.

use std::collections::HashSet;

use crate::several::{first_of_each, one_of_each};
use crate::table::{About, Bindings, FunctionKind, FunctionRow};
use crate::undecided::Undecideds;

/// The words of Rune that are no names.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "alignof", "as", "async", "await", "become", "break", "const", "continue",
    "crate", "default", "do", "else", "enum", "extern", "false", "final", "fn", "for", "if",
    "impl", "in", "is", "let", "loop", "macro", "match", "mod", "move", "mut", "not", "offsetof",
    "override", "priv", "proc", "pub", "pure", "ref", "return", "select", "self", "sizeof",
    "static", "struct", "super", "true", "typeof", "unsafe", "use", "virtual", "while", "yield",
];

pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Takes out what no script can write, and the names of types that are not bound. Both are told.
pub fn settle(bindings: &mut Bindings, unbound: HashSet<String>, undecided: &mut Undecideds) {
    let known = bindings.types.iter().flat_map(|row| [&row.name, &row.path]);
    let known: HashSet<&String> = known.collect();
    let unbound = unbound.into_iter().filter(|name| !known.contains(name));
    let mut settling = Settling {
        unbound: unbound.collect(),
        undecided,
    };
    for row in &mut bindings.modules {
        settling.functions(&mut row.functions);
        row.constants
            .retain(|row| settling.is_name(&row.name, &row.about));
        row.macros
            .retain(|row| settling.is_name(&row.name, &row.about));
        first_of_each(&mut row.macros, |row| &row.name);
        first_of_each(&mut row.constants, |row| &row.name);
    }
    for row in &mut bindings.traits {
        settling.functions(&mut row.functions);
    }
    for row in &mut bindings.types {
        row.functions.iter_mut().for_each(as_method);
        settling.functions(&mut row.functions);
        row.protocols
            .iter_mut()
            .for_each(|row| settling.types_of(row));
        one_of_each(&mut row.protocols, settling.undecided);
        first_of_each(&mut row.constants, |row| &row.name);
        row.constants
            .retain(|row| settling.is_name(&row.name, &row.about));
        row.fields
            .retain(|row| settling.is_name(&row.name, &row.about));
        let of_variants = row.variants.iter_mut().flat_map(|row| &mut row.fields);
        for field in row.fields.iter_mut().chain(of_variants) {
            settling.type_name(&mut field.type_name, &field.about);
        }
        for variant in &mut row.variants {
            let about = &variant.about;
            variant
                .values
                .iter_mut()
                .for_each(|value| settling.type_name(value, about));
        }
    }
}

/// A function that takes the value as `this` can be called on it, however it is registered: Rune looks for it by the type and
/// the name alone.
fn as_method(row: &mut FunctionRow) {
    let first = row.parameters.first();
    let takes_value = first.is_some_and(|first| first.name == "this");
    if row.kind == FunctionKind::AssociatedFunction && takes_value {
        row.kind = FunctionKind::Method;
        row.parameters.remove(0);
    }
}

struct Settling<'u> {
    unbound: HashSet<String>,
    undecided: &'u mut Undecideds,
}

impl Settling<'_> {
    fn functions(&mut self, rows: &mut Vec<FunctionRow>) {
        rows.retain(|row| self.is_name(&row.name, &row.about));
        rows.iter_mut().for_each(|row| self.types_of(row));
        one_of_each(rows, self.undecided);
    }

    fn is_name(&mut self, name: &str, about: &About) -> bool {
        let is_plain = |part: &str| {
            let mut letters = part.chars();
            letters
                .next()
                .is_some_and(|first| first.is_alphabetic() || first == '_')
                && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let is_name = is_plain(name) && !is_keyword(name);
        if !is_name {
            self.tell(about, &format!("no script can write the name `{name}`"));
        }
        is_name
    }

    fn types_of(&mut self, row: &mut FunctionRow) {
        self.type_name(&mut row.returns, &row.about);
        for parameter in &mut row.parameters {
            self.type_name(&mut parameter.type_name, &row.about);
        }
    }

    fn type_name(&mut self, written: &mut String, about: &About) {
        let is_of_name = |character: char| character.is_alphanumeric() || "_:".contains(character);
        let mut names = written.split(|character| !is_of_name(character));
        if !names.any(|name| self.unbound.contains(name)) {
            return;
        }
        let mut settled = String::new();
        for part in split_keeping(written, is_of_name) {
            match self.unbound.contains(part) {
                true => {
                    self.tell(about, &format!("the type `{part}` is nowhere registered"));
                    settled.push_str("any");
                }
                false => settled.push_str(part),
            }
        }
        *written = settled;
    }

    fn tell(&mut self, about: &About, reason: &str) {
        let source = about.source.as_ref();
        let (path, line) = source.map_or(("", 0), |source| (&source.path, source.line));
        self.undecided.add(path, line, reason);
    }
}

/// The names in a text, and what is between them.
fn split_keeping(text: &str, is_of_name: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<bool> = None;
    for (at, character) in text.char_indices() {
        let is = is_of_name(character);
        if before.is_some_and(|before| before != is) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(is);
    }
    parts.push(&text[start..]);
    parts
}
