"""What each name in a text is, for editors that colour it so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .comments import comments
from .facts import Offsets
from .resolve.meaning import (
    HostConstant,
    HostFunctionMeaning,
    HostModule,
    HostTypeMeaning,
    HostVariant,
    InnerItem,
    Meaning,
    ModuleFunction,
    ModuleMember,
    OwnItem,
    OwnVariant,
)
from .resolve.resolution import Binding, Resolution
from .script import ItemPlace, Script
from .snapshot import Snapshot
from .stubs import About, Alias, Macro
from .syntax import SyntaxKind as K
from .token_legend import MODIFIERS, TYPES
from .tree import TreeView
from .views import Views

DECLARATION, READONLY, DEPRECATED, ASYNC, MODIFICATION, DEFAULT_LIBRARY = (1 << bit for bit in range(len(MODIFIERS)))

_TEXTS = frozenset((K.STRING_LITERAL, K.BYTE_STRING_LITERAL, K.CHARACTER_LITERAL, K.BYTE_LITERAL, K.TEMPLATE_QUOTE))
_IN_TEXTS = frozenset((K.TEMPLATE_TEXT, K.FORMAT_TEXT))
_KEYWORDS = range(K.AS_KEYWORD, K.RESERVED_KEYWORD + 1)
_SELF = frozenset((K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.CRATE_KEYWORD, K.SUPER_KEYWORD))
_DECLARED: dict[int, str] = {
    K.FUNCTION_ITEM: "function",
    K.STRUCT_ITEM: "struct",
    K.ENUM_ITEM: "enum",
    K.MODULE_ITEM: "namespace",
    K.CONST_ITEM: "variable",
    K.FIELD: "property",
    K.VARIANT: "enumMember",
    K.TYPE_ITEM: "type",
    K.TRAIT_ITEM: "type",
    K.MACRO_ITEM: "macro",
    K.ATTRIBUTE_ITEM: "decorator",
    K.PROTOCOL_ITEM: "method",
    K.EVENT_ITEM: "event",
}
_OF_ITEMS = {"function": "function", "struct": "struct", "enum": "enum", "module": "namespace", "const": "variable"}
_NAME = re.compile(re.escape(bytes([K.NAME, K.IDENTIFIER])))
_BEHIND_DOT = re.compile(re.escape(bytes([K.DOT, K.IDENTIFIER])))
_KEY = re.compile(
    re.escape(bytes([K.FIELD_INITIALIZER, K.IDENTIFIER])) + b"|" + re.escape(bytes([K.FIELD_PATTERN, K.IDENTIFIER]))
)
_ATTRIBUTE = re.compile(re.escape(bytes([K.ATTRIBUTE])))


class SemanticToken(msgspec.Struct, frozen=True):
    """A stretch of one line, with the number of what it is in `TYPES`, and its `MODIFIERS` as bits."""

    span: Offsets
    type: int
    modifiers: int


def semantic_tokens(snapshot: Snapshot, span: Offsets | None = None, *, names_only: bool) -> list[SemanticToken]:
    """The tokens of the script, or of what the items hold that touch `span`, in order; none of two lines.

    With `names_only` those are left out of which a grammar can tell what they are: words of Rune, literals, comments.
    """
    script = snapshot.script
    start, end = span or (0, len(script.text))
    views, found = Views(script), dict[Offsets, SemanticToken]()
    for number, item in enumerate(script.main.items):
        if item.span[0] < end and start < item.span[1]:
            painter = _Painter(views, number)
            painter.paint(names_only=names_only)
            found.update(painter.found)
    if not names_only:
        found.update((each.span, SemanticToken(each.span, _COMMENT, 0)) for each in comments(script))
    whole = sorted(found.values(), key=lambda token: token.span)
    return [part for token in whole if start < token.span[1] and token.span[0] < end for part in _lines(script, token)]


def _lines(script: Script, token: SemanticToken) -> Iterator[SemanticToken]:
    """The parts of a token that lie in one line each."""
    start, end = token.span
    if b"\n" not in script.text[start:end] and b"\r" not in script.text[start:end]:
        yield token
        return
    for line in script.text[start:end].splitlines(keepends=True):
        behind = start + len(line.rstrip(b"\r\n"))
        if behind > start:
            yield SemanticToken((start, behind), token.type, token.modifiers)
        start += len(line)


class _Painter:
    """The tokens of one item by their spans; a later look at one counts."""

    def __init__(self, views: Views, number: int) -> None:
        self.views = views
        self.place = ItemPlace(0, number)
        self.tree: TreeView = views.tree(self.place)
        self.kinds = views.script.item(self.place).tree[::16]
        self.found: dict[Offsets, SemanticToken] = {}

    def paint(self, *, names_only: bool) -> None:
        if not names_only:
            self._literals_and_words()
        self._keys_and_members()
        resolution = self.views.resolution(self.place)
        if resolution is not None:
            self._resolved(resolution)
        self._deprecated_methods()
        self._declarations()
        for found in _ATTRIBUTE.finditer(self.kinds):
            self._attribute(found.start())

    def add(self, node: int, name: str, modifiers: int = 0) -> None:
        span = self.tree.span(node)
        self.found[span] = SemanticToken(span, _NUMBERS[name], modifiers)

    def _literals_and_words(self) -> None:
        for node, kind in enumerate(self.kinds):
            if kind in _KEYWORDS:
                self.add(node, "keyword")
            elif kind in _TEXTS or kind in _IN_TEXTS:
                self.add(node, "string")
            elif kind == K.NUMBER_LITERAL:
                self.add(node, "number")

    def _keys_and_members(self) -> None:
        for found in _KEY.finditer(self.kinds):
            self.add(found.start() + 1, "property")
        for found in _BEHIND_DOT.finditer(self.kinds):
            token = found.start() + 1
            is_call = self.kinds[self.tree.parent(token)] == K.METHOD_CALL_EXPRESSION
            self.add(token, "method" if is_call else "property")

    def _resolved(self, resolution: Resolution) -> None:
        for field in resolution.fields:
            self.add(field, "property")
        for node, meaning in resolution.names.items():
            kind = None if meaning is None else self._of_meaning(meaning)
            if kind is not None and self.kinds[node] == K.IDENTIFIER:
                self.add(node, *kind)
        for binding in resolution.bindings:
            name = _of_binding(binding)
            if binding.name == "self":
                continue
            self.add(binding.node, name, DECLARATION)
            for use in binding.uses:
                self.add(use, name, MODIFICATION if use in binding.writes else 0)

    def _of_meaning(self, meaning: Meaning) -> tuple[str, int] | None:
        match meaning:
            case OwnItem(place):
                item = self.views.script.item(place)
                name = _OF_ITEMS.get(item.kind)
                return None if name is None else (name, READONLY if item.kind == "const" else 0)
            case OwnVariant():
                return "enumMember", 0
            case InnerItem(node):
                owner = self.kinds[self.tree.path_to(node)[-3]]
                return _DECLARED.get(owner, "variable"), READONLY if owner == K.CONST_ITEM else 0
            case HostTypeMeaning(host):
                is_std = host.path.startswith("std::") or "::" not in host.path
                return "type" if is_std else host.kind, _of_host(host.about)
            case HostVariant(_, variant):
                return "enumMember", _of_host(variant.about)
            case HostConstant(_, constant):
                return "variable", READONLY | _of_host(constant.about)
            case HostFunctionMeaning(_, function) | ModuleFunction(_, function):
                return "function", _of_host(function.about) | (ASYNC if function.is_async else 0)
            case HostModule():
                return "namespace", DEFAULT_LIBRARY
            case ModuleMember(_, member):
                name = "macro" if isinstance(member, Macro) else "type" if isinstance(member, Alias) else "variable"
                return name, _of_host(member.about) | (READONLY if name == "variable" else 0)

    def _deprecated_methods(self) -> None:
        for node, target in self.views.inferred(self.place).calls.items():
            if isinstance(target, HostFunctionMeaning) and self.kinds[node] == K.METHOD_CALL_EXPRESSION:
                about = target.function.about
                dot = self.tree.first(node, K.DOT)
                if dot is not None and (about.deprecated is not None or target.function.is_async):
                    self.add(dot + 1, "method", _of_host(about) | (ASYNC if target.function.is_async else 0))

    def _declarations(self) -> None:
        for found in _NAME.finditer(self.kinds):
            name = found.start()
            owner = self.tree.parent(name)
            kind = self.kinds[owner]
            if kind not in _DECLARED:
                continue
            modifiers = DECLARATION | (READONLY if kind == K.CONST_ITEM else 0)
            is_method = kind == K.FUNCTION_ITEM and K.SELF_PARAMETER in self.kinds[owner : self.tree.after(owner)]
            if kind == K.FUNCTION_ITEM and self.tree.first(owner, K.ASYNC_KEYWORD) is not None:
                modifiers |= ASYNC
            self.add(name + 1, "method" if is_method else _DECLARED[kind], modifiers)

    def _attribute(self, node: int) -> None:
        path = self.tree.first(node, K.PATH)
        for token in range(path + 1, self.tree.after(path)) if path is not None else ():
            if self.kinds[token] == K.IDENTIFIER:
                self.add(token, "decorator")


def _of_binding(binding: Binding) -> str:
    if binding.kind == "label":
        return "label"
    return "parameter" if binding.kind in ("parameter", "closure-parameter", "format-argument") else "variable"


def _of_host(about: About) -> int:
    return DEFAULT_LIBRARY | (0 if about.deprecated is None else DEPRECATED)


_NUMBERS = {name: number for number, name in enumerate(TYPES)}
_COMMENT = _NUMBERS["comment"]
