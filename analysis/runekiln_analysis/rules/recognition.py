"""Attributes that the host's loader does not see: it looks for a certain text before `pub fn`, not for a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.attributes import AttributedFunction, WrittenAttribute
from runekiln_analysis.facts import Edit, Fix, Problem
from runekiln_analysis.rules.problems import not_public, problem
from runekiln_analysis.script import Script

# Those of Crucible that register something. Its loader looks for their text, other hosts for what their stubs say.
REGISTERING = ("tool", "handler", "plugin", "callout", "syntax", "frontmatter")
# A function with one of these problems is not registered at all.
PREVENTING = frozenset({"bare-attribute", "parenthesis-in-attribute", "attribute-not-adjacent", "not-public"})

_PARENTHESES_IN_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')


def registering(script: Script, function: AttributedFunction) -> Iterator[tuple[str, WrittenAttribute]]:
    """The attributes of a function that register it, each with the name that the host declares it under.

    What a stub declares for a function that takes something, it declares for one that the host calls.
    """
    for attribute in function.attributes:
        host = script.bindings.attribute_named(attribute.name)
        if host is None:
            continue
        names = {host.name, *host.aliases}
        if names & set(REGISTERING) or host.parameters is not None:
            yield ("handler" if "handler" in names else host.name, attribute)


def recognition(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """What keeps the loader from seeing the function's attributes, or a part of them."""
    for kind, attribute in registering(script, function):
        yield from obstacles(script, function, kind, attribute)
    yield from _order(script, function)


def obstacles(
    script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute
) -> Iterator[Problem]:
    """What keeps this attribute from registering the function."""
    if kind in REGISTERING:
        yield from _unseen(script, function, kind, attribute)
    if not function.item.public:
        yield not_public(function.item.name, function.name_span, function.header)


def _unseen(script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute) -> Iterator[Problem]:
    """What keeps the text of this attribute from being found."""
    if attribute.arguments is None:
        fix = Fix(f"Write `#[{attribute.name}()]`", (Edit(attribute.name_span, f"{attribute.name}()"),), is_safe=True)
        message = (
            f"`#[{attribute.name}]` is not recognised without parentheses, and `{function.item.name}` not registered"
        )
        yield problem("bare-attribute", message, attribute.span, fix)
    yield from _parentheses(script, function, attribute)
    yield from _between(script, function, kind, attribute)


def _parentheses(script: Script, function: AttributedFunction, attribute: WrittenAttribute) -> Iterator[Problem]:
    """A `)` ends the attribute for the loader, wherever it stands."""
    described = (attribute, *(each for each in function.named("param") if attribute.name == "tool"))
    for each in described:
        if each.arguments is None:
            continue
        start, end = each.arguments
        at = script.text.find(b")", start, end)
        if at < 0:
            continue
        message = f"`)` ends the attribute for the host, which then does not register `{function.item.name}`"
        yield problem("parenthesis-in-attribute", message, (at, at + 1), *_in_brackets(script.text, start, end))


def _in_brackets(text: bytes, start: int, end: int) -> tuple[Fix, ...]:
    """Brackets in place of the parentheses in the attribute's texts."""
    edits: list[Edit] = []
    for literal in _PARENTHESES_IN_TEXT.finditer(text, start, end):
        places = (at for at in range(*literal.span()) if text[at : at + 1] in (b"(", b")"))
        edits += (Edit((at, at + 1), "[" if text[at : at + 1] == b"(" else "]") for at in places)
    return (Fix("Write brackets in place of the parentheses", tuple(edits)),) if edits else ()


def _between(script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute) -> Iterator[Problem]:
    """What stands between the attribute and the function."""
    later = function.attributes[function.attributes.index(attribute) + 1 :]
    strange = [each for each in later if not (kind == "tool" and each.name == "param")]
    pieces = (attribute, *later)
    comment = _comment_after(script, function, pieces)
    if not strange and comment is None:
        return
    others = [each for each in strange if script.bindings.attribute_named(each.name) in _registering_hosts(script)]
    what = f"`#[{strange[0].name}]`" if strange else "a comment"
    message = f"`#[{attribute.name}]` must stand directly before the function: with {what} in between it is passed over"
    fixes = () if others else (rearranged(script, function, pieces, f"Move {what} up"),)
    yield problem("attribute-not-adjacent", message, attribute.span, *fixes)


def _registering_hosts(script: Script) -> tuple[object, ...]:
    found = (script.bindings.attribute_named(name) for name in REGISTERING)
    return tuple(host for host in found if host is not None)


def _comment_after(script: Script, function: AttributedFunction, pieces: tuple[WrittenAttribute, ...]) -> bytes | None:
    """The first comment that stands behind one of these attributes, before the function."""
    ends = (*(piece.span[0] for piece in pieces[1:]), function.header)
    gaps = (script.text[piece.span[1] : end].strip() for piece, end in zip(pieces, ends, strict=True))
    return next((gap for gap in gaps if gap), None)


def _order(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """`#[param]` before `#[tool]`: the tool's schema stays empty."""
    tool = next((attribute for kind, attribute in registering(script, function) if kind == "tool"), None)
    if tool is None:
        return
    place = function.attributes.index(tool)
    early = [each for each in function.attributes[:place] if each.name == "param"]
    if not early:
        return
    pieces = function.attributes[function.attributes.index(early[0]) :]
    fix = rearranged(script, function, pieces, "Move each `#[param]` behind `#[tool]`")
    for each in early:
        message = "`#[param]` before `#[tool]` is passed over: the tool would take no such parameter"
        yield problem("attribute-order", message, each.span, fix)


def rearranged(script: Script, function: AttributedFunction, pieces: tuple[WrittenAttribute, ...], title: str) -> Fix:
    """The attributes and the comments between them in the order that the loader wants: what it skips, tool, params."""
    text = script.text
    ends = (*(piece.span[0] for piece in pieces[1:]), function.header)
    ranked: list[tuple[int, bytes]] = []
    for piece, end in zip(pieces, ends, strict=True):
        rank = {"param": 2, "tool": 1}.get(piece.name, 0)
        is_seen = script.bindings.attribute_named(piece.name) in _registering_hosts(script)
        ranked.append((max(rank, 1 if is_seen else 0), text[slice(*piece.span)]))
        ranked += ((0, line.strip()) for line in text[piece.span[1] : end].splitlines() if line.strip())
    start = pieces[0].span[0]
    line = text.rfind(b"\n", 0, start) + 1
    indentation = text[line:start] if not text[line:start].strip() else b""
    line_end = b"\r\n" if b"\r\n" in text[start : function.header] else b"\n"
    separator = line_end + indentation
    parts = [part for _, part in sorted(ranked, key=lambda pair: pair[0])]
    written = separator.join(parts) + separator
    return Fix(title, (Edit((start, function.header), written.decode("utf-8", "replace")),), is_safe=True)
