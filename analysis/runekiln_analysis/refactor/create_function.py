"""Writes the function that is called and does not exist."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit
from runekiln_analysis.members import member_name
from runekiln_analysis.resolve.items import scope_at_offset
from runekiln_analysis.resolve.meaning import NOTHING, OwnItem
from runekiln_analysis.resolve.scope import find
from runekiln_analysis.rune_words import KEYWORDS
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.states.building import machines
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named

from .naming import name_for
from .refactoring import FileEdits, Refactoring
from .selected import Selected, indentation, parts, starts_line

_OWNERS = ("struct", "enum")
_OF_MACHINES = ("context", "event")


class _Wanted(msgspec.Struct, frozen=True):
    """A function by its header, and what it goes into: the item of that number, or the module around."""

    name: str
    parameters: tuple[str, ...]
    is_async: bool
    owner: int | None

    def header(self) -> str:
        return f"{self.name}({', '.join(self.parameters)})"


def create_function(selected: Selected) -> Iterator[Refactoring]:
    """The function, method or handler at the cursor, with the parameters that it is called with."""
    wanted = _wanted(selected)
    if wanted is not None and wanted.name not in KEYWORDS:
        title = f"Create `{wanted.header()}`"
        yield Refactoring("create-function", title, "quickfix", lambda: _edits(selected, wanted))


def _wanted(selected: Selected) -> _Wanted | None:
    for node in reversed(selected.path):
        match selected.kinds[node]:
            case K.PATH_EXPRESSION:
                return None if selected.is_constant(node) else _of_path(selected, node)
            case K.METHOD_CALL_EXPRESSION:
                return _of_method(selected, node)
            case K.ARGUMENT_LIST | K.BLOCK:
                return None
    return None


def _of_path(selected: Selected, node: int) -> _Wanted | None:
    tree = selected.tree
    written = selected.written(node)
    path = tuple(written.split("::"))
    token = tree.last_word(node)
    if any(selected.kinds[each] == K.MODULE_ITEM for each in selected.path):
        # It does not see what is around it.
        return None
    if token is None or token in selected.resolution.variables or not all(each.isidentifier() for each in path):
        return None
    scope = scope_at_offset(selected.script, selected.number, tree.start(node))
    if find(scope, path) != NOTHING or len(path) > 2 or not _is_broken(selected):
        return None
    owner = None if len(path) == 1 else find(scope, path[:-1]).meaning
    if len(path) > 1 and not (isinstance(owner, OwnItem) and _can_hold(selected, owner.place)):
        return None
    number = owner.place.number if isinstance(owner, OwnItem) else None
    around = tree.parent(node)
    if selected.kinds[around] == K.CALL_EXPRESSION and parts(tree, around)[0] == node:
        listed = tree.first(around, K.ARGUMENT_LIST)
        is_async = selected.kinds[tree.parent(around)] == K.AWAIT_EXPRESSION
        names = () if listed is None else _names(selected, parts(tree, listed))
        return _Wanted(path[-1], names, is_async, number)
    if selected.kinds[around] == K.ARGUMENT_LIST and _is_handler(selected, node):
        return _Wanted(path[-1], _OF_MACHINES, is_async=False, owner=number)
    return None


def _is_broken(selected: Selected) -> bool:
    """Whether the compiler has found an error in the function: what is not there is one."""
    problems = selected.script.main.problems
    return any(each.severity == "error" and each.item in (None, selected.number) for each in problems)


def _of_method(selected: Selected, node: int) -> _Wanted | None:
    name = member_name(selected.tree, node) or ""
    receiver = parts(selected.tree, node)[0]
    kind = selected.inference.type_of(receiver)
    dot = selected.tree.first(node, K.DOT)
    if dot is None or not isinstance(kind, Named) or kind.item is None or kind.item < 0 or not name.isidentifier():
        return None
    if selected.span[0] < selected.tree.start(dot) or selected.inference.member_of_type(kind, name) is not None:
        return None
    listed = selected.tree.first(node, K.ARGUMENT_LIST)
    names = () if listed is None else _names(selected, parts(selected.tree, listed))
    is_async = selected.kinds[selected.tree.parent(node)] == K.AWAIT_EXPRESSION
    return _Wanted(name, ("self", *names), is_async, kind.item)


def _can_hold(selected: Selected, place: ItemPlace) -> bool:
    """Whether it is a type or a module that stands in this file with its braces."""
    if place.file != 0:
        return False
    item = selected.script.main.items[place.number]
    is_written = selected.script.text[slice(*item.span)].endswith(b"}")
    return item.kind in _OWNERS or (item.kind == "module" and is_written)


def _is_handler(selected: Selected, node: int) -> bool:
    """Whether a state machine is to call it."""
    return any(
        node in (*(state.handler for state in machine.states), *(way.on for way in machine.transitions))
        for machine in machines(selected.tree, selected.kinds, selected.resolution)
    )


def _names(selected: Selected, arguments: tuple[int, ...]) -> tuple[str, ...]:
    """A name for each argument, no two the same."""
    found: list[str] = []
    for node in arguments:
        name = name_for(selected, node)
        wanted = name if name not in KEYWORDS else "value"
        number, name = 2, wanted
        while name in found:
            name, number = f"{wanted}_{number}", number + 1
        found.append(name)
    return tuple(found)


def _edits(selected: Selected, wanted: _Wanted) -> FileEdits:
    text, items = selected.script.text, selected.script.main.items
    if wanted.owner is None:
        start, end = selected.outermost.span
        return selected.here(Edit((end, end), f"\n\n{_written(wanted, indentation(text, start), '')}"))
    item = items[wanted.owner]
    if item.kind == "module":
        return selected.here(_inside(text, item.span, wanted))
    blocks = (each for each in items if each.kind == "impl" and each.parent == item.parent and each.name == item.name)
    block = next((each for each in blocks if text[slice(*each.span)].endswith(b"}")), None)
    if block is not None:
        return selected.here(_inside(text, block.span, wanted))
    blanks, end = indentation(text, item.span[0]), item.span[1]
    written = _written(wanted, f"{blanks}    ", "pub ")
    # A struct without fields ends behind its item.
    end += text[end : end + 1] == b";"
    return selected.here(Edit((end, end), f"\n\n{blanks}impl {item.name} {{\n{written}\n{blanks}}}"))


def _inside(text: bytes, span: tuple[int, int], wanted: _Wanted) -> Edit:
    """At the end of what is in braces."""
    blanks, brace = indentation(text, span[0]), span[1] - 1
    written = _written(wanted, f"{blanks}    ", "pub ")
    if not starts_line(text, brace):
        return Edit((brace, brace), f"\n{written}\n{blanks}")
    line = text.rfind(b"\n", 0, brace) + 1
    above = "" if text[:brace].rstrip().endswith(b"{") else "\n"
    return Edit((line, line), f"{above}{written}\n")


def _written(wanted: _Wanted, blanks: str, visibility: str) -> str:
    opening = f"{visibility}{'async ' if wanted.is_async else ''}fn"
    return f'{blanks}{opening} {wanted.header()} {{\n{blanks}    panic!("not written yet")\n{blanks}}}'
