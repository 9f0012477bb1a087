"""Links between pages of Markdown, and the anchors that GitHub gives to headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINK = re.compile(r'\]\(([^)\s]+)\)|<a href="([^"]+)">')


def links_of(page: str) -> Iterator[str]:
    """Where each link of a page leads, those of images and in HTML too, but for what is code."""
    # A link's own text may be code.
    without_blocks = re.sub(r"^(```|~~~).*?^\1\s*$", "", page, flags=re.MULTILINE | re.DOTALL)
    for markdown, in_html in _LINK.findall(without_blocks):
        yield markdown or in_html


def anchors_of(page: str) -> set[str]:
    """The anchors of a page, after the rules of the gem `html-pipeline`, by which GitHub makes them."""
    anchors: set[str] = set()
    used: dict[str, int] = {}
    blocks = re.sub(r"^(```|~~~).*?^\1\s*$", "", page, flags=re.MULTILINE | re.DOTALL)
    for heading in re.findall(r"^#{1,6} (.+)$", blocks, re.MULTILINE):
        text = heading.strip().replace("`", "").lower()
        anchor = "".join(letter for letter in text if letter.isalnum() or letter in " -_").replace(" ", "-")
        number = used.get(anchor, 0)
        used[anchor] = number + 1
        anchors.add(f"{anchor}-{number}" if number else anchor)
    return anchors
