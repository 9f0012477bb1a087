"""One run of a script: an engine, a store and an instance of its own, thrown away afterwards."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
from runekiln_analysis.facts import Offsets

from runekiln_runtime.code_cache import Code, OnProgress, load_code
from runekiln_runtime.deep_stack import Overdue, call_with_deep_stack
from runekiln_runtime.engine import RUNNING
from runekiln_runtime.errors import BadMessage, GuestDied, TrapKind
from runekiln_runtime.guest import FLAG_OUT_OF_MEMORY, FLAG_OUTPUT_LIMIT, Cell, Guest
from runekiln_runtime.outcomes import (
    Failed,
    Finished,
    Limits,
    NotCompiled,
    Outcome,
    OutOfMemory,
    OutOfTime,
    Stats,
    Stop,
    Stopped,
)
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Frame, NeedSources, Ran, Response, Run, RunError
from runekiln_runtime.sources import Read, Sources

__all__ = ["Limits", "Outcome", "Runner", "Stop"]


def _no_such_file(path: str) -> bytes | None:
    return None


class Runner:
    """Runs scripts; the compiled code is shared, everything else is made for each run. Any thread may use it."""

    def __init__(self, code: Code) -> None:
        self._code = code

    @staticmethod
    def load(on_progress: OnProgress | None = None, guest: Path = GUEST_FILE) -> Runner:
        """Load the guest; says so by `on_progress` if its code must be compiled first, which takes seconds.

        Raises GuestMissing, GuestTooOld or GuestDamaged.
        """
        return Runner(load_code(guest, RUNNING, on_progress))

    def run(self, request: Run, limits: Limits, stop: Stop | None = None, read: Read = _no_such_file) -> Outcome:
        """Run to the end, and wait for it.

        The `mod` files that are not among `request.sources` are asked for by `read`. Raises GuestError only if our
        side is broken.
        """
        stop = stop or Stop()
        started = time.perf_counter()
        guest = Guest(self._code, limits.memory_bytes, limits.fuel_given)
        stop.connect(guest.interrupt)
        try:
            response = call_with_deep_stack(lambda: _converse(guest, request, read), guest.interrupt, limits.seconds)
        except Overdue as overdue:
            return _ended("interrupted", str(overdue.__cause__), guest, request, limits, stop, started)
        except GuestDied as died:
            return _ended(died.kind, str(died), guest, request, limits, stop, started)
        finally:
            stop.connect(None)
        if not isinstance(response, Ran):
            raise BadMessage(f"The guest answered `{type(response).__name__}` to a run.")
        return _outcome(response, _stats(guest, limits, started))


def _converse(guest: Guest, request: Run, read: Read) -> Response:
    """Ask for the run, again with more files for as long as the guest needs them."""
    sources = Sources(request.sources, read)
    while isinstance(response := guest.ask(msgspec.structs.replace(request, sources=sources.all())), NeedSources):
        sources.answer(response)
    return response


def _outcome(ran: Ran, stats: Stats) -> Outcome:
    """The outcome of a run that the guest itself brought to an end."""
    error = ran.error or RunError(ran.outcome, f"The guest gives no reason for `{ran.outcome}`.")
    match ran.outcome:
        case "finished" if ran.value is not None:
            return Finished(ran.value, ran.output, ran.warnings, stats)
        case "finished":
            raise BadMessage("The guest finished a run without a value.")
        case "not-compiled":
            return NotCompiled(ran.files, error, ran.output, ran.warnings, stats)
        case "stopped":
            return Stopped(error, ran.output, ran.warnings, stats)
        case "failed":
            return Failed(error, ran.output, ran.warnings, stats)


def _ended(
    kind: TrapKind, reason: str, guest: Guest, request: Run, limits: Limits, stop: Stop, started: float
) -> Outcome:
    """The outcome of a run that was ended from outside, or died: told from what is left in its memory."""
    cell, stats = guest.cell(), _stats(guest, limits, started)
    output = cell.output.decode("utf-8", "replace")
    frames = _running_frame(cell, request)

    def error(code: str, message: str) -> RunError:
        return RunError(code, message, frames)

    if cell.flags & FLAG_OUTPUT_LIMIT:
        message = f"stopped after {limits.output_bytes} bytes of output"
        return Stopped(error("output-limit", message), output, (), stats)
    if kind == "interrupted" and stop.is_set():
        return Stopped(error("user-stop", "stopped by the user"), output, (), stats)
    if kind == "interrupted":
        return OutOfTime(error("out-of-time", f"not finished after {limits.seconds:g} seconds"), output, (), stats)
    if kind == "out-of-fuel":
        message = f"not finished after {limits.fuel_given} instructions"
        return OutOfTime(error("out-of-fuel", message), output, (), stats)
    if kind == "out-of-memory" or cell.flags & FLAG_OUT_OF_MEMORY:
        message = f"needs more than {limits.memory_bytes // (1024 * 1024)} MB of memory"
        return OutOfMemory(error("out-of-memory", message), output, (), stats)
    if kind == "stack-overflow":
        message = "calls nest too deeply through a function of Rune itself, such as `map`, or a value contains itself"
        return Failed(error("stack-overflow", message), output, (), stats)
    return Failed(error("guest-panic", f"the Rune runtime itself failed: {reason}"), output, (), stats)


def _running_frame(cell: Cell, request: Run) -> tuple[Frame, ...]:
    """The place that was running, unless the guest had not come to the script yet."""
    if cell.end == 0 or cell.source >= len(request.sources):
        return ()
    span: Offsets = (cell.start, cell.end)
    return (Frame(request.sources[cell.source].path, span, ""),)


def _stats(guest: Guest, limits: Limits, started: float) -> Stats:
    milliseconds = round((time.perf_counter() - started) * 1000, 3)
    return Stats(milliseconds, limits.fuel_given - guest.fuel_left(), guest.memory_bytes())
