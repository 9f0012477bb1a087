"""Adds the arms that a `match` lacks."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.match_candidates import ArmPattern, missing_patterns
from runekiln_analysis.resolve.meaning import HostVariant, OwnVariant
from runekiln_analysis.rules.match_arms import added_arms
from runekiln_analysis.syntax import SyntaxKind as K

from .refactoring import Refactoring
from .selected import EXPRESSIONS, Selected, parts


def match_arms(selected: Selected) -> Iterator[Refactoring]:
    """An arm for each variant that has none; it gives `()`, as a `match` does that no arm is taken of."""
    node, tree = _match(selected), selected.tree
    listed = None if node is None else tree.first(node, K.MATCH_ARM_LIST)
    if node is None or listed is None or selected.is_broken(node) or _takes_anything(selected, listed):
        return
    missing = list(missing_patterns(selected.inference, node))
    if not missing or not all(_can_be_named(selected, each, tree.start(node)) for each in missing):
        return
    arms = [f"{each.template} => ()" for each in missing]
    edit = added_arms(tree, selected.script.text, listed, arms)
    yield Refactoring("match-arms", "Add the missing arms", "refactor.rewrite.match", lambda: selected.here(edit))


def _match(selected: Selected) -> int | None:
    """The innermost `match` around the cursor that has it in none of its arms."""
    for node in reversed(selected.path):
        if selected.kinds[node] == K.MATCH_EXPRESSION:
            return node
        if selected.kinds[node] == K.MATCH_ARM:
            return None
    return None


def _takes_anything(selected: Selected, listed: int) -> bool:
    """Whether an arm stands for all others, or lacks its pattern or body."""
    tree = selected.tree
    arms = [each for each in tree.children(listed) if selected.kinds[each] == K.MATCH_ARM]
    return any(not _is_narrow(selected, arm) for arm in arms)


def _is_narrow(selected: Selected, arm: int) -> bool:
    inside = parts(selected.tree, arm)
    if len(inside) < 2:
        return False
    pattern, body = inside[0], inside[-1]
    if selected.kinds[pattern] == K.IDENTIFIER_PATTERN:
        is_variable = selected.binding(selected.tree.first_child(pattern)) is not None
        return not is_variable and selected.kinds[body] in EXPRESSIONS
    return selected.kinds[pattern] != K.WILDCARD_PATTERN and selected.kinds[body] in EXPRESSIONS


def _can_be_named(selected: Selected, pattern: ArmPattern, offset: int) -> bool:
    """Whether the name means the variant at that place."""
    path = tuple(pattern.name.split("::"))
    return len(path) == 1 or isinstance(selected.inference.resolve_at(path, offset), OwnVariant | HostVariant)
