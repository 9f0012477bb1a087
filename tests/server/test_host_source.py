"""What a stub declares, in the Rust that it was extracted from."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.stubs import SourceLine
from runekiln_server.host_source import crates_around, in_crates

BEDS = """\
// water is dear
pub fn sow() {}

pub fn water(litres: i64) {}
"""


@pytest.fixture
def crate(tmp_path: Path) -> Path:
    (tmp_path / "beds/src").mkdir(parents=True)
    (tmp_path / "beds/stubs").mkdir()
    (tmp_path / "beds/Cargo.toml").touch()
    (tmp_path / "beds/src/lib.rs").write_text(BEDS)
    return tmp_path / "beds"


@pytest.mark.parametrize(
    ("line", "name", "shown"),
    [
        pytest.param(4, "water", "water(litres", id="the line of the stub"),
        pytest.param(6, "water", "water(litres", id="lines that were taken out since"),
        pytest.param(2, "scatter", "pub fn sow", id="another name in Rust"),
        pytest.param(9, "scatter", None, id="a line that is gone"),
    ],
)
def test_a_name_is_looked_for_around_its_line(crate: Path, line: int, name: str, shown: str | None) -> None:
    found = in_crates([crate / "src", crate], SourceLine("src/lib.rs", line), name)
    assert (found is None) == (shown is None)
    if found is not None and shown is not None:
        assert found.path == (crate / "src/lib.rs").as_posix()
        assert BEDS[found.span[0] :].startswith(shown)


def test_the_crates_around_a_stub(crate: Path) -> None:
    (crate.parent / "Cargo.toml").touch()
    assert [*crates_around((crate / "stubs/beds.rni").as_posix())][:2] == [crate, crate.parent]
