"""Whether what a script does not declare surely does not exist: not while its declarations are being written."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.edited_bodies import body_start
from runekiln_analysis.facts import FileFacts, Problem
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K

# What these errors take along reaches beyond the item that they are in.
_REACHING_FURTHER = ("unclosed", "unterminated", "unexpected-closing", "ambiguous", "duplicate")


def is_all_declared(script: Script) -> bool:
    """Whether no error is outside the bodies of functions and constants."""
    return not any(
        problem.severity == "error" and not _is_in_body(file, problem)
        for file in script.facts.files
        for problem in file.problems
    )


def _is_in_body(file: FileFacts, problem: Problem) -> bool:
    if problem.item is None or problem.code.startswith(_REACHING_FURTHER):
        return False
    body = body_start(file.items[problem.item])
    return body is not None and problem.span[0] >= body


def inner_methods(item: ResolvedItem) -> Iterator[str]:
    """The names of the functions in the `impl` blocks that stand inside of an item: all of the script sees those."""
    tree = item.tree
    for block in item.nodes(K.IMPL_ITEM):
        for function in tree.descendants(block, K.FUNCTION_ITEM):
            name = tree.first(function, K.NAME)
            if name is not None:
                yield tree.content(name)


def may_be_added(item: ResolvedItem, name: str) -> bool:
    """Whether the script may add a method of that name to a type, though it is not among what is known of that."""
    script = item.script
    homes = item.table.homes.items()
    of_host_types = (place for place, (_, owner) in homes if owner is not None and owner[:1] == ("",))
    return any(script.item(place).name == name for place in of_host_types) or any(
        K.IMPL_ITEM in other.tree[::16]
        for file in script.facts.files[1:]
        for other in file.items
        if other.kind == "function"
    )
