"""How much of what is broken in scripts is found: one word is broken at a time, and a problem must stand there."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from runekiln_analysis.facts import Offsets
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind

from tests.bench import valid_scripts
from tests.bench.sites import ARITY, EVENT, FIELD, KEY, METHOD, STATE, Site, sites
from tests.bench.table import Bound, Line

MUTATIONS = 80
"""How many of each kind are made, at most."""
OWN = (EVENT, STATE, KEY, ARITY)
"""Kinds of which each must be found."""
MEMBERS = (METHOD, FIELD)
_KEYWORDS = frozenset(kind.name.partition("_KEYWORD")[0].lower() for kind in SyntaxKind if "_KEYWORD" in kind.name)
_LETTERS = "abcdefghijklmnopqrstuvwxyz_"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A script with one thing broken, and the spans, one of which a problem must have."""

    path: str
    site: Site
    text: bytes
    places: tuple[Offsets, ...]


def measure(choose: random.Random) -> list[Line]:
    """The share that is found, by kind; of methods and fields, that of values whose type is declared, and of all."""
    found = [(script, site) for script in _scripts(choose) for site in sites(script)]
    lines = [_line(kind, kind, found, choose, Bound("least", 100)) for kind in OWN]
    for kind in MEMBERS:
        declared = [(script, site) for script, site in found if site.typed]
        lines.append(_line(kind, f"{kind} of declared types", declared, choose, Bound("least", 90)))
        lines.append(_line(kind, f"{kind} of all values", found, choose, None))
    return lines


def mutations(found: Iterable[tuple[Script, Site]], choose: random.Random, most: int) -> Iterator[Mutation]:
    """So many of the sites, each broken."""
    listed = list(found)
    for script, site in choose.sample(listed, min(most, len(listed))):
        yield broken(script, site, choose)


def broken(script: Script, site: Site, choose: random.Random) -> Mutation:
    """The script with that site broken: a word that nothing has, or another number of arguments."""
    start, end = site.span
    word = script.text[start:end].decode()
    new = _misspelt(word, site.known, choose) if site.arguments is None else _recounted(site.arguments, choose)
    text = script.text[:start] + new.encode() + script.text[end:]
    end = start + len(new.encode())
    return Mutation(script.main.path, site, text, ((start, end), (start - 1, end + 1)))


def is_found(mutation: Mutation) -> bool:
    """Whether a problem stands at the very place, whatever it says."""
    told = valid_scripts.shown(valid_scripts.checked(mutation.path, mutation.text))
    return any(each.span in mutation.places for each in told)


def _scripts(choose: random.Random) -> Iterator[Script]:
    yield from valid_scripts.of_kiln()
    yield from valid_scripts.of_surface()
    yield from valid_scripts.generated(choose)
    yield from valid_scripts.of_rune()


def _line(kind: str, label: str, found: list[tuple[Script, Site]], choose: random.Random, bound: Bound | None) -> Line:
    """The share of a kind that is found, in per cent."""
    made = list(mutations(((script, site) for script, site in found if site.kind == kind), choose, MUTATIONS))
    share = 100 * sum(map(is_found, made)) / len(made)
    return Line(f"found of {len(made)} broken {label}, %", bound, ours=[share])


def _recounted(arguments: tuple[str, ...], choose: random.Random) -> str:
    """An argument list with one more, or one less."""
    more = (*arguments, "()")
    fewer = arguments[:-1]
    return f"({', '.join(fewer if arguments and choose.random() < 0.5 else more)})"


def _misspelt(word: str, known: frozenset[str], choose: random.Random) -> str:
    """The word with a slip of the fingers in it, which makes it none of those that are right, and no keyword."""
    while True:
        place = choose.randrange(len(word))
        match choose.randrange(4):
            case 0:
                new = word[:place] + word[place + 1 :]
            case 1:
                new = word[:place] + word[place] + word[place:]
            case 2:
                new = word[:place] + choose.choice(_LETTERS) + word[place + 1 :]
            case _:
                new = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        is_word = not word.isidentifier() or (new.isidentifier() and not new.startswith("_"))
        if new not in known and new != word and is_word and len(new) > 1 and new not in _KEYWORDS:
            return new
