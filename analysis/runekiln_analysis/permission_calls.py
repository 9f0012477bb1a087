"""Which functions of a script call which, as far as something is to be said of what they call."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from .facts import Facts, Item, Offsets
from .grants import normal_scope
from .item_words import Vocabulary, vocabulary_of, words_by_item
from .literals import literal_text
from .members import member_name
from .resolve.items import resolve_item
from .resolve.meaning import HostFunctionMeaning, Meaning, ModuleFunction, OwnItem
from .resolve.resolution import Resolution
from .resolve.table import table_of
from .script import ItemPlace, Script
from .stubs import Function, Permission
from .syntax import SyntaxKind as K
from .tree import TreeView

if TYPE_CHECKING:
    from .flow.inference import Inference

_NAMING = (K.PATH_EXPRESSION, K.METHOD_CALL_EXPRESSION)
_RENAMED = re.compile(rb"\b(\w+)\s+as\s+(\w+)")


class Requirement(msgspec.Struct, frozen=True):
    """A call that needs a permission.

    `scope` is the value that narrows it, `None` if that is not plain to see or does not matter. `place` is the
    function that the call is in, and `span` where the called name stands in the file of that function.
    """

    permission: str
    scope: str | None
    callee: str
    place: ItemPlace
    span: Offsets


class DeprecatedCall(msgspec.Struct, frozen=True):
    """A function of the host that is deprecated, and where a function of the file of that number names it."""

    function: Function
    file: int
    span: Offsets


class Call(msgspec.Struct, frozen=True):
    """A function of the script that another names, and where."""

    target: ItemPlace
    span: Offsets


class Calls:
    """What one function calls, as far as it matters; found out step by step."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.requirements: list[Requirement] = []
        self.deprecated: list[DeprecatedCall] = []
        self.own: list[Call] = []
        self.perhaps: set[str] = set()


def explored(script: Script, modules: Mapping[str, bytes]) -> CallGraph:
    """Who calls whom in a script; `modules` are the texts of its `mod` files, by the paths that the facts give them."""
    graph = _unexplored(script, modules)
    graph.explore()
    return graph


def requirements_between(script: Script, modules: Mapping[str, bytes], span: Offsets) -> tuple[Requirement, ...]:
    """The calls in that part of the script's own file that need a permission by themselves, in no order."""
    graph = _unexplored(script, modules)
    graph.look_between(span)
    return tuple(requirement for calls in graph.calls.values() for requirement in calls.requirements)


def _unexplored(script: Script, modules: Mapping[str, bytes]) -> CallGraph:
    files = {0: script}
    for number, file in enumerate(script.facts.files[1:], start=1):
        if file.path in modules:
            files[number] = Script(Facts((file,)), modules[file.path], script.bindings)
    return CallGraph(replace(script, modules=modules), files, vocabulary_of(script.bindings))


class CallGraph:
    """Who calls whom, for the functions from which a permission is needed, or that call what is deprecated.

    The others are never looked into. `files` has the script and each of its `mod` files as a script of
    its own; what names mean, `script` says for all.
    """

    def __init__(self, script: Script, files: Mapping[int, Script], vocabulary: Vocabulary) -> None:
        self.script = script
        self.files = files
        self.vocabulary = vocabulary
        self.calls: dict[ItemPlace, Calls] = {}
        self._resolutions: dict[ItemPlace, Resolution] = {}

    def explore(self) -> None:
        """Look where something of interest is named, then where those functions are named that need a permission."""
        fresh = self._words_of_interest()
        done: set[str] = set(self.vocabulary.calls)
        while fresh:
            done |= fresh
            for number, script in self.files.items():
                for item, offset in _mentions(script, fresh):
                    self._look_at(ItemPlace(number, item), offset)
            fresh = {self.item(place).name for place in self._needing()} - done

    def look_between(self, span: Offsets) -> None:
        """Look at what is of interest in a part of the script's own file, and no further."""
        words = self._words_of_interest()
        for item, offset in _mentions(self.files[0], words) if words else ():
            if span[0] <= offset < span[1]:
                self._look_at(ItemPlace(0, item), offset)

    def _words_of_interest(self) -> set[str]:
        """The names in the functions, or in what they import, of whose calls something may be to be said."""
        mentioned = (words_by_item(script).values() for script in self.files.values())
        found = {word.decode() for words in mentioned for each in words for word in each}
        return found & self.vocabulary.calls

    def _needing(self) -> set[ItemPlace]:
        """The functions known so far that need something, by themselves or through others."""
        needing = {place for place, calls in self.calls.items() if calls.requirements}
        grown = True
        while grown:
            more = (place for place in self.calls.keys() - needing if self._calls_one_of(place, needing))
            grown = bool(added := set(more))
            needing |= added
        return needing

    def _calls_one_of(self, place: ItemPlace, others: set[ItemPlace]) -> bool:
        return any(call.target in others for call in self.calls[place].own)

    def item(self, place: ItemPlace) -> Item:
        """The function at that place."""
        return self.files[place.file].main.items[place.number]

    def _look_at(self, place: ItemPlace, offset: int) -> None:
        """Add what the name at `offset` means, if it names a function.

        One that is only named counts as called: who gets it will call it.
        """
        calls = self.calls.get(place)
        if calls is None:
            # Most scripts name nothing of interest, and inference takes 50 ms to import.
            from .flow.inference import Inference

            calls = self.calls[place] = Calls(Inference(self.files[place.file], place.number))
        node = _naming(calls.inference.tree, offset)
        if node is None:
            return
        span = _name_span(calls.inference.tree, node)
        for meaning in self._meanings(calls.inference, place, node):
            match meaning:
                case ItemPlace():
                    calls.own.append(Call(meaning, span))
                case Function():
                    if meaning.about.deprecated is not None:
                        calls.deprecated.append(DeprecatedCall(meaning, place.file, span))
                    permission = meaning.about.permission
                    if permission is not None:
                        scope = _scope(calls.inference.tree, node, meaning, permission)
                        calls.requirements.append(Requirement(permission.name, scope, meaning.name, place, span))
                case None:
                    calls.perhaps |= self.vocabulary.permissions.get(
                        _last_name(calls.inference.tree, node), frozenset()
                    )

    def _meanings(self, inference: Inference, place: ItemPlace, node: int) -> Iterator[ItemPlace | Function | None]:
        """The functions of the script or of the host that are named at `node`, `None` if that is not plain to see."""
        if inference.tree.kind(node) == K.METHOD_CALL_EXPRESSION:
            yield from _methods(inference, place.file, node)
            return
        token, resolution = inference.tree.last_word(node), self._resolution(place)
        if token is not None and token not in resolution.variables:
            yield self._meant(resolution.names.get(token))

    def _resolution(self, place: ItemPlace) -> Resolution:
        found = self._resolutions.get(place)
        if found is None:
            found = resolve_item(self.script, table_of(self.script), place)
            assert found is not None, "only files whose text is known are looked into"
            self._resolutions[place] = found
        return found

    def _meant(self, meaning: Meaning | None) -> ItemPlace | Function | None:
        """The function of the script, or of the host, that is meant."""
        match meaning:
            case HostFunctionMeaning(_, function) | ModuleFunction(_, function):
                return function
            case OwnItem(place) if place.file in self.files and self.item(place).kind == "function":
                return place
        return None


def _methods(inference: Inference, file: int, node: int) -> Iterator[ItemPlace | Function | None]:
    """What a method call may call; `None` if the receiver's type is not known."""
    tree = inference.tree
    name, receiver = member_name(tree, node), tree.first_child(node)
    member = None if name is None else inference.member(receiver, name)
    if member is None:
        yield from (None,) if inference.type_of(receiver) is None else ()
    elif member.own is not None:
        yield ItemPlace(file, member.own.number)
    elif member.host is not None:
        yield from (each for each in member.host.functions if each.name == name and each.kind == "method")


def _mentions(script: Script, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of the names stands in a function, perhaps another name that a `use` gives it.

    Each place comes as the number of the function and the offset.
    """
    wanted = {name.encode() for name in names}
    if b" as " in script.text:
        wanted |= {alias for name, alias in _RENAMED.findall(script.text) if name in wanted}
    pattern = re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(wanted))) + rb")\b")
    functions = [(item.span, number) for number, item in enumerate(script.main.items) if item.kind == "function"]
    for found in pattern.finditer(script.text):
        place = bisect_right(functions, found.start(), key=lambda pair: pair[0][0]) - 1
        if place >= 0 and found.start() < functions[place][0][1]:
            yield (functions[place][1], found.start())


def _naming(tree: TreeView, offset: int) -> int | None:
    """The path or method call whose last name stands at `offset`."""
    token = tree.token_at(offset)
    if token is None or tree.start(token) != offset or tree.kind(token) != K.IDENTIFIER:
        return None
    around = tree.path_to(token)[-4:-1]
    node = next((each for each in reversed(around) if tree.kind(each) in _NAMING), None)
    if node is None or _name_span(tree, node)[1] != tree.end(token):
        return None
    return node


def _last_name(tree: TreeView, node: int) -> str:
    if tree.kind(node) == K.METHOD_CALL_EXPRESSION:
        return member_name(tree, node) or ""
    word = tree.last_word(node)
    return "" if word is None else tree.content(word)


def _name_span(tree: TreeView, node: int) -> Offsets:
    """Where the called name stands."""
    if tree.kind(node) == K.PATH_EXPRESSION:
        return tree.span(node)
    dot = tree.first(node, K.DOT)
    named = next((child for child in tree.children(node) if dot is not None and child > dot), node)
    return (tree.start(named), tree.start(named) + len((member_name(tree, node) or "").encode()))


def _scope(tree: TreeView, node: int, function: Function, permission: Permission) -> str | None:
    """The text that is given for the parameter that narrows the permission."""
    names = [parameter.name for parameter in function.parameters]
    is_method_call = tree.kind(node) == K.METHOD_CALL_EXPRESSION
    if permission.scope not in names or (function.kind == "method" and not is_method_call):
        return None
    call = node if is_method_call else tree.parent(node)
    if not is_method_call and (tree.kind(call) != K.CALL_EXPRESSION or tree.first_child(call) != node):
        return None
    listed = tree.first(call, K.ARGUMENT_LIST)
    given = [] if listed is None else [child for child in tree.children(listed) if not tree.is_token(child)]
    place = names.index(permission.scope)
    if place >= len(given) or tree.kind(given[place]) != K.LITERAL_EXPRESSION:
        return None
    text = tree.content(given[place])
    return normal_scope(permission.name, literal_text(text)) if text.startswith('"') else None
