"""Workflow commands of GitHub Actions, which show a problem beside its line in a pull request."""

from __future__ import annotations

from runekiln_server.reports.report import Report, place

COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "hint": "notice"}


def render(report: Report) -> str:
    """`::error file=…,line=…::message`, one line each."""
    lines = []
    for file in report.files:
        for diagnostic in file.diagnostics:
            line, column = place(file.index, diagnostic.span[0])
            end_line, end_column = place(file.index, diagnostic.span[1])
            values = {"file": file.path, "line": line, "endLine": end_line, "col": column, "endColumn": end_column}
            # GitHub takes columns only for a span within one line.
            if end_line != line:
                del values["col"], values["endColumn"]
            properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
            title = _property(f"runekiln {diagnostic.code}")
            command = COMMANDS[diagnostic.severity]
            lines.append(f"::{command} {properties},title={title}::{_message(diagnostic.message)}\n")
    return "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
