"""The projects that are edited: the sample kiln, golden messages, Rune's own tests, its documentation's examples."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from runekiln_runtime.protocol import Dialect

TESTS = Path(__file__).parents[1]
MANIFEST = TESTS.parent / "runtime_wasm" / "Cargo.toml"
RUNE = "0.14.2"

FOLDER = "/soak"
"""Where all files of a project lie; nothing is there."""

_EXAMPLE = re.compile(r"^[ \t]*/// ```rune[^\n]*\n((?:[ \t]*///[^\n]*\n)*?)[ \t]*/// ```", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/// ?(?:# )?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Project:
    """Files by path, the script first."""

    files: dict[str, str]
    dialect: Dialect = "module"


@cache
def projects() -> tuple[tuple[Project, ...], ...]:
    """All of them by their kinds, in an order that does not change: of one file, of several, golden, and examples."""
    alone = (Project({f"{FOLDER}/main.rn": text}) for text in _single_scripts())
    examples = (Project({f"{FOLDER}/main.rn": text}, "function-body") for text in _examples())
    return (tuple(alone), tuple(_of_several_files()), tuple(_golden_projects()), tuple(examples))


def any_project(random: Random) -> Project:
    """One of them; each kind comes as often as it finds faults, and not as often as there are projects of it."""
    [of_a_kind] = random.choices(projects(), (6, 4, 1, 2))
    return random.choice(of_a_kind)


def any_text(random: Random) -> str:
    """The text of a file of one of them."""
    return random.choice(list(any_project(random).files.values()))


def _single_scripts() -> Iterator[str]:
    for path in sorted([*TESTS.joinpath("kilns").rglob("*.rn"), *rune().joinpath("tests").rglob("*.rn")]):
        yield path.read_text()


def _of_several_files() -> Iterator[Project]:
    """Scripts as modules of one another, in files and folders of their own."""
    scripts = sorted(_single_scripts(), key=len)
    for first, second, third in zip(scripts[0::3], scripts[1::3], scripts[2::3], strict=False):
        head = "pub mod beds;\nmod tools;\n"
        yield Project(
            {
                f"{FOLDER}/main.rn": head + first,
                f"{FOLDER}/beds.rn": f"mod rows;\n{second}",
                f"{FOLDER}/beds/rows.rn": third,
                f"{FOLDER}/tools/mod.rn": first,
            }
        )


def _golden_projects() -> Iterator[Project]:
    for path in sorted(TESTS.joinpath("fixtures", "golden").glob("check-*.json")):
        request = json.loads(path.read_text())["request"]
        sources = {source["path"]: source["text"] for source in request["sources"]}
        files = {f"{FOLDER}/{path}": text for path, text in sources.items() if isinstance(text, str)}
        if files:
            yield Project(files, request.get("dialect", "module"))


def _examples() -> Iterator[str]:
    for path in sorted(rune().joinpath("src", "modules").rglob("*.rs")):
        for block in _EXAMPLE.findall(path.read_text()):
            yield _COMMENT.sub("", block)


@cache
def rune() -> Path:
    """The folder of the crate that the guest is built with, as cargo has it."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--manifest-path", str(MANIFEST)]
    packages = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["packages"]
    [manifest] = [of["manifest_path"] for of in packages if of["name"] == "rune" and of["version"] == RUNE]
    return Path(manifest).parent
