"""`runekiln list`: what the scripts of a kiln register with the host, and what in them would not register and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from runekiln_analysis.facts import Facts
from runekiln_analysis.rules.entries import with_event_of_folder
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.tools import WrittenTool
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.errors import CheckFailed
from runekiln_runtime.stub_files import HostSetup, Profile

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.inputs import KilnSettings, named_path, normal_path, read_if_there
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.discovery import Discovered, discover, folders_by, name_in
from runekiln_server.kiln import find_kiln
from runekiln_server.reports import registered
from runekiln_server.settings import dialect_of

EVERY_PROFILE: Profile = "all"
EVENTS_PROFILE: Profile = "events"
FORMATS = ("text", "json")
DESCRIPTION = """\
The JSON has `version` (1), `kiln`, `folders` (`path`, `role`) and `registrations`, each with `kind`, `name`,
`function`, `path`, `range`, `status` (`registered`, `uncallable`: each call fails, `shadowed` or `not-registered`),
`details`, `tool` (what agents are told: `name`, `description`, `input_schema`, perhaps `version` and `tags`; null for
all that has no `#[tool(…)]`), `shadowedBy` (a path or null) and `reason` (`code` and `message`, or null). Paths are
relative to the kiln if they lie in it.

exit codes: 0 everything registers, 1 something would not or fails at each call, 2 wrong usage or settings,
101 a fault of runekiln itself
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `list`."""
    parser.epilog = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="the kiln, or a file or folder in it to be shown (default: this folder)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")
    parser.add_argument(
        "--also", action="append", default=[], metavar="FOLDER", help="another folder with plugins; may be repeated"
    )


def run(options: argparse.Namespace) -> int:
    """List the registrations; 1 if one would not register or cannot be called, 101 if a script could not be checked."""
    wanted = named_path(options.path).absolute() if options.path is not None else Path.cwd()
    kiln = find_kiln(wanted)
    if kiln is None or not wanted.exists():
        raise UsageError(f"no kiln around {options.path or 'this folder'} (no folder with `.crucible` in it).")
    looking = _Looking()
    _, settings = looking.settings.of(str(kiln.root / "any"))
    folders = folders_by(settings.discovery, kiln.root, [Path(folder).absolute() for folder in options.also])
    found = discover(kiln.root, folders, kiln.scripts(), looking.check)
    shown = found if wanted == kiln.root else _below(found, name_in(kiln.root, wanted))
    if options.format == "json":
        sys.stdout.write(registered.as_json(shown, kiln.root, looking.describe))
    else:
        sys.stdout.write(registered.as_text(shown, paint_for(sys.stdout)))
    if looking.failures:
        return _confess(looking.failures)
    return exit_codes.PROBLEMS if registered.lost(shown) else exit_codes.FINE


class _Looking:
    """Checks scripts, each with what its kiln binds, and remembers what could not be checked."""

    def __init__(self) -> None:
        self.failures: list[CheckFailed] = []
        self.settings = KilnSettings()
        self._checkers: Checkers | None = None

    def check(self, path: Path, text: bytes) -> tuple[Facts, Bindings]:
        """The facts of a script, none if the guest dies of it."""
        self._checkers = self._checkers or Checkers.load(say)
        spelt = normal_path(str(path))
        kiln, settings = self.settings.of(spelt)
        setup = self.settings.host_of(spelt)
        host = self._checkers.host(setup)
        # Another loader than that of the profile may be who registers something.
        bindings = self._checkers.host(replace(setup, profile=EVERY_PROFILE)).bindings
        if setup.profile == EVENTS_PROFILE:
            bindings = with_event_of_folder(bindings, path.as_posix())
        dialect = dialect_of(spelt, kiln.root if kiln else None, settings)
        try:
            return (host.checker.check(spelt, text, read_if_there, dialect), bindings)
        except CheckFailed as failure:
            self.failures.append(failure)
            return (registered.nothing_known(spelt), bindings)

    def describe(self, tools: tuple[WrittenTool, ...]) -> tuple[dict[str, Any], ...]:
        """What callers are told of tools."""
        self._checkers = self._checkers or Checkers.load(say)
        return self._checkers.host(HostSetup()).checker.describe_tools(tools)


def _below(found: Discovered, wanted: str) -> Discovered:
    """What is registered by a file, or by those below a folder."""
    listed = tuple(each for each in found.listed if each.path == wanted or each.path.startswith(f"{wanted}/"))
    return Discovered(found.folders, listed, found.problems)


def _confess(failures: Sequence[CheckFailed]) -> int:
    from runekiln_server.cli.crash_log import confession

    for failure in failures:
        say(confession(failure))
    return exit_codes.OUR_FAULT
