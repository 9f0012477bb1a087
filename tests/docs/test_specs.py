"""The pages for authors of scripts and hosts: their tables are what is bound, and their scripts check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker

from tests.docs.tables import DOCS, with_tables

PAGES = sorted(DOCS.glob("*.md"))
SCRIPTS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```rune\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    """A guest with the stubs that come with Runekiln."""
    return Checker.load()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_tables_are_what_is_bound(page: Path, checker: Checker) -> None:
    text = page.read_text("utf-8")
    assert "<!-- table: " in text
    assert with_tables(text, checker.configured().bindings) == text, "run `make stubs`"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_check_without_problems(script: str, checker: Checker) -> None:
    assert checker.check("page.rn", script.encode(), lambda path: None).script.problems == ()
