"""Hello, settings, and goodbye."""

from __future__ import annotations

import logging
from importlib.metadata import version
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from runekiln_server.lsp import lifetime, watch
from runekiln_server.lsp.client import client_of
from runekiln_server.lsp.configuration import SECTION
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.transport import Json
from runekiln_server.lsp.uris import from_path, is_file_path, to_key, to_path

VERSION = version("runekiln")

logger = logging.getLogger(__name__)


def on_initialize(ls: RuneServer, params: Json) -> lsp.InitializeResult:
    """Learn what the client can do, and say what we can. The parameters are as they came."""
    if not isinstance(params, dict):
        raise JsonRpcInvalidParams("`initialize` takes an object.")
    ls.greet(client_of(params))
    ls.folders = _folders(params)
    ls.configuration.take(params.get("initializationOptions"))
    if ls.client.process_id is not None:
        lifetime.watch_parent(ls.client.process_id, lambda: ls.end(1))
    ls.protocol.is_initialized = True
    return lsp.InitializeResult(ls.describe(ls.client), lsp.ServerInfo("runekiln", VERSION))


async def on_initialized(ls: RuneServer, params: lsp.InitializedParams) -> None:
    """Ask the client for settings, and to watch files for us."""
    ls.configure()
    ls.progress.begin()
    registrations = []
    if ls.client.registers_configuration:
        section = lsp.DidChangeConfigurationRegistrationOptions(SECTION)
        registrations.append(lsp.Registration("runekiln-settings", lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if ls.client.registers_watchers:
        watchers = [lsp.FileSystemWatcher(glob) for glob in watch.GLOBS]
        files = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(lsp.Registration("runekiln-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, files))
    else:
        ls.watch_ourselves()
    await _pull_configuration(ls)
    if registrations:
        await _ask(ls, lsp.CLIENT_REGISTER_CAPABILITY, lsp.RegistrationParams(registrations))


async def on_change_configuration(ls: RuneServer, params: lsp.DidChangeConfigurationParams) -> None:
    """Take new settings, as they are sent or as the client gives them when asked."""
    ls.configuration.take(params.settings)
    ls.configure()
    await _pull_configuration(ls)


def on_change_watched_files(ls: RuneServer, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk."""
    ls.files_changed(frozenset(to_key(change.uri) for change in params.changes))


def on_shutdown(ls: RuneServer, params: None) -> None:
    """End what is running; the process ends with `exit`."""
    ls.protocol.is_shut_down = True
    ls.runs.stop(None)
    ls.survey.close()


def on_exit(ls: RuneServer, params: object) -> None:
    """End the process."""
    ls.end(ls.protocol.exit_code)


def _folders(params: dict[str, Json]) -> tuple[Path, ...]:
    """The folders that the editor shows; the older ways to say so count where the newer one is not used."""
    listed = params.get("workspaceFolders")
    if not isinstance(listed, list):
        listed = [{"uri": params.get("rootUri")}]
        if not params.get("rootUri") and isinstance(params.get("rootPath"), str):
            listed = [{"uri": from_path(params["rootPath"])}]
    named = (folder["uri"] for folder in listed if isinstance(folder, dict) and isinstance(folder.get("uri"), str))
    return tuple(Path(path) for path in map(to_path, named) if is_file_path(path))


async def _pull_configuration(ls: RuneServer) -> None:
    if not ls.client.configuration:
        return
    wanted = lsp.ConfigurationParams([lsp.ConfigurationItem(section=SECTION)])
    answer = await _ask(ls, lsp.WORKSPACE_CONFIGURATION, wanted)
    if answer:
        ls.configuration.take(answer[0])
        ls.configure()


async def _ask(ls: RuneServer, method: str, params: object) -> Json:
    try:
        answer = await ls.protocol.send_request_async(method, params)
    except JsonRpcException as error:
        logger.warning("%s: %s", method, error)
        return None
    return answer
