"""Which permissions the functions of a script need, through whatever they call that is plain to see."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from .expressions import member_name
from .facts import Facts, Item, Offsets
from .infer import Inference
from .literals import literal_text
from .names import HostFunctionMeaning, Meaning, ModuleFunction, OwnItem, imports, path_segments, resolve
from .script import ItemPlace, ModulePlace, Script
from .stubs import Bindings, Function, Permission
from .syntax import SyntaxKind as K
from .tree import TreeView

# The host calls these on what a plugin's factory gives, public or not.
CALLED_METHODS = ("tools", "dispatch", "on_watch")


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


class Reached(msgspec.Struct, frozen=True):
    """A requirement as an entry comes to it.

    `chain` are the functions on the way, the entry first; `span` is where the script's own text leaves for it: the
    call itself, or that of a function in a `mod` file.
    """

    requirement: Requirement
    chain: tuple[str, ...]
    span: Offsets


class EntryNeeds(msgspec.Struct, frozen=True):
    """What an entry needs; `span` is that of its name."""

    name: str
    span: Offsets
    needs: tuple[Reached, ...]


class Needs(msgspec.Struct, frozen=True):
    """What a script needs.

    `entries` are those functions that can be called from outside and need something; `all` are the requirements of
    any function, also of those that nothing calls. `perhaps` are permissions that a call may need whose meaning is
    not plain to see. `is_complete` is false if some function could not be looked into.
    """

    entries: tuple[EntryNeeds, ...] = ()
    all: tuple[Requirement, ...] = ()
    perhaps: frozenset[str] = frozenset()
    is_complete: bool = True


def needs_of(script: Script, modules: Mapping[str, bytes]) -> Needs:
    """What the script needs; `modules` are the texts of its `mod` files, by the paths that the facts give them."""
    vocabulary = _vocabulary(_SameBindings(script.bindings))
    if not vocabulary:
        return Needs()
    files = {0: script}
    for number, file in enumerate(script.facts.files[1:], start=1):
        if file.path in modules:
            files[number] = Script(Facts((file,)), modules[file.path], script.bindings)
    graph = _Graph(files, vocabulary)
    graph.explore()
    entries = (_entry(graph, number, item) for number, item in _entries(script))
    return Needs(
        entries=tuple(entry for entry in entries if entry.needs),
        all=tuple(requirement for calls in graph.calls.values() for requirement in calls.requirements),
        perhaps=frozenset(name for calls in graph.calls.values() for name in calls.perhaps),
        is_complete=len(files) == len(script.facts.files),
    )


class _SameBindings:
    """Bindings as a key: the same object, for comparing thousands of functions would take longer than the question."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings

    def __hash__(self) -> int:
        return id(self.bindings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameBindings) and self.bindings is other.bindings


@lru_cache(maxsize=4)
def _vocabulary(key: _SameBindings) -> dict[str, frozenset[str]]:
    """The names whose use may need a permission, each with the permissions."""
    found: dict[str, set[str]] = {}
    functions = [function for module in key.bindings.modules for function in module.functions]
    functions += (function for kind in key.bindings.types for function in kind.functions)
    for function in functions:
        if function.about.permission is not None:
            found.setdefault(function.name, set()).add(function.about.permission.name)
    return {name: frozenset(permissions) for name, permissions in found.items()}


class _Call(msgspec.Struct, frozen=True):
    """A function of the script that another names, and where."""

    target: ItemPlace
    span: Offsets


class _Calls(msgspec.Struct, frozen=True):
    """What one function calls, as far as it matters."""

    requirements: tuple[Requirement, ...]
    own: tuple[_Call, ...]
    perhaps: tuple[str, ...]


class _Graph:
    """Who calls whom, for the functions from which a permission is needed; the others are never looked into."""

    def __init__(self, files: Mapping[int, Script], vocabulary: Mapping[str, frozenset[str]]) -> None:
        self.files = files
        self.vocabulary = vocabulary
        self.calls: dict[ItemPlace, _Calls] = {}

    def explore(self) -> None:
        """Look into the functions that name something that needs a permission, and then into those that name them."""
        fresh = set(self.vocabulary)
        done: set[str] = set()
        while fresh:
            done |= fresh
            for number, script in self.files.items():
                for place in _mentioning(script, number, fresh):
                    if place not in self.calls:
                        self.calls[place] = self._look_into(place)
            fresh = {self.item(place).name for place in self._needing()} - done

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
        return self.files[place.file].main.items[place.number]

    def _look_into(self, place: ItemPlace) -> _Calls:
        inference = Inference(self.files[place.file], place.number)
        requirements: list[Requirement] = []
        own: list[_Call] = []
        perhaps: list[str] = []
        for node, meaning, function in self._mentions(inference, place):
            span = _name_span(inference.tree, node)
            if meaning is not None:
                own.append(_Call(meaning, span))
            elif function is None:
                perhaps += self.vocabulary.get(_last_name(inference.tree, node), ())
            elif (permission := function.about.permission) is not None:
                scope = _scope(inference.tree, node, function, permission)
                requirements.append(Requirement(permission.name, scope, function.name, place, span))
        return _Calls(tuple(requirements), tuple(own), tuple(perhaps))

    def _mentions(
        self, inference: Inference, place: ItemPlace
    ) -> Iterator[tuple[int, ItemPlace | None, Function | None]]:
        """The paths and method calls of a function, with the function of the script or of the host that each means.

        One that is only named counts as called: who gets it will call it.
        """
        tree = inference.tree
        for node in tree.descendants(0, K.PATH_EXPRESSION, K.METHOD_CALL_EXPRESSION):
            if tree.kind(node) == K.PATH_EXPRESSION:
                path = path_segments(tree, node)
                if not path or (len(path) == 1 and inference.local(path[0], tree.start(node)) is not None):
                    continue
                own, function = self._meant(inference, place.file, path)
                if own is not None or function is not None or path[-1] in self.vocabulary:
                    yield (node, own, function)
            else:
                yield from self._method(inference, place, node)

    def _method(
        self, inference: Inference, place: ItemPlace, node: int
    ) -> Iterator[tuple[int, ItemPlace | None, Function | None]]:
        tree = inference.tree
        name = member_name(tree, node)
        receiver = tree.first_child(node)
        if name is None:
            return
        member = inference.member(receiver, name)
        if member is None:
            if name in self.vocabulary and inference.type_of(receiver) is None:
                yield (node, None, None)
        elif member.own is not None:
            yield (node, ItemPlace(place.file, member.own.number), None)
        elif member.host is not None:
            methods = (each for each in member.host.functions if each.name == name and each.kind == "method")
            yield from ((node, None, each) for each in methods)

    def _meant(
        self, inference: Inference, file: int, path: tuple[str, ...]
    ) -> tuple[ItemPlace | None, Function | None]:
        """The function of the script, or of the host, that a path means."""
        meaning, is_local = self._resolved(inference, file, path)
        match meaning:
            case HostFunctionMeaning(_, function) | ModuleFunction(_, function):
                return (None, function)
            case OwnItem(place):
                there = ItemPlace(file, place.number) if is_local else place
                known = self.files.get(there.file)
                if known is not None and known.main.items[there.number].kind == "function":
                    return (there, None)
        return (None, None)

    def _resolved(self, inference: Inference, file: int, path: tuple[str, ...]) -> tuple[Meaning | None, bool]:
        """What a path means, and whether its place counts from the file of the inference itself."""
        if file == 0:
            return (inference.resolve(path), False)
        main = self.files[0]
        inside = (*main.path_of(ModulePlace(file, None)), *inference.script.path_of(inference.module))
        brought = (each for each in imports(inference.script, inference.module) if each.name == path[0])
        imported = next(brought, None)
        if imported is not None:
            path = (*imported.path, *path[1:])
        if path[0] == "crate":
            return (resolve(main, ModulePlace(0, None), path), False)
        if path[0] == "super":
            return (resolve(main, ModulePlace(0, None), ("crate", *inside[:-1], *path[1:])), False)
        found = inference.resolve(path)
        if found is not None:
            return (found, True)
        return (resolve(main, ModulePlace(0, None), ("crate", *inside, *path)), False)


def _mentioning(script: Script, file: int, names: Iterable[str]) -> Iterator[ItemPlace]:
    """The functions of a file in which one of the names stands, perhaps under another name that a `use` gives it."""
    wanted = {name.encode() for name in names}
    renamed = re.findall(rb"(\w+)\s+as\s+(\w+)", script.text)
    wanted |= {alias for name, alias in renamed if name in wanted}
    pattern = re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(wanted))) + rb")\b")
    if pattern.search(script.text) is None:
        return
    for number, item in enumerate(script.main.items):
        if item.kind == "function" and pattern.search(script.text, item.span[0] + item.name_span[1], item.span[1]):
            yield ItemPlace(file, number)


def _entries(script: Script) -> Iterator[tuple[int, Item]]:
    """The functions that can be called from outside."""
    for number, item in enumerate(script.main.items):
        is_method = item.name in CALLED_METHODS and script.impl_of(number) is not None
        if item.kind == "function" and item.name and (item.public or is_method):
            yield (number, item)


def _entry(graph: _Graph, number: int, item: Item) -> EntryNeeds:
    """What the function needs, each requirement by the shortest way to it."""
    start = item.span[0]
    span = (start + item.name_span[0], start + item.name_span[1])
    found: list[Reached] = []
    first = ItemPlace(0, number)
    seen = {first}
    waiting: deque[tuple[ItemPlace, tuple[str, ...], Offsets | None]] = deque([(first, (item.name,), None)])
    while waiting:
        place, chain, left_at = waiting.popleft()
        calls = graph.calls.get(place)
        if calls is None:
            continue
        found += (Reached(each, chain, left_at or each.span) for each in calls.requirements)
        for call in calls.own:
            if call.target not in seen:
                seen.add(call.target)
                leaves = left_at or (call.span if call.target.file != 0 else None)
                waiting.append((call.target, (*chain, graph.item(call.target).name), leaves))
    return EntryNeeds(item.name, span, tuple(found))


def _last_name(tree: TreeView, node: int) -> str:
    if tree.kind(node) == K.METHOD_CALL_EXPRESSION:
        return member_name(tree, node) or ""
    return path_segments(tree, node)[-1]


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
    return literal_text(text) if text.startswith('"') else None
