"""Files that change behind the editor's back: watched by the client where it can, by ourselves where it cannot."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from runekiln_server.lsp.uris import is_file_path, key_of_path
from runekiln_server.world import Key, World

logger = logging.getLogger(__name__)

GLOBS = ("**/*.rn", "**/.crucible/runekiln.toml", "**/.crucible/sessions/**")
"""What a client is asked to watch."""

# Long enough for an editor's save by renaming, short enough to feel immediate.
_DEBOUNCE_MILLISECONDS = 50
_STEP_MILLISECONDS = 10

Changed = Callable[[frozenset[Key]], None]


def watched(world: World) -> frozenset[Key]:
    """The files whose content matters though no editor holds them, those included that do not exist yet."""
    keys = {key for known in world.known.values() for key in known.sources}
    keys |= {key for pin in world.pins.values() for key in pin.inputs}
    keys |= {settings_key(kiln) for kiln in world.settings if kiln is not None}
    return frozenset(key for key in keys - world.documents.keys() if is_file_path(key))


def settings_key(kiln: Path) -> Key:
    """The key of a kiln's settings file."""
    return key_of_path((kiln / ".crucible" / "runekiln.toml").as_posix())


class Watcher:
    """Watches exactly the folders in which `watched` files lie, one level deep, in a thread."""

    def __init__(self, changed: Changed) -> None:
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._folders: frozenset[Path] = frozenset()
        self._stop = threading.Event()

    def watch(self, keys: Iterable[Key]) -> None:
        """Watch these files from now on, and no others."""
        folders = frozenset(_nearest_folder(Path(key)) for key in keys)
        if folders == self._folders:
            return
        self._stop.set()
        self._folders, self._stop = folders, threading.Event()
        if folders:
            arguments = (folders, self._stop)
            threading.Thread(target=self._work, args=arguments, name="runekiln-watch", daemon=True).start()

    def _work(self, folders: frozenset[Path], stop: threading.Event) -> None:
        from watchfiles import watch

        try:
            for changes in watch(
                *folders,
                watch_filter=None,
                debounce=_DEBOUNCE_MILLISECONDS,
                step=_STEP_MILLISECONDS,
                stop_event=stop,
                rust_timeout=500,
                recursive=False,
                ignore_permission_denied=True,
            ):
                keys = frozenset(key_of_path(Path(path).as_posix()) for _, path in changes)
                self._loop.call_soon_threadsafe(self._changed, keys)
        except (OSError, RuntimeError) as error:
            # No inotify handles left, or a folder that went away: edits in the editor still work.
            logger.warning("Files cannot be watched: %s", error)


def below(keys: Iterable[Key], changed: frozenset[Key]) -> frozenset[Key]:
    """Those of `keys` that have changed, or lie in a folder that has come or gone."""
    return frozenset(key for key in keys if key in changed or any(key.startswith(f"{other}/") for other in changed))


def _nearest_folder(path: Path) -> Path:
    """The folder of a file, or the nearest around it that exists: the others' coming is seen there."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor))
