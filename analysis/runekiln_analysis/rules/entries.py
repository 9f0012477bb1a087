"""Functions that the host calls by their names: whether it can see them, and what they take."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Item, Offsets, Problem
from runekiln_analysis.item_words import words_by_item
from runekiln_analysis.rules.problems import not_public
from runekiln_analysis.rules.signatures import signature_mistake
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings, Entry, Parameter
from runekiln_analysis.syntax import SyntaxKind as K


class NamedEntry(msgspec.Struct, frozen=True):
    """A function at the root of a script that has the name of an entry, by its number."""

    number: int
    item: Item
    entry: Entry

    @property
    def name_span(self) -> Offsets:
        """Where the name of the function is."""
        start = self.item.span[0]
        return (start + self.item.name_span[0], start + self.item.name_span[1])


def named_entries(script: Script) -> Iterator[NamedEntry]:
    """The functions that the host calls by their names, or would if they were public; a private `main` is anybody's."""
    declared = {entry.name: entry for entry in script.bindings.entries}
    for place in words_by_item(script):
        item = script.main.items[place]
        if item.name not in declared:
            continue
        is_function = item.kind == "function" and item.parent is None
        if is_function and (item.public or item.name != "main"):
            yield NamedEntry(place, item, declared[item.name])


def with_event_of_folder(bindings: Bindings, path: str) -> Bindings:
    """The bindings of a script in the folder of an event, where `on_` and the event's name is called for it."""
    event = path.rpartition("/")[0].rpartition("/")[2]
    handler = Entry(f"on_{event}", (Parameter("event", "Object"),), "any", "", "event-handler")
    return msgspec.structs.replace(bindings, entries=(handler, *bindings.entries))


def entry_problems(script: Script) -> Iterator[Problem]:
    """What is wrong with the functions that the host calls by their names.

    One that is private and called by others of the script may have its name by chance.
    """
    for named in named_entries(script):
        if named.item.public or not _is_used(script, named.item.name):
            yield from obstacles(script, named)


def obstacles(script: Script, named: NamedEntry) -> Iterator[Problem]:
    """What keeps the host from calling a function of this name."""
    name = named.item.name
    if not named.item.public:
        tree = script.tree(named.number)
        first = tree.first(0, K.ASYNC_KEYWORD, K.FN_KEYWORD)
        yield not_public(name, named.name_span, tree.start(0 if first is None else first))
    # What `main` takes is up to who runs it.
    if name != "main":
        yield from signature_mistake(script, named.number, named.entry.parameters)


def _is_used(script: Script, name: str) -> bool:
    return len(re.findall(rb"\b%s\b" % re.escape(name.encode()), script.text)) > 1
