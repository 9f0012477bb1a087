"""Writes scripts in Neovim by its own keys: its completion, its mappings for language servers, its questions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.editors.garden import SessionLog
from tests.editors.neovim import Neovim
from tests.editors.waiting import wait_until


class NeovimAuthor:
    """An `Author` with Neovim, set up as `editors/README.md` says and not otherwise."""

    def __init__(self, neovim: Neovim) -> None:
        self._neovim = neovim

    def open(self, script: Path) -> None:
        self._press("<Esc>")
        self._neovim.open(script)
        self._neovim.wait_for_server()
        self._press("i")

    def put_cursor_behind(self, text: str) -> None:
        self._search(text, "ce")
        self._press("a")

    def put_cursor_on(self, text: str) -> None:
        self._search(text, "c")

    def write(self, text: str) -> None:
        self._press(text.replace("<", "<lt>").replace("\n", "<CR>"))

    def accept(self, label: str) -> None:
        self._press("<C-x><C-o>")
        wanted, selected = wait_until(f"{label} in the menu", lambda: self._place_in_menu(label))
        self._press("<C-n>" * (wanted - selected) + "<C-p>" * (selected - wanted) + "<C-y>")

    def close(self, sign: str) -> None:
        self.write(sign)

    def next_place(self) -> None:
        before = self._cursor()
        self._press("<Tab>")
        # Neovim selects the place behind what is typed meanwhile.
        wait_until("the next place", lambda: self._cursor() != before)

    def leave_line(self) -> None:
        self._press("<End>")

    def leave_block(self) -> None:
        self._press("<Down><End>")

    def problems(self) -> list[str]:
        return [problem["message"] for problem in self._neovim.lua("return vim.diagnostic.get(0)")]

    def fix(self, title: str) -> None:
        self._press("gra")
        self._choose(title)

    def hover(self, text: str) -> str:
        del text  # The cursor is on it.
        if text := self._floating_text():
            return text
        self._press("K")
        return wait_until("a floating window", self._floating_text)

    def go_to_definition(self, file: str) -> None:
        self._press("<C-]>")
        wait_until(file, lambda: self._file_name() == file)

    def line(self) -> str:
        return str(self._neovim.lua("return vim.api.nvim_get_current_line()"))

    def go_back(self, script: Path) -> None:
        self._press("<C-t>")
        wait_until("the script", lambda: self._file_name() == script.name)

    def rename(self, name: str) -> None:
        self._press("grn")
        wait_until("the question", lambda: self._mode() == "c")
        self._press(f"<C-u>{name}<CR>")
        wait_until("the new name", lambda: name in self.line())

    def format(self) -> None:
        self._command("lua vim.lsp.buf.format()")

    def save(self) -> None:
        self._command("write")

    def click_lens(self, title: str) -> None:
        self.put_cursor_on("pub fn")
        wait_until(title, lambda: title in self._neovim.lenses())
        self._command("lua vim.lsp.codelens.run()")
        self._choose(title)

    def pick_session(self, session: SessionLog) -> None:
        self._choose(_heading(session))

    def result(self) -> str:
        return self._neovim.result() or ""

    def text(self) -> str:
        return str(self._neovim.lua("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')"))

    def _mode(self) -> str:
        return str(self._neovim.lua("return vim.fn.mode()"))

    def _cursor(self) -> list[int]:
        place: list[int] = self._neovim.lua("return vim.api.nvim_win_get_cursor(0)")
        return place

    def _press(self, keys: str) -> None:
        self._neovim.type(keys)

    def _command(self, command: str) -> None:
        self._press(f"<Esc>:{command}<CR>")

    def _search(self, text: str, flags: str) -> None:
        self._press("<Esc>gg")
        found = self._neovim.lua(f"return vim.fn.search([==[\\V{text}]==], '{flags}')")
        assert found, f"{text} is not in the buffer"

    def _place_in_menu(self, label: str) -> tuple[int, int] | None:
        """Where the label stands in the menu, and what is selected there."""
        seen = self._neovim.lua("return vim.fn.complete_info({ 'items', 'pum_visible', 'selected' })")
        # The items of the last menu are told until there is another one.
        items: list[dict[str, Any]] = seen["items"] if seen["pum_visible"] else []
        return next(((number, seen["selected"]) for number, item in enumerate(items) if item["abbr"] == label), None)

    def _choose(self, title: str) -> None:
        """Answer the question that Neovim waits with, by the number in front of the title."""
        found = wait_until(f"the choice {title}", lambda: self._number_of(title))
        self._neovim.answer_question(int(found[1]))

    def _number_of(self, title: str) -> re.Match[str] | None:
        return re.search(rf"^(\d+): {re.escape(title)}", self._neovim.screen(), re.MULTILINE)

    def _floating_text(self) -> str:
        return str(self._neovim.lua(READ_FLOATING_WINDOWS))

    def _file_name(self) -> str:
        return str(self._neovim.lua("return vim.fn.expand('%:t')"))


def _heading(session: SessionLog) -> str:
    """What the session is called where one is picked: the first heading of its log."""
    found = re.search("^# (.+)$", session.path.read_text(), re.MULTILINE)
    return found[1] if found else session.title


READ_FLOATING_WINDOWS = """
    local lines = {}
    for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        vim.list_extend(lines, vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false))
      end
    end
    return table.concat(lines, '\\n')
"""
