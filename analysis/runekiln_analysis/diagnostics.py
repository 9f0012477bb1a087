"""What of a file's problems is shown, how severe, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from .facts import FileFacts, Fix, Offsets, Origin, Problem, Related, Severity, Tag
from .repeats import repeats
from .syntax import SyntaxKind as K
from .tree import TreeView

_SAFE_OF_RUNE = ("mutable-variable", "needless-semicolon")
"""What is only too much. A byte order mark is left alone: what wrote it, such as an editor, may want it."""

_OUR_COMMENTS = b"runekiln:"

_FIRST_HEARD: Mapping[Origin, int] = {"runekiln": 0, "compiler": 1, "syntax": 2}


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
    file: FileFacts,
    severities: Mapping[str, Severity | Literal["off"]],
    judged: Iterable[Problem] = (),
    text: bytes = b"",
    *,
    is_module: bool = False,
) -> tuple[Diagnostic, ...]:
    """The file's problems and those that were `judged`, in the order of the text; `severities` by code go first.

    Two problems of one code at one place are one: our words are kept before the compiler's, which say less, and those
    before the parser's. What the compiler says of imports is left to the rule `unused-import`. What only says again
    what another problem says is left out, and what comments in the `text` allow. Of a `mod` file less is told than if
    it were a script, so that none of its comments is called unused.
    """
    chosen: dict[tuple[Offsets, str], Problem] = {}
    problems = (*file.problems, *judged)
    covered = {span for problem in problems for span in problem.covers}
    for problem in sorted(problems, key=lambda problem: _FIRST_HEARD[problem.origin]):
        span = file.span_of(problem)
        if not _is_about_import(file, problem) and (span not in covered or problem.origin == "runekiln"):
            chosen.setdefault((span, problem.code), problem)
    left_out = repeats(file, chosen) if len(chosen) > 1 else ()
    told: Iterable[tuple[Offsets, Problem]] = (
        (place[0], problem) for place, problem in chosen.items() if place not in left_out
    )
    if _OUR_COMMENTS in text:
        # Most scripts have none, and need nothing of this.
        from .allowing import without_allowed

        told = without_allowed(file, text, told, is_module=is_module)
    shown = (_shown(span, problem, severities) for span, problem in told)
    return tuple(sorted(filter(None, shown), key=lambda diagnostic: (diagnostic.span, diagnostic.code)))


def merged(views: Sequence[tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """What several scripts that pull in one file find in it, each once, in the order of the text.

    What one of them does not use, another may.
    """
    if len(views) == 1:
        return views[0]
    by_view = [{(each.span, each.code, each.message): each for each in view} for view in views]
    found: dict[tuple[Offsets, str, str], Diagnostic] = {}
    for view in by_view:
        for place, each in view.items():
            if "unused" not in each.tags or all(place in other for other in by_view):
                found.setdefault(place, each)
    return tuple(found[place] for place in sorted(found))


def _shown(span: Offsets, problem: Problem, severities: Mapping[str, Severity | Literal["off"]]) -> Diagnostic | None:
    severity = severities.get(problem.code, problem.severity)
    if severity == "off":
        return None
    return Diagnostic(
        code=problem.code,
        severity=severity,
        message=problem.message,
        span=span,
        origin=problem.origin,
        tags=problem.tags,
        related=problem.related,
        fixes=_fixes(problem) if problem.fixes else (),
    )


def _fixes(problem: Problem) -> tuple[Fix, ...]:
    """The fixes of a problem; which of the compiler's are safe is decided here, since it does not say so."""
    if problem.origin == "runekiln" or problem.code not in _SAFE_OF_RUNE:
        return problem.fixes
    return tuple(Fix(fix.title, fix.edits, is_safe=True) for fix in problem.fixes)


def _is_about_import(file: FileFacts, problem: Problem) -> bool:
    """Whether the compiler says that an import is not used."""
    if problem.code != "not-used" or problem.item is None:
        return False
    tree = TreeView(file.items[problem.item].tree, b"", 0)
    return any(tree.span(node) == problem.span for node in tree.descendants(0, K.USE_TREE))
