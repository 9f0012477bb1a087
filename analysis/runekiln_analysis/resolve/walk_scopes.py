"""The steps of the walk where names are declared, or a part of the text with names of its own begins."""

from __future__ import annotations

from functools import partial

from runekiln_analysis.syntax import SyntaxKind as K

from .inner import NO_INNER
from .walk import PatternPlace, Walk

PATTERNS = frozenset(
    (
        K.IDENTIFIER_PATTERN,
        K.PATH_PATTERN,
        K.LITERAL_PATTERN,
        K.WILDCARD_PATTERN,
        K.REST_PATTERN,
        K.TUPLE_PATTERN,
        K.VECTOR_PATTERN,
        K.OBJECT_PATTERN,
        K.FIELD_PATTERN,
    )
)
"""The kinds of nodes that are patterns."""

_MODIFIERS = frozenset((K.LABEL_DECLARATION, K.ASYNC_KEYWORD, K.CONST_KEYWORD, K.MOVE_KEYWORD))
_LABEL = bytes([K.LABEL_DECLARATION, K.LABEL])
_BLOCK = frozenset((K.BLOCK,))
_ARROW = frozenset((K.FAT_ARROW,))
_PARAMETERS = frozenset((K.PARAMETER_LIST,))


def identifier_pattern(walk: Walk, node: int) -> None:
    """A name in a pattern: a constant, or what is like one, if there is one of that name, else a new variable."""
    token = node + 1
    name = walk.content(token)
    if node not in walk.keys:
        found = walk.ask((name,))
        if found.constant is not False:
            walk.names[token] = found.meaning
            return
    place = walk.pattern
    number = walk.declare(name, token, place)
    if place.waiting is None:
        walk.show(number)
    else:
        place.waiting.append(number)


def object_pattern(walk: Walk, node: int) -> None:
    """`#{ key }` binds a variable, even if there is a constant of that name."""
    part, end = node + 1, walk.after(node)
    while part < end:
        if walk.kinds[part] == K.IDENTIFIER_PATTERN:
            walk.keys.add(part)
        part = walk.after(part)


def let_statement(walk: Walk, node: int) -> None:
    """The variables of a `let` are known behind it."""
    end = walk.after(node)
    is_plain = node + 2 < end and walk.kinds[node + 2] == K.IDENTIFIER_PATTERN
    waiting: list[int] = []
    walk.pattern = PatternPlace("let", node + 2 if is_plain else walk.part(node, PATTERNS), node, end, waiting)
    walk.at(end, partial(walk.show_all, waiting))


def let_expression(walk: Walk, node: int) -> None:
    """The variables of `if let` are known behind it.

    Rune looks for a name in the value among them, too, and then refuses it, since it has no value yet.
    """
    end = walk.after(node)
    waiting: list[int] = []
    walk.pattern = PatternPlace("pattern", walk.part(node, PATTERNS), node, end, waiting)
    walk.at(end, partial(walk.show_all, waiting))


def for_expression(walk: Walk, node: int) -> None:
    """The variables of a `for` are known in its block."""
    open_label(walk, node)
    body = walk.part(node, _BLOCK)
    waiting: list[int] = []
    walk.open_layer(node, walk.after(node))
    walk.pattern = PatternPlace("loop", walk.part(node, PATTERNS), node, body, waiting)
    walk.at(body, partial(walk.show_all, waiting))


def match_arm(walk: Walk, node: int) -> None:
    """The variables of an arm are known in its guard and its body."""
    pattern = walk.part(node, PATTERNS)
    behind = walk.after(pattern) if pattern < walk.after(node) else pattern
    has_guard = behind < walk.after(node) and walk.kinds[behind] == K.MATCH_GUARD
    walk.open_layer(node, walk.after(node))
    walk.pattern = PatternPlace("pattern", pattern, node, behind if has_guard else behind + 1)


def select_arm(walk: Walk, node: int) -> None:
    """The variables of an arm of `select` are known in its body alone."""
    arrow = walk.part(node, _ARROW)
    waiting: list[int] = []
    walk.open_layer(node, walk.after(node))
    walk.pattern = PatternPlace("pattern", walk.part(node, PATTERNS), node, arrow + 1, waiting)
    walk.at(arrow, partial(walk.show_all, waiting))


def parameter(walk: Walk, node: int) -> None:
    """A parameter's names come next."""
    walk.pattern = PatternPlace(walk.parameter_kind, node, walk.function, walk.parameters_end)


def self_parameter(walk: Walk, node: int) -> None:
    """`self` is a variable like others."""
    place = PatternPlace("parameter", node, walk.function, walk.parameters_end)
    walk.show(walk.declare("self", node + 1, place))


def block(walk: Walk, node: int) -> None:
    """A block, which may have items of its own."""
    walk.open_layer(node, walk.after(node))
    if walk.inner is not NO_INNER:
        walk.open_inner(node)


def if_expression(walk: Walk, node: int) -> None:
    """The variables of a condition are known in the block behind it, and not in those behind `else`."""
    body = walk.part(node, _BLOCK)
    end = walk.after(node)
    walk.open_layer(node, walk.after(body) if body < end else end)


def layered(walk: Walk, node: int) -> None:
    """What has a condition of its own."""
    open_label(walk, node)
    walk.open_layer(node, walk.after(node))


def open_label(walk: Walk, node: int) -> None:
    """The label that a loop or block may begin with is known in all of it."""
    if walk.kinds[node + 1 : node + 3] != _LABEL:
        return
    name, end = walk.content(node + 2), walk.after(node)
    number = walk.declare(name, node + 2, PatternPlace("label", node + 1, node, node + 1))
    walk.drafts[number].scope, walk.drafts[number].until = node, end
    walk.at(end, partial(_close_label, walk, name, walk.labels.get(name)))
    walk.labels[name] = number


def _close_label(walk: Walk, name: str, before: int | None) -> None:
    if before is None:
        del walk.labels[name]
    else:
        walk.labels[name] = before


def closure(walk: Walk, node: int) -> None:
    """A closure knows the variables around it."""
    walk.open_function(node, "closure-parameter", _behind_parameters(walk, node))
    walk.open_capturing(node)
    walk.open_layer(node, walk.after(node))


def block_expression(walk: Walk, node: int) -> None:
    """An `async` block is like a closure, and a `const` block like a constant: it knows no variables."""
    open_label(walk, node)
    modifier, end = node + 1, walk.after(node)
    while modifier < end and walk.kinds[modifier] in _MODIFIERS:
        if walk.kinds[modifier] == K.CONST_KEYWORD:
            walk.open_frame(node)
        elif walk.kinds[modifier] == K.ASYNC_KEYWORD:
            walk.open_capturing(node)
        modifier = walk.after(modifier)


def function_item(walk: Walk, node: int) -> None:
    """A function inside a function knows the items around it, and none of the variables."""
    inner_item(walk, node)
    walk.open_function(node, "parameter", _behind_parameters(walk, node))


def inner_item(walk: Walk, node: int) -> None:
    """Another item inside a function."""
    walk.open_frame(node)
    walk.open_inner(node)


def use_item(walk: Walk, node: int) -> None:
    """A `use` inside a function."""
    walk.names.update(walk.inner.imported.get(node, {}))


def begin(walk: Walk) -> None:
    """What the item itself is, before the walk through it begins."""
    if walk.kinds[:1] == bytes([K.FUNCTION_ITEM]):
        walk.parameters_end = _behind_parameters(walk, 0)


def _behind_parameters(walk: Walk, function: int) -> int:
    listed = walk.part(function, _PARAMETERS)
    return min(walk.after(listed), walk.after(function)) if listed < walk.after(function) else listed
