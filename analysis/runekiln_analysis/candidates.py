"""Where completions come from: each kind of name that a script can use, before the word at the cursor is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Literal

import msgspec

from . import rune_words, signatures, templates
from .declarations import fields, parameter_names
from .documentation import prose
from .facts import Edit
from .flow.inference import Inference
from .members import Member, members
from .resolve.below import functions_of, variant_names
from .resolve.below import imported_names as imported_names_of
from .resolve.meaning import OwnItem
from .resolve.resolution import InnerDeclaration, Local
from .script import ItemPlace, ModulePlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import FunctionOf, Named, ObjectOf, TupleOf, Type, UnionOf, show
from .usual_members import BEHIND_USUAL, place_among_usual

CandidateKind = Literal[
    "variable",
    "parameter",
    "field",
    "method",
    "function",
    "struct",
    "enum",
    "variant",
    "type",
    "module",
    "constant",
    "macro",
    "keyword",
    "attribute",
    "event",
    "file",
    "value",
    "snippet",
    "postfix",
]

_FIELD_PARTS = (K.FIELD_INITIALIZER, K.FIELD_PATTERN, K.IDENTIFIER_PATTERN)
_AT_HAND = -1
"""The tier of what is nearest."""
_START_OF_BODY = re.compile(rb"[{;=]")
_KIND_OF_ITEM: Mapping[str, CandidateKind] = {
    "function": "function",
    "struct": "struct",
    "enum": "enum",
    "const": "constant",
    "module": "module",
}
_KIND_OF_INNER_ITEM: Mapping[int, CandidateKind] = {
    K.FUNCTION_ITEM: "function",
    K.STRUCT_ITEM: "struct",
    K.ENUM_ITEM: "enum",
    K.CONST_ITEM: "constant",
    K.MODULE_ITEM: "module",
}
_KEYWORDS_OF_INNER_ITEMS: Mapping[str, str] = {"function": "fn", "constant": "const", "module": "mod"}


class Candidate(msgspec.Struct, frozen=True):
    """A name that could be written, and what it is.

    `describe` gives a line of Rune about it and its documentation in Markdown; it is asked only about those shown. What
    has a higher `tier` comes behind all others that fit the word as well; `weight` is worth so many uses. `parameters`
    are the names of what a call of it takes, if that is known; `template` is what to write in its place, with the
    places of a snippet, and `insert` the same without them. `matched` is what the word is held against if that is not
    the label, and `edits` are made elsewhere besides. `member` is what it is of a value of a known or guessed type.
    """

    label: str
    kind: CandidateKind
    describe: Callable[[], tuple[str, str]]
    tier: int = 0
    weight: int = 0
    parameters: Callable[[], tuple[str, ...] | None] | None = None
    template: str | None = None
    insert: str | None = None
    matched: str | None = None
    edits: tuple[Edit, ...] = ()
    deprecated: bool = False
    member: Member | None = None


def members_of_type(script: Script, kind: Type) -> Iterator[Candidate]:
    """What can be done with a value, the usual first, then the fields of its type; last what every value can do."""
    return (of_member(script, member) for member in ordered_members(script, kind))


def ordered_members(script: Script, kind: Type) -> Iterator[Member]:
    """The members of a type, or of each in a union, in that order."""
    for each in kind.members if isinstance(kind, UnionOf) else (kind,):
        meant = _named(each)
        usual = place_among_usual(_usual_name(script, meant))
        yield from sorted(members(script, meant), key=partial(_rank_of_member, usual))


def _usual_name(script: Script, kind: Type) -> str:
    """The name by which the usual members of a type are known: all that iterate have those of iterators."""
    host = script.bindings.type_meant(kind.name) if isinstance(kind, Named) and kind.item is None else None
    if host is None:
        return ""
    return "Iterator" if any(each.endswith("Iterator") for each in host.traits) else host.name


def _named(kind: Type) -> Type:
    """What a type is an instance of whose parts are known."""
    match kind:
        case ObjectOf():
            return Named("Object")
        case TupleOf():
            return Named("Tuple")
        case FunctionOf():
            return Named("Function")
    return kind


def of_member(script: Script, member: Member) -> Candidate:
    """A member as a candidate."""
    if member.own is not None:
        return own_function(script, member.name, "method", member.own)
    is_method = member.kind == "method"
    return Candidate(
        member.name,
        member.kind,
        partial(_describe_member, script, member),
        parameters=(lambda: tuple(each.name for each in member.parameters)) if is_method else None,
        deprecated=_is_deprecated(member),
        member=member,
    )


def _is_deprecated(member: Member) -> bool:
    """Rune says of some that they give way to themselves."""
    told, host = member.about.deprecated, member.host
    return told is not None and (host is None or f"{host.name}::{member.name} " not in told)


def own_function(script: Script, name: str, kind: CandidateKind, place: ItemPlace) -> Candidate:
    """A function of the script."""
    return Candidate(name, kind, partial(_describe_item, script, place), parameters=partial(_taken, script, place))


def _taken(script: Script, place: ItemPlace) -> tuple[str, ...] | None:
    """The names of what a function of the script takes, if the text of its file is known."""
    text = script.text_of(place.file)
    if text is None:
        return None
    item = script.item(place)
    return parameter_names(TreeView(item.tree, text, item.span[0]), 0)


def _rank_of_member(usual: Mapping[str, int], member: Member) -> int:
    """Fields outnumber methods: above them a method is in sight when the list opens."""
    return usual.get(member.name, BEHIND_USUAL + (member.kind == "field"))


def local_names(inference: Inference, offset: int) -> Iterator[Candidate]:
    """The local names that `offset` sees, the innermost first."""
    for local in reversed(inference.locals_at(offset).values()):
        kind = _kind_of_local(inference, local)
        yield Candidate(local.name, kind, partial(_describe_local, inference, local, offset), tier=_AT_HAND)


def _kind_of_local(inference: Inference, local: Local) -> CandidateKind:
    if isinstance(local, InnerDeclaration):
        return _KIND_OF_INNER_ITEM.get(inference.tree.kind(local.item), "type")
    return "parameter" if local.kind in ("parameter", "closure-parameter") else "variable"


def items_of_module(script: Script, module: ModulePlace, *, public_only: bool) -> Iterator[Candidate]:
    """The items of a module that have a name of their own."""
    for place, item in script.members_of(module):
        kind = _KIND_OF_ITEM.get(item.kind)
        if kind is not None and item.name and (item.public or not public_only):
            is_function = kind == "function"
            taken = partial(_taken, script, place) if is_function else None
            yield Candidate(item.name, kind, partial(_describe_item, script, place), parameters=taken)


def imported_names(script: Script, module: ModulePlace) -> Iterator[Candidate]:
    """The names that the `use` items of a module bring in."""
    for name, path in imported_names_of(script, module):
        if name != "_":
            yield candidate(name, "type", f"use {'::'.join(path)}", "Imported by `use`.")


def associated_functions(script: Script, place: ItemPlace) -> Iterator[Candidate]:
    """What follows `Point::`: the variants, then the functions, of a struct or enum of the script."""
    name = script.item(place).name
    for variant in variant_names(script, place) if script.item(place).kind == "enum" else ():
        yield candidate(variant, "variant", f"{name}::{variant}", f"A variant of `{name}`.")
    for function, item in functions_of(script, place):
        yield own_function(script, item.name, "function", function)


def prelude_names(kind: CandidateKind, names: Mapping[str, str]) -> Iterator[Candidate]:
    """Names that Rune itself gives, with their lines of documentation."""
    for name, docs in names.items():
        if kind == "macro":
            yield candidate(f"{name}!", kind, f"macro {name}!", docs)
        else:
            yield candidate(name, kind, name if kind == "keyword" else f"{kind} {name}", docs)


def struct_literals(script: Script, module: ModulePlace) -> Iterator[Candidate]:
    """The script's own structs with all their fields."""
    for place, item in script.members_of(module):
        named = [each.name for each in fields(script, place.number)] if item.kind == "struct" and not place.file else []
        if named and named[0] != "0":
            label = f"{item.name} {{ {', '.join(named)} }}"
            describe = partial(_describe_item, script, place)
            yield Candidate(label, "struct", describe, template=templates.literal(item.name, named))


def struct_fields(inference: Inference, literal: int) -> Iterator[Candidate]:
    """The fields that a struct literal, or a pattern like one, does not name yet."""
    tree = inference.tree
    path = tree.first(literal, K.PATH)
    meaning = None if path is None else inference.meaning(path)
    if not isinstance(meaning, OwnItem) or meaning.place.file != 0:
        return
    parts = (tree.content(child) for child in tree.children(literal) if tree.kind(child) in _FIELD_PARTS)
    given = {part.partition(":")[0].strip() for part in parts}
    for field in fields(inference.script, meaning.place.number):
        if field.name not in given:
            detail = field.name if field.type is None else f"{field.name}: {show(field.type)}"
            yield candidate(field.name, "field", detail, field.docs)


def keywords(words: Mapping[str, str]) -> Iterator[Candidate]:
    """Keywords with their lines of documentation."""
    return prelude_names("keyword", words)


def rune_prelude(*, types_only: bool = False) -> Iterator[Candidate]:
    """What Rune gives without `use`."""
    yield from prelude_names("type", rune_words.PRELUDE_TYPES)
    if not types_only:
        yield from prelude_names("variant", rune_words.PRELUDE_VARIANTS)
        yield from prelude_names("function", rune_words.PRELUDE_FUNCTIONS)
        yield from prelude_names("macro", rune_words.PRELUDE_MACROS)


def candidate(label: str, kind: CandidateKind, detail: str, docs: str) -> Candidate:
    """A candidate whose description costs nothing."""
    return Candidate(label, kind, lambda: (detail, docs))


def _describe_item(script: Script, place: ItemPlace) -> tuple[str, str]:
    """The header of an item as it is written, up to its body; cheaper than reading its tree."""
    item = script.item(place)
    keyword = signatures.KEYWORDS.get(item.kind, item.kind)
    if place.file != 0:
        return (f"{keyword} {item.name}", prose(item.docs))
    start, end = item.span[0] + item.name_span[0], item.span[1]
    body = _START_OF_BODY.search(script.text, start, end)
    header = script.text[start : end if body is None else body.start()].decode("utf-8", "replace")
    return (f"{keyword} {' '.join(header.split())}", prose(item.docs))


def _describe_member(script: Script, member: Member) -> tuple[str, str]:
    return (signatures.of_member(script, member), prose(member.docs))


def _describe_local(inference: Inference, binding: Local, offset: int) -> tuple[str, str]:
    if isinstance(binding, InnerDeclaration):
        kind = _kind_of_local(inference, binding)
        keyword = _KEYWORDS_OF_INNER_ITEMS.get(kind, kind)
        return (f"{keyword} {binding.name}", f"A {kind} inside this function.")
    type_ = inference.type_at(binding, offset)
    detail = binding.name if type_ is None else f"{binding.name}: {show(type_)}"
    is_parameter = _kind_of_local(inference, binding) == "parameter"
    return (detail, "A parameter." if is_parameter else "A local variable.")
