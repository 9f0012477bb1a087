"""How a run ended: data, whatever the script did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from runekiln_analysis.facts import FileFacts

from runekiln_runtime.protocol import Frame, RunError, Value, Warned

FUEL_PER_SECOND = 1_000_000_000
"""More than any machine burns in a second: the deadline ends a run first, fuel is the guard behind it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use up. `fuel` counts the script's instructions; None is more than it can burn in `seconds`."""

    seconds: float = 10.0
    fuel: int | None = None
    memory_bytes: int = 256 * 1024 * 1024
    output_bytes: int = 1024 * 1024

    @property
    def fuel_given(self) -> int:
        """The fuel to start with."""
        return self.fuel if self.fuel is not None else min(int(self.seconds * FUEL_PER_SECOND) + 1, 2**63)


@dataclass(frozen=True, slots=True)
class Stats:
    """What a run used up."""

    milliseconds: float
    fuel: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The entry returned `value`, which may well be an `Err(…)`."""

    value: Value
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class NotCompiled:
    """The script has errors, which are among the problems of `files`; nothing ran."""

    files: tuple[FileFacts, ...]
    error: RunError
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class Failed:
    """The script panicked or did what cannot be done; also `stack-overflow` and `guest-panic`."""

    error: RunError
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """The deadline passed (`out-of-time`) or the fuel was burnt (`out-of-fuel`); the first frame is what ran then."""

    error: RunError
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The script wanted more memory than the limit; so ends recursion without end."""

    error: RunError
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody stopped it (`user-stop`), or it printed more than allowed (`output-limit`)."""

    error: RunError
    output: str
    warnings: tuple[Warned, ...]
    stats: Stats


Outcome = NotCompiled | Finished | Failed | OutOfTime | OutOfMemory | Stopped


def first_error(files: tuple[FileFacts, ...]) -> RunError | None:
    """The first error of a script that does not compile, as the reason why it did not run."""
    for file in files:
        for problem in file.problems:
            if problem.severity == "error":
                return RunError(problem.code, problem.message, (Frame(file.path, file.span_of(problem), ""),))
    return None


class Stop:
    """A button that ends a run within milliseconds; any thread may press it, before or during the run."""

    def __init__(self) -> None:
        self._pressed = threading.Event()
        self._interrupt: Callable[[], None] | None = None

    def set(self) -> None:
        """End the run."""
        self._pressed.set()
        interrupt = self._interrupt
        if interrupt is not None:
            interrupt()

    def is_set(self) -> bool:
        """Whether it has been pressed."""
        return self._pressed.is_set()

    def connect(self, interrupt: Callable[[], None] | None) -> None:
        """Say how to end what runs now; None afterwards."""
        self._interrupt = interrupt
        # Pressed between the two: the run ends at its first step.
        if interrupt is not None and self.is_set():
            interrupt()
