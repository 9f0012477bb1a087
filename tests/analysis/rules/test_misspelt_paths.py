"""Paths of the host that are misspelt: the compiler says that they do not exist, and we what is meant."""

from __future__ import annotations

import pytest

from .judged import codes, facts_of, mended, shown


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Workflw::new()", "Workflow::new()"),
        ("Workflow::nwe()", "Workflow::new()"),
        ("crucible::workflow::Workflw::new()", "crucible::workflow::Workflow::new()"),
        ("crucible::workflo::Workflow::new()", "crucible::workflow::Workflow::new()"),
        ('crucible::catgorize_by_name("a")', 'crucible::categorize_by_name("a")'),
        ('grph::find(#{}, "a")', 'graph::find(#{}, "a")'),
        ('graph::fnd(#{}, "a")', 'graph::find(#{}, "a")'),
        ("std::iter::rnge(1, 2)", "std::iter::range(1, 2)"),
        ("std::collections::HashMop::new()", "std::collections::HashMap::new()"),
        ("Bde::new()", "Bed::new()"),
    ],
)
def test_the_fix_writes_what_exists(written: str, meant: str) -> None:
    text = f"struct Bed; impl Bed {{ pub fn new() {{ 1 }} }} pub fn main() {{ {written} }}"
    (told,) = (each for each in shown(text) if each.severity == "error")
    assert told.code == "missing-item"
    assert "; did you mean `" in told.message
    assert meant in mended(text)
    assert [each.code for each in facts_of(mended(text)).script.problems if each.severity == "error"] == []


@pytest.mark.parametrize("written", ["Unheard::of()", "crucible::nothing_of_the_kind()", "Bed::grow()"])
def test_nothing_is_proposed_for_what_is_like_nothing(written: str) -> None:
    text = f"struct Bed; pub fn main() {{ {written} }}"
    told = [each for each in shown(text) if each.severity == "error"]
    assert told
    assert all("did you mean" not in each.message for each in told)


def test_an_import_that_is_misspelt() -> None:
    text = "use crucible::sesion::Session;\npub fn main() { Session }"
    assert "use crucible::session::Session;" in mended(text)


def test_what_is_there_is_left_alone() -> None:
    assert codes("pub fn main() { Workflow::new() }") == []


def test_paths_that_begin_with_an_import() -> None:
    assert "workflow::Workflow::new()" in mended("use crucible::workflow; pub fn main() { workflow::Workflw::new() }")
    text = "mod beds { pub fn dig() { 1 } } use crate::beds::dig as crucibl; pub fn main() { crucibl::of() }"
    assert all("did you mean" not in each.message for each in shown(text))


def test_paths_of_the_script_are_left_to_others() -> None:
    assert all("did you mean" not in each.message for each in shown("pub fn main() { crate::grph::find() }"))
