"""The reference of a host as pages of Markdown: an index, a page a module, and one each of what has no module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from .documentation import first_sentence, prose
from .host_item import WITHOUT_MODULE, HostItem, ItemKind
from .host_notes import with_notes
from .markdown import code, in_cell, table
from .reference_links import FILES, INDEX, TYPES, Links, file_of, links
from .reference_rows import CALLED, fits_in_row, key_table, line_of, linked, member_tables, signature

GENERATED = "<!-- Written by `make stubs` from what is bound: changes here are lost. -->\n\n"
_INTRODUCTION = """\
# Reference

What Crucible gives to scripts, from its stubs. `runekiln stubs show NAME` says the same where you work, with the stubs
of your own kiln; [stubs](../stubs.md) says how those are written.

"""
_TITLES: Mapping[ItemKind, str] = {"attribute": "Attributes", "event": "Events", "entry": "Entries"}
_SAYS: Mapping[ItemKind, str] = {
    "attribute": "What stands on the functions of a script so that the host uses them. Keys in bold must be there.",
    "event": "What handlers can ask for by name. `event.payload` is what an event carries.",
    "entry": "Functions that the host calls in a script by their names.",
}
_MEMBERS: tuple[ItemKind, ...] = (*CALLED, "field", "variant", "constant", "alias", "macro", "protocol")
_CONTAINERS: tuple[ItemKind, ...] = ("module", "struct", "enum", "trait", "variant")
_HEADING = re.compile(r"#{1,6} +(.*?)[ #]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def reference_pages(items: Sequence[HostItem]) -> dict[str, str]:
    """Each page by the name of its file; all lie in one folder, beside the documentation of stubs."""
    titles = {(item.kind, item.path): _title(item) for item in items}
    # Links change no heading: pages without any say where everything will be.
    plain = _Writer(items, Links({}, {})).pages()
    return _Writer(items, links(items, plain, titles)).pages()


class _Writer:
    """Writes pages whose links lead where `links` says."""

    def __init__(self, items: Sequence[HostItem], links: Links) -> None:
        self._links = links
        self._items = items
        self._containers = {item.path: item for item in items if item.kind in _CONTAINERS}
        self._members: dict[str, list[HostItem]] = {}
        for item in items:
            self._members.setdefault(item.owner or "", []).append(item)

    def pages(self) -> dict[str, str]:
        written = {INDEX: GENERATED + self._index()}
        for module in _of_kinds(self._items, "module"):
            written[file_of(module)] = GENERATED + "".join(self._module(module))
        for kind in WITHOUT_MODULE:
            if found := _of_kinds(self._items, kind):
                written[FILES[kind]] = GENERATED + "".join(self._without_module(kind, found))
        return written

    def _index(self) -> str:
        modules = _of_kinds(self._items, "module")
        rows = []
        for module in modules:
            types = [item for item in self._items if item.module == module.path and item.kind in TYPES]
            named = ", ".join(f"[{code(item.name)}]({self._links.to(item, INDEX) or file_of(item)})" for item in types)
            name = f"[{code(module.path)}]({file_of(module)})"
            rows.append((name, in_cell(first_sentence(module.docs)), named))
        others = [
            f"- [{_TITLES[kind]}]({FILES[kind]}): {', '.join(code(item.name) for item in found)}\n"
            for kind in WITHOUT_MODULE
            if (found := _of_kinds(self._items, kind))
        ]
        return _INTRODUCTION + table(("module", "what it is", "types"), rows) + "\n" + "".join(others)

    def _module(self, module: HostItem) -> Iterator[str]:
        inside = [item for item in self._items if item.module == module.path and item.owner is None]
        page = file_of(module)
        yield f"# `{module.path}`\n\n{_said(module)}All modules: [reference]({INDEX}).\n\n"
        below = [item for item in self._items if item.kind == "module" and item.path.startswith(f"{module.path}::")]
        if below:
            yield f"Below it: {', '.join(f'[{code(item.path)}]({file_of(item)})' for item in below)}.\n\n"
        types = [item for item in inside if item.kind in ("struct", "enum", "trait")]
        if types:
            rows = [
                (linked(self._links, page, item, code(item.name)), in_cell(first_sentence(item.docs))) for item in types
            ]
            yield table(("type", "what it is"), rows) + "\n"
        yield from self._members_of(module, inside, "## ")
        for item in types:
            yield from self._type(item)

    def _type(self, item: HostItem) -> Iterator[str]:
        page = file_of(item)
        generics = f"<{', '.join(item.generics)}>" if item.generics else ""
        facts = [f"{item.kind.capitalize()} `{item.path}{generics}`."]
        if item.aliases:
            facts.append(f"Also called {', '.join(map(code, item.aliases))}.")
        if item.prelude:
            facts.append("Scripts need no `use` for it.")
        if item.sealed:
            facts.append("It has no members but these.")
        if item.traits:
            traits = ", ".join(self._links.in_code(trait, page, item.module) for trait in item.traits)
            facts.append(f"It has the functions of {traits}.")
        lines = "\n".join(facts)
        yield f"## {_title(item)}\n\n{lines}\n\n{_said(self._unless_around(item))}"
        yield from self._members_of(item, self._members.get(item.path, ()), None)

    def _members_of(self, around: HostItem, members: Sequence[HostItem], heading: str | None) -> Iterator[str]:
        """Tables of what is in a module or type; then each function of which there is more to say than a sentence."""
        page = file_of(around)
        shown = [self._unless_around(item) for item in members]
        yield from member_tables(self._links, page, shown, heading)
        for item in shown:
            if item.kind in _MEMBERS and self._has_more(item):
                yield f"### {_title(item)}\n\n{line_of(self._links, page, item)}\n\n{_said(item)}"
                yield from member_tables(self._links, page, self._members.get(item.path, ()), None)

    def _without_module(self, kind: ItemKind, found: Sequence[HostItem]) -> Iterator[str]:
        yield f"# {_TITLES[kind]}\n\n{_SAYS[kind]}\nAll else: [reference]({INDEX}).\n\n"
        rows = [
            (linked(self._links, FILES[kind], item, code(item.name)), in_cell(first_sentence(item.docs)))
            for item in found
        ]
        yield table((kind, "what for"), rows) + "\n"
        for item in found:
            yield f"## {_title(item)}\n\n"
            if item.aliases:
                yield f"Also {', '.join(code(f'#[{alias}]') for alias in item.aliases)}.\n\n"
            yield from self._what_it_takes(item)
            yield _said(item)
            if item.keys:
                yield key_table(self._links, FILES[kind], item) + "\n"

    def _what_it_takes(self, item: HostItem) -> Iterator[str]:
        page = FILES[item.kind]
        if item.kind == "event":
            stop = " A handler may cancel it." if item.cancellable else ""
            yield f"Carries {self._links.in_code(item.type or 'any', page, None)}.{stop}\n\n"
        elif item.kind == "entry":
            yield f"{signature(self._links, page, item, item.name)}\n\n"
        elif item.parameters or item.type is not None:
            yield f"Stands on a function {signature(self._links, page, item, '')}.\n\n"

    def _has_more(self, item: HostItem) -> bool:
        """Whether there is more to say of a member than its row in a table does."""
        if item.kind not in CALLED:
            return not fits_in_row(item) or any(inner.docs for inner in self._members.get(item.path, ()))
        notes = (item.permission, item.profiles, item.deprecated, item.since)
        return any(notes) or " ".join(prose(item.docs).split()) != first_sentence(item.docs)

    def _unless_around(self, item: HostItem) -> HostItem:
        """The item without those profiles that what is around it has said already."""
        around = self._containers.get(item.owner or item.module or "")
        return replace(item, profiles=()) if around is not None and around.profiles == item.profiles else item


def _of_kinds(items: Iterable[HostItem], *kinds: ItemKind) -> list[HostItem]:
    return [item for item in items if item.kind in kinds]


def _title(item: HostItem) -> str:
    """The heading of an item."""
    if item.kind == "attribute":
        return f"`#[{item.name}]`"
    if item.owner is None:
        return f"`{item.name}`"
    between = "." if item.kind in ("method", "field") else "::"
    return f"`{item.owner.rpartition('::')[2]}{between}{item.name}`"


def _said(item: HostItem) -> str:
    """Documentation and notes as a paragraph or more, empty if there are none."""
    text = with_notes(_without_headings(item.docs), item)
    return f"{text}\n\n" if text else ""


def _without_headings(docs: str) -> str:
    """Documentation whose headings are words in bold: those of the page are not its own."""
    lines = []
    is_code = False
    for line in docs.splitlines():
        is_code ^= _FENCE.match(line) is not None
        heading = None if is_code else _HEADING.match(line)
        lines.append(line if heading is None else f"**{heading[1]}**")
    return "\n".join(lines)
