"""The arms of a `match` as they are written: their patterns, what these name, and where another arm goes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_NAMING = (K.PATH_PATTERN, K.IDENTIFIER_PATTERN, K.LITERAL_PATTERN)


class Arm(msgspec.Struct, frozen=True):
    """An arm at `node` with the pattern at `pattern`, and whether it has a condition besides."""

    node: int
    pattern: int
    is_guarded: bool


def arms_of(item: ResolvedItem, listed: int) -> Iterator[Arm]:
    """The arms in a `MATCH_ARM_LIST`, but for those that have no pattern yet."""
    tree, kinds = item.tree, item.kinds
    for node in tree.children(listed):
        if kinds[node] != K.MATCH_ARM:
            continue
        pattern = next((child for child in tree.children(node) if kinds[child] in PATTERNS), None)
        if pattern is not None:
            yield Arm(node, pattern, tree.first(node, K.MATCH_GUARD) is not None)


def matches_anything(item: ResolvedItem, pattern: int) -> bool:
    """Whether a pattern is `_`, or a name that is a variable."""
    is_variable = item.kinds[pattern] == K.IDENTIFIER_PATTERN and pattern + 1 not in item.resolution.names
    return item.kinds[pattern] == K.WILDCARD_PATTERN or is_variable


def path_in(item: ResolvedItem, pattern: int) -> str | None:
    """The path, name or literal that a pattern begins with, as it is written."""
    named = pattern if item.kinds[pattern] in _NAMING else item.tree.first(pattern, K.PATH)
    return None if named is None else item.tree.content(named)


def added_arms(tree: TreeView, text: bytes, listed: int, arms: list[str]) -> Edit:
    """The edit that puts arms behind those of a list, each on a line of its own if these are; `text` is the tree's."""
    last = [child for child in tree.children(listed) if tree.kind(child) == K.MATCH_ARM]
    if not last:
        start, end = tree.span(listed)
        opening = text[text.rfind(b"\n", 0, start) + 1 : start]
        blanks = opening[: len(opening) - len(opening.lstrip())].decode()
        lines = "".join(f"\n{blanks}    {arm}," for arm in arms)
        return Edit((start + 1, end - 1), f"{lines}\n{blanks}")
    start, end = tree.start(last[-1]), tree.end(last[-1])
    blanks = text[text.rfind(b"\n", 0, start) + 1 : start].decode()
    comma = "" if tree.kind(tree.after(last[-1]) - 1) == K.COMMA else ","
    if blanks.strip() or b"\n" not in text[tree.start(listed) : start]:
        return Edit((end, end), f"{comma} {', '.join(arms)}")
    return Edit((end, end), comma + "".join(f"\n{blanks}{arm}," for arm in arms))
