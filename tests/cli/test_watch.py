"""`runekiln run --watch`: a generation for each change that compiles."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inline_snapshot import snapshot

from .conftest import Shell


@contextmanager
def watching(shell: Shell, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = shell.start("run", *arguments, "--watch")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 130


def lines(stream: object, last: str) -> list[str]:
    """The lines of a stream up to the one that starts with `last`."""
    found = []
    for line in stream:  # type: ignore[attr-defined]
        found.append(line.rstrip("\n"))
        if line.startswith(last):
            break
    return found


def test_each_change_is_a_generation_and_a_broken_one_replaces_nothing(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() { 1 }\n"})
    with watching(shell, "main.rn") as process:
        assert lines(process.stdout, "1") == ["1"]
        assert lines(process.stderr, "[") == ["[generation 1]"]
        shell.write({"main.rn": "pub fn main() { 1 + }\n"})
        assert lines(process.stderr, "[") == snapshot(
            [
                "error[expected-expression]: Expected an expression, found `}`",
                " --> main.rn:1:21",
                "  |",
                "1 | pub fn main() { 1 + }",
                "  |                     ^",
                "",
                "1 error in 1 file",
                "[not compiled; generation 1 stays]",
            ]
        )
        shell.write({"main.rn": "pub fn main() { 2 }\n"})
        assert lines(process.stdout, "2") == ["2"]
        assert lines(process.stderr, "[") == ["[generation 2]"]


def test_modules_and_the_log_are_watched_too(shell: Shell) -> None:
    log = "---\ntype: session\nsession_id: {}\nstarted: 2026-01-01T10:00:00Z\nstatus: active\n---\n"
    script = "mod words;\npub fn main(session: Session) { words::greet(session.id) }\n"
    words = 'pub fn greet(name) { "hello " + name }\n'
    shell.write({"main.rn": script, "words.rn": words, "log.md": log.format("a")})
    with watching(shell, "main.rn", "--session", "log.md") as process:
        assert lines(process.stdout, "hello") == ["hello a"]
        shell.write({"log.md": log.format("b")})
        assert lines(process.stdout, "hello") == ["hello b"]
        shell.write({"words.rn": words.replace("hello", "good morning")})
        assert lines(process.stdout, "good") == ["good morning b"]


def test_json_is_a_document_a_line_with_its_generation(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() { 1 }\n"})
    with watching(shell, "main.rn", "--format", "json") as process:
        assert process.stdout
        first = json.loads(process.stdout.readline())
        # An editor that saves by renaming gives the file another identity.
        save_by_renaming(shell.folder / "main.rn", "pub fn main() { 2 }\n")
        second = json.loads(process.stdout.readline())
        assert [(one["generation"], one["value"]) for one in (first, second)] == [(1, 1), (2, 2)]


def save_by_renaming(path: Path, text: str) -> None:
    partial = path.with_suffix(".partial")
    partial.write_text(text)
    partial.replace(path)


def test_a_file_that_is_an_argument_is_watched_too(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main(note: Note) { note.title }\n", "Beds/Salad.md": "# Lettuce\n"})
    with watching(shell, "main.rn", "--arg", "@Beds/Salad.md") as process:
        assert lines(process.stdout, "L") == ["Lettuce"]
        shell.write({"Beds/Salad.md": "# Spinach\n"})
        assert lines(process.stdout, "S") == ["Spinach"]
