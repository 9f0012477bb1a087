"""Another name for the thing under the cursor, everywhere where it is named."""

from __future__ import annotations

import re

import msgspec

from .facts import Offsets
from .machine_names import machine_name_at
from .machine_renaming import hindrance_in_machine, rename_in_machine
from .occurrences import is_method, name_of
from .referents import InnerField, InnerName, LocalName, Referent, referents, token_at
from .renaming import OwnReferent, Refused, Renamed, rename_everywhere
from .resolve.meaning import OwnField, OwnItem, OwnVariant
from .rules.plugins import METHODS
from .rune_words import KEYWORDS
from .script import ItemPlace, ModulePlace
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .views import Views

_NAME = re.compile(r"[^\W\d]\w*")
_PLUGIN = b"#[plugin"
_STUB_SUFFIX = ".rni"
_LABEL = re.compile(r"[a-z][a-z0-9]*")
_WORDS = {K.SELF_KEYWORD: "self", K.SELF_TYPE_KEYWORD: "Self", K.CRATE_KEYWORD: "crate", K.SUPER_KEYWORD: "super"}


class Renameable(msgspec.Struct, frozen=True):
    """The bytes of a name that can be another one, and the name."""

    span: Offsets
    name: str


def prepare_rename(snapshot: Snapshot, offset: int) -> Renameable | Refused:
    """What would be renamed at `offset`, or why nothing can be."""
    views = Views(snapshot.script)
    named = machine_name_at(snapshot.script, offset)
    if named is not None:
        return hindrance_in_machine(views, named) or Renameable(named.span, named.text)
    found = _thing_at(views, offset)
    if isinstance(found, Refused):
        return found
    return Renameable(found.span, found.written)


def rename(snapshot: Snapshot, offset: int, name: str) -> Renamed | Refused:
    """The edits in all files of the script that give the thing at `offset` another name, or why there are none."""
    views = Views(snapshot.script)
    named = machine_name_at(snapshot.script, offset)
    if named is not None:
        return rename_in_machine(views, named, name)
    found = _thing_at(views, offset)
    if isinstance(found, Refused):
        return found
    is_label = found.written.startswith("'")
    bare = name.removeprefix("'") if is_label else name
    if not (_LABEL if is_label else _NAME).fullmatch(bare):
        return Refused(f"`{name}` is no {'label: small letters and digits' if is_label else 'name'}")
    if not is_label and (bare in KEYWORDS or bare == "_"):
        return Refused(f"`{bare}` is a word of Rune's own")
    name = f"'{bare}" if is_label else bare
    if name == found.written:
        return Renamed({})
    return rename_everywhere(views, found.referent, found.written, name)


class _Thing(msgspec.Struct, frozen=True):
    referent: OwnReferent
    span: Offsets
    written: str


def _thing_at(views: Views, offset: int) -> _Thing | Refused:
    if views.script.main.path.endswith(_STUB_SUFFIX):
        return Refused("What a stub declares is named by scripts, which would not follow")
    number = views.script.item_at(offset)
    if number is None:
        return Refused("There is no name here")
    place = ItemPlace(0, number)
    tree = views.tree(place)
    token = token_at(tree, offset)
    if token is None or tree.kind(token) not in (*_WORDS, K.IDENTIFIER, K.LABEL):
        return Refused("There is no name here")
    written = tree.content(token)
    if tree.kind(token) in _WORDS:
        return Refused(f"`{written}` is a word of Rune's own")
    found = referents(views, place, token)
    if not found:
        return Refused(f"What `{written}` means is not known")
    # Of a short form the variable is renamed, which nobody else sees.
    referent = next((each for each in found if isinstance(each, LocalName)), found[0])
    if len(found) > 1 and not isinstance(referent, LocalName):
        return Refused(f"`{written}` may be one of several things")
    if not isinstance(referent, LocalName | InnerName | InnerField | OwnField | OwnItem | OwnVariant):
        return Refused(f"`{written}` belongs to the host")
    refused = _cannot_be_renamed(views, referent, written)
    return refused or _Thing(referent, tree.span(token), written)


def _cannot_be_renamed(views: Views, referent: Referent, written: str) -> Refused | None:
    if isinstance(referent, OwnField) and referent.name.isdecimal():
        # What stands in the declaration is for people to read, and named nowhere.
        return Refused(f"The field `{referent.name}` has no name that could be another one")
    if not isinstance(referent, OwnItem):
        return None
    item = views.script.item(referent.place)
    if item.kind == "module" and written == name_of(views, referent):
        file = views.script.file_of(ModulePlace(referent.place.file, referent.place.number))
        if file is not None:
            path = views.path(file).rpartition("/")[2]
            return Refused(f"`{written}` is the name of the file {path}: rename that, and the `mod` follows")
        if _has_files(views, referent.place):
            return Refused(f"The files of the modules in `{written}` lie in a folder of that name")
    if (
        is_method(views, referent)
        and item.name in METHODS
        and _PLUGIN in (views.script.text_of(referent.place.file) or b"")
    ):
        return Refused(f"The host calls `{written}` of a plugin by its name")
    is_entry = item.kind == "function" and item.public and item.parent is None and written == item.name
    if is_entry and referent.place.file == 0 and views.script.bindings.entry_named(item.name) is not None:
        return Refused(f"The host calls `{written}` by its name")
    return None


def _has_files(views: Views, module: ItemPlace) -> bool:
    """Whether `mod name;` stands in a module, however deep."""
    items = views.script.facts.files[module.file].items
    for number, item in enumerate(items):
        parent = item.parent
        while parent is not None and parent != module.number:
            parent = items[parent].parent
        is_inside = parent == module.number and item.kind == "module"
        if is_inside and views.script.file_of(ModulePlace(module.file, number)) is not None:
            return True
    return False
