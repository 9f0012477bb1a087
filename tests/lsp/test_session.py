"""What each event changes in the world: who is to be checked, and what is still true."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from runekiln_analysis.facts import Facts, FileFacts
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.text import LineIndex
from runekiln_runtime.stub_files import HostSetup
from runekiln_server.session import (
    Checked,
    Closed,
    Configured,
    Edited,
    Event,
    FilesChanged,
    Opened,
    Ran,
    Session,
    Unanswered,
)
from runekiln_server.settings import ScriptSettings, Settings
from runekiln_server.world import Document, Known, World, is_current, owners, unchecked


def document(name: str, text: str = "", version: int = 1, kiln: Path | None = None) -> Document:
    path = f"/kiln/{name}"
    content = text.encode()
    return Document(f"file://{path}", path, path, kiln, version, content, LineIndex(content))


def after(*events: Event) -> Session:
    session = Session()
    for event in events:
        session.handle(event)
    return session


def found(world: World, root: str, *modules: str, missing: Iterable[str] = ()) -> Checked:
    """The answer of a check that has just ended, in which `root` pulls in `modules` and misses others."""
    files = {f"/kiln/{name}": FileFacts(f"/kiln/{name}", (), ()) for name in (root, *modules)}
    opened = world.documents
    sources = {key: opened[key].text if key in opened else b"" for key in files} | {
        f"/kiln/{name}": None for name in missing
    }
    known = Known(
        f"/kiln/{root}",
        world.wanted[f"/kiln/{root}"],
        Facts(tuple(files.values())),
        files,
        sources,
        given=(),
        is_whole=True,
        setup=HostSetup(),
        bindings=Bindings(),
    )
    return Checked(known)


def to_check(session: Session) -> set[str]:
    return {root.removeprefix("/kiln/") for root, _ in unchecked(session.world)}


def test_an_opened_and_an_edited_script_are_checked() -> None:
    session = after(Opened(document("a.rn")))
    assert to_check(session) == {"a.rn"}
    session.handle(found(session.world, "a.rn"))
    assert to_check(session) == set()
    session.handle(Edited(document("a.rn", "x", version=2)))
    assert to_check(session) == {"a.rn"}


def test_a_stale_answer_is_dropped() -> None:
    session = after(Opened(document("a.rn")))
    stale = found(session.world, "a.rn")
    session.handle(Edited(document("a.rn", "x", version=2)))
    session.handle(stale)
    assert not session.world.known
    assert to_check(session) == {"a.rn"}


def test_an_edited_mod_file_is_checked_as_part_of_its_script() -> None:
    session = after(Opened(document("a.rn")))
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Opened(document("m.rn", "x")))
    assert to_check(session) == {"a.rn"}
    assert owners(session.world, "/kiln/m.rn") == ("/kiln/a.rn",)
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Edited(document("m.rn", "y", version=2)))
    assert to_check(session) == {"a.rn"}


def test_a_mod_file_that_was_opened_first_is_handed_over_to_its_script() -> None:
    session = after(Opened(document("m.rn")), Opened(document("a.rn")))
    session.handle(found(session.world, "m.rn"))
    session.handle(found(session.world, "a.rn", "m.rn"))
    assert set(session.world.known) == {"/kiln/a.rn"}
    assert to_check(session) == set()


def test_a_mod_file_stands_by_itself_again_when_its_script_lets_go_of_it() -> None:
    session = after(Opened(document("a.rn")))
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Opened(document("m.rn")))
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Edited(document("a.rn", "no mod", version=2)))
    session.handle(found(session.world, "a.rn"))
    assert to_check(session) == {"m.rn"}
    session.handle(found(session.world, "m.rn"))
    session.handle(Closed("/kiln/a.rn"))
    assert set(session.world.known) == {"/kiln/m.rn"}


def test_two_files_that_claim_each_other_are_one_script() -> None:
    session = after(Opened(document("a.rn")), Opened(document("b.rn")))
    b_too = found(session.world, "b.rn", "a.rn")
    session.handle(found(session.world, "a.rn", "b.rn"))
    session.handle(b_too)
    assert set(session.world.known) == {"/kiln/a.rn"}


def test_a_closed_mod_file_is_what_is_on_disk() -> None:
    session = after(Opened(document("a.rn")))
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Opened(document("m.rn", "not saved")))
    session.handle(found(session.world, "a.rn", "m.rn"))
    session.handle(Closed("/kiln/m.rn"))
    assert to_check(session) == {"a.rn"}


def test_an_answer_about_an_older_mod_file_is_dropped() -> None:
    session = after(Opened(document("a.rn")))
    from_disk = found(session.world, "a.rn", "m.rn")
    session.handle(Opened(document("m.rn", "not saved")))
    session.handle(from_disk)
    assert "/kiln/a.rn" not in session.world.known
    assert to_check(session) == {"a.rn", "m.rn"}


def test_files_on_disk_matter_to_the_scripts_that_looked_for_them() -> None:
    session = after(Opened(document("a.rn")), Opened(document("b.rn")))
    session.handle(found(session.world, "a.rn", missing=["m.rn"]))
    session.handle(found(session.world, "b.rn"))
    session.handle(FilesChanged(frozenset({"/kiln/other.rn"})))
    assert to_check(session) == set()
    session.handle(FilesChanged(frozenset({"/kiln/m.rn"})))
    assert to_check(session) == {"a.rn"}


def test_an_open_document_does_not_care_for_its_file() -> None:
    session = after(Opened(document("a.rn")))
    session.handle(found(session.world, "a.rn"))
    session.handle(FilesChanged(frozenset({"/kiln/a.rn"})))
    assert to_check(session) == set()


def test_a_check_without_an_answer_leaves_what_was_known() -> None:
    session = after(Opened(document("a.rn")))
    session.handle(found(session.world, "a.rn"))
    session.handle(Edited(document("a.rn", "too much", version=2)))
    session.handle(Unanswered("/kiln/a.rn", session.world.wanted["/kiln/a.rn"]))
    assert to_check(session) == set()
    assert "/kiln/a.rn" in session.world.known
    assert not is_current(session.world, "/kiln/a.rn")
    session.handle(Edited(document("a.rn", "less", version=3)))
    assert to_check(session) == {"a.rn"}


def test_settings_that_make_a_script_something_else_have_it_checked_again() -> None:
    kiln = Path("/kiln")
    session = after(Opened(document("a.rn", kiln=kiln)), Opened(document("hooks/b.rn", kiln=kiln)))
    session.handle(found(session.world, "a.rn"))
    session.handle(found(session.world, "hooks/b.rn"))
    session.handle(Configured({kiln: Settings(scripts=ScriptSettings(function_body=("hooks/*.rn",)))}, {}))
    assert to_check(session) == {"hooks/b.rn"}


def test_results_are_counted_by_entry() -> None:
    session = after(Ran("/kiln/a.rn", "main"), Ran("/kiln/a.rn", "main"), Ran("/kiln/a.rn", "other"))
    assert session.world.runs == {("/kiln/a.rn", "main"): 2, ("/kiln/a.rn", "other"): 1}
