"""What no run comes to: statements behind what never goes on, and arms behind one that matches all that they match.

Rune tells of statements behind `return`, `break` and `continue` itself. What it does not see is told under its code.
"""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Offsets
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.rules.blocks import statements
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.match_arms import arms_of, matches_anything
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

_CALLS = (K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION)
_LONGEST_SHOWN = 40


def unreachable_statements(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The statements behind those that never go on, up to the end of their blocks."""
    if not inferred.unreachable or item.is_broken:
        return
    for first in inferred.unreachable:
        listed = statements(item.tree, item.tree.parent(first))
        place = listed.index(first)
        why = _why(item, listed[place - 1]) if place > 0 else ""
        for each in listed[place:]:
            if item.kinds[each] == K.LET_STATEMENT:
                yield _told(item.tree.span(each), f"This is never reached{why}")
            elif item.kinds[each] == K.EXPRESSION_STATEMENT:
                yield _told(item.tree.span(each + 1), f"This is never reached{why}")


def unreachable_arms(item: ResolvedItem) -> Iterator[Finding]:
    """The arms whose values an arm above has taken already."""
    if K.MATCH_ARM_LIST not in item.kinds or item.is_broken:
        return
    for listed in item.nodes(K.MATCH_ARM_LIST):
        seen: set[str] = set()
        catching: str | None = None
        for arm in arms_of(item, listed):
            written = " ".join(item.tree.content(arm.pattern).split())
            if catching is not None:
                yield _told(
                    _before_comma(item, arm.node), f"This arm is never reached: {catching} above it matches anything"
                )
            elif written in seen:
                message = f"This arm is never reached: there is one for `{_short(written)}` above it"
                fix = Fix("Remove the arm", (Edit(_with_blanks(item, arm.node), ""),))
                yield _told(_before_comma(item, arm.node), message, fix)
            if not arm.is_guarded:
                seen.add(written)
                catching = _catching(item, arm.pattern) if catching is None else catching


def _catching(item: ResolvedItem, pattern: int) -> str | None:
    """A pattern that matches anything, in words: a constant may be meant that is not there."""
    if not matches_anything(item, pattern):
        return None
    return "`_`" if item.kinds[pattern] == K.WILDCARD_PATTERN else f"the variable `{item.tree.content(pattern)}`"


def _told(span: Offsets, message: str, *fixes: Fix) -> Finding:
    return Finding(problem("unreachable-code", message, span, *fixes, tags=("unused",)), only_if_whole=True)


def _why(item: ResolvedItem, before: int) -> str:
    """Why nobody comes behind a statement, if that is not plain to see in it."""
    tree, expression = item.tree, before + 1
    if item.kinds[before] != K.EXPRESSION_STATEMENT:
        return ""
    match item.kinds[expression]:
        case K.LOOP_EXPRESSION:
            return ": no `break` in the `loop` before it leads here"
        case K.MACRO_CALL:
            return f": `{tree.content(expression + 1)}!` before it ends the run"
        case kind if kind in _CALLS:
            return f": `{_short(tree.content(expression))}` before it never returns"
    return ""


def _short(written: str) -> str:
    """A text as it may stand in a message."""
    line, _, more = written.partition("\n")
    return line if not more and len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _before_comma(item: ResolvedItem, arm: int) -> Offsets:
    parts = item.tree.children(arm)
    return (item.tree.start(arm), item.tree.end(parts[-2] if item.kinds[parts[-1]] == K.COMMA else parts[-1]))


def _with_blanks(item: ResolvedItem, arm: int) -> Offsets:
    """The arm with the blanks up to what comes next."""
    return (item.tree.start(arm), item.tree.start(item.tree.after(arm)))
