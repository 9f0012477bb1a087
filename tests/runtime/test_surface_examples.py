"""The examples in the documentation of what is bound are scripts that the real compiler takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.checker import Checker
from runekiln_runtime.stub_files import HostSetup

from tests.runtime.surface import configured

EXAMPLE = re.compile(r"```rune\n(.*?)```", re.DOTALL)
ASSUMED = ("session", "phase", "call", "callout", "workflow", "step", "note", "frontmatter", "card")
"""What examples of a few lines take as there."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load(host=HostSetup(profile="all"))


def documented(bindings: Bindings) -> Iterator[tuple[str, str]]:
    """The path of everything that is bound, and its documentation."""
    for module in bindings.modules:
        yield module.path, module.docs
        yield from ((f"{module.path}::{row.name}", row.docs) for row in module.functions)
    for kind in bindings.types:
        yield kind.path, kind.docs
        members = (*kind.fields, *kind.functions, *kind.variants)
        yield from ((f"{kind.path}.{row.name}", row.docs) for row in members)
    yield from ((f"#[{attribute.name}]", attribute.docs) for attribute in bindings.attributes)


def script_of(example: str) -> str:
    """The example as a script: one of a few lines is the body of a function."""
    if "pub fn " in example or "pub async fn " in example:
        return example
    return f"pub fn example({', '.join(ASSUMED)}) {{\n{example}\n}}\n"


EXAMPLES = [
    pytest.param(script_of(example), id=f"{path}-{number}")
    for path, docs in documented(configured("all").bindings)
    for number, example in enumerate(EXAMPLE.findall(docs))
]


@pytest.mark.parametrize("script", EXAMPLES)
def test_an_example_is_a_script_without_a_mistake(script: str, checker: Checker) -> None:
    problems = checker.check("example.rn", script.encode(), lambda path: None).script.problems
    assert [problem.message for problem in problems if problem.severity == "error"] == []


def test_there_are_examples_of_most_things() -> None:
    assert len(EXAMPLES) > 120
