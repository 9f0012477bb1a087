//! The names that a module, or the body of a function, makes known.

use std::collections::{HashMap, HashSet};

use super::names::{import_parts, imported};
use crate::blank::is_item;
use crate::syntax::SyntaxKind::*;
use crate::tree::NodeRef;

/// What items make known that stand beside each other.
#[derive(Default)]
pub struct Scope {
    /// The names of the items themselves.
    pub items: HashSet<String>,
    /// What is imported by a name of its own, with the path that it is imported from.
    pub imports: HashMap<String, Vec<String>>,
    /// The paths from which everything is imported.
    pub globs: Vec<Vec<String>>,
}

impl Scope {
    /// What these items make known.
    pub fn of<'tree>(nodes: impl Iterator<Item = NodeRef<'tree>>, text: &str) -> Scope {
        let mut scope = Scope::default();
        for node in nodes {
            if node.kind() == UseItem {
                scope.import(node, text);
            } else if let Some(name) = node.first_child(Name) {
                scope.items.insert(name.text(text).to_owned());
            }
        }
        scope
    }

    fn import(&mut self, item: NodeRef<'_>, text: &str) {
        for (name, leaf) in imported(item, text) {
            self.imports.insert(name, path_of(leaf, text));
        }
        let trees = item.descendants().filter(|node| node.kind() == UseTree);
        for tree in trees.filter(|tree| tree.first_child(Star).is_some()) {
            self.globs.push(path_of(tree, text));
        }
    }
}

/// The items in a part of a tree, itself counted.
pub fn item_nodes(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    node.descendants().filter(|node| is_item(node.kind()))
}

/// The words of the path that a part of an import leads to; `self` behind others only repeats them.
fn path_of(leaf: NodeRef<'_>, text: &str) -> Vec<String> {
    let parts = import_parts(leaf);
    let words = parts.filter(|part| part.kind() == Identifier || part.kind().is_keyword());
    let words = words.map(|part| part.text(text).to_owned()).enumerate();
    let words = words.filter(|(place, word)| *place == 0 || word != "self");
    words.map(|(_, word)| word).collect()
}
