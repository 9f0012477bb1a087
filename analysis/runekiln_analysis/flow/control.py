"""Ways through a function: blocks, branches, loops, and what leaves them."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Named, Never, Type

from .closures import NESTING_LIMIT, async_block
from .conditions import condition
from .containers import item_of
from .lattice import excludes, held, join, loosen, members_of, narrowed, stored
from .lost import kept
from .patterns import PATTERNS, bind, bind_variable, covered, covers_all, wanted
from .walk import LAST_TOKEN, Loop, Mismatch, State, Walk

_PASSES = 3
_ENDS = (K.SEMICOLON, K.CLOSE_BRACE)


def block(walk: Walk, node: int) -> Type:
    """`{ a; b }` gives what its last expression gives."""
    kind: Type = UNIT
    kinds = walk.kinds
    end = walk.after(node) - 1
    was_dead = walk.dead
    if walk.probe == node + 1:
        walk.seen = walk.state[:]
    for statement in walk.operands(node):
        if walk.dead and not was_dead:
            walk.unreachable.add(statement)
            was_dead = True
        walk.notice(statement)
        kind = UNIT
        if kinds[statement] != K.EXPRESSION_STATEMENT:
            walk.evaluate(statement)
        elif kinds[statement + 1] > LAST_TOKEN:
            behind = walk.after(statement)
            is_last = behind == end and node == walk.body
            given = kept(walk, statement + 1, walk.peek(statement + 1)) if is_last else walk.evaluate(statement + 1)
            if kinds[behind - 1] != K.SEMICOLON or behind - 1 == statement + 1:
                kind = given
        else:
            walk.evaluate(statement)
        if walk.probe == walk.after(statement) - 1 and kinds[walk.probe] in _ENDS:
            walk.seen = walk.state[:]
    return NEVER if walk.dead else kind


def let(walk: Walk, node: int) -> Type:
    """`let x = value;`: a name alone becomes one more way to the value."""
    operands = walk.operands(node)
    pattern = next((each for each in operands if walk.kinds[each] in PATTERNS), None)
    annotation = walk.first(node, K.TYPE_ANNOTATION)
    kind: Type = UNKNOWN
    if operands and walk.first(node, K.EQUAL) is not None:
        is_name = pattern is not None and walk.kinds[pattern] == K.IDENTIFIER_PATTERN
        walk.direct = operands[-1]
        kind = walk.evaluate(operands[-1]) if is_name else walk.peek(operands[-1])
    if annotation is not None:
        kind = agreed(walk, annotation, kind)
    if pattern is not None:
        bind(walk, pattern, kind)
    return UNIT


def agreed(walk: Walk, annotation: int, found: Type) -> Type:
    """The type of a value that an annotation says something of: what it says, unless that is known to be wrong."""
    stated = walk.world.stated(walk.content(annotation).lstrip(":->"))
    if excludes(stated, found) and not isinstance(found, Never):
        walk.mismatches[annotation] = Mismatch(annotation, stated, found)
        return found
    return stated


def block_expression(walk: Walk, node: int) -> Type:
    """A block as a value, perhaps with a label or `async`."""
    inner = walk.first(node, K.BLOCK)
    if inner is None:
        return _all(walk, node)
    if walk.first(node, K.ASYNC_KEYWORD) is not None:
        return async_block(walk, node, inner)
    label = _label(walk, node)
    if label is None:
        is_kept = walk.direct == node
        kind = walk.evaluate(inner)
        return kind if is_kept or isinstance(kind, Never) else kept(walk, node, kind)
    walk.loops.append(Loop(label, is_loop=False))
    kind = walk.evaluate(inner)
    loop = walk.loops.pop()
    walk.meet(loop.left)
    return join(kind, loop.value)


def if_expression(walk: Walk, node: int) -> Type:
    """`if a { b } else if c { d } else { e }`."""
    holds, fails = _head(walk, node)
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
                holds, later = _head(walk, child)
                walk.enter(holds)
            body = walk.first(child, K.BLOCK)
            kind = join(kind, UNIT if body is None else walk.evaluate(body))
            ends = _met(walk, ends)
            walk.enter(later)
        child = walk.after(child)
    if not is_closed:
        kind = UNIT if isinstance(kind, Never) or kind == UNIT else join(kind, UNIT)
    walk.meet(ends)
    return NEVER if walk.dead else kind


def _head(walk: Walk, node: int) -> tuple[State | None, State | None]:
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
        return _all(walk, node)
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
            walk.direct = walk.operands(arm)[-1]
        kind, refused = _arm(walk, arm, value, number, names)
        given = join(given, kind)
        ends = _met(walk, ends)
        walk.enter(before)
        # What a guard has done stays done if it refuses.
        walk.meet(refused)
    if covers_all(walk, value, names) or "*" in names:
        walk.dead = True
    else:
        given = join(given, UNIT)
    walk.meet(ends)
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
            bind(walk, pattern, _argument(future, "Future"))
        given = join(given, walk.evaluate(bodies[-1]) if bodies else UNIT)
        ends = _met(walk, ends)
    # Where no future is left, no arm goes on.
    walk.enter(before)
    walk.meet(ends)
    return join(given, UNIT)


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
        holds, fails = _head(walk, node)
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
    label = _label(walk, node)
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
        frame.left = _both(frame.left, walk.keep())
    return walk.leave()


def go_on(walk: Walk, node: int) -> Type:
    """`continue`."""
    frame = _frame(walk, node)
    if frame is not None:
        frame.again = _both(frame.again, walk.keep())
    return walk.leave()


def leave_function(walk: Walk, node: int) -> Type:
    """`return`, perhaps with a value."""
    values = walk.operands(node)
    # Nothing is done with the value here any more, so that what it holds is still known to the caller.
    walk.give(kept(walk, values[-1], walk.peek(values[-1])) if values else UNIT)
    return walk.leave()


def attempt(walk: Walk, node: int) -> Type:
    """`a?` gives what is in it, or the function returns it as it is."""
    operands = walk.operands(node)
    value = walk.peek(operands[0]) if operands else UNKNOWN
    given: Type = NEVER
    for member in members_of(value):
        match member:
            case Named("Option", arguments, None):
                walk.give(Named("Option", (NEVER,), None, True))
                inner = arguments[0] if arguments else UNKNOWN
            case Named("Result", arguments, None):
                error = arguments[1] if len(arguments) > 1 else UNKNOWN
                walk.give(Named("Result", (NEVER, error), None, True))
                inner = arguments[0] if arguments else UNKNOWN
            case _:
                walk.give(UNKNOWN)
                inner = UNKNOWN
        given = join(given, held(inner))
    return given


def wait(walk: Walk, node: int) -> Type:
    """`a.await`."""
    operands = walk.operands(node)
    found = _argument(walk.evaluate(operands[0]) if operands else UNKNOWN, "Future")
    return walk.leave() if isinstance(found, Never) else found


def give_and_wait(walk: Walk, node: int) -> Type:
    """`yield a` gives whatever it is resumed with."""
    return _all(walk, node)


def _argument(kind: Type, owner: str) -> Type:
    return kind.arguments[0] if isinstance(kind, Named) and kind.name == owner and kind.arguments else UNKNOWN


def _frame(walk: Walk, node: int) -> Loop | None:
    token = walk.first(node, K.LABEL)
    label = None if token is None else walk.content(token)
    for frame in reversed(walk.loops):
        if (label is None and frame.is_loop) or (label is not None and frame.label == label):
            return frame
    return None


def _label(walk: Walk, node: int) -> str | None:
    return walk.content(node + 2) if walk.kinds[node + 1] == K.LABEL_DECLARATION else None


def _both(one: State | None, other: State | None) -> State | None:
    if one is None or other is None:
        return one if other is None else other
    return [join(a, b) for a, b in zip(one, other, strict=True)]


def _all(walk: Walk, node: int) -> Type:
    for each in walk.operands(node):
        walk.evaluate(each)
    return UNKNOWN
