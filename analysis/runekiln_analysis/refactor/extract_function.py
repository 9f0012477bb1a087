"""Makes a function of an expression or of statements."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit, Offsets
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.syntax import SyntaxKind as K

from .naming import fresh, name_for
from .refactoring import FileEdits, Refactoring
from .selected import STATEMENTS, Selected, indentation, parts

_LOOPS = (K.LOOP_EXPRESSION, K.WHILE_EXPRESSION, K.FOR_EXPRESSION)
_BRANCHES = (K.BLOCK_EXPRESSION, K.IF_EXPRESSION, K.MATCH_EXPRESSION, K.PARENTHESIZED_EXPRESSION, K.BINARY_EXPRESSION)
_LEAVING = (K.RETURN_EXPRESSION, K.TRY_EXPRESSION, K.YIELD_EXPRESSION, K.SELECT_EXPRESSION)
_BODIES = (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION, K.BLOCK_EXPRESSION)
_PLAIN = (K.PATH_EXPRESSION, K.LITERAL_EXPRESSION)
_JUMPS = (K.BREAK_EXPRESSION, K.CONTINUE_EXPRESSION)
_DECLARING = (K.USE_ITEM, K.FUNCTION_ITEM, K.STRUCT_ITEM, K.ENUM_ITEM, K.IMPL_ITEM, K.MODULE_ITEM, K.CONST_ITEM)


class _Stretch(msgspec.Struct, frozen=True):
    """What becomes the body of a function: the nodes from `first` up to `after`, and the bytes of them.

    `tail` is the expression that it gives as its value, if any. `ends_statement`: a statement without a semicolon is
    replaced, and another one follows.
    """

    first: int
    after: int
    span: Offsets
    tail: int | None
    ends_statement: bool
    is_expression: bool


def extract_function(selected: Selected) -> Iterator[Refactoring]:
    """The selected expression, or the selected statements of a block, as a function that is called in their place."""
    stretch = None if selected.is_cursor else _statements(selected) or _expression(selected)
    if stretch is None or not _can_move(selected, stretch):
        return
    given = _given(selected, stretch)
    left = _left(selected, stretch)
    if any(stretch.first <= write < stretch.after for each in given for write in each.writes):
        # The function would write its own.
        return
    if _are_named_apart(given) and _are_named_apart(left) and (not left or stretch.tail is None):
        title = "Extract into a function"
        yield Refactoring(
            "extract-function", title, "refactor.extract.function", lambda: _edits(selected, stretch, given, left)
        )


def _are_named_apart(variables: tuple[Binding, ...]) -> bool:
    """Whether no two have one name: they could not all be parameters, or taken out of one tuple."""
    return len({each.name for each in variables}) == len(variables)


def _statements(selected: Selected) -> _Stretch | None:
    tree, (start, end) = selected.tree, selected.span
    blocks = (node for node in reversed(selected.path) if selected.kinds[node] == K.BLOCK)
    block = next((node for node in blocks if tree.start(node) < start and end < tree.end(node)), None)
    inside = () if block is None else parts(tree, block)
    chosen = [each for each in inside if tree.start(each) < end and start < tree.end(each)]
    if not chosen or any(tree.start(each) < start or end < tree.end(each) for each in chosen):
        return None
    if any(selected.kinds[each] not in STATEMENTS or tree.first(each, K.ATTRIBUTE) is not None for each in chosen):
        return None
    last, after = chosen[-1], tree.after(chosen[-1])
    is_open = selected.kinds[last] == K.EXPRESSION_STATEMENT and selected.kinds[after - 1] != K.SEMICOLON
    is_tail = is_open and last == inside[-1]
    tail = parts(tree, last)[0] if is_tail else None
    return _Stretch(chosen[0], after, (start, end), tail, ends_statement=not is_tail, is_expression=False)


def _expression(selected: Selected) -> _Stretch | None:
    tree, node = selected.tree, selected.expression
    if node is None or selected.kinds[node] in _PLAIN or selected.written(node).strip("{} \n") == "":
        return None
    around = tree.parent(node)
    is_called = selected.kinds[around] == K.CALL_EXPRESSION and parts(tree, around)[0] == node
    if is_called or _is_place(selected, node) or selected.kinds[around] in (K.FORMAT_STRING, K.ATTRIBUTE):
        return None
    if selected.kinds[around] == K.MACRO_ARGUMENTS and parts(tree, around)[0] == node:
        return None
    return _Stretch(node, tree.after(node), selected.span, node, ends_statement=False, is_expression=True)


def _is_place(selected: Selected, node: int) -> bool:
    """Whether something is assigned to it, or to a part of it."""
    return any(
        selected.kinds[each] == K.ASSIGNMENT_EXPRESSION and node < selected.tree.after(each + 1) and node != each
        for each in selected.tree.path_to(node)
    )


def _can_move(selected: Selected, stretch: _Stretch) -> bool:
    """Whether it goes through from top to bottom, and every name in it means the same outside of the function."""
    inside = range(stretch.first, stretch.after)
    kinds = selected.kinds
    is_closed = selected.script.text[slice(*selected.outermost.span)].endswith(b"}")
    around = (selected.statement_around(each) for each in _roots(selected, stretch))
    if not is_closed or any(map(selected.is_broken, around)):
        return False
    if any(kinds[each] in (*_LEAVING, K.ERROR, K.LABEL, K.TOKEN_TREE) for each in inside):
        return False
    if any(kinds[each] in _DECLARING for each in range(1, len(kinds))) or selected.is_constant(stretch.first):
        return False
    if any(token in inside for token in selected.resolution.opaque):
        return False
    if any(not _stays_inside(selected, stretch, each) for each in inside if kinds[each] in _JUMPS):
        return False
    if K.AWAIT_EXPRESSION in kinds[stretch.first : stretch.after] and not _is_async(selected, stretch.first):
        return False
    return not _is_lost(selected, stretch)


def _roots(selected: Selected, stretch: _Stretch) -> Iterator[int]:
    """The statements in it, or the expression that it is."""
    node = stretch.first
    while node < stretch.after:
        yield node
        node = selected.tree.after(node)


def _stays_inside(selected: Selected, stretch: _Stretch, jump: int) -> bool:
    """Whether the loop that it is about is in the stretch."""
    around = selected.tree.path_to(jump)
    return any(selected.kinds[each] in _LOOPS for each in around if each >= stretch.first)


def _is_async(selected: Selected, node: int) -> bool:
    """Whether something can be waited for where the node stands."""
    around = [each for each in selected.tree.path_to(node)[:-1] if selected.kinds[each] in _BODIES]
    bodies = [each for each in around if selected.kinds[each] != K.BLOCK_EXPRESSION or _has_async(selected, each)]
    return bool(bodies) and _has_async(selected, bodies[-1])


def _has_async(selected: Selected, node: int) -> bool:
    return selected.tree.first(node, K.ASYNC_KEYWORD) is not None


def _is_lost(selected: Selected, stretch: _Stretch) -> bool:
    """Whether the value may be a variable of a block in it, which 0.14.2 drops before the caller reads it."""
    node = stretch.tail
    if node is None or selected.kinds[node] not in _BRANCHES:
        return False
    declared = [binding.node for binding in selected.resolution.bindings]
    return any(node < each < selected.tree.after(node) for each in declared)


def _given(selected: Selected, stretch: _Stretch) -> tuple[Binding, ...]:
    """The variables that it uses and are declared before it, in the order of their first use."""
    found: dict[int, None] = {}
    for token, number in sorted(selected.resolution.variables.items()):
        binding = selected.resolution.bindings[number]
        is_own = stretch.first <= binding.node < stretch.after
        if stretch.first <= token < stretch.after and not is_own and binding.kind not in ("label", "format-argument"):
            found[number] = None
    return tuple(selected.resolution.bindings[number] for number in found)


def _left(selected: Selected, stretch: _Stretch) -> tuple[Binding, ...]:
    """The variables that are declared in it and used behind it."""
    return tuple(
        binding
        for binding in selected.resolution.bindings
        if stretch.first <= binding.node < stretch.after and any(use >= stretch.after for use in binding.uses)
    )


def _edits(selected: Selected, stretch: _Stretch, given: tuple[Binding, ...], left: tuple[Binding, ...]) -> FileEdits:
    wanted = name_for(selected, stretch.first) if stretch.is_expression else "extracted"
    name = fresh(selected, wanted)
    text = selected.script.text
    is_method = any(each.name == "self" for each in given)
    others = [each.name for each in given if each.name != "self"]
    names_type = K.SELF_TYPE_KEYWORD in selected.kinds[stretch.first : stretch.after]
    path = "self." if is_method else "Self::" if names_type else ""
    waits = K.AWAIT_EXPRESSION in selected.kinds[stretch.first : stretch.after]
    call = f"{path}{name}({', '.join(others)}){'.await' if waits else ''}"
    result = ", ".join(each.name for each in left)
    result = f"({result})" if len(left) > 1 else result
    if left:
        call = f"let {result} = {call};"
    else:
        call += _ending(selected, stretch)
    owner = selected.item if path else selected.outermost
    blanks = indentation(text, owner.span[0])
    body = _body(selected, stretch, f"{blanks}    ")
    lines = [body, *([f"{blanks}    {result}"] if left else [])]
    header = f"{'async ' if waits else ''}fn {name}({', '.join((*(['self'] if is_method else []), *others))})"
    written = "\n".join((f"\n\n{blanks}{header} {{", *lines, f"{blanks}}}"))
    end = owner.span[1]
    return selected.here(Edit(stretch.span, call), Edit((end, end), written))


def _ending(selected: Selected, stretch: _Stretch) -> str:
    """What a call needs behind it where a brace was enough of an end, and something follows."""
    tree, around = selected.tree, selected.tree.parent(stretch.first)
    if not stretch.is_expression:
        return ";" if stretch.ends_statement else ""
    is_last = tree.after(around) == tree.after(tree.parent(around)) - 1
    match selected.kinds[around]:
        case K.EXPRESSION_STATEMENT if not is_last and selected.kinds[tree.after(around) - 1] != K.SEMICOLON:
            return ";"
        case K.MATCH_ARM if not is_last and stretch.after == tree.after(around):
            return ","
    return ""


def _body(selected: Selected, stretch: _Stretch, blanks: str) -> str:
    """The text, moved to where it stands now unless a text in it goes over several lines."""
    start, end = stretch.span
    written = selected.script.text[start:end].decode()
    tokens = (each for each in range(stretch.first, stretch.after) if selected.tree.is_token(each))
    if any("\n" in selected.written(each) for each in tokens):
        return blanks + written
    before = indentation(selected.script.text, start)
    first, *others = written.split("\n")
    moved = (f"{blanks}{line.removeprefix(before)}" if line.strip() else line for line in others)
    return "\n".join((blanks + first, *moved))
