//! Annotations that name types which only other profiles have.
//!
//! The compiler sees no annotations, so names are looked up here. Where it is not plain that one means a type of the host,
//! nothing is said.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::annotations::{stated_types, StatedType};
use crate::codes::UNAVAILABLE;
use crate::files::{problem, File};
use crate::host::Host;
use crate::items::ItemKind;
use crate::protocol::{Origin, Problem, Severity};
use crate::report::in_other_profiles;
use crate::syntax::SyntaxKind::FunctionBodyFile;
use crate::uses::{item_nodes, Scope};

/// Reports the types in annotations that the profile lacks. An annotation changes nothing in a run, so these are warnings.
pub fn warn_of_unavailable_types(files: &mut [File]) {
    let host = Host::shared();
    if host.unavailable.has_no_types() {
        return;
    }
    let found: Vec<Vec<Problem>> = (0..files.len())
        .map(|index| {
            let lookup = Lookup::new(&host, files, index);
            let stated = stated_types(&files[index].tree, &files[index].text);
            let stated = stated.into_iter();
            stated
                .filter_map(|stated| lookup.problem(&stated))
                .collect()
        })
        .collect();
    for (file, found) in files.iter_mut().zip(found) {
        file.problems.extend(found);
    }
}

/// What names mean in one file of a script.
struct Lookup<'a> {
    host: &'a Host,
    files: &'a [File],
    file: &'a File,
    /// By the number of a module or of a function, `None` for the file itself; made when they are first asked for.
    scopes: OnceCell<HashMap<Option<usize>, Scope>>,
}

impl<'a> Lookup<'a> {
    fn new(host: &'a Host, files: &'a [File], index: usize) -> Lookup<'a> {
        Lookup {
            host,
            files,
            file: &files[index],
            scopes: OnceCell::new(),
        }
    }

    fn problem(&self, stated: &StatedType) -> Option<Problem> {
        let (path, profiles) = self.unavailable(stated)?;
        let message = in_other_profiles(&path, &self.host.profile, profiles);
        let (severity, origin) = (Severity::Warning, Origin::Runekiln);
        Some(problem(UNAVAILABLE, severity, message, stated.span, origin))
    }

    /// The path by which the host knows the type, and the profiles that have it.
    fn unavailable(&self, stated: &StatedType) -> Option<(String, &'a [String])> {
        let unavailable = &self.host.unavailable;
        let written = stated.path.join("::");
        if stated.is_absolute {
            return unavailable.type_at(&written).map(|found| (written, found));
        }
        let scopes = self.scopes_around(stated.span.start);
        let (head, rest) = stated.path.split_first()?;
        if is_of_script(head, &scopes) {
            return None;
        }
        let mut outwards = scopes.iter().enumerate();
        let brought = outwards.find_map(|(place, scope)| Some((place, scope.imports.get(head)?)));
        if let Some((place, target)) = brought {
            // Of an import that leads nowhere the compiler tells, but in a function only where code uses it.
            let is_of_module = place + 1 == scopes.len();
            let is_told = is_of_module && !self.is_bound(&target.join("::"));
            if is_told || is_of_script(target.first()?, &scopes) {
                return None;
            }
            let path = joined(target, rest);
            return unavailable.type_at(&path).map(|found| (path, found));
        }
        for all in scopes.iter().flat_map(|scope| &scope.globs) {
            let path = joined(all, &stated.path);
            let is_own = is_of_script(all.first()?, &scopes);
            if is_own && !self.is_anywhere(head) {
                continue;
            }
            // What Rune's own modules have is not listed here.
            let is_known = !is_own && self.is_bound(&all.join("::"));
            if !is_known || self.is_bound(&path) {
                return None;
            }
            if let Some(found) = unavailable.type_at(&path) {
                return Some((path, found));
            }
        }
        let found = if rest.is_empty() {
            unavailable.type_called(head)
        } else {
            unavailable.type_at(&written)
        };
        found.map(|found| (written, found))
    }

    /// The names that are known at an offset: those of the function there, and those of the module around it.
    fn scopes_around(&self, offset: u32) -> Vec<&Scope> {
        let items = &self.file.items;
        let scopes = self.scopes.get_or_init(|| scopes(self.file));
        let begun = items.partition_point(|item| item.span.start <= offset);
        let mut around = begun.checked_sub(1);
        while let Some(number) = around.filter(|number| items[*number].span.end <= offset) {
            around = items[number].parent;
        }
        let mut found = Vec::new();
        loop {
            found.extend(scopes.get(&around));
            match around.map(|number| &items[number]) {
                Some(item) if item.kind != ItemKind::Module => around = item.parent,
                _ => return found,
            }
        }
    }

    /// Whether an item of the script has that name, or something that it imports.
    fn is_anywhere(&self, name: &str) -> bool {
        let mut nodes = self.files.iter().map(|file| (file, &file.items));
        nodes.any(|(file, items)| {
            items.iter().any(|item| {
                let node = || [file.tree.node(item.node)].into_iter();
                item.name == name
                    || item.kind == ItemKind::Use
                        && Scope::of(node(), &file.text).imports.contains_key(name)
            })
        })
    }

    /// Whether the profile has a type or module of the host of that path.
    fn is_bound(&self, path: &str) -> bool {
        let bindings = &self.host.bindings;
        let types = bindings.types.iter().map(|row| &row.path);
        let modules = bindings.modules.iter().map(|row| &row.path);
        types.chain(modules).any(|bound| {
            let rest = bound.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    }
}

/// The scopes of a file: its own, that of each module in it, and that of each function with items inside.
fn scopes(file: &File) -> HashMap<Option<usize>, Scope> {
    let node = |number: usize| file.tree.node(file.items[number].node);
    let mut members: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (number, item) in file.items.iter().enumerate() {
        members.entry(item.parent).or_default().push(number);
    }
    let is_module = |around: &Option<usize>| {
        around.is_none_or(|number| file.items[number].kind == ItemKind::Module)
    };
    let mut found: HashMap<Option<usize>, Scope> = members
        .into_iter()
        .filter(|(around, _)| is_module(around))
        .map(|(around, inside)| {
            let nodes = inside.into_iter().map(node);
            (around, Scope::of(nodes, &file.text))
        })
        .collect();
    let functions = file.items.iter().enumerate();
    for (number, _) in functions.filter(|(_, item)| item.kind == ItemKind::Function) {
        let mut inside = item_nodes(node(number)).skip(1).peekable();
        if inside.peek().is_some() {
            found.insert(Some(number), Scope::of(inside, &file.text));
        }
    }
    let root = file.tree.root();
    if root.kind() == FunctionBodyFile {
        found.insert(None, Scope::of(item_nodes(root), &file.text));
    }
    found
}

/// Whether a path that begins so leads into the script itself.
fn is_of_script(head: &str, scopes: &[&Scope]) -> bool {
    matches!(head, "crate" | "self" | "super" | "Self")
        || scopes.iter().any(|scope| scope.items.contains(head))
}

fn joined(path: &[String], rest: &[String]) -> String {
    let parts: Vec<&str> = path.iter().chain(rest).map(String::as_str).collect();
    parts.join("::")
}
