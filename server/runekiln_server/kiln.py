"""A kiln: the user's folder, with its scripts, its session logs and its settings."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from runekiln_server.script_files import find_scripts

LOG_NAMES = ("session.md", "session.jsonl")
# Titles stand at the top; a log may have megabytes below.
HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A session log of a kiln; `title` is what people call it."""

    path: Path
    title: str


@dataclass(frozen=True, slots=True)
class Kiln:
    """The folder that holds `.crucible`."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """Where the kiln's settings are, if it has any."""
        return self.root / ".crucible" / "runekiln.toml"

    def scripts(self) -> tuple[Path, ...]:
        """Every script of the kiln, in the order of their paths."""
        return find_scripts(self.root)

    def sessions(self) -> tuple[SessionFile, ...]:
        """Every session log of the kiln, the newest first."""
        logs = _logs(self.root / ".crucible" / "sessions")
        dated = sorted(((_describe(log), log) for log in logs), key=lambda pair: (pair[0][0], pair[1]), reverse=True)
        return tuple(SessionFile(log, title) for (_, title), log in dated)


def find_kiln(start: Path) -> Kiln | None:
    """The kiln that a file or folder lies in: the nearest folder with `.crucible` in it."""
    path = start.absolute()
    for folder in (path, *path.parents):
        if (folder / ".crucible").is_dir():
            return Kiln(folder)
    return None


def _logs(folder: Path) -> Iterator[Path]:
    """The logs that can be read; a folder that is not ours to read holds none for us."""
    try:
        sessions = sorted(folder.iterdir())
    except OSError:
        return
    for session in sessions:
        yield from (session / name for name in LOG_NAMES if _is_readable(session / name))


def _is_readable(log: Path) -> bool:
    # os.path.isfile answers where Path.is_file raises: in a folder that must not be entered.
    return os.path.isfile(log) and os.access(log, os.R_OK)  # noqa: PTH113


def _describe(log: Path) -> tuple[datetime, str]:
    """When a session began, and its title; both guessed from the file if the log does not say."""
    with log.open("rb") as file:
        head = file.read(HEAD_BYTES).decode("utf-8", "replace")
    started, title = _from_markdown(head) if log.suffix == ".md" else _from_jsonl(log, head)
    modified = datetime.fromtimestamp(log.stat().st_mtime, UTC)
    return (_instant(started) or modified, title or log.parent.name)


def _from_markdown(head: str) -> tuple[str, str]:
    started = re.search(r"^started:[ \t]*[\"']?([^\s\"']+)", head, re.MULTILINE)
    title = re.search(r"^title:[ \t]*(.+)$", head, re.MULTILINE) or re.search(r"^# +(.+?)[ #]*$", head, re.MULTILINE)
    return (started[1] if started else "", title[1].strip().strip("\"'") if title else "")


def _from_jsonl(log: Path, head: str) -> tuple[str, str]:
    meta = _json_object(log.with_name("meta.json"))
    first = re.search(r'"(?:ts|timestamp)"\s*:\s*"([^"]+)"', head)
    started = meta.get("started_at") or (first[1] if first else "")
    return (str(started), str(meta.get("title") or ""))


def _json_object(path: Path) -> dict[str, object]:
    try:
        content = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def _instant(text: str) -> datetime | None:
    # Logs have nanoseconds, datetimes have microseconds.
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        instant = datetime.fromisoformat(shortened)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
