"""Blocks, and what a `let` in them says of a variable."""

from __future__ import annotations

from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Never, Type

from .closures import async_block
from .lattice import join
from .lost import kept
from .patterns import bind
from .walk import LAST_TOKEN, Loop, Walk

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
        elif walk.unreachable and not walk.dead:
            # The first time round a loop less was known of what leads here.
            walk.unreachable.discard(statement)
        walk.notice(statement)
        kind = UNIT
        if kinds[statement] != K.EXPRESSION_STATEMENT:
            walk.evaluate(statement)
        elif kinds[statement + 1] > LAST_TOKEN:
            behind = walk.after(statement)
            is_last = behind == end and node == walk.body
            is_ended = kinds[behind - 1] == K.SEMICOLON
            if is_last:
                given = kept(walk, statement + 1, walk.peek(statement + 1))
            elif is_ended or behind < end:
                given = walk.evaluate_directly(statement + 1)
            else:
                given = walk.evaluate(statement + 1)
            kind = UNIT if is_ended else given
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
        kind = walk.evaluate_directly(operands[-1]) if is_name else walk.peek(operands[-1])
    if annotation is not None:
        kind = agreed(walk, annotation, kind)
    if pattern is not None:
        bind(walk, pattern, kind)
    return UNIT


def agreed(walk: Walk, annotation: int, found: Type) -> Type:
    """The type of a value that an annotation says something of: what it says, unless that is known to be wrong."""
    stated = walk.world.stated(walk.content(annotation).lstrip(":->"))
    walk.compare(annotation, stated, found)
    return found if annotation in walk.mismatches else stated


def block_expression(walk: Walk, node: int) -> Type:
    """A block as a value, perhaps with a label or `async`."""
    inner = walk.first(node, K.BLOCK)
    if inner is None:
        return walk.evaluate_all(walk.operands(node))
    if walk.first(node, K.ASYNC_KEYWORD) is not None:
        return async_block(walk, node, inner)
    label = walk.label(node)
    if label is None:
        is_kept = walk.direct == node
        kind = walk.evaluate(inner)
        return kind if is_kept or isinstance(kind, Never) else kept(walk, node, kind)
    walk.loops.append(Loop(label, is_loop=False))
    kind = walk.evaluate(inner)
    loop = walk.loops.pop()
    walk.meet(loop.left)
    return join(kind, loop.value)
