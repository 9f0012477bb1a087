"""`runekiln stubs`: what is declared, stubs out of the Rust source of a host, and whether our own say what is bound."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import built_in_stubs, core_stubs

from runekiln_server.cli import exit_codes, stubs_extract, stubs_show
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import say
from runekiln_server.stub_differences import Difference, differences, undeclared_attributes


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `stubs`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    stubs_show.configure(actions.add_parser("show", help="show what is declared for the scripts of a kiln"))
    stubs_extract.configure(actions.add_parser("extract", help="write stubs of what Rust crates bind"))
    verify = actions.add_parser("verify", help="compare the stubs of Crucible's core with what is bound")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="how differences are shown")
    verify.add_argument(
        "--stub",
        metavar="FILE",
        type=Path,
        help="a stub that is compared in the place of the one of its name that comes with Runekiln",
    )


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    if options.action == "show":
        return stubs_show.run(options)
    if options.action == "extract":
        return stubs_extract.run(options)
    return _verify(options.stub, options.format)


def _verify(stub: Path | None, form: str) -> int:
    """Compare both ways; 1 if anything differs or a stub has problems."""
    code = load_code(GUEST_FILE, say)
    others = (core for core in core_stubs() if stub is None or Path(core.path).name != stub.name)
    ours = (*others, *(() if stub is None else (_source(stub),)))
    paths = {core.path for core in ours}
    configured, natives = bound(code, (*ours, *built_in_stubs())), bound(code, ()).bindings
    found = (*differences(ours, configured.bindings, natives), *undeclared_attributes(configured.bindings, natives))
    problems = [
        f"{file.path}: {problem.message}"
        for file in configured.files
        for problem in file.problems
        if file.path in paths and problem.severity == "error"
    ]
    _show(found, problems, form)
    return exit_codes.PROBLEMS if found or problems else exit_codes.FINE


def _show(found: tuple[Difference, ...], problems: list[str], form: str) -> None:
    if form == "json":
        rows = [dataclasses.asdict(difference) for difference in found]
        print(json.dumps({"differences": rows, "problems": problems}, indent=2, ensure_ascii=False))
        return
    for line in (*problems, *(difference.line() for difference in found)):
        print(line)
    if not found and not problems:
        print("stubs and guest say the same")


def _source(path: Path) -> Source:
    try:
        return Source(path.as_posix(), path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
