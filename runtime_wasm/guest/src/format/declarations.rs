//! Lays out stubs, which Rune's formatter does not know: four spaces, a declaration a line, at most one blank line.
//!
//! Fields and variants stay on one line if they fit and no line ends behind their brace. Comments stay where they are, and
//! so do the lines of attributes.

use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Tree};

/// Longer lines are broken, where they can be.
const WIDTH: usize = 100;
const INDENTATION: &str = "    ";

/// The text of a stub without syntax problems, laid out.
pub fn layout(text: &str, tree: &Tree) -> String {
    let mut layout = Layout::new(text);
    layout.members(tree.root());
    let mut written = layout.written;
    written.truncate(written.trim_end().len());
    if !written.is_empty() {
        written.push('\n');
    }
    written
}

struct Layout<'text> {
    text: &'text str,
    written: String,
    depth: usize,
    /// The kind of the last token, unless a line begins here.
    last: Option<SyntaxKind>,
    /// Whether a line comment was written, behind which nothing else can stand.
    must_break: bool,
    /// Whether nothing is broken: to see how long it is.
    is_trial: bool,
}

impl<'text> Layout<'text> {
    fn new(text: &'text str) -> Self {
        Layout {
            text,
            written: String::new(),
            depth: 0,
            last: None,
            must_break: false,
            is_trial: false,
        }
    }

    // Lines.

    fn new_line(&mut self) {
        let length = self.written.trim_end_matches(' ').len();
        self.written.truncate(length);
        if !self.written.is_empty() {
            self.written.push('\n');
        }
        self.last = None;
        self.must_break = false;
    }

    /// Writes a piece of text, with a blank before it if one belongs there.
    fn write(&mut self, kind: SyntaxKind, piece: &str) {
        if self.must_break {
            self.new_line();
        }
        match self.last {
            None if !self.is_trial => self.written.push_str(&INDENTATION.repeat(self.depth)),
            Some(last) if needs_blank(last, kind) => self.written.push(' '),
            _ => {}
        }
        self.written.push_str(piece);
        self.last = Some(kind);
    }

    fn verbatim(&mut self, node: NodeRef<'_>, kind: SyntaxKind) {
        let piece = node.span().of(self.text);
        self.write(kind, piece.trim_end());
    }

    /// A comment inside of a declaration.
    fn comment(&mut self, comment: NodeRef<'_>) {
        self.verbatim(comment, comment.kind());
        self.must_break = comment.kind() != BlockComment;
    }

    fn column(&self) -> usize {
        let line = self.written.rsplit('\n').next().unwrap_or_default();
        match self.last {
            None => self.depth * INDENTATION.len(),
            Some(_) => line.chars().count(),
        }
    }

    // What stands on lines of its own.

    /// What a file, module, `impl` or broken list holds: each on a line, with the blank lines between that there were.
    fn members(&mut self, container: NodeRef<'_>) {
        let is_list = !matches!(container.kind(), SourceFile | ItemList);
        let (mut lines, mut is_first) = (0, true);
        for member in container.children() {
            match member.kind() {
                Whitespace => lines += member.span().of(self.text).matches('\n').count(),
                OpenBrace | CloseBrace | OpenParenthesis | CloseParenthesis | Comma | Semicolon => {
                }
                kind => {
                    let is_behind =
                        lines == 0 && !is_first && matches!(kind, LineComment | BlockComment);
                    if !is_behind {
                        self.new_line();
                        if lines > 1 && !is_first {
                            self.written.push('\n');
                        }
                    }
                    if member.is_token() {
                        self.verbatim(member, kind);
                    } else {
                        self.node(member);
                        if is_list {
                            self.write(Comma, ",");
                        }
                    }
                    (lines, is_first) = (0, false);
                }
            }
        }
    }

    fn item_list(&mut self, list: NodeRef<'_>) {
        let is_blank = |child: &NodeRef<'_>| {
            matches!(
                child.kind(),
                Whitespace | OpenBrace | CloseBrace | Semicolon
            )
        };
        self.write(OpenBrace, "{");
        if !list.children().all(|child| is_blank(&child)) {
            self.depth += 1;
            self.members(list);
            self.depth -= 1;
            self.new_line();
        } else {
            self.last = Some(OpenParenthesis);
        }
        self.write(CloseBrace, "}");
    }

    // Declarations.

    fn node(&mut self, node: NodeRef<'_>) {
        let mut ends_line = false;
        for child in node.children() {
            if child.kind() == Whitespace {
                // After an attribute the line ends if it did.
                if ends_line && child.span().of(self.text).contains('\n') && !self.is_trial {
                    self.new_line();
                }
                ends_line = false;
                continue;
            }
            ends_line = child.kind() == Attribute;
            self.child(child, node);
        }
    }

    fn child(&mut self, child: NodeRef<'_>, node: NodeRef<'_>) {
        match child.kind() {
            DocComment => {
                self.comment(child);
                self.new_line();
            }
            LineComment | BlockComment => self.comment(child),
            Attribute if !is_plain(child) => {
                self.verbatim(child, Hash);
                self.last = Some(CloseBracket);
            }
            // Keys on lines of their own stay there.
            ObjectType if has_comment(child) || child.text(self.text).contains('\n') => {
                self.verbatim(child, Identifier);
            }
            ObjectType => self.object_type(child),
            UnionType => self.union(child),
            // Before the `>` of a list on one line there is none.
            Comma if node.kind() == TypeArguments && is_last(child, node) => {}
            ItemList => self.item_list(child),
            FieldList | VariantList | TupleFieldList | ParameterList => self.list(child, node),
            kind if child.is_token() => self.verbatim(child, kind),
            _ if node.kind() == ConstItem && is_expression(child.kind()) => {
                self.verbatim(child, Identifier);
            }
            _ => self.node(child),
        }
    }

    /// `Object{folder?, limit?}`
    fn object_type(&mut self, type_: NodeRef<'_>) {
        let keys = type_.children_of(ObjectTypeKey);
        let key = |key: NodeRef<'_>| {
            let tokens = key.tokens().filter(|token| !token.kind().is_trivia());
            tokens
                .map(|token| token.span().of(self.text))
                .collect::<String>()
        };
        let keys: Vec<String> = keys.map(key).collect();
        self.write(Identifier, &format!("Object{{{}}}", keys.join(", ")));
        self.last = Some(CloseBracket);
    }

    /// `String | i64`, on a line for each if all together are too long.
    fn union(&mut self, union: NodeRef<'_>) {
        let mut trial = Layout {
            is_trial: true,
            last: self.last,
            ..Layout::new(self.text)
        };
        trial.node(union);
        // With what closes it.
        let width = trial.written.chars().count() + ">,".len();
        if self.is_trial || self.column() + width <= WIDTH {
            return self.node(union);
        }
        self.depth += 1;
        for part in union.children().filter(|part| part.kind() != Whitespace) {
            if part.kind() == Pipe {
                self.new_line();
            }
            self.child(part, union);
        }
        self.depth -= 1;
    }

    fn list(&mut self, list: NodeRef<'_>, owner: NodeRef<'_>) {
        let is_braced = matches!(list.kind(), FieldList | VariantList);
        let (open, close) = if is_braced { ("{", "}") } else { ("(", ")") };
        let (open_kind, close_kind) = if is_braced {
            (OpenBrace, CloseBrace)
        } else {
            (OpenParenthesis, CloseParenthesis)
        };
        let is_empty = list
            .children()
            .all(|child| child.is_token() && !is_comment(child.kind()));
        if !is_empty && !self.is_trial && (self.is_spread(list) || self.is_too_long(list, owner)) {
            self.write(open_kind, open);
            self.depth += 1;
            self.members(list);
            self.depth -= 1;
            self.new_line();
            return self.write(close_kind, close);
        }
        self.write(open_kind, open);
        let mut elements = list.children().filter(|child| !child.is_token()).peekable();
        while let Some(element) = elements.next() {
            self.node(element);
            if elements.peek().is_some() {
                self.write(Comma, ",");
            }
        }
        if is_empty {
            self.last = Some(OpenParenthesis);
        }
        self.write(close_kind, close);
    }

    /// Whether the elements stand on lines of their own as it is.
    fn is_spread(&self, list: NodeRef<'_>) -> bool {
        let is_open = |list: NodeRef<'_>| {
            let blank = list
                .children()
                .nth(1)
                .filter(|child| child.kind() == Whitespace);
            blank.is_some_and(|blank| blank.span().of(self.text).contains('\n'))
        };
        let mut inner = list.descendants();
        inner.any(|node| {
            is_comment(node.kind())
                || (matches!(node.kind(), FieldList | VariantList) && is_open(node))
        })
    }

    /// Whether the list and what follows it in `owner` do not fit on the line.
    fn is_too_long(&self, list: NodeRef<'_>, owner: NodeRef<'_>) -> bool {
        let mut trial = Layout {
            is_trial: true,
            last: self.last,
            ..Layout::new(self.text)
        };
        let rest = owner.children().skip_while(|child| *child != list);
        for child in rest.filter(|child| child.kind() != Whitespace && !is_comment(child.kind())) {
            trial.child(child, owner);
        }
        self.column() + trial.written.chars().count() > WIDTH
    }
}

/// Whether a blank stands between two tokens. `<` and `>` stand only around types.
fn needs_blank(last: SyntaxKind, next: SyntaxKind) -> bool {
    if is_comment(last) || is_comment(next) {
        return true;
    }
    match (last, next) {
        (
            _,
            Comma | Semicolon | CloseParenthesis | CloseBracket | Greater | Colon | ColonColon
            | Question | Less,
        ) => false,
        (OpenParenthesis | OpenBracket | Less | Hash | Minus | Ampersand, _) => false,
        (ColonColon, next) => next == OpenBrace,
        (last, OpenParenthesis) => matches!(last, Arrow | Colon | Comma | Pipe | Equal),
        (last, OpenBracket) => !matches!(last, Hash | Bang),
        _ => true,
    }
}

/// An attribute of nothing but words, numbers and strings, in which blanks mean nothing.
fn is_plain(attribute: NodeRef<'_>) -> bool {
    let mut tokens = attribute.tokens();
    tokens.all(|token| {
        token.kind().is_keyword()
            || matches!(
                token.kind(),
                Whitespace
                    | Hash
                    | OpenBracket
                    | CloseBracket
                    | OpenParenthesis
                    | CloseParenthesis
                    | Identifier
                    | Equal
                    | Comma
                    | StringLiteral
                    | NumberLiteral
            )
    })
}

fn is_comment(kind: SyntaxKind) -> bool {
    matches!(kind, LineComment | BlockComment | DocComment)
}

fn has_comment(node: NodeRef<'_>) -> bool {
    node.tokens().any(|token| is_comment(token.kind()))
}

/// Whether nothing but the end of a list follows.
fn is_last(child: NodeRef<'_>, list: NodeRef<'_>) -> bool {
    let mut behind = list
        .significant_children()
        .skip_while(|other| *other != child);
    behind.nth(1).is_none_or(|next| next.kind() == Greater)
}

/// Whether it is the value of a constant, not its name or type.
fn is_expression(kind: SyntaxKind) -> bool {
    !matches!(kind, Visibility | Name | TypeAnnotation | Attribute)
}
