"""The completions that were offered last, so that what was left out of them can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runekiln_server.world import Document

if TYPE_CHECKING:
    from runekiln_analysis.completion import Completion


class Offered:
    """The last answer alone: a client shows one list at a time."""

    def __init__(self) -> None:
        self.number = 0
        self.document: Document | None = None
        self.completions: tuple[Completion, ...] = ()

    def offer(self, document: Document, completions: tuple[Completion, ...]) -> int:
        """Remember an answer in place of the one before, and give it a number."""
        self.number += 1
        self.document, self.completions = document, completions
        return self.number

    def find(self, data: object) -> tuple[Document, Completion] | None:
        """What an item was made of, if it is of the last answer."""
        match data:
            case [int(answer), int(place)] if answer == self.number and place in range(len(self.completions)):
                return None if self.document is None else (self.document, self.completions[place])
        return None
