"""The pages about codes: those of `docs/rules`, which the wheel carries along."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_IN_WHEEL = Path(__file__).parent / "pages"
_IN_CHECKOUT = Path(__file__).parents[2] / "docs" / "rules"


@cache
def page_of(code: str) -> Path | None:
    """The page about a code, if it has one."""
    # A code is a word; what else may be asked for has none.
    page = _folder() / f"{code}.md"
    return page if code.replace("-", "").isalpha() and page.is_file() else None


@cache
def address_of(code: str) -> str | None:
    """The same as a URI, which editors open."""
    page = page_of(code)
    return None if page is None else page.as_uri()


@cache
def opening_of(code: str) -> str:
    """The first paragraph of the page about a code; empty if there is none."""
    page = page_of(code)
    paragraphs = [] if page is None else page.read_text(encoding="utf-8").split("\n\n")
    return next((each.strip() for each in paragraphs if each.strip() and not each.lstrip().startswith("#")), "")


@cache
def _folder() -> Path:
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
