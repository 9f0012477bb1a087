"""What of a file's problems is shown, how severe, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from .facts import FileFacts, Fix, Offsets, Origin, Problem, Related, Severity, Tag
from .syntax import SyntaxKind as K
from .tree import TreeView

_FIRST_HEARD: Mapping[Origin, int] = {"runekiln": 0, "compiler": 1, "syntax": 2}

_NOT_CALLED = ("not-public", "plugin-shape")
_UNUSED = ("not-used", "unused-function")


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


def diagnostics(
    file: FileFacts, severities: Mapping[str, Severity | Literal["off"]], judged: Iterable[Problem] = ()
) -> tuple[Diagnostic, ...]:
    """The file's problems and those that were `judged`, in the order of the text; `severities` by code go first.

    Two problems of one code at one place are one: our words are kept before the compiler's, which say less, and those
    before the parser's. What the compiler says of imports is left to the rule `unused-import`. A function
    of which is said what keeps the host from calling it is not called unused besides.
    """
    chosen: dict[tuple[Offsets, str], Diagnostic] = {}
    problems = (*file.problems, *judged)
    covered = {span for problem in problems for span in problem.covers}
    meant_for_host = {problem.span for problem in problems if problem.code in _NOT_CALLED}
    for problem in sorted(problems, key=lambda problem: _FIRST_HEARD[problem.origin]):
        severity = severities.get(problem.code, problem.severity)
        if severity == "off" or _is_about_import(file, problem):
            continue
        span = file.span_of(problem)
        if span in covered and problem.origin != "runekiln":
            continue
        if problem.code in _UNUSED and span in meant_for_host:
            continue
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


def _is_about_import(file: FileFacts, problem: Problem) -> bool:
    """Whether the compiler says that an import is not used."""
    if problem.code != "not-used" or problem.item is None:
        return False
    tree = TreeView(file.items[problem.item].tree, b"", 0)
    return any(tree.span(node) == problem.span for node in tree.descendants(0, K.USE_TREE))
