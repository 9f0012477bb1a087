"""The types that local names are declared with: by annotation, by value, or by what gives them their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expressions import member_name, own_type
from .functions import parameter_types, stated_type
from .members import member_named, stub_type
from .patterns import type_in_pattern
from .resolve.meaning import HostTypeMeaning, OwnItem
from .resolve.resolution import Binding, InnerDeclaration, Local
from .syntax import SyntaxKind as K
from .types import FunctionOf, Named, Type, argument_of

if TYPE_CHECKING:
    from .infer import Inference


def declared_type(inference: Inference, binding: Local) -> Type | None:
    """The type of a local name by its declaration alone, `None` if it is not plain to see."""
    tree = inference.tree
    if isinstance(binding, InnerDeclaration):
        return Named("Function") if tree.kind(binding.item) == K.FUNCTION_ITEM else None
    match tree.kind(binding.origin):
        case K.FUNCTION_ITEM:
            return _parameter(inference, binding)
        case K.CLOSURE_EXPRESSION:
            whole = _annotation(inference, binding.pattern) or _callback_parameter(inference, binding)
        case K.LET_STATEMENT:
            whole = _annotation(inference, binding.origin) or _value(inference, binding.origin)
        case K.LET_EXPRESSION:
            whole = _value(inference, binding.origin)
        case K.FOR_EXPRESSION:
            whole = _element(inference, binding.origin)
        case K.MATCH_ARM:
            whole = _matched(inference, binding.origin)
        case _:
            whole = None
    return None if whole is None else type_in_pattern(tree, binding.pattern, _whole_name(binding), whole)


def _whole_name(binding: Binding) -> int:
    """The pattern that is the name alone."""
    return binding.node - 1


def _parameter(inference: Inference, binding: Binding) -> Type | None:
    if binding.name == "self":
        return _self_value(inference)
    if binding.origin != 0:
        return _annotation(inference, binding.pattern)
    stated = parameter_types(inference.script, inference.number)
    listed = inference.tree.first(0, K.PARAMETER_LIST)
    parameters = () if listed is None else inference.tree.children(listed)
    plain = [child for child in parameters if inference.tree.kind(child) == K.PARAMETER]
    whole = stated[plain.index(binding.pattern)] if binding.pattern in plain else None
    return None if whole is None else type_in_pattern(inference.tree, binding.pattern, _whole_name(binding), whole)


def _self_value(inference: Inference) -> Type | None:
    match inference.self_meaning:
        case OwnItem(place) if inference.script.item(place).kind in ("struct", "enum"):
            return own_type(inference.script, place)
        case HostTypeMeaning(kind):
            return Named(kind.name)
    return None


def _annotation(inference: Inference, node: int) -> Type | None:
    annotated = inference.tree.first(node, K.TYPE_ANNOTATION)
    return (
        None
        if annotated is None
        else stated_type(inference.script, inference.module, inference.tree.content(annotated)[1:])
    )


def _value(inference: Inference, origin: int) -> Type | None:
    """The type of what stands behind the `=` of a `let`."""
    equals = inference.tree.first(origin, K.EQUAL)
    values = (child for child in inference.tree.children(origin) if equals is not None and child > equals)
    value = next((child for child in values if not inference.tree.is_token(child)), None)
    return None if value is None else inference.type_of(value)


def _element(inference: Inference, loop: int) -> Type | None:
    """The type of what a `for` walks over."""
    keyword = inference.tree.first(loop, K.IN_KEYWORD)
    walked = None if keyword is None else next((c for c in inference.tree.children(loop) if c > keyword), None)
    if walked is None:
        return None
    kind = inference.type_of(walked)
    if kind == Named("Range"):
        return inference.type_of(walked + 1)
    return argument_of(kind, "Vec", "Iterator", "Option")


def _matched(inference: Inference, arm: int) -> Type | None:
    """The type of what the `match` around an arm looks at."""
    around = next(
        node for node in reversed(inference.tree.path_to(arm)) if inference.tree.kind(node) == K.MATCH_EXPRESSION
    )
    value = next(child for child in inference.tree.children(around) if not inference.tree.is_token(child))
    return inference.type_of(value)


def _callback_parameter(inference: Inference, binding: Binding) -> Type | None:
    """The type of `phase` in `phases.iter().filter(|phase| …)`."""
    path = inference.tree.path_to(binding.origin)
    if len(path) < 3 or inference.tree.kind(path[-2]) != K.ARGUMENT_LIST:
        return None
    call = path[-3]
    name = member_name(inference.tree, call) if inference.tree.kind(call) == K.METHOD_CALL_EXPRESSION else None
    receiver = inference.type_of(inference.tree.first_child(call)) if name is not None else None
    if name is None or receiver is None:
        return None
    member = member_named(inference.script, receiver, name)
    arguments = [child for child in inference.tree.children(path[-2]) if not inference.tree.is_token(child)]
    number = arguments.index(binding.origin)
    takes = () if member is None else member.parameters
    wanted = stub_type(inference.script.bindings, takes[number].type) if number < len(takes) else None
    listed = inference.tree.first(binding.origin, K.PARAMETER_LIST)
    parameters = () if listed is None else tuple(inference.tree.children(listed))
    plain = [child for child in parameters if inference.tree.kind(child) == K.PARAMETER]
    if not isinstance(wanted, FunctionOf) or len(plain) != len(wanted.parameters) or binding.pattern not in plain:
        return None
    return wanted.parameters[plain.index(binding.pattern)]
