"""Every script that there is for tests, as files in a folder: kilns, Rune's own, projects, examples of the pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.analysis.rule_pages import Block
from tests.soak.corpus import projects

ROOT = Path(__file__).parents[2]
GARDEN = ROOT / "tests" / "kilns" / "garden"

_BLOCK = re.compile(r"^```rune\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def written_to(folder: Path) -> tuple[Path, ...]:
    """Write them all into an empty folder; returns the scripts, in an order that does not change."""
    garden = garden_in(folder)
    scripts = sorted(garden.rglob("*.rn"))
    for number, files in enumerate((*_projects(), *_examples())):
        for path, text in files.items():
            place = folder / "others" / str(number) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
            scripts.append(place)
    return tuple(scripts)


def garden_in(folder: Path) -> Path:
    """A copy of the sample kiln in that folder."""
    return Path(shutil.copytree(GARDEN, folder / "garden"))


def _projects() -> Iterator[Mapping[str, str]]:
    """Scripts alone and with their modules; and examples: bodies of functions, and so full of mistakes here."""
    for project in (project for kind in projects() for project in kind):
        yield {path.removeprefix("/soak/"): text for path, text in project.files.items()}


def _examples() -> Iterator[Mapping[str, str]]:
    """What stands in the pages, marks and cursors taken out."""
    for page in sorted(ROOT.joinpath("docs").rglob("*.md")):
        for text in _BLOCK.findall(page.read_text("utf-8")):
            yield Block("", text.replace("$0", ""), (0, 0)).files
