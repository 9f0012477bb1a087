"""Gives a literal a name at the top of its module."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .naming import constant_name, fresh
from .refactoring import FileEdits, Refactoring, RefactoringKind
from .selected import Selected, indentation

_LITERALS = (K.NUMBER_LITERAL, K.STRING_LITERAL, K.CHARACTER_LITERAL, K.TRUE_KEYWORD, K.FALSE_KEYWORD)

# A module inside a function does not see what is around it.
_OTHER_PLACES = (K.ATTRIBUTE, K.NAMED_ARGUMENT, K.TOKEN_TREE, K.MODULE_ITEM, K.ERROR)


def extract_constant(selected: Selected) -> Iterator[Refactoring]:
    """The literal as a constant in front of the function; a second choice takes all in the functions of its module."""
    node = _literal(selected)
    if node is None or selected.item.kind != "function":
        return
    kind: RefactoringKind = "refactor.extract.constant"
    found = tuple(_same(selected, node))

    def made(spans: tuple[tuple[int, int], ...]) -> FileEdits:
        name = fresh(selected, constant_name(selected, node))
        start = selected.outermost.span[0]
        blanks = indentation(selected.script.text, start)
        declared = f"const {name} = {selected.written(node)};\n\n{blanks}"
        return selected.here(Edit((start, start), declared), *(Edit(span, name) for span in spans))

    yield Refactoring("extract-constant", "Extract into a constant", kind, lambda: made((selected.tree.span(node),)))
    if len(found) > 1:
        title = f"Extract all {len(found)} into a constant"
        yield Refactoring("extract-all-constants", title, kind, lambda: made(found))


def _literal(selected: Selected) -> int | None:
    """The literal at the cursor, or the one that is selected."""
    node = next((each for each in selected.path if selected.kinds[each] == K.LITERAL_EXPRESSION), None)
    if node is None or selected.kinds[selected.tree.first_child(node)] not in _LITERALS:
        return None
    is_selected = selected.is_cursor or selected.tree.span(node) == selected.span
    return node if is_selected and _can_be_named(selected.tree, node) else None


def _can_be_named(tree: TreeView, node: int) -> bool:
    """Whether a path can stand there: not in attributes, in what macros make texts of, or where these say how."""
    around = tree.parent(node)
    if tree.kind(around) == K.MACRO_ARGUMENTS:
        return tree.children(around).index(node) > 1
    return all(tree.kind(each) not in _OTHER_PLACES for each in tree.path_to(node))


def _same(selected: Selected, node: int) -> Iterator[tuple[int, int]]:
    """The same literals in all functions of the module behind the constant, this one among them."""
    script, module = selected.script, selected.script.module_of(selected.number)
    written = selected.written(node)
    for number, item in enumerate(script.main.items):
        if item.kind != "function" or script.module_of(number) != module:
            continue
        tree = script.tree(number)
        for each in tree.descendants(0, K.LITERAL_EXPRESSION):
            if tree.content(each) == written and _can_be_named(tree, each):
                yield tree.span(each)
