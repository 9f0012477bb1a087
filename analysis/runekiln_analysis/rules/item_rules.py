"""What the rules that look at one function or constant at a time are given, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from runekiln_analysis.facts import Edit, Fix, Item, Problem, Related
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.resolve.table import Table
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView


class ResolvedItem:
    """A function or constant of the script, by its number, with its tree and what the names in it mean.

    `table` is that of the script, or of an older text of which all headers are the same. `kinds` has the kind of each
    node in one byte, `resolution` what the names mean. Offsets count from the start of the item. `is_broken`:
    something in its syntax is, so that what it lacks may be what is missing in it. `is_all_declared`: no error is
    where types and functions are declared, so that what is not declared does not exist.
    """

    def __init__(
        self, script: Script, number: int, table: Table, resolution: Resolution, *, is_all_declared: bool = True
    ) -> None:
        self.script = script
        self.table = table
        self.resolution = resolution
        self.number = number
        self.item: Item = script.main.items[number]
        start, end = self.item.span
        self.kinds = self.item.tree[::16]
        self.tree = TreeView(self.item.tree, script.text[start:end], 0)
        self.is_broken = K.ERROR in self.kinds
        self.is_all_declared = is_all_declared
        # See `doubted_variables`.
        self.doubted: frozenset[int] | None = None

    def nodes(self, kind: int) -> Iterator[int]:
        """The nodes of that kind, in the order of the text."""
        node = self.kinds.find(kind)
        while node >= 0:
            yield node
            node = self.kinds.find(kind, node + 1)


class Finding(msgspec.Struct, frozen=True, gc=False):
    """A problem of an item, all of its offsets counted from the item's start.

    `declared` is the item that it is about, if that is another one. `only_if_called` is a function: the finding
    holds if that is nowhere handed on as a value. `only_if_whole`: it holds if the compiler finds no error in the item.
    One that holds `only_if_complete` is about a state machine which the item returns: it holds if no function of the
    script adds to machines of others. `without_method` is a name: the finding holds if no `impl` inside a function
    declares a function of that name.
    """

    problem: Problem
    declared: ItemPlace | None = None
    only_if_called: int | None = None
    only_if_whole: bool = False
    only_if_complete: bool = False
    without_method: str | None = None


Rule = Callable[[ResolvedItem], Iterator[Finding]]

TypedRule = Callable[[ResolvedItem, Inferred], Iterator[Finding]]
"""It is given what is inferred of the item, too, and asks for the types of others only by what stands in that."""


def placed(script: Script, number: int, finding: Finding) -> Problem:
    """The problem with absolute offsets."""
    problem, start = finding.problem, script.main.items[number].span[0]
    related = () if finding.declared is None else tuple(_declared(script, finding.declared))
    fixes = tuple(
        Fix(fix.title, tuple(_moved(edit, start) for edit in fix.edits), fix.is_safe) for fix in problem.fixes
    )
    span = (problem.span[0] + start, problem.span[1] + start)
    return msgspec.structs.replace(problem, span=span, fixes=fixes, related=related)


def broken_items(script: Script) -> frozenset[int]:
    """The numbers of the items of the script that have an error in them."""
    errors = (each for each in script.main.problems if each.severity == "error")
    numbers = (script.item_at(each.span[0]) if each.item is None else each.item for each in errors)
    return frozenset(number for number in numbers if number is not None)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit((edit.span[0] + by, edit.span[1] + by), edit.text)


def _declared(script: Script, place: ItemPlace) -> Iterator[Related]:
    item = script.item(place)
    start = item.span[0]
    span = (start + item.name_span[0], start + item.name_span[1])
    yield Related(script.facts.files[place.file].path, span, f"`{item.name}` is declared here")
