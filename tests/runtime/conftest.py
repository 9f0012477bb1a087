"""Fixtures: a cache of one's own, and the real guest loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.runner import Runner


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder in which nothing is yet."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("RUNEKILN_CACHE", str(cache))
    return cache


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The real guest for checking."""
    return Checker.load()


@pytest.fixture(scope="session")
def runner() -> Runner:
    """The real guest for running."""
    return Runner.load()
