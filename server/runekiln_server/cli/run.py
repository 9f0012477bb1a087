"""`runekiln run`: one entry of a script, once or after every change."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import msgspec
from runekiln_analysis.facts import Facts
from runekiln_runtime.checkers import Checkers, Host
from runekiln_runtime.outcomes import Finished, NotCompiled, Outcome, Stats, Stop, Stopped, first_error
from runekiln_runtime.protocol import RunError, Warned
from runekiln_runtime.runner import Runner

from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.inputs import STDIN, KilnSettings, normal_path, read_file, read_if_there
from runekiln_server.cli.terminal import paint_for, say
from runekiln_server.kiln import Kiln
from runekiln_server.reports import outcome as drawn
from runekiln_server.reports.drawing import visible
from runekiln_server.results import named, result_json
from runekiln_server.running import Needs, PlannedRun, RunRefused, Wanted, plan_run
from runekiln_server.settings import Settings, dialect_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `run`."""
    parser.add_argument("script", metavar="SCRIPT", help="the script")
    parser.add_argument("entry", metavar="ENTRY", nargs="?", help="the entry (default: the only one, else `main`)")
    parser.add_argument("--session", metavar="FILE", type=Path, help="the session log for the entry's session")
    parser.add_argument(
        "--arg",
        metavar="JSON|@FILE",
        action="append",
        default=[],
        help="an argument as JSON, or made of a file, for the other parameters in order; may be repeated",
    )
    parser.add_argument("--watch", action="store_true", help="run again when the script, its modules or its log change")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is shown")
    parser.add_argument("--time-limit", metavar="SECONDS", type=float, help="end the run after that time")
    parser.add_argument("--memory-limit", metavar="MB", type=int, help="end the run when it needs more memory")


def run(options: argparse.Namespace) -> int:
    """Run the entry; 1 if the script fails."""
    script = Script.named(options)
    if options.watch:
        from runekiln_server.cli.watch import watch

        return watch(script, options.format)
    finished = script.run()
    show(finished, options.format)
    return exit_code(finished.outcome)


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """How a run went, and what is needed to show that: its inputs, the script's facts and the texts that ran."""

    outcome: Outcome
    inputs: Mapping[Path, bytes | None]
    facts: Facts
    texts: dict[str, bytes | None]
    settings: Settings

    def text_of(self, path: str) -> bytes | None:
        """The text of a file as it was when it ran."""
        return self.texts.get(path)


@dataclass(frozen=True, slots=True)
class Script:
    """A script that is run once or many times, with what it is run with."""

    path: str
    wanted: Wanted
    kiln: Kiln | None
    settings: Settings
    checkers: Checkers
    runner: Runner

    @staticmethod
    def named(options: argparse.Namespace) -> Script:
        """The script that the arguments mean. Raises UsageError."""
        if options.script == STDIN:
            raise UsageError("standard input cannot be run: name a file.")
        path = normal_path(options.script)
        read_file(Path(options.script))
        limits: dict[str, object] = {
            "run.timeLimitSeconds": options.time_limit,
            "run.memoryLimitMegabytes": options.memory_limit,
        }
        kiln, settings = KilnSettings(limits).of(path)
        arguments = tuple(map(_argument, options.arg))
        wanted = Wanted(options.entry, options.session, arguments)
        return Script(path, wanted, kiln, settings, Checkers.load(say), Runner.load(say))

    def run(self) -> FinishedRun:
        """Read everything, check it and run it. Raises UsageError if it is not clear what to run."""
        texts: dict[str, bytes | None] = {self.path: read_file(Path(self.path))}

        def read(path: str) -> bytes | None:
            if path not in texts:
                texts[path] = read_if_there(path)
            return texts[path]

        text = texts[self.path] or b""
        dialect = dialect_of(self.path, self.kiln.root if self.kiln else None, self.settings)
        setup = KilnSettings().host_of(self.path)
        texts.update({stub.path: stub.text for stub in setup.stubs})
        host = self.checkers.host(setup)
        _tell_broken(host, texts, self.settings)
        facts = host.checker.check(self.path, text, read, dialect)
        planned = plan_run(self.path, text, facts, host.bindings, self.wanted, self.settings.run, self.kiln, dialect)
        if isinstance(planned, PlannedRun):
            with _stop_on_interrupt() as stop:
                outcome = self.runner.run(planned.request, planned.limits, stop, read, host.setup)
            return FinishedRun(outcome, planned.inputs, facts, texts, self.settings)
        # Whoever has broken the head of an entry wants to hear of that, not of a missing entry.
        error = first_error(facts.files)
        if error is None:
            raise UsageError(_advice(planned))
        outcome = NotCompiled(facts.files, error, "", (), Stats(0, 0, 0))
        return FinishedRun(outcome, {}, facts, texts, self.settings)


def _tell_broken(host: Host, texts: dict[str, bytes | None], settings: Settings) -> None:
    """Say what is wrong in stubs, which is not bound; the script may do without."""
    if broken := tuple(stub for stub in host.files if stub.path in host.broken):
        say(drawn.draw_problems(broken, texts.get, settings.diagnostics.severity, paint_for(sys.stderr)))


def exit_code(outcome: Outcome) -> int:
    """What the command ends with after this run."""
    match outcome:
        case Finished():
            return exit_codes.FINE
        case Stopped(error=RunError(code="user-stop")):
            return exit_codes.INTERRUPTED
        case _:
            return exit_codes.PROBLEMS


@contextmanager
def _stop_on_interrupt() -> Iterator[Stop]:
    """A Ctrl-C within ends the run only: what it has printed and the line that was running are still shown."""
    stop = Stop()
    before = signal.signal(signal.SIGINT, lambda number, frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def show(finished: FinishedRun, wanted: str) -> None:
    """Print the result: as JSON, or the value on standard output and all that went wrong on standard error."""
    if wanted == "json":
        print_json(result_json(finished.outcome, finished.text_of, finished.facts))
    else:
        _show_text(finished)


def print_json(document: object) -> None:
    """Print one JSON document in one line."""
    sys.stdout.write(msgspec.json.encode(document).decode() + "\n")
    sys.stdout.flush()


def _argument(written: str) -> bytes | Path:
    """What is written behind `--arg`: a file's name begins with `@`, which no JSON does."""
    if written.startswith("@"):
        return Path(written[1:])
    return written.encode("utf-8", "surrogateescape")


def _show_text(finished: FinishedRun) -> None:
    outcome, paint = finished.outcome, paint_for(sys.stderr)
    _print_warnings(outcome.warnings)
    if isinstance(outcome, Finished):
        workflow = drawn.is_workflow(outcome.value)
        # A workflow goes into a file or a pipe: nothing else may stand in it.
        _print(outcome.output, sys.stderr if workflow else sys.stdout)
        _print(drawn.value_text(outcome.value), sys.stdout)
        return
    _print(outcome.output, sys.stdout)
    if isinstance(outcome, NotCompiled):
        severities = finished.settings.diagnostics.severity
        say(drawn.draw_problems(outcome.files, finished.text_of, severities, paint))
    else:
        say(drawn.draw_error(named(outcome.error, finished.facts), finished.text_of, paint))


def _print_warnings(warnings: Iterable[Warned]) -> None:
    for warning in warnings:
        say(drawn.draw_warning(warning, paint_for(sys.stderr)))


def _print(text: str, stream: TextIO) -> None:
    """Print a text that may or may not end with its line."""
    if text:
        print(text, end="" if text.endswith("\n") else "\n", file=stream, flush=True)


def _advice(refused: Needs | RunRefused) -> str:
    if isinstance(refused, RunRefused):
        return refused.message
    lines = [f"  --session {normal_path(os.path.relpath(log.path))}   {visible(log.title)}" for log in refused.sessions]
    return "\n".join([refused.message, *lines])
