"""Fix upon fix, until none is left or each that is would do harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Fix
from runekiln_analysis.fixing import Choose, applied, together
from runekiln_runtime.stub_files import SUFFIX as STUB_SUFFIX

from runekiln_server.cli.checking import Looked
from runekiln_server.cli.inputs import Script
from runekiln_server.reports.report import Report

MOST_ROUNDS = 100
"""Far more than any script needs; two fixes that undo each other would go on for ever."""

MOST_HIDDEN = 10
"""How many mistakes may be hidden behind one another."""

Looks = Callable[[tuple[Script, ...]], tuple[Looked, Report]]
"""Checks scripts."""

_Named = tuple[str, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A fix for a problem of a file, by a name that stays the same while other fixes are made."""

    path: str
    name: _Named
    fix: Fix


@dataclass(frozen=True, slots=True)
class Fixed:
    """Scripts on their way: as they are by now, what the last check found, and how many fixes each has got."""

    scripts: tuple[Script, ...]
    looked: Looked
    report: Report
    counts: Mapping[str, int] = field(default_factory=dict)


def fix_all(scripts: tuple[Script, ...], looks: Looks, choose: Choose) -> Fixed:
    """Make the fixes that are chosen, all at once that go together, and again with what is found then.

    If a file would get another error by that, they are made one by one, and one that does harm is not made.
    """
    state = Fixed(scripts, *looks(scripts))
    refused: set[_Named] = set()
    for _ in range(MOST_ROUNDS):
        proposed = [each for each in _proposed(state, choose) if each.name not in refused]
        if not proposed:
            break
        after = _mended(state, _fitting(proposed), looks, choose) or _mended(state, proposed[:1], looks, choose)
        if after is None:
            refused.add(proposed[0].name)
        else:
            state = after
    return state


def _proposed(state: Fixed, choose: Choose) -> Iterator[Proposed]:
    """The fixes for the scripts that were named: what they pull in is not ours to change, and stubs are the host's."""
    for script in state.scripts:
        file = state.report.file(script.path)
        if file is None or script.path.endswith(STUB_SUFFIX) or not _is_text(script.text):
            continue
        for diagnostic in file.diagnostics:
            fix = choose(diagnostic)
            if fix is not None:
                yield Proposed(script.path, _name(script, diagnostic, fix), fix)


def _name(script: Script, diagnostic: Diagnostic, fix: Fix) -> _Named:
    return (script.path, diagnostic.code, f"{diagnostic.message} {fix.title}", script.text[slice(*diagnostic.span)])


def _fitting(proposed: list[Proposed]) -> list[Proposed]:
    """Those of each file that go together; a fix that several problems have is made once."""
    by_path: dict[str, dict[Fix, Proposed]] = {}
    for each in proposed:
        by_path.setdefault(each.path, {}).setdefault(each.fix, each)
    return [its[fix] for its in by_path.values() for fix in together(its)]


def _mended(before: Fixed, made: list[Proposed], looks: Looks, choose: Choose) -> Fixed | None:
    """The scripts with these fixes, and with those of the errors that come to light; None if one is left of those.

    Behind one mistake there may be another: what is in a function with a syntax error, the compiler never sees.
    """
    state = before
    for _ in range(MOST_HIDDEN):
        after = _with_fixes(state, made, looks)
        if len(after.looked.failures) > len(before.looked.failures) or not _are_gone(made, state, after, choose):
            return None
        new = after.looked.errors - before.looked.errors
        if not new:
            return after
        made = _fitting([each for each in _proposed(after, choose) if each.name[:2] in new])
        if not made:
            return None
        state = after
    return None


def _are_gone(made: list[Proposed], before: Fixed, after: Fixed, choose: Choose) -> bool:
    """Whether there is less of each problem that was mended."""
    had = Counter(each.name for each in _proposed(before, choose))
    has = Counter(each.name for each in _proposed(after, choose))
    return all(has[each.name] < had[each.name] for each in made)


def _with_fixes(state: Fixed, made: list[Proposed], looks: Looks) -> Fixed:
    by_path: dict[str, list[Fix]] = {}
    for each in made:
        by_path.setdefault(each.path, []).append(each.fix)
    scripts = tuple(_with(script, by_path) for script in state.scripts)
    counts = Counter(state.counts)
    counts.update(each.path for each in made)
    return Fixed(scripts, *looks(scripts), counts)


def _with(script: Script, fixes: Mapping[str, list[Fix]]) -> Script:
    return Script(script.path, applied(script.text, fixes[script.path])) if script.path in fixes else script


def _is_text(text: bytes) -> bool:
    """Whether it is UTF-8: what is not would not come out of a fix as it was."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
