"""Reads the names that the folder of a kiln gives: of its notes, agents, tools and sessions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from runekiln_analysis.kiln_names import NOTE_SUFFIX, KilnName, KilnNames, tools_in

from runekiln_server.kiln import Kiln
from runekiln_server.script_files import LOADED_SUFFIXES

MOST_FILES = 50_000
"""A folder with more is no kiln that somebody wrote."""

_HEAD_BYTES = 4096
_HEAD_LINES = 12
_FRONTMATTER = re.compile(r"\A---\r?\n(?P<yaml>.*?)^---[ \t]*\r?$\n?", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_TOOLS = re.compile(r"^tools:[ \t]*\r?\n(?P<rows>(?:[ \t]+.*\n?)+)", re.MULTILINE)
_TOOL = re.compile(r"^[ \t]+([\w.-]+)[ \t]*:", re.MULTILINE)
_CARDS = (("Agents",), (".crucible", "agents"))
_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """What of a note is shown, and what it says as an agent's card."""

    title: str
    head: str
    name: str
    description: str
    tools: tuple[str, ...]


class NameReader:
    """Reads the names of one kiln again and again; a file that has not changed is not read again."""

    def __init__(self, kiln: Path) -> None:
        self._kiln = kiln
        self._notes: dict[str, tuple[_Stamp, Card]] = {}
        self._scripts: dict[str, tuple[_Stamp, tuple[KilnName, ...]]] = {}

    def read(self) -> tuple[KilnNames, frozenset[Path]]:
        """The names as they are now, and the folders in which others would come to be."""
        notes: dict[str, Card] = {}
        tools: dict[str, KilnName] = {}
        folders = {self._kiln / ".crucible" / "sessions"}
        known_notes, known_scripts = self._notes, self._scripts
        self._notes, self._scripts = {}, {}
        for path, stamp in _files(self._kiln.as_posix()):
            if path.endswith(NOTE_SUFFIX):
                notes[path] = self._note(path, stamp, known_notes.get(path))
            else:
                tools.update((tool.name, tool) for tool in self._tools(path, stamp, known_scripts.get(path)))
            folders.add(Path(path).parent)
        return _names(self._kiln, notes, tools), frozenset(folders)

    def _note(self, path: str, stamp: _Stamp, before: tuple[_Stamp, Card] | None) -> Card:
        card = before[1] if before is not None and before[0] == stamp else _card(_content(path, _HEAD_BYTES), path)
        self._notes[path] = (stamp, card)
        return card

    def _tools(
        self, path: str, stamp: _Stamp, before: tuple[_Stamp, tuple[KilnName, ...]] | None
    ) -> tuple[KilnName, ...]:
        is_same = before is not None and before[0] == stamp
        tools = before[1] if before is not None and is_same else tuple(_tools_in(path))
        self._scripts[path] = (stamp, tools)
        return tools


def matters(path: str) -> bool:
    """Whether a file may have names of its kiln in it, or be a session's log."""
    return path.endswith((NOTE_SUFFIX, *LOADED_SUFFIXES)) or "/.crucible/sessions/" in path


def _names(kiln: Path, notes: Mapping[str, Card], scripts: Mapping[str, KilnName]) -> KilnNames:
    root = kiln.as_posix().rstrip("/") + "/"
    by_path: dict[str, KilnName] = {}
    files: dict[str, KilnName] = {}
    titles: dict[str, KilnName] = {}
    agents: dict[str, KilnName] = {}
    tools: dict[str, KilnName] = {}
    for path, card in notes.items():
        file = path.removeprefix(root)
        if not file.startswith(".crucible/"):
            name = file.removesuffix(NOTE_SUFFIX)
            by_path[name] = KilnName(name, path, card.title, card.head)
            files[file] = KilnName(file, path, card.title, card.head)
            title = card.title or name.rpartition("/")[2]
            titles.setdefault(title, KilnName(title, path, name, card.head))
        if _is_card(file):
            name = card.name or card.title or Path(file).stem
            agents.setdefault(name, KilnName(name, path, card.description, card.head))
            told = f"Named by the agent `{name}`."
            tools.update((tool, KilnName(tool, path, "", told)) for tool in card.tools if tool not in tools)
    return KilnNames(
        notes=_sorted(by_path),
        files=_sorted(files),
        titles=_sorted(titles),
        agents=_sorted(agents),
        # What a script offers is known better than what a card names.
        tools=_sorted({**tools, **scripts}),
        sessions=MappingProxyType(dict(_sessions(kiln))),
    )


def _sorted(names: Mapping[str, KilnName]) -> Mapping[str, KilnName]:
    return MappingProxyType(dict(sorted(names.items())))


def _sessions(kiln: Path) -> Iterator[tuple[str, KilnName]]:
    """The sessions with a log, the newest first."""
    for session in Kiln(kiln).sessions():
        name = session.path.parent.name
        head = _head(_content(session.path.as_posix(), _HEAD_BYTES)) if session.path.suffix == NOTE_SUFFIX else ""
        yield name, KilnName(name, session.path.as_posix(), session.title if session.title != name else "", head)


def _is_card(file: str) -> bool:
    parts = tuple(file.split("/"))[:-1]
    return any(parts[: len(folder)] == folder for folder in _CARDS)


def _card(content: str, path: str) -> Card:
    found = _FRONTMATTER.match(content)
    yaml = "" if found is None else found["yaml"]
    heading = _HEADING.search(content, 0 if found is None else found.end())
    title = _value(yaml, "title") or (heading[1] if heading is not None else "")
    listed = _TOOLS.search(yaml)
    tools = () if listed is None else tuple(_TOOL.findall(listed["rows"]))
    return Card(title, _head(content), _value(yaml, "name"), _value(yaml, "description"), tools)


def _head(content: str) -> str:
    """The first lines below the frontmatter."""
    found = _FRONTMATTER.match(content)
    lines = content[0 if found is None else found.end() :].strip().splitlines()
    return "\n".join(lines[:_HEAD_LINES]).strip()


def _value(yaml: str, key: str) -> str:
    found = re.search(rf"^{key}:[ \t]*(.+?)[ \t]*\r?$", yaml, re.MULTILINE)
    return "" if found is None else found[1].strip("\"'")


def _tools_in(path: str) -> Iterator[KilnName]:
    for tool, span in tools_in(_content(path, None).encode()):
        yield KilnName(tool, path, "", "", span)


def _content(path: str, most: int | None) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - of thousands of files
            return file.read(most).decode("utf-8", "replace")
    except OSError:
        return ""


def _files(root: str) -> Iterator[tuple[str, _Stamp]]:
    """The notes and scripts of a kiln with what changes when they do; hidden folders but the kiln's own left out."""
    unvisited, left = [root], MOST_FILES
    while unvisited:
        folder = unvisited.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = f"{folder.rstrip('/')}/{entry.name}"
            if entry.name.startswith(".") and entry.name != ".crucible":
                continue
            if entry.is_dir(follow_symlinks=False):
                if not path.endswith("/.crucible/sessions"):
                    unvisited.append(path)
            elif entry.name.endswith((NOTE_SUFFIX, *LOADED_SUFFIXES)) and (stamp := _stamp(entry)) is not None:
                left -= 1
                if left < 0:
                    return
                yield path, stamp


def _stamp(entry: os.DirEntry[str]) -> _Stamp | None:
    try:
        found = entry.stat()
    except OSError:
        # A link that leads nowhere, or a file that has just gone.
        return None
    return (found.st_mtime_ns, found.st_size)
