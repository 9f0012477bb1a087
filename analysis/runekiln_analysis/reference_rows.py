"""A row or a line of the reference for each declaration of a host, with links from the types in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .documentation import first_sentence, prose
from .host_item import HostItem, ItemKind
from .markdown import code, in_cell, table
from .reference_links import Links

CALLED: tuple[ItemKind, ...] = ("function", "method", "associated-function")
_TABLES: tuple[tuple[tuple[ItemKind, ...], str, tuple[str, ...]], ...] = (
    (("field",), "Fields", ("field", "type", "what it is")),
    (("variant",), "Variants", ("variant", "what it is")),
    (("constant",), "Constants", ("constant", "type", "value", "what it is")),
    (("alias",), "Other names of types", ("name", "type", "what it is")),
    (("macro",), "Macros", ("macro", "returns", "what it does")),
    (CALLED, "Functions", ("function", "takes", "returns", "what it does")),
    (("protocol",), "What Rune's syntax does", ("protocol", "takes", "returns", "what it does")),
)
# Several paragraphs, or one with lines that are no sentences.
_PARAGRAPHS = re.compile(r"\n[ \t]*\n|^[ \t]*(```|~~~|[-*+] |\d+[.)] |\|)", re.MULTILINE)


def member_tables(links: Links, page: str, members: Sequence[HostItem], heading: str | None) -> Iterator[str]:
    """A table for each kind of what is in a module, type or trait, perhaps below headings that begin like `## `."""
    for kinds, title, header in _TABLES:
        if found := [item for item in members if item.kind in kinds]:
            above = "" if heading is None else f"{heading}{title}\n\n"
            yield f"{above}{table(header, (_row(links, page, item) for item in found))}\n"


def key_table(links: Links, page: str, attribute: HostItem) -> str:
    """The keys of an attribute; those that must be there are in bold."""
    rows = (
        (
            f"**{code(key.name)}**" if key.required else code(key.name),
            links.in_code(key.type, page, None),
            in_cell(" ".join(prose(key.docs).split())),
        )
        for key in attribute.keys
    )
    return table(("key", "type", "what it says"), rows)


def linked(links: Links, page: str, item: HostItem, text: str) -> str:
    """The text as a link to where there is more about the item, if there is."""
    place = links.to(item, page)
    return text if place is None else f"[{text}]({place})"


def signature(links: Links, page: str, item: HostItem, name: str) -> str:
    """A function under that name as a line of code."""
    own = ("self",) if item.kind == "method" else ()
    head = f"{'async ' if item.is_async else ''}fn{name and ' '}{name}"
    returns = "" if _is_nothing(item) else f" -> {item.type}"
    return links.in_code(f"{head}({', '.join((*own, *_parameters(item)))}){returns}", page, item.module)


def line_of(links: Links, page: str, item: HostItem) -> str:
    """An item as a line of code."""
    if item.kind in (*CALLED, "protocol"):
        return signature(links, page, item, item.name)
    return links.in_code(_declared(item), page, item.module)


def fits_in_row(item: HostItem) -> bool:
    """Whether all that is said of an item that is not called is a paragraph, which a row of a table can hold."""
    return not _PARAGRAPHS.search(prose(item.docs))


def short_name(item: HostItem) -> str:
    """A function as it is called: `.phases`, `::new`; anything else by its name."""
    before = {"method": ".", "associated-function": "::"}.get(item.kind, "")
    return f"{before}{item.name}"


def _row(links: Links, page: str, item: HostItem) -> tuple[str, ...]:
    name = linked(links, page, item, code(short_name(item)))
    kind = "" if _is_nothing(item) else links.in_code(item.type or "", page, item.module)
    said = in_cell(_said(item))
    match item.kind:
        case "field":
            return (name, ", ".join((kind, *_changes(item))), said)
        case "variant":
            return (linked(links, page, item, code(_declared(item))), said)
        case "constant":
            value = "" if item.value is None else code(_declared(item).rpartition(" = ")[2].rstrip(";"))
            return (name, kind, value, said)
        case "alias":
            return (name, kind, said)
        case "macro":
            return (linked(links, page, item, code(f"{item.name}!({item.arguments})")), kind, said)
        case _:
            return (name, *_call(links, page, item, kind), said)


def _said(item: HostItem) -> str:
    """What is to be known of an item; of a function, and where there are paragraphs, only what comes first."""
    is_brief = item.kind in CALLED or not fits_in_row(item)
    parts = [first_sentence(item.docs) if is_brief else " ".join(prose(item.docs).split())]
    if item.deprecated is not None:
        parts.insert(0, f"**Deprecated**: {item.deprecated}." if item.deprecated else "**Deprecated**.")
    if item.permission is not None:
        parts.append(f"Needs {code(item.permission.name)}.")
    if item.kind not in CALLED and item.profiles:
        parts.append(f"Only in the profile {' or '.join(map(code, item.profiles))}.")
    if item.kind not in CALLED and item.since is not None:
        parts.append(f"Since {item.since}.")
    return " ".join(filter(None, parts))


def _declared(item: HostItem) -> str:
    """The declaration without the attributes above it."""
    return item.declaration.splitlines()[-1].rstrip(",")


def _call(links: Links, page: str, item: HostItem, kind: str) -> tuple[str, str]:
    """What a function takes, and what comes of it."""
    takes = ", ".join(_parameters(item))
    waited = f"awaited: {kind}" if kind else "awaited"
    return (links.in_code(takes, page, item.module) if takes else "", waited if item.is_async else kind)


def _parameters(item: HostItem) -> Iterable[str]:
    return (f"{parameter.name}: {parameter.type}" for parameter in item.parameters)


def _changes(item: HostItem) -> tuple[str, ...]:
    by = " and ".join(code(operator) for operator in item.operators)
    return (*(("can be assigned",) if item.mutable else ()), *((f"can be changed by {by}",) if by else ()))


def _is_nothing(item: HostItem) -> bool:
    return item.type in (None, "()")
