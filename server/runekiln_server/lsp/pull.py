"""Problems that the editor asks for, and the request to ask again when an answer is no longer true."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from lsprotocol import types as lsp

from runekiln_server.lsp.client import Client
from runekiln_server.lsp.convert import to_report
from runekiln_server.lsp.problems import pending, problems_of, result_id, touched, true_of, uri_of
from runekiln_server.lsp.shown import Diagnostic
from runekiln_server.world import Document, Key, World

Report = lsp.RelatedFullDocumentDiagnosticReport | lsp.RelatedUnchangedDocumentDiagnosticReport


@dataclass(frozen=True, slots=True)
class Told:
    """What the client was last told of a document: an id for it, and one for each related file, by URI."""

    document: Document
    id: str
    related: Mapping[str, str]


class Puller:
    """Knows what each open document's last answer was, until the client is asked to pull again."""

    def __init__(self, client: Client, refresh: Callable[[], Awaitable[object]]) -> None:
        self._client = client
        self._refresh = refresh
        self._told: dict[Key, Told] = {}
        self._refreshing: asyncio.Task[None] | None = None
        self._is_outdated = False

    def answer(self, world: World, document: Document, previous: str | None) -> Report:
        """What is to be shown of a document of which all checks are through."""
        key = document.key
        known = tuple(true_of(world, key))
        if not known and previous is not None:
            # The guest has no answer for this text: what is shown stays.
            return lsp.RelatedUnchangedDocumentDiagnosticReport(previous)
        items = problems_of(world, known, key, self._client)
        related = self._related(world, key)
        told = Told(document, result_id(items), {uri: result_id(problems) for uri, problems in related.items()})
        last = self._told.get(key)
        # What is related no longer is to be shown no longer.
        gone: dict[str, list[Diagnostic]] = {uri: [] for uri in (last.related if last is not None else ())}
        reports = {
            uri: lsp.FullDocumentDiagnosticReport(to_report(problems), result_id=result_id(problems))
            for uri, problems in {**gone, **related}.items()
        }
        if key in world.documents:
            self._told[key] = told
        if previous == told.id:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(told.id, related_documents=reports or None)
        return lsp.RelatedFullDocumentDiagnosticReport(
            to_report(items), related_documents=reports or None, result_id=told.id
        )

    def update(self, before: World, after: World) -> None:
        """Have the client pull again if what it was told of a text that it still shows has become wrong."""
        changed = touched(before, after)
        for key, told in tuple(self._told.items()):
            if after.documents.get(key) is not told.document:
                # The client has edited it, and pulls on its own.
                if key not in after.documents:
                    del self._told[key]
            elif changed & self._reach(before, after, key) and not pending(after, key) and self._differs(after, told):
                del self._told[key]
                self._is_outdated = True
        if self._is_outdated and self._client.refreshes_diagnostics and self._refreshing is None:
            self._refreshing = asyncio.ensure_future(self._ask())

    async def _ask(self) -> None:
        while self._is_outdated:
            self._is_outdated = False
            await self._refresh()
        self._refreshing = None

    def _reach(self, before: World, after: World, key: Key) -> set[Key]:
        """The document, and the files that its answer speaks of beside it."""
        scripts = (world.known.get(key) for world in (before, after))
        return {key}.union(*(script.files for script in scripts if script is not None))

    def _differs(self, world: World, told: Told) -> bool:
        key = told.document.key
        known = tuple(true_of(world, key))
        if not known:
            return False
        related = {uri: result_id(problems) for uri, problems in self._related(world, key).items()}
        return result_id(problems_of(world, known, key, self._client)) != told.id or related != told.related

    def _related(self, world: World, key: Key) -> dict[str, list[Diagnostic]]:
        """The problems of the `mod` files of a script, by URI, for a client that takes them along."""
        script = world.known.get(key)
        if not self._client.related_documents or script is None:
            return {}
        others = (other for other in script.files if other != key)
        return {
            uri_of(world, script, other): problems_of(world, true_of(world, other), other, self._client)
            for other in others
        }
