"""A folder of files, some of them open in an editor: one server is told step by step, another one at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from runekiln_analysis.text import Encoding

from tests.lsp.marked import applied
from tests.soak.corpus import FOLDER
from tests.soak.edits import difference

from .direct import Direct, Json
from .places import end_of

CREATED, CHANGED, DELETED = 1, 2, 3


class Desk:
    """What the files of a story hold by its paths, as the editor has them, and the versions of those `shown`."""

    def __init__(self, folder: Path, encoding: Encoding) -> None:
        self.encoding = encoding
        self.files: dict[str, str] = {}
        self.shown: dict[str, int] = {}
        self._folder = folder

    def uri(self, path: str) -> str:
        """What the editor calls a file."""
        return self._place(path).as_uri()

    def become(self, files: Mapping[str, str], client: Direct) -> None:
        """Have the files so, and tell of it: edits where a file is open, and otherwise that it changed on the disk."""
        events = []
        for path in sorted(self.files.keys() - files.keys()):
            self._close(path, client)
            self._place(path).unlink()
            events.append(self._event(path, DELETED))
        for path, text in files.items():
            if path in self.shown:
                self._edit(path, readable(text), client)
            elif self.files.get(path) != text:
                events.append(self._event(path, CHANGED if path in self.files else CREATED))
                self._save(path, text)
        self.files = {path: readable(text) if path in self.shown else text for path, text in files.items()}
        self._tell(events, client)

    def show(self, path: str, client: Direct) -> None:
        """Open a file."""
        self.shown[path] = 1
        self.files[path] = readable(self.files[path])
        client.open(self.uri(path), self.files[path])

    def hide(self, path: str, client: Direct) -> None:
        """Save a file, and close it."""
        self._save(path, self.files[path])
        self._tell([self._event(path, CHANGED)], client)
        self._close(path, client)

    def show_all(self, client: Direct) -> None:
        """Show a server that knows nothing what is open."""
        for path, version in self.shown.items():
            client.open(self.uri(path), self.files[path], version)

    def edited(self, answer: Json) -> dict[str, str]:
        """The files after the edits of an answer."""
        files = dict(self.files)
        changes = answer.get("changes") or {
            change["textDocument"]["uri"]: change["edits"] for change in answer["documentChanges"]
        }
        paths = {self.uri(path): path for path in files}
        for uri, edits in changes.items():
            files[paths[uri]] = applied(readable(files[paths[uri]]), edits, self.encoding)
        return files

    def _edit(self, path: str, text: str, client: Direct) -> None:
        before = self.files[path]
        if text == before:
            return
        [splice] = difference(before, text)
        # No cursor can be put between the two characters of a line end.
        start = splice.start - (before[splice.start - 1 : splice.start + 1] == "\r\n")
        end = splice.end + (before[splice.end - 1 : splice.end + 1] == "\r\n")
        new = text[start : len(text) - (len(before) - end)]
        span = {"start": end_of(before[:start], self.encoding), "end": end_of(before[:end], self.encoding)}
        client.change(self.uri(path), [{"range": span, "text": new}])
        self.shown[path] += 1

    def _close(self, path: str, client: Direct) -> None:
        if self.shown.pop(path, None) is not None:
            client.close(self.uri(path))

    def _save(self, path: str, text: str) -> None:
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8", "surrogateescape"))

    def _event(self, path: str, kind: int) -> Json:
        return {"uri": self.uri(path), "type": kind}

    def _tell(self, events: list[Json], client: Direct) -> None:
        if events:
            client.notify("workspace/didChangeWatchedFiles", {"changes": events})

    def _place(self, path: str) -> Path:
        return self._folder / Path(path).relative_to(FOLDER)


def readable(text: str) -> str:
    """The text as an editor shows it, which has no bytes in it that are no text."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
