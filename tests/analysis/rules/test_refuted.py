"""No run goes on behind what is called an error: in scripts drawn at random, and in those that others wrote."""

from __future__ import annotations

import re

from runekiln_analysis.script import Script
from runekiln_runtime.outcomes import Failed, NotCompiled

from tests.analysis.resolve.corpus import samples

from .judged import bindings, facts_of, run
from .random_uses import script_of_uses
from .refuted import CODES, with_marks

_FIRST = re.compile(r"fn \w+\(\)")
SEEDS = 120
# So many of the runs end where one of the errors is, in the others something else fails before.
CONFIRMED = 80


def test_what_is_called_an_error_fails_where_it_is_reached() -> None:
    refuted: list[str] = []
    codes: set[str] = set()
    confirmed = 0
    for seed in range(SEEDS):
        text = script_of_uses(seed)
        facts = facts_of(text)
        if any(each.severity == "error" for each in facts.script.problems):
            continue
        marked = with_marks(Script(facts, text.encode(), bindings()))
        outcome = run(marked.text.decode())
        assert not isinstance(outcome, NotCompiled), (seed, outcome.error)
        refuted += (f"seed {seed}: {each}" for each in marked.refuted(outcome.output))
        codes |= {each.code for each in marked.errors}
        confirmed += isinstance(outcome, Failed) and bool(marked.errors)
    assert refuted == []
    assert codes == set(CODES)
    assert confirmed >= CONFIRMED


def test_what_others_wrote_and_is_called_an_error_fails() -> None:
    """An example of Rune's documentation calls what 0.14.2 does not have, and a test of it is never run."""
    found = 0
    for sample in samples():
        script = Script(facts_of(sample.text.decode()), sample.text, bindings())
        marked = with_marks(script)
        if marked.errors:
            outcome = run(_FIRST.sub("fn main()", marked.text.decode(), count=1))
            assert marked.refuted(outcome.output) == [], sample.name
            assert isinstance(outcome, Failed), (sample.name, outcome)
            found += len(marked.errors)
    assert found == 6
