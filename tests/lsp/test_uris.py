"""However a client spells a file, it is the same file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runekiln_server.lsp.uris import from_path, key_of_path, to_key, to_path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///kiln/a.rn", "/kiln/a.rn"),
        ("file:///kiln/two%20words.rn", "/kiln/two words.rn"),
        ("file:///kiln/a%23b%3F.rn", "/kiln/a#b?.rn"),
        ("file:///kiln/%28auth%29/a.rn", "/kiln/(auth)/a.rn"),
        ("file:///kiln/gr%C3%BC%C3%9Fe.rn", "/kiln/grüße.rn"),
        ("file:///C:/kiln/a.rn", "C:/kiln/a.rn"),
        ("file:///c%3A/kiln/a.rn", "c:/kiln/a.rn"),
        ("file://server/share/a.rn", "//server/share/a.rn"),
        ("file://localhost/kiln/a.rn", "/kiln/a.rn"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
        ("file:///kiln/not-utf-8-%FF.rn", "file:///kiln/not-utf-8-%FF.rn"),
        ("file:///kiln/%00.rn", "file:///kiln/%00.rn"),
        ("http://[", "http://["),
        ("untitled:\ud83d", "untitled:?"),
    ],
)
def test_a_uri_has_a_path(uri: str, path: str) -> None:
    assert to_path(uri) == path


@pytest.mark.parametrize(
    "spellings",
    [
        ("file:///C:/kiln/a.rn", "file:///c:/kiln/a.rn", "file:///c%3A/kiln/a.rn", "FILE:///c%3a/kiln/a.rn"),
        ("file:///kiln/(auth)/a.rn", "file:///kiln/%28auth%29/a.rn"),
        ("file:///kiln/b/../a.rn", "file:///kiln/a.rn", "file://localhost/kiln/./a.rn"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
    ],
)
def test_all_spellings_of_a_file_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({to_key(spelling) for spelling in spellings}) == 1


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.rn").write_text("")
    (tmp_path / "link").symlink_to("real")
    assert key_of_path(f"{tmp_path}/link/a.rn") == key_of_path(f"{tmp_path}/real/a.rn")
    # The script is still called as the user calls it, so that its `mod` files are found beside it.
    assert to_path(f"file://{tmp_path}/link/a.rn").endswith("link/a.rn")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_every_path_comes_back_from_its_uri(name: str) -> None:
    path = f"/kiln/{name}"
    assert to_path(from_path(path)) == path
