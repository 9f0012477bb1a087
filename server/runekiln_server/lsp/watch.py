"""Files that change behind the editor's back: watched by the client where it can, by ourselves where it cannot."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from runekiln_runtime.stub_files import SUFFIX as STUB_SUFFIX

from runekiln_server.kiln import Kiln
from runekiln_server.kiln_stubs import stub_folders
from runekiln_server.lsp.uris import is_file_path, key_of_path, read_path
from runekiln_server.world import Key, World

logger = logging.getLogger(__name__)

GLOBS = ("**/*.rn", "**/*.rni", "**/*.md", "**/.crucible/runekiln.toml", "**/.crucible/sessions/**")
"""What a client is asked to watch."""

# Long enough for an editor's save by renaming, short enough to feel immediate.
_DEBOUNCE_MILLISECONDS = 50
_STEP_MILLISECONDS = 10
_TIMEOUT_MILLISECONDS = 1000

Changed = Callable[[frozenset[Key]], None]


def watched(world: World) -> frozenset[Key]:
    """The files whose content matters though no editor holds them, those included that do not exist yet."""
    keys = texts_read(world).keys() | settings_keys(world) | stub_keys(world)
    return frozenset(key for key in keys - world.documents.keys() if is_file_path(key))


def texts_read(world: World) -> dict[Key, bytes | None]:
    """What was last read of each file; None where there was none."""
    texts: dict[Key, bytes | None] = {}
    for read in (*(pin.inputs for pin in world.pins.values()), *(known.sources for known in world.known.values())):
        texts.update(read)
    return {key: text for key, text in texts.items() if key not in world.documents}


def settings_keys(world: World) -> frozenset[Key]:
    """The settings files of the kilns that scripts are open from."""
    return frozenset(key_of_path(Kiln(kiln).settings_file.as_posix()) for kiln in world.settings if kiln is not None)


def stub_keys(world: World) -> frozenset[Key]:
    """The stubs of the kilns that scripts are open from."""
    return frozenset(stub.key for stubs in world.stubs.values() for stub in stubs)


def folders_of_stubs(world: World) -> frozenset[Path]:
    """The folders in which stubs lie that the settings name, or would come to lie."""
    kilns = ((kiln, settings) for kiln, settings in world.settings.items() if kiln is not None)
    return frozenset(folder for kiln, settings in kilns for folder in stub_folders(kiln, settings))


def may_be_stubs(world: World, changed: frozenset[Key]) -> bool:
    """Whether a kiln that names stubs may have other ones now: there is another stub, or another folder."""
    if not any(settings.stubs.files for settings in world.settings.values()):
        return False
    return any(key.endswith(STUB_SUFFIX) or Path(key).is_dir() for key in changed)


class Watcher:
    """Watches exactly the folders in which files lie that matter, one level deep, in a thread."""

    def __init__(self, changed: Changed) -> None:
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._folders: frozenset[Path] = frozenset()
        self._stop = threading.Event()

    def watch(self, world: World, others: Iterable[Path] = ()) -> None:
        """Watch what matters in that world and the folders `others` from now on, and nothing else."""
        folders = frozenset(_nearest_folder(Path(key)) for key in watched(world))
        folders |= {folder for folder in others if folder.is_dir()}
        if folders == self._folders:
            return
        self._stop.set()
        self._folders, self._stop = folders, threading.Event()
        if folders:
            missed = partial(_missed, texts_read(world), settings_keys(world) | stub_keys(world))
            work = partial(self._work, folders, missed, self._stop)
            threading.Thread(target=work, name="runekiln-watch", daemon=True).start()

    def _work(self, folders: frozenset[Path], missed: Callable[[], frozenset[Key]], stop: threading.Event) -> None:
        from watchfiles import watch

        try:
            for changes in watch(
                *folders,
                watch_filter=None,
                debounce=_DEBOUNCE_MILLISECONDS,
                step=_STEP_MILLISECONDS,
                stop_event=stop,
                rust_timeout=_TIMEOUT_MILLISECONDS,
                yield_on_timeout=True,
                recursive=False,
                ignore_permission_denied=True,
            ):
                keys = frozenset(key_of_path(Path(path).as_posix()) for _, path in changes) | missed()
                missed = frozenset
                if keys:
                    self._loop.call_soon_threadsafe(self._changed, keys)
        except (OSError, RuntimeError) as error:
            # No inotify handles left, or a folder that went away: edits in the editor still work.
            logger.warning("Files cannot be watched: %s", error)


def _missed(before: dict[Key, bytes | None], settings: frozenset[Key]) -> frozenset[Key]:
    """The files that changed after they were read and before they were watched; settings are simply read again."""
    return settings | {key for key, text in before.items() if read_path(key) != text}


def below(keys: Iterable[Key], changed: frozenset[Key]) -> frozenset[Key]:
    """Those of `keys` that have changed, or lie in a folder that has come or gone."""
    return frozenset(key for key in keys if key in changed or any(key.startswith(f"{other}/") for other in changed))


def _nearest_folder(path: Path) -> Path:
    """The folder of a file, or the nearest around it that exists: the others' coming is seen there."""
    return next((folder for folder in path.parents if folder.is_dir()), Path(path.anchor))
