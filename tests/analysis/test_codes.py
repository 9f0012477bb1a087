"""The list of all codes: it has each that the guest, its stubs and the rules can tell, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from runekiln_analysis.codes.known import known_codes
from runekiln_analysis.codes.of_compiler import OF_COMPILER
from runekiln_analysis.codes.of_parser import OF_PARSER
from runekiln_analysis.codes.of_rules import OF_RULES
from runekiln_analysis.codes.of_stubs import OF_STUBS
from runekiln_analysis.facts import Severity

from .rule_pages import of_rules
from .whole_corpus import cases, shown

GUEST = Path(__file__).parents[2] / "runtime_wasm" / "guest" / "src"
_WORD = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+|unsupported)"')
_RUN = re.compile(r"RUN_CODES.*", re.DOTALL)
NO_CODES = {
    # Names of profiles, kinds and outcomes, and the codes of runs.
    *("struct-plugin", "kebab-case", "macro-call"),
    *("bad-argument", "never-woken", "not-compiled", "output-limit", "wrong-arity"),
}


def listed(rows: str) -> list[str]:
    return [row.split(" ")[0] for row in rows.splitlines()]


def test_the_guest_tells_no_code_that_is_not_listed_and_no_other_is_listed() -> None:
    told: set[str] = set()
    for path in GUEST.rglob("*.rs"):
        text = path.read_text(encoding="utf-8").split("#[cfg(test)]")[0]
        told.update(_WORD.findall(_RUN.sub("", text) if path.name == "codes.rs" else text))
    told -= NO_CODES
    told |= {"deprecated"}
    of_guest = {*listed(OF_COMPILER), *listed(OF_PARSER), *listed(OF_STUBS)}
    assert told - {"unavailable-in-profile", "unknown-permission"} == of_guest


def test_each_list_has_a_code_once() -> None:
    for rows in (OF_COMPILER, OF_PARSER, OF_STUBS, OF_RULES):
        assert len(set(listed(rows))) == len(listed(rows))


def test_the_list_of_rules_is_that_of_the_pages() -> None:
    """If not, `python -m tests.analysis.rule_pages` writes it."""
    assert of_rules().rpartition('"""\\\n')[2].removesuffix('"""\n') == OF_RULES


def test_each_row_says_how_severe_it_is_and_what_it_is_about() -> None:
    for code in known_codes().values():
        assert code.severity in get_args(Severity)
        assert 3 < len(code.about) < 90
        assert code.about[0] != code.about[0].upper() or not code.about[0].isalpha()


@pytest.mark.parametrize("severity", get_args(Severity))
def test_how_severe_each_code_is_can_be_said(severity: Severity) -> None:
    severities = dict.fromkeys(known_codes(), severity)
    told = {each.severity for case in cases() for each in shown(case, severities)}
    assert told == {severity}


def test_each_code_can_be_off() -> None:
    assert not any(shown(case, dict.fromkeys(known_codes(), "off")) for case in cases())


def test_codes_are_by_default_as_severe_as_they_are_listed() -> None:
    """Rules may be milder in some cases, and what Rune calls a deprecation is a warning."""
    order = ("error", "warning", "info", "hint")
    for case in cases():
        for each in shown(case):
            listed = known_codes()[each.code]
            if listed.source != "rule":
                assert each.severity == listed.severity
            elif each.origin == "runekiln":
                assert order.index(each.severity) >= order.index(listed.severity)


def test_what_a_rule_tells_is_the_rule_s_whoever_else_tells_it() -> None:
    assert known_codes()["too-many-parameters"].source == "rule"
    assert known_codes()["too-many-parameters"].can_be_allowed
    assert not known_codes()["missing-item"].can_be_allowed
    assert known_codes()["not-used"].can_be_allowed
