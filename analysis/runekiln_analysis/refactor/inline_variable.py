"""Puts the value of a variable in the places of its uses, and takes its `let` away."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.resolve.visible import visible
from runekiln_analysis.rules.problems import with_line
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named

from .evaluation import COPIED, acts, leaves, slot_of, variables_in
from .refactoring import FileEdits, Refactoring
from .selected import EXPRESSIONS, Selected, parts

_CLOSED = frozenset(
    (
        K.PATH_EXPRESSION,
        K.LITERAL_EXPRESSION,
        K.TEMPLATE_STRING,
        K.PARENTHESIZED_EXPRESSION,
        K.TUPLE_EXPRESSION,
        K.VECTOR_EXPRESSION,
        K.CALL_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
        K.FIELD_EXPRESSION,
        K.INDEX_EXPRESSION,
        K.MACRO_CALL,
    )
)
_OPERATIONS = frozenset((K.BINARY_EXPRESSION, K.UNARY_EXPRESSION, K.PARENTHESIZED_EXPRESSION, K.IS_EXPRESSION))
_DELIMITED = (
    K.ARGUMENT_LIST,
    K.PARENTHESIZED_EXPRESSION,
    K.TEMPLATE_EXPRESSION,
    K.LET_STATEMENT,
    K.FIELD_INITIALIZER,
    K.TUPLE_EXPRESSION,
    K.VECTOR_EXPRESSION,
    K.MACRO_ARGUMENTS,
)
_DOTTED = (K.METHOD_CALL_EXPRESSION, K.FIELD_EXPRESSION, K.INDEX_EXPRESSION, K.AWAIT_EXPRESSION, K.TRY_EXPRESSION)


def inline_variable(selected: Selected) -> Iterator[Refactoring]:
    """The value of the variable at the cursor wherever the variable is used."""
    binding = _binding(selected)
    if binding is None or binding.writes or not binding.reads or selected.is_broken(binding.origin):
        return
    statement = binding.origin
    value = parts(selected.tree, statement)[-1] if selected.kinds[statement] == K.LET_STATEMENT else binding.node
    if selected.kinds[value] not in EXPRESSIONS or selected.tree.first(statement, K.ATTRIBUTE) is not None:
        return
    if any(selected.is_broken(selected.statement_around(use)) for use in binding.reads):
        return
    if _is_sure(selected, binding, value) and all(_can_take(selected, value, use) for use in binding.reads):
        title = f"Inline `{binding.name}`"
        edits = [_replaced(selected, value, use) for use in binding.reads]
        yield Refactoring(
            "inline-variable", title, "refactor.inline.variable", lambda: _edits(selected, statement, edits)
        )


def _binding(selected: Selected) -> Binding | None:
    """The variable at the cursor, declared with nothing but its name."""
    token = selected.path[-1]
    if selected.is_cursor and selected.kinds[token] != K.IDENTIFIER:
        before = selected.tree.token_at(selected.span[0] - 1)
        token = token if before is None else before
    found = selected.binding(token)
    if found is None or found.kind != "let" or selected.kinds[found.pattern] != K.IDENTIFIER_PATTERN:
        return None
    return found if selected.tree.parent(found.pattern) == found.origin else None


def _is_sure(selected: Selected, binding: Binding, value: int) -> bool:
    """Whether the value is the same at each use: nothing can change it, or its only use is next."""
    used = [selected.resolution.bindings[number] for number in variables_in(selected, value)]
    if _is_fixed(selected, value) and not any(each.writes for each in used) and not binding.captured_by:
        return True
    return len(binding.reads) == 1 and _is_next(selected, binding, value)


def _is_fixed(selected: Selected, value: int) -> bool:
    """Whether it is a number or the like, of literals, variables and operators."""
    tree, kinds = selected.tree, selected.kinds
    kind = settled(selected.inferred.type_of(value))
    is_copied = isinstance(kind, Named) and kind.name in COPIED
    inside = [each for each in range(value, tree.after(value)) if kinds[each] in EXPRESSIONS]
    leaves_of = (K.LITERAL_EXPRESSION, K.PATH_EXPRESSION)
    return is_copied and all(kinds[each] in leaves_of or kinds[each] in _OPERATIONS for each in inside)


def _is_next(selected: Selected, binding: Binding, value: int) -> bool:
    """Whether the use is in the statement behind the `let`, and evaluated before anything else there does something."""
    tree, (use,) = selected.tree, binding.reads
    node = tree.parent(use)
    if selected.kinds[node] != K.PATH_EXPRESSION or leaves(selected, value):
        return False
    # Evaluated in the place of the use, the value must still come first.
    slot = slot_of(selected, node)
    if slot is None or slot.block is None or slot.statement != tree.after(binding.origin):
        return False
    if acts(selected, value) and not _comes_first(selected, node, slot.statement):
        return False
    is_tail = parts(tree, slot.statement)[0] == node and selected.kinds[tree.after(slot.statement) - 1] != K.SEMICOLON
    return not is_tail or selected.kinds[tree.parent(slot.block)] == K.FUNCTION_ITEM


def _comes_first(selected: Selected, node: int, statement: int) -> bool:
    """Whether nothing but names of things is evaluated before the node."""
    inside = range(statement, node)
    around = set(selected.tree.path_to(node))
    plain = (K.PATH_EXPRESSION, K.LITERAL_EXPRESSION)
    return all(
        selected.kinds[each] in plain or each in around for each in inside if selected.kinds[each] in EXPRESSIONS
    )


def _can_take(selected: Selected, value: int, use: int) -> bool:
    """Whether the value can be written there, and every name in it means there what it means at the `let`."""
    tree = selected.tree
    node = tree.parent(use)
    if selected.kinds[node] not in (K.PATH_EXPRESSION, K.FIELD_INITIALIZER):
        return False
    around = tree.parent(node)
    if selected.kinds[around] == K.ASSIGNMENT_EXPRESSION and parts(tree, around)[0] == node:
        return False
    if selected.kinds[around] == K.EXPRESSION_STATEMENT and selected.kinds[value] not in _CLOSED:
        return False
    begins_statement = any(
        selected.kinds[each] == K.EXPRESSION_STATEMENT and tree.start(each) == tree.start(node)
        for each in tree.path_to(node)
    )
    if begins_statement and selected.kinds[value] not in (
        K.PATH_EXPRESSION,
        K.CALL_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
    ):
        return False
    seen = visible(selected.resolution, tree, tree.start(use))
    for token in selected.tree.descendants(value, K.IDENTIFIER, K.SELF_KEYWORD):
        written = tree.content(token)
        number = selected.resolution.variables.get(token)
        own = None if number is None else selected.resolution.bindings[number]
        if own is not None and value <= own.node < tree.after(value):
            continue
        if own is None and token in selected.resolution.names and written in seen:
            return False
        if own is not None and seen.get(written) is not own:
            return False
    return True


def _replaced(selected: Selected, value: int, use: int) -> Edit:
    tree = selected.tree
    node, written = tree.parent(use), selected.written(value)
    if selected.kinds[node] == K.FIELD_INITIALIZER:
        if tree.first(node, K.COLON) is None:
            return Edit((tree.end(use), tree.end(use)), f": {written}")
        return Edit(tree.span(use), written)
    around = tree.parent(node)
    kind = selected.kinds[value]
    is_first = parts(tree, around)[:1] == (node,)
    is_dotted = selected.kinds[around] in _DOTTED and is_first
    is_called = selected.kinds[around] == K.CALL_EXPRESSION and is_first
    needs = kind not in _CLOSED and selected.kinds[around] not in _DELIMITED
    needs |= kind == K.LITERAL_EXPRESSION and is_dotted
    needs |= is_called and kind != K.PATH_EXPRESSION
    return Edit(tree.span(node), f"({written})" if needs else written)


def _edits(selected: Selected, statement: int, uses: list[Edit]) -> FileEdits:
    removed = with_line(selected.script.text, selected.tree.span(statement))
    return selected.here(Edit(removed, ""), *uses)
