"""The words of a script that can be broken so that it surely fails, by kind: what the rules ought to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from runekiln_analysis.attributes import attributed_functions
from runekiln_analysis.facts import Offsets
from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.functions import parameter_types
from runekiln_analysis.members import member_name, member_named
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from runekiln_analysis.resolve.resolution import Binding, Resolution
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import UNKNOWN, KeyedObject, Named, ObjectOf, Type, Unknown

EVENT = "event names"
STATE = "states"
KEY = "attribute keys"
ARITY = "arity of script functions"
METHOD = "methods"
FIELD = "fields"

_NAMING_STATES = {"transition": 2, "initial": 1, "terminal": 1}
"""Methods of a state machine, and how many of their arguments name a state that must be there."""
_AROUND = (K.METHOD_CALL_EXPRESSION, K.FIELD_EXPRESSION, K.INDEX_EXPRESSION, K.TRY_EXPRESSION, K.AWAIT_EXPRESSION)


@dataclass(frozen=True, slots=True)
class Site:
    """A word to break, or the `arguments` of a call to take one from or add one to, at an absolute span.

    `known` are the words that would be right there, too. `typed`: a stub, an entry or an annotation says what the value
    is that the way to the word begins with, and the host does not leave open what comes of it.
    """

    kind: str
    span: Offsets
    known: frozenset[str] = frozenset()
    arguments: tuple[str, ...] | None = None
    typed: bool = True


def sites(script: Script) -> Iterator[Site]:
    """All sites of a script."""
    yield from _in_attributes(script)
    flows, members = Flows(script), _names_of_members(script)
    for number, item in enumerate(script.main.items):
        resolution = flows.resolution(ItemPlace(0, number)) if item.kind == "function" else None
        if resolution is not None:
            inside = _Inside(script, number, resolution, flows.inferred(ItemPlace(0, number)), members)
            yield from inside.sites()


def _in_attributes(script: Script) -> Iterator[Site]:
    events = frozenset(event.name for event in script.bindings.events)
    for function in attributed_functions(script):
        for written in function.attributes:
            host = script.bindings.attribute_named(written.name)
            names = frozenset() if host is None else frozenset(key.name for key in host.keys)
            for key in written.keys:
                if key.name in names:
                    yield Site(KEY, key.name_span, names)
                if host is not None and host.name == "handler" and key.name == "event" and key.value in events:
                    yield Site(EVENT, (key.value_span[0] + 1, key.value_span[1] - 1), events)


def _names_of_members(script: Script) -> frozenset[str]:
    """Every name that some value may have behind a dot."""
    hosts = (*script.bindings.types, *(script.bindings.std.types.values() if script.bindings.std else ()))
    found = {row.name for host in hosts for row in (*host.fields, *host.functions)}
    words = {word for item in script.main.items for word in (item.name,)}
    return frozenset(found | words)


class _Inside:
    """The sites in the body of one function."""

    def __init__(
        self, script: Script, number: int, resolution: Resolution, inferred: Inferred, members: frozenset[str]
    ) -> None:
        self.script = script
        self.number = number
        self.resolution = resolution
        self.inferred = inferred
        self.members = members
        self.tree: TreeView = script.tree(number)

    def sites(self) -> Iterator[Site]:
        """All of them, in the order of the text."""
        for node in range(len(self.tree)):
            match self.tree.kind(node):
                case K.CALL_EXPRESSION:
                    yield from self._call(node)
                case K.METHOD_CALL_EXPRESSION | K.FIELD_EXPRESSION:
                    yield from self._states(node)
                    yield from self._member(node)

    def _call(self, node: int) -> Iterator[Site]:
        token = self.tree.last_word(node + 1) if self.tree.kind(node + 1) == K.PATH_EXPRESSION else None
        meaning = None if token is None else self.resolution.names.get(token)
        listed = self.tree.first(node, K.ARGUMENT_LIST)
        is_function = isinstance(meaning, OwnItem) and self.script.item(meaning.place).kind == "function"
        if listed is not None and is_function and isinstance(meaning, OwnItem) and not self._is_const(meaning):
            given = [each for each in self.tree.children(listed) if not self.tree.is_token(each)]
            yield Site(ARITY, self.tree.span(listed), arguments=tuple(self.tree.content(each) for each in given))

    def _is_const(self, meaning: OwnItem) -> bool:
        """Whether the compiler itself counts the arguments."""
        return K.CONST_KEYWORD in self.script.item(meaning.place).tree[::16][:8]

    def _states(self, node: int) -> Iterator[Site]:
        tree = self.tree
        listed = tree.first(node, K.ARGUMENT_LIST)
        count = _NAMING_STATES.get(member_name(tree, node) or "", 0) if listed is not None else 0
        if not count or listed is None or self.inferred.receivers.get(node) != Named("StateMachine"):
            return
        texts = frozenset(tree.content(each)[1:-1] for each in tree.descendants(0, K.STRING_LITERAL))
        given = [each for each in tree.children(listed) if not tree.is_token(each)][:count]
        for each in given:
            if tree.kind(each) == K.LITERAL_EXPRESSION:
                yield Site(STATE, (tree.start(each) + 1, tree.end(each) - 1), texts)

    def _member(self, node: int) -> Iterator[Site]:
        dot = self.tree.first(node, K.DOT)
        if dot is None or self.tree.kind(dot + 1) != K.IDENTIFIER:
            return
        kind = METHOD if self.tree.kind(node) == K.METHOD_CALL_EXPRESSION else FIELD
        receiver = self.tree.first_child(node)
        typed = self._has_typed_root(receiver) and not self._is_open(receiver)
        yield Site(kind, self.tree.span(dot + 1), self.members, typed=typed)

    def _has_typed_root(self, node: int) -> bool:
        """Whether something other than inference says what the way to the value at `node` begins with."""
        match self.tree.kind(node):
            case K.PARENTHESIZED_EXPRESSION:
                return self._has_typed_root(self._inner(node))
            case K.CALL_EXPRESSION:
                token = self.tree.last_word(node + 1) if self.tree.kind(node + 1) == K.PATH_EXPRESSION else None
                meaning = None if token is None else self.resolution.names.get(token)
                return isinstance(meaning, HostFunctionMeaning | ModuleFunction)
            case K.PATH_EXPRESSION:
                binding = self._variable(node)
                if binding is not None and binding.kind == "parameter":
                    return self._is_declared(binding)
                value = None if binding is None else self._value_of(binding)
                return value is not None and self._has_typed_root(value)
            case kind if kind in _AROUND:
                return self._has_typed_root(self.tree.first_child(node))
        return False

    def _is_open(self, node: int) -> bool:
        """Whether the host, or an object, may have anything there: what it declares is `any` or `Object`."""
        kind = self.inferred.type_of(node)
        if _is_object(kind) or kind != UNKNOWN:
            return _is_object(kind)
        match self.tree.kind(node):
            case K.METHOD_CALL_EXPRESSION | K.FIELD_EXPRESSION if node in self.inferred.receivers:
                owner = self.inferred.receivers[node]
                member = member_named(self.script, owner, member_name(self.tree, node) or "")
                return _is_object(owner) or (member is not None and isinstance(member.type, Unknown | None))
            case K.PARENTHESIZED_EXPRESSION:
                return self._is_open(self._inner(node))
            case K.PATH_EXPRESSION:
                binding = self._variable(node)
                value = None if binding is None else self._value_of(binding)
                return value is not None and self._is_open(value)
            case around if around in _AROUND:
                return self._is_open(self.tree.first_child(node))
        return False

    def _inner(self, node: int) -> int:
        return next((each for each in self.tree.children(node) if not self.tree.is_token(each)), node)

    def _variable(self, path: int) -> Binding | None:
        number = self.resolution.variables.get(path + 1)
        return None if number is None else self.resolution.bindings[number]

    def _value_of(self, binding: Binding) -> int | None:
        """The expression that a `let` or `for` takes the value of a plain name from."""
        begins = {"let": K.EQUAL, "loop": K.IN_KEYWORD}.get(binding.kind)
        sign = None if begins is None else self.tree.first(binding.origin, begins)
        is_plain = self.tree.kind(binding.pattern) == K.IDENTIFIER_PATTERN
        return None if sign is None or not is_plain else self.tree.after(sign)

    def _is_declared(self, binding: Binding) -> bool:
        if binding.origin != 0 or binding.name == "self":
            return False
        names = [each for each in self.resolution.bindings if each.kind == "parameter" and each.name != "self"]
        types = parameter_types(self.script, self.number)
        place = next((number for number, each in enumerate(names) if each.node == binding.node), len(types))
        return len(names) == len(types) and types[place] is not None


def _is_object(kind: Type) -> bool:
    if isinstance(kind, KeyedObject):
        return not kind.whole
    return isinstance(kind, ObjectOf) or (isinstance(kind, Named) and kind.name == "Object")
