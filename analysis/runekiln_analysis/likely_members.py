"""What may stand behind the dot of a value of which nothing, or not all, is known: guesses, and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

import msgspec

from .candidates import Candidate, candidate, of_member, ordered_members
from .facts import Facts, FileFacts
from .flow.inference import Inference
from .members import Member, member_name, members
from .ranking import rank_of
from .resolve.host import SameBindings
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .types import Named, Type
from .used_words import UsedWords
from .usual_members import OF_ANY, TYPE_OF_NAME, USUAL

LIKELY, POSSIBLE = 1, 2
"""The tiers of guesses: what is seen behind such a word or had by what it sounds like, and whatever else there is."""


class _Known(msgspec.Struct, frozen=True):
    """The members of all types by their names, those of likelier types first, and the types that words sound like."""

    members: dict[str, Member]
    types: dict[str, Named]


def likely_members(
    inference: Inference, receiver: int, used: Iterable[UsedWords], before: str, written: str
) -> Iterator[Candidate]:
    """What is used behind the same word, what values of such a name have, what is used behind others, and any other."""
    script = inference.script
    known = _known(SameBindings(script.bindings))
    kind = _sounds_like(known, inference, receiver)
    likely = {each.name: each for each in (() if kind is None else ordered_members(script, kind))}
    own = dict(_own(script))
    listed = [(name, LIKELY) for words in used for name in words.members_behind(before)]
    listed += ((name, LIKELY) for name in likely)
    listed += ((name, POSSIBLE) for words in used for name in (*words.members, *words.keys))
    listed += ((name, POSSIBLE) for name in (*own, *known.members))
    seen: set[str] = set()
    for name, tier in listed:
        # Most of hundreds do not fit what is written, or would never be in sight.
        if name in seen or (written and rank_of(name, written) is None):
            continue
        if not written and len(seen) >= _MOST_UNWRITTEN:
            return
        seen.add(name)
        member = likely.get(name) or own.get(name) or known.members.get(name)
        yield _used_elsewhere(name, tier) if member is None else _guess(script, member, tier)


_MOST_UNWRITTEN = 100


def _sounds_like(known: _Known, inference: Inference, node: int) -> Type | None:
    """What a value of such a name may be: what a type or a field is called so, or what such a method gives."""
    tree = inference.tree
    if tree.kind(node) in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION):
        member = known.members.get(member_name(tree, node) or "")
        return None if member is None else member.type
    word = tree.last_word(node)
    name = "" if word is None else tree.content(word)
    if tree.kind(node) != K.PATH_EXPRESSION or not name:
        return None
    kind = known.types.get(name.replace("_", "").lower()) or TYPE_OF_NAME.get(name)
    if isinstance(kind, str):
        return Named(kind)
    member = known.members.get(name)
    return kind if kind is not None or member is None or member.kind != "field" else member.type


def _guess(script: Script, member: Member, tier: int) -> Candidate:
    found = of_member(script, member)
    return Candidate(found.label, found.kind, partial(_describe, found, member), tier, found.parameters)


def _describe(found: Candidate, member: Member) -> tuple[str, str]:
    detail, docs = found.describe()
    return (detail if member.host is None else f"{member.host.name}: {detail}", docs)


def _used_elsewhere(name: str, tier: int) -> Candidate:
    return candidate(name, "field", name, "Used in this script.", tier=tier)


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
