"""What a script leaves unsaid, between its words: types of variables and of a chain, parameters, permissions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .flow.inferred import Inferred
from .flow.lattice import settled
from .permission_calls import requirements_between
from .permissions import listed
from .referents import member_at
from .resolve.meaning import HostFunctionMeaning, OwnItem
from .resolve.resolution import Binding
from .script import ItemPlace
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import UNIT, Never, Type, Unknown, show
from .views import Views

HintKind = Literal["type", "parameter", "chain", "permission"]

LONGEST = 48
"""Characters of a type; what is longer is cut off."""

_LINKS = (K.METHOD_CALL_EXPRESSION, K.FIELD_EXPRESSION, K.AWAIT_EXPRESSION)
_OBVIOUS = (K.LITERAL_EXPRESSION, K.STRUCT_EXPRESSION, K.CLOSURE_EXPRESSION, K.TEMPLATE_STRING)
_WITH_BODIES = ("function", "const")


class InlayHint(msgspec.Struct, frozen=True):
    """A text that is shown at an offset.

    `of` is the type that it tells, and `can_be_stated` whether an annotation could stand there. For what is told of a
    call, `called` is an offset in the name of what it calls.
    """

    offset: int
    label: str
    kind: HintKind
    of: Type | None = None
    can_be_stated: bool = False
    called: int | None = None


def inlay_hints(snapshot: Snapshot, span: Offsets, kinds: frozenset[HintKind]) -> list[InlayHint]:
    """The hints of those kinds from the start of `span` to its end, in the order of the text."""
    script = snapshot.script
    views, found = Views(script), list[InlayHint]()
    for number, item in enumerate(script.main.items):
        if item.kind in _WITH_BODIES and item.span[0] <= span[1] and span[0] <= item.span[1]:
            found += _of_item(views, ItemPlace(0, number), kinds)
    if "permission" in kinds:
        found += _of_permissions(snapshot, views, span)
    inside = (hint for hint in found if span[0] <= hint.offset <= span[1])
    return sorted(inside, key=lambda hint: hint.offset)


def _of_item(views: Views, place: ItemPlace, kinds: frozenset[HintKind]) -> Iterator[InlayHint]:
    tree, inferred = views.tree(place), views.inferred(place)
    resolution = views.resolution(place)
    if "type" in kinds and resolution is not None:
        for binding in resolution.bindings:
            yield from _of_variable(tree, inferred, binding)
    if "parameter" in kinds:
        yield from _of_parameters(views, place, inferred)
    if "chain" in kinds:
        yield from _of_chains(views, place, inferred)


def _of_variable(tree: TreeView, inferred: Inferred, binding: Binding) -> Iterator[InlayHint]:
    """The type of a variable of `let` or `for`, unless it is stated, or plain to see."""
    if binding.kind not in ("let", "loop") or binding.name.startswith("_"):
        return
    is_let = binding.kind == "let" and tree.kind(binding.pattern) == K.IDENTIFIER_PATTERN
    if is_let and tree.first(binding.origin, K.TYPE_ANNOTATION, *_OBVIOUS) is not None:
        return
    told = _told(inferred.types.get(binding.node))
    if told is not None:
        yield InlayHint(tree.end(binding.node), f": {_label(told)}", "type", told, is_let)


def _told(kind: Type | None) -> Type | None:
    told = None if kind is None else settled(kind)
    return None if told is None or isinstance(told, Unknown | Never) or told == UNIT else told


def _label(told: Type) -> str:
    shown = show(told)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _of_parameters(views: Views, place: ItemPlace, inferred: Inferred) -> Iterator[InlayHint]:
    """The names of the parameters that literals are for."""
    tree = views.tree(place)
    for node in inferred.calls:
        call = node if tree.kind(node) == K.METHOD_CALL_EXPRESSION else tree.parent(node)
        listed = tree.first(call, K.ARGUMENT_LIST)
        if listed is None or tree.kind(call) not in (K.METHOD_CALL_EXPRESSION, K.CALL_EXPRESSION):
            continue
        arguments = [child for child in tree.children(listed) if not tree.is_token(child)]
        if any(_is_literal(tree, each) for each in arguments):
            names = _parameters(views, inferred, node, is_method=call == node)
            for name, argument in zip(names, arguments, strict=False):
                if _is_literal(tree, argument) and len(name) > 1 and not name.startswith("_"):
                    called = tree.start(_name_of_call(tree, node))
                    yield InlayHint(tree.start(argument), f"{name}:", "parameter", called=called)


def _name_of_call(tree: TreeView, node: int) -> int:
    """The token that names what is called."""
    if tree.kind(node) == K.METHOD_CALL_EXPRESSION:
        return member_at(tree, node) or node
    return tree.last_word(node) or node


def _is_literal(tree: TreeView, node: int) -> bool:
    if tree.kind(node) == K.UNARY_EXPRESSION:
        last = tree.last_child(node)
        return last is not None and tree.kind(last) == K.LITERAL_EXPRESSION
    return tree.kind(node) == K.LITERAL_EXPRESSION


def _parameters(views: Views, inferred: Inferred, node: int, *, is_method: bool) -> tuple[str, ...]:
    target = inferred.calls[node]
    if isinstance(target, OwnItem):
        header = views.flows.declared.header(target.place)
        if header is None or views.script.item(target.place).kind != "function":
            return ()
        names = tuple(each.name for each in header.parameters)
        return ("self", *names) if header.has_self and not is_method else names
    names = tuple(each.name for each in target.function.parameters)
    has_self = isinstance(target, HostFunctionMeaning) and target.function.kind == "method"
    return ("self", *names) if has_self and not is_method else names


def _of_chains(views: Views, place: ItemPlace, inferred: Inferred) -> Iterator[InlayHint]:
    """The types of the links of a chain that goes on in the next line."""
    tree, text = views.tree(place), views.script.text
    kinds = views.script.item(place).tree[::16]
    for node, kind in enumerate(kinds):
        if kind not in _LINKS:
            continue
        dot, before = tree.first(node, K.DOT), tree.first_child(node)
        if dot is None or tree.kind(before) not in (*_LINKS, K.CALL_EXPRESSION, K.TRY_EXPRESSION, K.MACRO_CALL):
            continue
        if b"\n" in text[tree.end(before) : tree.start(dot)]:
            told = _told(inferred.types.get(before))
            if told is not None:
                yield InlayHint(tree.end(before), _label(told), "chain", told)


def _of_permissions(snapshot: Snapshot, views: Views, span: Offsets) -> Iterator[InlayHint]:
    """What the calls there need, each behind its arguments."""
    # A call ends behind its name, which may stand before what is asked about, but in the same item.
    inside = [item.span for item in snapshot.script.main.items if item.span[0] <= span[1] and span[0] <= item.span[1]]
    whole = (min(start for start, _ in inside), max(end for _, end in inside)) if inside else span
    for requirement in requirements_between(snapshot.script, snapshot.modules, whole):
        tree = views.tree(requirement.place)
        (needed,) = listed((requirement,))
        end = _end_of_call(tree, requirement.span)
        yield InlayHint(end, f"needs {needed}", "permission", called=requirement.span[1] - 1)


def _end_of_call(tree: TreeView, span: Offsets) -> int:
    """Where the call ends whose name stands at `span`; the end of that, if it is only named."""
    token = tree.token_at(span[1] - 1)
    for node in () if token is None else tree.path_to(token):
        is_called = tree.kind(node) == K.CALL_EXPRESSION and tree.span(tree.first_child(node)) == span
        if is_called or (tree.kind(node) == K.METHOD_CALL_EXPRESSION and member_at(tree, node) == token):
            arguments = tree.first(node, K.ARGUMENT_LIST)
            return span[1] if arguments is None else tree.end(arguments)
    return span[1]
