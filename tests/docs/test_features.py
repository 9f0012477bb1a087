"""The page about features: its answers are what is answered, and its table is what is served."""

from __future__ import annotations

from runekiln_server.lsp.app import capabilities

from tests.docs.features import ANSWERS, PAGE, methods, sections_with_examples, with_answers

TEXT = PAGE.read_text("utf-8")


def test_the_answers_are_what_is_answered() -> None:
    assert with_answers(TEXT) == TEXT, "run `python -m tests.docs.features`"


def test_everything_that_can_be_asked_has_an_example() -> None:
    assert sections_with_examples(TEXT) == set(ANSWERS)


def test_the_table_has_every_method_that_is_served_and_no_other() -> None:
    assert methods(TEXT) == {capability.method for capability in capabilities()} - {"initialize", "initialized"} - {
        "shutdown",
        "exit",
    }
