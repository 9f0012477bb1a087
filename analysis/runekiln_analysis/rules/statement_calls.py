"""Lines that go on with what was meant to be a statement of its own."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

# `for` and `while` end their statements.
_BLOCKLIKE = (K.IF_EXPRESSION, K.MATCH_EXPRESSION, K.LOOP_EXPRESSION, K.BLOCK_EXPRESSION, K.SELECT_EXPRESSION)
_GOING_ON: dict[int, str] = {
    K.CALL_EXPRESSION: "a call of",
    K.INDEX_EXPRESSION: "an index into",
    K.BINARY_EXPRESSION: "an operator on",
}
_NEVER_VALUES = (K.STAR, K.MINUS, K.AMPERSAND, K.AMPERSAND_AMPERSAND, K.PIPE, K.PIPE_PIPE)


def statement_calls(item: ResolvedItem) -> Iterator[Finding]:
    """Statements with a block whose next line Rune reads as a part of them."""
    tree, kinds = item.tree, item.kinds
    for kind in _BLOCKLIKE:
        for block in item.nodes(kind):
            whole = block - 1
            what = _GOING_ON.get(kinds[whole])
            following = tree.after(block)
            if what is None or following >= len(kinds) or tree.after(whole) <= following:
                continue
            is_operator = kinds[whole] == K.BINARY_EXPRESSION
            if is_operator and kinds[following] not in _NEVER_VALUES:
                continue
            gives_nothing = kind == K.IF_EXPRESSION and tree.first(block, K.ELSE_BRANCH) is None
            is_meant_apart = gives_nothing or "\n" in tree.between(block, following)
            if is_meant_apart and _begins_statement(item, whole):
                yield _told(item, block, following, what)


def _told(item: ResolvedItem, block: int, following: int, what: str) -> Finding:
    end = item.tree.end(block)
    fix = Fix("End the statement with `;`", (Edit((end, end), ";"),))
    message = f"Rune 0.14.2 reads this as {what} what the block before gives; end that with `;`"
    return Finding(problem("statement-call", message, item.tree.span(following), fix))


def _begins_statement(item: ResolvedItem, node: int) -> bool:
    """Whether a statement begins with the expression, whatever goes on with that in turn."""
    while item.kinds[node] not in (K.EXPRESSION_STATEMENT, K.BLOCK) and node > 0:
        parent = item.tree.parent(node)
        if parent + 1 != node:
            return False
        node = parent
    return item.kinds[node] == K.EXPRESSION_STATEMENT
