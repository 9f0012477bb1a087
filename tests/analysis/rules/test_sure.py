"""What is valid has no error of ours, whoever wrote it and whichever loader has it; what else is said is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings

from tests.analysis.fixtures import checker_for
from tests.analysis.resolve.corpus import samples
from tests.analysis.rule_pages import FIRST, PAGES, blocks
from tests.analysis.std import with_std
from tests.runtime.test_surface_examples import EXAMPLE, documented, script_of

KILN = Path(__file__).parents[2] / "kilns" / "garden"
PROFILES = ("core", "tools", "events", "struct-plugin", "all")

SAID = {
    # The behaviour of the design has a state that no event leads to.
    "kiln": {"unreachable-state": 1},
    "rune": {"unreachable-code": 6, "unused-import": 10, "unused-variable": 40},
    # An example of a few lines says nothing of permissions, and leaves unused what it is given. One shows what
    # `validate` says of a state that is not there; others end before somebody leaves the last state.
    "surface": {"missing-permission": 73, "trapping-state": 6, "unknown-state": 1, "unused-variable": 87},
}
"""How often something other than an error is said, and of whose scripts."""

ABSENT = {
    "`String` has no method `is_char_boundary`",
    "`String` has no method `trim_indent`; did you mean `trim_end`?",
}
"""What two of Rune's examples call and 0.14.2 does not have: runs of them fail (`test_refuted.py`)."""


@cache
def bindings_of(profile: str) -> Bindings:
    return with_std(checker_for(profile).configured().bindings)


@cache
def scripts() -> tuple[tuple[str, str, bytes], ...]:
    """Each script with where it is from and its path."""
    return (*_of_rune(), *_of_kiln(), *_of_surface(), *_of_pages())


def _of_rune() -> Iterator[tuple[str, str, bytes]]:
    of_kiln = {path.name for path in KILN.rglob("*.rn")}
    for number, sample in enumerate(each for each in samples() if each.name not in of_kiln):
        yield "rune", f"rune-{number}.rn", sample.text


def _of_kiln() -> Iterator[tuple[str, str, bytes]]:
    for path in sorted(each for each in KILN.rglob("*.rn") if each.parent.name != "drafts"):
        yield "kiln", str(path), path.read_bytes()


def _of_surface() -> Iterator[tuple[str, str, bytes]]:
    for path, docs in documented(bindings_of("all")):
        for number, example in enumerate(EXAMPLE.findall(docs)):
            yield "surface", f"{path}-{number}.rn", script_of(example).encode()


def _of_pages() -> Iterator[tuple[str, str, bytes]]:
    """What the pages of the rules show as fine; with the guest's bindings, not those that the pages have."""
    for page in sorted(PAGES.glob("*.md")):
        for number, block in enumerate(blocks(page.read_text(encoding="utf-8"))):
            if block.section in ("Fine", "Fix") and FIRST in block.files:
                yield "pages", f"{page.stem}-{number}.rn", block.files[FIRST].encode()


@cache
def compiling(profile: str) -> tuple[tuple[str, Script], ...]:
    """Those that compile for a loader, with where they are from."""
    found: list[tuple[str, Script]] = []
    for origin, path, text in scripts():
        facts = checker_for(profile).check(path, text, _read)
        if not any(each.severity == "error" for file in facts.files for each in file.problems):
            modules = {file.path: content for file in facts.files[1:] if (content := _read(file.path)) is not None}
            found.append((origin, Script(facts, text, bindings_of(profile), modules)))
    return tuple(found)


def told(profile: str) -> Iterator[tuple[str, Script, Diagnostic]]:
    """All that we say of them beyond the guest's words."""
    for origin, script in compiling(profile):
        shown = diagnostics(script.main, {}, judge(script, modules=script.modules))
        yield from ((origin, script, each) for each in shown if each.origin == "runekiln")


def _read(path: str) -> bytes | None:
    return Path(path).read_bytes() if Path(path).is_file() else None


@pytest.mark.parametrize("profile", PROFILES)
def test_no_error_of_ours_in_what_is_valid(profile: str) -> None:
    errors = [each for _, _, each in told(profile) if each.severity == "error"]
    assert [each.message for each in errors if each.code != "unknown-method"] == []
    assert {each.message for each in errors} == ABSENT


def test_most_of_it_compiles_for_a_loader() -> None:
    """What needs a type of another loader does not."""
    counted = {profile: Counter(origin for origin, _ in compiling(profile)) for profile in PROFILES}
    assert all(rows["rune"] == 559 for rows in counted.values())
    assert counted["core"]["surface"] == counted["all"]["surface"] == 200
    assert counted["core"]["kiln"] == 30
    assert counted["core"]["pages"] > 60
    assert all(rows["surface"] > 60 and rows["kiln"] > 10 and rows["pages"] > 20 for rows in counted.values())


def test_what_else_is_said_is_what_is_listed() -> None:
    counted: dict[str, dict[str, int]] = {}
    others = ((origin, each) for origin, _, each in told("core") if each.severity != "error")
    found = Counter((origin, each.code) for origin, each in others if origin != "pages")
    for (origin, code), count in sorted(found.items()):
        counted.setdefault(origin, {})[code] = count
    assert counted == SAID
