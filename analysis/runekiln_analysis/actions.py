"""What an editor can offer to do about problems: fix one, all of a kind, all that is safe, or allow one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from .allow_edits import allowing_edit
from .diagnostics import Diagnostic
from .facts import Edit, Fix, Offsets
from .fixing import any_fix, safe_fix, together
from .snapshot import Snapshot

ActionKind = Literal["quickfix", "source.fixAll.runekiln"]

EVERYTHING = "everything"
"""The name of the action that makes all safe fixes."""

_ABOUT_COMMENTS = ("malformed-allow", "unallowable", "unknown-code", "unused-allow")


class Action(msgspec.Struct, frozen=True):
    """Something to do about the problems `mends`.

    It cannot be done if `disabled` says why; else `edits` do it. One that is preferred needs no second thought. `name`
    finds again what is done about a whole file; others have none.
    """

    title: str
    kind: ActionKind
    mends: tuple[Diagnostic, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_preferred: bool = False
    disabled: str = ""
    name: str = ""


def quick_fixes(snapshot: Snapshot, found: Sequence[Diagnostic], span: Offsets) -> Iterator[Action]:
    """What can be done about the problems that touch `span`, of all that are `found` in the file."""
    here = [each for each in found if each.span[0] <= span[1] and span[0] <= each.span[1]]
    for each in here:
        preferred = safe_fix(each)
        for fix in each.fixes:
            yield Action(fix.title, "quickfix", (each,), fix.edits, is_preferred=fix is preferred)
    for code in dict.fromkeys(each.code for each in here):
        yield from _all_of(code, found)
    yield from (_allowing(snapshot, each) for each in here if each.code not in _ABOUT_COMMENTS)


def whole_file(found: Sequence[Diagnostic]) -> Iterator[Action]:
    """What can be done about all problems of a file: the safe fixes at once, or all of a kind, whether safe or not."""
    edits = _edits(filter(None, map(safe_fix, found)))
    mended = tuple(each for each in found if safe_fix(each) is not None)
    reason = "" if edits else "No problem of this file has a safe fix"
    yield Action(
        "Make all safe fixes of this file", "source.fixAll.runekiln", mended, edits, disabled=reason, name=EVERYTHING
    )
    for code in dict.fromkeys(each.code for each in found):
        yield from _all_of(code, found)


def _all_of(code: str, found: Iterable[Diagnostic]) -> Iterator[Action]:
    """The fixes of that code, if there is more than one."""
    mended = tuple(each for each in found if each.code == code and any_fix(each) is not None)
    if len(mended) > 1:
        edits = _edits(filter(None, map(any_fix, mended)))
        yield Action(f"Fix all `{code}` in this file", "quickfix", mended, edits, name=code)


def _edits(fixes: Iterable[Fix]) -> tuple[Edit, ...]:
    """The edits of as many fixes as go together; several problems may have the same."""
    return tuple(edit for fix in together(dict.fromkeys(fixes)) for edit in fix.edits)


def _allowing(snapshot: Snapshot, each: Diagnostic) -> Action:
    title, file = f"Allow `{each.code}` here", snapshot.facts.script
    if each.span in (file.span_of(one) for one in file.problems if one.severity == "error"):
        return Action(title, "quickfix", (each,), disabled="A script with it does not compile")
    edit = allowing_edit(file, snapshot.text, each.span[0], each.code)
    if edit is None:
        return Action(title, "quickfix", (each,), disabled="No comment can stand where it would hold")
    return Action(title, "quickfix", (each,), (edit,))
