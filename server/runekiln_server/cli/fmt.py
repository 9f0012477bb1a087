"""`runekiln fmt`: scripts and stubs laid out anew, in place."""

from __future__ import annotations

import argparse
import sys

from runekiln_analysis.facts import FileFacts, Problem
from runekiln_runtime.checker import Checker
from runekiln_runtime.errors import CheckFailed
from runekiln_runtime.protocol import Formatted

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.inputs import STDIN, KilnSettings, Script, collect_scripts_and_stubs
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.cli.writing import difference, replace_script
from runekiln_server.reports.outcome import draw_problems
from runekiln_server.settings import dialect_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `fmt`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="scripts, stubs, folders with them, or - to format standard input to standard output"
        " (default: the kiln of this folder)",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a script would change")
    parser.add_argument("--diff", action="store_true", help="the same, and show what would change")
    parser.add_argument("--stdin-path", metavar="PATH", help="what standard input is called")


def run(options: argparse.Namespace) -> int:
    """Format the scripts; 1 if one is broken, which is then left as it is, or would change and must not."""
    if STDIN in options.paths and len(options.paths) > 1:
        raise UsageError("standard input is formatted by itself: name it alone.")
    scripts = collect_scripts_and_stubs(options.paths, options.stdin_path)
    checker, settings = Checker.load(say) if scripts else None, KilnSettings()
    codes = {exit_codes.FINE}
    for script in scripts:
        assert checker is not None
        try:
            formatted = _format(checker, script, settings)
        except CheckFailed as failure:
            _confess(failure)
            codes.add(exit_codes.OUR_FAULT)
            continue
        if formatted.problems:
            _complain(script, formatted.problems)
            codes.add(exit_codes.PROBLEMS)
        elif options.check or options.diff:
            codes.add(_compare(script, formatted.text, options.diff))
        elif STDIN in options.paths:
            sys.stdout.buffer.write(formatted.text)
            sys.stdout.buffer.flush()
        elif formatted.text != script.text:
            replace_script(script.path, formatted.text)
            print(f"formatted {script.path}")
    return max(codes)


def _format(checker: Checker, script: Script, settings: KilnSettings) -> Formatted:
    kiln, own = settings.of(script.path)
    return checker.format(script.path, script.text, dialect_of(script.path, kiln.root if kiln else None, own))


def _compare(script: Script, formatted: bytes, show: bool) -> int:
    """Tell whether the script would change, and show how; returns the exit code."""
    if formatted == script.text:
        return exit_codes.FINE
    if show:
        sys.stdout.writelines(difference(script.path, script.text, formatted))
    else:
        print(f"would format {script.path}")
    return exit_codes.PROBLEMS


def _complain(script: Script, problems: tuple[Problem, ...]) -> None:
    facts = FileFacts(script.path, (), problems)
    say(draw_problems((facts,), {script.path: script.text}.get, {}, paint_for(sys.stderr)))


def _confess(failure: CheckFailed) -> None:
    from runekiln_server.cli.crash_log import confession

    say(confession(failure))
