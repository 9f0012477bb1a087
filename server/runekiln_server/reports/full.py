"""Problems for people at a terminal: the source line drawn with carets, related places, what helps."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.diagnostics import Diagnostic

from runekiln_server.reports.drawing import Paint, excerpt, headline, note
from runekiln_server.reports.report import CheckedFile, Report, place


def render(report: Report, paint: Paint) -> str:
    """Every problem with its source line, then the numbers."""
    blocks = ["\n".join(draw_diagnostic(report, file, diagnostic, paint)) for file, diagnostic in _all(report)]
    return "\n\n".join([*blocks, summary(report)]) + "\n"


def draw_diagnostic(report: Report, file: CheckedFile, diagnostic: Diagnostic, paint: Paint) -> list[str]:
    """One problem, in lines."""
    lines = [headline(paint, diagnostic.severity, diagnostic.code, diagnostic.message)]
    lines += excerpt(paint, diagnostic.severity, file.path, file.text, file.index, diagnostic.span)
    line, _ = place(file.index, diagnostic.span[0])
    for related in diagnostic.related:
        other = report.file(related.path)
        if other is None:
            lines.append(note(paint, line, "note", f"{related.message} (in {related.path})"))
        else:
            lines.append(note(paint, line, "note", related.message))
            lines += excerpt(paint, "note", other.path, other.text, other.index, related.span)
    lines += [note(paint, line, "help", fix.title) for fix in diagnostic.fixes]
    return lines


def summary(report: Report) -> str:
    """The numbers of a report in words."""
    found = [
        f"{count} {name if count == 1 else name + 's'}"
        for name in ("error", "warning", "info", "hint")
        if (count := report.count(name))
    ]
    files = f"{len(report.files)} {'file' if len(report.files) == 1 else 'files'}"
    return f"{', '.join(found)} in {files}" if found else f"no problems in {files}"


def _all(report: Report) -> Iterator[tuple[CheckedFile, Diagnostic]]:
    return ((file, diagnostic) for file in report.files for diagnostic in file.diagnostics)
