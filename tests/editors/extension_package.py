"""Packages the VS Code extension for tests, when its sources have changed since the last time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.editors.install_clients import npm_environment, run_step

FOLDER = Path(__file__).parents[2] / "vscode-extension"
# Folders that npm and the build write, and that a package is not made of.
MADE = {"node_modules", "dist", "out"}


def package_extension(node: Path) -> Path:
    """Return the .vsix of the sources as they are, built with the Node in folder `node`. Raises InstallError."""
    package, stamp = FOLDER / "dist/runekiln.vsix", FOLDER / "dist/runekiln.digest"
    digest = _digest()
    if not package.exists() or not stamp.exists() or stamp.read_text() != digest:
        environment, npm = npm_environment(node), str(node / "npm")
        if _modules_are_old():
            run_step("modules of the extension", [npm, "ci"], where=FOLDER, environment=environment)
        run_step("package of the extension", [npm, "run", "package"], where=FOLDER, environment=environment)
        stamp.write_text(digest)
    return package


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


def _modules_are_old() -> bool:
    installed = FOLDER / "node_modules/.package-lock.json"
    return not installed.exists() or installed.stat().st_mtime < (FOLDER / "package-lock.json").stat().st_mtime
