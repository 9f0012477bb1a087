"""The types of what stands for a value by itself: literals, names, and what is put together of other values."""

from __future__ import annotations

import re

from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.meaning import (
    HostConstant,
    HostFunctionMeaning,
    HostTypeMeaning,
    HostVariant,
    Meaning,
    ModuleFunction,
    ModuleMember,
    OwnItem,
    OwnVariant,
)
from runekiln_analysis.stubs import Constant
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, FunctionOf, Named, ObjectOf, TupleOf, Type

from .lattice import BOOL, BYTES, CHAR, F64, FUNCTION, I64, OBJECT, STRING, U64, join_all, stored, weaken
from .walk import Walk

_LITERALS: dict[int, Type] = {
    K.STRING_LITERAL: STRING,
    K.TRUE_KEYWORD: BOOL,
    K.FALSE_KEYWORD: BOOL,
    K.CHARACTER_LITERAL: CHAR,
    K.BYTE_STRING_LITERAL: BYTES,
    K.BYTE_LITERAL: U64,
}
_WHOLE_SUFFIX = re.compile(r"([ui])(?:8|16|32|64)\Z")
# In a hexadecimal number, `e` is a digit, and so are those of `f64`.
_PART = re.compile(r"(?!0[xbo]).*(?:[.eE]|f(?:32|64)\Z)")
_HOLDING_NOTHING: dict[str, Type] = {"std::option::Option": Named("Option", (NEVER,), None, True)}
_MOST_KEYS = 64


def literal(walk: Walk, node: int) -> Type:
    """A literal."""
    token = node + 1
    kind = walk.kinds[token]
    return _number(walk.content(token)) if kind == K.NUMBER_LITERAL else _LITERALS.get(kind, UNKNOWN)


def _number(text: str) -> Type:
    if text.isdecimal():
        return I64
    suffix = _WHOLE_SUFFIX.search(text)
    if suffix is not None:
        return U64 if suffix[1] == "u" else I64
    return F64 if _PART.match(text) else I64


def template(walk: Walk, node: int) -> Type:
    """A template, or the text of a macro: what stands in it is only shown."""
    names = walk.variables
    for token in range(node + 1, walk.after(node)):
        kind = walk.kinds[token]
        if kind == K.TEMPLATE_EXPRESSION:
            for inner in walk.operands(token):
                walk.peek(inner)
        elif kind == K.IDENTIFIER and walk.kinds[token - 2] == K.FORMAT_CAPTURE and token in names:
            walk.types[token] = walk.state[names[token]]
    return STRING


def path(walk: Walk, node: int) -> Type:
    """A name: of a variable, whose value can be reached in two ways from here on, or of something else."""
    number = walk.variables.get(node + 1)
    if number is not None:
        kind = walk.state[number]
        weak = weaken(kind)
        if weak is not kind:
            walk.state[number] = weak
        return weak
    return of_meaning(walk, walk.meaning(node))


def of_meaning(walk: Walk, meaning: Meaning | None) -> Type:
    """The type of a value that a path means."""
    match meaning:
        case OwnItem(place):
            kind = walk.world.kind(place)
            if kind == "const":
                return walk.world.constant(place)
            if kind == "function":
                return FunctionOf((UNKNOWN,) * (walk.world.arity(place) or 0), walk.world.call(place))
            return _made(walk.world.arity(place), walk.world.own_type(place)) if kind == "struct" else UNKNOWN
        case OwnVariant(enum, name):
            return _made(walk.world.arity(enum, name), walk.world.own_type(enum))
        case HostVariant(host, variant):
            if variant.values:
                return FUNCTION
            return _HOLDING_NOTHING.get(host.path) or Named(walk.world.hosts.name_of(host))
        case HostConstant(_, constant) | ModuleMember(_, Constant() as constant):
            return walk.world.hosts.type(constant.type)
        case HostFunctionMeaning() | ModuleFunction():
            return FUNCTION
    return UNKNOWN


def _made(arity: int | None, kind: Type | None) -> Type:
    """What the name of a struct or variant is: a value, or a function that makes one."""
    if arity is None or kind is None:
        return UNKNOWN
    return FunctionOf((UNKNOWN,) * arity, kind) if arity else kind


def struct(walk: Walk, node: int) -> Type:
    """`Point { x, y: 1 }`."""
    values = _fields(walk, node)
    match walk.meaning(node + 1):
        case OwnItem(place):
            kind = walk.world.own_type(place)
            if kind is not None:
                _compare_fields(walk, node, kind, values)
            return kind or UNKNOWN
        case OwnVariant(place):
            return walk.world.own_type(place) or UNKNOWN
        case HostTypeMeaning(host) | HostVariant(host):
            return Named(walk.world.hosts.name_of(host))
    return UNKNOWN


def _compare_fields(walk: Walk, node: int, kind: Named, values: list[tuple[str, Type]]) -> None:
    parts = [each for each in walk.operands(node) if walk.kinds[each] == K.FIELD_INITIALIZER]
    for part, (name, found) in zip(parts, values, strict=True):
        member = None if kind.item is None else walk.world.member(kind.item, name)
        if member is not None and member.place is None:
            walk.compare(part, member.type, found)


def _fields(walk: Walk, node: int) -> list[tuple[str, Type]]:
    """The keys of a literal with the types of their values."""
    fields: list[tuple[str, Type]] = []
    for part in walk.operands(node):
        if walk.kinds[part] == K.FIELD_INITIALIZER:
            fields.append((_key(walk, part + 1), stored(_field(walk, part))))
    return fields


def _key(walk: Walk, token: int) -> str:
    text = walk.content(token)
    return literal_text(text) if walk.kinds[token] == K.STRING_LITERAL else text


def _field(walk: Walk, initializer: int) -> Type:
    values = walk.operands(initializer)
    if values:
        return walk.evaluate(values[-1])
    token = initializer + 1
    number = walk.variables.get(token)
    if number is None:
        return UNKNOWN
    kind = walk.types[token] = walk.state[number] = weaken(walk.state[number])
    return kind


def objects(walk: Walk, node: int) -> Type:
    """`#{ key: value }`."""
    keys = dict(_fields(walk, node))
    return ObjectOf(tuple(keys.items())) if len(keys) <= _MOST_KEYS else OBJECT


def vector(walk: Walk, node: int) -> Type:
    """`[1, 2]`."""
    inner = join_all([stored(walk.evaluate_directly(each)) for each in walk.operands(node)])
    return Named("Vec", (inner,), None, True)


def tuples(walk: Walk, node: int) -> Type:
    """`(1, "a")`."""
    return TupleOf(tuple([stored(walk.evaluate(each)) for each in walk.operands(node)]), True)


def ranges(walk: Walk, node: int) -> Type:
    """`1..2` and its like; each of them is a type of its own."""
    inner = [walk.evaluate(each) for each in walk.operands(node)]
    starts = walk.kinds[node + 1] > K.RESERVED_KEYWORD
    is_closed = walk.first(node, K.DOT_DOT_EQUAL) is not None
    if len(inner) == 2:
        name = "RangeInclusive" if is_closed else "Range"
    elif inner:
        name = "RangeFrom" if starts else "RangeToInclusive" if is_closed else "RangeTo"
    else:
        name = "RangeFull"
    given = _in_range(inner)
    return Named(name, () if given is None else (given,), None, True)


def _in_range(inner: list[Type]) -> Type | None:
    """What a range goes through. Of an `i64` and a `u64` Rune makes numbers of the one kind: `i64`."""
    names = set(inner)
    if not names or not names <= {I64, U64, CHAR}:
        return None
    if names == {I64, U64}:
        return I64
    return inner[0] if len(names) == 1 and names != {U64} else None
