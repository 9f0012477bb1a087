"""What the arguments of a command mean: files, folders, standard input, the kiln around."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import HostSetup

from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import say
from runekiln_server.kiln import Kiln, find_kiln
from runekiln_server.kiln_stubs import read_stubs
from runekiln_server.script_files import find_scripts, find_scripts_and_stubs
from runekiln_server.settings import COMMAND_LINE, Mistake, Resolved, Settings, profile_of, resolve

Find = Callable[[Path], tuple[Path, ...]]

STDIN = "-"
FLAGS = {"run.timeLimitSeconds": "--time-limit", "run.memoryLimitMegabytes": "--memory-limit"}


@dataclass(frozen=True, slots=True)
class Script:
    """A script or stub to work on: its path as the user sees it, with "/" between the parts, and its text."""

    path: str
    text: bytes


def collect_scripts(arguments: list[str], stdin_path: str | None) -> tuple[Script, ...]:
    """Read every script that the arguments mean, each once, in the order of their paths.

    A folder stands for the scripts in it, `-` for standard input, nothing at all for the kiln of the current folder.
    Raises UsageError for what is not there.
    """
    return _collect(arguments, stdin_path, find_scripts)


def collect_scripts_and_stubs(arguments: list[str], stdin_path: str | None) -> tuple[Script, ...]:
    """The same, a folder standing for the stubs in it as well."""
    return _collect(arguments, stdin_path, find_scripts_and_stubs)


def _collect(arguments: list[str], stdin_path: str | None, find: Find) -> tuple[Script, ...]:
    if not arguments:
        arguments = [_kiln_here()]
    texts: dict[str, bytes] = {}
    for argument in arguments:
        if argument == STDIN:
            texts[normal_path(stdin_path or "stdin.rn")] = sys.stdin.buffer.read()
            continue
        for path in _files(argument, find):
            texts.setdefault(normal_path(str(path)), read_file(path))
    return tuple(Script(path, texts[path]) for path in sorted(texts))


def named_path(argument: str) -> Path:
    """The file or folder that an argument names. An empty one is a mistake, such as an unset variable of a shell."""
    if not argument:
        raise UsageError("a path is empty: name a file or a folder.")
    return Path(argument)


def read_file(path: Path) -> bytes:
    """The content of a file that must be there; UsageError if it is not."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(_unreadable(path, error)) from error


def read_if_there(path: str) -> bytes | None:
    """The content of a file that need not be there; UsageError if it is, but cannot be read."""
    try:
        # A pipe of that name has no end.
        return Path(path).read_bytes() if Path(path).is_file() else None
    except (OSError, ValueError) as error:
        raise UsageError(_unreadable(Path(path), error)) from error


def normal_path(path: str) -> str:
    """A path without detours, with "/" between the parts, as messages and the guest have it."""
    named_path(path)
    normal = os.path.normpath(path) if Path(path).is_absolute() else os.path.relpath(path)
    # The guest speaks UTF-8 only; a name that is not shows its bytes as U+FFFD.
    return os.fsencode(Path(normal).as_posix()).decode("utf-8", "replace")


class KilnSettings:
    """The settings of the kilns that the scripts of one command lie in, each resolved once."""

    def __init__(self, command_line: dict[str, object] | None = None) -> None:
        self._command_line = command_line
        self._resolved: dict[Path | None, Resolved] = {}
        self._stubs: dict[tuple[Path, bool], tuple[Source, ...]] = {}

    def of(self, path: str) -> tuple[Kiln | None, Settings]:
        """The kiln that a file lies in, and its settings. Raises UsageError if there is a mistake in them."""
        kiln = find_kiln(Path(path).parent)
        root = kiln.root if kiln else None
        if root not in self._resolved:
            self._resolved[root] = resolve(kiln.settings_file if kiln else None, None, self._command_line)
        resolved = self._resolved[root]
        if resolved.mistakes:
            raise UsageError("\n".join(["the settings have mistakes:", *map(_in_words, resolved.mistakes)]))
        return (kiln, resolved.settings)

    def host_of(self, path: str) -> HostSetup:
        """What the script, or stub, at that path is given; stubs are called by paths like it. Raises UsageError."""
        kiln, settings = self.of(path)
        if kiln is None:
            return HostSetup(profile=profile_of(path, None, settings))
        place = (kiln.root, Path(path).is_absolute())
        if place not in self._stubs:
            spell = str if Path(path).is_absolute() else os.path.relpath
            self._stubs[place] = read_stubs(kiln.root, settings, lambda stub: normal_path(spell(stub)))
        return HostSetup(self._stubs[place], profile_of(path, kiln.root, settings))


def _in_words(mistake: Mistake) -> str:
    """A mistake under the name that it has where it was made."""
    flag = FLAGS.get(mistake.key)
    return f"{flag} {mistake.message}" if flag and mistake.origin == COMMAND_LINE else str(mistake)


def _kiln_here() -> str:
    kiln = find_kiln(Path())
    if kiln is None:
        raise UsageError("no kiln around this folder (no folder with `.crucible` in it): name files or folders.")
    return os.path.relpath(kiln.root)


def _files(argument: str, find: Find) -> Iterable[Path]:
    path = named_path(argument)
    if not path.is_dir():
        return (path,)
    found = find(path)
    if not found:
        say(f"runekiln: no scripts (`*.rn`) in {argument}")
    return found


def _unreadable(path: Path, error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{path} cannot be read: {reason}."
