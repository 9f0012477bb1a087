"""Whether each name of a renamed script means what it meant before."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .referents import InnerField, InnerName, Referent
from .renamed_script import RenamedScript
from .resolve.items import resolve_item
from .resolve.meaning import InnerItem, Meaning, OwnField, OwnItem, OwnVariant
from .resolve.resolution import Resolution
from .resolve.table import table_of
from .script import ItemPlace
from .syntax import SyntaxKind as K
from .tree import TreeView
from .views import Views

_BEFORE_OTHERS = (K.COLON_COLON, K.DOT)


def first_other_meaning(views: Views, after: RenamedScript, referent: Referent, name: str) -> tuple[int, int] | None:
    """The first name that means something else now that the thing is called `name`: its file, and where it stood."""
    table = table_of(after.script)
    for place in views.places():
        old, new = views.resolution(place), resolve_item(after.script, table, place)
        if old is None or new is None:
            continue
        node = _other_meaning(_Mapped(after, place, referent, name), old, new)
        if node is None and any(binding.name == name for binding in new.bindings):
            node = next(_in_its_own_value(after, place, old, new, name), None)
        if node is not None:
            return place.file, views.tree(place).start(node)
    return None


def _in_its_own_value(
    after: RenamedScript, place: ItemPlace, old: Resolution, new: Resolution, name: str
) -> Iterator[int]:
    """Where `if let` binds a name that its value has: Rune takes it for the new one, which has no value yet."""
    text = after.script.text_of(place.file) or b""
    item = after.script.item(place)
    tree = TreeView(item.tree, text, item.span[0])
    for binding, before in zip(new.bindings, old.bindings, strict=True):
        if binding.name != name or tree.kind(binding.origin) != K.LET_EXPRESSION:
            continue
        for node in tree.descendants(binding.origin, K.IDENTIFIER):
            is_first = tree.kind(node - 1) not in _BEFORE_OTHERS and node != binding.node
            if is_first and tree.content(node) == name and (node in new.variables or node in new.names):
                yield before.node


class _Mapped(msgspec.Struct, frozen=True):
    """What is the same in an item, although it is called otherwise."""

    after: RenamedScript
    place: ItemPlace
    referent: Referent
    name: str

    def meaning(self, meaning: Meaning | None) -> Meaning | None:
        """A meaning as it is told afterwards."""
        if isinstance(meaning, InnerItem):
            return InnerItem(self.after.key(self.place, meaning.node))
        if isinstance(meaning, OwnVariant) and meaning == self.referent:
            return OwnVariant(meaning.enum, self.name)
        return meaning

    def field(self, field: OwnField) -> OwnField:
        """The same of a field."""
        owner = self.meaning(field.owner)
        assert isinstance(owner, OwnItem | OwnVariant | InnerItem), "it stays of its kind"
        own: OwnField | InnerField = field
        if isinstance(field.owner, InnerItem):
            own = InnerField(InnerName(self.place, field.owner.node), field.name)
        return OwnField(owner, self.name if own == self.referent else field.name)


def _other_meaning(mapped: _Mapped, old: Resolution, new: Resolution) -> int | None:
    """The node of a name that means something else."""
    after, place = mapped.after, mapped.place
    declared = [after.value(place, each.node) for each in old.bindings]
    if declared != [each.node for each in new.bindings]:
        pairs = zip(old.bindings, declared, strict=True)
        now = {each.node for each in new.bindings}
        return next((each.node for each, node in pairs if node not in now), 0)
    for node, number in old.variables.items():
        if new.variables.get(after.value(place, node)) != number:
            return node
    for node, meaning in old.names.items():
        there = after.value(place, node)
        if there not in new.names or new.names[there] != mapped.meaning(meaning):
            return node
    for node, field in old.fields.items():
        if new.fields.get(after.key(place, node)) != mapped.field(field):
            return node
    return None
