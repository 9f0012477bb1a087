"""What the rules say of a script, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.facts import Facts
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.outcomes import Failed, Finished, Outcome
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Limits, Runner

from tests.analysis.fixtures import SCRIPT, checker, read_fixture
from tests.analysis.rule_pages import applied
from tests.analysis.std import with_std

_LIMITS = Limits(seconds=20)


@cache
def bindings() -> Bindings:
    """What the guest binds, and Rune itself."""
    return with_std(checker().configured().bindings)


@cache
def runner() -> Runner:
    """The real virtual machine, loaded once."""
    return Runner.load()


def facts_of(text: str, files: Mapping[str, bytes] | None = None) -> Facts:
    """What the real compiler says of a script."""
    return checker().check(SCRIPT, text.encode(), (files or {}).get)


def shown(text: str) -> tuple[Diagnostic, ...]:
    """All that is shown for a fixture's script."""
    files = read_fixture(text).files
    facts = checker().check(SCRIPT, files[SCRIPT], files.get)
    script = Script(facts, files[SCRIPT], bindings())
    return diagnostics(script.main, {}, judge(script, modules=files), script.text)


def codes(text: str) -> list[str]:
    """The codes of what is shown, in the order of the text."""
    return [each.code for each in shown(text)]


def said(text: str, code: str) -> list[str]:
    """The words in the text that a code is about."""
    content = text.encode()
    return [content[slice(*each.span)].decode() for each in shown(text) if each.code == code]


def mended(text: str, *codes: str) -> str:
    """The script after the first fix of the first problem that has one, or of the first with one of those codes."""
    fixes = [fix for each in shown(text) if not codes or each.code in codes for fix in each.fixes]
    return applied(text, fixes[0])


def mended_wholly(text: str) -> str:
    """The script after fix upon fix, until none is left."""
    while any(each.fixes for each in shown(text)):
        text = mended(text)
    return text


def run(text: str) -> Outcome:
    """What becomes of `main`."""
    return runner().run(Run((Source(SCRIPT, text.encode()),), "main", (), 1000), _LIMITS)


def result(text: str) -> str:
    """What `main` gives, or the words with which it fails."""
    match run(text):
        case Finished(value=value):
            return value.text
        case Failed(error=error):
            return f"fails: {error.message}"
        case other:
            return type(other).__name__
