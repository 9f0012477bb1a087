"""The files of a script: itself first, then what the guest asks for by `mod name;`."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_runtime.errors import BadMessage
from runekiln_runtime.protocol import NeedSources, Source

Read = Callable[[str], bytes | None]
"""The content of the file at that path, with "/" between the parts, or None if there is no such file."""


class Sources:
    """The files of one conversation with the guest, the script first, and where more of them come from."""

    def __init__(self, known: tuple[Source, ...], read: Read) -> None:
        self._read = read
        self._found = {source.path: source.text for source in known}

    def all(self) -> tuple[Source, ...]:
        """The script, then the others in the order in which they were asked for."""
        return tuple(Source(path, text) for path, text in self._found.items())

    def fetch(self, paths: tuple[str, ...]) -> None:
        """Look for these files, as far as that has not been done."""
        for path in paths:
            if path not in self._found:
                self._found[path] = self._read(path)

    def answer(self, wanted: NeedSources) -> None:
        """Look for each file that is needed: the candidates in order, up to the first that exists."""
        before = len(self._found)
        for need in wanted.needs:
            for candidate in need.candidates:
                self.fetch((candidate,))
                if self._found[candidate] is not None:
                    break
        if len(self._found) == before:
            raise BadMessage("The guest asks again for files that it has been given.")

    def others(self) -> tuple[str, ...]:
        """The paths that were asked for, the script's own left out."""
        return tuple(self._found)[1:]
