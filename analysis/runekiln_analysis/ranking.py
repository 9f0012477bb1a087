"""How well a name matches what somebody has written of it."""

from __future__ import annotations


def rank_of(name: str, written: str) -> int | None:
    """0 for the best: exact, prefix, prefix in another case, all letters in their order; `None` if some are missing."""
    if name == written:
        return 0
    if name.startswith(written):
        return 1
    lower_name, lower_written = name.lower(), written.lower()
    if lower_name.startswith(lower_written):
        return 2
    letters = iter(lower_name)
    return 3 if all(letter in letters for letter in lower_written) else None
