"""The page about features: its answers are what is answered, and its table is what is served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from runekiln_server.lsp.app import capabilities

from tests.docs.features import ANSWERS, PAGE, Compared, compared, methods, sections_with_examples, with_answers

TEXT = PAGE.read_text("utf-8")
TESTS = Path(__file__).parents[1] / "lsp"
THROUGH_A_SERVER = re.compile(r"\b(Editor|Busy|LanguageClient|Compilation)\b")
"""What a test is given that speaks to one."""

each_row = pytest.mark.parametrize("row", compared(TEXT), ids=lambda row: row.what)


def test_the_answers_are_what_is_answered() -> None:
    assert with_answers(TEXT) == TEXT, "run `python -m tests.docs.features`"


def test_everything_that_can_be_asked_has_an_example() -> None:
    assert sections_with_examples(TEXT) == set(ANSWERS)


def test_the_table_has_every_method_that_is_served_and_no_other() -> None:
    assert methods(TEXT) == {capability.method for capability in capabilities()} - {"initialize", "initialized"} - {
        "shutdown",
        "exit",
    }


@each_row
def test_a_row_beside_other_servers_says_what_is_served(row: Compared) -> None:
    served = {capability.method for capability in capabilities()}
    assert set(row.marks) <= {"Y", "~", "-"}
    assert len(row.marks) == 10
    assert row.marks[0] == ("Y" if set(row.methods) <= served else "-")


@each_row
def test_what_is_said_to_be_there_is_shown_through_a_server(row: Compared) -> None:
    assert bool(row.test) == (row.marks[0] == "Y")
    if row.test:
        module, _, name = row.test.partition("::")
        source = (TESTS / f"{module}.py").read_text("utf-8")
        found = re.search(rf"^ *async def {name}\((.*?)\) -> None:", source, re.MULTILINE | re.DOTALL)
        assert found is not None, f"there is no test {row.test}"
        assert THROUGH_A_SERVER.search(found[1])


def test_every_method_that_is_served_of_a_document_has_a_row() -> None:
    told = {method for row in compared(TEXT) for method in row.methods}
    served = {capability.method for capability in capabilities() if capability.method.startswith("textDocument/")}
    assert {method for method in served if not method.startswith("textDocument/did")} <= told
