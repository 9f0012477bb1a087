"""The two servers that are compared, and how both are given the same scripts at the same time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from runekiln_runtime.paths import cache_dir

from tests.bench.client import TimedClient
from tests.bench.script import Script

ROOT = Path(__file__).resolve().parents[2]
RUNEKILN = str(Path(sys.executable).with_name("runekiln"))


def native() -> str:
    """The native `rune`: where `make bench` installs it, else on the path."""
    installed = cache_dir() / "rune-cli" / "bin" / "rune"
    found = installed if installed.exists() else shutil.which("rune")
    if not found:
        raise SystemExit("the native `rune` is missing: cargo install rune-cli@0.14.2, or run `make bench`")
    return str(found)


@contextmanager
def package() -> Iterator[Path]:
    """An empty folder that the native server takes for a package, so that both read scripts as modules."""
    with TemporaryDirectory(prefix="runekiln-bench-") as name:
        folder = Path(name)
        (folder / "Rune.toml").write_text('[package]\nname = "bench"\nversion = "0.0.0"\n')
        yield folder


def scripts_in(folder: Path, count: int, lines: int) -> list[Script]:
    """So many scripts of so many lines, as programs of the package."""
    paths = [folder / "src" / "main.rn", *(folder / "src" / "bin" / f"bed_{number}.rn" for number in range(1, count))]
    return [Script.of_length(lines, path) for path in paths]


@asynccontextmanager
async def both_servers(folder: Path, scripts: list[Script]) -> AsyncIterator[tuple[TimedClient, TimedClient]]:
    """Runekiln and the native server, all scripts open in both."""
    clients = (
        await TimedClient.spawn("Runekiln", [RUNEKILN, "lsp"], folder),
        await TimedClient.spawn("native", [native(), "language-server"], folder),
    )
    for client in clients:
        await client.initialize(folder)
        for script in scripts:
            await client.open(script)
    yield clients
    for client in clients:
        await client.close()
