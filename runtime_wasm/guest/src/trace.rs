//! Tells the host where a run is: which statement of the script each instruction of the virtual machine belongs to.

use std::cell::RefCell;

use rune::runtime::DebugInfo;

use crate::blank::is_expression;
use crate::memory::{Row, CELL};
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span, Tree};

thread_local! {
    /// Where each instruction of the run comes from. The host reads it after the run, so it stays until the next.
    static ROWS: RefCell<Vec<Row>> = const { RefCell::new(Vec::new()) };
}

/// A file of the program that runs.
pub struct Traced<'f> {
    /// Its number among the sources of the request.
    pub source: usize,
    pub tree: &'f Tree,
}

/// From now on instructions are those of the unit with this debug information; `files` are Rune's sources, in its order.
pub fn start(debug_info: &DebugInfo, files: &[Traced<'_>]) {
    let last = debug_info.instructions.keys().max();
    let mut rows = vec![Row::default(); last.map_or(0, |last| last + 1)];
    for (ip, instruction) in &debug_info.instructions {
        let Some(file) = files.get(instruction.source_id.into_index()) else {
            continue;
        };
        let range = instruction.span.range();
        let place = place(file.tree, Span::new(range.start as u32, range.end as u32));
        rows[*ip] = [file.source as u32, place.start, place.end];
    }
    // The compiler does not say where a function's first instruction, which makes room for its values, comes from.
    for ip in (1..rows.len()).rev() {
        if rows[ip - 1] == Row::default() {
            rows[ip - 1] = rows[ip];
        }
    }
    CELL.show_rows(&rows);
    ROWS.set(rows);
}

/// The innermost statement, or body of a closure, around a part of the text: of the statement what precedes its blocks.
fn place(tree: &Tree, span: Span) -> Span {
    let path = tree.path_to(span);
    let mut pairs = path.windows(2).rev().map(|pair| (pair[0], pair[1]));
    let found = pairs.find_map(|(above, node)| match above.kind() {
        Block | FunctionBodyFile if is_statement(node) => Some(header(node)),
        ClosureExpression if is_expression(node.kind()) && !is_block(node) => Some(node.span()),
        _ => None,
    });
    // What ends a function belongs to none of its statements.
    found.unwrap_or(span)
}

fn is_statement(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), LetStatement | ExpressionStatement) || is_expression(node.kind())
}

/// Whether the body of a closure has statements of its own.
fn is_block(body: NodeRef<'_>) -> bool {
    body.kind() == BlockExpression
        && body
            .first_child(Block)
            .is_some_and(|block| block.span().start == body.span().start)
}

/// The statement up to its first block: what is shown of a loop or an `if`.
fn header(statement: NodeRef<'_>) -> Span {
    let span = statement.span();
    let body = statement
        .descendants()
        .find(|node| matches!(node.kind(), Block | MatchArmList | SelectArmList));
    let end = body.map_or(span.end, |body| body.span().start);
    let previous = statement
        .tokens()
        .take_while(|token| token.span().start < end)
        .filter(|token| !token.kind().is_trivia())
        .last();
    Span::new(
        span.start,
        previous.map_or(span.end, |token| token.span().end),
    )
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::parser::parse;
    use crate::tree::Span;

    /// The places of all parts of the text that read `part`.
    fn places<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
        let tree = parse(text).tree;
        let parts = text.match_indices(part);
        parts
            .map(|(at, _)| place(&tree, Span::new(at as u32, (at + part.len()) as u32)).of(text))
            .collect()
    }

    #[test]
    fn a_part_belongs_to_the_innermost_statement() {
        let text = "fn dig(n) { let m = n + 1; while n < m { n += 1; } n }";
        assert_eq!(places(text, "n + 1"), ["let m = n + 1;"]);
        assert_eq!(places(text, "n < m"), ["while n < m"]);
        assert_eq!(places(text, "n += 1"), ["n += 1;"]);
    }

    #[test]
    fn the_body_of_a_closure_is_a_place() {
        let text = "fn dig() { beds.map(|bed| bed.rows()).filter(|bed| { sow(bed) }) }";
        assert_eq!(places(text, "bed.rows()"), ["bed.rows()"]);
        assert_eq!(places(text, "sow(bed)"), ["sow(bed)"]);
    }

    #[test]
    fn what_is_in_no_statement_is_a_place_by_itself() {
        assert_eq!(places("fn dig() { 1 }", "{ 1 }"), ["{ 1 }"]);
    }
}
