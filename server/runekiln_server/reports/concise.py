"""One line a problem, as compilers write it and editors jump to it."""

from __future__ import annotations

from runekiln_server.reports.drawing import visible
from runekiln_server.reports.report import Report, place


def render(report: Report) -> str:
    """`path:line:column: severity[code] message`, one line each."""
    lines = []
    for file in report.files:
        for diagnostic in file.diagnostics:
            line, column = place(file.index, diagnostic.span[0])
            message = visible(" ".join(diagnostic.message.split()))
            lines.append(f"{visible(file.path)}:{line}:{column}: {diagnostic.severity}[{diagnostic.code}] {message}\n")
    return "".join(lines)
