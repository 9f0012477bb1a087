"""What may stand behind the dot of a value of which nothing, or not all, is known: guesses, and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from .candidates import Candidate, of_member, ordered_members
from .flow.inference import Inference
from .likely_types import known_members, likely_type
from .members import Member, members
from .ranking import rank_of
from .script import Script
from .types import Named
from .used_words import UsedWords
from .usual_members import OF_ANY, USUAL

GUESSED = 1
"""The tier of a guess."""
_SOUNDS_LIKE, _IS_KEY, _IS_USUAL = 14, 5, 4
"""How many uses it is worth that a name is what such a value would have, is a key of an object, or is had by many."""
_MOST_UNWRITTEN = 100


def likely_members(
    inference: Inference, receiver: int, used: Iterable[UsedWords], before: str, written: str
) -> Iterator[Candidate]:
    """What is used behind the same word, what values of such a name have, the keys of objects, and any other."""
    script = inference.script
    known, kind = known_members(script), likely_type(inference, receiver)
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


def keys_of_objects(used: Iterable[UsedWords], before: str) -> Iterator[Candidate]:
    """What an object may have besides its methods: what is used behind the same word, and the keys of others."""
    behind = dict.fromkeys(name for words in used for name in words.members_behind(before))
    keys = dict.fromkeys(key for words in used for key in words.keys)
    for name in {**behind, **keys}:
        if name not in USUAL["Object"]:
            yield Candidate(name, "field", partial(_describe_used, name), 0, _IS_KEY)


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
