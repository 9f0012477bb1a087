"""`runekiln explain`: what a code is about, or all codes that there are."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import msgspec
from runekiln_analysis.codes.known import Code, known_codes
from runekiln_analysis.rules.problems import closest, did_you_mean

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import paint_for
from runekiln_server.code_pages import page_of
from runekiln_server.reports.drawing import Paint
from runekiln_server.reports.wrapping import wrapped

VERSION = 1
FORMATS = ("text", "json")
_WHO = {"rule": "a rule", "compiler": "Rune's compiler", "parser": "the parser", "stub": "the reader of stubs"}
DESCRIPTION = """\
The JSON has `version` (1) and `codes`, each with `code`, `severity` (how severe it is unless settings say
otherwise), `about`, `source` (who tells of it: `rule`, `compiler`, `parser` or `stub`), `allowable` (whether a
comment `// runekiln: allow(…)` can silence it) and `page` (its page in Markdown, or null).
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `explain`."""
    parser.epilog = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("code", nargs="?", metavar="CODE", help="a code such as `unused-variable` (default: all)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown (default: text)")


def run(options: argparse.Namespace) -> int:
    """Show what is known of a code, or list all."""
    chosen = tuple(known_codes().values()) if options.code is None else (_meant(options.code),)
    if options.format == "json":
        document = {"version": VERSION, "codes": [_json(code) for code in chosen]}
        print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    elif options.code is None:
        print(_listed(chosen, paint_for(sys.stdout)))
    else:
        print(_explained(chosen[0], paint_for(sys.stdout)))
    return exit_codes.FINE


def _meant(name: str) -> Code:
    code = known_codes().get(name)
    if code is None:
        raise UsageError(f"there is no code `{name}`{did_you_mean(closest(name, known_codes()))}")
    return code


def _json(code: Code) -> dict[str, Any]:
    page = page_of(code.name)
    return {
        "code": code.name,
        "severity": code.severity,
        "about": code.about,
        "source": code.source,
        "allowable": code.can_be_allowed,
        "page": None if page is None else page.read_text(encoding="utf-8"),
    }


def _listed(codes: tuple[Code, ...], paint: Paint) -> str:
    wide = max(len(code.name) for code in codes)
    return "\n".join(
        f"{code.name.ljust(wide)}  {paint(code.severity, code.severity.ljust(len('warning')))}  {code.about}"
        for code in codes
    )


def _explained(code: Code, paint: Paint) -> str:
    """Its page if it has one, else the row of the list in a sentence."""
    page = page_of(code.name)
    if page is not None:
        return wrapped(page.read_text(encoding="utf-8"), paint.width)
    allowed = "" if code.can_be_allowed else " No comment can allow it."
    told = f"{code.about[0].upper()}{code.about[1:]}. {_WHO[code.source].capitalize()} tells of it"
    return wrapped(f"# `{code.name}`\n\n{told}, as {_with_article(code.severity)}.{allowed}", paint.width)


def _with_article(severity: str) -> str:
    return f"an {severity}" if severity in ("error", "info") else f"a {severity}"
