"""Runs VS Code as a server on the loopback interface, with our packaged extension in it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from tests.editors.install_clients import Clients
from tests.editors.waiting import wait_until

SETTINGS = {
    # Results are compared line by line, as they are on the screen.
    "[markdown]": {"editor.wordWrap": "off"},
    "chat.disableAIFeatures": True,
    "editor.accessibilitySupport": "off",
    # Texts are read from the screen, where hints are among them.
    "editor.inlayHints.enabled": "off",
    # Else VS Code itself offers the words of the document, and a test could take them for the server's.
    "editor.wordBasedSuggestions": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "git.enabled": False,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "workbench.enableExperiments": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}
OPTIONS = [
    "--auth=none",
    "--disable-getting-started-override",
    "--disable-proxy",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--ignore-last-opened",
]
# VS Code runs tests in its extension host only with the driver of its own smoke tests.
TEST_DRIVER = ["--vscode-option", "enable-smoke-test-driver"]


class CodeServer:
    """One running code-server; `close` ends it with all that it started."""

    def __init__(self, clients: Clients, extension: Path, server: Path, home: Path) -> None:
        """Install the packaged `extension` and start. All files are kept in `home`, a folder that exists."""
        self._home = home
        self._program = [str(clients.node / "node"), str(clients.code_server), *self._folders()]
        self._environment = self._clean_environment()
        self._write_settings({**SETTINGS, "runekiln.path": str(server)})
        self._install(extension)
        self.port = _free_port()
        self._process = self._start()
        wait_until("code-server", self._is_up)

    def close(self) -> None:
        if self._process.poll() is None:
            # Its servers, extension hosts and language servers are all in the process group of its session.
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def address(self, folder: Path, payload: dict[str, str]) -> str:
        """Return the page that shows a folder. Values of `payload` that are paths are given as `remote` writes them."""
        pairs = quote(json.dumps(list(payload.items())))
        return f"http://127.0.0.1:{self.port}/?folder={quote(str(folder))}&payload={pairs}"

    def remote(self, path: Path) -> str:
        """Return how the page names a file of the server."""
        return f"vscode-remote://127.0.0.1:{self.port}{path}"

    def evidence(self) -> list[tuple[str, str]]:
        """The logs of the extension and of the server, as sections of a report."""
        logs = sorted((self._home / "data/logs").rglob("*Runekiln*.log"))
        sections = [(f"log: {log.name}", log.read_text(errors="replace")[-8000:]) for log in logs]
        own = self._log.read_text(errors="replace")[-3000:]
        return [*sections, ("log: code-server", own)]

    @property
    def _log(self) -> Path:
        return self._home / "code-server.log"

    def _folders(self) -> list[str]:
        (self._home / "config.yaml").write_text("auth: none\n")
        folders = {"user-data-dir": "data", "extensions-dir": "extensions", "config": "config.yaml"}
        return [part for key, name in folders.items() for part in (f"--{key}", str(self._home / name))]

    def _clean_environment(self) -> dict[str, str]:
        """The environment without traces of another VS Code, and with every folder of its own."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("VSCODE_")}
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            kept[f"XDG_{name}_HOME"] = str(self._home / "xdg" / name.lower())
        # The language server's cache is the user's: a run should not pay for compiling the guest again.
        cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        kept.setdefault("RUNEKILN_CACHE", f"{cache}/runekiln")
        # Sockets are left behind here. The path must be short, for a socket's name holds 107 bytes.
        temporary = self._home / "tmp"
        temporary.mkdir()
        return {**kept, "TMPDIR": str(temporary), "EXTENSIONS_GALLERY": '{"serviceUrl": ""}'}

    def _write_settings(self, settings: dict[str, object]) -> None:
        # With the test driver on, the user's settings are not read but the machine's are.
        for scope in ("User", "Machine"):
            folder = self._home / "data" / scope
            folder.mkdir(parents=True)
            (folder / "settings.json").write_text(json.dumps(settings))

    def _install(self, extension: Path) -> None:
        command = [*self._program, "--install-extension", str(extension)]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"

    def _start(self) -> subprocess.Popen[bytes]:
        command = [*self._program, *OPTIONS, "--bind-addr", f"127.0.0.1:{self.port}", *TEST_DRIVER]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def _is_up(self) -> bool:
        assert self._process.poll() is None, f"code-server ended:\n{self._log.read_text()}"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                return True
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
