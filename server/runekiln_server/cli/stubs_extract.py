"""`runekiln stubs extract`: stubs out of the Rust source of a host."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from runekiln_analysis.host_items import host_items
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.errors import GuestRefused
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Extracted
from runekiln_runtime.rust_crates import extract_crates

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import say
from runekiln_server.host_declared import EVERY_PROFILE, HostDeclared
from runekiln_server.reports import declared as report

DESCRIPTION = """\
What cannot be decided is listed on standard error, with the place and the reason; nothing is guessed in its place.
With `--format json` the items are those of `runekiln stubs show --format json`.
"""
PATIENCE_SECONDS = 2.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `stubs extract`."""
    parser.description = "Write stubs of what Rust crates bind for scripts."
    parser.epilog = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "crates",
        metavar="CRATE_DIR",
        nargs="+",
        type=Path,
        help="the folder with a crate's Cargo.toml; what one crate declares is known in the others",
    )
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="write the stubs into this folder")
    parser.add_argument("--format", choices=("rni", "json"), default="rni", help="what is written (default: rni)")
    parser.add_argument("--features", metavar="NAMES", default="", help="read it with these features, as cargo does")
    parser.add_argument("--no-default-features", action="store_true", help="read it without its default features")


def run(options: argparse.Namespace) -> int:
    """Extract, and write into the folder or to standard output."""
    found = _extracted(options)
    for undecided in found.undecided:
        say(f"{(Path(found.folder) / undecided.path).as_posix()}:{undecided.line}: {undecided.reason}")
    files = _files(found, options.format)
    if options.output is not None:
        _write(options.output, files)
    elif len(files) == 1:
        sys.stdout.write(*files.values())
    elif files:
        raise UsageError(f"{len(files)} stubs are too many for standard output: use -o DIR.")
    else:
        raise UsageError(f"{', '.join(map(str, options.crates))}: nothing that is bound could be found.")
    return exit_codes.FINE


def _extracted(options: argparse.Namespace) -> Extracted:
    features = tuple(options.features.replace(",", " ").split())
    code = load_code(GUEST_FILE, say)
    with _patience() as told:
        try:
            return extract_crates(code, tuple(options.crates), features, options.no_default_features, told.append)
        except GuestRefused as refused:
            raise UsageError(f"{refused}.") from refused
        except OSError as error:
            raise UsageError(f"{error.filename} cannot be read: {error.strerror}.") from error


@contextmanager
def _patience() -> Iterator[list[str]]:
    """Says what is being done, the last of what is told, as soon as that takes long."""
    told: list[str] = []
    done = threading.Event()

    def say_now_and_then() -> None:
        for round_ in count(1):
            if done.wait(PATIENCE_SECONDS):
                return
            say(f"runekiln: {told[-1] if told else 'looking for files'} ({round_ * PATIENCE_SECONDS:.0f} s)…")

    watch = threading.Thread(target=say_now_and_then, daemon=True)
    watch.start()
    try:
        yield told
    finally:
        done.set()
        watch.join()


def _files(found: Extracted, form: str) -> dict[str, str]:
    """The names and texts of what is to be written."""
    if form == "json":
        items = host_items(found.bindings)
        shown = report.Shown(HostDeclared(items, {}, ()), items, EVERY_PROFILE)
        return {"bindings.json": report.as_json(shown, None)}
    return {stub.path: stub.text for stub in found.stubs}


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from error
