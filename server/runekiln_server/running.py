"""From "run this" to a request that the guest can carry out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import msgspec
from runekiln_analysis.entries import EntryParameter, NoEntry, ScriptEntry, choose_entry, entries
from runekiln_analysis.facts import Facts
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.outcomes import Limits
from runekiln_runtime.protocol import Argument, Dialect, FileArgument, JsonArgument, Run, SessionArgument, Source

from runekiln_server.kiln import Kiln, SessionFile
from runekiln_server.results import result_json
from runekiln_server.settings import RunSettings

__all__ = ["Needs", "PlannedRun", "RunRefused", "Wanted", "plan_run", "result_json", "session_parameter", "signature"]

SESSION_TYPES = frozenset({"Session", "SessionLog"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to be run: all of it may be left out. `arguments` are JSON texts, or files."""

    entry: str | None = None
    session: Path | None = None
    arguments: tuple[bytes | Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that is ready to go; `session` is the log that was taken for it.

    `inputs` are the texts that it is given, by their files; `None` for a file that is not there and could be.
    """

    request: Run
    limits: Limits
    entry: str
    session: Path | None
    inputs: Mapping[Path, bytes | None]


@dataclass(frozen=True, slots=True)
class Needs:
    """The choice is the user's: one of these entries, or one of these session logs."""

    message: str
    entries: tuple[str, ...] = ()
    sessions: tuple[SessionFile, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRefused:
    """What was asked for cannot be run; the message says what to do."""

    message: str


def plan_run(
    path: str,
    text: bytes,
    facts: Facts,
    bindings: Bindings,
    wanted: Wanted,
    settings: RunSettings,
    kiln: Kiln | None,
    dialect: Dialect = "module",
) -> PlannedRun | Needs | RunRefused:
    """Choose the entry of a script and its arguments; reads the session log and the files that are given.

    The session log goes to the first parameter that is a `Session`, or to the only parameter if nothing is known of
    it. The other parameters get the other arguments in order.
    """
    known = entries(facts.script, text, bindings)
    chosen = choose_entry(known, wanted.entry)
    if isinstance(chosen, NoEntry):
        names = tuple(entry.name for entry in known)
        return Needs(chosen.message, entries=names) if names and wanted.entry is None else RunRefused(chosen.message)
    log = _choose_session(chosen, wanted, settings, kiln)
    if isinstance(log, Needs | RunRefused):
        return log
    inputs: dict[Path, bytes | None] = {}
    arguments = _arguments(chosen, log, wanted.arguments, kiln, inputs)
    if isinstance(arguments, RunRefused):
        return arguments
    limits = Limits(
        seconds=settings.time_limit_seconds,
        memory_bytes=settings.memory_limit_megabytes * 1024 * 1024,
        output_bytes=settings.output_limit_bytes,
    )
    request = Run((Source(path, text),), chosen.name, arguments, limits.output_bytes, dialect)
    return PlannedRun(request, limits, chosen.name, log, MappingProxyType(inputs))


def session_parameter(entry: ScriptEntry) -> int | None:
    """Which parameter takes the session log: the first that is a Session, or the only one if nothing is known of it."""
    for number, parameter in enumerate(entry.parameters):
        if parameter.type in SESSION_TYPES:
            return number
    return 0 if len(entry.parameters) == 1 and entry.parameters[0].type is None else None


def _choose_session(
    entry: ScriptEntry, wanted: Wanted, settings: RunSettings, kiln: Kiln | None
) -> Path | Needs | RunRefused | None:
    """The log to take: the named one, else the one of the settings, else the kiln's only one."""
    number = session_parameter(entry)
    if number is None:
        return RunRefused(f"{signature(entry)} takes no session.") if wanted.session else None
    if wanted.session is not None or len(wanted.arguments) == len(entry.parameters):
        return wanted.session
    if settings.session is not None:
        return (kiln.root if kiln else Path()) / settings.session
    if entry.parameters[number].type is None:
        return None
    sessions = kiln.sessions() if kiln else ()
    if len(sessions) == 1:
        return sessions[0].path
    message = f"{signature(entry)} takes a session: name its log."
    return Needs(message, sessions=sessions) if sessions else RunRefused(message)


def _arguments(
    entry: ScriptEntry,
    log: Path | None,
    given: tuple[bytes | Path, ...],
    kiln: Kiln | None,
    inputs: dict[Path, bytes | None],
) -> tuple[Argument, ...] | RunRefused:
    """What the entry is called with; the files that were read for it are added to `inputs`."""
    taken = session_parameter(entry) if log is not None else None
    wanting = [parameter for number, parameter in enumerate(entry.parameters) if number != taken]
    if len(wanting) != len(given):
        return RunRefused(_wrong_number(entry, wanting, len(given)))
    arguments: list[Argument] = []
    argument: Argument | RunRefused
    for one, parameter in zip(given, wanting, strict=True):
        if isinstance(one, Path):
            argument = _file_argument(one, parameter, kiln, inputs)
        else:
            argument = _json_argument(one, parameter)
        if isinstance(argument, RunRefused):
            return argument
        arguments.append(argument)
    if log is not None and taken is not None:
        session = _read_session(log, inputs)
        if isinstance(session, RunRefused):
            return session
        arguments.insert(taken, session)
    return tuple(arguments)


def _json_argument(text: bytes, parameter: EntryParameter) -> JsonArgument | RunRefused:
    try:
        msgspec.json.decode(text)
    except RecursionError:
        return RunRefused(f"The argument for `{parameter.name}` nests too deeply.")
    except msgspec.DecodeError as error:
        reason = str(error).removeprefix("JSON is malformed: ")
        return RunRefused(
            f"The argument for `{parameter.name}` is not JSON: {reason}. Strings need quotes; a file is @FILE."
        )
    return JsonArgument(text, parameter.type)


def _file_argument(
    file: Path, parameter: EntryParameter, kiln: Kiln | None, inputs: dict[Path, bytes | None]
) -> FileArgument | RunRefused:
    try:
        text = file.read_bytes()
    except OSError as error:
        return RunRefused(f"The file {file} for `{parameter.name}` cannot be read: {error.strerror}.")
    inputs[file] = text
    absolute = file.absolute()
    is_inside = kiln is not None and absolute.is_relative_to(kiln.root)
    path = absolute.relative_to(kiln.root) if kiln is not None and is_inside else file
    return FileArgument(path.as_posix(), text, parameter.type)


def _read_session(log: Path, inputs: dict[Path, bytes | None]) -> SessionArgument | RunRefused:
    meta = log.with_name("meta.json")
    try:
        inputs[log] = text = log.read_bytes()
        inputs[meta] = read = meta.read_bytes() if meta.is_file() else None
    except OSError as error:
        return RunRefused(f"The session log {log} cannot be read: {error.strerror}.")
    return SessionArgument(log.as_posix(), text, read)


def _wrong_number(entry: ScriptEntry, wanting: list[EntryParameter], given: int) -> str:
    names = ", ".join(f"`{_shown(parameter)}`" for parameter in wanting)
    return f"{signature(entry)} needs {f'an argument for each of {names}' if names else 'no arguments'}; {given} given."


def signature(entry: ScriptEntry) -> str:
    """An entry as its author wrote it: `handle(callout: Callout)`."""
    return f"`{entry.name}({', '.join(_shown(parameter) for parameter in entry.parameters)})`"


def _shown(parameter: EntryParameter) -> str:
    return f"{parameter.name}: {parameter.type}" if parameter.type else parameter.name
