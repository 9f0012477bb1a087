"""What may stand behind the dot of a value of which nothing, or not all, is known: guesses, and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

import msgspec

from .candidates import Candidate, of_member, ordered_members
from .facts import Facts, FileFacts
from .flow.by_use import members_used, types_having
from .flow.inference import Inference
from .members import Member, member_name, members
from .ranking import rank_of
from .resolve.host import SameBindings
from .resolve.resolution import Binding
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .types import Named, Type
from .used_words import UsedWords
from .usual_members import OF_ANY, TYPE_OF_NAME, USUAL

GUESSED = 1
"""The tier of a guess."""
_SOUNDS_LIKE, _IS_KEY, _IS_USUAL = 14, 5, 4
"""How many uses it is worth that a name is what such a value would have, is a key of an object, or is had by many."""
_MOST_UNWRITTEN = 100
_TELLING = 4
"""So many letters of a name say something."""


class _Known(msgspec.Struct, frozen=True):
    """The members of all types by their names, those of likelier types first, and the types that words sound like."""

    members: dict[str, Member]
    types: dict[str, Named]


def likely_members(
    inference: Inference, receiver: int, used: Iterable[UsedWords], before: str, written: str
) -> Iterator[Candidate]:
    """What is used behind the same word, what values of such a name have, the keys of objects, and any other."""
    script = inference.script
    known = _known(SameBindings(script.bindings))
    kind = _seems(known, inference, receiver)
    likely = {} if kind is None else {each.name: each for each in ordered_members(script, kind)}
    own = dict(_own(script))
    weights: dict[str, int] = {}
    for place, name in enumerate(likely):
        weights[name] = max(_SOUNDS_LIKE - place // 2, 1)
    for name in (*(key for words in used for key in words.keys), *own):
        weights[name] = weights.get(name, 0) + _IS_KEY
    for place, name in enumerate(OF_ANY):
        weights[name] = weights.get(name, 0) + max(_IS_USUAL - place // 4, 1)
    names = (*weights, *(name for words in used for name in (*words.members_behind(before), *words.members)))
    seen: set[str] = set()
    for name in (*names, *known.members):
        # Most of hundreds do not fit what is written, or would never be in sight.
        if name in seen or (written and rank_of(name, written) is None):
            continue
        if not written and len(seen) >= max(_MOST_UNWRITTEN, len(names)):
            return
        seen.add(name)
        member = likely.get(name) or own.get(name) or known.members.get(name)
        weight = weights.get(name, 0)
        yield _used_elsewhere(name, weight) if member is None else _guess(script, member, weight)


def likely_member(script: Script, name: str) -> Member | None:
    """The member of that name of whatever type is the likeliest to have one."""
    return _known(SameBindings(script.bindings)).members.get(name)


def keys_of_objects(used: Iterable[UsedWords], before: str) -> Iterator[Candidate]:
    """What an object may have besides its methods: what is used behind the same word, and the keys of others."""
    behind = dict.fromkeys(name for words in used for name in words.members_behind(before))
    keys = dict.fromkeys(key for words in used for key in words.keys)
    for name in {**behind, **keys}:
        if name not in USUAL["Object"]:
            yield Candidate(name, "field", partial(_describe_used, name), 0, _IS_KEY)


def _seems(known: _Known, inference: Inference, node: int) -> Type | None:
    """What a value sounds like, or else the likeliest of Rune's own types that have what is used of the variable."""
    sounds = _sounds_like(known, inference, node)
    script, variable = inference.script, inference.local(node)
    if not isinstance(variable, Binding) or inference.tree.kind(node) != K.PATH_EXPRESSION:
        return sounds
    used = frozenset(members_used(inference.tree, variable, node + 1))
    if not used or (
        sounds is not None and {name for name, _ in used} <= {each.name for each in members(script, sounds)}
    ):
        return sounds
    having = {each.name for each in types_having(SameBindings(script.bindings), used, is_rune=True)}
    return next((Named(name) for name in USUAL if name in having), sounds)


def _sounds_like(known: _Known, inference: Inference, node: int) -> Type | None:
    """What a value of such a name may be: what a type or a field is called so, or what such a method gives."""
    tree = inference.tree
    if tree.kind(node) == K.INDEX_EXPRESSION and K.RANGE_EXPRESSION in map(tree.kind, tree.children(node)):
        node = tree.first_child(node)
    if tree.kind(node) in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION):
        name = member_name(tree, node) or ""
        member = known.members.get(name)
        if member is not None or tree.kind(node) == K.METHOD_CALL_EXPRESSION:
            return None if member is None else member.type
    else:
        word = tree.last_word(node) if tree.kind(node) == K.PATH_EXPRESSION else None
        name = "" if word is None else tree.content(word)
        member = known.members.get(name)
    if name in TYPE_OF_NAME:
        return Named(TYPE_OF_NAME[name])
    plain = name.replace("_", "").lower()
    kind = known.types.get(plain)
    if kind is None and len(plain) >= _TELLING:
        # Hosts put their own word before it: a `batch` is an `AskBatch`.
        kind = next((each for word, each in known.types.items() if word.endswith(plain)), None)
    return kind if kind is not None or member is None or member.kind != "field" else member.type


def _guess(script: Script, member: Member, weight: int) -> Candidate:
    found = of_member(script, member)
    describe = partial(_describe, found, member)
    return Candidate(found.label, found.kind, describe, GUESSED, weight, found.parameters, member=member)


def _describe(found: Candidate, member: Member) -> tuple[str, str]:
    detail, docs = found.describe()
    return (detail if member.host is None else f"{member.host.name}: {detail}", docs)


def _used_elsewhere(name: str, weight: int) -> Candidate:
    return Candidate(name, "field", partial(_describe_used, name), GUESSED, weight)


def _describe_used(name: str) -> tuple[str, str]:
    return (name, "Used in this script.")


def _own(script: Script) -> Iterator[tuple[str, Member]]:
    for number, item in enumerate(script.main.items):
        if item.kind in ("struct", "enum"):
            yield from ((each.name, each) for each in members(script, Named(item.name, (), number)))


@lru_cache(maxsize=2)
def _known(key: SameBindings) -> _Known:
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
    return _Known({**usual, **found}, types)


def _nothing_but(bindings: Bindings) -> Script:
    return Script(Facts((FileFacts("", (), ()),)), b"", bindings)
