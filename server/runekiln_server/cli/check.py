"""`runekiln check`: all problems of scripts, in the format that is wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from runekiln_analysis import script as analysed
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.facts import Facts, FileFacts, Problem
from runekiln_analysis.text import LineIndex
from runekiln_runtime.checkers import Checkers, Host
from runekiln_runtime.errors import CheckFailed

from runekiln_server import __version__
from runekiln_server.cli import exit_codes
from runekiln_server.cli.inputs import KilnSettings, Script, collect_scripts_and_stubs, read_if_there
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.judging import Seen, judge_all
from runekiln_server.reports.report import CheckedFile, Report
from runekiln_server.settings import dialect_of

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


def run(options: argparse.Namespace) -> int:
    """Check the scripts; 1 if there are errors or warnings, 101 if one could not be checked."""
    scripts = collect_scripts_and_stubs(options.paths, options.stdin_path)
    report, failures = check_scripts(scripts, KilnSettings())
    if report.files or not failures:
        sys.stdout.write(render(report, options.format))
    if failures:
        _confess(failures)
        return exit_codes.OUR_FAULT
    return exit_codes.FINE if report.is_fine else exit_codes.PROBLEMS


def check_scripts(scripts: tuple[Script, ...], settings: KilnSettings) -> tuple[Report, list[CheckFailed]]:
    """Check scripts, the modules that they pull in and the stubs of their kilns.

    What could not be checked is left out and told.
    """
    texts = {script.path: script.text for script in scripts}
    found: dict[str, Facts] = {}
    seen: list[Seen] = []
    failures: list[CheckFailed] = []
    setups = {script.path: settings.host_of(script.path) for script in scripts}
    checkers = Checkers.load(say) if scripts else None

    def read(path: str) -> bytes | None:
        if path not in texts and (text := read_if_there(path)) is not None:
            texts[path] = text
        return texts.get(path)

    for script in scripts:
        assert checkers is not None
        kiln, kiln_settings = settings.of(script.path)
        root = kiln.root if kiln else None
        dialect = dialect_of(script.path, root, kiln_settings)
        try:
            host = checkers.host(setups[script.path])
            found |= _kiln_stubs(host, texts)
            if script.path not in host.setup.paths():
                facts = found[script.path] = host.checker.check(script.path, script.text, read, dialect)
                seen.append((analysed.Script(facts, script.text, host.bindings), root, kiln_settings))
        except CheckFailed as failure:
            failures.append(failure)
    return (_report(found, judge_all(seen, texts), texts, settings), failures)


def _kiln_stubs(host: Host, texts: dict[str, bytes]) -> dict[str, Facts]:
    """The facts of a kiln's stubs: of those that are to be checked, and of others if something is wrong with them."""
    given = {stub.path: stub.text or b"" for stub in host.setup.stubs}
    told = {file.path: file for file in host.files if file.path in given and (file.path in texts or file.problems)}
    texts.update({path: given[path] for path in told})
    return {path: Facts((file,)) for path, file in told.items()}


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


def _confess(failures: list[CheckFailed]) -> None:
    from runekiln_server.cli.crash_log import confession

    for failure in failures:
        say(confession(failure))


def _report(
    found: dict[str, Facts],
    ours: Mapping[str, tuple[Problem, ...]],
    texts: dict[str, bytes],
    settings: KilnSettings,
) -> Report:
    """Merge what is known of each file: a module is judged as a part of the scripts that pull it in, not by itself."""
    modules = {file.path for facts in found.values() for file in facts.files[1:]}
    judged: dict[str, list[FileFacts]] = {}
    # Files that pull in each other have nobody above them: those are scripts too.
    for above in (found.keys() - modules, found.keys()):
        for path in sorted(above - judged.keys()):
            for file in found[path].files:
                judged.setdefault(file.path, []).append(file)
    return Report(tuple(_checked(texts[path], judged[path], ours.get(path, ()), settings) for path in sorted(judged)))


def _checked(text: bytes, files: Sequence[FileFacts], ours: tuple[Problem, ...], settings: KilnSettings) -> CheckedFile:
    path = files[0].path
    _, own = settings.of(path)
    views = [diagnostics(file, own.diagnostics.severity, ours, text) for file in files]
    # Two scripts that pull in one module find the same problems in it; what one of them does not use, another may.
    unique = {diagnostic: None for view in views for diagnostic in view if _holds(diagnostic, views)}
    in_order = sorted(unique, key=lambda diagnostic: (diagnostic.span, diagnostic.code))
    return CheckedFile(path, text, LineIndex(text), tuple(in_order))


def _holds(diagnostic: Diagnostic, views: list[tuple[Diagnostic, ...]]) -> bool:
    return "unused" not in diagnostic.tags or all(diagnostic in view for view in views)
