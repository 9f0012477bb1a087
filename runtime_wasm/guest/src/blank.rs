//! Takes out of a text what the compiler need not see, or has already complained about, without moving anything else.

use crate::cuts::Cuts;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Span, Tree};

/// How much is taken out at a place. The order is the order in which the checker tries them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What Rune does not know, but we do: annotations, attributes, a byte order mark. Says nothing about the program.
    Quiet,
    Expression,
    Statement,
    Body,
    Item,
    File,
}

/// What takes the place of a piece of text; always of the same length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    Spaces,
    /// `()`, or `0` where there is one byte only.
    Unit,
    /// `{}`, which also stands as a statement without a semicolon; `0` where there is one byte only.
    Braces,
}

/// A piece of text that can be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    pub span: Span,
    pub level: Level,
    pub filler: Filler,
}

/// A text in which pieces have been replaced by fillers.
pub struct Blanked {
    text: String,
    cuts: Vec<Cut>,
    /// Those of them that say something about the program.
    places: Cuts,
}

impl Blanked {
    pub fn new(text: &str) -> Blanked {
        Blanked {
            text: text.to_owned(),
            cuts: Vec::new(),
            places: Cuts::default(),
        }
    }

    /// Whether nothing but fillers and blanks is left of a text.
    pub fn is_blank(text: &str) -> bool {
        text.bytes().all(|byte| byte.is_ascii_whitespace())
    }

    /// The text as it is now. Every byte is where it was.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What has been taken out.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// Takes a piece out. Line ends stay where they are.
    pub fn cut(&mut self, cut: Cut) {
        let piece = cut.span.of(&self.text);
        let filler = match cut.filler {
            Filler::Spaces => "",
            Filler::Unit | Filler::Braces if piece.len() == 1 => "0",
            Filler::Unit => "()",
            Filler::Braces => "{}",
        };
        let mut filled = String::with_capacity(piece.len());
        filled.push_str(filler.get(..piece.len().min(filler.len())).unwrap_or(""));
        let rest = piece.as_bytes()[filled.len()..].iter();
        filled.extend(rest.map(|byte| match byte {
            b'\n' => '\n',
            b'\r' => '\r',
            _ => ' ',
        }));
        self.replace(cut, &filled);
    }

    fn replace(&mut self, cut: Cut, filler: &str) {
        let place = cut.span.start as usize..cut.span.end as usize;
        self.text.replace_range(place, filler);
        self.cuts.push(cut);
        if cut.level != Level::Quiet {
            self.places.insert(cut.span, cut.level);
        }
    }

    /// Gives a name another one of the same length.
    pub fn rename(&mut self, span: Span, name: &str) {
        let cut = Cut {
            span,
            level: Level::Expression,
            filler: Filler::Spaces,
        };
        self.replace(cut, name);
    }

    /// The largest level at which something around `span`, or `span` itself, has been taken out.
    pub fn level_at(&self, span: Span) -> Option<Level> {
        self.places.level_around(span)
    }

    /// Whether `span` has a filler in it.
    pub fn has_cut_in(&self, span: Span) -> bool {
        self.places.is_any_in(span)
    }
}

/// What can be taken out to be rid of what is at `span`, the smallest first.
pub fn cuts_around(tree: &Tree, span: Span) -> Vec<Cut> {
    let path = tree.path_to(span);
    let mut cuts: Vec<Cut> = Vec::new();
    for index in (0..path.len()).rev() {
        let (above, node) = (&path[..index], path[index]);
        if let Some(cut) = cut_of(above, node) {
            // Of several expressions around a place, the smallest is enough.
            if cuts.last().is_none_or(|last| last.level < cut.level) {
                cuts.push(cut);
            }
        }
    }
    cuts.push(Cut {
        span: tree.root().span(),
        level: Level::File,
        filler: Filler::Spaces,
    });
    cuts
}

fn cut_of(above: &[NodeRef<'_>], node: NodeRef<'_>) -> Option<Cut> {
    let parent = above.last()?;
    let cut = |span, level, filler| {
        Some(Cut {
            span,
            level,
            filler,
        })
    };
    match node.kind() {
        // Rune has no such word, the pattern behind it is as good without.
        MutKeyword => cut(node.span(), Level::Expression, Filler::Spaces),
        // What it stands before is right without. Only of Rune's own, which functions have, this is not so.
        Attribute if parent.kind() != FunctionItem => {
            cut(node.span(), Level::Expression, Filler::Spaces)
        }
        kind if is_expression(kind) && stands_for_a_value(above, node) => {
            let filler = if is_statement_by_itself(*parent) {
                Filler::Braces
            } else {
                Filler::Unit
            };
            cut(node.span(), Level::Expression, filler)
        }
        LetStatement | ExpressionStatement => cut(node.span(), Level::Statement, Filler::Spaces),
        MatchArm | SelectArm => cut(with_comma(node), Level::Statement, Filler::Spaces),
        Block if parent.kind() == FunctionItem && node.span().end - node.span().start > 1 => {
            cut(node.span(), Level::Body, Filler::Braces)
        }
        kind if is_item(kind) || parent.kind() == SourceFile => {
            cut(node.span(), Level::Item, Filler::Spaces)
        }
        _ => None,
    }
}

/// Whether the node can be replaced by `()`: not what is assigned to, nor within a pattern or a string.
fn stands_for_a_value(above: &[NodeRef<'_>], node: NodeRef<'_>) -> bool {
    let parent = above[above.len() - 1];
    let is_target =
        parent.kind() == AssignmentExpression && parent.significant_children().next() == Some(node);
    let is_item = node.kind() == MacroCall && matches!(parent.kind(), SourceFile | ItemList);
    let in_literal = above
        .iter()
        .rev()
        .take_while(|node| !is_expression(node.kind()))
        .any(|node| is_no_place(node.kind()));
    !is_target && !is_item && !in_literal && !is_no_place(parent.kind())
}

fn is_no_place(kind: SyntaxKind) -> bool {
    is_pattern(kind)
        || matches!(
            kind,
            FormatString
                | FormatCapture
                | TokenTree
                | Attribute
                | GenericArguments
                | LabelDeclaration
        )
}

/// Whether a child of the node ends a statement without a semicolon of its own.
fn is_statement_by_itself(parent: NodeRef<'_>) -> bool {
    match parent.kind() {
        ExpressionStatement => parent.first_child(Semicolon).is_none(),
        kind => matches!(kind, Block | FunctionBodyFile),
    }
}

/// The arm with the comma behind it, which must not stay alone.
fn with_comma(arm: NodeRef<'_>) -> Span {
    let end = arm
        .significant_siblings_behind()
        .next()
        .filter(|next| next.kind() == Comma)
        .map_or(arm.span().end, |comma| comma.span().end);
    Span::new(arm.span().start, end)
}

/// Whether the kind is an expression, a macro call among them.
pub fn is_expression(kind: SyntaxKind) -> bool {
    (PathExpression..=TryExpression).contains(&kind)
        && !matches!(
            kind,
            TemplateExpression
                | FormatString
                | FormatCapture
                | FormatPlaceholder
                | FieldInitializer
                | ArgumentList
        )
        || matches!(
            kind,
            BlockExpression
                | IfExpression
                | LetExpression
                | WhileExpression
                | LoopExpression
                | ForExpression
                | MatchExpression
                | SelectExpression
                | BreakExpression
                | ContinueExpression
                | ReturnExpression
                | YieldExpression
                | ClosureExpression
                | MacroCall
        )
}

pub fn is_pattern(kind: SyntaxKind) -> bool {
    (IdentifierPattern..=FieldPattern).contains(&kind)
}

pub fn is_item(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        FunctionItem
            | StructItem
            | EnumItem
            | ImplItem
            | ModuleItem
            | UseItem
            | ConstItem
            | TypeItem
            | MacroItem
            | AttributeItem
            | EventItem
            | TraitItem
            | ProtocolItem
    )
}
