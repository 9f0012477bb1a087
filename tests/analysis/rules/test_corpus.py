"""No false alarm in what others wrote: Rune's own tests and documentation, and our sample kiln."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script

from tests.analysis.fixtures import checker
from tests.analysis.resolve.corpus import Sample, samples
from tests.analysis.rule_pages import applied

from .judged import bindings

TRUE = {
    "unused-variable": 40,
    "unused-import": 10,
    "unreachable-code": 6,
    "unknown-method": 6,
}
"""How often each rule speaks.

Rune's tests and examples leave variables and imports unused, as is shown below. They try conditions that leave, as in
`if return true {}`, with something behind, and a `loop` that is left by an outer label. An example and a test call
methods that a `String` of 0.14.2 does not have: runs of them fail (`test_refuted.py`).
"""

CODES = (
    *TRUE,
    "wrong-arity",
    "statement-call",
    "lost-tail-value",
    "reordered-fields",
    "label-break-value",
    "cyclic-debug",
    "native-recursion",
    "missing-await",
    "await-not-future",
    "non-exhaustive-match",
    "unused-function",
    "unused-type",
    "consumed-builder",
    "spread-operator",
    "unknown-field",
    "read-only-field",
    "type-mismatch",
    "not-callable",
    "not-iterable",
)
"""All rules over names and over how 0.14.2 reads them."""


@cache
def told() -> tuple[tuple[Sample, Diagnostic], ...]:
    """What the rules over names say of all samples."""
    found = []
    for sample in samples():
        facts = checker().check("main.rn", sample.text, lambda _: None)
        script = Script(facts, sample.text, bindings())
        shown = diagnostics(script.main, {}, judge(script))
        found += [(sample, each) for each in shown if each.origin == "runekiln" and each.code in CODES]
    return tuple(found)


def test_the_rules_speak_where_it_is_listed_and_nowhere_else() -> None:
    assert Counter(each.code for _, each in told()) == TRUE


@pytest.mark.parametrize("code", ["unused-variable", "unused-import"])
def test_what_is_called_unused_can_have_another_name_or_go(code: str) -> None:
    """Were it used anywhere, the script would not compile after the fix."""
    found = [(sample, each) for sample, each in told() if each.code == code]
    for sample, each in found:
        mended = applied(sample.text.decode(), each.fixes[0]).encode()
        assert checker().meanings("main.rn", mended, lambda _: None).compiles, (sample.name, each.message)
    assert found
