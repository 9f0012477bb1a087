"""URIs as clients spell them, paths as the guest and the disk know them, and one key for each file."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from urllib.parse import quote, unquote, urlsplit

from runekiln_server.lsp.shipped_stubs import SCHEME, path_of_shipped
from runekiln_server.world import Key

_DRIVE = re.compile(r"^/?([A-Za-z]):(?=/|$)")


def to_path(uri: str) -> str:
    """The path of a `file:` URI, with `/`, or of a stub that comes along; another URI is its own path, and no file."""
    if uri.startswith(f"{SCHEME}:"):
        return path_of_shipped(uri) or uri
    # Half of a UTF-16 pair cannot be said in UTF-8, the guest's language.
    uri = uri.encode("utf-8", "replace").decode()
    try:
        parts = urlsplit(uri)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        # It is no URI at all, or its name is not UTF-8, so that its `mod` files cannot be found.
        return uri
    if parts.scheme.lower() != "file" or "\0" in path:
        return uri
    if parts.netloc and parts.netloc.lower() != "localhost":
        return f"//{parts.netloc}{path}"
    return _DRIVE.sub(r"\1:", path)


def to_key(uri: str) -> Key:
    """The key of the file that the client calls `uri`."""
    return key_of_path(to_path(uri))


def key_of_path(path: str) -> Key:
    """The key of the file at `path`: links followed, drive letters in lower case."""
    if is_file_path(path):
        path = os.path.normcase(os.path.realpath(path)).replace(os.sep, "/")
    return _DRIVE.sub(lambda drive: f"{drive[1].lower()}:", path)


def is_file_path(path: str) -> bool:
    """Whether `path` can be looked for on this machine's disk."""
    return PurePath(path).is_absolute()


def from_path(path: str) -> str:
    """The URI of the file at `path`, for files that the client has not named."""
    if not is_file_path(path) and not _DRIVE.match(path):
        return path
    if path.startswith("//"):
        return "file:" + quote(path)
    return "file://" + quote(path if path.startswith("/") else "/" + path)


def read_path(path: str) -> bytes | None:
    """The content of the file at `path`; None if there is none that can be read."""
    if not is_file_path(path):
        return None
    try:
        return Path(path).read_bytes()
    except OSError:
        return None
