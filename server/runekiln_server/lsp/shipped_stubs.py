"""The stubs that come along as documents of their own scheme, which nobody edits by mistake."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

from runekiln_runtime.stub_files import STD_FOLDER, STUBS_FOLDER, SUFFIX

SCHEME = "rune-stub"

_FOLDERS = {"stubs": STUBS_FOLDER, "std": STD_FOLDER}


def uri_of_shipped(path: str) -> str | None:
    """The URI of the stub at `path` if it comes along, such as `rune-stub:/stubs/fs.rni`; None for any other file."""
    for name, folder in _FOLDERS.items():
        if path.endswith(SUFFIX) and path.startswith(f"{folder.as_posix()}/"):
            return f"{SCHEME}:/{name}/{quote(path.removeprefix(f'{folder.as_posix()}/'))}"
    return None


def path_of_shipped(uri: str) -> str | None:
    """The path of the stub that is called `uri`; None if none that comes along is."""
    scheme, _, rest = uri.partition(":")
    _, _, name = unquote(rest.partition("?")[0]).lstrip("/").partition("/")
    folder = _FOLDERS.get(rest.lstrip("/").partition("/")[0])
    if scheme != SCHEME or folder is None or not name.endswith(SUFFIX):
        return None
    path = folder / name
    # A client may ask for anything: nothing outside of the folders is one of ours.
    return path.as_posix() if ".." not in Path(name).parts and path.is_relative_to(folder) and path.is_file() else None
