"""What of a file's problems is shown, how severe, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from .facts import FileFacts, Fix, Offsets, Origin, Problem, Related, Severity, Tag
from .grants import Granted
from .kiln_view import clashes_within
from .permissions import permission_problems
from .registrations import Role, registrations
from .rules.files import plugin_file
from .rules.script import attribute_problems
from .script import Script

_FIRST_HEARD: Mapping[Origin, int] = {"compiler": 0, "syntax": 1, "runekiln": 2}


class Diagnostic(msgspec.Struct, frozen=True):
    """A problem as it is shown; `span` is absolute."""

    code: str
    severity: Severity
    message: str
    span: Offsets
    origin: Origin
    tags: tuple[Tag, ...]
    related: tuple[Related, ...]
    fixes: tuple[Fix, ...]


def judge(
    script: Script,
    *,
    granted: tuple[Granted, ...] | None = None,
    role: Role = "script",
    modules: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """What we say of a script beyond what the guest says of its files; the spans are absolute.

    `granted` is what the kiln's settings grant, `None` if they say nothing; `role` is what the host takes the file
    for; `modules` are the texts of the `mod` files, by the paths that the facts give them.
    """
    found = [*attribute_problems(script), *permission_problems(script, granted, modules)]
    if b"#[" in script.text:
        found += clashes_within(registrations(script, role), script.main.path)
    return (*found, *plugin_file(script)) if role == "plugin" else tuple(found)


def diagnostics(
    file: FileFacts, severities: Mapping[str, Severity | Literal["off"]], judged: Iterable[Problem] = ()
) -> tuple[Diagnostic, ...]:
    """The file's problems and those that were `judged`, in the order of the text; `severities` by code go first.

    Two problems of one code at one place are one, and the compiler's words are kept.
    """
    chosen: dict[tuple[Offsets, str], Diagnostic] = {}
    problems = (*file.problems, *judged)
    for problem in sorted(problems, key=lambda problem: _FIRST_HEARD[problem.origin]):
        severity = severities.get(problem.code, problem.severity)
        if severity == "off":
            continue
        span = file.span_of(problem)
        chosen.setdefault(
            (span, problem.code),
            Diagnostic(
                code=problem.code,
                severity=severity,
                message=problem.message,
                span=span,
                origin=problem.origin,
                tags=problem.tags,
                related=problem.related,
                fixes=problem.fixes,
            ),
        )
    return tuple(sorted(chosen.values(), key=lambda diagnostic: (diagnostic.span, diagnostic.code)))
