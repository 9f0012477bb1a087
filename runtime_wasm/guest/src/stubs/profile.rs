//! Which part of the bindings a script may use: each loader of the host gives a part of its own.

use std::collections::HashMap;

use runekiln_bindings::{About, Bindings, ModuleRow, TraitRow, TypeRow};

use super::read::names::OF_RUNE;

/// The profile that everything has unless it is said otherwise; and the one that leaves nothing out.
const ALL: &str = "all";

/// What a profile leaves out, and who has it.
#[derive(Default)]
pub struct Unavailable {
    /// By full path: modules, types, functions, constants, macros.
    items: HashMap<String, Vec<String>>,
    /// By names that need no `use`: types of the prelude.
    names: HashMap<String, Vec<String>>,
    attributes: HashMap<String, Vec<String>>,
    /// By name: methods and fields, which only a run can miss.
    members: HashMap<String, Vec<String>>,
    /// The same types as in `items`, by full path.
    types: HashMap<String, Vec<String>>,
    /// By the name alone, under all of their names, those types that nothing else is called like.
    lone_types: HashMap<String, Option<Vec<String>>>,
}

impl Unavailable {
    /// The profiles that have what a path of a script begins with.
    pub fn item(&self, path: &str) -> Option<&[String]> {
        let path = path.trim_start_matches("{root}").trim_start_matches("::");
        let mut ends = path.match_indices("::").map(|(at, _)| at);
        let first = ends.next().map_or(path, |end| &path[..end]);
        if let Some(found) = self.names.get(first) {
            return Some(found);
        }
        let mut beginnings = std::iter::successors(Some(path), |path| {
            path.rsplit_once("::").map(|(outer, _)| outer)
        });
        let found = beginnings.find_map(|beginning| self.items.get(beginning));
        found.map(Vec::as_slice)
    }

    /// Whether the profile has every type that there is.
    pub fn has_no_types(&self) -> bool {
        self.types.is_empty()
    }

    /// The profiles that have the type of that full path.
    pub fn type_at(&self, path: &str) -> Option<&[String]> {
        self.types.get(path).map(Vec::as_slice)
    }

    /// The profiles that have the type which an annotation means by its name alone.
    pub fn type_called(&self, name: &str) -> Option<&[String]> {
        let prelude = self.names.get(name);
        let found = prelude.or_else(|| self.lone_types.get(name)?.as_ref());
        found.map(Vec::as_slice)
    }

    /// The profiles that have an attribute.
    pub fn attribute(&self, name: &str) -> Option<&[String]> {
        self.attributes.get(name).map(Vec::as_slice)
    }

    /// The profiles that have a method or field of that name.
    pub fn member(&self, type_name: &str, name: &str) -> Option<&[String]> {
        self.members
            .get(&format!("{type_name}.{name}"))
            .map(Vec::as_slice)
    }
}

/// The part of the bindings that a profile has, and what it lacks. Each row that is kept tells its profiles itself, also
/// where its module says them. Events are kept whatever their profiles: nothing has to be missing for them to be refused.
pub fn part(bindings: Bindings, profile: &str) -> (Bindings, Unavailable) {
    let mut part = Part {
        profile,
        of_modules: profiles_of_modules(&bindings.modules),
        unavailable: Unavailable::default(),
    };
    let mut bindings = bindings;
    bindings.types.retain_mut(|row| part.keeps_type(row));
    bindings.modules.retain_mut(|row| part.keeps_module(row));
    bindings.traits.retain_mut(|row| part.keeps_trait(row));
    bindings.attributes.retain(|row| {
        let keeps = part.has(&row.about.profiles);
        if !keeps {
            for name in row.aliases.iter().chain([&row.name]) {
                let profiles = row.about.profiles.clone();
                part.unavailable.attributes.insert(name.clone(), profiles);
            }
        }
        keeps
    });
    bindings.entries.retain(|row| part.has(&row.about.profiles));
    for row in &bindings.types {
        for name in row.aliases.iter().chain([&row.name]) {
            part.unavailable.lone_types.remove(name);
        }
    }
    for (name, ..) in OF_RUNE {
        part.unavailable.lone_types.remove(*name);
    }
    (bindings, part.unavailable)
}

struct Part<'p> {
    profile: &'p str,
    of_modules: HashMap<String, Vec<String>>,
    unavailable: Unavailable,
}

impl Part<'_> {
    fn has(&self, profiles: &[String]) -> bool {
        let is_named = profiles.iter().any(|profile| profile == self.profile);
        self.profile == ALL || profiles.is_empty() || is_named
    }

    fn keeps_module(&mut self, row: &mut ModuleRow) -> bool {
        inherit(&mut row.about, around(&self.of_modules, &row.path));
        if !self.has(&row.about.profiles) {
            self.lacks_item(&row.path, &row.about);
        }
        let outer = row.about.profiles.clone();
        macro_rules! keep {
            ($rows:ident) => {
                row.$rows.retain_mut(|inner| {
                    inherit(&mut inner.about, &outer);
                    let path = format!("{}::{}", row.path, inner.name);
                    self.keeps_item(&path, &inner.about)
                })
            };
        }
        keep!(functions);
        keep!(constants);
        keep!(macros);
        row.aliases.retain_mut(|inner| {
            inherit(&mut inner.about, &outer);
            let keeps = self.has(&inner.about.profiles);
            if !keeps {
                self.lacks_type(&row.path, &inner.name, &inner.about);
            }
            keeps
        });
        self.has(&row.about.profiles) || !is_empty(row)
    }

    fn keeps_type(&mut self, row: &mut TypeRow) -> bool {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        inherit(&mut row.about, around(&self.of_modules, module));
        if !self.has(&row.about.profiles) {
            let profiles = &row.about.profiles;
            for name in row.aliases.iter().chain([&row.name]) {
                self.lacks_type(module, name, &row.about);
                if row.prelude {
                    self.unavailable
                        .names
                        .insert(name.clone(), profiles.clone());
                }
            }
            return false;
        }
        let outer = row.about.profiles.clone();
        row.fields.retain_mut(|field| {
            inherit(&mut field.about, &outer);
            self.keeps_member(&row.path, &row.name, &field.name, &field.about)
        });
        row.functions.retain_mut(|function| {
            inherit(&mut function.about, &outer);
            self.keeps_member(&row.path, &row.name, &function.name, &function.about)
        });
        row.protocols.retain_mut(|protocol| {
            inherit(&mut protocol.about, &outer);
            self.has(&protocol.about.profiles)
        });
        row.constants.retain_mut(|constant| {
            inherit(&mut constant.about, &outer);
            self.keeps_item(&format!("{}::{}", row.path, constant.name), &constant.about)
        });
        true
    }

    fn keeps_trait(&mut self, row: &mut TraitRow) -> bool {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        inherit(&mut row.about, around(&self.of_modules, module));
        let outer = row.about.profiles.clone();
        row.functions.retain_mut(|function| {
            inherit(&mut function.about, &outer);
            self.has(&function.about.profiles)
        });
        self.has(&row.about.profiles)
    }

    fn keeps_member(&mut self, path: &str, type_name: &str, name: &str, about: &About) -> bool {
        let keeps = self.keeps_item(&format!("{path}::{name}"), about);
        if !keeps {
            let member = format!("{type_name}.{name}");
            let profiles = about.profiles.clone();
            self.unavailable.members.insert(member, profiles);
        }
        keeps
    }

    fn keeps_item(&mut self, path: &str, about: &About) -> bool {
        let keeps = self.has(&about.profiles);
        if !keeps {
            self.lacks_item(path, about);
        }
        keeps
    }

    fn lacks_type(&mut self, module: &str, name: &str, about: &About) {
        let path = format!("{module}::{name}");
        self.lacks_item(&path, about);
        let unavailable = &mut self.unavailable;
        unavailable.types.insert(path, about.profiles.clone());
        let lone = unavailable.lone_types.entry(name.to_owned());
        lone.and_modify(|profiles| *profiles = None)
            .or_insert_with(|| Some(about.profiles.clone()));
    }

    fn lacks_item(&mut self, path: &str, about: &About) {
        let profiles = about.profiles.clone();
        self.unavailable.items.insert(path.to_owned(), profiles);
    }
}

fn is_empty(row: &ModuleRow) -> bool {
    row.functions.is_empty()
        && row.constants.is_empty()
        && row.macros.is_empty()
        && row.aliases.is_empty()
}

/// What stands on a module holds for all that is in it, unless that says otherwise itself.
fn inherit(about: &mut About, outer: &[String]) {
    if about.profiles.is_empty() {
        about.profiles = outer.to_vec();
    }
}

fn profiles_of_modules(modules: &[ModuleRow]) -> HashMap<String, Vec<String>> {
    let rows = modules.iter().filter(|row| !row.about.profiles.is_empty());
    rows.map(|row| (row.path.clone(), row.about.profiles.clone()))
        .collect()
}

/// The profiles of the innermost module around a path, or at it, that says them.
fn around<'m>(of_modules: &'m HashMap<String, Vec<String>>, path: &str) -> &'m [String] {
    let mut paths = std::iter::successors(Some(path), |path| {
        path.rsplit_once("::").map(|(outer, _)| outer)
    });
    let found = paths.find_map(|path| of_modules.get(path));
    found.map_or(&[], Vec::as_slice)
}
