"""A project under edit, from a seed: the edits, and the files after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from .corpus import FOLDER, any_project, any_text
from .edits import OPERATIONS, TIDY, Splice, Splices, difference

Files = dict[str, str]
"""What the files hold by path; U+DC80 to U+DCFF stand for bytes that are no text, as Python has it."""

MOST_UNDONE = 12
LONGEST = 40_000
"""Texts that grow longer than this are not grown any more."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One step: `splices` of the file `path`, or with `content`, the file as a whole; None for no file."""

    kind: str
    path: str
    splices: Splices = ()
    content: str | None = None
    is_whole: bool = False

    def apply(self, files: Files) -> Files:
        """The files after it. What cannot be done any more, as edits before it were left out, is not done."""
        files = dict(files)
        if self.is_whole:
            files.pop(self.path, None)
            if self.content is not None:
                files[self.path] = self.content
        elif self.path in files:
            for splice in self.splices:
                files[self.path] = splice.apply(files[self.path])
        return files


class Story:
    """Edits of one project, one after the other; equal seeds tell equal stories."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._random = Random(seed)
        self.project = any_project(self._random)
        self.files: Files = dict(self.project.files)
        self.script = next(iter(self.files))
        self._undo: list[tuple[str, str]] = []
        self._is_tidy = self._random.random() < 0.7
        self._last = ""

    def edits(self, count: int) -> Iterator[Edit]:
        """That many edits, or a few more: what is typed is typed to the end. `files` is as each leaves it."""
        told = 0
        while told < count:
            for edit in self._next():
                before = self.files.get(edit.path)
                self.files = edit.apply(self.files)
                if before is not None and edit.path in self.files:
                    self._undo.append((edit.path, before))
                told += 1
                self._last = edit.kind
                yield edit

    def _next(self) -> Iterable[Edit]:
        choice = self._random.random()
        if self._last == "break_bytes" and choice > 0.5 and self.script in self.files:
            # Of bytes that are no text there is nothing more to say.
            return (self._of_bytes(),)
        if self._undo and (choice < 0.04 or (self._is_strayed() and choice < 0.8)):
            return self._undone()
        if choice < 0.07:
            return (self._of_files(),)
        if choice < (0.14 if self._is_tidy else 0.08):
            return (self._restored(),)
        return self._of_text()

    def _is_strayed(self) -> bool:
        """Whether a tidy story has just made a mess."""
        return self._is_tidy and self._last not in _TIDY_KINDS

    def _of_text(self) -> Iterable[Edit]:
        path = self._random.choice([self.script, *self.files])
        text = self.files[path]
        if len(text) > LONGEST:
            return (Edit("shorten", path, (Splice(LONGEST // 2, len(text), ""),)),)
        operations = TIDY if self._is_tidy and self._random.random() < 0.85 else OPERATIONS
        [operation] = self._random.choices(list(operations), list(operations.values()))
        steps = operation(text, any_text(self._random), self._random)
        return (Edit(operation.__name__, path, splices) for splices in steps)

    def _undone(self) -> Iterator[Edit]:
        """Take back the last edits one by one."""
        for _ in range(self._random.randint(1, MOST_UNDONE)):
            if not self._undo:
                return
            path, text = self._undo.pop()
            if path in self.files:
                yield Edit("undo", path, difference(self.files[path], text))
                # That it was undone is not to be undone next.
                self._undo.pop()

    def _restored(self) -> Edit:
        """Have a file as it was in the beginning."""
        path = self._random.choice(list(self.project.files))
        if path in self.files:
            return Edit("restore", path, difference(self.files[path], self.project.files[path]))
        return Edit("restore", path, content=self.project.files[path], is_whole=True)

    def _of_files(self) -> Edit:
        """Make, replace or delete a file that is, or could be, a module of the script; or break the script's bytes."""
        path = self._random.choice([*_MODULES, *self.files])
        if path == self.script:
            return self._of_bytes()
        if path in self.files and self._random.random() < 0.5:
            return Edit("delete_file", path, is_whole=True)
        return Edit("write_file", path, content=any_text(self._random), is_whole=True)

    def _of_bytes(self) -> Edit:
        text = self.files[self.script]
        mended = "".join(character for character in text if not "\udc80" <= character <= "\udcff")
        if mended != text:
            return Edit("mend_bytes", self.script, difference(text, mended))
        place = self._random.randint(0, len(text))
        return Edit("break_bytes", self.script, (Splice(place, place, self._random.choice("\udc80\udcc3\udcff")),))


_MODULES = [f"{FOLDER}/{name}" for name in ("beds.rn", "beds/rows.rn", "tools/mod.rn", "tools.rn", "m.rn", "m/mod.rn")]

_TIDY_KINDS = {operation.__name__ for operation in TIDY} | {"undo", "restore", "delete_file", "write_file", ""}


def told(start: Files, edits: Iterable[Edit]) -> Files:
    """The files after all of the edits."""
    for edit in edits:
        start = edit.apply(start)
    return start
