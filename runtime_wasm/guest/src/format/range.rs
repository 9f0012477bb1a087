//! Formatting of a part: the smallest run of items or statements around a range.

use crate::blank::is_item;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span, Tree};

/// The text with those items or statements that `range` touches as they are in the formatted one.
pub fn splice(
    (text, tree): (&str, &Tree),
    (formatted, formatted_tree): (&str, &Tree),
    range: Span,
) -> String {
    let (old, new) = (containers(tree), containers(formatted_tree));
    let around = old.iter().zip(&new).filter(|(old, _)| holds(**old, range));
    // Those further in come later, so that the last one that has anything in the range is the smallest.
    let mut runs = around.filter_map(|(old, new)| run(*old, *new, range));
    let Some((before, after)) = runs.next_back() else {
        return text.to_owned();
    };
    let (start, written) = with_indentation(text, before, formatted, after);
    [&text[..start], written, &text[before.end as usize..]].concat()
}

/// What holds items or statements, in preorder.
fn containers(tree: &Tree) -> Vec<NodeRef<'_>> {
    let kinds = [SourceFile, FunctionBodyFile, ItemList, Block];
    let nodes = tree.root().descendants();
    nodes.filter(|node| kinds.contains(&node.kind())).collect()
}

/// Whether the range lies inside of the container, between its braces.
fn holds(container: NodeRef<'_>, range: Span) -> bool {
    let Span { start, end } = container.span();
    container.index() == 0 || (start < range.start && range.end < end)
}

/// The spans, in both texts, of the units that the range touches.
fn run(old: NodeRef<'_>, new: NodeRef<'_>, range: Span) -> Option<(Span, Span)> {
    let pairs = units(old).zip(units(new));
    let mut touched = pairs.filter(|(old, _)| old.span().touches(range));
    let first = touched.next()?;
    let last = touched.last().unwrap_or(first);
    let over =
        |first: NodeRef<'_>, last: NodeRef<'_>| Span::new(first.span().start, last.span().end);
    Some((over(first.0, last.0), over(first.1, last.1)))
}

fn units(container: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    container.significant_children().filter(|child| {
        is_item(child.kind())
            || matches!(child.kind(), LetStatement | ExpressionStatement | MacroCall)
    })
}

/// Where the run begins in the text, and what takes its place: with the blanks before it if both begin a line.
fn with_indentation<'text>(
    text: &str,
    before: Span,
    formatted: &'text str,
    after: Span,
) -> (usize, &'text str) {
    let (old, new) = (line_start(text, before), line_start(formatted, after));
    match (old, new) {
        (Some(old), Some(new)) => (old, &formatted[new..after.end as usize]),
        _ => (before.start as usize, after.of(formatted)),
    }
}

/// The start of the line that the span begins, if there is nothing but blanks before it.
fn line_start(text: &str, span: Span) -> Option<usize> {
    let before = &text[..span.start as usize];
    let start = before.trim_end_matches([' ', '\t']).len();
    (start == 0 || before[..start].ends_with('\n')).then_some(start)
}
