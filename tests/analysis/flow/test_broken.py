"""Scripts that are being written: whatever stands there, the rest is inferred, and nothing ends in a fault."""

from __future__ import annotations

import random

import pytest
from runekiln_analysis.flow.inference import Inference
from runekiln_analysis.known_types import known_types

from tests.analysis.fixtures import SCRIPT, Fixture, snapshot_of
from tests.analysis.flow.marks import check_types, real_bindings
from tests.analysis.flow.random_scripts import script

PIECES = ("{", "}", "(", ")", "[", ";", ",", ".", "..", "=>", "=", "|", "?", "#{", "`", '"', "let", "if", "match", "fn")


def test_what_stands_around_a_mistake_is_known() -> None:
    check_types("""
fn f(text: String) {
    let before = text.len();
      //^^^^^^ u64
    let = ;
    text.
    let behind = before;
      //^^^^^^ u64
}""")


@pytest.mark.parametrize("seed", range(4))
def test_no_mistake_is_a_fault(seed: int) -> None:
    choose = random.Random(seed)
    for number in range(60):
        text = script(number)
        for _ in range(3):
            start = choose.randrange(len(text))
            text = f"{text[:start]} {choose.choice(PIECES)} {text[start + choose.choice((0, 1, 9)) :]}"
        found = snapshot_of(Fixture({SCRIPT: text.encode()}, 0), real_bindings()).script
        known_types(found, expressions=True)
        offset = choose.randrange(len(text))
        item = found.item_at(offset)
        if item is not None:
            inference = Inference(found, item)
            for local in inference.locals_at(offset).values():
                inference.type_at(local, offset)
