//! The words of a tree by which items are named.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::syntax::SyntaxKind::{self, *};
use crate::tree::NodeRef;

/// What a word does to what is named elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Use,
    Binding,
    /// Variables hold from one brace to another.
    Brace,
}

/// The words of a part of a tree that mean something outside of it, or hide what they would mean.
pub fn names_in(node: NodeRef<'_>) -> impl Iterator<Item = (NodeRef<'_>, Role)> {
    let mut open: Vec<NodeRef<'_>> = Vec::new();
    let mut skipped_to = 0;
    node.descendants().filter_map(move |inner| {
        while open
            .pop_if(|above| above.after() <= inner.index())
            .is_some()
        {}
        if inner.index() < skipped_to {
            return None;
        }
        if !inner.is_token() {
            // Attributes are for the host, and so are the names of macros.
            let above = open.last().map(|above| above.kind());
            let is_macro = above == Some(MacroCall) && inner.kind() == Path;
            if inner.kind() == Attribute || is_macro {
                skipped_to = inner.after();
            }
            open.push(inner);
            return None;
        }
        let role = match (inner.kind(), open.last()?.kind()) {
            (OpenBrace | CloseBrace, _) => Role::Brace,
            // `name: value` names nothing, and `name` alone the variable or item of that name.
            (Identifier, FieldInitializer) if open.last()?.first_child(Colon).is_some() => {
                return None;
            }
            (
                Identifier,
                Path | PathExpression | FormatCapture | FieldInitializer | TokenTree | PathPattern,
            ) => Role::Use,
            (Identifier, UseTree) => Role::Use,
            (Identifier, IdentifierPattern | FieldPattern) => Role::Binding,
            _ => return None,
        };
        Some((inner, role))
    })
}

/// The names that an import makes known, each with its part of the tree. `*` makes known what nobody can list.
pub fn imported<'tree>(item: NodeRef<'tree>, text: &str) -> Vec<(String, NodeRef<'tree>)> {
    let leaves = item.descendants().filter(|node| {
        node.kind() == UseTree
            && node.first_child(UseTreeList).is_none()
            && node.first_child(Star).is_none()
    });
    leaves
        .filter_map(|leaf| {
            let alias = leaf.first_child(UseAlias);
            let name = alias.and_then(|alias| alias.first_child(Name));
            let last = || leaf.children_of(Identifier).last();
            // `a::{self}` makes `a` known.
            let around = || leaf.parent()?.parent()?.children_of(Identifier).last();
            let name = name.or_else(last).or_else(around)?;
            Some((name.text(text).to_owned(), leaf))
        })
        .collect()
}

/// The parts of the path that an import's part of the tree leads to, those of the trees around it first.
pub fn import_parts(leaf: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let mut trees = vec![leaf];
    while let Some(around) = trees.last().and_then(|tree| tree.parent()?.parent()) {
        if around.kind() != UseTree {
            break;
        }
        trees.push(around);
    }
    let trees = trees.into_iter().rev();
    trees.flat_map(NodeRef::significant_children)
}

/// Whether there is a closure or `async` block in it.
pub fn has_closures(node: NodeRef<'_>) -> bool {
    node.descendants().any(|inner| match inner.kind() {
        ClosureExpression => true,
        BlockExpression => inner.first_child(AsyncKeyword).is_some(),
        _ => false,
    })
}

/// Whether a function is called on a value of its type.
pub fn takes_self(function: NodeRef<'_>) -> bool {
    let parameters = function.first_child(ParameterList);
    parameters.is_some_and(|list| {
        list.descendants()
            .any(|node| matches!(node.kind(), SelfParameter | SelfKeyword))
    })
}

/// Whether Rune itself calls a function, to test or to measure.
pub fn is_test(function: NodeRef<'_>, text: &str) -> bool {
    let mut attributes = function.children_of(Attribute);
    attributes.any(|attribute| {
        let name = attribute.tokens().find(|token| token.kind() == Identifier);
        name.is_some_and(|name| matches!(name.text(text), "test" | "bench"))
    })
}

/// What one item names, as far as that matters to others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    /// The nodes that it may mean, in order, once each.
    pub nodes: Vec<usize>,
    /// Where some of these are also names of its own variables, or there are several of one name: all that says which of
    /// them is meant where.
    pub doubtful: Vec<(SyntaxKind, u64)>,
    pub has_closures: bool,
}

impl Named {
    /// A number for it, the same only for the same.
    pub fn summary(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}
