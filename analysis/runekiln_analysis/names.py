"""What a path in a script means: the script's own items, what it imports, and what the host binds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from .facts import Item
from .rune_words import PRELUDE_TYPES
from .script import ItemPlace, ModulePlace, Script
from .stubs import Alias, Bindings, Constant, Function, HostType, Macro, Module, RuneStd, Variant
from .syntax import SyntaxKind as K
from .tree import TreeView

_NAMED_KINDS = ("function", "struct", "enum", "const", "module")
_IMPORT_DEPTH_LIMIT = 4
STD = "std"


class OwnItem(msgspec.Struct, frozen=True):
    """An item of the script or of its `mod` files."""

    place: ItemPlace


class OwnVariant(msgspec.Struct, frozen=True):
    """A variant of an enum of the script, by its name."""

    enum: ItemPlace
    name: str


class HostTypeMeaning(msgspec.Struct, frozen=True):
    """A type of the host."""

    type: HostType


class HostFunctionMeaning(msgspec.Struct, frozen=True):
    """A function of a host type."""

    type: HostType
    function: Function


class HostModule(msgspec.Struct, frozen=True):
    """A crate or module of the host, by its path."""

    path: str


class HostVariant(msgspec.Struct, frozen=True):
    """A variant of an enum of the host."""

    type: HostType
    variant: Variant


class ModuleFunction(msgspec.Struct, frozen=True):
    """A function of a module of the host."""

    module: Module
    function: Function


class ModuleMember(msgspec.Struct, frozen=True):
    """Whatever else a module of the host holds besides types."""

    module: Module
    member: Constant | Macro | Alias


Meaning = (
    OwnItem
    | OwnVariant
    | HostTypeMeaning
    | HostFunctionMeaning
    | HostVariant
    | HostModule
    | ModuleFunction
    | ModuleMember
)


class Import(msgspec.Struct, frozen=True):
    """One name that a `use` brings in; `name` is `*` for everything in the module of that path."""

    name: str
    path: tuple[str, ...]


def resolve(script: Script, module: ModulePlace, path: Sequence[str], self_type: str | None = None) -> Meaning | None:
    """What `path` means in `module`, `None` if it means nothing known. `self_type` is what `Self` stands for."""
    return _resolve(script, module, path, self_type, 0)


def resolve_import(script: Script, module: ModulePlace, path: Sequence[str]) -> Meaning | None:
    """What the path of a `use` in `module` means."""
    return _target(script, module, path, 0) if path else None


def imports(script: Script, module: ModulePlace) -> Iterator[Import]:
    """What the `use` items of a module of the script bring in. The text of `mod` files is not known."""
    if module.file != 0:
        return
    for place, item in script.members_of(module):
        if item.kind == "use" and place.file == 0:
            tree = script.tree(place.number)
            yield from imports_in(tree, 0)


def imports_in(tree: TreeView, node: int) -> Iterator[Import]:
    """What the `USE_ITEM` at `node` brings in."""
    use_tree = tree.first(node, K.USE_TREE)
    return iter(()) if use_tree is None else _imports_of(tree, use_tree, ())


def path_segments(tree: TreeView, node: int) -> tuple[str, ...]:
    """The names in a path, without generic arguments; the first is empty if the path starts with `::`."""
    segments: list[str] = []
    for child in tree.children(node):
        if tree.kind(child) == K.COLON_COLON:
            segments += [""] if not segments else []
        elif tree.is_token(child):
            segments.append(tree.content(child))
        elif tree.kind(child) in (K.PATH, K.NAME):
            segments += path_segments(tree, child)
    return tuple(segments)


def variant_names(script: Script, place: ItemPlace) -> tuple[str, ...]:
    """The names of an enum's variants, none if the enum is in a `mod` file."""
    if place.file != 0:
        return ()
    tree = script.tree(place.number)
    names = (tree.first(variant, K.NAME) for variant in tree.descendants(0, K.VARIANT))
    return tuple(tree.content(name) for name in names if name is not None)


def functions_of(script: Script, place: ItemPlace) -> Iterator[tuple[ItemPlace, Item]]:
    """The functions in the `impl` blocks of a struct or enum of the script, wherever those stand in its file."""
    file = script.facts.files[place.file]
    owner = file.items[place.number]
    for number, block in enumerate(file.items):
        # An `impl` names the type by a path that ends with the type's name; two types of one name in one file are
        # told apart by the module, which an `impl` nearly always shares with its type.
        if block.kind == "impl" and block.name.split("::")[-1] == owner.name and block.parent == owner.parent:
            yield from ((ItemPlace(place.file, inner), item) for inner, item in file.children(number))


def _resolve(
    script: Script, module: ModulePlace, path: Sequence[str], self_type: str | None, depth: int
) -> Meaning | None:
    if not path or depth > _IMPORT_DEPTH_LIMIT:
        return None
    head, rest = path[0], path[1:]
    if head == "Self":
        return _resolve(script, module, (*self_type.split("::"), *rest), None, depth + 1) if self_type else None
    if head in ("crate", "self", "super"):
        base = _relative_module(script, module, head)
        return None if base is None or not rest else _in_module(script, base, rest, depth)
    if head == "":
        return _host_path(script, rest)
    if any(item.name == head and item.kind in _NAMED_KINDS for _, item in script.members_of(module)):
        return _in_module(script, module, path, depth)
    brought = tuple(imports(script, module))
    if any(each.name == head for each in brought):
        return _imported(script, module, path, brought, depth)
    return _imported(script, module, path, brought, depth) or _host(script, path)


def _relative_module(script: Script, module: ModulePlace, head: str) -> ModulePlace | None:
    if head == "self":
        return module
    if head == "crate":
        return ModulePlace(0, None)
    if module.number is None:
        return None
    return ModulePlace(module.file, script.facts.files[module.file].items[module.number].parent)


def _in_module(script: Script, module: ModulePlace, path: Sequence[str], depth: int) -> Meaning | None:
    """What `path` means when it starts with an item of `module` itself."""
    head, rest = path[0], path[1:]
    if head == "super":
        base = _relative_module(script, module, head)
        return None if base is None or not rest else _in_module(script, base, rest, depth)
    for place, item in script.members_of(module):
        if item.name == head and item.kind in _NAMED_KINDS:
            return _below(script, place, item, rest, depth)
    return None


def _below(script: Script, place: ItemPlace, item: Item, rest: Sequence[str], depth: int) -> Meaning | None:
    if not rest:
        return OwnItem(place)
    if item.kind == "module":
        inside = ModulePlace(place.file, place.number)
        brought = tuple(imports(script, inside))
        return _in_module(script, inside, rest, depth) or _imported(script, inside, rest, brought, depth)
    if len(rest) > 1 or item.kind not in ("struct", "enum"):
        return None
    if item.kind == "enum" and rest[0] in variant_names(script, place):
        return OwnVariant(place, rest[0])
    found = (inner for inner, function in functions_of(script, place) if function.name == rest[0])
    return next((OwnItem(inner) for inner in found), None)


def _imported(
    script: Script, module: ModulePlace, path: Sequence[str], brought: tuple[Import, ...], depth: int
) -> Meaning | None:
    """What the path means when it starts with a name that a `use` brings in; one by name goes before `*`."""
    head, rest = path[0], path[1:]
    for each in brought:
        if each.name == head:
            return _target(script, module, (*each.path, *rest), depth)
    for each in brought:
        if each.name == "*" and (found := _target(script, module, (*each.path, *path), depth)) is not None:
            return found
    return None


def _target(script: Script, module: ModulePlace, path: Sequence[str], depth: int) -> Meaning | None:
    """What an import's path means: it starts at a crate, or at an item of the module that is not imported itself."""
    if path[0] in ("crate", "self", "super", "Self", ""):
        return _resolve(script, module, path, None, depth + 1)
    return _in_module(script, module, path, depth + 1) or _host_path(script, path)


def _host(script: Script, path: Sequence[str]) -> Meaning | None:
    """What the path means by the prelude, or from a crate."""
    named = (kind for kind in script.bindings.types if kind.prelude and path[0] in (kind.name, *kind.aliases))
    kind = next(named, None) or (rune_type_of(script, path[0]) if len(path) > 1 else None)
    return _host_path(script, path) if kind is None else _of_host_type(kind, path[1:])


def rune_type_of(script: Script, name: str) -> HostType | None:
    """Rune's own type that needs no `use`, such as `Vec`, for what lies below it; the name itself is a word of Rune."""
    std = script.bindings.std
    return std.types.get(name) if std is not None and name in PRELUDE_TYPES else None


def _host_path(script: Script, path: Sequence[str]) -> Meaning | None:
    """What the path means when it starts at a crate of the host, or at Rune's own."""
    found = _in_crates(script.bindings, path)
    std = script.bindings.std
    return found if found is not None or std is None else _in_std(std, path)


def _in_std(std: RuneStd, path: Sequence[str]) -> Meaning | None:
    """The same for Rune's own crate, whose types have the functions of their traits, too."""
    if not path or path[0] != STD:
        return None
    match _in_crates(std.declared, path):
        case HostTypeMeaning(kind):
            return HostTypeMeaning(std.types[kind.path])
        case ModuleMember(_, Alias() as alias) if alias.type in std.types:
            return HostTypeMeaning(std.types[alias.type])
        case None:
            around = _in_std(std, path[:-1])
            return _of_host_type(around.type, path[-1:]) if isinstance(around, HostTypeMeaning) else None
        case found:
            return found


def _in_crates(bindings: Bindings, path: Sequence[str]) -> Meaning | None:
    joined = "::".join(path)
    for kind in bindings.types:
        # With hundreds of types, most are of other crates or modules.
        if not kind.path.startswith(path[0] if path else ""):
            continue
        parts = kind.path.split("::")
        if list(path[: len(parts)]) == parts:
            return _of_host_type(kind, path[len(parts) :])
        if joined and kind.path.startswith(f"{joined}::"):
            return HostModule(joined)
    return _in_host_modules(bindings, path)


def _in_host_modules(bindings: Bindings, path: Sequence[str]) -> Meaning | None:
    """The module that the path leads to, or what it leads to in one besides types."""
    joined, owner = "::".join(path), "::".join(path[:-1])
    for module in bindings.modules:
        if joined and (module.path == joined or module.path.startswith(f"{joined}::")):
            return HostModule(joined)
        if owner and module.path == owner and (found := _of_host_module(module, path[-1])) is not None:
            return found
    return None


def _of_host_module(module: Module, name: str) -> Meaning | None:
    for function in module.functions:
        if function.name == name:
            return ModuleFunction(module, function)
    members: tuple[Constant | Macro | Alias, ...] = (*module.constants, *module.macros, *module.aliases)
    return next((ModuleMember(module, member) for member in members if member.name == name), None)


def _of_host_type(kind: HostType, rest: Sequence[str]) -> Meaning | None:
    if not rest:
        return HostTypeMeaning(kind)
    if len(rest) > 1:
        return None
    for variant in kind.variants:
        if variant.name == rest[0]:
            return HostVariant(kind, variant)
    found = (function for function in kind.functions if function.name == rest[0])
    return next((HostFunctionMeaning(kind, function) for function in found), None)


def _imports_of(tree: TreeView, node: int, prefix: tuple[str, ...]) -> Iterator[Import]:
    """The imports of a `USE_TREE`: `a::b`, `a::*`, `a::b as c` or `a::{…}`."""
    segments: tuple[str, ...] = prefix
    alias: str | None = None
    for child in tree.children(node):
        match tree.kind(child):
            case K.USE_TREE_LIST:
                for inner in tree.children(child):
                    if tree.kind(inner) == K.USE_TREE:
                        yield from _imports_of(tree, inner, segments)
                return
            case K.STAR:
                yield Import("*", segments)
                return
            case K.USE_ALIAS:
                last = tree.last_child(child)
                alias = None if last is None else tree.content(last)
            case K.PATH | K.NAME:
                segments += path_segments(tree, child)
            case K.COLON_COLON:
                segments = segments or ("",)
            case _ if tree.is_token(child):
                segments += (tree.content(child),)
    if len(segments) > 1 and segments[-1] == "self":
        segments = segments[:-1]
    if segments:
        yield Import(alias or segments[-1], segments)
