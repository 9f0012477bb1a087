"""The command itself: help, version, usage, and what happens when it is our fault."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import runekiln_runtime
from inline_snapshot import snapshot

from .conftest import COMMAND, Shell


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.run("--version").stdout == f"runekiln {version('runekiln')}\n"


def test_help_lists_the_commands(shell: Shell) -> None:
    ended = shell.run("--help", environment={"COLUMNS": "100"})
    assert ended.code == 0
    assert ended.stdout == snapshot("""\
usage: runekiln [-h] [--version] COMMAND ...

Check, run and edit Rune scripts of a Crucible kiln.

options:
  -h, --help  show this help message and exit
  --version   show the version and exit

commands:
  COMMAND
    check     report all problems of scripts, and mend them
    explain   say what the code of a problem is about, or list all codes
    list      show what the scripts of a kiln register, and what would not register and why
    run       run an entry of a script in the sandbox
    types     show what is known of the types in a script
    strip     write scripts without type annotations, as other Rune hosts accept them
    fmt       format scripts in place
    stubs     show, write or compare stubs, which say what a host gives to scripts
    lsp       serve an editor over standard input and output
    doctor    say what is installed, what is missing and what to do about it

exit codes: 0 fine, 1 problems or a failed script, 2 wrong usage or settings, 101 a fault of runekiln itself
""")


def test_options_may_stand_between_the_others(shell: Shell) -> None:
    shell.write({"a.rn": "pub fn dig() { 1 }\npub fn rake(n) { n }\n", "b.rn": "pub fn main() { 1 }\n"})
    assert shell.run("check", "a.rn", "--format", "full", "b.rn").stdout == "no problems in 2 files\n"
    assert shell.run("run", "a.rn", "--arg", "3", "rake", "--format", "text").stdout == "3\n"
    assert "unrecognized arguments: --rake" in shell.run("run", "a.rn", "--arg", "3", "--rake").stderr


@pytest.mark.parametrize(
    "command", ["check", "explain", "list", "run", "types", "strip", "fmt", "stubs", "lsp", "doctor"]
)
def test_each_command_explains_itself(shell: Shell, command: str) -> None:
    ended = shell.run(command, "--help")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"usage: runekiln {command}")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["check", "--loud"], ["run"]])
def test_wrong_usage_is_exit_code_2(shell: Shell, arguments: list[str]) -> None:
    ended = shell.run(*arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("usage: runekiln")


def test_output_that_cannot_be_written_is_told(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() { 1 }\n"})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "run", shell.folder / "main.rn"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"runekiln: the output cannot be written: No space left on device.\n")


def test_a_closed_output_is_no_error(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() { 1 }\n"})
    command = [sys.executable, "-c", "import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])", COMMAND]
    done = subprocess.run([*command, "run", shell.folder / "main.rn"], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_our_own_fault_is_one_line_and_a_log(tmp_path: Path) -> None:
    # A copy of the runtime whose guest is damaged goes before the installed one.
    package = tmp_path / "packages" / "runekiln_runtime"
    shutil.copytree(Path(runekiln_runtime.__file__).parent, package, ignore=shutil.ignore_patterns("*.wasm", "*.pyc"))
    (package / "guest.wasm").write_bytes(b"damaged")
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from runekiln_server.cli.main import main; sys.exit(main(['check', '-']))"],
        env={"PYTHONPATH": str(tmp_path / "packages"), "RUNEKILN_CACHE": str(tmp_path / "cache")},
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (101, "")
    told = re.fullmatch(r"runekiln: this is our fault.*cannot be compiled.*\(details in (.+)\)\n", done.stderr)
    assert told
    assert "GuestDamaged" in Path(told[1]).read_text(encoding="utf-8")
