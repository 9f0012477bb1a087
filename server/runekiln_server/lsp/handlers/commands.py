"""What the editor can have done: run, pin, stop, and ask what there is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from runekiln_server.kiln import Kiln, SessionFile
from runekiln_server.lsp import documents, uris
from runekiln_server.lsp.commands import DOCTOR, PIN, RUN, SESSIONS, SHOW_REFERENCES, STOP, UNPIN
from runekiln_server.lsp.protocol import RequestFailed
from runekiln_server.lsp.reload import report
from runekiln_server.lsp.runs import Ended
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.threads import in_thread
from runekiln_server.running import Needs, RunRefused, Wanted


class Point(msgspec.Struct, frozen=True):
    """A position as the client counts."""

    line: int
    character: int


class Stretch(msgspec.Struct, frozen=True):
    """A range as the client counts."""

    start: Point
    end: Point


class PlaceToShow(msgspec.Struct, frozen=True):
    """A place that a lens leads to."""

    uri: str
    range: Stretch


class Target(msgspec.Struct, frozen=True):
    """The one argument of each command; what is left out is chosen by the server."""

    uri: str | None = None
    entry: str | None = None
    session: str | None = None
    arguments: tuple[Any, ...] | None = None  # any JSON values
    places: tuple[PlaceToShow, ...] = ()


async def on_execute_command(ls: RuneServer, params: lsp.ExecuteCommandParams) -> object:
    """Carry out a command of ours."""
    command = CARRIED_OUT_BY.get(params.command)
    if command is None:
        raise JsonRpcInvalidParams(f"There is no command {params.command}.")
    given = (params.arguments or [None])[0]
    try:
        target = msgspec.convert(given if given is not None else {}, Target)
    except msgspec.ValidationError as error:
        raise JsonRpcInvalidParams(f"{params.command} cannot take that: {error}.") from error
    return await command(ls, target)


async def run(ls: RuneServer, target: Target) -> object:
    """Run an entry and answer with its result, or with what is to be chosen first."""
    ended = await _run(ls, target)
    if isinstance(ended, Ended):
        report(ls, ended, "command")
        return ended.result
    return _choices(ended)


async def pin(ls: RuneServer, target: Target) -> object:
    """Run an entry, and again after every save."""
    ended = await _run(ls, target)
    if isinstance(ended, Ended):
        ls.reloader.pin(ended.pin)
        report(ls, ended, "command")
        return ended.result
    return _choices(ended)


async def unpin(ls: RuneServer, target: Target) -> object:
    """Leave an entry alone again, or all of a script's."""
    ls.reloader.unpin(uris.to_key(_uri(ls, target)), target.entry)
    return None


async def stop(ls: RuneServer, target: Target) -> object:
    """End the runs of a script, or all; the answer is how many there were."""
    return ls.runs.stop(None if target.uri is None else uris.to_key(target.uri))


async def sessions(ls: RuneServer, target: Target) -> object:
    """The session logs of the script's kiln, the newest first."""
    kiln = documents.kiln_folder(uris.to_path(_uri(ls, target)))
    if kiln is None:
        return []
    return _listed(await in_thread(Kiln(kiln).sessions))


async def doctor(ls: RuneServer, target: Target) -> object:
    """What was found on this machine and what is missing, as text."""
    start = Path(uris.to_path(_uri(ls, target))).parent if target.uri or ls.world.last_touched else None
    return await in_thread(lambda: _examined(start))


async def show_references(ls: RuneServer, target: Target) -> object:
    """Lead to the places of a lens, for a client that has no list of its own for them: to the first, or in words.

    The answer is how many there are.
    """
    if target.places and ls.client.shows_documents:
        first = target.places[0]
        start, end = (lsp.Position(point.line, point.character) for point in (first.range.start, first.range.end))
        params = lsp.ShowDocumentParams(first.uri, take_focus=True, selection=lsp.Range(start, end))
        await ls.ask(lsp.WINDOW_SHOW_DOCUMENT, params)
    elif target.places:
        lines = (f"{uris.to_path(place.uri)}:{place.range.start.line + 1}" for place in target.places)
        message = lsp.ShowMessageParams(lsp.MessageType.Info, "\n".join(lines))
        ls.protocol.notify(lsp.WINDOW_SHOW_MESSAGE, message)
    return len(target.places)


CARRIED_OUT_BY: dict[str, Callable[[RuneServer, Target], Awaitable[object]]] = {
    RUN: run,
    PIN: pin,
    UNPIN: unpin,
    STOP: stop,
    SESSIONS: sessions,
    DOCTOR: doctor,
    SHOW_REFERENCES: show_references,
}


async def _run(ls: RuneServer, target: Target) -> Ended | Needs:
    uri = _uri(ls, target)
    wanted = Wanted(
        entry=target.entry,
        session=None if target.session is None else _session_path(uri, target.session),
        arguments=tuple(msgspec.json.encode(argument) for argument in target.arguments or ()),
    )
    # Helix and others can pass no arguments: they get the newest session rather than a question.
    ended = await ls.run(uri, wanted, newest=target == Target())
    if isinstance(ended, RunRefused):
        raise RequestFailed(ended.message)
    return ended


def _uri(ls: RuneServer, target: Target) -> str:
    """The script that is meant: the named one, or the one that was touched last."""
    if target.uri is not None:
        return target.uri
    document = ls.world.documents.get(ls.world.last_touched or "")
    if document is None:
        raise RequestFailed("No script is open. Open one, or name it.")
    return document.uri


def _session_path(uri: str, session: str) -> Path:
    """The path of a session log; a relative one starts at the kiln."""
    path = Path(uris.to_path(session) if session.startswith("file:") else session)
    script = uris.to_path(uri)
    return (documents.kiln_folder(script) or Path(script).parent) / path


def _examined(start: Path | None) -> str:
    # Looking at the guest takes wasmtime, for which nothing but this command should wait.
    from runekiln_server.health import examine

    lines = []
    for finding in examine(start):
        lines.append(f"{finding.state}: {finding.name}: {finding.detail}")
        lines.extend([f"    {finding.advice}"] if finding.advice else [])
    return "\n".join(lines)


def _choices(needs: Needs) -> dict[str, object]:
    if needs.sessions:
        return {"needs": {"session": _listed(needs.sessions)}}
    return {"needs": {"entry": list(needs.entries)}}


def _listed(sessions: tuple[SessionFile, ...]) -> list[dict[str, str]]:
    return [{"path": str(session.path), "title": session.title} for session in sessions]
