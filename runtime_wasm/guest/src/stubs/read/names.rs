//! Which types there are, and what a name in a stub means.

use std::collections::{HashMap, HashSet};

use runekiln_bindings::Bindings;

use super::outline::{Declared, DeclaredKind, Outline};
use crate::suggest::nearest;

/// Rune's own types by the names that stubs and annotations use, with the least and the greatest number of their
/// arguments. `any` is a value of which nothing is known, and `Value` another word for it.
pub const OF_RUNE: &[(&str, usize, usize)] = &[
    ("any", 0, 0),
    ("Value", 0, 0),
    ("bool", 0, 0),
    ("char", 0, 0),
    ("i64", 0, 0),
    ("u64", 0, 0),
    ("f64", 0, 0),
    ("String", 0, 0),
    ("Bytes", 0, 0),
    ("Vec", 0, 1),
    ("Object", 0, 1),
    ("Tuple", 0, 0),
    ("Option", 0, 1),
    ("Result", 0, 2),
    ("Iterator", 0, 1),
    ("Function", 0, 0),
    ("Future", 0, 1),
    ("Generator", 0, 0),
    ("GeneratorState", 0, 0),
    ("Stream", 0, 1),
    ("Ordering", 0, 0),
    ("HashMap", 0, 2),
    ("HashSet", 0, 1),
    ("VecDeque", 0, 1),
    ("Range", 0, 1),
    ("Type", 0, 0),
];

/// Those of them that no script needs a `use` for.
const IN_EVERY_SCRIPT: &[&str] = &[
    "bool", "char", "i64", "u64", "f64", "String", "Bytes", "Vec", "Object", "Tuple", "Option",
    "Result", "Type",
];

/// All types that a stub can name.
#[derive(Default)]
pub struct Names {
    types: Vec<Declared>,
    by_path: HashMap<String, usize>,
    /// By name or alias. One name may be that of types in several modules.
    by_name: HashMap<String, Vec<usize>>,
    /// The native types that need no `use`, by name or alias.
    preludes: HashMap<String, String>,
}

/// What a name in a type means.
pub enum Meaning<'names> {
    Declared(&'names Declared),
    /// One of Rune's own, with the least and the greatest number of its arguments.
    OfRune(usize, usize),
    /// Nothing; perhaps this was meant.
    Unknown(Option<String>),
    /// Types of these paths.
    Ambiguous(Vec<String>),
}

impl Names {
    /// The types of some stubs, and those that are native.
    pub fn new<'o>(outlines: impl Iterator<Item = &'o Outline>, natives: &Bindings) -> Names {
        let mut names = Names::default();
        for outline in outlines {
            outline.types.iter().for_each(|found| names.add(found));
        }
        for native in natives.types.iter().filter(|native| native.prelude) {
            for name in native.aliases.iter().chain([&native.name]) {
                names.preludes.insert(name.clone(), native.path.clone());
            }
        }
        for native in &natives.types {
            names.add(&Declared {
                path: native.path.clone(),
                aliases: native.aliases.clone(),
                generics: native.generics.len(),
                kind: DeclaredKind::Type(native.kind),
                named: Vec::new(),
            });
        }
        names
    }

    /// Whose name that needs no `use` this is already: the path of another native type, or Rune.
    pub fn owner_in_prelude(&self, name: &str, path: &str) -> Option<String> {
        if IN_EVERY_SCRIPT.contains(&name) {
            return Some("Rune's own".to_owned());
        }
        let native = self.preludes.get(name).filter(|native| *native != path);
        native.map(|native| format!("`{native}`"))
    }

    fn add(&mut self, declared: &Declared) {
        if self.by_path.contains_key(&declared.path) {
            return;
        }
        let place = self.types.len();
        let module = module_of(&declared.path);
        for name in declared
            .aliases
            .iter()
            .map(String::as_str)
            .chain([declared.name()])
        {
            self.by_path
                .entry(super::outline::joined(module, name))
                .or_insert(place);
            self.by_name.entry(name.to_owned()).or_default().push(place);
        }
        self.types.push(declared.clone());
    }

    /// What `written` means in the module `module`. Rune's own types are what they are everywhere, also in a stub of them.
    pub fn meaning(&self, written: &str, module: &str) -> Meaning<'_> {
        match self.declared(written, module) {
            Meaning::Declared(found) if is_in_std(&found.path) => match of_rune(found.name()) {
                Some((_, least, greatest)) => Meaning::OfRune(*least, *greatest),
                None => Meaning::Declared(found),
            },
            other => other,
        }
    }

    /// The same, with what a stub of Rune's own types declares: the module and those around it come first, then whole
    /// paths, then the one type of that name, then Rune's.
    pub fn declared(&self, written: &str, module: &str) -> Meaning<'_> {
        let written = written.trim_start_matches("::");
        let mut around = module;
        while !around.is_empty() {
            if let Some(&place) = self.by_path.get(&format!("{around}::{written}")) {
                return Meaning::Declared(&self.types[place]);
            }
            around = module_of(around);
        }
        if let Some(&place) = self.by_path.get(written) {
            return Meaning::Declared(&self.types[place]);
        }
        if let Some((_, least, greatest)) = of_rune(written) {
            return Meaning::OfRune(*least, *greatest);
        }
        match self.by_name.get(written).map(Vec::as_slice) {
            Some([only]) => Meaning::Declared(&self.types[*only]),
            Some(several) => {
                let paths = several.iter().map(|&place| self.types[place].path.clone());
                Meaning::Ambiguous(paths.collect())
            }
            None => Meaning::Unknown(self.suggestion(written)),
        }
    }

    /// Whether an alias comes to stand for itself, perhaps by way of others.
    pub fn is_circular(&self, path: &str) -> bool {
        let (mut seen, mut open) = (HashSet::new(), vec![path]);
        while let Some(alias) = open.pop() {
            let Some(&place) = self.by_path.get(alias) else {
                continue;
            };
            for written in &self.types[place].named {
                let Meaning::Declared(found) = self.meaning(written, module_of(alias)) else {
                    continue;
                };
                if found.path == path {
                    return true;
                }
                if found.kind == DeclaredKind::Alias && seen.insert(&*found.path) {
                    open.push(&found.path);
                }
            }
        }
        false
    }

    /// The shortest way to write the type that everybody understands: `written` is how a stub did it.
    pub fn shown(&self, declared: &Declared, written: &str) -> String {
        let last = written.rsplit("::").next().unwrap_or(written);
        let is_rune = of_rune(last).is_some();
        let is_clear = self.by_name.get(last).is_some_and(|found| found.len() == 1);
        if is_in_std(&declared.path) && is_rune || is_clear && !is_rune {
            last.to_owned()
        } else {
            declared.path.clone()
        }
    }

    fn suggestion(&self, written: &str) -> Option<String> {
        let own = self.by_name.keys().map(String::as_str);
        let candidates = own.chain(OF_RUNE.iter().map(|(name, ..)| *name));
        nearest(written, candidates).map(str::to_owned)
    }
}

fn of_rune(name: &str) -> Option<&'static (&'static str, usize, usize)> {
    OF_RUNE.iter().find(|(known, ..)| *known == name)
}

/// Rune's own items by their whole path; which there are only the compiler knows.
pub fn is_in_std(written: &str) -> bool {
    written.trim_start_matches("::").starts_with("std::")
}

/// The path of what is around the last part.
pub fn module_of(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(module, _)| module)
}
