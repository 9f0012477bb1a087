"""The steps of the walk where something is named."""

from __future__ import annotations

import re
from functools import partial

from runekiln_analysis.syntax import SyntaxKind as K

from .meaning import NOTHING, Found, HostTypeMeaning, InnerItem, Meaning, OwnField, OwnItem, OwnVariant
from .walk import PatternPlace, Walk

_WORDS = frozenset((K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.CRATE_KEYWORD, K.SUPER_KEYWORD))
_WITH_FIELDS = frozenset((K.STRUCT_EXPRESSION, K.OBJECT_PATTERN))
_FIELDS = frozenset((K.FIELD_INITIALIZER, K.FIELD_PATTERN, K.IDENTIFIER_PATTERN))
_FORMAT = frozenset((K.FORMAT_STRING,))
_IDENTIFIER = re.compile(re.escape(bytes([K.IDENTIFIER])))
_ONE_TOKEN = 2
_NAME_AND_BANG = 3


def path_expression(walk: Walk, node: int) -> None:
    """A name alone is a variable if there is one; any other path means an item."""
    if walk.cells[4 * node + 3] != _ONE_TOKEN:
        path(walk, node)
        return
    token = node + 1
    name = walk.content(token)
    number = walk.visible.get(name)
    if number is None or walk.types[0] <= node < walk.types[1]:
        walk.names[token] = walk.ask((name,)).meaning
    elif walk.kinds[node - 1] == K.ASSIGNMENT_EXPRESSION:
        # The token behind the first part is the operator: `=`, or one that reads the variable, too.
        walk.use(token, number, reads=walk.kinds[node + 2] != K.EQUAL, writes=True)
    else:
        walk.use(token, number)


def path(walk: Walk, node: int, mark: str = "") -> Found:
    """Each name of a path, with what the path means up to it; `mark` stands behind the last one."""
    kinds, found = walk.kinds, NOTHING
    segments: tuple[str, ...] = ()
    token, end = node + 1, walk.after(node)
    while token < end:
        kind = kinds[token]
        if kind in _WORDS:
            segments = (*segments, walk.content(token) + (mark if token + 1 == end else ""))
            found = walk.ask(segments)
            walk.names[token] = found.meaning
        elif kind == K.COLON_COLON and not segments:
            segments = ("",)
        token = walk.after(token)
    return found


def type_path(walk: Walk, node: int) -> None:
    """A type in an annotation, which may be one of the host that no `use` brings in."""
    found = path(walk, node)
    token = node + 1
    if found == NOTHING and walk.kinds[token] == K.IDENTIFIER and walk.names.get(token) is None:
        host = walk.scope.host.types_by_name.get(walk.content(token))
        is_alone = walk.after(token) == walk.after(node) or walk.kinds[walk.after(token)] != K.COLON_COLON
        walk.names[token] = HostTypeMeaning(host) if host is not None and is_alone else None


def named_path(walk: Walk, node: int) -> None:
    """The path of a macro call, a literal, a pattern or an `impl`. Attributes are for the host."""
    around = walk.kinds[node - 1]
    if node < walk.skipped_to:
        return
    found = path(walk, node, "!" if around == K.MACRO_CALL else "")
    if around in _WITH_FIELDS:
        _fields_of(walk, node - 1, found.meaning)


def _fields_of(walk: Walk, literal: int, owner: Meaning | None) -> None:
    if not isinstance(owner, OwnItem | OwnVariant | InnerItem):
        return
    part, end = literal + 1, walk.after(literal)
    while part < end:
        if walk.kinds[part] in _FIELDS and walk.kinds[part + 1] == K.IDENTIFIER:
            walk.fields[part + 1] = OwnField(owner, walk.content(part + 1))
        part = walk.after(part)


def field_initializer(walk: Walk, node: int) -> None:
    """`x` in `Point { x }` or `#{ x }` names a variable, and never an item."""
    if walk.cells[4 * node + 3] == _ONE_TOKEN and walk.kinds[node + 1] == K.IDENTIFIER:
        number = walk.visible.get(walk.content(node + 1))
        if number is None:
            walk.names[node + 1] = None
        else:
            walk.use(node + 1, number)


def format_capture(walk: Walk, node: int) -> None:
    """`{name}` in a format string: an argument of that name, a variable or an item."""
    token = node + 2
    name = walk.content(token)
    number = walk.format_names.get(name, walk.visible.get(name))
    if walk.kinds[token] != K.IDENTIFIER:
        # Of `{self}` Rune makes a variable of that name, which cannot be.
        walk.names[token] = None
    elif number is None:
        walk.names[token] = walk.ask((name,)).meaning
    else:
        walk.use(token, number)


def macro_arguments(walk: Walk, node: int) -> None:
    """`name = value` among the arguments of a format string is what `{name}` in it means."""
    names: dict[str, int] = {}
    argument, end = walk.part(node, _FORMAT), walk.after(node)
    if walk.skipped_to == node - _NAME_AND_BANG:
        # In `#[builtin] format!(…)`, which macros are made of, these are words of Rune.
        argument = end
    while argument < end:
        if walk.kinds[argument] == K.NAMED_ARGUMENT:
            name = walk.content(argument + 1)
            number = walk.declare(name, argument + 1, PatternPlace("format-argument", argument, argument, node))
            walk.drafts[number].scope, walk.drafts[number].until = node, end
            names[name] = number
        argument = walk.after(argument)
    walk.at(end, partial(_close_macro, walk, walk.format_names))
    walk.format_names = names


def _close_macro(walk: Walk, names: dict[str, int]) -> None:
    walk.format_names = names


def token_tree(walk: Walk, node: int) -> None:
    """The arguments of a macro with a grammar of its own: words that may mean anything."""
    if node >= walk.skipped_to:
        walk.skipped_to = walk.after(node)
        walk.opaque += (found.start() for found in _IDENTIFIER.finditer(walk.kinds, node, walk.skipped_to))


def attribute(walk: Walk, node: int) -> None:
    """Attributes are for the host."""
    walk.skipped_to = walk.after(node)


def type_operation(walk: Walk, node: int) -> None:
    """What stands behind `is` and `as` is a type, although there may be a variable of its name."""
    operand, end = node + 1, walk.after(node)
    last = operand
    while operand < end:
        last, operand = operand, walk.after(operand)
    walk.types = (last, end)


def label(walk: Walk, node: int) -> None:
    """A label where a `break` or `continue` names it."""
    if walk.kinds[node - 1] == K.LABEL_DECLARATION:
        return
    number = walk.labels.get(walk.content(node))
    if number is None:
        walk.names[node] = None
    else:
        walk.variables[node] = number
        walk.drafts[number].reads.append(node)
