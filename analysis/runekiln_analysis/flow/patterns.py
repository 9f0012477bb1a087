"""What a pattern says: the types of the names in it, that of the value it matches, and whether it matches all."""

from __future__ import annotations

from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.meaning import HostVariant, Meaning, OwnItem, OwnVariant
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, Named, ObjectOf, TupleOf, Type, UnionOf

from .lattice import BOOL, CHAR, STRING, held, join, members_of, runtime_name, stored, weaken
from .walk import Walk

_LITERALS: dict[int, Named] = {
    K.STRING_LITERAL: STRING,
    K.TRUE_KEYWORD: BOOL,
    K.FALSE_KEYWORD: BOOL,
    K.CHARACTER_LITERAL: CHAR,
}
_WRAPPERS = {"std::option::Option": "Option", "std::result::Result": "Result"}
_HELD = {"Some": 0, "Ok": 0, "Err": 1}


def bind(walk: Walk, pattern: int, kind: Type) -> None:
    """The names in a pattern get the types of the parts of a `kind` that they stand for."""
    match walk.kinds[pattern]:
        case K.IDENTIFIER_PATTERN:
            number = walk.declared.get(pattern + 1)
            if number is not None:
                walk.types[pattern + 1] = walk.state[number] = held(kind)
        case K.TUPLE_PATTERN:
            _tuple(walk, pattern, kind)
        case K.VECTOR_PATTERN:
            inner = _argument(kind, "Vec", 0)
            for part in walk.operands(pattern):
                bind(walk, part, inner)
        case K.OBJECT_PATTERN:
            _object(walk, pattern, kind)
        case K.FIELD_PATTERN:
            for part in _parts(walk, pattern):
                bind(walk, part, kind)


def bind_variable(walk: Walk, pattern: int, kind: Type, number: int | None) -> None:
    """The same for what is the value of a variable, which a name that stands for all of it makes another way to."""
    if number is not None and walk.kinds[pattern] == K.IDENTIFIER_PATTERN:
        kind = walk.state[number] = weaken(kind)
    bind(walk, pattern, kind)


def wanted(walk: Walk, pattern: int) -> Named | None:
    """The type of every value that the pattern matches, if it tells."""
    match walk.kinds[pattern]:
        case K.LITERAL_PATTERN:
            return _LITERALS.get(walk.kinds[pattern + 1])
        case K.TUPLE_PATTERN | K.OBJECT_PATTERN:
            path = walk.first(pattern, K.PATH)
            return None if path is None else _owner(walk, walk.meaning(path))
        case K.PATH_PATTERN:
            return _owner(walk, walk.meaning(pattern))
        case K.IDENTIFIER_PATTERN if pattern + 1 not in walk.declared:
            return _owner(walk, walk.resolution.names.get(pattern + 1))
    return None


def covered(walk: Walk, pattern: int) -> str | None:
    """What the pattern matches: `*` all values, the name of a variant all of those; `None` if it is choosier."""
    kind = walk.kinds[pattern]
    if kind == K.WILDCARD_PATTERN or (kind == K.IDENTIFIER_PATTERN and pattern + 1 in walk.declared):
        return "*"
    if kind == K.LITERAL_PATTERN and walk.kinds[pattern + 1] in (K.TRUE_KEYWORD, K.FALSE_KEYWORD):
        return walk.content(pattern)
    path = pattern if kind == K.PATH_PATTERN else walk.first(pattern, K.PATH)
    if kind == K.IDENTIFIER_PATTERN:
        meaning = walk.resolution.names.get(pattern + 1)
    elif path is not None:
        meaning = walk.meaning(path)
    else:
        return None
    parts = [] if kind in (K.PATH_PATTERN, K.IDENTIFIER_PATTERN) else _parts(walk, pattern)
    if any(covered(walk, part) != "*" and walk.kinds[part] != K.REST_PATTERN for part in parts):
        return None
    return _variant(meaning)


def left_out(walk: Walk, kind: Type, names: set[str]) -> set[str]:
    """What patterns that match these leave out of the values of a type: names of variants, and `*` for any others."""
    found: set[str] = set()
    for member in members_of(kind):
        found |= _variants_of(walk, member) - names
    return found


def _variants_of(walk: Walk, kind: Type) -> set[str]:
    match kind:
        case Named("Option", _, None):
            return {"None", "Some"}
        case Named("Result", _, None):
            return {"Ok", "Err"}
        case Named("bool", _, None):
            return {"true", "false"}
        case Named(_, _, item) if item is not None and item >= 0:
            return set(walk.world.variants(item)) or {"*"}
        case Named(name, _, None):
            host = walk.world.hosts.host(name)
            if host is not None and host.kind == "enum" and (host.sealed or host.path.startswith("std::")):
                return {variant.name for variant in host.variants}
    return {"*"}


def _variant(meaning: Meaning | None) -> str | None:
    match meaning:
        case HostVariant(_, variant):
            return variant.name
        case OwnVariant(_, name):
            return name
    return None


def _owner(walk: Walk, meaning: Meaning | None) -> Named | None:
    match meaning:
        case HostVariant(host):
            return Named(walk.world.hosts.name_of(host))
        case OwnVariant(place):
            return walk.world.own_type(place)
        case OwnItem(place) if walk.world.kind(place) == "struct":
            return walk.world.own_type(place)
    return None


def _tuple(walk: Walk, pattern: int, kind: Type) -> None:
    path = walk.first(pattern, K.PATH)
    parts = _parts(walk, pattern)
    for place, part in enumerate(parts):
        bind(walk, part, UNKNOWN if path is None else _in_variant(walk, walk.meaning(path), place, kind))
    if path is not None:
        return
    tuples = [member for member in members_of(kind) if isinstance(member, TupleOf)]
    if len(tuples) < len(members_of(kind)):
        return
    # `..` stands only at the end.
    has_rest = bool(parts) and walk.kinds[parts[-1]] == K.REST_PATTERN
    named = parts[:-1] if has_rest else parts
    fitting = [each for each in tuples if len(each.members) == len(named) or has_rest]
    for place, part in enumerate(named):
        bind(walk, part, _joined([each.members[place] for each in fitting if place < len(each.members)]))


def _in_variant(walk: Walk, meaning: Meaning | None, place: int, kind: Type) -> Type:
    match meaning:
        case HostVariant(host, variant) if place == 0 and host.path in _WRAPPERS:
            return _argument(kind, _WRAPPERS[host.path], _HELD.get(variant.name, 0))
        case HostVariant(host, variant) if place < len(variant.values) and not host.generics:
            return walk.world.hosts.type(variant.values[place])
        case OwnItem(own) if (named := walk.world.own_type(own)) is not None and named.item is not None:
            member = walk.world.member(named.item, str(place))
            return UNKNOWN if member is None else member.type
    return UNKNOWN


def _object(walk: Walk, pattern: int, kind: Type) -> None:
    path = walk.first(pattern, K.PATH)
    meaning = None if path is None else walk.meaning(path)
    for part in _parts(walk, pattern):
        token = part + 1
        is_string = walk.kinds[token] == K.STRING_LITERAL
        name = literal_text(walk.content(token)) if is_string else walk.content(token)
        bind(walk, part, _of_key(walk, meaning, kind, name) if path is not None else _key(kind, name))


def _of_key(walk: Walk, meaning: Meaning | None, kind: Type, name: str) -> Type:
    match meaning:
        case OwnItem(place) if (named := walk.world.own_type(place)) is not None and named.item is not None:
            member = walk.world.member(named.item, name)
            return UNKNOWN if member is None or member.place is not None else member.type
        case HostVariant(host, variant) if not host.generics:
            found = (each for each in variant.fields if each.name == name)
            return next((walk.world.hosts.type(each.type) for each in found), UNKNOWN)
    return UNKNOWN


def _key(kind: Type, name: str) -> Type:
    match kind:
        case ObjectOf(keys):
            return dict(keys).get(name, UNKNOWN)
        case Named("Object", (inner,), None):
            return inner
    return UNKNOWN


def _argument(kind: Type, owner: str, place: int) -> Type:
    """What a value of that owner holds; a union may have other members, which the pattern does not match."""
    if not isinstance(kind, Named | UnionOf):
        return UNKNOWN
    found = [member for member in members_of(kind) if runtime_name(member) == owner]
    if len(found) != 1 or not isinstance(found[0], Named) or place >= len(found[0].arguments):
        return UNKNOWN
    return found[0].arguments[place]


def _parts(walk: Walk, pattern: int) -> list[int]:
    return [part for part in walk.operands(pattern) if walk.kinds[part] in PATTERNS]


def _joined(types: list[Type]) -> Type:
    joined: Type | None = None
    for each in types:
        joined = each if joined is None else join(joined, each)
    return UNKNOWN if joined is None else stored(joined)
