//! Where type annotations stand, so that they can be blanked before the compiler sees the text.

use crate::syntax::SyntaxKind::{ReturnType, TypeAnnotation};
use crate::tree::{Span, Tree};

/// Every range to blank so that Rune 0.14.2 reads the text: `: Type` and `-> Type`, signs included, in the order of the
/// text. Inside of macro calls they are found where the arguments are known to be expressions.
pub fn annotation_spans(tree: &Tree) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for node in tree.nodes() {
        let is_annotation = matches!(node.kind, TypeAnnotation | ReturnType);
        // A function type has a `->` of its own, inside of the annotation that it is part of.
        let is_inside = spans.last().is_some_and(|last| node.end <= last.end);
        if is_annotation && !is_inside {
            spans.push(Span::new(node.start, node.end));
        }
    }
    spans
}
