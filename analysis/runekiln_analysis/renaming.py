"""Gives a thing another name everywhere, if each name in the script then means what it meant before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from .documented_names import documented
from .facts import Edit
from .literals import in_comment_or_string
from .occurrences import Occurrence, is_method, name_of, occurrences
from .referents import InnerField, InnerName, LocalName, field_names
from .renamed_script import Form, Replacement, renamed_script
from .resolve.meaning import OwnField, OwnItem, OwnVariant
from .resolve.table import table_of
from .same_meaning import first_other_meaning
from .script import ItemPlace
from .syntax import SyntaxKind as K
from .tree import TreeView
from .views import Views
from .whereabouts import variant_node

OwnReferent = LocalName | InnerName | InnerField | OwnField | OwnItem | OwnVariant


class Refused(msgspec.Struct, frozen=True):
    """Why nothing is renamed, in words for the user."""

    reason: str


class Renamed(msgspec.Struct, frozen=True):
    """The edits of each file, by path."""

    edits: dict[str, tuple[Edit, ...]]


def rename_everywhere(
    views: Views, referent: OwnReferent, before: str, name: str, paths: Mapping[str, str] = MappingProxyType({})
) -> Renamed | Refused:
    """Give the thing that is called `before` another name; if that is not its own, only where it is called so.

    `paths` are the new ones of files that move at the same time.
    """
    found = occurrences(views, referent)
    sure = [each for each in found.sure if _written(views, each) == before]
    refused = _hindrance(views, referent, before, sure, found.unsure) or _clash(views, referent, name)
    if refused is not None:
        return refused
    replacements = [_replacement(views, each, before, name, referent) for each in sure]
    after = renamed_script(views.script, replacements, paths)
    if (found_at := first_other_meaning(views, after, referent, name)) is not None:
        return Refused(f"With the name `{name}`, {line_in_words(views, *found_at)} would mean something else")
    edits: dict[str, list[Edit]] = {}
    for each in replacements:
        edits.setdefault(views.path(each.place.file), []).append(Edit(each.span, each.text))
    for file, edit in documented(views, referent, before, name):
        edits.setdefault(views.path(file), []).append(edit)
    return Renamed({path: tuple(sorted(each, key=lambda edit: edit.span)) for path, each in edits.items()})


def _hindrance(
    views: Views, referent: OwnReferent, before: str, sure: list[Occurrence], unsure: tuple[Occurrence, ...]
) -> Refused | None:
    """Why not all places can be seen that are to change."""
    if before != name_of(views, referent) and (refused := _not_one_import(views, sure, before)) is not None:
        return refused
    known = {(each.place, each.node) for each in sure}
    hidden = [*unsure, *(each for each in _unread(views, before) if (each.place, each.node) not in known)]
    if hidden:
        return _cannot_see(views, hidden[0], before)
    if isinstance(referent, LocalName | InnerName | InnerField):
        return None
    gap = _between_items(views, before)
    return (
        None
        if gap is None
        else Refused(f"`{before}` in {line_in_words(views, *gap)} stands where the text cannot be read")
    )


def _written(views: Views, found: Occurrence) -> str:
    return views.tree(found.place).content(found.node)


def _replacement(views: Views, found: Occurrence, before: str, name: str, referent: OwnReferent) -> Replacement:
    tree = views.tree(found.place)
    form: Form = "plain"
    if is_short_form(tree, found.node):
        form = "key" if isinstance(referent, OwnField | InnerField) else "value"
    return Replacement(found.place, found.node, tree.span(found.node), before, name, form)


def is_short_form(tree: TreeView, node: int) -> bool:
    """Whether a name stands for a field, or a key, and the variable at once: `#{ x }`."""
    around = tree.parent(node)
    if tree.kind(around) == K.FIELD_INITIALIZER:
        return tree.first(around, K.COLON) is None
    return tree.kind(around) == K.IDENTIFIER_PATTERN and tree.kind(tree.parent(around)) == K.OBJECT_PATTERN


def _not_one_import(views: Views, found: list[Occurrence], before: str) -> Refused | None:
    """Another name, which an import gives, can be told apart if there is one such import."""
    aliases = [
        each for each in found if views.tree(each.place).kind(views.tree(each.place).parent(each.node)) == K.NAME
    ]
    return None if len(aliases) == 1 else Refused(f"Several imports give the name `{before}`")


def _unread(views: Views, name: str) -> Iterator[Occurrence]:
    """The same word in what the grammar has no place for."""
    for place in views.places():
        if bytes([K.ERROR]) not in views.script.item(place).tree[::16]:
            continue
        tree = views.tree(place)
        for node in tree.descendants(0, K.ERROR):
            for token in tree.descendants(node, K.IDENTIFIER):
                if tree.content(token) == name:
                    yield Occurrence(place, token, "read")


def _between_items(views: Views, name: str) -> tuple[int, int] | None:
    """The same word outside of all items, in text that is none: its file, and where it stands."""
    word = re.compile(rb"\b" + re.escape(name.encode()) + rb"\b")
    for number, file in enumerate(views.script.facts.files):
        text, end = views.script.text_of(number) or b"", 0
        for place, item in enumerate(file.items):
            for found in word.finditer(text, end, max(end, item.span[0])):
                if not in_comment_or_string(text[end : found.start()]):
                    return number, found.start()
            tree = views.tree(ItemPlace(number, place))
            # Of what holds other items the tree ends before its brace.
            behind = tree.end(len(tree) - 1) if item.kind in ("impl", "module") else item.span[1]
            end = max(end, behind)
        for found in word.finditer(text, end):
            if not in_comment_or_string(text[end : found.start()]):
                return number, found.start()
    return None


def _cannot_see(views: Views, found: Occurrence, name: str) -> Refused:
    tree = views.tree(found.place)
    where = f"in {line_in_words(views, found.place.file, tree.start(found.node))}"
    around = tree.kind(tree.parent(found.node))
    if around in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION):
        return Refused(f"`.{name}` {where} may be another one: the type of what stands before the dot is not known")
    if around == K.ERROR:
        return Refused(f"`{name}` {where} stands where the text cannot be read")
    return Refused(f"`{name}` {where} is given to a macro that may do anything with it")


def line_in_words(views: Views, file: int, offset: int) -> str:
    """A line in words, with its file unless that is the one with the cursor."""
    line = f"line {(views.script.text_of(file) or b'').count(bytes([10]), 0, offset) + 1}"
    return line if file == 0 else f"{line} of {views.path(file).rpartition('/')[2]}"


def _clash(views: Views, referent: OwnReferent, name: str) -> Refused | None:
    """Something of the new name that stands beside the thing."""
    is_there = False
    match referent:
        case LocalName(place, number):
            resolution = views.resolution(place)
            bindings = () if resolution is None else resolution.bindings
            own = bindings[number]
            beside = [each for each in bindings if (each.origin, each.scope) == (own.origin, own.scope)]
            is_there = any(each.name == name and each is not own for each in beside)
        case OwnItem(place):
            table = table_of(views.script)
            path = table.paths.get(place)
            is_there = path is not None and (*path[:-1], name) in table.entries
            home = table.homes.get(place)
            if home is not None and home[1] is not None and is_method(views, referent):
                owner = table.entries.get(home[1])
                meaning = None if owner is None else owner.found.meaning
                is_there |= isinstance(meaning, OwnItem) and name in field_names(views.script, meaning.place)
        case OwnVariant(enum, _):
            table = table_of(views.script)
            is_there = (*table.paths.get(enum, ()), name) in table.entries
        case OwnField() | InnerField():
            is_there = name in _beside_field(views, referent)
        case InnerName():
            is_there = name in _beside_inner(views, referent)
    return Refused(f"There is a `{name}` already") if is_there else None


def _beside_field(views: Views, referent: OwnField | InnerField) -> set[str]:
    """The names of the other fields, and of the functions of the type."""
    table = table_of(views.script)
    match referent.owner:
        case OwnItem(place):
            path = table.paths.get(place, ())
            return {*field_names(views.script, place), *table.below.get(path, ())}
        case OwnVariant(place, variant):
            owner = variant_node(views, place, variant)
            return set() if owner is None else _names_of_fields(views.tree(place), owner)
        case InnerName(place, node):
            return _names_of_fields(views.tree(place), views.tree(place).path_to(node)[-3])
    return set()


def _names_of_fields(tree: TreeView, owner: int) -> set[str]:
    listed = tree.first(owner, K.FIELD_LIST)
    names = () if listed is None else (tree.first(node, K.NAME) for node in tree.children(listed))
    return {tree.content(name) for name in names if name is not None}


def _beside_inner(views: Views, referent: InnerName) -> set[str]:
    tree, resolution = views.tree(referent.place), views.resolution(referent.place)
    inner = () if resolution is None else resolution.inner
    scopes = {each.scope for each in inner if each.node == referent.node}
    declared = {each.name for each in inner if each.scope in scopes}
    owner = tree.path_to(referent.node)[-4]
    if tree.kind(owner) in (K.VARIANT_LIST, K.ITEM_LIST):
        names = (tree.first(node, K.NAME) for node in tree.children(owner))
        return {tree.content(name) for name in names if name is not None}
    return declared
