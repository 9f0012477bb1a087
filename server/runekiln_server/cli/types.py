"""`runekiln types`: what is known of the types in a script."""

from __future__ import annotations

import argparse
import sys

import msgspec
from runekiln_analysis.known_types import Known, known_types
from runekiln_analysis.script import Script
from runekiln_analysis.text import LineIndex
from runekiln_analysis.types import show
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.errors import CheckFailed

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.inputs import KilnSettings, collect_scripts, read_if_there
from runekiln_server.cli.terminal import say
from runekiln_server.results import range_json
from runekiln_server.settings import dialect_of

FORMATS = ("text", "json")
NOTHING_KNOWN = "?"
DESCRIPTION = """\
The JSON has `version` (1), `path` and `types`, each with `kind` (`returns`, `constant`, `parameter`, `local` or
`expression`), `text`, `range` and `type`, which is null where nothing is known.

exit codes: 0 the types were shown, 2 wrong usage or settings, 101 a fault of runekiln itself
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `types`."""
    parser.epilog = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="FILE", help="a script, or - for standard input")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how they are shown (default: text)")
    parser.add_argument("--all", action="store_true", help="show the type of each expression, too")
    parser.add_argument("--stdin-path", metavar="PATH", help="what standard input is called, and where its modules are")


def run(options: argparse.Namespace) -> int:
    """Show the types; 101 if the script could not be checked."""
    scripts = collect_scripts([options.file], options.stdin_path)
    if len(scripts) != 1:
        raise UsageError(f"`types` shows those of one script: {options.file} has {len(scripts)}.")
    try:
        script = _checked(scripts[0].path, scripts[0].text)
    except CheckFailed as failure:
        from runekiln_server.cli.crash_log import confession

        say(confession(failure))
        return exit_codes.OUR_FAULT
    found = known_types(script, expressions=options.all)
    index = LineIndex(script.text)
    sys.stdout.write(_as_json(script, found, index) if options.format == "json" else _as_text(found, index))
    return exit_codes.FINE


def _checked(path: str, text: bytes) -> Script:
    """The script with what its kiln binds, and the texts of its `mod` files."""
    settings = KilnSettings()
    kiln, kiln_settings = settings.of(path)
    host = Checkers.load(say).host(settings.host_of(path))
    dialect = dialect_of(path, kiln.root if kiln else None, kiln_settings)
    facts = host.checker.check(path, text, read_if_there, dialect)
    texts = {file.path: read_if_there(file.path) for file in facts.files[1:]}
    modules = {other: found for other, found in texts.items() if found is not None}
    return Script(facts, text, host.bindings, modules)


def _as_text(found: tuple[Known, ...], index: LineIndex) -> str:
    rows = []
    for each in found:
        line, column = index.position(each.span[0], "utf-32")
        shown = NOTHING_KNOWN if each.type is None else show(each.type)
        text = " ".join(each.text.split())
        rows.append(f"{line + 1}:{column + 1} {each.kind} {text}: {shown}\n")
    return "".join(rows)


def _as_json(script: Script, found: tuple[Known, ...], index: LineIndex) -> str:
    types = [
        {
            "kind": each.kind,
            "text": each.text,
            "range": range_json(index, each.span),
            "type": None if each.type is None else show(each.type),
        }
        for each in found
    ]
    document = {"version": 1, "path": script.main.path, "types": types}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
