"""Lenses above declarations: run an entry, pin it, what it needs, and where a thing is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from lsprotocol import types as lsp
from runekiln_analysis.entries import ScriptEntry, entries
from runekiln_analysis.facts import Offsets
from runekiln_analysis.lenses import counted_names, needs_lenses, title_of
from runekiln_analysis.references import each_once, references
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.lsp import commands, convert
from runekiln_server.lsp.carried import carried
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.other_scripts import everywhere
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import Document, dialect_of, settings_of


class Counted(msgspec.Struct, frozen=True):
    """What a lens carries along to be resolved: the name whose references are to be counted, in which text."""

    uri: str
    version: int | None
    offset: int


async def on_code_lens(ls: RuneServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
    """The lenses of the kinds that the settings want; references are counted when a lens is shown."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    if dialect_of(ls.world, document) == "stub":
        return None
    return [*_lenses(ls, document, snapshot)]


async def on_resolve(ls: RuneServer, params: lsp.CodeLens) -> lsp.CodeLens:
    """How often the thing is named, in all scripts of the kiln that see it."""
    if params.data is None and params.command is not None:
        # Some editors ask for the rest of any lens.
        return params
    counted, document, snapshot = await carried(ls, params.data, Counted)
    seen = await everywhere(ls, document, snapshot)
    named = each_once(each for one in seen for each in references(one, counted.offset))
    locator = Locator(ls, seen)
    places = (locator.location(each.path, each.span) for each in named if each.access != "declaration")
    known = [place for place in places if place is not None]
    params.command = _showing(title_of(len(known)), counted.uri, params.range.start, known)
    return params


def _lenses(ls: RuneServer, document: Document, snapshot: Snapshot) -> Iterator[lsp.CodeLens]:
    wanted = settings_of(ls.world, document).code_lens
    if wanted.run:
        for entry in entries(snapshot.facts.script, snapshot.text, snapshot.bindings):
            yield from _of_entry(ls, document, entry)
    if not ls.client.lenses:
        return
    if wanted.permissions:
        for lens in needs_lenses(snapshot):
            range_ = _range(ls, document, lens.span)
            places = [lsp.Location(document.uri, _range(ls, document, place)) for place in lens.places]
            yield lsp.CodeLens(range_, _showing(lens.title, document.uri, range_.start, places))
    if wanted.references:
        for span in counted_names(snapshot):
            data = {"uri": document.uri, "version": document.version, "offset": span[0]}
            yield lsp.CodeLens(_range(ls, document, span), data=data)


def _of_entry(ls: RuneServer, document: Document, entry: ScriptEntry) -> Iterator[lsp.CodeLens]:
    range_ = _range(ls, document, entry.name_span)
    arguments = [{"uri": document.uri, "entry": entry.name}]
    yield lsp.CodeLens(range_, lsp.Command("▶ Run", commands.RUN, arguments=arguments))
    if (document.key, entry.name) in ls.world.pins:
        yield lsp.CodeLens(range_, lsp.Command("Unpin", commands.UNPIN, arguments=arguments))
    else:
        yield lsp.CodeLens(range_, lsp.Command("Pin", commands.PIN, arguments=arguments))


def _showing(title: str, uri: str, position: lsp.Position, places: Iterable[lsp.Location]) -> lsp.Command:
    """What opens those places, in the words of JSON: clients make their own types of it."""
    argument = {"uri": uri, "position": _plain(position), "places": [_plain_location(place) for place in places]}
    return lsp.Command(title, commands.SHOW_REFERENCES, arguments=[argument])


def _plain(position: lsp.Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def _plain_location(place: lsp.Location) -> dict[str, object]:
    return {"uri": place.uri, "range": {"start": _plain(place.range.start), "end": _plain(place.range.end)}}


def _range(ls: RuneServer, document: Document, span: Offsets) -> lsp.Range:
    return convert.from_span(document.index, span, ls.client.encoding)
