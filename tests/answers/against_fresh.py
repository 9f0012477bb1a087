"""After random edits, renames and deletions, what a server answers is what one answers that has only seen the end."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from lsprotocol import types as lsp

from tests.soak.corpus import FOLDER
from tests.soak.story import Edit, Story

from .desk import Desk
from .direct import Direct, Json
from .editors import any_editor
from .places import spots
from .sweep import Answer, Sweep

LOOKS = 3
"""How often a server is compared."""

STEPS = 25
"""Between two looks."""

PLACES = 4
"""In each open file, of which all that can be asked is asked."""

MOVES = tuple(f"{FOLDER}/{name}" for name in ("beds.rn", "beds/mod.rn", "tools.rn", "tools/mod.rn", "m.rn", "paths.rn"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What was answered, and what a server answers that was just started."""

    steps: tuple[str, ...]
    said: Answer
    expected: Answer

    def __str__(self) -> str:
        return "\n".join(("after", *self.steps, "said", str(self.said), "expected", str(self.expected)))


async def first_difference(seed: int, folder: Path, client: type[Direct] = Direct) -> Difference | None:
    """Tell a server a story by a client of that type, and compare it now and then; None if all was well."""
    telling = Telling(seed, folder, client())
    await telling.begin()
    for _ in range(LOOKS):
        await telling.go_on()
        if difference := await telling.look():
            return difference
    await telling.end()
    return None


class Telling:
    """One story, told to one server."""

    def __init__(self, seed: int, folder: Path, client: Direct) -> None:
        self.steps: list[str] = []
        self._random = Random(seed)
        self._story = Story(seed)
        self._folder = folder
        self._able: Mapping[str, Json] = any_editor(self._random)
        self._client = client

    async def begin(self) -> None:
        """Open the script."""
        self._folder.joinpath(".crucible").mkdir(parents=True)
        server = await self._client.initialize(self._able, self._folder)
        self._desk = Desk(self._folder, server["positionEncoding"])
        self._desk.become(self._story.files, self._client)
        self._desk.show(self._story.script, self._client)

    async def go_on(self) -> None:
        """Some steps more."""
        for edit in self._story.edits(STEPS):
            self._show_or_hide()
            self._did(edit)
            if self._random.random() < 0.1:
                await self._rename_something()
            if self._random.random() < 0.1:
                await self._rename_file()

    async def look(self) -> Difference | None:
        """Ask everything at some places of what is open, here and of a server that was just started."""
        seed = self._random.random()
        said = await self._asked(self._client, Random(seed))
        fresh = Direct()
        await fresh.initialize(self._able, self._folder)
        self._desk.show_all(fresh)
        expected = await self._asked(fresh, Random(seed))
        await fresh.end()
        for one, other in zip(said, expected, strict=False):
            if one != other:
                return Difference(tuple(self.steps), one, other)
        return None

    async def end(self) -> None:
        """Say goodbye."""
        await self._client.end()

    def _did(self, edit: Edit) -> None:
        self.steps.append(f"{edit.kind} {edit.path}")
        self._desk.become(self._story.files, self._client)
        # Bytes that are no text stay on the disk.
        self._story.files = dict(self._desk.files)

    def _show_or_hide(self) -> None:
        path = self._random.choice(list(self._desk.files))
        if path not in self._desk.shown:
            if self._random.random() < 0.2:
                self.steps.append(f"show {path}")
                self._desk.show(path, self._client)
        elif path != self._story.script and self._random.random() < 0.1:
            self.steps.append(f"hide {path}")
            self._desk.hide(path, self._client)

    async def _rename_something(self) -> None:
        """Give what stands anywhere another name, as far as the server does that."""
        path = self._random.choice(list(self._desk.shown))
        place = self._random.choice(list(spots(self._desk.uri(path), self._desk.files[path], self._desk.encoding)))
        params = {"textDocument": {"uri": place.uri}, "position": place.start, "newName": f"named_{len(self.steps)}"}
        message, _ = await self._client.ask("textDocument/rename", params)
        if message.get("result"):
            self.steps.append(f"rename in {path} at {place.start}")
            self._became(self._desk.edited(message["result"]))

    async def _rename_file(self) -> None:
        """Give a file another name, and make the edits that the server wants for it, if any."""
        others = [path for path in self._desk.files if path != self._story.script]
        new = self._random.choice(MOVES)
        if not others or new in self._desk.files:
            return
        old = self._random.choice(others)
        self.steps.append(f"move {old} to {new}")
        files = [{"oldUri": self._desk.uri(old), "newUri": self._desk.uri(new)}]
        message, _ = await self._client.ask("workspace/willRenameFiles", {"files": files})
        if message.get("result"):
            self._became(self._desk.edited(message["result"]))
        self._became({new if path == old else path: text for path, text in self._desk.files.items()})

    def _became(self, files: Mapping[str, str]) -> None:
        self._desk.become(files, self._client)
        self._story.files = dict(self._desk.files)

    async def _asked(self, client: Direct, random: Random) -> list[Answer]:
        answers: list[Answer] = []
        sweep = Sweep(client, random, answers.append)
        for path in self._desk.shown:
            found = list(spots(self._desk.uri(path), self._desk.files[path], self._desk.encoding))
            chosen = random.sample(found, min(PLACES, len(found)))
            await sweep.document(chosen[0])
            await sweep.places(chosen)
        await sweep.workspace(chosen[0])
        return [comparable(answer) for answer in answers]


def comparable(answer: Answer) -> Answer:
    """The same without what only names the answer, files in the order of their names."""
    said = _nameless(answer.said)
    if answer.method == lsp.WORKSPACE_DIAGNOSTIC:
        said["result"]["items"].sort(key=lambda report: report["uri"])
    return Answer(answer.method, _nameless(answer.params), said)


def _nameless(said: Json) -> Json:
    if isinstance(said, dict):
        return {name: _nameless(value) for name, value in said.items() if not _is_name(name, value)}
    if isinstance(said, list):
        return [_nameless(each) for each in said]
    return said


def _is_name(name: str, value: Json) -> bool:
    """Whether it counts answers: of tokens and problems, or as completions have it, for which list they are in."""
    return name == "resultId" or (name == "data" and isinstance(value, list) and len(value) == 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare in the stories of some seeds; 1 if there was a difference."""
    parser = argparse.ArgumentParser(prog="tests.answers.against_fresh", description=__doc__)
    parser.add_argument("seeds", type=int, nargs="+")
    options = parser.parse_args(arguments)
    # pygls takes every refused request for something to worry about.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    code = 0
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            difference = asyncio.run(first_difference(seed, Path(folder) / "kiln"))
        if difference is not None:
            code = 1
            print(f"story {seed}: {difference}")
    return code


if __name__ == "__main__":
    sys.exit(main())
