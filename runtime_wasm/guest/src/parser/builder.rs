//! Collects a tree in postorder, where a node can still be put around what is already there, and turns it into preorder.

use crate::syntax::SyntaxKind;
use crate::tree::{Node, Span, Tree};

/// A place in the tree under construction that a node can start from later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Checkpoint(usize);

/// Nodes in postorder: a node comes after its children.
#[derive(Debug, Default)]
pub(super) struct Builder {
    nodes: Vec<Node>,
    end: u32,
}

impl Builder {
    pub(super) fn with_capacity(nodes: usize) -> Self {
        Builder {
            nodes: Vec::with_capacity(nodes),
            end: 0,
        }
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.nodes.len())
    }

    pub(super) fn token(&mut self, kind: SyntaxKind, start: u32, end: u32) {
        self.nodes.push(Node {
            kind,
            start,
            end,
            size: 1,
        });
        self.end = end;
    }

    /// Makes everything since `checkpoint` the content of a new node.
    pub(super) fn node(&mut self, checkpoint: Checkpoint, kind: SyntaxKind) {
        let Span { start, end } = self.span_since(checkpoint);
        let size = (self.nodes.len() - checkpoint.0 + 1) as u32;
        self.nodes.push(Node {
            kind,
            start,
            end,
            size,
        });
    }

    /// From what was first added since `checkpoint` to the end of what was last added.
    pub(super) fn span_since(&self, checkpoint: Checkpoint) -> Span {
        let start = self
            .nodes
            .get(checkpoint.0)
            .map_or(self.end, |first| first.start);
        Span::new(start, self.end)
    }

    /// Whether nothing was added since `checkpoint`.
    pub(super) fn is_empty_since(&self, checkpoint: Checkpoint) -> bool {
        self.nodes.len() == checkpoint.0
    }

    /// The finished tree. The last node is the root.
    ///
    /// Before a node, preorder has its ancestors and what is left of it; postorder has its descendants and what is left
    /// of it. So its place in preorder is its place in postorder, less its descendants, plus its depth.
    pub(super) fn into_tree(self) -> Tree {
        let Some(root) = self.nodes.last() else {
            return Tree::from_preorder(Vec::new());
        };
        let mut preorder = vec![*root; self.nodes.len()];
        let mut first_descendants: Vec<usize> = Vec::new();
        for (place, node) in self.nodes.iter().enumerate().rev() {
            while first_descendants.last().is_some_and(|&first| place < first) {
                first_descendants.pop();
            }
            let descendants = node.size as usize - 1;
            preorder[place - descendants + first_descendants.len()] = *node;
            first_descendants.push(place - descendants);
        }
        Tree::from_preorder(preorder)
    }
}
