"""The values of constants that are plain to see: of literals, of other constants, and of simple arithmetic."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from .literals import literal_text
from .resolve.items import resolve_item
from .resolve.meaning import OwnItem
from .resolve.table import table_of
from .script import ItemPlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView

Value = bool | int | float | str

_MOST_STEPS = 32
_LONGEST = 200
_LEAST, _GREATEST = -(2**63), 2**63 - 1
_NUMBER = re.compile(r"(?P<number>0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|[0-9][0-9_]*(?P<fraction>\.[0-9_]+)?)(?:i64|f64)?")
# Both sides are numbers of one type.
_ARITHMETIC: Mapping[str, Callable[[Any, Any], int | float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_COMPARING: Mapping[str, Callable[[Any, Any], bool]] = {"==": operator.eq, "<": operator.lt, ">": operator.gt}


def written_value(script: Script, number: int) -> str | None:
    """The expression that the constant of that number is set to, as it is written; `None` for one that is long."""
    tree = script.tree(number)
    node = _initializer(tree)
    written = None if node is None else tree.content(node)
    return written if written is not None and len(written) <= _LONGEST and "\n" not in written else None


def constant_value(script: Script, number: int) -> str | None:
    """The value of the constant of that number in Rune; `None` if it is not plain to see."""
    value = _of_item(script, number, _MOST_STEPS)
    return None if value is None else _shown(value)


def _shown(value: Value) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = msgspec.json.encode(value).decode() if isinstance(value, str) else repr(value)
    return shown if len(shown) <= _LONGEST else None


def _initializer(tree: TreeView) -> int | None:
    equal = tree.first(0, K.EQUAL)
    behind = (child for child in tree.children(0) if equal is not None and child > equal)
    return next((child for child in behind if not tree.is_token(child)), None)


def _of_item(script: Script, number: int, left: int) -> Value | None:
    tree = script.tree(number)
    node = _initializer(tree) if tree.kind(0) == K.CONST_ITEM else None
    return None if node is None else _value(script, number, tree, node, left - 1)


def _value(script: Script, number: int, tree: TreeView, node: int, left: int) -> Value | None:
    """The value of an expression of the item; nothing after too many steps, as in a circle."""
    if left < 0:
        return None
    match tree.kind(node):
        case K.LITERAL_EXPRESSION:
            return _literal(tree, tree.first_child(node))
        case K.PARENTHESIZED_EXPRESSION:
            inner = next((child for child in tree.children(node) if not tree.is_token(child)), None)
            return None if inner is None else _value(script, number, tree, inner, left - 1)
        case K.PATH_EXPRESSION:
            return _named(script, number, tree, node, left)
        case K.UNARY_EXPRESSION:
            sign, operand = (*tree.children(node), 0)[:2]
            return _signed(tree.content(sign), _value(script, number, tree, operand, left - 1))
        case K.BINARY_EXPRESSION if len(tree.children(node)) == 3:
            first, sign, second = tree.children(node)
            values = (_value(script, number, tree, each, left - 1) for each in (first, second))
            return _together(next(values), tree.content(sign), next(values))
    return None


def _literal(tree: TreeView, token: int) -> Value | None:
    content = tree.content(token)
    match tree.kind(token):
        case K.TRUE_KEYWORD | K.FALSE_KEYWORD:
            return content == "true"
        case K.STRING_LITERAL:
            # Rune and Python escape in different ways.
            return None if "\\" in content else literal_text(content)
        case K.NUMBER_LITERAL if (found := _NUMBER.fullmatch(content)) is not None:
            is_float = found["fraction"] is not None or content.endswith("f64")
            return float(found["number"]) if is_float else _in_range(int(found["number"].replace("_", ""), 0))
    return None


def _named(script: Script, number: int, tree: TreeView, node: int, left: int) -> Value | None:
    """The value of another constant of the file."""
    resolution = resolve_item(script, table_of(script), ItemPlace(0, number))
    word = tree.last_word(node)
    meaning = None if resolution is None or word is None else resolution.names.get(word)
    is_here = isinstance(meaning, OwnItem) and meaning.place.file == 0
    return _of_item(script, meaning.place.number, left) if is_here and isinstance(meaning, OwnItem) else None


def _signed(sign: str, value: Value | None) -> Value | None:
    if sign == "-" and isinstance(value, int | float) and not isinstance(value, bool):
        return _in_range(-value)
    return None


def _together(left: Value | None, sign: str, right: Value | None) -> Value | None:
    """What an operator gives for two values of one type; Rune takes no others."""
    if left is None or type(left) is not type(right):
        return None
    if isinstance(left, str) and isinstance(right, str):
        return left + right if sign == "+" else None
    if isinstance(left, bool) or isinstance(right, bool | str | None) or isinstance(left, str):
        return None
    if sign in _COMPARING:
        return _COMPARING[sign](left, right)
    if sign in _ARITHMETIC:
        return _in_range(_ARITHMETIC[sign](left, right))
    return _divided(left, sign, right)


def _divided(left: int | float, sign: str, right: int | float) -> Value | None:
    """`/`, which Rune rounds towards nought; its constants have no `%`."""
    if right == 0 or sign != "/":
        return None
    if isinstance(left, float) or isinstance(right, float):
        return left / right
    return _in_range(abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1))


def _in_range(value: int | float) -> int | float | None:
    """The value, if Rune has it: it does not compile what is too large."""
    return value if isinstance(value, float) or _LEAST <= value <= _GREATEST else None
