"""What goes out with every key: problems as types that cost next to nothing to write, as `edits` are read.

lsprotocol's are checked field by field as they are made, and written by functions of cattrs: five times as long.
"""

from __future__ import annotations

import msgspec

from runekiln_server.lsp.edits import Range


class Location(msgspec.Struct, frozen=True):
    """A place in some file."""

    uri: str
    range: Range


class RelatedInformation(msgspec.Struct, frozen=True):
    """Another place that explains a problem."""

    location: Location
    message: str


class CodeDescription(msgspec.Struct, frozen=True):
    """Where the page about a code is."""

    href: str


class Diagnostic(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A problem; severity and tags are the protocol's numbers."""

    range: Range
    message: str
    severity: int
    code: str
    source: str
    tags: tuple[int, ...] | None = None
    related_information: tuple[RelatedInformation, ...] | None = None
    code_description: CodeDescription | None = None


class Published(msgspec.Struct, frozen=True, omit_defaults=True):
    """The parameters of `textDocument/publishDiagnostics`."""

    uri: str
    diagnostics: list[Diagnostic]
    version: int | None = None
