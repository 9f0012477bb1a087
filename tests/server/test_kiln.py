"""Where a kiln is, and what is in it."""

from __future__ import annotations

from pathlib import Path

from inline_snapshot import snapshot
from runekiln_server.kiln import Kiln, find_kiln

GARDEN = Path(__file__).parents[1] / "kilns" / "garden"


def test_a_kiln_is_the_nearest_folder_with_a_crucible(tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "inner"
    (inner / ".crucible").mkdir(parents=True)
    (tmp_path / "outer" / ".crucible").mkdir()
    (inner / "notes" / "deep").mkdir(parents=True)
    assert find_kiln(inner / "notes" / "deep") == Kiln(inner)
    assert find_kiln(inner.parent) == Kiln(inner.parent)


def test_sessions_come_newest_first_with_their_titles() -> None:
    assert [(session.path.parent.name, session.title) for session in Kiln(GARDEN).sessions()] == snapshot(
        [
            ("2026-08-01-cancelled-meeting", "Meeting on the winter storage"),
            ("2026-07-11-storm-notes", "Notes taken in the shed while the storm went over"),
            ("chat-20260704-2210-dead", "chat-20260704-2210-dead"),
            ("workflow-20260620-0500-51aa", "Night round"),
            ("chat-20260516-1820-0c9e", "Odd questions"),
            ("chat-2026-05-03T0840-fr5xq1", "chat-2026-05-03T0840-fr5xq1"),
            ("chat-20260411-0915-b7d2", "Dripping valves"),
            ("2026-04-02-open-day-board", "Headings for the notice board on the open day"),
            ("2026-03-14-controller-firmware", "Firmware 0.4: readable configuration"),
            ("2026-03-07-spring-valves", "Spring start of the drip lines"),
        ]
    )


def test_sessions_that_say_nothing_of_themselves_have_their_folders_name(tmp_path: Path) -> None:
    log = tmp_path / ".crucible" / "sessions" / "chat-1" / "session.jsonl"
    log.parent.mkdir(parents=True)
    log.write_bytes(b"\xff\xfe not JSON")
    (log.parent / "meta.json").write_text("[]")
    assert [session.title for session in Kiln(tmp_path).sessions()] == ["chat-1"]


def test_a_log_that_is_not_ours_to_read_is_passed_over(tmp_path: Path) -> None:
    sessions = tmp_path / ".crucible" / "sessions"
    (sessions / "round").mkdir(parents=True)
    (sessions / "round" / "session.md").symlink_to("session.md")
    (sessions / "s1").mkdir()
    (sessions / "s1" / "session.md").write_text("# Beds\n")
    assert [session.title for session in Kiln(tmp_path).sessions()] == ["Beds"]


def test_a_folder_without_sessions_has_none(tmp_path: Path) -> None:
    assert Kiln(tmp_path).sessions() == ()
