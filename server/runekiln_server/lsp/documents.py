"""Open documents: made when the editor opens them, made anew with each edit."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types as lsp
from msgspec.structs import replace
from runekiln_analysis.text import Encoding, LineIndex

from runekiln_server.kiln import find_kiln
from runekiln_server.lsp import convert, uris
from runekiln_server.lsp.edits import Change, Edit
from runekiln_server.world import Document


def opened(item: lsp.TextDocumentItem) -> Document:
    """The document that the editor has just opened."""
    return _document(item.uri, to_bytes(item.text), item.version)


def from_disk(uri: str, text: bytes) -> Document:
    """The document that a file would be if it were opened now."""
    return _document(uri, text, version=0)


def edited(document: Document, edit: Edit, encoding: Encoding) -> Document:
    """The document after an edit, each change of which speaks of the text that the one before it left."""
    text, index = document.text, document.index
    for change in edit.content_changes:
        text, index = _changed(text, index, change, encoding)
    return replace(document, version=edit.text_document.version, text=text, index=index)


def kiln_folder(path: str) -> Path | None:
    """The folder of the kiln that the file lies in, if it is a file and lies in one."""
    kiln = find_kiln(Path(path).parent) if uris.is_file_path(path) else None
    return kiln.root if kiln else None


def to_bytes(text: str) -> bytes:
    """The text as UTF-8. Half of a UTF-16 pair, which UTF-8 cannot hold, becomes U+FFFD, of the same width."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _document(uri: str, text: bytes, version: int) -> Document:
    path = uris.to_path(uri)
    return Document(
        uri=uri,
        key=uris.key_of_path(path),
        path=path,
        kiln=kiln_folder(path),
        version=version,
        text=text,
        index=LineIndex(text),
    )


def _changed(text: bytes, index: LineIndex, change: Change, encoding: Encoding) -> tuple[bytes, LineIndex]:
    new = to_bytes(change.text)
    if change.range is None:
        return new, LineIndex(new)
    start, end = convert.to_offsets(index, change.range, encoding)
    old = memoryview(text)
    text = b"".join((old[:start], new, old[end:]))
    return text, index.edited(text, start, end, len(new))
