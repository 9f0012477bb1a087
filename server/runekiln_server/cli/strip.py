"""`runekiln strip`: scripts without type annotations, as other Rune hosts accept them."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from runekiln_analysis.facts import FileFacts
from runekiln_runtime.checker import Checker
from runekiln_runtime.protocol import Stripped

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.inputs import Script, collect_scripts
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.cli.writing import replace_file
from runekiln_server.reports.outcome import draw_problems


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `strip`."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="scripts, folders with scripts, or - for standard input"
    )
    target = parser.add_mutually_exclusive_group()
    target.add_argument("-o", "--output", metavar="DIR", type=Path, help="write the results into this folder")
    target.add_argument("--in-place", action="store_true", help="write the results over the scripts")


def run(options: argparse.Namespace) -> int:
    """Strip the scripts; 1 if one has syntax errors, which is then left as it is."""
    scripts = collect_scripts(options.files, None)
    to_output = options.output is None and not options.in_place
    if not scripts:
        return exit_codes.FINE
    if to_output and len(scripts) != 1:
        raise UsageError(f"{len(scripts)} scripts are too many for standard output: use -o DIR or --in-place.")
    if options.in_place and "-" in options.files:
        raise UsageError("standard input cannot be written in place.")
    checker, code = Checker.load(say), exit_codes.FINE
    above = _common_folder(scripts)
    for script in scripts:
        stripped = checker.strip(script.path, script.text)
        if any(problem.severity == "error" for problem in stripped.problems):
            _complain(script, stripped)
            code = exit_codes.PROBLEMS
        elif to_output:
            sys.stdout.buffer.write(stripped.text)
            sys.stdout.buffer.flush()
        else:
            target = Path(script.path) if options.in_place else options.output / os.path.relpath(script.path, above)
            replace_file(target, stripped.text)
    return code


def _common_folder(scripts: tuple[Script, ...]) -> str:
    """The folder above all scripts: below the output folder they lie as they do below it, modules where they belong."""
    folders = [str(Path(script.path).absolute().parent) for script in scripts]
    return os.path.commonpath(folders) if folders else ""


def _complain(script: Script, stripped: Stripped) -> None:
    facts = FileFacts(script.path, (), stripped.problems)
    say(draw_problems((facts,), {script.path: script.text}.get, {}, paint_for(sys.stderr)))
