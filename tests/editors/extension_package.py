"""Packages the VS Code extension for tests, when its sources have changed since the last time.

Run as `python -m tests.editors.extension_package`, it also checks the extension's types and runs its own tests. The
Node is the one that the editor's tests use, so the machine needs none.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.editors.install_clients import InstallError, install_node, npm_environment, run_step

FOLDER = Path(__file__).parents[2] / "vscode-extension"
# Folders that npm and the build write, and that a package is not made of.
MADE = {"node_modules", "dist", "out"}


def package_extension(node: Path) -> Path:
    """Return the .vsix of the sources as they are, built with the Node in folder `node`. Raises InstallError."""
    ensure_modules(node)
    package, stamp = FOLDER / "dist/runekiln.vsix", FOLDER / "dist/runekiln.digest"
    digest = _digest()
    if not package.exists() or not stamp.exists() or stamp.read_text() != digest:
        _npm(node, "package of the extension", "run", "package")
        stamp.write_text(digest)
    return package


def ensure_modules(node: Path) -> None:
    """Install what the extension is built with, if the lock file is newer. Raises InstallError."""
    installed = FOLDER / "node_modules/.package-lock.json"
    lock = FOLDER / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _npm(node, "modules of the extension", "ci")


def _npm(node: Path, what: str, *arguments: str) -> None:
    run_step(what, [str(node / "npm"), *arguments], where=FOLDER, environment=npm_environment(node))


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(_sources()):
        digest.update(f"{file.relative_to(FOLDER)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for entry in FOLDER.iterdir():
        if entry.is_file():
            yield entry
        elif entry.name not in MADE:
            yield from filter(Path.is_file, entry.rglob("*"))


def _check_all() -> None:
    node = install_node()
    ensure_modules(node)
    _npm(node, "types of the extension", "run", "check")
    _npm(node, "tests of the extension", "test")
    package_extension(node)


if __name__ == "__main__":
    try:
        _check_all()
    except InstallError as error:
        sys.exit(str(error))
