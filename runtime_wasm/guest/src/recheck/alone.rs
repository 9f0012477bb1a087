//! A function's text read by itself, and what only blanks and comments are.

use crate::blank::is_item;
use crate::cascade::is_constant;
use crate::facts::facts_of_item;
use crate::items::{encode_item, items, Item, ItemKind};
use crate::lexer::lex;
use crate::parser::parse;
use crate::problem::commented_out_from;
use crate::protocol::ItemFacts;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Span, Tree};

/// A function's text, read by itself.
pub struct Alone {
    tree: Tree,
    item: Item,
    /// Whether it is that one function and nothing else, closed, without items in it, and right up to its body.
    pub is_plain: bool,
    pub surplus_brackets: i64,
    /// How many mistakes in its syntax it has.
    pub problems: usize,
    /// All that stands before the body, but for documentation.
    pub header: String,
}

impl Alone {
    pub fn of(text: &str) -> Option<Alone> {
        let parsed = parse(text);
        let items = items(&parsed.tree, text);
        let [item] = items.as_slice() else {
            return None;
        };
        let is_whole = item.span == Span::new(0, text.len() as u32);
        let body = body_of(&parsed.tree, item).filter(|_| is_whole)?;
        let is_function = item.kind == ItemKind::Function && body.span.end as usize == text.len();
        let mut problems = parsed.problems.iter();
        // Where a string is not closed, it ends far behind the function.
        let is_open = commented_out_from(&parsed.problems, text).is_some();
        let is_well_begun = problems.all(|found| {
            found.span.start > body.span.start && !found.code.starts_with("unterminated")
        });
        let is_certain = !parsed.has_choice;
        let (braces, surplus_brackets) = surplus(&parsed.tree);
        let mut parts = parsed.tree.node(item.node).children();
        let header = parts.find(|part| part.kind() != DocComment && !part.kind().is_trivia())?;
        let header = Span::new(header.span().start, body.span.start);
        Some(Alone {
            header: header.of(text).to_owned(),
            is_plain: is_function
                && is_certain
                && !is_open
                && is_well_begun
                && body.is_plain
                && braces == 0,
            surplus_brackets,
            problems: parsed.problems.len(),
            item: item.clone(),
            tree: parsed.tree,
        })
    }

    /// The function's node.
    pub fn function(&self) -> NodeRef<'_> {
        self.tree.node(self.item.node)
    }

    /// The facts of the function, as if its text was all that there is.
    pub fn facts(&self) -> ItemFacts {
        facts_of_item(&self.item, encode_item(&self.tree, &self.item))
    }
}

/// How many more braces, and other brackets, are opened than closed.
pub fn surplus(tree: &Tree) -> (i64, i64) {
    let (mut braces, mut brackets) = (0, 0);
    for node in tree.nodes() {
        match node.kind {
            OpenBrace | TemplateOpen => braces += 1,
            CloseBrace | TemplateClose => braces -= 1,
            OpenParenthesis | OpenBracket => brackets += 1,
            CloseParenthesis | CloseBracket => brackets -= 1,
            _ => {}
        }
    }
    (braces, brackets)
}

pub struct Body {
    /// Relative to the item.
    pub span: Span,
    /// Whether it is closed, and has no items in it that others could name.
    pub is_plain: bool,
}

/// The braces of a function, module or `impl` block.
pub fn body_of(tree: &Tree, item: &Item) -> Option<Body> {
    let node = tree.node(item.node);
    let block = match item.kind {
        ItemKind::Function => node.first_child(Block)?,
        ItemKind::Module | ItemKind::Impl => node.first_child(ItemList)?,
        _ => return None,
    };
    let start = item.span.start;
    let last = tree.node(block.after() - 1);
    let is_closed = last.kind() == CloseBrace && last.span().end == block.span().end;
    let has_items = block.descendants().any(|node| is_item(node.kind()));
    Some(Body {
        span: Span::new(block.span().start - start, block.span().end - start),
        is_plain: is_closed && !has_items && !is_constant(node),
    })
}

/// Whether a text is nothing but blanks and comments, and leaves what comes behind it alone, unless nothing does.
pub fn is_trivia(text: &str, is_at_end: bool) -> bool {
    let lexed = lex(text);
    let ends_open = lexed
        .tokens
        .last()
        .is_some_and(|token| token.kind == LineComment);
    lexed.problems.is_empty()
        && lexed.tokens.iter().all(|token| is_blank(token.kind))
        && (is_at_end || !ends_open)
}

/// Whether a token says nothing, not even to people who read documentation.
pub fn is_blank(kind: SyntaxKind) -> bool {
    matches!(kind, Whitespace | LineComment | BlockComment)
}

/// Whether a text ends with a token that nothing behind it can become a part of.
pub fn may_stand_before_a_gap(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    // The header of a function may end with documentation, which goes on to the end of its line.
    text.is_empty() || (text.ends_with(['{', '}', ';', ')']) && !line.contains("//"))
}
