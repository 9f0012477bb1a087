"""Settings that all of these tests share."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def no_refusals_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """As the server's command has it: pygls logs the whole way of every refusal, of which there are thousands."""
    caplog.set_level(logging.CRITICAL, "pygls")
