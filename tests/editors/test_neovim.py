"""A person with Neovim opens the sample kiln: problems, completion, runs, a pinned entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.first_hour import follow
from tests.editors.first_scripts import FIRST_HOUR, MOST_TYPED, check_what_was_written
from tests.editors.garden import Garden
from tests.editors.neovim import Neovim
from tests.editors.neovim_author import NeovimAuthor
from tests.editors.waiting import wait_until

pytestmark = pytest.mark.editor

REVIEW_STEP = 'workflow.add_step("Review", None);'
REVIEW_MARKUP = "\n## Review\n"


@pytest.fixture
def neovim(server_command: Path, tmp_path: Path) -> Iterator[Neovim]:
    home = tmp_path / "neovim"
    home.mkdir()
    editor = Neovim(server_command, home)
    yield editor
    editor.close()


def test_problems_appear_in_a_broken_script(neovim: Neovim, garden: Garden) -> None:
    neovim.open(garden.script("drafts/broken.rn"))
    wrong = {"let mut beds = [];", 'println!("{} beds", beds.len();', "parse_litres(text)"}
    wait_until("problems", lambda: neovim.lines_with_problems() == wrong)


def test_session_dot_offers_phases(neovim: Neovim, garden: Garden) -> None:
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    neovim.type("/session.phases<CR>")
    neovim.type("Osession.<C-x><C-o>")
    assert "phases" in wait_until("a completion menu", neovim.popup)


def test_a_dot_offers_members_by_itself_if_that_is_wanted(neovim: Neovim, garden: Garden) -> None:
    neovim.lua("require('runekiln').setup({ autotrigger = true })")
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    neovim.type("/session.phases<CR>")
    neovim.type("Osession.")
    assert "phases" in wait_until("a completion menu", neovim.popup)


def test_a_stub_is_shown_by_the_server_that_named_it(neovim: Neovim, garden: Garden) -> None:
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    # Neovim asks for a definition and waits one second: the server has to be at work.
    wait_until("lenses", neovim.lenses)
    neovim.type("/phases()<CR><C-]>")
    wait_until("the stub", lambda: neovim.lua("return vim.fn.expand('%:t')") == "crucible.rni")
    neovim.wait_for_server()
    assert neovim.lua("return #vim.lsp.get_clients()") == 1


def test_lenses_stand_above_the_entry(neovim: Neovim, garden: Garden) -> None:
    neovim.open(garden.script("codify.rn"))
    assert {"▶ Run", "Pin"} <= set(wait_until("lenses", neovim.lenses))


def test_each_session_codifies_to_its_expected_workflow(neovim: Neovim, garden: Garden) -> None:
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    titles = neovim.session_titles()
    for session in garden.sessions:
        neovim.close_result()
        neovim.type_command("RunekilnRun codify_session")
        neovim.pick_session(session, titles)
        assert wait_until(session.title, neovim.result) == session.expected


def test_a_session_may_be_named_on_the_command_line(neovim: Neovim, garden: Garden) -> None:
    session = garden.sessions[0]
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    neovim.type_command(f"RunekilnRun codify_session {session.path}")
    assert wait_until("a result", neovim.result) == session.expected


def test_a_pinned_entry_runs_again_at_each_save_that_compiles(neovim: Neovim, garden: Garden) -> None:
    session = garden.sessions[0]
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    neovim.type_command(f"RunekilnPin codify_session {session.path}")
    assert wait_until("a result", neovim.result) == session.expected

    neovim.type("/workflow.optimize<CR>")
    neovim.type(f"O{REVIEW_STEP}<Esc>:write<CR>")
    reviewed = session.expected + REVIEW_MARKUP
    wait_until("the next generation", lambda: neovim.result() == reviewed)

    neovim.type("Olet mut broken = 1;<Esc>:write<CR>")
    wait_until("the refusal", lambda: "kept" in neovim.messages())
    assert neovim.result() == reviewed

    neovim.type(f"S{REVIEW_STEP.replace('Review', 'Thank everybody')}<Esc>:write<CR>")
    wait_until("a save that compiles", lambda: "## Thank everybody" in (neovim.result() or ""))


def test_an_endless_script_can_be_stopped(neovim: Neovim, garden: Garden) -> None:
    endless = garden.script("endless.rn")
    endless.write_text("pub fn main() {\n    loop {\n    }\n}\n")
    neovim.open(endless)
    neovim.wait_for_server()
    neovim.type_command("RunekilnRun main")

    def stop_and_look() -> bool:
        # A run that has not begun cannot be stopped, so ask again until it is over.
        neovim.type_command("RunekilnStop")
        return "user-stop" in (neovim.result() or "")

    wait_until("the end of the run", stop_and_look)


def test_checkhealth_says_which_command_runs(neovim: Neovim, garden: Garden, server_command: Path) -> None:
    neovim.open(garden.script("codify.rn"))
    neovim.wait_for_server()
    neovim.type_command("checkhealth runekiln")
    wait_until("the report", lambda: str(server_command) in neovim.screen())
    assert "ERROR" not in neovim.screen()


def test_three_scripts_are_written_in_the_first_hour(
    neovim: Neovim, empty_garden: Garden, server_command: Path
) -> None:
    typed = follow(FIRST_HOUR, NeovimAuthor(neovim), empty_garden)
    check_what_was_written(empty_garden, server_command)
    assert typed < MOST_TYPED, typed
