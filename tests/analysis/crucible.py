"""What Crucible gives to scripts, and a kiln's names, for what is asked about texts."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace
from runekiln_analysis.completion import Completion, complete
from runekiln_analysis.kiln_names import KilnName, KilnNames
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings

from .fixtures import Fixture, checker, read_fixture, snapshot_of
from .std import with_std

SALAD = KilnName("Beds/Salad", "/kiln/Beds/Salad.md", "Salad", "# Salad\n\nSown in March.")
NAMES = KilnNames(
    notes={"Beds/Salad": SALAD, "Key list": KilnName("Key list", "/kiln/Key list.md", "Keys")},
    files={"Beds/Salad.md": replace(SALAD, name="Beds/Salad.md")},
    titles={"Salad": replace(SALAD, name="Salad"), "Keys": KilnName("Keys", "/kiln/Key list.md", "Keys")},
    agents={"gardener": KilnName("gardener", "/kiln/Agents/Gardener.md", "Runs the irrigation.")},
    tools={"rune_pump": KilnName("rune_pump", "/kiln/plugins/pump.rn", "", "", (30, 34))},
    sessions={"2026-03-07-valves": KilnName("2026-03-07-valves", "/kiln/.crucible/sessions/v/session.md", "Valves")},
)


@cache
def bindings() -> Bindings:
    """What Crucible gives to scripts, and Rune."""
    return with_std(checker().configured().bindings)


def seen(fixture: Fixture, names: KilnNames = NAMES) -> Snapshot:
    """The script of a fixture in a kiln that has these names."""
    return replace(snapshot_of(fixture, bindings()), kiln=names)


def offered(marked: str, names: KilnNames = NAMES) -> list[Completion]:
    """What is offered at the cursor."""
    fixture = read_fixture(marked)
    return list(complete(seen(fixture, names), fixture.cursor))


def labels(marked: str, names: KilnNames = NAMES) -> list[str]:
    """The labels of that."""
    return [completion.label for completion in offered(marked, names)]
