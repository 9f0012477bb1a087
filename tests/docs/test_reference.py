"""The reference is what the stubs declare, leads nowhere that is not there, and is led to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from runekiln_analysis.host_items import host_items
from runekiln_analysis.reference_links import file_of
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.stub_files import HostSetup

from .links import anchors_of, links_of
from .reference import REFERENCE, pages

ROOT = REFERENCE.parents[1]
PAGES = sorted(REFERENCE.glob("*.md"))


def test_the_pages_are_what_the_stubs_declare() -> None:
    assert {page.name: page.read_text("utf-8") for page in PAGES} == pages(), "run `make stubs`"


def test_everything_that_is_declared_is_where_it_belongs() -> None:
    items = host_items(bound(load_code(GUEST_FILE), HostSetup().request().stubs).bindings)
    # The fields of a variant stand where the enum does.
    owners = {item.path: item.owner for item in items if item.kind == "variant"}
    for item in items:
        text = (REFERENCE / file_of(item)).read_text("utf-8")
        if item.owner is not None:
            owner = owners.get(item.owner, item.owner)
            heading = f"\n## `{owner.rpartition('::')[2]}`\n"
            assert heading in text, item.path
            text = text.partition(heading)[2].partition("\n## ")[0]
        assert re.search(rf"(`|[.:])(#\[)?{re.escape(item.name)}\b", text), item.path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_and_anchor_resolves(page: Path) -> None:
    links = list(links_of(page.read_text("utf-8")))
    assert links
    for link in links:
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors_of(target.read_text("utf-8")), link


@pytest.mark.parametrize("page", ["README.md", "docs/specs/rune-bindings.md", "docs/stubs.md"])
def test_the_reference_is_found(page: str) -> None:
    links = links_of((ROOT / page).read_text("utf-8"))
    assert any(((ROOT / page).parent / link).resolve() == REFERENCE / "README.md" for link in links)
