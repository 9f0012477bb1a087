"""The language of types that annotations, documentation tags and stubs are written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec


class Named(msgspec.Struct, frozen=True):
    """A type by its name or path, with its arguments: `String`, `http::Client`, `Vec<Phase>`.

    `item` is the number of the script's own struct or enum that the name means, `NOT_READABLE` if it means one of
    another file, and `None` if it is a type of the host or of Rune. What is `fresh` a function has made itself: the
    arguments say what was put in, and not what must be in it.
    """

    name: str
    arguments: tuple[Type, ...] = ()
    item: int | None = None
    fresh: bool = False


class TupleOf(msgspec.Struct, frozen=True):
    """A tuple; without members it is the unit `()`. What `fresh` means is said at `Named`."""

    members: tuple[Type, ...]
    fresh: bool = False


class ObjectOf(msgspec.Struct, frozen=True):
    """An object that a function has made itself, with the keys that it surely has; there may be others."""

    keys: tuple[tuple[str, Type], ...]


class KeyedObject(msgspec.Struct, frozen=True):
    """An object of the host, with the keys that it declares: `Object{path, title?}`, `optional` the latter among them.

    It has no others if it is `whole`: a script may put something in.
    """

    keys: tuple[str, ...]
    optional: frozenset[str]
    whole: bool = False


class UnionOf(msgspec.Struct, frozen=True):
    """A value of any one of the members, of which there are at least two."""

    members: tuple[Type, ...]


class FunctionOf(msgspec.Struct, frozen=True):
    """A function whose parameters and result are known: `fn(Phase) -> bool`."""

    parameters: tuple[Type, ...]
    returns: Type


class Unknown(msgspec.Struct, frozen=True):
    """A value of which nothing is known: `any` in a stub, a hole in an inferred type."""


class Never(msgspec.Struct, frozen=True):
    """The type of what does not return: `!`."""


Type = Named | TupleOf | ObjectOf | KeyedObject | UnionOf | FunctionOf | Unknown | Never

NOT_READABLE = -1
UNKNOWN = Unknown()
NEVER = Never()
UNIT = TupleOf(())

_TOKEN = re.compile(r"\s*(::|->|[\w]+|[<>(),|!{}?\[\]]|\S)")
_KEYED = re.compile(r"\s*Object\s*\{([\w\s,?]*)\}\s*")
_KEY = re.compile(r"(\w+)\s*(\??)")
_NESTING_LIMIT = 64


@lru_cache(maxsize=4096)
def parse_type(text: str) -> Type | None:
    """The type that `text` stands for, `None` if it is not one."""
    tokens = _Tokens(_TOKEN.findall(text))
    try:
        parsed = _union(tokens, 0)
    except _NotATypeError:
        return None
    return parsed if tokens.peek() == "" else None


def parse_keyed(text: str) -> KeyedObject | None:
    """The object that a stub's `Object{path, title?}` stands for, `None` if the text is no such type."""
    found = _KEYED.fullmatch(text)
    if found is None:
        return None
    keys = _KEY.findall(found[1])
    return KeyedObject(tuple(key for key, _ in keys), frozenset(key for key, mark in keys if mark))


def show(kind: Type) -> str:
    """The type as it is written; holes show as `any`."""
    match kind:
        case Named(name, arguments):
            return f"{name}<{', '.join(map(show, arguments))}>" if arguments else name
        case TupleOf(members):
            return f"({', '.join(map(show, members))}{',' if len(members) == 1 else ''})"
        case ObjectOf(keys):
            return f"Object{{{', '.join(f'{key}: {show(held)}' for key, held in keys)}}}"
        case KeyedObject(keys, optional):
            return f"Object{{{', '.join(f'{key}?' if key in optional else key for key in keys)}}}"
        case UnionOf(members):
            shown = (f"({show(member)})" if isinstance(member, FunctionOf) else show(member) for member in members)
            return " | ".join(shown)
        case FunctionOf(parameters, returns):
            arrow = "" if returns == UNIT else f" -> {show(returns)}"
            return f"fn({', '.join(map(show, parameters))}){arrow}"
        case Never():
            return "!"
        case Unknown():
            return "any"


def given(kind: Type, types: Mapping[str, Type]) -> Type:
    """The type with those types in the places of type parameters, by their names."""
    match kind:
        case Named(name, ()) if name in types:
            return types[name]
        case Named(name, arguments, item):
            return Named(name, tuple(given(argument, types) for argument in arguments), item)
        case TupleOf(members):
            return TupleOf(tuple(given(member, types) for member in members))
        case UnionOf(members):
            return UnionOf(tuple(given(member, types) for member in members))
        case FunctionOf(parameters, returns):
            return FunctionOf(tuple(given(each, types) for each in parameters), given(returns, types))
    return kind


def generic(name: str, *arguments: Type | None) -> Named:
    """`name<arguments>`, an argument that is not known being a hole; without any known argument just `name`."""
    known = tuple(UNKNOWN if argument is None else argument for argument in arguments)
    return Named(name) if all(argument == UNKNOWN for argument in known) else Named(name, known)


def argument_of(kind: Type | None, *owners: str) -> Type | None:
    """`T` of `Owner<T, …>`, if the type is one of those owners."""
    if isinstance(kind, Named) and kind.name in owners and kind.arguments and kind.item is None:
        return kind.arguments[0]
    return None


class _NotATypeError(Exception):
    """The text stops being a type."""


class _Tokens:
    """The tokens of a type and how many of them have been read."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._read = 0

    def peek(self) -> str:
        return self._tokens[self._read] if self._read < len(self._tokens) else ""

    def take(self, wanted: str) -> bool:
        if self.peek() != wanted:
            return False
        self._read += 1
        return True

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            raise _NotATypeError

    def word(self) -> str:
        word = self.peek()
        if not word.isidentifier():
            raise _NotATypeError
        self._read += 1
        return word


def _union(tokens: _Tokens, depth: int) -> Type:
    if depth > _NESTING_LIMIT:
        raise _NotATypeError
    members = [_single(tokens, depth)]
    while tokens.take("|"):
        members.append(_single(tokens, depth))
    return members[0] if len(members) == 1 else UnionOf(tuple(members))


def _single(tokens: _Tokens, depth: int) -> Type:
    if tokens.take("!"):
        return Never()
    if tokens.take("("):
        members, ends_with_comma = _list(tokens, ")", depth)
        return members[0] if len(members) == 1 and not ends_with_comma else TupleOf(members)
    tokens.take("::")
    word = tokens.word()
    if word == "fn" and tokens.take("("):
        parameters, _ = _list(tokens, ")", depth)
        return FunctionOf(parameters, _union(tokens, depth + 1) if tokens.take("->") else UNIT)
    if word == "Object" and tokens.take("{"):
        return _object(tokens)
    return _path(tokens, word, depth)


def _path(tokens: _Tokens, word: str, depth: int) -> Type:
    while tokens.take("::"):
        if tokens.peek() == "<":
            break
        word += f"::{tokens.word()}"
    arguments: tuple[Type, ...] = ()
    if tokens.take("<"):
        arguments, _ = _list(tokens, ">", depth)
    if word in ("any", "Value") and not arguments:
        return UNKNOWN
    return Named(word, arguments)


def _object(tokens: _Tokens) -> Type:
    """`Object{folder?,limit?}`: the keys say what to pass; the type is that of any object."""
    while not tokens.take("}"):
        tokens.word()
        tokens.take("?")
        if tokens.peek() != "}":
            tokens.expect(",")
    return Named("Object")


def _list(tokens: _Tokens, close: str, depth: int) -> tuple[tuple[Type, ...], bool]:
    """Types up to `close`, and whether a comma came last."""
    members: list[Type] = []
    ends_with_comma = False
    while not tokens.take(close):
        if members and not ends_with_comma:
            raise _NotATypeError
        members.append(_union(tokens, depth + 1))
        ends_with_comma = tokens.take(",")
    return tuple(members), ends_with_comma
