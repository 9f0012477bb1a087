"""Problems, for clients that ask for them."""

from __future__ import annotations

from contextlib import suppress

from lsprotocol import types as lsp
from msgspec.structs import replace

from runekiln_server.lsp import documents, uris
from runekiln_server.lsp.lane import Superseded
from runekiln_server.lsp.problems import pending
from runekiln_server.lsp.protocol import PullAgain
from runekiln_server.lsp.pull import Report
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.threads import in_thread


async def on_diagnostic(ls: RuneServer, params: lsp.DocumentDiagnosticParams) -> Report:
    """The problems of one file, as soon as all checks of it are through."""
    uri, previous = params.text_document.uri, params.previous_result_id
    document = ls.document(uri)
    if document is None:
        return await _of_closed(ls, uri, previous)
    while roots := pending(ls.world, document.key):
        with suppress(Superseded):
            await ls.newest(roots[0])
        if ls.world.documents.get(document.key) is not document:
            raise PullAgain
    return ls.puller.answer(ls.world, document, previous)


async def on_workspace_diagnostic(
    ls: RuneServer, params: lsp.WorkspaceDiagnosticParams
) -> lsp.WorkspaceDiagnosticReport:
    """The problems of every script, those first that the client does not show yet; waits while there are none."""
    return lsp.WorkspaceDiagnosticReport(
        await ls.survey.report(params.previous_result_ids, params.partial_result_token)
    )


async def _of_closed(ls: RuneServer, uri: str, previous: str | None) -> Report:
    """The same for a file that is not open: as part of an open script, or else by itself."""
    key, path = uris.to_key(uri), uris.to_path(uri)
    text = await in_thread(lambda: uris.read_path(path))
    if text is None:
        return lsp.RelatedFullDocumentDiagnosticReport([])
    document = documents.from_disk(uri, text)
    if document.kiln not in ls.world.settings:
        ls.configure(document.kiln)
    known = {root: one for root, one in ls.world.known.items() if key in one.files}
    if not known and (found := await ls.look_at(document)) is not None:
        known = {key: found}
    world = replace(ls.world, documents={**ls.world.documents, key: document}, known=known)
    return ls.puller.answer(world, document, previous)
