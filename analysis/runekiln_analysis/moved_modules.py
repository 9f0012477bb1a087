"""What of a script has to change when the file of one of its modules gets another name."""

from __future__ import annotations

from .renaming import Refused, Renamed, rename_everywhere
from .resolve.meaning import OwnItem
from .script import ItemPlace, ModulePlace
from .snapshot import Snapshot
from .views import Views

_SUFFIX = ".rn"
_IN_FOLDER = "/mod.rn"


def moved_module(snapshot: Snapshot, before: str, after: str) -> Renamed | Refused | None:
    """The edits that follow a file, or a folder with a `mod.rn`, from one path to another.

    `None` if it is no module of the script; a module can only be followed to a file beside it.
    """
    views = Views(snapshot.script)
    place = _module_at(views, before)
    if place is None:
        return None
    name, folder = _stem(after)
    old_name, old_folder = _stem(before)
    if folder != old_folder or not name.isidentifier():
        return Refused(f"`mod {old_name};` cannot follow to {after}")
    if name == old_name:
        return Renamed({})
    paths = {before: after}
    for file in snapshot.facts.files:
        if file.path.startswith(f"{before}/"):
            paths[file.path] = after + file.path.removeprefix(before)
    return rename_everywhere(views, OwnItem(place), old_name, name, paths)


def _module_at(views: Views, path: str) -> ItemPlace | None:
    """The `mod name;` that pulls in the file, or the folder."""
    for place in views.places():
        if views.script.item(place).kind == "module":
            file = views.script.file_of(ModulePlace(place.file, place.number))
            if file is not None and views.path(file) in (path, f"{path}{_IN_FOLDER}"):
                return place
    return None


def _stem(path: str) -> tuple[str, str]:
    """The name of the module that a file or folder is, and the folder of that."""
    folder, _, name = path.removesuffix(_IN_FOLDER).removesuffix(_SUFFIX).rpartition("/")
    return name, folder
