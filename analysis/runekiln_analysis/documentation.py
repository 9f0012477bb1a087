"""Doc comments: the part for people, and the tags in it that state types."""

from __future__ import annotations

import re

from .types import Type, parse_type

# A description may follow a tag's type behind a hyphen or a dash.
_TAG = re.compile(r"\s*@(?:param|returns?|names|permission|prelude)\b")
_PARAMETER = re.compile(r"^\s*@param\s+(\w+)\s*:\s*(.+?)(?:\s+[-\u2013\u2014]\s.*)?$", re.MULTILINE)
_RETURN = re.compile(r"^\s*@returns?\s+(.+?)(?:\s+[-\u2013\u2014]\s.*)?$", re.MULTILINE)
_DOC_LINE = re.compile(r"^\s*///(?!/) ?(.*)$")


def prose(docs: str) -> str:
    """The documentation without its tags, as Markdown without blank lines around it."""
    return "\n".join(line for line in docs.splitlines() if not _TAG.match(line)).strip()


def first_sentence(docs: str) -> str:
    """The first sentence of the prose, up to a full stop that ends it, on one line."""
    head, stop, _ = " ".join(prose(docs).partition("\n\n")[0].split()).partition(". ")
    return head + stop.strip()


def tagged_parameters(docs: str) -> dict[str, Type]:
    """The types that `@param name: T` lines give, by the parameter's name."""
    stated = ((name, parse_type(text)) for name, text in _PARAMETER.findall(docs))
    return {name: kind for name, kind in stated if kind is not None}


def tagged_return(docs: str) -> Type | None:
    """The type that an `@return T` line gives."""
    found = _RETURN.search(docs)
    return parse_type(found.group(1)) if found else None


def doc_lines(comment: str) -> str:
    """The documentation in the `///` lines of a stretch of text between two tokens."""
    matches = (_DOC_LINE.match(line) for line in comment.splitlines())
    return "\n".join(match.group(1).rstrip() for match in matches if match)
