//! What a text is apart from its layout: the nodes and tokens that mean something, and its comments.

use crate::blank::is_item;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Tree};

/// A step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'text> {
    Node(SyntaxKind),
    End,
    Token(&'text str),
}

/// The tree as a walk, without layout and without the tokens that are a matter of it.
pub fn shape<'text>(text: &'text str, tree: &Tree) -> Vec<Step<'text>> {
    let mut steps = Vec::new();
    let mut open: Vec<NodeRef<'_>> = Vec::new();
    for node in tree.root().descendants() {
        if node.kind() == Whitespace {
            continue;
        }
        while let Some(inner) = open.pop_if(|above| above.after() <= node.index()) {
            steps.extend(has_step(inner).then_some(Step::End));
        }
        if node.is_token() {
            steps.extend(written(node, text).into_iter().map(Step::Token));
        } else {
            steps.extend(has_step(node).then_some(Step::Node(node.kind())));
            open.push(node);
        }
    }
    let left = open.into_iter().rev().filter(|node| has_step(*node));
    steps.extend(left.map(|_| Step::End));
    steps
}

/// What the token means, in as many parts as it could be written in.
fn written<'text>(token: NodeRef<'_>, text: &'text str) -> Vec<&'text str> {
    match weight(token) {
        0 => Vec::new(),
        1 if token.kind() == DocComment => vec![token.text(text).trim_end()],
        1 => vec![token.text(text)],
        parts => vec!["|"; parts],
    }
}

/// Every comment of the text, documentation among them, without blanks at its end; sorted, since one may go to the other
/// side of a comma, a brace or an annotation.
pub fn comments<'text>(text: &'text str, tree: &Tree) -> Vec<&'text str> {
    let tokens = tree.root().tokens();
    let comments = tokens.filter(|token| token.kind() != Whitespace && token.kind().is_trivia());
    let mut comments: Vec<&str> = comments.map(|token| token.text(text).trim_end()).collect();
    comments.sort_unstable();
    comments
}

/// How many tokens it counts for, whatever the layout: none if it is a matter of layout itself.
pub fn weight(token: NodeRef<'_>) -> usize {
    match token.kind() {
        Whitespace | LineComment | BlockComment | Shebang => 0,
        DocComment => usize::from(token.parent().is_some_and(is_documented)),
        Comma | Semicolon | OpenBrace | CloseBrace => usize::from(!is_layout(token)),
        // No parameters of a closure may be written with a blank in between.
        PipePipe
            if token
                .parent()
                .is_some_and(|parent| parent.kind() == ParameterList) =>
        {
            2
        }
        _ => 1,
    }
}

/// What documentation belongs to. Anywhere else `///` begins a comment like any other.
fn is_documented(node: NodeRef<'_>) -> bool {
    is_item(node.kind()) || matches!(node.kind(), Field | Variant)
}

/// Whether there being this comma, semicolon or brace says nothing beyond what the nodes around it say.
fn is_layout(token: NodeRef<'_>) -> bool {
    let Some(parent) = token.parent() else {
        return false;
    };
    match (token.kind(), parent.kind()) {
        (Comma, MatchArm | SelectArm | FieldList | TupleFieldList | VariantList) => true,
        (Comma, ParameterList | ArgumentList | UseTreeList | GenericArguments | ObjectType) => true,
        (Comma, VectorExpression | ObjectExpression | StructExpression) => true,
        (Comma, VectorPattern | ObjectPattern | TypeArguments) => true,
        // With one element it is what makes it a tuple, and the kind of the node says that it is one.
        (Comma, TupleExpression | TuplePattern | ClosureExpression) => true,
        (Semicolon, UseItem | StructItem | ConstItem | ModuleItem) => true,
        (Semicolon, LetStatement | SourceFile | ItemList) => true,
        (OpenBrace | CloseBrace, UseTreeList) => holds_one(parent),
        _ => false,
    }
}

/// Whether the braces hold one name, which stands as well without them. `self` does not.
fn holds_one(list: NodeRef<'_>) -> bool {
    let mut trees = list.children_of(UseTree);
    let only = trees.next().filter(|_| trees.next().is_none());
    only.is_some_and(|only| only.tokens().all(|token| token.kind() != SelfKeyword))
}

/// Whether the node is part of the shape. Those of a `use` are not, since braces may come and go in it.
fn has_step(node: NodeRef<'_>) -> bool {
    !matches!(node.kind(), UseTree | UseTreeList | Path | Name)
}
