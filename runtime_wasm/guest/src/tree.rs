//! The syntax tree: flat, in preorder, and made of every byte of the text.

use std::cell::OnceCell;

use crate::syntax::SyntaxKind;

/// A half-open range of a text, in bytes of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// Its text in `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether the two share a byte, or an empty one touches the other.
    pub fn touches(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// One node or token. `size` is the number of nodes of its subtree, itself counted: 1 for tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub kind: SyntaxKind,
    pub start: u32,
    pub end: u32,
    pub size: u32,
}

/// A parsed text: its nodes in preorder. The tokens among them, put one after the other, are the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The place of each node's parent; the root is its own. Made when it is first asked for.
    parents: OnceCell<Vec<u32>>,
}

impl Tree {
    /// Wraps nodes that are already in preorder; the first one is the root.
    pub fn from_preorder(nodes: Vec<Node>) -> Tree {
        debug_assert!(nodes
            .first()
            .is_some_and(|root| root.size as usize == nodes.len()));
        Tree {
            nodes,
            parents: OnceCell::new(),
        }
    }

    /// The node of the whole text.
    pub fn root(&self) -> NodeRef<'_> {
        self.node(0)
    }

    /// The node at `index` of the preorder.
    pub fn node(&self, index: usize) -> NodeRef<'_> {
        NodeRef { tree: self, index }
    }

    /// All nodes in preorder.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The nodes that contain `span`, the root first. Of what is empty, the nodes to its left.
    pub fn path_to(&self, span: Span) -> Vec<NodeRef<'_>> {
        let contains = |node: &NodeRef<'_>| {
            let outer = node.span();
            outer.start <= span.start && span.end <= outer.end && outer.start < outer.end
        };
        let byte = if span.start == span.end {
            span.start.saturating_sub(1)
        } else {
            span.start
        };
        let above = std::iter::successors(Some(self.token_at(byte)), |node| node.parent());
        let mut path: Vec<NodeRef<'_>> = above
            .filter(|node| node.index == 0 || contains(node))
            .collect();
        path.reverse();
        path
    }

    /// The token that has this byte, or the last node before it.
    fn token_at(&self, byte: u32) -> NodeRef<'_> {
        let behind = self.nodes.partition_point(|node| node.start <= byte);
        let mut before = self.nodes[..behind].iter();
        let token = before.rposition(|node| node.start < node.end);
        self.node(token.unwrap_or(0))
    }

    fn parents(&self) -> &[u32] {
        self.parents.get_or_init(|| {
            let mut parents = Vec::with_capacity(self.nodes.len());
            let mut open: Vec<NodeRef<'_>> = Vec::new();
            for node in self.root().descendants() {
                while open.pop_if(|above| above.after() <= node.index).is_some() {}
                parents.push(open.last().map_or(0, |above| above.index as u32));
                open.push(node);
            }
            parents
        })
    }
}

/// A node of a tree, by its place in the preorder.
#[derive(Debug, Clone, Copy)]
pub struct NodeRef<'tree> {
    tree: &'tree Tree,
    index: usize,
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for NodeRef<'_> {}

impl<'tree> NodeRef<'tree> {
    /// Its place in the preorder.
    pub fn index(self) -> usize {
        self.index
    }

    pub fn kind(self) -> SyntaxKind {
        self.data().kind
    }

    pub fn span(self) -> Span {
        let node = self.data();
        Span::new(node.start, node.end)
    }

    /// Its part of `text`, the text that the tree was made of.
    pub fn text(self, text: &str) -> &str {
        self.span().of(text)
    }

    pub fn is_token(self) -> bool {
        self.kind().is_token()
    }

    /// Its children in order, blanks and comments among them.
    pub fn children(self) -> Children<'tree> {
        Children {
            tree: self.tree,
            next: self.index + 1,
            end: self.after(),
        }
    }

    /// Its children without blanks and comments.
    pub fn significant_children(self) -> impl Iterator<Item = NodeRef<'tree>> {
        self.children().filter(|child| !child.kind().is_trivia())
    }

    /// Itself and everything below it, in preorder.
    pub fn descendants(self) -> impl Iterator<Item = NodeRef<'tree>> {
        (self.index..self.after()).map(move |index| NodeRef {
            tree: self.tree,
            index,
        })
    }

    /// The tokens below it (or itself), in order.
    pub fn tokens(self) -> impl Iterator<Item = NodeRef<'tree>> {
        self.descendants().filter(|node| node.is_token())
    }

    /// The first child of that kind.
    pub fn first_child(self, kind: SyntaxKind) -> Option<NodeRef<'tree>> {
        self.children().find(|child| child.kind() == kind)
    }

    /// The children of that kind.
    pub fn children_of(self, kind: SyntaxKind) -> impl Iterator<Item = NodeRef<'tree>> {
        self.children().filter(move |child| child.kind() == kind)
    }

    /// The node that it is a child of.
    pub fn parent(self) -> Option<NodeRef<'tree>> {
        let parent = self.tree.parents()[self.index] as usize;
        (self.index != 0).then(|| self.tree.node(parent))
    }

    /// Its child of that kind, if nothing is behind it.
    pub fn last_child(self, kind: SyntaxKind) -> Option<NodeRef<'tree>> {
        let last = self.tree.node(self.after() - 1);
        (last.kind() == kind && last.parent() == Some(self)).then_some(last)
    }

    /// The siblings behind it, blanks and comments left out.
    pub fn significant_siblings_behind(self) -> impl Iterator<Item = NodeRef<'tree>> {
        let siblings = Children {
            tree: self.tree,
            next: self.after(),
            end: self.parent().map_or(0, NodeRef::after),
        };
        siblings.filter(|sibling| !sibling.kind().is_trivia())
    }

    fn data(self) -> &'tree Node {
        &self.tree.nodes[self.index]
    }

    /// The place in the preorder behind its subtree.
    pub fn after(self) -> usize {
        self.index + self.data().size as usize
    }
}

/// The children of a node, in order.
#[derive(Debug, Clone)]
pub struct Children<'tree> {
    tree: &'tree Tree,
    next: usize,
    end: usize,
}

impl<'tree> Iterator for Children<'tree> {
    type Item = NodeRef<'tree>;

    fn next(&mut self) -> Option<NodeRef<'tree>> {
        if self.next >= self.end {
            return None;
        }
        let child = NodeRef {
            tree: self.tree,
            index: self.next,
        };
        self.next = child.after();
        Some(child)
    }
}

/// Draws a tree for people and tests: a node a line, indented, tokens with their text, blanks left out.
pub fn draw(tree: &Tree, text: &str) -> String {
    let mut drawn = String::new();
    let mut open: Vec<usize> = Vec::new();
    for node in tree.root().descendants() {
        while open.last().is_some_and(|&end| end <= node.index) {
            open.pop();
        }
        if node.kind() != SyntaxKind::Whitespace {
            drawn.push_str(&"  ".repeat(open.len()));
            drawn.push_str(node.kind().name());
            if node.is_token() {
                drawn.push_str(&format!(" {:?}", node.text(text)));
            }
            drawn.push('\n');
        }
        open.push(node.after());
    }
    drawn
}
