"""Each page of `docs/rules` is true: its examples are checked by the real guest and by the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import runekiln_analysis

from .rule_pages import PAGES, Block, blocks, code_of, drawn, found_in, repaired

CODES = sorted(page for page in PAGES.glob("*.md") if page.stem != "README")


def named(page: Path) -> str:
    return page.stem


def blocks_of(page: Path, section: str) -> list[Block]:
    return [block for block in blocks(page.read_text(encoding="utf-8")) if block.section == section]


@pytest.mark.parametrize("page", CODES, ids=named)
def test_the_examples_show_what_is_really_said(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        assert block.marked == drawn(block)


@pytest.mark.parametrize("page", CODES, ids=named)
def test_one_example_triggers_the_rule_and_one_does_not(page: Path) -> None:
    triggering, fine = blocks_of(page, "Triggers"), blocks_of(page, "Fine")
    assert triggering
    assert fine
    for block in triggering:
        codes = {diagnostic.code for found in found_in(block).values() for diagnostic in found}
        assert codes == {code_of(page)}
    for block in fine:
        assert not any(found_in(block).values())


@pytest.mark.parametrize("page", CODES, ids=named)
def test_the_fix_gives_what_the_page_shows_and_what_the_rules_accept(page: Path) -> None:
    broken = blocks_of(page, "Triggers")[0]
    assert [block.marked for block in blocks_of(page, "Fix")] == (
        [] if (fixed := repaired(broken, code_of(page))) is None else [fixed]
    )
    for block in blocks_of(page, "Fix"):
        assert not any(found_in(block).values())


def test_each_code_has_its_page_and_its_line_in_the_list() -> None:
    source = Path(runekiln_analysis.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in source.rglob("*.py")]
    codes = {code for text in texts for code in re.findall(r"\bproblem\(\s*\"([a-z-]+)\"", text)}
    codes |= {"duplicate-tool", "duplicate-plugin"}
    # The guest tells of this one, since it knows what the other profiles have.
    codes |= {"unavailable-in-profile"}
    # This one stands in the table of what people write who come from other languages.
    codes |= {"let-mut"}
    assert {code_of(page) for page in CODES} == codes
    listed = re.findall(r"^\| \[`([a-z-]+)`\]", (PAGES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == sorted(codes)
