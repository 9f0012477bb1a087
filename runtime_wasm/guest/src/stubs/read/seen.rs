//! What has been declared so far, to find what is declared twice.

use std::collections::HashMap;

use crate::tree::Span;

/// What names are kept apart from others: the same name in two of these is no mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    /// Functions, types and constants of a module; functions and variants of a type.
    Item,
    Field,
    /// What Rune's own syntax asks of a type.
    Protocol,
    Macro,
    Attribute,
    Event,
    Entry,
    /// What is usable without `use`.
    Prelude,
}

/// A declaration that others must not repeat.
#[derive(Debug, Clone)]
pub struct Declaration {
    pub space: Space,
    pub path: String,
    pub file: String,
    pub span: Span,
}

/// All declarations that came before.
#[derive(Default)]
pub struct Seen {
    first: HashMap<(Space, String), (String, Span)>,
}

impl Seen {
    /// Notes a declaration. Some, with the place of the first, if there was one already.
    pub fn note(&mut self, declaration: &Declaration) -> Option<(String, Span)> {
        let key = (declaration.space, declaration.path.clone());
        let place = (declaration.file.clone(), declaration.span);
        match self.first.entry(key) {
            std::collections::hash_map::Entry::Occupied(found) => Some(found.get().clone()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(place);
                None
            }
        }
    }
}
