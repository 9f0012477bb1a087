"""What the doctor says of a place to keep compiled code in."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_server.health import examine_cache


def test_a_cache_need_not_exist_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNEKILN_CACHE", str(tmp_path / "not" / "yet"))
    assert examine_cache().state == "found"


def test_the_size_of_the_compiled_code_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.cwasm").write_bytes(bytes(3_000_000))
    monkeypatch.setenv("RUNEKILN_CACHE", str(tmp_path))
    assert examine_cache().detail == f"{tmp_path}, 3 MB of compiled code"


def test_a_cache_that_cannot_be_written_is_doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("RUNEKILN_CACHE", str(tmp_path / "file" / "cache"))
    finding = examine_cache()
    assert finding.state == "doubtful"
    assert "set RUNEKILN_CACHE" in finding.advice
