"""The names that the folder of a kiln gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_server.kiln_names import NameReader

GARDEN = Path(__file__).parents[1] / "kilns" / "garden"


def test_the_notes_of_a_kiln_by_path_file_and_title() -> None:
    names, _ = NameReader(GARDEN).read()
    valves = names.named("note", "Beds/Valve map.md")
    assert valves is not None
    assert valves == names.named("note", "./Beds/Valve map")
    assert (valves.name, Path(valves.path)) == ("Beds/Valve map", GARDEN / "Beds" / "Valve map.md")
    assert names.named("file", "Beds/Valve map.md") is not None
    assert names.named("title", "Valve map") is not None
    assert names.named("note", "beds/valve map") is None
    assert not any(name.startswith(".crucible") for name in names.notes)


def test_agents_are_named_by_their_cards() -> None:
    names, _ = NameReader(GARDEN).read()
    assert list(names.agents) == ["gardener", "planner", "reviewer", "scribe"]
    gardener = names.agents["gardener"]
    assert gardener.title == "Runs the irrigation controller and reports what it measured"
    assert gardener.head.startswith("You run the drip irrigation")


def test_tools_are_those_of_scripts_and_those_that_cards_name(tmp_path: Path) -> None:
    (tmp_path / "Agents").mkdir()
    (tmp_path / "Agents" / "Ann.md").write_text("---\ntools:\n  valve: ask\n  rune_find: true\nmode: act\n---\n")
    script = (
        '/// Finds.\n#[tool(desc = "a")]\n#[param(name = "word")]\npub async fn find(word) { word }\nfn no_tool() {}\n'
    )
    (tmp_path / "find.rn").write_text(script)
    names, _ = NameReader(tmp_path).read()
    assert list(names.tools) == ["rune_find", "valve"]
    assert names.tools["rune_find"].path.endswith("/find.rn")
    assert script[slice(*names.tools["rune_find"].span)] == "find"
    assert names.tools["valve"].head == "Named by the agent `Ann`."


def test_sessions_by_the_names_of_their_folders() -> None:
    names, _ = NameReader(GARDEN).read()
    valves = names.named("session", "2026-03-07-spring-valves")
    assert valves is not None
    assert Path(valves.path) == GARDEN / ".crucible" / "sessions" / "2026-03-07-spring-valves" / "session.md"


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note, other = tmp_path / "Note.md", tmp_path / "Other.md"
    note.write_text("# One\n")
    other.write_text("# Other\n")
    reader = NameReader(tmp_path)
    reader.read()
    note.write_text("# Another\n")
    opened: list[str] = []
    monkeypatch.setattr("runekiln_server.kiln_names._content", lambda path, most: opened.append(path) or "# Another\n")
    names, _ = reader.read()
    assert [name.title for name in names.notes.values()] == ["Another", "Other"]
    assert opened == [note.as_posix()]


def test_folders_that_cannot_be_entered_and_links_that_lead_nowhere_have_no_names(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.md").write_text("# A\n")
    (tmp_path / "Ein Bär 🐻.md").write_text("# Bär\n")
    names, folders = NameReader(tmp_path).read()
    assert list(names.notes) == ["Ein Bär 🐻"]
    assert folders == {tmp_path, tmp_path / ".crucible" / "sessions"}
