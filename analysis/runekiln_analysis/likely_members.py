"""What may stand behind the dot of a value of which nothing, or not all, is known: guesses, and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from .candidates import Candidate, candidate, of_member
from .facts import Facts, FileFacts
from .members import Member, members
from .resolve.host import SameBindings
from .script import Script
from .stubs import Bindings
from .types import Named
from .used_words import UsedWords
from .usual_members import OF_ANY, USUAL

GUESSED = 1
"""The tier of a guess."""


def likely_members(script: Script, used: Iterable[UsedWords], before: str) -> Iterator[Candidate]:
    """What is used behind the same word, behind others, what the script's types have, and what values usually have."""
    known = _by_name(SameBindings(script.bindings))
    own = dict(_own(script))
    names = dict.fromkeys(name for words in used for name in words.members_behind(before))
    names |= dict.fromkeys(name for words in used for name in words.members)
    for name in (*names, *(name for name in own if name not in names)):
        member = own.get(name) or known.get(name)
        yield _used_elsewhere(name) if member is None else _guess(script, member)
    yield from (_guess(script, member) for name, member in known.items() if name not in own and name not in names)


def _guess(script: Script, member: Member) -> Candidate:
    found = of_member(script, member)
    return Candidate(found.label, found.kind, partial(_describe, found, member), GUESSED, found.parameters)


def _describe(found: Candidate, member: Member) -> tuple[str, str]:
    detail, docs = found.describe()
    return (detail if member.host is None else f"{member.host.name}: {detail}", docs)


def _used_elsewhere(name: str) -> Candidate:
    return candidate(name, "field", name, "Used in this script.", tier=GUESSED)


def _own(script: Script) -> Iterator[tuple[str, Member]]:
    for number, item in enumerate(script.main.items):
        if item.kind in ("struct", "enum"):
            yield from ((each.name, each) for each in members(script, Named(item.name, (), number)))


@lru_cache(maxsize=2)
def _by_name(key: SameBindings) -> dict[str, Member]:
    """Members of the types that scripts meet most, by name: Rune's usual ones, then those of the host."""
    found: dict[str, Member] = {}
    script = _nothing_but(key.bindings)
    hosts = [each.name for each in key.bindings.types if each.prelude]
    for name in (*USUAL, *hosts):
        for member in members(script, Named(name)):
            found.setdefault(member.name, member)
    return {**{name: found[name] for name in OF_ANY if name in found}, **found}


def _nothing_but(bindings: Bindings) -> Script:
    return Script(Facts((FileFacts("", (), ()),)), b"", bindings)
