"""What the measure breaks is broken, and each kind that needs no types is found where it is."""

from __future__ import annotations

import random
from functools import cache

import pytest
from runekiln_analysis.script import Script
from runekiln_runtime.outcomes import Failed, Limits
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner

from tests.bench import valid_scripts
from tests.bench.mutations import OWN, broken, is_found, mutations
from tests.bench.sites import ARITY, EVENT, FIELD, KEY, METHOD, STATE, Site, sites

SEED = 11


@cache
def found() -> tuple[tuple[Script, Site], ...]:
    """The sites of the sample kiln and of what is generated."""
    scripts = (*valid_scripts.of_kiln(), *valid_scripts.generated(random.Random(SEED)))
    return tuple((script, site) for script in scripts for site in sites(script))


@pytest.mark.parametrize("kind", OWN)
def test_what_is_broken_is_found_at_its_place(kind: str) -> None:
    made = list(mutations((each for each in found() if each[1].kind == kind), random.Random(SEED), 10))
    assert len(made) == 10
    assert [mutation.text.decode() for mutation in made if not is_found(mutation)] == []


def test_nothing_is_found_where_nothing_is_broken() -> None:
    """But what a call needs, which is said at its name as long as that is right."""
    for script, site in random.Random(SEED).sample(found(), 200):
        start, end = site.span
        told = [each.code for each in valid_scripts.shown(script) if each.span in ((start, end), (start - 1, end + 1))]
        assert told in ([], ["missing-permission"])


EXAMPLE = """
#[handler(event = "note:created", priority = 3)]
pub fn made(context, event) {
    let free = event.payload;
    free.anything.at_all();
    event.identifier.len();
    event
}

pub fn main() {
    let machine = StateMachine::new().state("idle", |context, event| ()).transition("idle", "idle", "go");
    machine.fire("go").unwrap();
    add(1, 2)
}

fn add(a, b) {
    a + b
}
"""


def test_the_sites_of_a_script() -> None:
    (script,) = valid_scripts.valid("example.rn", EXAMPLE)
    listed = [(site.kind, script.text[slice(*site.span)].decode(), site.typed) for site in sites(script)]
    assert sorted(set(listed)) == sorted(
        [
            (KEY, "event", True),
            (KEY, "priority", True),
            (EVENT, "note:created", True),
            (FIELD, "payload", True),
            (FIELD, "anything", False),
            (METHOD, "at_all", False),
            (FIELD, "identifier", True),
            (METHOD, "len", True),
            (METHOD, "state", True),
            (METHOD, "transition", True),
            (METHOD, "fire", True),
            (METHOD, "unwrap", True),
            (STATE, "idle", True),
            (ARITY, "(1, 2)", True),
        ]
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_script_with_another_number_of_arguments_or_another_method_really_fails(seed: int) -> None:
    choose = random.Random(seed)
    (script,) = valid_scripts.valid("example.rn", EXAMPLE)
    for site in sites(script):
        word = script.text[slice(*site.span)]
        if site.kind == ARITY or word in (b"state", b"transition", b"fire", b"unwrap"):
            mutation = broken(script, site, choose)
            run = Run((Source("example.rn", mutation.text),), "main", (), 1000)
            assert isinstance(_runner().run(run, Limits(seconds=20)), Failed), mutation.text.decode()


@cache
def _runner() -> Runner:
    return Runner.load()
