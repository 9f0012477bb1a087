"""After any edits, in whatever unit the editor counts, what is shown is what a check finds that has seen no edit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest
from runekiln_analysis.text import Encoding

from tests.soak.corpus import any_text
from tests.soak.seeds import seeds

from .editor import COMMAND, Editor, Json
from .fresh import FreshCheck
from .typist import Typist, in_order, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

PUSH = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
PULL = {"textDocument": {"diagnostic": {}}}

PAUSES = 12
NOTIFICATIONS = 6
"""Before each pause."""


def checked_by_command(path: Path, text: str) -> list[Json]:
    """What `runekiln check` says of the text, as a file."""
    path.write_bytes(text.encode())
    done = subprocess.run([COMMAND[0], "check", "--format", "json", path], capture_output=True, check=False)
    [file] = json.loads(done.stdout)["files"]
    return [(of["code"], of["range"]["start"]["byte"], of["range"]["end"]["byte"]) for of in file["problems"]]


@pytest.mark.parametrize("seed", seeds(1))
@pytest.mark.parametrize("pulls", [False, True], ids=["push", "pull"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_what_is_shown_is_what_a_fresh_check_finds(
    newcomer: Editor, tmp_path: Path, encoding: Encoding, pulls: bool, seed: int
) -> None:
    capabilities = {**(PULL if pulls else PUSH), "general": {"positionEncodings": [encoding]}}
    assert (await newcomer.initialize(capabilities))["positionEncoding"] == encoding
    path, random, measure = tmp_path / "main.rn", Random(seed), FreshCheck()
    typist = Typist(newcomer, path.as_uri(), encoding, random, any_text(random))
    for _ in range(PAUSES):
        for _ in range(NOTIFICATIONS):
            typist.edit()
        text = typist.document.text
        expected = measure.files(str(path), text)[str(path)]
        assert in_order(await shown(typist, pulls)) == in_order(map(typist.shown_as, expected)), text
    by_command = checked_by_command(path, typist.document.text)
    assert sorted(by_command) == sorted((one.code, *one.span) for one in expected)


@pytest.mark.parametrize("seed", seeds(1))
async def test_the_same_holds_for_files_of_one_script(newcomer: Editor, tmp_path: Path, seed: int) -> None:
    await newcomer.initialize(PULL)
    random, measure = Random(seed), FreshCheck()
    paths = [str(tmp_path / "main.rn"), str(tmp_path / "beds.rn")]
    texts = ("mod beds;\n" + any_text(random), any_text(random))
    typists = {
        path: Typist(newcomer, Path(path).as_uri(), "utf-16", random, text)
        for path, text in zip(paths, texts, strict=True)
    }

    def read(path: str) -> bytes | None:
        return typists[path].document.text.encode() if path in typists else None

    for _ in range(PAUSES):
        for _ in range(NOTIFICATIONS):
            random.choice(list(typists.values())).edit()
        found_in = [measure.files(path, typists[path].document.text, read) for path in paths]
        # The second file is judged as a part of the first one, as long as it is one.
        expected = {**found_in[1], **found_in[0]}
        for path, typist in typists.items():
            found = await shown(typist, pulls=True)
            assert in_order(found) == in_order(map(typist.shown_as, expected[path])), typist.document.text
