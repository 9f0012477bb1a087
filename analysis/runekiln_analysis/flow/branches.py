"""Ways that part and meet again: `if`, `match` and `select`."""

from __future__ import annotations

from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Never, Type

from .conditions import condition
from .exits import awaited
from .lattice import join, narrowed
from .lost import overwrite
from .patterns import bind, bind_variable, covered, left_out, wanted
from .walk import State, Walk


def if_expression(walk: Walk, node: int) -> Type:
    """`if a { b } else if c { d } else { e }`."""
    is_direct = walk.direct == node
    holds, fails = head(walk, node)
    walk.enter(holds)
    body = walk.first(node, K.BLOCK)
    kind = UNIT if body is None else walk.evaluate(body)
    ends = walk.keep()
    walk.enter(fails)
    child, end = node + 1, walk.after(node)
    is_closed = False
    while child < end:
        if walk.kinds[child] == K.ELSE_BRANCH:
            is_closed = walk.first(child, K.IF_KEYWORD) is None
            later = None
            if not is_closed:
                holds, later = head(walk, child)
                walk.enter(holds)
            body = walk.first(child, K.BLOCK)
            kind = join(kind, UNIT if body is None else walk.evaluate(body))
            ends = _met(walk, ends)
            walk.enter(later)
        child = walk.after(child)
    if not is_closed:
        kind = UNIT if isinstance(kind, Never) or kind == UNIT else join(kind, UNIT)
    walk.meet(ends)
    if not is_direct:
        overwrite(walk, node, kind)
    return NEVER if walk.dead else kind


def head(walk: Walk, node: int) -> tuple[State | None, State | None]:
    """The states behind the condition of an `if` or `while`."""
    operands = walk.operands(node)
    heads = [each for each in operands if walk.kinds[each] not in (K.BLOCK, K.ELSE_BRANCH, K.LABEL_DECLARATION)]
    if not heads:
        return walk.keep(), walk.keep()
    return condition(walk, heads[0])


def _met(walk: Walk, ends: State | None) -> State | None:
    walk.meet(ends)
    return walk.keep()


def match(walk: Walk, node: int) -> Type:
    """`match a { … }`; where no arm matches, it gives `()`."""
    operands = walk.operands(node)
    arms = walk.first(node, K.MATCH_ARM_LIST)
    if arms is None or len(operands) < 2:
        return walk.evaluate_all(walk.operands(node))
    is_direct = walk.direct == node
    value = walk.peek(operands[0])
    number = walk.variable(operands[0])
    given: Type = NEVER
    names: set[str] = set()
    ends: State | None = None
    for arm in walk.operands(arms):
        if walk.kinds[arm] != K.MATCH_ARM:
            walk.evaluate(arm)
            given = UNKNOWN
            continue
        if number is not None and not walk.dead:
            value = walk.state[number]
        before = walk.keep()
        if is_direct:
            walk.direct = (walk.operands(arm) or [arm])[-1]
        kind, refused = _arm(walk, arm, value, number, names)
        given = join(given, kind)
        ends = _met(walk, ends)
        walk.enter(before)
        # What a guard has done stays done if it refuses.
        walk.meet(refused)
    gaps = set() if "*" in names else left_out(walk, value, names)
    walk.gaps[node] = frozenset(gaps)
    if not gaps:
        walk.dead = True
    else:
        given = join(given, UNIT)
    walk.meet(ends)
    if not is_direct:
        overwrite(walk, node, given)
    return NEVER if walk.dead else given


def _arm(walk: Walk, arm: int, value: Type, number: int | None, names: set[str]) -> tuple[Type, State | None]:
    """What an arm gives, and the state in which its guard has refused."""
    refused: State | None = None
    parts = walk.operands(arm)
    pattern = next((each for each in parts if walk.kinds[each] in PATTERNS), None)
    guard = walk.first(arm, K.MATCH_GUARD)
    if pattern is not None:
        tested = wanted(walk, pattern)
        if tested is not None:
            value = narrowed(value, tested)
            if number is not None:
                walk.state[number] = value
        bind_variable(walk, pattern, value, number)
        if guard is None and (name := covered(walk, pattern)) is not None:
            names.add(name)
    if guard is not None:
        inner = walk.operands(guard)
        if inner:
            holds, refused = condition(walk, inner[-1])
            walk.enter(holds)
    walk.notice(arm)
    arrow = walk.first(arm, K.FAT_ARROW)
    bodies = [each for each in parts if arrow is not None and each > arrow]
    kind = walk.evaluate(bodies[-1]) if bodies else UNIT
    return NEVER if walk.dead else kind, refused


def select(walk: Walk, node: int) -> Type:
    """`select { a = b => c }`: one of the arms goes on, with what its future gives."""
    arms = walk.first(node, K.SELECT_ARM_LIST)
    given: Type = NEVER
    before = walk.keep()
    ends: State | None = None
    for arm in [] if arms is None else walk.operands(arms):
        walk.enter(None if before is None else before[:])
        arrow = walk.first(arm, K.FAT_ARROW)
        parts = walk.operands(arm)
        heads = [each for each in parts if arrow is None or each < arrow]
        bodies = [each for each in parts if arrow is not None and each > arrow]
        for pattern in (each for each in heads if walk.kinds[each] in PATTERNS):
            future = walk.evaluate(heads[-1])
            bind(walk, pattern, awaited(future))
        given = join(given, walk.evaluate(bodies[-1]) if bodies else UNIT)
        ends = _met(walk, ends)
    # Where no future is left, no arm goes on.
    walk.enter(before)
    walk.meet(ends)
    return join(given, UNIT)
