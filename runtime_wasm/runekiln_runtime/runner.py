"""One run of a script: an engine, a store and an instance of its own, thrown away afterwards."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TypeVar

import msgspec
from runekiln_analysis.facts import Offsets

from runekiln_runtime.code_cache import Code, OnProgress, load_code
from runekiln_runtime.deep_stack import DeepStack, Overdue
from runekiln_runtime.errors import BadMessage, GuestDied
from runekiln_runtime.guest import FLAG_OUT_OF_MEMORY, Cell, Guest
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
    first_error,
)
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Frame, NeedSources, Ran, Response, Run, RunError
from runekiln_runtime.sources import Read, Sources
from runekiln_runtime.stub_files import HostSetup

Cut = TypeVar("Cut", Failed, OutOfTime, Stopped)
PLAIN = HostSetup()
NESTED_TOO_DEEPLY = "calls nest too deeply through a function of Rune itself, such as `map`, or a value contains itself"

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
        return Runner(load_code(guest, on_progress))

    def run(
        self,
        request: Run,
        limits: Limits,
        stop: Stop | None = None,
        read: Read = _no_such_file,
        host: HostSetup | None = PLAIN,
    ) -> Outcome:
        """Run to the end, and wait for it.

        The `mod` files that are not among `request.sources` are asked for by `read`; what the script is given is that
        of `host`, or the guest's own types and nothing else. Raises GuestError only if our side is broken.
        """
        sources = Sources(request.sources, read)
        attempt = _Attempt(Guest(self._code, limits.memory_bytes, limits.fuel_given), sources, limits)
        stop = stop or Stop()
        stop.connect(attempt.guest.interrupt)
        try:
            with DeepStack() as stack:
                response = stack.call(
                    lambda: _converse(attempt.guest, host, request, sources), attempt.guest.interrupt, limits.seconds
                )
        except Overdue:
            return attempt.interrupted(stop)
        except GuestDied as died:
            return attempt.interrupted(stop) if died.kind == "interrupted" else attempt.died(died)
        finally:
            stop.connect(None)
        if not isinstance(response, Ran):
            raise BadMessage(f"The guest answered `{type(response).__name__}` to a run.")
        return attempt.ended(response)


def _converse(guest: Guest, host: HostSetup | None, request: Run, sources: Sources) -> Response:
    """Ask for the run, again with more files for as long as the guest needs them."""
    if host is not None:
        guest.bind(host.request())
    while isinstance(response := guest.ask(msgspec.structs.replace(request, sources=sources.all())), NeedSources):
        sources.answer(response)
    return response


class _Attempt:
    """One run and what is known of it when it is over."""

    def __init__(self, guest: Guest, sources: Sources, limits: Limits) -> None:
        self.guest = guest
        self._sources = sources
        self._limits = limits
        self._started = time.perf_counter()

    def ended(self, ran: Ran) -> Outcome:
        """The outcome of a run that the guest itself brought to an end."""
        stats = self._stats()
        error = ran.error or RunError(ran.outcome, f"The guest gives no reason for `{ran.outcome}`.")
        match ran.outcome:
            case "finished" if ran.value is not None:
                return Finished(ran.value, ran.output, ran.warnings, stats)
            case "finished":
                raise BadMessage("The guest finished a run without a value.")
            case "not-compiled":
                return NotCompiled(ran.files, first_error(ran.files) or error, ran.output, ran.warnings, stats)
            case "stopped":
                return Stopped(error, ran.output, ran.warnings, stats)
            case "failed" if self.guest.cell().flags & FLAG_OUT_OF_MEMORY:
                return self._out_of_memory(ran.output, error.frames)
            case "failed":
                return Failed(error, ran.output, ran.warnings, stats)

    def interrupted(self, stop: Stop) -> Outcome:
        """The outcome of a run that the host ended, by the button or by the clock."""
        if stop.is_set():
            return self._cut(Stopped, "user-stop", "stopped by the user")
        seconds = self._limits.seconds
        unit = "second" if seconds == 1 else "seconds"
        return self._cut(OutOfTime, "out-of-time", f"not finished after {seconds:g} {unit}")

    def died(self, died: GuestDied) -> Outcome:
        """The outcome of a run whose guest trapped."""
        match died.kind:
            case "out-of-fuel":
                message = f"not finished after {self._limits.fuel_given} instructions"
                return self._cut(OutOfTime, "out-of-fuel", message)
            case "out-of-memory":
                return self._out_of_memory(self.guest.cell().output.decode("utf-8", "replace"), ())
            case "stack-overflow":
                return self._cut(Failed, "stack-overflow", NESTED_TOO_DEEPLY)
            case _:
                return self._cut(Failed, "guest-panic", f"the Rune runtime itself failed: {died}")

    def _out_of_memory(self, output: str, frames: tuple[Frame, ...]) -> OutOfMemory:
        """The same outcome whether the guest could still say so or not: recursion often ends in a last clean error."""
        message = f"needs more than {self._limits.memory_bytes // (1024 * 1024)} MB of memory"
        error = RunError("out-of-memory", message, frames or self._running_frame(self.guest.cell()))
        return OutOfMemory(error, output, (), self._stats())

    def _cut(self, kind: type[Cut], code: str, message: str) -> Cut:
        """The outcome with what is left in the guest's memory: its output, and the place that was running."""
        cell = self.guest.cell()
        error = RunError(code, message, self._running_frame(cell))
        return kind(error, cell.output.decode("utf-8", "replace"), (), self._stats())

    def _running_frame(self, cell: Cell) -> tuple[Frame, ...]:
        """The place that was running, unless the guest had not come to the script yet."""
        # The guest counts the files that it was last given, those of modules and those that do not exist among them.
        sources = self._sources.all()
        if cell.end == 0 or cell.source >= len(sources):
            return ()
        span: Offsets = (cell.start, cell.end)
        return (Frame(sources[cell.source].path, span, ""),)

    def _stats(self) -> Stats:
        milliseconds = round((time.perf_counter() - self._started) * 1000, 3)
        fuel = self._limits.fuel_given - self.guest.cell().fuel
        return Stats(milliseconds, fuel, self.guest.memory_bytes())
