"""Compiled code that is given back: it counts as memory no longer, and nothing of it was ours alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.stub_files import HostSetup

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives the pages of a file back")


def code_pages() -> dict[str, int]:
    """What the system says of the mapped code of the guest, in KB: how much is here, and how much was changed."""
    found = {"Rss": 0, "Anonymous": 0}
    for mapping in re.split(r"(?m)^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text()):
        header, _, rows = mapping.partition("\n")
        if ".cwasm" in header and " r-xp " in header:
            for name in found:
                found[name] += sum(int(size) for size in re.findall(rf"(?m)^{name}: +(\d+)", rows))
    return found


def test_code_that_rests_takes_no_memory_and_runs_again() -> None:
    checker = Checkers.load().host(HostSetup()).checker
    first = checker.check("a.rn", b"pub fn main() { absent() }\n", lambda _: None)
    before = code_pages()
    assert before["Anonymous"] == 0
    checker.rest()
    # Other guests may be loaded.
    assert code_pages()["Rss"] < before["Rss"] - 5_000
    assert checker.check("a.rn", b"pub fn main() { absent() }\n", lambda _: None) == first
