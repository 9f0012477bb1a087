"""Drives a real Neovim by keystrokes, with the plugin of `editors/nvim`, and reads what a person would see."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pynvim

from tests.editors.garden import SessionLog
from tests.editors.waiting import wait_until

PLUGIN = Path(__file__).parents[2] / "editors/nvim"
INIT = """
vim.opt.runtimepath:prepend({plugin!r})
vim.opt.swapfile = false
vim.opt.shadafile = 'NONE'
require('runekiln').setup({{ path = {server!r} }})
"""
SCREEN = (100, 40)  # columns, lines
# A request to an editor that waits for a key never returns: after this the editor is ended, and its test fails.
LIFE_SECONDS = 110.0


def find_neovim() -> Path:
    """The Neovim of the environment that runs the tests; `RUNEKILN_NEOVIM` names another one."""
    return Path(os.environ.get("RUNEKILN_NEOVIM") or Path(sys.executable).parent / "nvim")


class Neovim:
    """One running Neovim; `close` ends it."""

    def __init__(self, server: Path, home: Path) -> None:
        """Start it with its configuration, state and logs in `home`, a folder that exists."""
        init = home / "init.lua"
        init.write_text(INIT.format(plugin=str(PLUGIN), server=str(server)))
        self._state = home / "state"
        environment = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("STATE", "DATA", "CONFIG")}
        command = ["env", *(f"{key}={value}" for key, value in environment.items())]
        command += [str(find_neovim()), "--embed", "--headless", "--clean", "-u", str(init)]
        self._rpc = pynvim.attach("child", argv=command)
        process = self._rpc.funcs.getpid()
        self._watchdog = threading.Timer(LIFE_SECONDS, os.kill, (process, signal.SIGKILL))
        self._watchdog.start()
        self._rpc.ui_attach(*SCREEN, rgb=True)
        self.lua("vim.lsp.set_log_level('info')")

    def close(self) -> None:
        self._watchdog.cancel()
        try:
            self._rpc.command("qall!")
        except (OSError, EOFError):
            pass  # pynvim says so when the editor has gone, which is what was asked for.
        finally:
            self._rpc.close()

    def open(self, path: Path) -> None:
        self._rpc.command(f"edit {path}")

    def type(self, keys: str) -> None:
        """Type keys in Neovim's notation, such as `A` or `<Esc>`."""
        self._rpc.input(keys)

    def type_command(self, command: str) -> None:
        self.type(f":{command}<CR>")

    def wait_for_server(self) -> None:
        """Wait until the server has answered `initialize` for the buffer in the window."""
        wait_until("a language server", lambda: self.lua(f"return {CLIENT} ~= nil"))

    def lines_with_problems(self) -> set[str]:
        """The lines of the buffer in the window that a problem begins in, without their indentation."""
        lines = self._rpc.current.buffer[:]
        return {lines[problem["lnum"]].strip() for problem in self.lua("return vim.diagnostic.get(0)")}

    def popup(self) -> list[str]:
        """The labels of the completion menu that is open."""
        return [item["abbr"] for item in self._rpc.funcs.complete_info(["items"])["items"]]

    def lenses(self) -> list[str]:
        """The titles of the lenses of the buffer in the window."""
        titles = self.lua(
            "return vim.tbl_map(function(l) return l.command and l.command.title or '' end, vim.lsp.codelens.get(0))"
        )
        return list(titles)

    def session_titles(self) -> list[str]:
        """The kiln's sessions, by folder name, in the order in which the server offers them."""
        sessions = self.lua(f"""
            local params = {{ command = 'runekiln.sessions', arguments = {{ {{ uri = vim.uri_from_bufnr(0) }} }} }}
            local client = {CLIENT}
            return client.request_sync and {REQUEST_SYNC}.result
        """)
        return [Path(session["path"]).parent.name for session in sessions]

    def answer_question(self, number: int) -> None:
        """Answer the numbered list that the editor is waiting with."""
        wait_until("a question", self._is_asking)
        self.type(f"{number}<CR>")

    def pick_session(self, session: SessionLog, titles: list[str]) -> None:
        self.answer_question(titles.index(session.title) + 1)

    def result(self) -> str | None:
        """The text of the result that is shown in a window, or None."""
        for window in self._rpc.current.tabpage.windows:
            if window.buffer.name.startswith("runekiln://"):
                return "\n".join(window.buffer[:]) + "\n"
        return None

    def close_result(self) -> None:
        for buffer in self._rpc.buffers:
            if buffer.name.startswith("runekiln://"):
                self._rpc.command(f"bwipeout {buffer.number}")

    def messages(self) -> str:
        return str(self._rpc.command_output("messages"))

    def screen(self) -> str:
        """The characters on the screen, line by line."""
        return str(self.lua(READ_SCREEN))

    def evidence(self) -> list[tuple[str, str]]:
        """The screen, the messages and the log, as sections of a report."""
        logs = [log.read_text(errors="replace")[-8000:] for log in self._state.rglob("*lsp.log")]
        log = ("the language server's log", "\n".join(logs))
        try:
            return [("Neovim's screen", self.screen()), ("Neovim's messages", self.messages()), log]
        except (OSError, EOFError):
            return [("Neovim's screen", f"ended after {LIFE_SECONDS:.0f} s, without an answer"), log]

    def _is_asking(self) -> bool:
        mode = self._rpc.request("nvim_get_mode")
        if mode["blocking"]:
            # Before 0.11, nothing but the mode can be asked for while a list waits (`rm`); `r` is a long message.
            return bool(mode["mode"] != "r")
        return mode["mode"] == "c" and "Type number" in self.screen()

    # What Lua returns is as varied as Lua: each caller says what it expects.
    def lua(self, code: str) -> Any:  # noqa: ANN401
        return self._rpc.exec_lua(code)


CLIENT = """(function()
    for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
      if vim.lsp.buf_is_attached(0, client.id) and client.initialized ~= false then return client end
    end
end)()"""

# Clients became objects, whose functions want themselves first, in Neovim 0.11.
REQUEST_SYNC = """(vim.fn.has('nvim-0.11') == 1
    and client:request_sync('workspace/executeCommand', params, 20000)
    or client.request_sync('workspace/executeCommand', params, 20000, 0))"""

READ_SCREEN = """
    vim.cmd('redraw')
    local lines = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do cells[column] = vim.fn.screenstring(row, column) end
      lines[row] = (table.concat(cells):gsub('%s+$', ''))
    end
    return table.concat(lines, '\\n')
"""
