"""Hello, settings, and goodbye."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from runekiln_server import __version__
from runekiln_server.lsp import lifetime, watch
from runekiln_server.lsp.client import client_of
from runekiln_server.lsp.configuration import SECTION
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.transport import Json
from runekiln_server.lsp.uris import from_path, is_file_path, to_key, to_path

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
    return lsp.InitializeResult(ls.describe(ls.client), lsp.ServerInfo("runekiln", __version__))


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
        # Of a folder that is moved or deleted, editors tell nothing but that.
        watchers.append(lsp.FileSystemWatcher("**/*", lsp.WatchKind.Create | lsp.WatchKind.Delete))
        files = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(lsp.Registration("runekiln-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, files))
    else:
        ls.watch_ourselves()
    await ls.ask_settings(None, *ls.kilns)
    if registrations:
        await ls.ask(lsp.CLIENT_REGISTER_CAPABILITY, lsp.RegistrationParams(registrations))


async def on_change_configuration(ls: RuneServer, params: lsp.DidChangeConfigurationParams) -> None:
    """Take new settings, as they are sent or as the client gives them when asked."""
    ls.configuration.take(params.settings)
    ls.configure()
    await ls.ask_settings(None, *ls.kilns)


async def on_change_workspace_folders(ls: RuneServer, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    """The editor shows other folders."""
    removed, added = _paths(params.event.removed), _paths(params.event.added)
    ls.folders = tuple(dict.fromkeys((*(folder for folder in ls.folders if folder not in removed), *added)))
    ls.survey.look_again()
    await ls.ask_settings(*(kiln for kiln in ls.kilns if kiln not in ls.world.settings))


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
        root = params.get("rootPath")
        listed = [{"uri": params.get("rootUri") or (from_path(root) if isinstance(root, str) else None)}]
    uris = (folder.get("uri") for folder in listed if isinstance(folder, dict))
    return _paths(lsp.WorkspaceFolder(uri, "") for uri in uris if isinstance(uri, str))


def _paths(folders: Iterable[lsp.WorkspaceFolder]) -> tuple[Path, ...]:
    """Those of the folders that are on this machine's disk."""
    return tuple(Path(path) for path in (to_path(folder.uri) for folder in folders) if is_file_path(path))
