"""Loops, gone through until nothing more comes to be known."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Never, Type

from .branches import head
from .closures import NESTING_LIMIT
from .containers import item_of
from .lattice import held, join, join_ways, loosen, stored
from .patterns import bind
from .walk import Loop, State, Walk

_PASSES = 3


def for_loop(walk: Walk, node: int) -> Type:
    """`for x in y { … }`."""
    operands = walk.operands(node)
    pattern = next((each for each in operands if walk.kinds[each] in PATTERNS), None)
    body = walk.first(node, K.BLOCK)
    walked = [each for each in operands if each != pattern and each != body and walk.kinds[each] != K.LABEL_DECLARATION]
    kind = walk.peek(walked[0]) if walked else UNKNOWN
    item = held(item_of(walk.world.hosts, kind))

    def once() -> State | None:
        behind = walk.keep()
        if pattern is not None:
            bind(walk, pattern, item)
        if body is not None:
            walk.evaluate(body)
        return behind

    return _loop(walk, node, once)


def while_loop(walk: Walk, node: int) -> Type:
    """`while a { … }`."""
    body = walk.first(node, K.BLOCK)

    def once() -> State | None:
        holds, fails = head(walk, node)
        walk.enter(holds)
        if body is not None:
            walk.evaluate(body)
        return fails

    return _loop(walk, node, once)


def loop(walk: Walk, node: int) -> Type:
    """`loop { … }`, which only `break` ends."""
    body = walk.first(node, K.BLOCK)

    def once() -> State | None:
        if body is not None:
            walk.evaluate(body)
        return None

    return _loop(walk, node, once)


def _loop(walk: Walk, node: int, once: Callable[[], State | None]) -> Type:
    """Go through a loop until nothing more comes to be known; `once` gives the state in which it ends by itself."""
    label = walk.label(node)
    walk.nesting += 1
    passes = _PASSES
    if walk.nesting > NESTING_LIMIT:
        passes = 0
        _give_up(walk, node)
    while True:
        before = walk.keep()
        frame = Loop(label, is_loop=True)
        walk.loops.append(frame)
        behind = once()
        walk.loops.pop()
        walk.meet(frame.again)
        passes -= 1
        if walk.dead or before is None or (joined := _grown(before, walk.state)) is None or passes < 0:
            break
        walk.enter(joined)
        if passes == 0:
            _give_up(walk, node)
    walk.nesting -= 1
    walk.enter(behind)
    walk.meet(frame.left)
    if walk.dead:
        return NEVER
    if walk.kinds[node] == K.LOOP_EXPRESSION:
        return frame.value
    return UNIT if isinstance(frame.value, Never) else join(UNIT, frame.value)


def _give_up(walk: Walk, node: int) -> None:
    """Whatever a loop may change is not known in it."""
    walk.state = [loosen(kind) for kind in walk.state]
    walk.forget(node)


def _grown(before: State, behind: State) -> State | None:
    """The state to go through a loop with once more; `None` if the last time has shown all."""
    if before == behind:
        return None
    joined = [a if a is b else join(a, b) for a, b in zip(before, behind, strict=True)]
    return None if joined == before else joined


def leave_loop(walk: Walk, node: int) -> Type:
    """`break`, perhaps with a value."""
    values = [each for each in walk.operands(node) if walk.kinds[each] != K.LABEL]
    value = walk.evaluate(values[-1]) if values else UNIT
    frame = _frame(walk, node)
    if frame is not None and not walk.dead:
        frame.value = join(frame.value, stored(value))
        frame.left = join_ways(frame.left, walk.keep())
    return walk.leave()


def go_on(walk: Walk, node: int) -> Type:
    """`continue`."""
    frame = _frame(walk, node)
    if frame is not None:
        frame.again = join_ways(frame.again, walk.keep())
    return walk.leave()


def _frame(walk: Walk, node: int) -> Loop | None:
    token = walk.first(node, K.LABEL)
    label = None if token is None else walk.content(token)
    for frame in reversed(walk.loops):
        if (label is None and frame.is_loop) or (label is not None and frame.label == label):
            return frame
    return None
