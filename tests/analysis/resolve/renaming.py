"""A script in which everything has another name: had one use been taken for another, it would not compile.

Left alone are `self`, methods and fields, which are named by values of any type, and what is told to a macro with a
grammar of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Offsets
from runekiln_analysis.resolve.meaning import InnerItem, Meaning, OwnItem, OwnVariant
from runekiln_analysis.resolve.table import takes_self
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_runtime.protocol import Meant

from tests.analysis.fixtures import checker
from tests.analysis.resolve.scripts import Resolved

Edit = tuple[int, int, str]


def differs_renamed(found: Resolved, meant: Meant) -> bool:
    """Whether the compiler says something else of the script with new names than it has `meant`."""
    text = renamed(found)
    assert text != found.script.text
    return _outline(checker().meanings("main.rn", text, lambda _: None)) != _outline(meant, _declared_in(found))


def _outline(meant: Meant, declared: frozenset[Offsets] = frozenset()) -> tuple[list[str], int]:
    """What does not depend on names: the kinds of what is named, in no order, and how many variables are.

    Where a name means nothing, the compiler ends with the function, and tells of less.
    """
    (file,) = meant.files
    return (sorted(item.kind for item in file.items if item.span not in declared), len(file.variables))


def outline_of(found: Resolved, meant: Meant) -> tuple[list[str], int]:
    """What the compiler says of the script that does not depend on names."""
    return _outline(meant, _declared_in(found))


def _declared_in(found: Resolved) -> frozenset[Offsets]:
    """Where variables are declared: if there is a function or the like of the name, the compiler tells of it, too."""
    declared = ((found.tree(place), each) for place, known in found.resolutions.items() for each in known.bindings)
    return frozenset(tree.span(binding.node) for tree, binding in declared)


def renamed(found: Resolved) -> bytes:
    """The script with new names."""
    text, end, parts = found.script.text, 0, []
    for start, behind, name in sorted({*_variables(found), *_items(found), *_inner_items(found)}):
        parts += [text[end:start], name.encode()]
        end = behind
    return b"".join([*parts, text[end:]])


def _variables(found: Resolved) -> Iterator[Edit]:
    for place, resolution in found.resolutions.items():
        tree = found.tree(place)
        for number, binding in enumerate(resolution.bindings):
            if binding.name == "self" or binding.name in _opaque_words(found, place):
                continue
            name = f"{chr(39) if binding.kind == 'label' else ''}v{place.number}x{number}"
            for node in (binding.node, *binding.uses):
                yield (*tree.span(node), f"{binding.name}: {name}" if _is_short(tree, node) else name)


def _is_short(tree: TreeView, node: int) -> bool:
    """Whether a name stands for a key and the variable at once: `#{ x }`."""
    around = tree.parent(node)
    if tree.kind(around) == K.FIELD_INITIALIZER:
        return tree.first(around, K.COLON) is None
    return tree.kind(around) == K.IDENTIFIER_PATTERN and tree.kind(tree.parent(around)) == K.OBJECT_PATTERN


def _items(found: Resolved) -> Iterator[Edit]:
    """The declarations and uses of items; a use by the name that an import gives has that name."""
    new = _new_names(found)
    for place, resolution in found.resolutions.items():
        tree, item = found.tree(place), found.script.item(place)
        if (name := new.get(OwnItem(place))) is not None:
            yield (item.span[0] + item.name_span[0], item.span[0] + item.name_span[1], name[1])
        for variant in tree.descendants(0, K.VARIANT) if item.kind == "enum" else ():
            node = tree.first(variant, K.NAME)
            if node is not None and (name := new.get(OwnVariant(place, tree.content(node)))) is not None:
                yield (*tree.span(node), name[1])
        for node, meaning in resolution.names.items():
            name = None if meaning is None else new.get(meaning)
            if name is not None and tree.content(node) == name[0]:
                yield (*tree.span(node), name[1])


def _new_names(found: Resolved) -> dict[Meaning, tuple[str, str]]:
    """The items that can have a new name, each with the old one and the new."""
    opaque = {word for place in found.resolutions for word in _opaque_words(found, place)}
    new: dict[Meaning, tuple[str, str]] = {}
    for number, (path, entry) in enumerate(found.table.entries.items()):
        meaning, name = entry.found.meaning, str(path[-1])
        if isinstance(meaning, OwnItem | OwnVariant) and not entry.is_method and name not in opaque:
            new[meaning] = (name, f"N{number}")
    return new


def _inner_items(found: Resolved) -> Iterator[Edit]:
    for place, resolution in found.resolutions.items():
        tree = found.tree(place)
        for node, meaning in resolution.names.items():
            if not isinstance(meaning, InnerItem) or tree.content(node) in _opaque_words(found, place):
                continue
            declared = tree.parent(tree.parent(meaning.node))
            is_method = tree.kind(declared) == K.FUNCTION_ITEM and takes_self(tree, declared)
            if not is_method and tree.content(node) == tree.content(meaning.node):
                for each in (node, meaning.node):
                    yield (*tree.span(each), f"N{place.number}x{meaning.node}")


def _opaque_words(found: Resolved, place: ItemPlace) -> set[str]:
    tree = found.tree(place)
    return {tree.content(node) for node in found.resolutions[place].opaque}
