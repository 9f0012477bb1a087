"""The real guest, loaded once."""

from __future__ import annotations

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.runner import Runner


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker.load()


@pytest.fixture(scope="session")
def runner() -> Runner:
    return Runner.load()
