"""Runs of entries: each in a thread of its own, each with a button that ends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from runekiln_runtime.outcomes import NotCompiled, Outcome, Stop

from runekiln_server.kiln import Kiln
from runekiln_server.lsp.threads import in_thread
from runekiln_server.lsp.uris import key_of_path
from runekiln_server.running import Needs, PlannedRun, RunRefused, Wanted, plan_run, result_json
from runekiln_server.world import Document, Key, Known, Pin, World, dialect_of, settings_of

if TYPE_CHECKING:
    # Importing it imports wasmtime, which only the first run has to wait for.
    from runekiln_runtime.runner import Runner


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to an end, its result as clients get it, and the pin that would repeat it."""

    compiled: bool
    result: dict[str, Any]
    pin: Pin


class Runs:
    """The runs that are under way. Everything here happens in the event loop's thread but the runs themselves."""

    def __init__(
        self,
        load: Callable[[Callable[[str], None]], Runner],
        show: Callable[[str, asyncio.Future[Any]], None],
    ) -> None:
        self._load = load
        self._show = show
        self._runner: asyncio.Future[Runner] | None = None
        self._under_way: dict[Stop, Key] = {}

    def stop(self, key: Key | None) -> int:
        """End the runs of that script, or all; returns how many there were."""
        stops = [stop for stop, running in self._under_way.items() if key in (None, running)]
        for stop in stops:
            stop.set()
        return len(stops)

    async def run(
        self, world: World, known: Known, document: Document, wanted: Wanted, newest: bool
    ) -> Ended | Needs | RunRefused:
        """Run an entry of a script to its end; with `newest`, an unnamed session is the newest of the kiln's.

        Cancelling it stops the run. Raises GuestError if our side is broken.
        """
        stop = Stop()
        self._under_way[stop] = document.key
        try:
            runner = await self._loaded()
            return await in_thread(lambda: _run(runner, world, known, document, wanted, newest, stop))
        except asyncio.CancelledError:
            stop.set()
            raise
        finally:
            del self._under_way[stop]

    async def _loaded(self) -> Runner:
        if self._runner is None or (self._runner.done() and self._runner.exception() is not None):
            loop = asyncio.get_running_loop()

            def say(message: str) -> None:
                loop.call_soon_threadsafe(self._show, message, runner)

            self._runner = runner = in_thread(lambda: self._load(say))
        # Shielded: whoever cancels the first run must not take the runner from the second.
        return await asyncio.shield(self._runner)


def _run(
    runner: Runner,
    world: World,
    known: Known,
    document: Document,
    wanted: Wanted,
    newest: bool,
    stop: Stop,
) -> Ended | Needs | RunRefused:
    """Plan and carry out a run; blocks."""
    kiln = Kiln(document.kiln) if document.kiln is not None else None

    def plan(wanted: Wanted) -> PlannedRun | Needs | RunRefused:
        return plan_run(
            document.path,
            document.text,
            known.facts,
            known.bindings,
            wanted,
            settings_of(world, document).run,
            kiln,
            dialect_of(world, document),
        )

    planned = plan(wanted)
    if newest and isinstance(planned, Needs) and planned.sessions:
        planned = plan(Wanted(wanted.entry, planned.sessions[0].path, wanted.arguments))
    if not isinstance(planned, PlannedRun):
        return planned
    outcome = runner.run(replace(planned.request, sources=known.given), planned.limits, stop, host=known.setup)
    return Ended(
        compiled=not isinstance(outcome, NotCompiled),
        result=_result(known, document, planned, outcome),
        pin=Pin(
            uri=document.uri,
            key=document.key,
            entry=planned.entry,
            session=planned.session,
            arguments=wanted.arguments,
            inputs=MappingProxyType({**known.sources, **_stubs(world, document), **_files(planned)}),
        ),
    )


def _result(known: Known, document: Document, planned: PlannedRun, outcome: Outcome) -> dict[str, Any]:
    texts = {source.path: source.text for source in known.given}
    return {**result_json(outcome, texts.get, known.facts), "uri": document.uri, "entry": planned.entry}


def _stubs(world: World, document: Document) -> dict[Key, bytes | None]:
    """The texts of the stubs of the script's kiln."""
    on_disk = world.stubs.get(document.kiln, ()) if document.kiln is not None else ()
    opened = world.documents
    return {stub.key: opened[stub.key].text if stub.key in opened else stub.source.text for stub in on_disk}


def _files(planned: PlannedRun) -> dict[Key, bytes | None]:
    """The texts of the files that a run was given."""
    return {key_of_path(path.as_posix()): text for path, text in planned.inputs.items()}
