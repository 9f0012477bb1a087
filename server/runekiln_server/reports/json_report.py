"""The stable JSON of `check`, for programs."""

from __future__ import annotations

from typing import Any

import msgspec
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Related

from runekiln_server.reports.report import CheckedFile, Report
from runekiln_server.results import range_json

VERSION = 1


def render(report: Report) -> str:
    """The whole report as one JSON document."""
    document = {
        "version": VERSION,
        "files": [{"path": file.path, "problems": _problems(report, file)} for file in report.files],
        "summary": {
            "files": len(report.files),
            "errors": report.count("error"),
            "warnings": report.count("warning"),
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _problems(report: Report, file: CheckedFile) -> list[dict[str, Any]]:
    return [_problem(report, file, diagnostic) for diagnostic in file.diagnostics]


def _problem(report: Report, file: CheckedFile, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "range": range_json(file.index, diagnostic.span),
        "related": [_related(report, related) for related in diagnostic.related],
        "fixes": [{"title": fix.title, "safe": fix.is_safe} for fix in diagnostic.fixes],
    }


def _related(report: Report, related: Related) -> dict[str, Any]:
    other = report.file(related.path)
    return {
        "path": related.path,
        "range": range_json(other.index, related.span) if other else None,
        "message": related.message,
    }
