"""Gives the value of an expression a name, in front of the statement that uses it."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, Named

from .evaluation import COPIED, Slot, acts, leaves, same_text, slot_of, variables_in
from .naming import fresh, name_for
from .refactoring import FileEdits, Refactoring, RefactoringKind
from .selected import EXPRESSIONS, Selected, indentation, parts, starts_line

# What has no value worth a name, or is none by itself.
_LEFT_OUT = frozenset(
    (
        K.PATH_EXPRESSION,
        K.ASSIGNMENT_EXPRESSION,
        K.WHILE_EXPRESSION,
        K.FOR_EXPRESSION,
        K.BREAK_EXPRESSION,
        K.CONTINUE_EXPRESSION,
        K.RETURN_EXPRESSION,
        K.YIELD_EXPRESSION,
    )
)


def extract_variable(selected: Selected) -> Iterator[Refactoring]:
    """The expression as a variable; a second choice takes all that are the same in the rest of its block."""
    node = selected.expression
    if node is None or not _can_move(selected, node):
        return
    slot = slot_of(selected, node)
    if slot is None or (slot.block is None and slot.statement == node) or _is_lost(selected, node, slot):
        return

    if selected.is_cursor and _gives_block(selected, node, slot):
        # Somebody who only passes by has no use for it.
        return

    def made(nodes: tuple[int, ...]) -> FileEdits:
        return _edits(selected, node, slot, nodes)

    kind: RefactoringKind = "refactor.extract.variable"
    yield Refactoring("extract-variable", "Extract into a variable", kind, lambda: made((node,)))
    others = _others(selected, node, slot)
    if others:
        title = f"Extract all {len(others) + 1} into a variable"
        yield Refactoring("extract-all", title, kind, lambda: made((node, *others)))


def _can_move(selected: Selected, node: int) -> bool:
    tree, kind = selected.tree, selected.kinds[node]
    around = tree.parent(node)
    if kind in _LEFT_OUT or selected.is_broken(selected.statement_around(node)) or leaves(selected, node):
        return False
    if any(_is_target(selected, each, node) for each in tree.path_to(node)) or selected.is_constant(node):
        return False
    if kind == K.LITERAL_EXPRESSION and selected.kinds[around] == K.NAMED_ARGUMENT:
        # How wide a format is, say, the compiler must know.
        return False
    if selected.kinds[around] == K.LET_STATEMENT or selected.inferred.type_of(node) in (UNIT, NEVER):
        return False
    if selected.kinds[around] == K.MACRO_ARGUMENTS and parts(tree, around)[0] == node and _is_format(selected, around):
        return False
    return not (selected.kinds[around] == K.CALL_EXPRESSION and parts(tree, around)[0] == node)


def _is_format(selected: Selected, arguments: int) -> bool:
    """Whether the first thing in a macro's arguments is what it makes a text of."""
    name = selected.written(selected.tree.parent(arguments) + 1)
    return name in ("format", "panic", "print", "println")


def _is_target(selected: Selected, assignment: int, node: int) -> bool:
    if selected.kinds[assignment] != K.ASSIGNMENT_EXPRESSION:
        return False
    target = parts(selected.tree, assignment)[0]
    return target <= node < selected.tree.after(target)


def _is_lost(selected: Selected, node: int, slot: Slot) -> bool:
    """Whether the block would give the variable itself, which 0.14.2 may drop before it is read.

    Only a function's own block keeps its variables. `a || b` gives `a` itself, too.
    """
    tree, kinds = selected.tree, selected.kinds
    if slot.block is None:
        return kinds[slot.statement] == K.BINARY_EXPRESSION and _is_chosen_by(selected, slot.statement)
    whole = parts(tree, slot.statement)[0]
    is_statement = kinds[slot.statement] == K.EXPRESSION_STATEMENT
    if not is_statement or kinds[tree.after(slot.statement) - 1] == K.SEMICOLON:
        return False
    if tree.after(slot.statement) != tree.after(slot.block) - 1:
        return whole == node
    if kinds[tree.parent(slot.block)] == K.FUNCTION_ITEM:
        return False
    return whole == node or (kinds[whole] == K.BINARY_EXPRESSION and _is_chosen_by(selected, whole))


def _is_chosen_by(selected: Selected, operation: int) -> bool:
    return any(
        selected.kinds[each] in (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE) for each in selected.tree.children(operation)
    )


def _edits(selected: Selected, node: int, slot: Slot, nodes: tuple[int, ...]) -> FileEdits:
    name, written = fresh(selected, name_for(selected, node)), selected.written(node)
    tree, text = selected.tree, selected.script.text
    declared = f"let {name} = {written};"
    start, end = tree.span(slot.statement)
    if slot.block is None:
        first = Edit((start, start), f"{{ {declared} ")
        return selected.here(first, *_uses(selected, nodes, name), Edit((end, end), " }"))
    if _is_whole_statement(selected, node, slot):
        semicolon = tree.after(slot.statement) - 1
        if selected.kinds[semicolon] == K.SEMICOLON:
            later = _uses(selected, tuple(each for each in nodes if each != node), name)
            return selected.here(Edit((start, start), f"let {name} = "), *later)
    blanks = f"\n{indentation(text, start)}" if starts_line(text, start) else " "
    return selected.here(Edit((start, start), f"{declared}{blanks}"), *_uses(selected, nodes, name))


def _is_whole_statement(selected: Selected, node: int, slot: Slot) -> bool:
    is_expression = selected.kinds[slot.statement] == K.EXPRESSION_STATEMENT
    return is_expression and parts(selected.tree, slot.statement)[0] == node


def _gives_block(selected: Selected, node: int, slot: Slot) -> bool:
    """Whether its value is that of the block."""
    last = selected.tree.after(slot.statement) - 1
    is_whole = slot.block is not None and _is_whole_statement(selected, node, slot)
    return is_whole and selected.kinds[last] != K.SEMICOLON


def _uses(selected: Selected, nodes: tuple[int, ...], name: str) -> list[Edit]:
    return [Edit(selected.tree.span(node), name) for node in nodes]


def _others(selected: Selected, node: int, slot: Slot) -> tuple[int, ...]:
    """The same expressions later in the block, where all that is between leaves their value the same."""
    tree, kinds = selected.tree, selected.kinds
    if slot.block is None or acts(selected, node) or not _is_copied(selected, node):
        return ()
    end = tree.after(slot.block)
    found = [
        each
        for each in range(tree.after(node), end)
        if kinds[each] == kinds[node] and same_text(tree, node, each) and _can_stand_for(selected, each)
    ]
    used = variables_in(selected, node)
    reads_parts = any(kind in (K.FIELD_EXPRESSION, K.INDEX_EXPRESSION) for kind in kinds[node : tree.after(node)])
    bindings = [selected.resolution.bindings[number] for number in used]
    is_written = any(write > slot.block for binding in bindings for write in binding.writes)
    if is_written or reads_parts:
        return ()
    keeps = selected.kinds[tree.parent(slot.block)] == K.FUNCTION_ITEM
    return tuple(
        each for each in found if variables_in(selected, each) == used and (keeps or not _is_given_on(selected, each))
    )


def _is_given_on(selected: Selected, node: int) -> bool:
    """Whether it is the value of what is around it, see `_is_lost`."""
    around = selected.tree.parent(node)
    match selected.kinds[around]:
        case K.EXPRESSION_STATEMENT:
            return selected.kinds[selected.tree.after(around) - 1] != K.SEMICOLON
        case K.BINARY_EXPRESSION:
            return _is_chosen_by(selected, around)
    return selected.kinds[around] in (K.MATCH_ARM, K.CLOSURE_EXPRESSION, K.PARENTHESIZED_EXPRESSION)


def _can_stand_for(selected: Selected, node: int) -> bool:
    tree = selected.tree
    path = tree.path_to(node)
    is_target = any(_is_target(selected, each, node) for each in path)
    # A function inside the function sees no variables of it.
    inside = [each for each in path[1:] if selected.kinds[each] in (K.FUNCTION_ITEM, K.CONST_ITEM)]
    return not is_target and not inside and selected.kinds[node] in EXPRESSIONS


def _is_copied(selected: Selected, node: int) -> bool:
    """Whether the value is such that two names of it are not told from two values."""
    kind = settled(selected.inferred.type_of(node))
    return isinstance(kind, Named) and kind.name in COPIED
