"""After an edit, only what it can have changed is inferred again, and all is as if it were inferred anew."""

from __future__ import annotations

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.script import ItemPlace, Script

from tests.analysis.fixtures import SCRIPT, Fixture, snapshot_of
from tests.analysis.flow.marks import real_bindings
from tests.analysis.flow.random_scripts import script as random_script

TEXT = """\
struct Bed { name: String }
impl Bed { fn title(self) { self.name } }
fn number() { 1 }
fn twice() { number() * 2 }
fn titled(bed: Bed) { bed.title() }
fn even(n) { if n == 0 { true } else { odd(n - 1) } }
fn odd(n) { if n == 0 { false } else { even(n - 1) } }
fn alone() { "a" }
"""


def test_an_edit_in_a_function_is_told_to_those_that_call_it() -> None:
    assert inferred_again("{ 1 }", "{ 1.5 }") == ["number", "twice"]


def test_an_edit_that_gives_the_same_type_changes_nothing_else() -> None:
    assert inferred_again("{ 1 }", "{ 3 + 4 }") == ["number"]


def test_an_edit_in_a_circle_is_told_to_all_of_it() -> None:
    assert inferred_again("{ false }", "{ 2 }") == ["even", "odd"]


def test_a_field_of_another_type_is_told_to_those_that_read_it() -> None:
    assert inferred_again("name: String", "name: Object") == ["title", "titled"]


def test_a_function_that_only_moves_is_not_inferred_again() -> None:
    assert inferred_again('"a"', '"a longer text"') == ["alone"]
    assert inferred_again("fn number", "\n\n\nfn number") == []


def test_edits_give_what_a_new_look_gives() -> None:
    before = Flows(_script(TEXT))
    _infer_all(before)
    for seed in range(40):
        text = random_script(seed)
        whole = Flows(_script(text))
        _infer_all(whole)
        row = seed % text.count("\n")
        edited = "\n".join(line for number, line in enumerate(text.split("\n")) if number != row)
        script = _script(edited)
        again, after, anew = Flows(script, whole.memory()), whole.after(script), Flows(script)
        for flows in (again, after, anew):
            _infer_all(flows)
        for place in _functions(anew):
            assert again.inferred(place) == anew.inferred(place), (seed, place)
            assert after.inferred(place) == anew.inferred(place), (seed, place)


def test_one_edit_behind_another_gives_what_a_new_look_gives() -> None:
    """Bodies of all functions, which call each other: what they give changes, and who calls whom."""
    bodies = (
        "1",
        "1.5",
        "number()",
        "twice()",
        "titled(Bed { name: `a` })",
        "even(2)",
        "let n = number(); n",
        "alone()",
    )
    flows = Flows(_script(TEXT))
    _infer_all(flows)
    continued = 0
    text = TEXT
    for step in range(120):
        name = ("number", "twice", "alone")[step % 3]
        rows = [
            f"fn {name}() {{ {bodies[step * 5 % len(bodies)]} }}" if row.startswith(f"fn {name}(") else row
            for row in text.split("\n")
        ]
        text = "\n".join(rows)
        script = _script(text)
        after, anew = flows.after(script), Flows(script)
        _infer_all(after)
        _infer_all(anew)
        continued += after.continues(flows)
        for place in _functions(anew):
            assert after.inferred(place) == anew.inferred(place), (step, text)
        flows = after
    # Some edits change what others are, and some do not.
    assert 0 < continued < 120


def inferred_again(old: str, new: str) -> list[str]:
    """The functions that are inferred again when `old` is replaced by `new`."""
    before = Flows(_script(TEXT))
    _infer_all(before)
    after = Flows(_script(TEXT.replace(old, new, 1)), before.memory())
    _infer_all(after)
    kept = {id(before.inferred(place)) for place in _functions(before)}
    names = (after.script.item(place).name for place in _functions(after) if id(after.inferred(place)) not in kept)
    return list(names)


def _script(text: str) -> Script:
    return snapshot_of(Fixture({SCRIPT: text.encode()}, 0), real_bindings()).script


def _functions(flows: Flows) -> list[ItemPlace]:
    items = enumerate(flows.script.main.items)
    return [ItemPlace(0, number) for number, item in items if item.kind == "function"]


def _infer_all(flows: Flows) -> None:
    for place in _functions(flows):
        flows.inferred(place)
