"""No answer depends on how the texts came to be what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.seeds import seeds

from .against_fresh import first_difference
from .direct import Direct, Json


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", seeds(3, 2))
async def test_all_answers_equal_those_of_a_fresh_server(seed: int, tmp_path: Path) -> None:
    difference = await first_difference(seed, tmp_path / "kiln")
    assert difference is None, str(difference)


class Forgetful(Direct):
    """A client that does not say when files change on the disk."""

    def notify(self, method: str, params: Json) -> None:
        if method != "workspace/didChangeWatchedFiles":
            super().notify(method, params)


async def test_a_server_that_misses_something_is_found_out(tmp_path: Path) -> None:
    found = [await first_difference(seed, tmp_path / str(seed), Forgetful) for seed in (0, 5)]
    assert any(difference is not None for difference in found)
