"""What the compiler tells of names, beside what we say of the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Offsets
from runekiln_analysis.resolve.meaning import Found
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_runtime.protocol import Meant, MeantItem, MeantVariable

from tests.analysis.resolve.scripts import Resolved, path_of

UNDECLARED = frozenset(
    {
        "::std::cmp::Ordering::Equal",
        "::std::cmp::Ordering::Greater",
        "::std::cmp::Ordering::Less",
        "::std::io::dbg",
    }
)
"""What Rune binds without saying so in a way that its stubs could be extracted from: to us these names are unknown."""

_PATHS = (K.PATH_EXPRESSION, K.PATH, K.PATH_PATTERN, K.IDENTIFIER_PATTERN)
_ANYTHING = "?"
_TOLD_AS_A_WHOLE = (K.CALL_EXPRESSION, K.ASSIGNMENT_EXPRESSION, K.FIELD_EXPRESSION)
# What has no name: the compiler tells of it as a whole. Attributes of a host are no items, but answer to their names.
_NAMELESS = ("Closure", "AsyncBlock", "AttributeMacro")


def wrong(found: Resolved, meant: Meant) -> Iterator[str]:
    """Where the compiler tells of another item than we do, or of another variable."""
    numbers = {file.path: number for number, file in enumerate(found.script.facts.files)}
    for told in meant.files:
        file = found.of_file(numbers[told.path])
        yield from _wrong_items(file, told.items)
        yield from _wrong_variables(file, told.variables)


def _wrong_items(found: Resolved, told: tuple[MeantItem, ...]) -> Iterator[str]:
    paths, macros = dict(_paths(found)), _macros(found)
    for item in told:
        name = item.path.rpartition("::")[2]
        if item.kind in _NAMELESS or name.startswith("$") or item.span in macros:
            continue
        said = paths.get(item.span, ())
        if item.path in UNDECLARED:
            continue
        # Blocks have numbers, each of which is a part of the paths below it.
        path = f"inner {name}" if "$" in item.path else item.path
        if path not in said and _ANYTHING not in said:
            written = found.content(item.span)
            yield f"{written} {item.span} is {item.path} for the compiler, {said} for us"


def _wrong_variables(found: Resolved, told: tuple[MeantVariable, ...]) -> Iterator[str]:
    macros = _macros(found)
    uses: dict[Offsets, list[tuple[Binding, TreeView, int]]] = {}
    for place, resolution in found.resolutions.items():
        tree = found.tree(place)
        for binding in resolution.bindings:
            for token in binding.uses:
                for span in _spans_of_use(tree, token):
                    uses.setdefault(span, []).append((binding, tree, token))
            for node in binding.captured_by:
                uses.setdefault(tree.span(node), []).append((binding, tree, node))
    for variable in told:
        if variable.span in macros:
            continue
        said = uses.get(variable.span, [])
        if not any(_is_declared_in(binding, tree, node, variable.declared) for binding, tree, node in said):
            written, declared = found.content(variable.span), found.content(variable.declared)
            yield f"{written} {variable.span} is declared in {declared}, for us in {[each[0] for each in said]}"


def _paths(found: Resolved) -> Iterator[tuple[Offsets, tuple[str, ...]]]:
    """The spans of whole paths, with what we take each for; a format string's, with all that is captured in it."""
    for place in found.resolutions:
        tree = found.tree(place)
        for node in range(len(tree)):
            if tree.kind(node) == K.FORMAT_STRING:
                captures = tree.descendants(node, K.FORMAT_CAPTURE)
                yield tree.span(node), tuple(_said(found, place, capture + 2) for capture in captures)
            if tree.kind(node) in _PATHS:
                last = tree.after(node) - 1
                names = [token for token in tree.children(node) if tree.kind(token) != K.COLON_COLON]
                last = max((token for token in names if tree.is_token(token)), default=last)
                yield tree.span(node), (_said(found, place, last),)


def _said(found: Resolved, place: ItemPlace, token: int) -> str:
    resolution, tree = found.resolutions[place], found.tree(place)
    meaning = resolution.names.get(token)
    if token not in resolution.names:
        # Where a function or the like is meant, a pattern of that name binds a variable. What a function has asked of
        # the items inside it is not kept.
        if resolution.asked is None or resolution.inner or any(tree.descendants(0, K.USE_ITEM)):
            return _ANYTHING
        asked = resolution.asked.get((tree.content(token),), Found())
        meaning = asked.meaning if asked.constant is False else None
    return "unknown" if meaning is None else path_of(found, place, meaning)


def _macros(found: Resolved) -> frozenset[Offsets]:
    """Where macros are called: the compiler tells there of what they are made of."""
    trees = map(found.tree, found.resolutions)
    calls = [(tree, node) for tree in trees for node in tree.descendants(0, K.MACRO_CALL)]
    return frozenset(tree.span(part) for tree, node in calls for part in (node, tree.first_child(node)))


def _spans_of_use(tree: TreeView, token: int) -> Iterator[Offsets]:
    """The nodes that the compiler can mean by the use of a variable at a token."""
    yield tree.span(token)
    for node in tree.path_to(token)[-5:]:
        kind = tree.kind(node)
        is_first = kind in _TOLD_AS_A_WHOLE and tree.start(node) == tree.start(token)
        if is_first or kind == K.FORMAT_STRING:
            yield tree.span(node)


def _is_declared_in(binding: Binding, tree: TreeView, node: int, span: Offsets) -> bool:
    """Whether the variable is declared in those bytes, or in a closure there that has captured it."""
    if span[0] <= tree.start(binding.node) and tree.end(binding.node) <= span[1]:
        return True
    closures = [*binding.captured_by, *((binding.origin,) if binding.kind == "closure-parameter" else ())]
    return any(
        tree.start(closure) <= span[0] and span[1] <= tree.end(closure) and closure < node for closure in closures
    )
