//! Annotations, which Rune's formatter does not know: taken out before, put back behind the same tokens after.

use super::shape::weight;
use super::Refusal;
use crate::annotations::annotation_spans;
use crate::parser::{parse_as, Dialect};
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::{NodeRef, Span, Tree};

/// A text without its annotations.
pub struct Plain {
    pub text: String,
    pub annotations: Vec<Annotation>,
}

/// An annotation as it is written, laid out, and the number of tokens before it that are no annotation and no layout.
pub struct Annotation {
    text: String,
    tokens_before: usize,
}

/// Takes the annotations out, and the blanks before them.
pub fn take_out(text: &str, tree: &Tree) -> Plain {
    let mut plain = String::with_capacity(text.len());
    let mut annotations = Vec::new();
    let mut spans = annotation_spans(tree).into_iter().peekable();
    let mut tokens_before = 0;
    let mut inside: Option<Span> = None;
    let tokens: Vec<NodeRef<'_>> = tree.root().tokens().collect();
    for (place, &token) in tokens.iter().enumerate() {
        let start = token.span().start;
        inside = inside.filter(|span| start < span.end);
        if let Some(span) = spans.next_if(|span| span.start <= start && inside.is_none()) {
            plain.truncate(plain.trim_end_matches([' ', '\t']).len());
            let behind = tokens.partition_point(|token| token.span().start < span.end);
            annotations.push(Annotation {
                text: laid_out(text, span, &tokens[place..behind]),
                tokens_before,
            });
            inside = Some(span);
        }
        if inside.is_none() {
            plain.push_str(token.text(text));
            tokens_before += weight(token);
        }
    }
    Plain {
        text: plain,
        annotations,
    }
}

/// Puts the annotations back into the formatted text, each behind the token that it stood behind.
pub fn put_back(
    formatted: String,
    annotations: &[Annotation],
    dialect: Dialect,
) -> Result<String, Refusal> {
    if annotations.is_empty() {
        return Ok(formatted);
    }
    let tree = parse_as(&formatted, dialect).tree;
    let mut annotated = String::with_capacity(formatted.len() + annotations.len() * 16);
    let mut annotations = annotations.iter().peekable();
    let mut tokens = 0;
    for token in tree.root().tokens() {
        annotated.push_str(token.text(&formatted));
        tokens += weight(token);
        let is_here = |next: &&Annotation| next.tokens_before <= tokens;
        while let Some(here) = annotations.next_if(is_here) {
            annotated.push_str(&here.text);
        }
    }
    match annotations.next() {
        None => Ok(annotated),
        Some(_) => Err("an annotation would lose its place".to_owned()),
    }
}

/// The annotation with blanks where they belong; one with comments in it stays as it is.
fn laid_out(text: &str, span: Span, tokens: &[NodeRef<'_>]) -> String {
    let is_comment = |token: &NodeRef<'_>| token.kind() != Whitespace && token.kind().is_trivia();
    let before = if tokens.first().is_some_and(|token| token.kind() == Arrow) {
        " "
    } else {
        ""
    };
    if tokens.iter().any(is_comment) {
        return format!("{before}{}", span.of(text));
    }
    let mut written = before.to_owned();
    let mut last: Option<SyntaxKind> = None;
    for token in tokens.iter().filter(|token| token.kind() != Whitespace) {
        if last.is_some_and(|last| is_apart(last, token.kind())) {
            written.push(' ');
        }
        written.push_str(token.text(text));
        last = Some(token.kind());
    }
    written
}

/// Whether a blank stands between two tokens of an annotation.
fn is_apart(left: SyntaxKind, right: SyntaxKind) -> bool {
    matches!(left, Colon | Arrow | Pipe) || matches!(right, Arrow | Pipe) || left == Comma
}
