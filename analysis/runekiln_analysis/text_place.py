"""A text between quotes in a script, and what it is given to."""

from __future__ import annotations

import msgspec

from .declarations import function_declaration
from .facts import Offsets
from .flow.inference import Inference
from .literals import literal_text
from .place import Word
from .resolve.meaning import HostFunctionMeaning, HostVariant, ModuleFunction, OwnItem
from .script import Script
from .stubs import Parameter
from .syntax import SyntaxKind as K
from .text_roles import TextRole, role_of_parameter, roles_in
from .tree import TreeView
from .types import Type

_WRAPPING = frozenset(("Some", "Ok"))


class Given(msgspec.Struct, frozen=True):
    """A text that is given for a parameter, with what it means there; `type` is the parameter's in the stub."""

    role: TextRole | None
    type: str = ""


class TextPlace(msgspec.Struct, frozen=True):
    """A text in a script: its token, and what stands between the quotes up to the cursor and around it."""

    inference: Inference
    token: int
    word: Word

    @property
    def text(self) -> str:
        """The whole text, escapes resolved."""
        return text_of(self.inference.tree, self.token)

    @property
    def given(self) -> Given | None:
        """What it is given to, if that is a call."""
        return given_to(self.inference, self.token)

    @property
    def indexed(self) -> Type | None:
        """The type of the value that it is a key of."""
        tree = self.inference.tree
        around = tree.parent(tree.parent(self.token))
        if tree.kind(around) != K.INDEX_EXPRESSION or tree.first_child(around) == tree.parent(self.token):
            return None
        return self.inference.likely_type_of(tree.first_child(around))


def text_place(script: Script, offset: int) -> TextPlace | None:
    """The text that `offset` is in, between its quotes or behind one that is not closed yet."""
    number = script.item_at(offset)
    if number is None or script.main.items[number].kind in ("module", "impl"):
        return None
    tree = script.tree(number)
    token = tree.token_before(offset)
    if token is None or tree.kind(token) != K.STRING_LITERAL:
        return None
    start, end = inside(tree, token)
    if not tree.start(token) < offset <= max(end, start) or b"\n" in script.text[start:offset]:
        return None
    is_closed = end < tree.end(token)
    prefix = script.text[start:offset].decode("utf-8", "replace")
    return TextPlace(Inference(script, number), token, Word(prefix, (start, end if is_closed else offset)))


def inside(tree: TreeView, token: int) -> Offsets:
    """What stands between the quotes of a string, which may lack the last one."""
    start, end = tree.span(token)
    content = tree.content(token)
    is_closed = len(content) > 1 and content.endswith('"') and not content.endswith('\\"')
    return (start + 1, end - 1 if is_closed else end)


def text_of(tree: TreeView, token: int) -> str:
    """The text that a string stands for."""
    content = tree.content(token)
    # To ask Python takes long, and there are many texts in a script.
    return literal_text(content) if "\\" in content else content.strip('"')


def given_to(inference: Inference, token: int) -> Given | None:
    """What the string at `token` is given to; `Some(…)` around it is passed over."""
    tree = inference.tree
    path = tree.path_to(token)[:-1]
    while len(path) > 2 and tree.kind(path[-2]) == K.ARGUMENT_LIST:
        argument, listed, call = path[-1], path[-2], path[-3]
        callee = _callee(tree, call)
        if callee is None or tree.content(callee) not in _WRAPPING:
            return given_in(inference, listed, tree.start(argument))
        path = path[:-2]
    return None


def given_in(inference: Inference, listed: int, offset: int) -> Given | None:
    """What an argument that begins at `offset` is given to, in the list of arguments `listed`."""
    tree = inference.tree
    call = tree.parent(listed)
    place = sum(tree.kind(each) == K.COMMA and tree.start(each) < offset for each in tree.children(listed))
    return _parameter(inference, call, _callee(tree, call), place)


def _callee(tree: TreeView, call: int) -> int | None:
    """The last word of what is called, where that is an expression."""
    return tree.last_word(tree.first_child(call)) if tree.kind(call) == K.CALL_EXPRESSION else None


def _parameter(inference: Inference, call: int, callee: int | None, place: int) -> Given | None:
    if inference.tree.kind(call) == K.METHOD_CALL_EXPRESSION:
        return _of_method(inference, call, place)
    meaning = None if callee is None else inference.meaning(callee)
    match meaning:
        case ModuleFunction(module, function):
            path = f"{module.path}::{function.name}"
            return _of(path, function.parameters, function.docs, place)
        case HostFunctionMeaning(host, function):
            skipped = 1 if function.kind == "method" else 0
            return _of(f"{host.path}::{function.name}", function.parameters, function.docs, place - skipped)
        case HostVariant(host, variant):
            values = tuple(Parameter(str(number), kind) for number, kind in enumerate(variant.values))
            return _of(f"{host.path}::{variant.name}", values, variant.docs, place)
        case OwnItem(own):
            return _of_own(inference, own.file, own.number, place)
    return None


def _of_method(inference: Inference, call: int, place: int) -> Given | None:
    tree = inference.tree
    dot = tree.first(call, K.DOT)
    name = next((child for child in tree.children(call) if dot is not None and child > dot), None)
    kind = None if name is None else inference.likely_type_of(tree.first_child(call))
    member = None if kind is None or name is None else inference.member_of_type(kind, tree.content(name))
    if member is None:
        return None
    if member.own is not None:
        return _of_own(inference, member.own.file, member.own.number, place)
    assert member.host is not None, "a method is the script's or the host's"
    return _of(f"{member.host.path}::{member.name}", member.parameters, member.docs, place)


def _of(path: str, parameters: tuple[Parameter, ...], docs: str, place: int) -> Given | None:
    if not 0 <= place < len(parameters):
        return None
    parameter = parameters[place]
    return Given(role_of_parameter(path, parameter.name, docs), parameter.type)


def _of_own(inference: Inference, file: int, number: int, place: int) -> Given | None:
    """What a function of the script says in its documentation of what it is given."""
    item = inference.script.facts.files[file].items[number]
    roles = roles_in(item.docs)
    if not roles or file != 0:
        return None
    parameters = function_declaration(inference.script, number).parameters
    return Given(roles.get(parameters[place].name)) if place < len(parameters) else None
