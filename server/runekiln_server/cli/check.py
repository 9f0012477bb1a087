"""`runekiln check`: all problems of scripts, in the format that is wanted, and without those that have a fix."""

from __future__ import annotations

import argparse
import sys

from runekiln_analysis.fixing import any_fix, safe_fix
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.errors import CheckFailed

from runekiln_server import __version__
from runekiln_server.cli import exit_codes
from runekiln_server.cli.checking import Looked, look, report_of
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.fixing import Fixed, fix_all
from runekiln_server.cli.inputs import STDIN, KilnSettings, Script, collect_scripts_and_stubs
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.cli.writing import difference, replace_script
from runekiln_server.reports.report import Report

FORMATS = ("full", "concise", "json", "sarif", "github")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="scripts, stubs, folders with them, or - for standard input (default: the kiln of this folder)",
    )
    parser.add_argument("--format", choices=FORMATS, default="full", help="how problems are shown (default: full)")
    parser.add_argument("--stdin-path", metavar="PATH", help="what standard input is called, and where its modules are")
    parser.add_argument("--fix", action="store_true", help="make the safe fixes, and report what is left")
    parser.add_argument(
        "--unsafe-fixes", action="store_true", help="make the other fixes, too, where there is only one"
    )
    parser.add_argument(
        "--diff", action="store_true", help="write nothing, show what --fix would change; 1 if anything"
    )


def run(options: argparse.Namespace) -> int:
    """Check the scripts; 1 if there are errors or warnings, 101 if one could not be checked."""
    is_fixing = options.fix or options.diff
    if options.unsafe_fixes and not is_fixing:
        raise UsageError("--unsafe-fixes goes with --fix or --diff.")
    if is_fixing and STDIN in options.paths and len(options.paths) > 1:
        raise UsageError("standard input is fixed by itself: name it alone.")
    scripts = collect_scripts_and_stubs(options.paths, options.stdin_path)
    settings, checkers = KilnSettings(), Checkers.load(say) if scripts else None

    def looks(scripts: tuple[Script, ...]) -> tuple[Looked, Report]:
        looked = look(scripts, settings, checkers)
        return looked, report_of(looked, settings)

    if not is_fixing:
        return _told(*looks(scripts), options.format)
    fixed = fix_all(scripts, looks, any_fix if options.unsafe_fixes else safe_fix)
    if options.diff:
        return _shown(scripts, fixed)
    _written(scripts, fixed, to_output=STDIN in options.paths)
    return _told(fixed.looked, fixed.report, options.format, to_output=STDIN not in options.paths)


def _told(looked: Looked, report: Report, wanted: str, *, to_output: bool = True) -> int:
    """Write the report; returns the exit code."""
    if report.files or not looked.failures:
        stream = sys.stdout if to_output else sys.stderr
        stream.write(render(report, wanted))
    return _code(looked.failures) or (exit_codes.FINE if report.is_fine else exit_codes.PROBLEMS)


def _shown(scripts: tuple[Script, ...], fixed: Fixed) -> int:
    """Write what would change; returns the exit code."""
    changed = [pair for pair in zip(scripts, fixed.scripts, strict=True) if pair[0] != pair[1]]
    for before, after in changed:
        sys.stdout.writelines(difference(before.path, before.text, after.text))
    return _code(fixed.looked.failures) or (exit_codes.PROBLEMS if changed else exit_codes.FINE)


def _written(scripts: tuple[Script, ...], fixed: Fixed, *, to_output: bool) -> None:
    """Write the scripts that have changed, each in one step, or the only one to standard output; say what was done."""
    for before, after in zip(scripts, fixed.scripts, strict=True):
        if to_output:
            sys.stdout.buffer.write(after.text)
            sys.stdout.buffer.flush()
        elif after != before:
            replace_script(after.path, after.text)
        if after != before:
            count = fixed.counts[after.path]
            say(f"fixed {count} {'problem' if count == 1 else 'problems'} in {after.path}")


def render(report: Report, wanted: str) -> str:
    """The report in one of FORMATS."""
    if wanted == "full":
        from runekiln_server.reports import full

        return full.render(report, paint_for(sys.stdout))
    if wanted == "concise":
        from runekiln_server.reports import concise

        return concise.render(report)
    if wanted == "json":
        from runekiln_server.reports import json_report

        return json_report.render(report)
    if wanted == "sarif":
        from runekiln_server.reports import sarif

        return sarif.render(report, __version__)
    from runekiln_server.reports import github

    return github.render(report)


def _code(failures: tuple[CheckFailed, ...]) -> int:
    """Confess what could not be checked; returns the exit code, 0 if all could."""
    if not failures:
        return exit_codes.FINE
    from runekiln_server.cli.crash_log import confession

    for failure in failures:
        say(confession(failure))
    return exit_codes.OUR_FAULT
