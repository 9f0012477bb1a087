"""`runekiln stubs`: what is declared, stubs out of the Rust source of a host, and whether our own say what is bound."""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE, cache_dir
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import built_in_stubs, core_stubs

from runekiln_server.cli import exit_codes, stubs_show
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import say
from runekiln_server.stub_differences import Difference, differences, undeclared_attributes

EXTRACTOR = "runekiln-extract"
NO_EXTRACTOR = f"""\
there is no `{EXTRACTOR}` here, which reads Rust. It is built by `make setup` in a checkout of Runekiln, or by
  cargo install --path runtime_wasm/extract
and looked for on the PATH and in {{folder}}."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `stubs`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    stubs_show.configure(actions.add_parser("show", help="show what is declared for the scripts of a kiln"))
    extract = actions.add_parser("extract", help="write stubs of what Rust crates bind")
    extract.add_argument(
        "crates",
        metavar="CRATE_DIR",
        nargs="+",
        type=Path,
        help="the folder with a crate's Cargo.toml; what one crate declares is known in the others",
    )
    extract.add_argument("-o", "--output", metavar="DIR", type=Path, help="write the stubs into this folder")
    extract.add_argument("--format", choices=("rni", "json"), default="rni", help="what is written (default: rni)")
    extract.add_argument("--features", metavar="NAMES", default="", help="read it with these features, as cargo does")
    extract.add_argument("--no-default-features", action="store_true", help="read it without its default features")
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
        features = ["--features", options.features] if options.features else []
        bare = ["--no-default-features"] if options.no_default_features else []
        return _extract(options.crates, options.output, ["--format", options.format, *features, *bare])
    return _verify(options.stub, options.format)


def _extract(crates: list[Path], output: Path | None, how: list[str]) -> int:
    """Run the extractor; what it cannot decide it tells on standard error."""
    folder = cache_dir() / "bin"
    extractor = shutil.which(EXTRACTOR) or shutil.which(EXTRACTOR, path=str(folder))
    if extractor is None:
        raise UsageError(NO_EXTRACTOR.format(folder=folder))
    target = [] if output is None else ["--output", str(output)]
    sys.stdout.flush()
    return subprocess.run([extractor, *map(str, crates), *how, *target], check=False).returncode


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
