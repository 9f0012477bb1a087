//! The types that a host binds, found by the names that stubs write.

use std::collections::HashMap;

use rune::Hash;
use runekiln_bindings::{Bindings, TypeRow};

use super::sample_types::Type;
use super::slots::SlotType;

/// Every type that stubs can name.
#[derive(Default)]
pub struct Known {
    types: Vec<KnownType>,
    by_path: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_hash: HashMap<Hash, usize>,
    /// What other names for types stand for, by their paths.
    others: HashMap<String, Other>,
}

/// A type, and what Rune knows it as.
pub struct KnownType {
    pub row: TypeRow,
    /// None for a type of the bindings crate.
    pub slot: Option<&'static SlotType>,
}

/// Another name for a type.
pub struct Other {
    path: String,
    generics: Vec<String>,
    stands_for: Type,
}

impl Other {
    /// What it stands for with those types for its parameters.
    pub fn given(&self, types: &[Type]) -> Type {
        self.stands_for.given(&self.generics, types)
    }
}

/// What a name of a stub means.
pub enum Meaning<'k> {
    Type(&'k KnownType),
    Other(&'k Other),
}

impl Known {
    /// The types of the bindings; `slot` tells what has been taken for those that are not native.
    pub fn of(bindings: &Bindings, slot: impl Fn(&str) -> Option<&'static SlotType>) -> Known {
        let mut known = Known::default();
        for row in &bindings.types {
            known.add(KnownType {
                row: row.clone(),
                slot: slot(&row.path),
            });
        }
        for module in &bindings.modules {
            let aliases = module.aliases.iter();
            known.others.extend(aliases.map(|alias| {
                let other = Other {
                    path: format!("{}::{}", module.path, alias.name),
                    generics: alias.generics.clone(),
                    stands_for: Type::parse(&alias.type_name),
                };
                (other.path.clone(), other)
            }));
        }
        known
    }

    fn add(&mut self, found: KnownType) {
        let index = self.types.len();
        let row = &found.row;
        let parent = row.path.rsplit_once("::").map_or("", |(parent, _)| parent);
        for alias in &row.aliases {
            self.by_path.insert(format!("{parent}::{alias}"), index);
        }
        for name in row.aliases.iter().chain([&row.name]) {
            self.by_name.entry(name.clone()).or_default().push(index);
        }
        self.by_path.insert(row.path.clone(), index);
        if let Some(slot) = found.slot {
            self.by_hash.insert(slot.hash, index);
        }
        self.types.push(found);
    }

    /// The type of a value of a slot.
    pub fn of_hash(&self, hash: Hash) -> Option<&KnownType> {
        self.by_hash.get(&hash).map(|index| &self.types[*index])
    }

    /// What a name means in the type or module `place`: itself, what is in there or further out, or the only type of that name.
    pub fn find(&self, name: &str, place: &str) -> Option<Meaning<'_>> {
        if name == "Self" {
            return self.at(place);
        }
        let mut around = Some(place);
        while let Some(outer) = around {
            if let Some(found) = self.at(&format!("{outer}::{name}")) {
                return Some(found);
            }
            around = outer.rsplit_once("::").map(|(outer, _)| outer);
        }
        self.at(name).or_else(|| self.only(name))
    }

    /// The type with whole paths for its names, which mean the same wherever it is looked at.
    pub fn absolute(&self, wanted: &Type, place: &str) -> Type {
        wanted.with(&|name, arguments| {
            let path = match self.find(name, place)? {
                Meaning::Type(known) => &known.row.path,
                Meaning::Other(other) => &other.path,
            };
            Some(Type::Named(path.clone(), arguments.to_vec()))
        })
    }

    fn at(&self, path: &str) -> Option<Meaning<'_>> {
        let index = self.by_path.get(path);
        let found = index.map(|index| Meaning::Type(&self.types[*index]));
        found.or_else(|| self.others.get(path).map(Meaning::Other))
    }

    fn only(&self, name: &str) -> Option<Meaning<'_>> {
        let short = name.rsplit("::").next().unwrap_or(name);
        let named = self.by_name.get(short)?;
        let ends = |index: &&usize| {
            let path = &self.types[**index].row.path;
            short == name || path.ends_with(&format!("::{name}"))
        };
        let mut fitting = named.iter().filter(ends);
        let first = fitting.next()?;
        let is_only = fitting.next().is_none();
        is_only.then(|| Meaning::Type(&self.types[*first]))
    }
}
