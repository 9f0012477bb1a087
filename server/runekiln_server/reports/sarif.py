"""SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from runekiln_analysis.codes.known import known_codes
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Offsets, Related

from runekiln_server.reports.report import CheckedFile, Report, place

LEVELS = {"error": "error", "warning": "warning", "info": "note", "hint": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, version: str) -> str:
    """One run of the tool `runekiln` with a result for each problem."""
    rules = sorted({diagnostic.code for file in report.files for diagnostic in file.diagnostics})
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "runekiln", "version": version, "rules": [_rule(rule) for rule in rules]}},
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(report, file, diagnostic, rules) for file in report.files for diagnostic in file.diagnostics
                ],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _rule(name: str) -> dict[str, Any]:
    code = known_codes().get(name)
    return {"id": name} if code is None else {"id": name, "shortDescription": {"text": code.about}}


def _result(report: Report, file: CheckedFile, diagnostic: Diagnostic, rules: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rules.index(diagnostic.code),
        "level": LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [_location(file, diagnostic.span)],
    }
    related = [_related(report, place) for place in diagnostic.related]
    if related:
        result["relatedLocations"] = [location for location in related if location]
    return result


def _related(report: Report, related: Related) -> dict[str, Any] | None:
    other = report.file(related.path)
    return None if other is None else _location(other, related.span) | {"message": {"text": related.message}}


def _location(file: CheckedFile, span: Offsets) -> dict[str, Any]:
    start_line, start_column = place(file.index, span[0])
    end_line, end_column = place(file.index, span[1])
    region = {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": span[0],
        "byteLength": span[1] - span[0],
    }
    path = Path(file.path)
    uri = path.as_uri() if path.is_absolute() else quote(file.path)
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
