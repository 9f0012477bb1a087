"""Writes down types: those that are known, as annotations; and annotations as lines of documentation, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.declarations import function_declaration
from runekiln_analysis.facts import Edit, Offsets
from runekiln_analysis.flow.inference import return_type
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.functions import parameter_types, stated_type
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import (
    UNIT,
    FunctionOf,
    KeyedObject,
    Named,
    Never,
    ObjectOf,
    TupleOf,
    Type,
    UnionOf,
    Unknown,
    show,
)

from .refactoring import Refactoring, RefactoringKind
from .selected import Selected, indentation

_KIND: RefactoringKind = "refactor.rewrite.annotations"
_GENERATORS = ("Generator", "Stream")
# A tag that describes more than the type stays where it is.
_PARAMETER_LINE = re.compile(rb"[ \t]*///[ \t]*@param[ \t]+(\w+)[ \t]*:[ \t]*([^\r\n]+?)[ \t]*\r?\n")
_RETURN_LINE = re.compile(rb"[ \t]*///[ \t]*@returns?[ \t]+([^\r\n]+?)[ \t]*\r?\n")
_DESCRIBED = re.compile(rb"\s[-\xe2]")


def annotate_types(selected: Selected) -> Iterator[Refactoring]:
    """The types that are known of a function's parameters and result, or of the variable of a `let`."""
    edits = list(_of_header(selected) if _in_header(selected) else _of_let(selected))
    if edits and not selected.is_broken(0):
        title = "Annotate with the type" if len(edits) == 1 else "Annotate with the types"
        yield Refactoring("annotate-types", title, _KIND, lambda: selected.here(*edits))


def annotations_to_documentation(selected: Selected) -> Iterator[Refactoring]:
    """The annotations of a function's header as `@param` and `@return` lines."""
    if not _in_header(selected) or selected.is_broken(0):
        return
    tree, docs = selected.tree, selected.item.docs
    found = [(f"@param {name}: ", node) for name, _, node in _parameters(selected) if node is not None]
    returned = tree.first(0, K.RETURN_TYPE)
    found += [] if returned is None else [("@return ", returned)]
    if not found or any(re.search(rf"^\s*{re.escape(tag.rstrip(': '))}\b", docs, re.MULTILINE) for tag, _ in found):
        return
    text, start = selected.script.text, tree.start(next(node for node in range(len(tree)) if tree.is_token(node)))
    blanks = indentation(text, start)
    line_end = "\r\n" if b"\r\n" in text else "\n"
    lines = "".join(f"/// {tag}{selected.written(node).lstrip(':->').strip()}{line_end}{blanks}" for tag, node in found)
    gone = [Edit((tree.end(tree.previous_token(node) or 0), tree.end(node)), "") for _, node in found]
    title = "Move the annotations into the documentation"
    yield Refactoring("annotations-to-docs", title, _KIND, lambda: selected.here(Edit((start, start), lines), *gone))


def documentation_to_annotations(selected: Selected) -> Iterator[Refactoring]:
    """The `@param` and `@return` lines of a function's documentation that only state types, as annotations."""
    if not _in_header(selected) or selected.is_broken(0):
        return
    tree, text, start = selected.tree, selected.script.text, selected.item.span[0]
    first = tree.start(next(node for node in range(len(tree)) if tree.is_token(node)))
    start = text.rfind(b"\n", 0, start) + 1
    free = {name: pattern for name, pattern, node in _parameters(selected) if node is None}
    edits: list[Edit] = []
    for line in _PARAMETER_LINE.finditer(text, start, first):
        pattern = free.pop(line[1].decode(), None)
        if pattern is not None and _is_type(selected, line[2]):
            edits += _moved(line.span(), tree.end(pattern), f": {line[2].decode()}")
    listed = tree.first(0, K.PARAMETER_LIST)
    returns = _RETURN_LINE.search(text, start, first)
    is_free = tree.first(0, K.RETURN_TYPE) is None
    if returns is not None and listed is not None and is_free and _is_type(selected, returns[1]):
        edits += _moved(returns.span(), tree.end(listed), f" -> {returns[1].decode()}")
    if edits:
        title = "Write the types of the documentation as annotations"
        yield Refactoring("docs-to-annotations", title, _KIND, lambda: selected.here(*edits))


def _in_header(selected: Selected) -> bool:
    """Whether all of the selection is before the body of a function, and not in an attribute."""
    body = selected.tree.first(0, K.BLOCK)
    if selected.item.kind != "function" or (body is not None and selected.span[1] > selected.tree.start(body)):
        return False
    return all(selected.kinds[node] not in (K.BLOCK, K.ATTRIBUTE) for node in selected.path)


def _parameters(selected: Selected) -> Iterator[tuple[str, int, int | None]]:
    """The plain parameters: the name, its pattern and its annotation."""
    tree = selected.tree
    listed = tree.first(0, K.PARAMETER_LIST)
    for node in () if listed is None else tree.children(listed):
        pattern = tree.first(node, K.IDENTIFIER_PATTERN) if selected.kinds[node] == K.PARAMETER else None
        if pattern is not None:
            yield tree.content(pattern), pattern, tree.first(node, K.TYPE_ANNOTATION)


def _of_header(selected: Selected) -> Iterator[Edit]:
    tree = selected.tree
    declared = function_declaration(selected.script, selected.number)
    types = parameter_types(selected.script, selected.number)
    known = {each.name: kind for each, kind in zip(declared.parameters, types, strict=True) if each.type is None}
    for name, pattern, _ in _parameters(selected):
        written = _annotation(selected, known.get(name))
        if written is not None:
            yield Edit((tree.end(pattern),) * 2, f": {written}")
    listed = tree.first(0, K.PARAMETER_LIST)
    if listed is not None and declared.returns is None:
        returns = return_type(selected.script, selected.number)
        if declared.is_async and isinstance(returns, Named) and returns.name == "Future":
            returns = returns.arguments[0] if returns.arguments else None
        is_plain = not (isinstance(returns, Named) and returns.name in _GENERATORS)
        written = _annotation(selected, returns) if is_plain and returns != UNIT else None
        if written is not None:
            yield Edit((tree.end(listed),) * 2, f" -> {written}")


def _of_let(selected: Selected) -> Iterator[Edit]:
    """The variable at the cursor. One that is assigned to again may come to be something else."""
    tree = selected.tree
    node = next((each for each in selected.path if selected.kinds[each] == K.LET_STATEMENT), None)
    pattern = None if node is None else tree.first(node, K.IDENTIFIER_PATTERN)
    if node is None or pattern is None or tree.first(node, K.TYPE_ANNOTATION) is not None:
        return
    binding = selected.binding(tree.first_child(pattern))
    is_at_it = tree.start(node) <= selected.span[0] and selected.span[1] <= tree.end(pattern)
    if is_at_it and binding is not None and not binding.writes and not selected.is_constant(node):
        written = _annotation(selected, settled(selected.inferred.type_of(binding.node)))
        if written is not None:
            yield Edit((tree.end(pattern),) * 2, f": {written}")


def _annotation(selected: Selected, kind: Type | None) -> str | None:
    """The type as it can be stated at this place; `None` if it cannot, or nothing is known."""
    plain = UNIT if kind is None else _plain(kind)
    if plain == UNIT or isinstance(plain, Unknown | Never):
        return None
    written = show(plain)
    stated = stated_type(selected.script, selected.script.module_of(selected.number), written)
    return written if stated is not None and _plain(stated) == plain else None


def _plain(kind: Type) -> Type:
    """The type with what an annotation can say of it, and holes in the place of what is never there."""
    match kind:
        case Named(name, arguments, item):
            inner = tuple(map(_plain, arguments))
            return Named(name, inner if any(not isinstance(each, Unknown) for each in inner) else (), item)
        case TupleOf(members):
            return TupleOf(tuple(map(_plain, members)))
        case UnionOf(members):
            return UnionOf(tuple(map(_plain, members)))
        case ObjectOf() | KeyedObject():
            return Named("Object")
        case FunctionOf():
            return Named("Function")
    return kind


def _is_type(selected: Selected, written: bytes) -> bool:
    module = selected.script.module_of(selected.number)
    return _DESCRIBED.search(written) is None and stated_type(selected.script, module, written.decode()) is not None


def _moved(line: Offsets, place: int, annotation: str) -> tuple[Edit, Edit]:
    return Edit(line, ""), Edit((place, place), annotation)
