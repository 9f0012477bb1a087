"""The language server: events go in here, and what follows from the next world goes out."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from msgspec.structs import replace
from pygls.exceptions import JsonRpcContentModified, JsonRpcException, JsonRpcInternalError
from pygls.server import JsonRPCServer
from runekiln_analysis.facts import FileFacts, Offsets
from runekiln_analysis.stubs import Place
from runekiln_analysis.text import LineIndex
from runekiln_runtime.errors import GuestError
from runekiln_runtime.protocol import Formatted

from runekiln_server.kiln import find_kiln
from runekiln_server.lsp import documents, uris, watch
from runekiln_server.lsp.checking import Job, read_file
from runekiln_server.lsp.client import Client
from runekiln_server.lsp.configuration import SECTION, Configuration
from runekiln_server.lsp.confirm import Confirmer
from runekiln_server.lsp.lane import Lane, Superseded
from runekiln_server.lsp.offered import Offered
from runekiln_server.lsp.problems import look_ahead
from runekiln_server.lsp.progress import Progress
from runekiln_server.lsp.protocol import RequestFailed, RuneProtocol
from runekiln_server.lsp.publish import Publisher
from runekiln_server.lsp.pull import Puller
from runekiln_server.lsp.shown import Published
from runekiln_server.lsp.survey import Survey
from runekiln_server.lsp.threads import in_thread
from runekiln_server.lsp.transport import Json
from runekiln_server.session import Checked, Configured, Edited, Event, FilesChanged, Ran, Session, Unanswered
from runekiln_server.world import (
    Document,
    Key,
    Known,
    World,
    dialect_of,
    document_at,
    host_of,
    hosts,
    is_current,
    names_of,
    owners,
    unchecked,
)

if TYPE_CHECKING:
    # What runs scripts or looks into them is imported when it is first needed, not before `initialize` is answered.
    from runekiln_analysis.snapshot import Snapshot
    from runekiln_runtime.runner import Runner

    from runekiln_server.lsp.app import Capability
    from runekiln_server.lsp.handlers.semantic_tokens import Painted
    from runekiln_server.lsp.names import Names
    from runekiln_server.lsp.reload import Reloader
    from runekiln_server.lsp.runs import Ended, Runs
    from runekiln_server.running import Needs, RunRefused, Wanted

logger = logging.getLogger(__name__)

Of = TypeVar("Of")

Describe = Callable[[Client], lsp.ServerCapabilities]
"""What the server can do for that client."""


class RuneServer(JsonRPCServer):
    """Wires the parts together. Handlers get it as their first argument."""

    protocol: RuneProtocol

    def __init__(
        self,
        lane: Lane,
        load_runner: Callable[[Callable[[str], None]], Runner],
        capabilities: Iterable[Capability],
        describe: Describe,
        end: Callable[[int], None],
    ) -> None:
        super().__init__(RuneProtocol, get_converter)
        self.describe = describe
        self.end = end
        self.session = Session()
        self.client = Client()
        self.configuration = Configuration()
        self.progress = Progress(self)
        self._load_runner = load_runner
        self._lane = lane
        self._confirmer = Confirmer(lane.load_another, self._correct)
        self._publisher = Publisher(self.client, self._publish)
        self.puller = Puller(self.client, self._refresh_diagnostics)
        self.survey = Survey(self)
        self.folders: tuple[Path, ...] = ()
        self.has_edit_to_hear: Callable[[], bool] = lambda: False
        self._unwanted = itertools.count(-1, -1)
        self._watcher: watch.Watcher | None = None
        self._told: set[str] = set()
        self._host_places: Mapping[tuple[str, str], Place] | None = None
        self.painted: dict[Key, Painted] = {}
        self.offered = Offered()
        self._capabilities = tuple(capabilities)
        self._take_on("lifecycle")
        ready = asyncio.wrap_future(lane.ready)
        ready.add_done_callback(self._on_guest)
        lane.attach(self._deliver, lambda message: self.progress.show(message, ready))

    @property
    def world(self) -> World:
        """All that is known now."""
        return self.session.world

    @cached_property
    def runs(self) -> Runs:
        """The runs that are under way."""
        from runekiln_server.lsp.runs import Runs

        return Runs(self._load_runner, self.progress.show)

    @cached_property
    def reloader(self) -> Reloader:
        """What runs pinned entries again."""
        from runekiln_server.lsp.reload import Reloader

        return Reloader(self)

    @cached_property
    def names(self) -> Names:
        """What reads the names of kilns."""
        from runekiln_server.lsp.names import Names

        return Names(self)

    def document(self, uri: str) -> Document | None:
        """The open document that the client calls `uri`, however it spells that."""
        return document_at(self.world, uri) or self.world.documents.get(uris.to_key(uri))

    def greet(self, client: Client) -> None:
        """Learn what the client can do, before anything else happens."""
        self.client = client
        self._publisher = Publisher(client, self._publish)
        self.puller = Puller(client, self._refresh_diagnostics)
        # While the client reads the answer to `initialize`, the rest of us is imported.
        asyncio.get_running_loop().call_soon(self._take_on, None)

    def watch_ourselves(self) -> None:
        """Watch files, for a client that does not."""
        self._watcher = watch.Watcher(self.files_changed)
        self.watch_again()

    def watch_again(self) -> None:
        """Watch what matters by now, if it is we who watch."""
        if self._watcher is not None:
            others = self.survey.folders | self.names.folders | watch.folders_of_stubs(self.world)
            self._watcher.watch(self.world, others)

    def handle(self, event: Event) -> None:
        """Go on to the world after `event`: check what is to be checked, show what is to be shown."""
        before = self.world
        after = self.session.handle(event)
        for root in before.wanted.keys() - after.wanted.keys():
            self._lane.forget(root)
        wanted = [(root, new) for root, new in unchecked(after) if before.wanted.get(root) != new]
        # A request that has come behind it would wait for this check in any case.
        if len(wanted) == 1 and isinstance(event, Edited) and not self.has_edit_to_hear():
            found = self._lane.at_once(Job(*wanted[0], after), look_ahead)
            if found is not None:
                after, wanted = self.session.handle(Checked(found)), []
        for root, generation in wanted:
            self._lane.want(Job(root, generation, after))
        self._publisher.update(before, after)
        self.puller.update(before, after)
        self.survey.update(before, after)
        self.names.update(before, after)
        self._confirmer.update(before, after)
        if _watches_else(before, after):
            self.watch_again()

    def configure(self, *kilns: Path | None) -> None:
        """Read all settings and stubs again, those of `kilns` as well, and tell about mistakes in them once each."""
        found = self.configuration.resolve({None, *kilns, *self.world.settings})
        if found.settings != self.world.settings or found.stubs != self.world.stubs:
            before = self.world
            self.handle(Configured(found.settings, found.stubs))
            self._refresh_shown(before)
        for mistake in found.mistakes:
            self.tell_once(f"Runekiln passes over a setting. {mistake}")

    @property
    def kilns(self) -> tuple[Path, ...]:
        """The kilns that scripts are open from, and those of the editor's folders."""
        found = (find_kiln(folder) for folder in self.folders)
        kilns = {kiln.root for kiln in found if kiln is not None} | {kiln for kiln in self.world.settings if kiln}
        return tuple(sorted(kilns))

    async def ask_settings(self, *kilns: Path | None) -> None:
        """Ask the client for its settings of those kilns, and of everything for None."""
        if not self.client.configuration or not kilns:
            return
        scopes = [uris.from_path(kiln.as_posix()) if kiln is not None else None for kiln in kilns]
        wanted = lsp.ConfigurationParams([lsp.ConfigurationItem(scope, SECTION) for scope in scopes])
        answers = await self.ask(lsp.WORKSPACE_CONFIGURATION, wanted)
        for kiln, answer in zip(kilns, answers or (), strict=False):
            if kiln is None:
                self.configuration.take(answer)
            else:
                self.configuration.take_of(kiln, answer)
        self.configure(*kilns)

    async def ask(self, method: str, params: object) -> Json:
        """What the client answers; None if it refuses."""
        try:
            answer = await self.protocol.send_request_async(method, params)
        except JsonRpcException as error:
            logger.warning("%s: %s", method, error)
            return None
        return answer

    def files_changed(self, changed: frozenset[Key]) -> None:
        """Files have changed on disk, or may have."""
        settings = watch.settings_keys(self.world) | watch.stub_keys(self.world)
        of_interest = watch.below(watch.watched(self.world), changed)
        if settings & of_interest or watch.may_be_stubs(self.world, changed):
            self.configure()
        # A script that no check has read yet may be one that a check under way is reading.
        sources = (of_interest - settings) | {key for key in changed if key.endswith(".rn")}
        if sources:
            self.handle(FilesChanged(frozenset(sources)))
        self.reloader.files_changed(of_interest)
        self.survey.files_changed(changed)
        self.names.files_changed(changed)
        self.watch_again()

    async def snapshot(self, uri: str) -> tuple[Document, Snapshot] | None:
        """An open document as it is when this is first called, with the facts of exactly that text.

        None if it is not open, or if the guest has no answer for it. Raises JsonRpcContentModified as soon as the
        document has another text: nobody has a use for an answer about the older one.
        """
        document = self.document(uri)
        if document is None:
            return None
        known = await self._known(document)
        if known is None:
            return None
        from runekiln_server.lsp.snapshots import snapshot_in

        names = names_of(self.world, document)
        return document, snapshot_in(known, document.key, document.path, document.index, names)

    async def host_places(self) -> Mapping[tuple[str, str], Place]:
        """Where things are declared that the guest binds by itself: in the stubs that come along, by path and kind."""
        if self._host_places is None:
            self._host_places = await self._lane.use(lambda checkers: checkers.places())
        return self._host_places

    async def _known(self, document: Document) -> Known | None:
        """What the check of an open document finds: as part of the script that it belongs to, or by itself."""
        key = document.key
        roots = [*owners(self.world, key)[:1], key]
        while roots:
            try:
                known = await self.newest(roots[0])
            except Superseded:
                # Another file of the script has changed, or it has become part of another script.
                roots = [*owners(self.world, key)[:1], key]
                known = None
            else:
                roots.pop(0)
            if self.world.documents.get(key) is not document:
                raise JsonRpcContentModified
            if known is not None and key in known.files and known.sources[key] == document.text:
                return known
        return None

    async def newest(self, root: Key) -> Known | None:
        """What the check of `root` finds; None if the guest has no answer. Raises Superseded if it is wanted anew."""
        world = self.world
        job = self._job(world, root)
        if job is None:
            return world.known[root] if is_current(world, root) else None
        return await self._lane.newest(job)

    async def checked(self, world: World, root: Key) -> Known | None:
        """What the check of `root` in `world` finds, whatever comes after it; None if the guest has no answer."""
        job = self._job(world, root)
        if job is None:
            return world.known[root] if is_current(world, root) else None
        return await self._lane.known(job)

    def _job(self, world: World, root: Key) -> Job | None:
        """The check of `root` that is to be waited for, if any."""
        # What nobody wanted before is checked by itself: a check that is under way may have read older files.
        generation = world.wanted.get(root) or next(self._unwanted)
        if is_current(world, root) or generation in world.failed:
            return None
        return Job(root, generation, world)

    async def look_at(self, document: Document) -> Known | None:
        """What the check of a document that is not open finds; None if the guest has no answer."""
        world = self.world
        return await self.checked(_opening(world, document), document.key)

    async def format(self, document: Document, span: Offsets | None) -> Formatted:
        """Lay a document out anew, or what `span` touches of it. Raises RequestFailed with the reason."""
        dialect, setup = dialect_of(self.world, document), host_of(self.world, document)
        try:
            return await self._lane.use(
                lambda checkers: checkers.host(setup).checker.format(document.path, document.text, dialect, span)
            )
        except GuestError as error:
            raise RequestFailed(f"Not formatted. {error}") from error

    async def run(self, uri: str, wanted: Wanted, newest: bool) -> Ended | Needs | RunRefused:
        """Run an entry of a script, which need not be open. Raises RequestFailed, with the reason in words."""
        world, document = await self._to_run(uri)
        known = await self.checked(world, document.key)
        if known is None:
            raise RequestFailed(f"{document.path} could not be checked, and so not run. The log says why.")
        try:
            ended = await self.runs.run(world, known, document, wanted, newest)
        except GuestError as error:
            raise RequestFailed(str(error)) from error
        from runekiln_server.lsp.runs import Ended

        if isinstance(ended, Ended):
            if ended.compiled:
                self.handle(Ran(document.key, ended.pin.entry))
            ended.result["generation"] = self.world.runs.get((document.key, ended.pin.entry), 0)
        return ended

    async def _to_run(self, uri: str) -> tuple[World, Document]:
        """The script as it is open, or else as it is on disk, in a world in which it is open."""
        world, key = self.world, uris.to_key(uri)
        if key in world.documents:
            return world, world.documents[key]
        path = uris.to_path(uri)
        text = await in_thread(lambda: read_file(world, path, key))
        if text is None:
            raise RequestFailed(f"There is no script {path}.")
        document = documents.from_disk(uri, text)
        if document.kiln not in world.settings:
            found = self.configuration.resolve({*world.settings, document.kiln})
            seen = hosts(found.stubs, world.documents)
            world = replace(world, settings=found.settings, stubs=found.stubs, hosts=seen)
        return _opening(world, document), document

    def tell_once(self, message: str) -> None:
        """Show the user a message, unless they have seen it in this session."""
        if message not in self._told:
            self._told.add(message)
            logger.warning("%s", message)
            params = lsp.ShowMessageParams(lsp.MessageType.Warning, message)
            self.protocol.notify(lsp.WINDOW_SHOW_MESSAGE, params)

    def refresh_lenses(self) -> None:
        """Have the client ask for lenses again."""
        if self.client.refreshes_lenses:
            self.protocol.send_request(lsp.WORKSPACE_CODE_LENS_REFRESH)

    def _refresh_shown(self, before: World) -> None:
        """Have the client ask again for what it shows between and above words and of their kinds, if it may differ."""
        has_other_stubs = _is_other(before.stubs, self.world.stubs)
        if has_other_stubs or _is_other(before.settings, self.world.settings):
            self.refresh_lenses()
            if self.client.refreshes_hints:
                self.protocol.send_request(lsp.WORKSPACE_INLAY_HINT_REFRESH)
        if self.client.refreshes_tokens and has_other_stubs:
            self.protocol.send_request(lsp.WORKSPACE_SEMANTIC_TOKENS_REFRESH)

    async def _refresh_diagnostics(self) -> None:
        await self.ask(lsp.WORKSPACE_DIAGNOSTIC_REFRESH, None)

    def log(self, message: str) -> None:
        """Write a line to the client's log."""
        self.protocol.notify(lsp.WINDOW_LOG_MESSAGE, lsp.LogMessageParams(lsp.MessageType.Info, message))

    def notify(self, method: str, params: Mapping[str, object], text: str) -> None:
        """Send one of our own notifications, or its `text` to the log of a client that does not know them."""
        if self.client.notifications:
            self.protocol.notify(method, params)
        else:
            self.log(text)

    def hear(self, body: bytes) -> None:
        """Handle the body of a message."""
        try:
            self.protocol.hear(body)
        except Exception as error:
            # The next message is another one.
            self.report_server_error(error, JsonRpcException)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log a bug."""
        if isinstance(error, JsonRpcInternalError):
            logger.error("A bug: %s\n%s", error, "".join((error.data or {}).get("traceback", ())))
        elif not isinstance(error, JsonRpcException):
            logger.error("A bug", exc_info=error)

    def _take_on(self, module: str | None) -> None:
        """Let pygls have the handlers in that module, or all that it does not have yet."""
        for capability in self._capabilities:
            if capability.method not in self.protocol.fm.features and module in (None, capability.module):
                self.feature(capability.method)(capability.handler())

    def _publish(self, params: Published) -> None:
        self.protocol.tell(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def _deliver(self, job: Job, known: Known | None) -> None:
        self.handle(Unanswered(job.root, job.generation) if known is None else Checked(known))
        for file in known.broken if known is not None else ():
            if uris.key_of_path(file.path) not in self.world.documents:
                # An open one shows its problems itself.
                self.tell_once(_first_problem(job, file))

    def _correct(self, known: Known) -> None:
        """Have what was found of a whole script in the place of what was found of it in steps."""
        logger.error("A bug: an edit of %s was not checked as the whole is; the whole counts", known.root)
        self._lane.forget_steps(known.given[0].path)
        if (shown := self.world.known.get(known.root)) is not None and shown.generation == known.generation:
            self.handle(Checked(known))

    def _on_guest(self, ready: asyncio.Future[None]) -> None:
        error = ready.exception()
        if error is None:
            return
        if isinstance(error, GuestError):
            self.tell_once(f"Scripts cannot be checked. {error}")
        else:
            logger.error("The guest could not be loaded", exc_info=error)
            self.tell_once("Scripts cannot be checked: the guest could not be loaded. The log says why.")


def _opening(world: World, document: Document) -> World:
    """The world in which that document is open as well."""
    return replace(world, documents={**world.documents, document.key: document})


def _first_problem(job: Job, stub: FileFacts) -> str:
    """What is wrong in a stub that no editor shows, where its text is known."""
    problem = next(problem for problem in stub.problems if problem.severity == "error")
    setup = host_of(job.world, job.world.documents[job.root])
    text = next((source.text for source in setup.stubs if source.path == stub.path), None)
    line = LineIndex(text or b"").position(stub.span_of(problem)[0], "utf-8")[0]
    return f"A stub is broken, and what is wrong in it binds nothing. {stub.path}:{line + 1}: {problem.message}"


def _is_other(before: Mapping[Of, object], after: Mapping[Of, object]) -> bool:
    """Whether something is known otherwise of a kiln than it was, which need not have been known."""
    return any(kiln in before and before[kiln] != each for kiln, each in after.items())


def _watches_else(before: World, after: World) -> bool:
    """Whether other files may have to be watched."""
    return (
        before.known is not after.known
        or before.pins is not after.pins
        or before.settings is not after.settings
        or before.stubs is not after.stubs
        or before.documents.keys() != after.documents.keys()
    )
