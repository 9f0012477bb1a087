"""What a value of unknown type may be: a guess by where it comes from, what is used of it and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from .facts import Facts, FileFacts
from .flow.by_use import members_used, types_having
from .flow.hosts import hosts_of
from .flow.inference import Inference
from .members import Member, member_name, member_named, members
from .resolve.host import SameBindings
from .resolve.resolution import Binding
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import FunctionOf, Named, TupleOf, Type, Unknown, argument_of
from .usual_members import OF_ANY, TYPE_OF_NAME, USUAL

_TELLING = 4
"""So many letters of a name say something."""
_FARTHEST = 8
"""So many steps back it is looked where a value comes from."""
_BEFORE_VALUE: Mapping[int, int] = {
    K.LET_STATEMENT: K.EQUAL,
    K.LET_EXPRESSION: K.EQUAL,
    K.FOR_EXPRESSION: K.IN_KEYWORD,
    K.MATCH_ARM: K.MATCH_KEYWORD,
}
_HOLDING = ("Iterator", "Vec", "Option", "VecDeque", "HashSet")


class KnownMembers(msgspec.Struct, frozen=True):
    """The members of all types of a host and of Rune by their names, those of likelier types first.

    `types` are those of the host by the words that sound like them.
    """

    members: dict[str, Member]
    types: dict[str, Named]


def known_members(script: Script) -> KnownMembers:
    """The ones that the script's host has."""
    return _known(SameBindings(script.bindings))


def likely_type(inference: Inference, node: int) -> Type | None:
    """What the value of the expression may be of which nothing is known."""
    return _likely(inference, node, _FARTHEST)


def likely_method(inference: Inference, receiver: int, name: str) -> Member | None:
    """The member of that name that the value of `receiver` has, or may have."""
    kind = inference.likely_type_of(receiver)
    if kind is not None:
        return inference.member_of_type(kind, name)
    kind = likely_type(inference, receiver)
    found = None if kind is None else inference.member_of_type(kind, name)
    return found or known_members(inference.script).members.get(name)


def _likely(inference: Inference, node: int, steps: int) -> Type | None:
    tree = inference.tree
    if tree.kind(node) == K.INDEX_EXPRESSION and K.RANGE_EXPRESSION in map(tree.kind, tree.children(node)):
        node = tree.first_child(node)
    if tree.kind(node) in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION):
        return _of_member(inference, node, steps)
    word = tree.last_word(node) if tree.kind(node) == K.PATH_EXPRESSION else None
    if word is None:
        return None
    variable = inference.local(node)
    sounds = _sounds_like(inference.script, tree.content(word))
    if not isinstance(variable, Binding):
        return sounds
    origin = _origin(inference, variable, steps - 1) if steps else None
    return origin or _used_like(inference, variable, word, sounds)


def _of_member(inference: Inference, node: int, steps: int) -> Type | None:
    """What a member gives that the value before the dot has, or may have; else what it sounds like."""
    tree = inference.tree
    name = member_name(tree, node) or ""
    of = _known_or_likely(inference, tree.first_child(node), steps - 1) if steps else None
    member = None if of is None else member_named(inference.script, of, name)
    if member is None:
        member = known_members(inference.script).members.get(name)
    if member is None and tree.kind(node) == K.FIELD_EXPRESSION:
        return _sounds_like(inference.script, name)
    given = None if member is None else member.type
    if isinstance(given, Unknown):
        return _instead(inference, node) if name == "unwrap_or" else None
    return given


def _instead(inference: Inference, call: int) -> Type | None:
    """The type of the first argument of a call, which goes in the place of what is not there."""
    tree = inference.tree
    listed = tree.first(call, K.ARGUMENT_LIST)
    given = () if listed is None else tree.children(listed)
    return next((inference.type_of(each) for each in given if not tree.is_token(each)), None)


def _known_or_likely(inference: Inference, node: int, steps: int) -> Type | None:
    return inference.likely_type_of(node) or _likely(inference, node, steps)


def _origin(inference: Inference, variable: Binding, steps: int) -> Type | None:
    """What a variable is given by what declares it."""
    tree, origin = inference.tree, variable.origin
    kind = tree.kind(origin)
    if kind == K.CLOSURE_EXPRESSION:
        pattern, given = variable.pattern + 1, _given_to_closure(inference, variable, steps)
        return _part(tree, pattern, given, variable.node)
    around = tree.parent(tree.parent(origin)) if kind == K.MATCH_ARM else origin
    sign = tree.first(around, _BEFORE_VALUE[kind]) if kind in _BEFORE_VALUE else None
    value = None if sign is None else next((each for each in tree.children(around) if each > sign), None)
    given = None if value is None else _known_or_likely(inference, value, steps)
    if kind == K.FOR_EXPRESSION:
        given = argument_of(given, *_HOLDING)
    return _part(tree, variable.pattern, given, variable.node)


def _part(tree: TreeView, pattern: int, kind: Type | None, node: int) -> Type | None:
    """The type of what the pattern calls the name at `node`, where it takes a value of the type apart."""
    if kind is None or tree.kind(pattern) == K.IDENTIFIER_PATTERN:
        return None if isinstance(kind, Unknown) else kind
    if tree.kind(pattern) != K.TUPLE_PATTERN:
        return None
    path = tree.first(pattern, K.PATH)
    parts = [each for each in tree.children(pattern) if not tree.is_token(each) and each != path]
    place = next((number for number, each in enumerate(parts) if each <= node < tree.after(each)), None)
    if place is None:
        return None
    held = _held(kind) if path is None else _held_by_variant(kind, tree.content(path))
    return _part(tree, parts[place], held[place], node) if place < len(held) else None


def _held(kind: Type) -> tuple[Type, ...]:
    return kind.members if isinstance(kind, TupleOf) else ()


def _held_by_variant(kind: Type, variant: str) -> tuple[Type, ...]:
    arguments = kind.arguments if isinstance(kind, Named) and kind.name in ("Option", "Result") else ()
    return arguments[1:2] if variant == "Err" else arguments[:1] if variant in ("Some", "Ok") else ()


def _given_to_closure(inference: Inference, variable: Binding, steps: int) -> Type | None:
    """What the method that takes the closure calls it with."""
    tree = inference.tree
    listed = tree.parent(variable.origin)
    call = tree.parent(listed)
    if tree.kind(call) != K.METHOD_CALL_EXPRESSION:
        return None
    of = _known_or_likely(inference, tree.first_child(call), steps)
    member = None if of is None else member_named(inference.script, of, member_name(tree, call) or "")
    place = [each for each in tree.children(listed) if not tree.is_token(each)].index(variable.origin)
    if member is None or place >= len(member.parameters):
        return None
    taken = hosts_of(inference.script.bindings).type(member.parameters[place].type)
    own = tree.children(tree.parent(variable.pattern))
    number = [each for each in own if tree.kind(each) == K.PARAMETER].index(variable.pattern)
    return taken.parameters[number] if isinstance(taken, FunctionOf) and number < len(taken.parameters) else None


def _used_like(inference: Inference, variable: Binding, word: int, sounds: Type | None) -> Type | None:
    """What it sounds like, unless that lacks what is used of it: then the likeliest of Rune's own types that do not."""
    script = inference.script
    used = frozenset(members_used(inference.tree, variable, word))
    names = {name for name, _ in used}
    if not used or (sounds is not None and names <= {each.name for each in members(script, sounds)}):
        return sounds
    having = {each.name for each in types_having(SameBindings(script.bindings), used, is_rune=True)}
    return next((Named(name) for name in USUAL if name in having), sounds)


def _sounds_like(script: Script, name: str) -> Type | None:
    """What a value of such a name may be: what a type is called so, or a field."""
    if name in TYPE_OF_NAME:
        return Named(TYPE_OF_NAME[name])
    plain = name.replace("_", "").lower()
    for number, item in enumerate(script.main.items):
        if item.kind in ("struct", "enum") and item.name.lower() == plain:
            return Named(item.name, (), number)
    known = known_members(script)
    kind = known.types.get(plain)
    if kind is None and len(plain) >= _TELLING:
        # Hosts put their own word before it: a `batch` is an `AskBatch`.
        kind = next((each for word, each in known.types.items() if word.endswith(plain)), None)
    member = known.members.get(name)
    return kind if kind is not None or member is None or member.kind != "field" else member.type


@lru_cache(maxsize=2)
def _known(key: SameBindings) -> KnownMembers:
    hosts = sorted(key.bindings.types, key=lambda host: not host.prelude)
    alone = _nothing_but(key.bindings)
    found: dict[str, Member] = {}
    for name in (*USUAL, *(host.path for host in hosts)):
        for member in members(alone, Named(name)):
            found.setdefault(member.name, member)
    types: dict[str, Named] = {}
    for host in hosts:
        for name in (host.name, *host.aliases):
            types.setdefault(name.lower(), Named(host.path))
    usual = {name: found[name] for name in OF_ANY if name in found}
    return KnownMembers({**usual, **found}, types)


def _nothing_but(bindings: Bindings) -> Script:
    return Script(Facts((FileFacts("", (), ()),)), b"", bindings)
