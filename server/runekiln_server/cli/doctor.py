"""`runekiln doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import argparse
import sys

import msgspec

from runekiln_server.cli import exit_codes
from runekiln_server.cli.terminal import paint_for
from runekiln_server.health import Finding, examine

MARKS = {"found": ("hint", "found"), "missing": ("error", "missing"), "doubtful": ("warning", "doubtful")}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `doctor`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the findings are shown")


def run(options: argparse.Namespace) -> int:
    """Look at everything; 1 if something is missing."""
    findings = examine()
    if options.format == "json":
        document = {"version": 1, "findings": findings}
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")
    else:
        sys.stdout.write(render(findings))
    return exit_codes.PROBLEMS if any(finding.state == "missing" for finding in findings) else exit_codes.FINE


def render(findings: tuple[Finding, ...]) -> str:
    """A line a finding, what to do below it."""
    paint = paint_for(sys.stdout)
    lines = []
    for finding in findings:
        style, mark = MARKS[finding.state]
        lines.append(f"{paint(style, f'{mark:8}')}  {finding.name:14} {finding.detail}")
        if finding.advice:
            lines.append(f"{'':10}{'':14} → {finding.advice}")
    return "\n".join(lines) + "\n"
