"""What a script needs against what it asks for and has been granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .facts import Edit, Fix, Offsets, Problem, Related
from .grants import PERMISSIONS, Granted, Header, WrittenGrant, covers, header_of, show_grant
from .permission_calls import CallGraph, Requirement
from .requirements import EntryNeeds, Needs, Reached, needs_of
from .rules.problems import closest, did_you_mean, problem, replacement
from .script import Script
from .stubs import Bindings

_MARK = "//! permissions: "


def permission_problems(script: Script, granted: tuple[Granted, ...] | None, graph: CallGraph) -> Iterator[Problem]:
    """What the script needs and does not have, and what it asks for in vain.

    `granted` is what the settings grant, `None` if they say nothing; `graph` is who calls whom. A script may use what
    it asks for in its header and the settings grant; one of the two that says nothing grants all of the other, and if
    neither says anything, there is only a hint.
    """
    header = header_of(script.text)
    needs = needs_of(script, graph)
    if header.grants is None and granted is None:
        yield from _hint(script, header, needs)
        return
    yield from _missing(script, header, granted, needs)
    yield from _unknown(script, header)
    if needs.is_complete and not any(found.severity == "error" for found in script.main.problems):
        yield from _unused(script, header, needs)


def known_permissions(bindings: Bindings) -> tuple[str, ...]:
    """The names of all permissions, those that only this host has last."""
    functions = [function for module in bindings.modules for function in module.functions]
    functions += (function for kind in bindings.types for function in kind.functions)
    declared = (function.about.permission for function in functions)
    return tuple(dict.fromkeys((*PERMISSIONS, *(each.name for each in declared if each is not None))))


def _hint(script: Script, header: Header, needs: Needs) -> Iterator[Problem]:
    """Nobody has said anything of permissions: say once what the script would ask for."""
    reached = [each for entry in needs.entries for each in entry.needs]
    if not reached:
        return
    wanted = listed(each.requirement for each in reached)
    shown = ", ".join(f"`{each}`" for each in wanted)
    message = f"the script needs {shown}, and nothing says that it may: neither its first lines nor the kiln's settings"
    first = min(each.span for each in reached)
    fix = _with_permissions(script.text, header, wanted)
    yield problem("missing-permission", message, first, fix, severity="hint")


def _missing(script: Script, header: Header, granted: tuple[Granted, ...] | None, needs: Needs) -> Iterator[Problem]:
    asked = None if header.grants is None else [written.granted for written in header.grants]
    ways: dict[tuple[Offsets, str, str | None], list[tuple[EntryNeeds, Reached]]] = {}
    for entry in needs.entries:
        for each in entry.needs:
            key = (each.span, each.requirement.permission, each.requirement.scope)
            ways.setdefault(key, []).append((entry, each))
    for (span, name, scope), reached in ways.items():
        if asked is not None and not covers(asked, name, scope):
            fix = _with_permissions(script.text, header, [show_grant(name, scope)])
            yield _missing_problem(script, reached, span, "which the script does not ask for", fix)
        elif granted is not None and not covers(granted, name, scope):
            yield _missing_problem(script, reached, span, "which the kiln's settings do not grant")


def _missing_problem(
    script: Script, reached: list[tuple[EntryNeeds, Reached]], span: Offsets, why: str, *fixes: Fix
) -> Problem:
    entry, first = min(reached, key=lambda way: len(way[1].chain))
    requirement = first.requirement
    through = ", ".join(f"`{name}`" for name in first.chain[1:])
    way = f"`{entry.name}` calls it" + (f" through {through}" if through else "")
    shown = show_grant(requirement.permission, requirement.scope)
    message = f"`{requirement.callee}` needs the permission `{shown}`, {why}: {way}"
    related = tuple(
        Related(script.main.path, other.span, f"`{other.name}` needs `{shown}`") for other, _ in _distinct(reached)
    )
    return problem("missing-permission", message, span, *fixes, severity="error", related=related)


def _distinct(reached: list[tuple[EntryNeeds, Reached]]) -> Iterable[tuple[EntryNeeds, Reached]]:
    return {entry.span: (entry, each) for entry, each in reached}.values()


def listed(requirements: Iterable[Requirement]) -> list[str]:
    """The permissions as a header would list them; a narrower one is left out beside the whole."""
    pairs = {(each.permission, each.scope) for each in requirements}
    wide = {name for name, scope in pairs if scope is None}
    kept = sorted((name, scope or "") for name, scope in pairs if scope is None or name not in wide)
    return [show_grant(name, scope or None) for name, scope in kept]


def _with_permissions(text: bytes, header: Header, wanted: list[str]) -> Fix:
    """Ask for more in the header's list, or in a new line at the end of the header."""
    shown = ", ".join(wanted)
    title = f"Ask for `{shown}`"
    if header.grants is not None:
        return Fix(title, (Edit((header.end, header.end), f", {shown}" if header.grants else shown),))
    line_end = "\r\n" if b"\r\n" in text else "\n"
    return Fix(title, (Edit((header.end, header.end), f"{_MARK}{shown}{line_end}"),))


def _unknown(script: Script, header: Header) -> Iterator[Problem]:
    known = known_permissions(script.bindings)
    for written in header.grants or ():
        name = written.granted.name
        if not written.closed:
            end = written.span[1]
            message = f"`)` is missing behind the values of `{name}`"
            yield problem(
                "unknown-permission", message, written.span, Fix("Write `)`", (Edit((end, end), ")"),), is_safe=True)
            )
        if name not in known:
            meant = closest(name, known)
            message = f"there is no permission `{name}`{did_you_mean(meant)}"
            yield problem("unknown-permission", message, written.name_span, *replacement(meant, written.name_span))


def _unused(script: Script, header: Header, needs: Needs) -> Iterator[Problem]:
    known = known_permissions(script.bindings)
    for place, written in enumerate(header.grants or ()):
        name = written.granted.name
        if name not in known or name in needs.perhaps or not written.closed:
            continue
        used = [each.scope for each in needs.all if each.permission == name]
        if not used:
            fix = _without(script.text, header.grants or (), place)
            yield problem(
                "unused-permission",
                f"nothing in the script needs `{name}`",
                written.span,
                fix,
                severity="hint",
                tags=("unused",),
            )
        elif None not in used:
            yield from _unused_scopes(written, [scope for scope in used if scope is not None])


def _unused_scopes(written: WrittenGrant, used: list[str]) -> Iterator[Problem]:
    for scope, span in zip(written.granted.scopes, written.scope_spans, strict=True):
        one = Granted(written.granted.name, (scope,))
        if not any(one.covers(one.name, each) for each in used):
            message = f"nothing in the script needs `{show_grant(one.name, scope)}`"
            yield problem("unused-permission", message, span, severity="hint", tags=("unused",))


def _without(text: bytes, grants: tuple[WrittenGrant, ...], place: int) -> Fix:
    """Take a permission out of the list, with the comma beside it."""
    written = grants[place]
    start, end = written.span
    line_end = min((at for at in (text.find(b"\n", end), len(text)) if at >= 0), default=len(text))
    if place + 1 < len(grants) and grants[place + 1].span[0] < line_end:
        end = grants[place + 1].span[0]
    elif place > 0 and b"\n" not in text[grants[place - 1].span[1] : start]:
        start = grants[place - 1].span[1]
    return Fix(f"Do not ask for `{written.granted.name}`", (Edit((start, end), ""),), is_safe=True)
