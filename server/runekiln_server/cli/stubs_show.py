"""`runekiln stubs show`: what is declared for the scripts of the kiln around, all of it or what a name means."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence

from runekiln_analysis.host_item import HostItem
from runekiln_analysis.host_item_search import matching, nearest
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE

from runekiln_server.cli import exit_codes
from runekiln_server.cli.inputs import KilnSettings
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.host_declared import EVERY_PROFILE, HostDeclared, host_declared
from runekiln_server.reports import declared as report
from runekiln_server.settings import PROFILES

ANY_SCRIPT = "any.rn"
"""A script in this folder: what it is given is shown."""

DESCRIPTION = """\
PATH is the end of a path, from a name on: a module (`crucible::session`), a type (`Session`), a member
(`Session::phases`, `phases`), an attribute (`#[tool]`) or an event (`note:created`). All that have the name are shown.

The JSON has `version` (1), `kiln` (its folder, or null), `profile` (the one in force in this folder), `items` and
`nearest` (names that may be meant where there is none). Each item has `path`, `kind`, `declaration`, `parameters`
(`name`, `type`), `type` (what it returns, holds or is), `async`, `permission` (`name` and `scope`, or null),
`profiles` (none: all have it), `docs`, `source` (`path` and `line` of the host's Rust, or null) and `place` (`path`
and `range` in the stub, or null). Some have `module`, `owner` (the type, variant or trait around it), `aliases`,
`generics`, `prelude`, `sealed`, `traits`, `mutable`, `operators` (that change a field), `consumes`, `cancellable`,
`deprecated`, `since`, `value`, `values` (the types in a variant), `arguments` (of a macro), `keys` (of an attribute)
and `role` (of an entry).

exit codes: 0 fine, 1 nothing has that name, 2 wrong usage or settings, 101 a fault of runekiln itself
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `stubs show`."""
    parser.description = "Show what is declared for the scripts of the kiln around this folder."
    parser.epilog = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("path", nargs="?", metavar="PATH", help="what is to be shown (default: an overview)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how it is shown (default: text)")
    parser.add_argument(
        "--profile", choices=PROFILES, default=EVERY_PROFILE, help="show what this profile has (default: all)"
    )


def run(options: argparse.Namespace) -> int:
    """Show what is declared; 1 if nothing has the name."""
    settings = KilnSettings()
    kiln, _ = settings.of(ANY_SCRIPT)
    setup = settings.host_of(ANY_SCRIPT)
    code = load_code(GUEST_FILE, say)
    declared = host_declared(code, setup, options.profile)
    _tell_broken(declared)
    found = declared.items if options.path is None else matching(declared.items, options.path)
    near = () if found else nearest(declared.items, options.path or "")
    shown = report.Shown(declared, found, setup.profile)
    if options.format == "json":
        sys.stdout.write(report.as_json(shown, kiln.root.as_posix() if kiln else None, near))
    elif options.path is None:
        sys.stdout.write(report.overview(shown, paint_for(sys.stdout)))
    elif found:
        sys.stdout.write(report.details(shown, paint_for(sys.stdout)))
    if found:
        return exit_codes.FINE
    elsewhere = matching(host_declared(code, setup).items, options.path or "")
    say(f"runekiln: {_nothing(options.path, options.profile, elsewhere, near)}")
    return exit_codes.PROBLEMS


def _nothing(wanted: str, profile: str, elsewhere: Sequence[HostItem], near: Sequence[str]) -> str:
    """What to say of a name that nothing has, or nothing in that profile."""
    if elsewhere:
        profiles = dict.fromkeys(each for item in elsewhere for each in item.profiles)
        return f"`{wanted}` is not in the profile `{profile}`, but in {_listed(profiles, 'and')}."
    meant = f"; did you mean {_listed(near, 'or')}?" if near else "."
    return f"nothing is called `{wanted}`{meant}"


def _listed(names: Iterable[str], word: str) -> str:
    """Names in a sentence: `a`, `b` or `c`."""
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} {word} {last}" if first else last


def _tell_broken(declared: HostDeclared) -> None:
    for path in declared.broken:
        say(f"runekiln: something in {path} is wrong and not shown; `runekiln check` says what.")
