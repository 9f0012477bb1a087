"""Glob patterns: whether one is well formed."""

from __future__ import annotations


def glob_mistake(pattern: str) -> str | None:
    """What is wrong with the pattern, `None` if nothing is."""
    if not pattern:
        return "is empty and matches nothing"
    for opening, closing in ("[]", "{}"):
        depth = 0
        for character in pattern:
            depth += (character == opening) - (character == closing)
            if depth < 0:
                return f"has a `{closing}` without `{opening}`"
        if depth > 0:
            return f"has a `{opening}` that is never closed"
    if "***" in pattern:
        return "has three stars in a row"
    return None
