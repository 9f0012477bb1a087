//! Which items name which others, so that "not used" can be told of a script of which only one function was compiled.
//!
//! Names are all that it looks at: whatever may be meant by one counts as used. Where that is not what the compiler says,
//! [`Uses::agrees_with`] tells.

mod modules;
mod names;
mod scope;

use std::collections::{HashMap, HashSet};

use crate::blank::{is_item, Level};
use crate::check::words;
use crate::files::File;
use crate::items::{hash, Item, ItemKind};
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};
pub use modules::path_around;
use modules::{is_reachable, public_modules};
use names::{has_closures, is_test, names_in, takes_self, Role};
pub use names::{import_parts, imported, Named};
pub use scope::{item_nodes, Scope};

/// The items of all files of a script, and what each of them names.
pub struct Uses {
    nodes: Vec<Node>,
    /// The nodes that can be meant by a name.
    by_name: HashMap<String, Vec<usize>>,
    /// The nodes of each item, by file and number.
    by_item: HashMap<(usize, usize), Vec<usize>>,
    /// The `impl` blocks, with the modules that they stand in.
    impls: HashMap<(usize, usize), Option<usize>>,
    /// The paths of modules and `impl` blocks.
    paths: HashMap<Home, String>,
    imported: HashSet<String>,
    /// The names of everything that a path can begin with; None if an import makes names known that nobody can list.
    beginnings: Option<HashSet<String>>,
}

/// Where an item stands: its file, and the module or `impl` block in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Home {
    pub file: usize,
    pub parent: Option<usize>,
}

/// A function, a constant, or one name of an import.
struct Node {
    home: Home,
    /// Its path from the root of the script, with the last word of the type for an `impl` block.
    path: String,
    /// Where its name lies, relative to the item; of an import, its part of the tree.
    place: Span,
    /// Whether the host can call it, or Rune compiles it in any case.
    is_root: bool,
    is_import: bool,
    /// Whether something in it was taken out, so that the compiler has not seen all that it names.
    has_cut: bool,
    /// What its item named when nothing of it was taken out, as a hash: of that, the compiler and we were of one mind.
    agreed: Option<u64>,
    /// Whether the compiler says so if it is not used.
    can_be_unused: bool,
    names: Vec<usize>,
    /// Whether it has closures or `async` blocks, which Rune keeps, and what they call it does not, if it is not used.
    has_closures: bool,
}

impl Uses {
    /// Reads off the trees who names whom.
    pub fn of(files: &[File]) -> Uses {
        let mut uses = Uses {
            nodes: Vec::new(),
            by_name: HashMap::new(),
            by_item: HashMap::new(),
            impls: HashMap::new(),
            paths: HashMap::new(),
            imported: imported_names(files),
            beginnings: beginnings(files),
        };
        let modules = public_modules(files);
        for (index, file) in files.iter().enumerate() {
            for number in 0..file.items.len() {
                uses.declare(files, index, number, &modules);
            }
        }
        for (index, file) in files.iter().enumerate() {
            let has_cut = cut_items(file);
            for (number, item) in file.items.iter().enumerate() {
                if uses.by_item.contains_key(&(index, number)) {
                    let home = Home {
                        file: index,
                        parent: item.parent,
                    };
                    let named = uses.named(file.tree.node(item.node), &file.text, home);
                    uses.put((index, number), &named, has_cut[number]);
                }
            }
            uses.count_what_is_outside(index, file);
        }
        uses
    }

    /// What a part of a tree names that stands there.
    pub fn named(&self, node: NodeRef<'_>, text: &str, home: Home) -> Named {
        let mut nodes = Vec::new();
        let mut places = Vec::new();
        let mut is_doubtful = false;
        for (token, role) in names_in(node) {
            let meant = self
                .by_name
                .get(token.text(text))
                .map_or(&[][..], Vec::as_slice);
            is_doubtful |= !meant.is_empty() && role == Role::Binding || meant.len() > 1;
            nodes.extend(self.nearest(meant, token, text, home));
            let path = token.parent().filter(|_| meant.len() > 1);
            match (role, meant) {
                (Role::Brace, _) => places.push((token.kind(), 0)),
                (_, []) => {}
                (Role::Use, [one]) => places.push((Path, *one as u64)),
                (Role::Use, _) => places.push((Path, hash(path.unwrap_or(token).text(text)))),
                (Role::Binding, [one, ..]) => places.push((Name, *one as u64)),
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        let doubtful = if is_doubtful { places } else { Vec::new() };
        Named {
            nodes,
            doubtful,
            has_closures: has_closures(node),
        }
    }

    /// Those of the nodes of one name that a path can mean: where it leads to from its module, or else what has an owner of
    /// that name. All, if none is; none, if the path begins with nothing that the script has.
    fn nearest(&self, meant: &[usize], token: NodeRef<'_>, text: &str, home: Home) -> Vec<usize> {
        if meant.is_empty() {
            return Vec::new();
        }
        let path = token.parent();
        let parts = path.into_iter().flat_map(NodeRef::significant_children);
        let parts: Vec<NodeRef<'_>> = parts.filter(|part| part.kind() != ColonColon).collect();
        let at = parts.iter().position(|part| *part == token);
        let (before, behind) = parts.split_at(at.unwrap_or(parts.len()));
        let is_path = path.is_some_and(|path| matches!(path.kind(), Path | PathExpression));
        let is_use = path.is_some_and(|path| path.kind() == UseTree);
        // What a path leads through is a module or a type, if it is not imported under that name.
        let mut behind = behind.iter().skip(1);
        let leads_on = (is_path || is_use) && behind.any(|part| part.kind() == Identifier);
        let meant = meant.iter().copied();
        let meant: Vec<usize> = meant
            .filter(|node| !leads_on || self.nodes[*node].is_import)
            .collect();
        let first = before.first().filter(|_| is_path);
        if first.is_some_and(|first| self.is_foreign(*first, text)) {
            return Vec::new();
        }
        if meant.len() < 2 {
            return meant;
        }
        let path = self.path_from(self.module_of(home), before, token.text(text), text);
        let is_own = before.iter().any(|part| part.kind() == SelfTypeKeyword);
        let owner = before.last().map(|part| part.text(text));
        let rules: [&dyn Fn(&Node) -> bool; 2] = [
            &|node| {
                if is_own {
                    node.home == home
                } else {
                    node.path == path
                }
            },
            &|node| owner.is_some_and(|owner| node.path.rsplit("::").nth(1) == Some(owner)),
        ];
        for rule in rules {
            let found = meant.iter().copied();
            let found: Vec<usize> = found.filter(|node| rule(&self.nodes[*node])).collect();
            if !found.is_empty() {
                return found;
            }
        }
        meant
    }

    /// Whether the first part of a path is a name that the script has not.
    fn is_foreign(&self, first: NodeRef<'_>, text: &str) -> bool {
        let known = self.beginnings.as_ref();
        first.kind() == Identifier && known.is_some_and(|known| !known.contains(first.text(text)))
    }

    /// Where a path leads to from a module.
    fn path_from(&self, module: Home, before: &[NodeRef<'_>], name: &str, text: &str) -> String {
        let around = self.paths.get(&module).map_or("", String::as_str);
        let mut path: Vec<&str> = around.split("::").filter(|part| !part.is_empty()).collect();
        for part in before {
            match part.kind() {
                CrateKeyword => path.clear(),
                SuperKeyword => drop(path.pop()),
                SelfKeyword => {}
                _ => path.push(part.text(text)),
            }
        }
        path.push(name);
        path.join("::")
    }

    /// The module around a place, which may be in an `impl` block.
    fn module_of(&self, home: Home) -> Home {
        let around = |at: Home| {
            at.parent
                .and_then(|parent| self.impls.get(&(at.file, parent)))
        };
        around(home).map_or(home, |parent| Home {
            parent: *parent,
            ..home
        })
    }

    /// Takes down what an item names from now on. None if only a compile can tell what that changes.
    pub fn change(
        &mut self,
        item: (usize, usize),
        before: &Named,
        after: &Named,
        has_cut: bool,
    ) -> Option<()> {
        let is_hidden = self.has_cut(item);
        // Whatever is named where something was taken out counts as used, be it named or not.
        let comes_to_light = is_hidden && !has_cut && !self.has_agreed(item, after);
        let loses = is_hidden && before.nodes.iter().any(|node| !after.nodes.contains(node));
        if before.doubtful != after.doubtful || comes_to_light || loses {
            return None;
        }
        self.put(item, after, has_cut);
        Some(())
    }

    /// Whether the compiler has seen what an item names, and been of our mind about it.
    fn has_agreed(&self, item: (usize, usize), named: &Named) -> bool {
        let agreed = Some(named.summary());
        let mut nodes = self.by_item[&item].iter();
        named.nodes.is_empty() || nodes.all(|node| self.nodes[*node].agreed == agreed)
    }

    fn put(&mut self, item: (usize, usize), named: &Named, has_cut: bool) {
        for &node in &self.by_item[&item] {
            let node = &mut self.nodes[node];
            node.names.clone_from(&named.nodes);
            node.has_closures = named.has_closures;
            node.has_cut = has_cut;
            if !has_cut {
                node.agreed = Some(named.summary());
            }
        }
    }

    /// Whether a path has the name of an import in it.
    pub fn names_an_import(&self, path: &str) -> bool {
        words(path).any(|word| self.imported.contains(word))
    }

    /// Whether a closure that is kept may call a function that is not.
    pub fn may_lack_functions(&self) -> bool {
        let mut nodes = self.nodes.iter().zip(self.unused());
        nodes.any(|(node, unused)| unused && node.has_closures)
    }

    /// Whether the item at this place of a file may be named by what the compiler has not seen.
    pub fn may_be_used_unseen(&self, files: &[File], index: usize, place: Span) -> bool {
        let file = &files[index];
        if let Some(node) = self.node_at(&file.items, index, place) {
            return self.reached(|node| node.has_cut)[node];
        }
        // An item within a function can only be named there; anything else is a value without a name.
        file.is_of_item(place) && self.has_cut_around(file, index, place)
    }

    /// Whether something was taken out of the item around a place.
    fn has_cut_around(&self, file: &File, index: usize, place: Span) -> bool {
        let items = &file.items;
        let number = items.partition_point(|item| item.span.start <= place.start);
        let around = number.checked_sub(1).map(|number| (index, number));
        around.is_some_and(|around| self.by_item.contains_key(&around) && self.has_cut(around))
    }

    /// Whether the compiler, which says that what lies at these places is not used, and we are of one mind. Values that are
    /// not used are no matter of ours.
    pub fn agrees_with(
        &self,
        items: &[&[Item]],
        unused: impl Iterator<Item = (usize, Span)>,
    ) -> bool {
        let mut said = vec![false; self.nodes.len()];
        for (file, place) in unused {
            if let Some(node) = self.node_at(items[file], file, place) {
                said[node] = true;
            }
        }
        said == self.unused()
    }

    /// Whether something in the item was taken out.
    pub fn has_cut(&self, place: (usize, usize)) -> bool {
        let mut nodes = self.by_item[&place].iter();
        nodes.any(|node| self.nodes[*node].has_cut)
    }

    /// Of each node, whether it is not used.
    pub fn unused(&self) -> Vec<bool> {
        let used = self.reached(|node| node.is_root || node.has_cut);
        let nodes = self.nodes.iter().zip(used);
        nodes
            .map(|(node, used)| node.can_be_unused && !used)
            .collect()
    }

    /// The nodes that can be come to from those that `starts` holds for, themselves included.
    fn reached(&self, starts: impl Fn(&Node) -> bool) -> Vec<bool> {
        let mut found: Vec<bool> = self.nodes.iter().map(starts).collect();
        let mut open: Vec<usize> = (0..found.len()).filter(|node| found[*node]).collect();
        while let Some(node) = open.pop() {
            for &next in &self.nodes[node].names {
                if !found[next] {
                    found[next] = true;
                    open.push(next);
                }
            }
        }
        found
    }

    /// The node that lies at a place of a file.
    pub fn node_at(&self, items: &[Item], file: usize, place: Span) -> Option<usize> {
        let number = items.partition_point(|item| item.span.start <= place.start);
        let number = number.checked_sub(1)?;
        let start = items[number].span.start;
        let nodes = self.by_item.get(&(file, number))?;
        nodes.iter().copied().find(|node| {
            let own = self.nodes[*node].place;
            own.start + start <= place.start && place.end <= own.end + start
        })
    }

    fn declare(
        &mut self,
        files: &[File],
        index: usize,
        number: usize,
        modules: &HashMap<Vec<String>, bool>,
    ) {
        let file = &files[index];
        let item = &file.items[number];
        let node = file.tree.node(item.node);
        let home = Home {
            file: index,
            parent: item.parent,
        };
        let root = file.module.join("::");
        let around = self.paths.entry(home).or_insert(root).clone();
        let is_exported = || item.public && is_reachable(file, item, modules);
        let is_import = item.kind == ItemKind::Use;
        let mut add = |name: &str, place: Span, is_root: bool, can_be_unused: bool| {
            let by_name = self.by_name.entry(name.to_owned()).or_default();
            by_name.push(self.nodes.len());
            let by_item = self.by_item.entry((index, number)).or_default();
            by_item.push(self.nodes.len());
            self.nodes.push(Node {
                home,
                path: format!("{around}::{name}")
                    .trim_start_matches("::")
                    .to_owned(),
                place,
                is_root,
                is_import,
                has_cut: false,
                agreed: None,
                can_be_unused,
                has_closures: false,
                names: Vec::new(),
            });
        };
        if matches!(item.kind, ItemKind::Module | ItemKind::Impl) {
            let name = words(&item.name).last().unwrap_or_default();
            let inside = Home {
                file: index,
                parent: Some(number),
            };
            let path = format!("{around}::{name}");
            let path = path.trim_start_matches("::").to_owned();
            self.paths.insert(inside, path);
        }
        match item.kind {
            ItemKind::Function => {
                let is_constant = crate::cascade::is_constant(node);
                let is_root = !is_constant
                    && (is_exported() || takes_self(node) || is_test(node, &file.text));
                let can_be_unused = !is_constant || !item.public;
                add(&item.name, item.name_span, is_root, can_be_unused);
            }
            ItemKind::Const => add(&item.name, item.name_span, item.public, !item.public),
            ItemKind::Use => {
                for (name, leaf) in imported(node, &file.text) {
                    let place = relative(leaf.span(), item.span.start);
                    add(&name, place, item.public, !item.public);
                }
            }
            ItemKind::MacroCall => add("", item.name_span, true, false),
            ItemKind::Impl => {
                self.impls.insert((index, number), item.parent);
            }
            ItemKind::Struct | ItemKind::Enum | ItemKind::Module => {}
            // Scripts have none of these.
            ItemKind::Type
            | ItemKind::Macro
            | ItemKind::Attribute
            | ItemKind::Event
            | ItemKind::Trait
            | ItemKind::Protocol => {}
        }
    }

    /// What stands between the items of a broken file names things too.
    fn count_what_is_outside(&mut self, index: usize, file: &File) {
        let home = Home {
            file: index,
            parent: None,
        };
        let outside = file.tree.root().children();
        let mut names = Vec::new();
        for node in outside.filter(|node| !is_item(node.kind())) {
            names.extend(self.named(node, &file.text, home).nodes);
        }
        if !names.is_empty() {
            self.nodes.push(Node {
                home,
                path: String::new(),
                place: Span::default(),
                is_root: true,
                is_import: false,
                has_cut: true,
                agreed: None,
                can_be_unused: false,
                has_closures: false,
                names,
            });
        }
    }
}

/// The names that imports make known, as far as they can be listed.
fn imported_names(files: &[File]) -> HashSet<String> {
    let mut found = HashSet::new();
    for file in files {
        for item in file.items.iter().filter(|item| item.kind == ItemKind::Use) {
            let leaves = imported(file.tree.node(item.node), &file.text);
            found.extend(leaves.into_iter().map(|(name, _)| name));
        }
    }
    found
}

/// The names of all items and of what is imported; None if a `*` is.
fn beginnings(files: &[File]) -> Option<HashSet<String>> {
    let mut found = HashSet::new();
    for file in files {
        for item in &file.items {
            let node = file.tree.node(item.node);
            if item.kind != ItemKind::Use {
                found.extend(words(&item.name).map(str::to_owned));
                continue;
            }
            if node.descendants().any(|part| part.kind() == Star) {
                return None;
            }
            found.extend(imported(node, &file.text).into_iter().map(|(name, _)| name));
        }
    }
    Some(found)
}

/// Of each item, whether something in it was taken out that says something about the program.
fn cut_items(file: &File) -> Vec<bool> {
    let mut found = vec![false; file.items.len()];
    let cuts = file.blanked.cuts().iter();
    for cut in cuts.filter(|cut| cut.level != Level::Quiet) {
        // The items that share a byte with the cut.
        let before = file
            .items
            .partition_point(|item| item.span.start < cut.span.end);
        for number in (0..before).rev() {
            if file.items[number].span.end > cut.span.start {
                found[number] = true;
            } else if file.items[number].parent.is_none() {
                break;
            }
        }
    }
    found
}

fn relative(span: Span, base: u32) -> Span {
    Span::new(span.start - base, span.end - base)
}
