"""Open documents: made when the editor opens them, made anew with each edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lsprotocol import types as lsp
from runekiln_analysis.text import Encoding, LineIndex

from runekiln_server.kiln import find_kiln
from runekiln_server.lsp import convert, uris
from runekiln_server.world import Document


def opened(item: lsp.TextDocumentItem) -> Document:
    """The document that the editor has just opened."""
    return _document(item.uri, to_bytes(item.text), item.version)


def from_disk(uri: str, text: bytes) -> Document:
    """The document that a file would be if it were opened now."""
    return _document(uri, text, version=0)


def edited(
    document: Document, version: int, changes: Iterable[lsp.TextDocumentContentChangeEvent], encoding: Encoding
) -> Document:
    """The document after `changes`, each of which speaks of the text that the one before it left."""
    document = replace(document, version=version)
    for change in changes:
        document = _edited_once(document, change, encoding)
    return document


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


def _edited_once(document: Document, change: lsp.TextDocumentContentChangeEvent, encoding: Encoding) -> Document:
    new = to_bytes(change.text)
    if not isinstance(change, lsp.TextDocumentContentChangePartial):
        return replace(document, text=new, index=LineIndex(new))
    start, end = convert.to_offsets(document.index, change.range, encoding)
    text = document.text[:start] + new + document.text[end:]
    return replace(document, text=text, index=document.index.edited(text, start, end, len(new)))
