//! The items of a file, read off its tree.

use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Span, Tree};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    Function,
    Struct,
    Enum,
    Const,
    Module,
    Impl,
    Use,
    MacroCall,
    /// The others are declarations of stubs: another name for types, a macro, an attribute, an event, a trait, a protocol.
    Type,
    Macro,
    Attribute,
    Event,
    Trait,
    Protocol,
}

impl ItemKind {
    /// The name that the host knows this kind by.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Function => "function",
            ItemKind::Struct => "struct",
            ItemKind::Enum => "enum",
            ItemKind::Const => "const",
            ItemKind::Module => "module",
            ItemKind::Impl => "impl",
            ItemKind::Use => "use",
            ItemKind::MacroCall => "macro-call",
            ItemKind::Type => "type",
            ItemKind::Macro => "macro",
            ItemKind::Attribute => "attribute",
            ItemKind::Event => "event",
            ItemKind::Trait => "trait",
            ItemKind::Protocol => "protocol",
        }
    }

    fn of(kind: SyntaxKind) -> Option<ItemKind> {
        Some(match kind {
            FunctionItem => ItemKind::Function,
            StructItem => ItemKind::Struct,
            EnumItem => ItemKind::Enum,
            ConstItem => ItemKind::Const,
            ModuleItem => ItemKind::Module,
            ImplItem => ItemKind::Impl,
            UseItem => ItemKind::Use,
            MacroCall => ItemKind::MacroCall,
            TypeItem => ItemKind::Type,
            MacroItem => ItemKind::Macro,
            AttributeItem => ItemKind::Attribute,
            EventItem => ItemKind::Event,
            TraitItem => ItemKind::Trait,
            ProtocolItem => ItemKind::Protocol,
            _ => return None,
        })
    }
}

/// One item of a file. Functions inside of functions are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    /// Its name; for an `impl`, a `use` or a macro call the path. Empty if its header is broken before the name.
    pub name: String,
    /// Its range of the text, with docs and attributes.
    pub span: Span,
    /// The range of its name, or of its keyword if it has none, relative to the start of `span`.
    pub name_span: Span,
    /// The module or `impl` that it stands in, by its place in the list.
    pub parent: Option<usize>,
    /// Whether it is `pub` without restriction.
    pub public: bool,
    /// The text of its doc comments, without their marks.
    pub docs: String,
    /// A hash of its text.
    pub hash: u64,
    /// Its place in the tree.
    pub node: usize,
}

/// A `mod name;`, whose items are in another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleDeclaration {
    /// The names of the modules around it in this file, and its own.
    pub path: Vec<String>,
    /// The range of the declaration, with docs and attributes.
    pub span: Span,
    /// The range of the name.
    pub name_span: Span,
}

/// The items of a file in preorder: a module or `impl` comes before what stands in it.
pub fn items(tree: &Tree, text: &str) -> Vec<Item> {
    let mut found = Vec::new();
    collect(tree.root(), text, None, &mut found);
    found
}

/// The modules that the file declares without giving their items.
pub fn module_declarations(tree: &Tree, text: &str) -> Vec<ModuleDeclaration> {
    let items = items(tree, text);
    let is_declaration = |item: &&Item| {
        item.kind == ItemKind::Module
            && !item.name.is_empty()
            && tree.node(item.node).first_child(ItemList).is_none()
    };
    items
        .iter()
        .filter(is_declaration)
        .map(|item| declaration(item, &items))
        .collect()
}

fn declaration(item: &Item, items: &[Item]) -> ModuleDeclaration {
    let mut path = vec![item.name.clone()];
    let mut parent = item.parent;
    while let Some(outer) = parent.map(|parent| &items[parent]) {
        path.insert(0, outer.name.clone());
        parent = outer.parent;
    }
    let start = item.span.start;
    let name_span = Span::new(start + item.name_span.start, start + item.name_span.end);
    ModuleDeclaration {
        path,
        span: item.span,
        name_span,
    }
}

fn collect(container: NodeRef<'_>, text: &str, parent: Option<usize>, found: &mut Vec<Item>) {
    for node in container.children() {
        let Some(kind) = ItemKind::of(node.kind()) else {
            continue;
        };
        found.push(item(kind, node, text, parent));
        if let Some(members) = node.first_child(ItemList) {
            let place = found.len() - 1;
            collect(members, text, Some(place), found);
        }
    }
}

fn item(kind: ItemKind, node: NodeRef<'_>, text: &str, parent: Option<usize>) -> Item {
    let span = node.span();
    let name = node
        .children()
        .find(|child| matches!(child.kind(), Name | Path | UseTree));
    let keyword = || node.children().find(|child| child.kind().is_keyword());
    let name_span = name
        .or_else(keyword)
        .map_or(Span::new(span.start, span.start), NodeRef::span);
    let name_span = if kind == ItemKind::Event {
        inside_quotes(name_span, text)
    } else {
        name_span
    };
    let visibility = node.first_child(Visibility);
    Item {
        kind,
        name: name.map_or(String::new(), |_| name_span.of(text).to_string()),
        span,
        name_span: Span::new(name_span.start - span.start, name_span.end - span.start),
        parent,
        public: visibility
            .is_some_and(|visibility| visibility.first_child(OpenParenthesis).is_none()),
        docs: docs(node, text),
        hash: hash(node.text(text)),
        node: node.index(),
    }
}

/// The name of an event is a string; what is said of it is said of what stands in the quotes.
fn inside_quotes(span: Span, text: &str) -> Span {
    let is_quoted = span.of(text).len() >= 2 && span.of(text).starts_with('"');
    if is_quoted {
        Span::new(span.start + 1, span.end - 1)
    } else {
        span
    }
}

/// The doc comments that `node` starts with, a line each.
pub fn docs(node: NodeRef<'_>, text: &str) -> String {
    let comments: Vec<&str> = node
        .children_of(DocComment)
        .map(|comment| comment_text(comment.text(text)))
        .collect();
    comments.join("\n")
}

/// A doc comment without its marks and the blank behind them.
pub fn comment_text(comment: &str) -> &str {
    let inside = comment.get(3..).unwrap_or_default();
    let inside = if comment.starts_with("/*") {
        inside.strip_suffix("*/").unwrap_or(inside)
    } else {
        inside
    };
    let inside = inside.strip_suffix('\r').unwrap_or(inside);
    inside.strip_prefix(' ').unwrap_or(inside)
}

/// A hash of a text, the same on every machine: words of eight bytes, multiplied and rotated.
pub fn hash(text: &str) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = text.len() as u64;
    for word in text.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..word.len()].copy_from_slice(word);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(bytes)).wrapping_mul(FACTOR);
    }
    hash ^ (hash >> 32)
}

/// The tree of an item as the host gets it, with spans relative to the item's start: see [`encode_tree`]. Of a module or
/// `impl` it is the header; what stands in it are items of their own. Those inside of a function are no items: it keeps
/// all of them.
pub fn encode_item(tree: &Tree, item: &Item) -> Vec<u8> {
    let has_items = matches!(
        item.kind,
        ItemKind::Module | ItemKind::Impl | ItemKind::Trait
    );
    let left_out = has_items.then_some(ItemList);
    encode(tree.node(item.node), item.span.start, left_out)
}

/// The nodes of a subtree but for blanks and comments: kind, start, end and size of each as four little-endian numbers
/// of four bytes, in preorder. Spans are relative to `base`, and sizes count what is encoded.
pub fn encode_tree(node: NodeRef<'_>, base: u32) -> Vec<u8> {
    encode(node, base, None)
}

fn encode(node: NodeRef<'_>, base: u32, left_out: Option<SyntaxKind>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(node.descendants().size_hint().0 * 16);
    // The places, in `bytes`, of the nodes around, and where their subtrees end in the tree.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut skipped_to = 0;
    for inner in node.descendants() {
        close_subtrees(&mut open, inner.index(), &mut bytes);
        if inner.index() < skipped_to {
            continue;
        }
        if inner.kind().is_trivia() || left_out == Some(inner.kind()) {
            skipped_to = inner.after();
            continue;
        }
        if inner.after() > inner.index() + 1 {
            open.push((bytes.len(), inner.after()));
        }
        let span = inner.span();
        let numbers = [inner.kind() as u32, span.start - base, span.end - base, 1];
        bytes.extend_from_slice(numbers.map(u32::to_le_bytes).as_flattened());
    }
    close_subtrees(&mut open, usize::MAX, &mut bytes);
    bytes
}

/// Writes the sizes of the subtrees that end before `index`.
fn close_subtrees(open: &mut Vec<(usize, usize)>, index: usize, bytes: &mut [u8]) {
    let end = bytes.len();
    while let Some((place, _)) = open.pop_if(|(_, after)| *after <= index) {
        let size = ((end - place) / 16) as u32;
        bytes[place + 12..place + 16].copy_from_slice(&size.to_le_bytes());
    }
}
