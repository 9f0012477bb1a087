"""What a script says itself: the headers of its functions, the members of its types."""

from __future__ import annotations

from runekiln_analysis.declarations import FunctionDeclaration, fields, function_header, variants
from runekiln_analysis.event_payloads import with_payload
from runekiln_analysis.functions import types_of_parameters
from runekiln_analysis.members import canonical
from runekiln_analysis.resolve.below import functions_of
from runekiln_analysis.resolve.meaning import HostTypeMeaning, OwnItem
from runekiln_analysis.resolve.scope import find
from runekiln_analysis.resolve.table import Table, scope_of, table_of
from runekiln_analysis.script import ItemPlace, ModulePlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import UNKNOWN, Named, Type, parse_type

from .hosts import Hosts, hosts_of
from .world import OwnMember


class Declared:
    """What the items of one script declare; remembers what it was asked."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.table: Table = table_of(script)
        self.hosts: Hosts = hosts_of(script.bindings)
        self._headers: dict[ItemPlace, FunctionDeclaration] = {}
        self._parameters: dict[ItemPlace, tuple[Type, ...]] = {}
        self._members: dict[int, dict[str, tuple[Type, ItemPlace | None]]] = {}
        self._stated: dict[tuple[ModulePlace, str], Type] = {}

    def tree(self, place: ItemPlace) -> TreeView | None:
        """The tree of an item, `None` if the text of its file is not known."""
        text = self.script.text_of(place.file)
        item = self.script.item(place)
        return None if text is None else TreeView(item.tree, text, item.span[0])

    def module(self, place: ItemPlace) -> ModulePlace:
        """The module around an item."""
        items = self.script.facts.files[place.file].items
        parent = items[place.number].parent
        while parent is not None and items[parent].kind != "module":
            parent = items[parent].parent
        return ModulePlace(place.file, parent)

    def header(self, place: ItemPlace) -> FunctionDeclaration | None:
        """The header of a function."""
        if place not in self._headers:
            tree = self.tree(place)
            if tree is None:
                return None
            item = self.script.item(place)
            self._headers[place] = function_header(tree, 0, item.docs, item.name)
        return self._headers[place]

    def stated(self, module: ModulePlace, text: str) -> Type:
        """The type that an annotation states in a module."""
        key = (module, text)
        if key not in self._stated:
            parsed = parse_type(text)
            self._stated[key] = UNKNOWN if parsed is None else canonical(self.script, module, parsed)
        return self._stated[key]

    def stated_return(self, place: ItemPlace) -> Type:
        """What a function says that it gives."""
        header = self.header(place)
        if header is None or header.returns is None:
            return UNKNOWN
        return canonical(self.script, self.module(place), header.returns)

    def parameters(self, place: ItemPlace) -> tuple[Type, ...]:
        """The types of a function's parameters, `self` among them."""
        if place not in self._parameters:
            self._parameters[place] = self._parameters_of(place)
        return self._parameters[place]

    def _parameters_of(self, place: ItemPlace) -> tuple[Type, ...]:
        header = self.header(place)
        if header is None:
            return ()
        if place.file == 0:
            found = zip(header.parameters, types_of_parameters(self.script, place.number, header), strict=True)
            stated = [
                UNKNOWN if kind is None else with_payload(self.script, place.number, each.name, kind)
                for each, kind in found
            ]
        else:
            module = self.module(place)
            types = [each.type for each in header.parameters]
            stated = [UNKNOWN if kind is None else canonical(self.script, module, kind) for kind in types]
        return (self._self_type(place), *stated) if header.has_self else tuple(stated)

    def _self_type(self, place: ItemPlace) -> Type:
        match find(scope_of(self.table, place), ("Self",)).meaning:
            case OwnItem(own) if self.script.item(own).kind in ("struct", "enum"):
                return self.own_type(own) or UNKNOWN
            case HostTypeMeaning(host):
                return Named(self.hosts.name_of(host))
        return UNKNOWN

    def kind(self, place: ItemPlace) -> str:
        """What sort of item is at that place."""
        return self.script.item(place).kind

    def own_type(self, place: ItemPlace) -> Named | None:
        """The type that an own struct or enum is; none if it is in another file."""
        return Named(self.script.item(place).name, (), place.number) if place.file == 0 else None

    def member(self, number: int, name: str) -> OwnMember | None:
        """The field or method of that name of an own struct or enum."""
        known = self._members.get(number)
        if known is None:
            known = self._members[number] = self._members_of(number)
        found = known.get(name)
        return None if found is None else OwnMember(*found)

    def _members_of(self, number: int) -> dict[str, tuple[Type, ItemPlace | None]]:
        if number < 0:
            return {}
        module = self.module(ItemPlace(0, number))
        found: dict[str, tuple[Type, ItemPlace | None]] = {}
        for place, _ in functions_of(self.script, ItemPlace(0, number)):
            header = self.header(place)
            if header is not None and header.has_self:
                found[self.script.item(place).name] = (UNKNOWN, place)
        for field in fields(self.script, number) if self.script.main.items[number].kind == "struct" else ():
            kind = UNKNOWN if field.type is None else canonical(self.script, module, field.type)
            found[field.name] = (kind, None)
        return found

    def variants(self, number: int) -> frozenset[str]:
        """The names of an enum's variants."""
        is_enum = number >= 0 and self.script.main.items[number].kind == "enum"
        return frozenset(each.name for each in variants(self.script, number)) if is_enum else frozenset()

    def arity(self, place: ItemPlace, variant: str | None) -> int | None:
        """How many values a function takes, or a struct or variant has, `None` if those have names."""
        item, tree = self.script.item(place), self.tree(place)
        if tree is None:
            return None
        if item.kind == "function":
            header = self.header(place)
            return None if header is None else len(header.parameters) + header.has_self
        node = 0
        if variant is not None:
            names = ((each, tree.first(each, K.NAME)) for each in tree.descendants(0, K.VARIANT))
            node = next((each for each, name in names if name is not None and tree.content(name) == variant), 0)
        listed = tree.first(node, K.TUPLE_FIELD_LIST, K.FIELD_LIST)
        if listed is None:
            return 0
        count = sum(tree.kind(each) == K.FIELD for each in tree.children(listed))
        return count if count and tree.kind(listed) == K.TUPLE_FIELD_LIST else None
