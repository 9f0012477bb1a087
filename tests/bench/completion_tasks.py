"""Words that scripts of others have, to be completed: made once and frozen, so that no ranking is tuned to chance.

`python -m tests.bench.completion_tasks` makes them anew. Of Rune's own scripts only hashes and places are kept.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K

from tests.analysis.resolve.corpus import texts
from tests.bench import valid_scripts

FROZEN = Path(__file__).parents[1] / "fixtures" / "completion_tasks.tsv"
SEED = 14
MOST_OF_A_KIND = 300
"""How many tasks of each kind are drawn from Rune's own scripts; those of the sample kiln are all kept."""

Kind = Literal["member", "segment", "local"]


class Task(NamedTuple):
    """A word to complete: the text that it is in, where it starts, and what it is."""

    path: str
    text: bytes
    offset: int
    kind: Kind
    wanted: str

    def cut(self, letters: int) -> bytes:
        """The text with so many letters of the word, and all else as it is."""
        return self.text[: self.offset + letters] + self.text[self.offset + len(self.wanted.encode()) :]


def tasks() -> Iterator[Task]:
    """The frozen tasks whose texts are still as they were, which all are until somebody edits the sample kiln."""
    for line in FROZEN.read_text("utf-8").splitlines():
        _, digest, offset, kind, wanted = line.split("\t")
        found = _by_hash().get(digest)
        if found is not None and kind in get_args(Kind):
            yield Task(*found, int(offset), kind, wanted)


@cache
def _by_hash() -> dict[str, tuple[str, bytes]]:
    return {_hash(text): (path, text) for path, text in (*_of_rune(), *_of_kiln())}


def _hash(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=8).hexdigest()


def _of_kiln() -> Iterator[tuple[str, bytes]]:
    for path in sorted(valid_scripts.KILN.rglob("*.rn")):
        yield str(path), path.read_bytes()


def _of_rune() -> Iterator[tuple[str, bytes]]:
    """Each text as a script, and as the body of a function, as its test may have it."""
    for name, text in texts():
        yield f"{name}.rn", text.encode()
        yield f"{name}.rn", f"pub async fn main() {{\n{text}\n}}\n".encode()


def _made() -> Iterator[str]:
    """The lines of the file: all of the kiln, and as many of Rune's own as are wanted, drawn with the seed."""
    kiln = [task for path, text in _of_kiln() for task in _tasks_in(path, text)]
    known = {text for _, text in _of_kiln()}
    others = {text: path for path, text in _of_rune() if text not in known}
    drawn = [task for text, path in others.items() for task in _tasks_in(path, text)]
    choose = random.Random(SEED)
    for kind in get_args(Kind):
        of_kind = [task for task in drawn if task.kind == kind]
        kiln += choose.sample(of_kind, min(MOST_OF_A_KIND, len(of_kind)))
    for task in kiln:
        yield f"{Path(task.path).name}\t{_hash(task.text)}\t{task.offset}\t{task.kind}\t{task.wanted}"


def _tasks_in(path: str, text: bytes) -> Iterator[Task]:
    """Every word of a script that compiles that could have been completed."""
    script = valid_scripts.checked(path, text)
    if any(problem.severity == "error" for problem in script.main.problems):
        return
    flows = Flows(script)
    for number in range(len(script.main.items)):
        for start, kind, wanted in _words_of(script, flows, number):
            yield Task(path, text, start, kind, wanted)


def _words_of(script: Script, flows: Flows, number: int) -> Iterator[tuple[int, Kind, str]]:
    resolution = flows.resolution(ItemPlace(0, number))
    if resolution is None or script.main.items[number].kind in ("module", "impl"):
        return
    tree = script.tree(number)
    for token in tree.descendants(0, K.IDENTIFIER):
        before = tree.previous_token(token)
        is_member = before is not None and tree.kind(before) == K.DOT
        kinds: tuple[tuple[Kind, bool], ...] = (
            ("member", is_member),
            ("local", token in resolution.variables),
            ("segment", token in resolution.names),
        )
        kind = next((kind for kind, is_so in kinds if is_so), None)
        if kind is not None:
            yield tree.start(token), kind, tree.content(token)


if __name__ == "__main__":
    FROZEN.write_text("".join(f"{line}\n" for line in _made()), "utf-8")
