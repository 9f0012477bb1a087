"""The first hour of somebody with a kiln and no script: three of them, written by completion and fixes.

The hour is a list of steps, the same for each editor. An `Author` is an editor that can carry them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, assert_never

from tests.editors.garden import Garden, SessionLog
from tests.editors.waiting import wait_until


class Author(Protocol):
    """An editor in the hands of somebody who writes."""

    def open(self, script: Path) -> None: ...
    def put_cursor_behind(self, text: str) -> None: ...
    def put_cursor_on(self, text: str) -> None: ...
    def write(self, text: str) -> None: ...
    def accept(self, label: str) -> None: ...
    def close(self, sign: str) -> None: ...
    def next_place(self) -> None: ...
    def leave_line(self) -> None: ...
    def leave_block(self) -> None: ...
    def problems(self) -> list[str]: ...
    def fix(self, title: str) -> None: ...
    def hover(self, text: str) -> str: ...
    def go_to_definition(self, file: str) -> None: ...
    def line(self) -> str: ...
    def go_back(self, script: Path) -> None: ...
    def rename(self, name: str) -> None: ...
    def format(self) -> None: ...
    def save(self) -> None: ...
    def click_lens(self, title: str) -> None: ...
    def pick_session(self, session: SessionLog) -> None: ...
    def result(self) -> str: ...
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Open:
    """Open a script of the kiln, and write at its begin."""

    name: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Write behind the first place of this text."""

    text: str


@dataclass(frozen=True, slots=True)
class Write:
    """Type a text. What an editor closes by itself, such as a bracket, may be typed over."""

    text: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Type the first letters of a name, take it from the list, and see in the text what it `brings`.

    That is the label, or the begin of what comes with it, which an editor may ask the server for.
    """

    letters: str
    label: str
    brings: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """Type the sign that closes something, unless the editor has: VS Code puts quotes around what is selected."""

    sign: str


@dataclass(frozen=True, slots=True)
class Next:
    """Go on to the next place that a completion wants to be filled in, or behind it after the last."""


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """Go to the end of the line."""


@dataclass(frozen=True, slots=True)
class LeaveBlock:
    """Go behind the brace that closes the block, on the line below."""


@dataclass(frozen=True, slots=True)
class SeeProblem:
    message: str


@dataclass(frozen=True, slots=True)
class SeeNoProblem:
    pass


@dataclass(frozen=True, slots=True)
class Fix:
    """Take a quick fix, by its title, of what is wrong at the first place of a text."""

    at: str
    title: str


@dataclass(frozen=True, slots=True)
class Hover:
    """Ask what the first place of a text is, and read this in the answer."""

    at: str
    answer: str


@dataclass(frozen=True, slots=True)
class GoToDefinition:
    """Go where the name is declared, read this in that line, and come back."""

    at: str
    file: str
    line: str


@dataclass(frozen=True, slots=True)
class Rename:
    at: str
    name: str


@dataclass(frozen=True, slots=True)
class Format:
    pass


@dataclass(frozen=True, slots=True)
class Save:
    """Save, and find this on the disk."""

    text: str


@dataclass(frozen=True, slots=True)
class Pin:
    """Press the lens above the only entry that runs it at each save, on the kiln's first session."""


@dataclass(frozen=True, slots=True)
class SeeResult:
    """See what the session gives, as a person wrote it by hand, with this behind it."""

    more: str = ""


Step: TypeAlias = (
    Open
    | Behind
    | Write
    | Complete
    | Close
    | Next
    | LeaveLine
    | LeaveBlock
    | SeeProblem
    | SeeNoProblem
    | Fix
    | Hover
    | GoToDefinition
    | Rename
    | Format
    | Save
    | Pin
    | SeeResult
)


def follow(steps: Iterable[Step], author: Author, garden: Garden) -> int:
    """Carry out the steps, one after the other, and return how many letters that took to type.

    Raises AssertionError that names the step that failed.
    """
    script, typed = Path(), 0
    for number, step in enumerate(steps):
        if isinstance(step, Open):
            script = garden.script(step.name)
        try:
            _carry_out(step, author, garden, script)
        except Exception as error:
            raise AssertionError(f"step {number} of {script.name}, {step}: {error}\n{author.text()}") from error
        typed += len(_typed(step))
    return typed


def _typed(step: Step) -> str:
    match step:
        case Write(text) | Rename(_, text) | Complete(text) | Close(text):
            return text
    return ""


def _carry_out(step: Step, author: Author, garden: Garden, script: Path) -> None:
    match step:
        case Open():
            script.touch()
            author.open(script)
        case Save(text):
            author.save()
            wait_until("the text on the disk", lambda: script.read_text() == text)
        case Pin():
            author.click_lens("Pin")
            author.pick_session(garden.sessions[0])
        case SeeResult(more):
            expected = garden.sessions[0].expected + more
            wait_until("the result", lambda: author.result().rstrip() == expected.rstrip())
        case Behind() | Write() | Complete() | Close() | Next() | LeaveLine() | LeaveBlock():
            _write(step, author)
        case SeeProblem() | SeeNoProblem() | Hover() | GoToDefinition():
            _look(step, author, script)
        case Fix(at, title):
            author.put_cursor_on(at)
            author.fix(title)
        case Rename(at, name):
            author.put_cursor_on(at)
            author.rename(name)
        case Format():
            author.format()
        case _:
            assert_never(step)


def _write(step: Behind | Write | Complete | Close | Next | LeaveLine | LeaveBlock, author: Author) -> None:
    match step:
        case Behind(text):
            author.put_cursor_behind(text)
        case Write(text):
            author.write(text)
        case Complete(letters, label, brings):
            before = author.text().count(brings or label)
            author.write(letters)
            author.accept(label)
            wait_until("what it brings", lambda: author.text().count(brings or label) > before)
        case Close(sign):
            author.close(sign)
        case Next():
            author.next_place()
        case LeaveLine():
            author.leave_line()
        case LeaveBlock():
            author.leave_block()


def _look(step: SeeProblem | SeeNoProblem | Hover | GoToDefinition, author: Author, script: Path) -> None:
    match step:
        case SeeProblem(message):
            wait_until("the problem", lambda: any(message in problem for problem in author.problems()))
        case SeeNoProblem():
            wait_until("no problem", lambda: not author.problems())
        case Hover(at, answer):
            author.put_cursor_on(at)
            wait_until("the answer", lambda: answer in author.hover(at))
        case GoToDefinition(at, file, line):
            author.put_cursor_on(at)
            author.go_to_definition(file)
            wait_until("the line of the definition", lambda: line in author.line())
            author.go_back(script)
