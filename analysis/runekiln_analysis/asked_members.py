"""What the text around a member asks of it: a condition a `bool`, arguments that are there a method that takes such."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .flow.hosts import hosts_of
from .flow.inference import Inference
from .functions import parameter_types
from .likely_types import likely_method
from .members import member_name
from .place import AfterDot
from .resolve.meaning import OwnItem
from .syntax import SyntaxKind as K
from .text_place import given_in
from .tree import TreeView
from .types import FunctionOf, KeyedObject, Named, ObjectOf, TupleOf, Type, UnionOf

NUMBER = "number"
"""What the types of numbers are called here: what goes with one of them, mostly goes with any."""
UNIT = "()"
CHOSEN = "::<>"
"""What is asked of a method that is told its type with `::<…>`."""

Names = frozenset[str]
_NOTHING: Names = frozenset()
_NUMBERS = ("i64", "u64", "f64")
_BOOL, _UNIT = frozenset(("bool",)), frozenset((UNIT,))
_WALKED = frozenset(("Iterator", "Vec", "Object", "HashMap", "HashSet", "VecDeque"))
_TRIED = frozenset(("Option", "Result"))
_OF_LITERAL: Mapping[int, Names] = {
    K.STRING_LITERAL: frozenset(("String",)),
    K.TEMPLATE_QUOTE: frozenset(("String",)),
    K.CHARACTER_LITERAL: frozenset(("char",)),
    K.NUMBER_LITERAL: frozenset((NUMBER,)),
    K.BYTE_STRING_LITERAL: frozenset(("Bytes",)),
    K.PIPE: frozenset(("Function",)),
    K.PIPE_PIPE: frozenset(("Function",)),
}
_CONDITIONS = (K.IF_KEYWORD, K.WHILE_KEYWORD, K.BANG, K.AMPERSAND_AMPERSAND, K.PIPE_PIPE)
_EQUALITIES = (K.EQUAL_EQUAL, K.BANG_EQUAL)
_ORDERS = (K.LESS, K.LESS_EQUAL, K.GREATER, K.GREATER_EQUAL)
_CALCULATIONS = (K.PLUS, K.MINUS, K.STAR, K.SLASH, K.PERCENT)
_OPENING = (K.OPEN_PARENTHESIS, K.OPEN_BRACKET, K.OPEN_BRACE)
_CLOSING = (K.CLOSE_PARENTHESIS, K.CLOSE_BRACKET, K.CLOSE_BRACE)
_OF_VARIANT = {"Some": "Option", "None": "Option", "Ok": "Result", "Err": "Result"}
_FAR = 200
"""So many tokens behind the member, its arguments may still end."""


class Asked(msgspec.Struct, frozen=True):
    """What a member has to be to fit.

    It is, or gives, one of `types`, if there are any, and if it is not `open`, which means that more may follow; it has
    the member `then`, if there is one. `arguments` are the types of those that are there already, with nothing where
    they do not say it; `None` if there are none.
    """

    types: Names = _NOTHING
    open: bool = False
    then: str | None = None
    arguments: tuple[Names, ...] | None = None


def asked_at(place: AfterDot) -> Asked:
    """What is asked of the member at that place."""
    tree = place.inference.tree
    token = _token_from(tree, place)
    if token is not None and tree.start(token) < place.word.span[0] and tree.kind(token) == K.DOT_DOT:
        following = tree.next_token(token)
        return Asked(then=None if following is None else tree.content(following))
    is_chosen = token is not None and tree.kind(token) == K.COLON_COLON
    token = _behind_generics(tree, token) if is_chosen else token
    arguments: tuple[Names, ...] | None = None
    if token is not None and tree.kind(token) == K.OPEN_PARENTHESIS:
        arguments, token = _arguments(tree, token)
    if is_chosen:
        return Asked(frozenset((CHOSEN,)), arguments=arguments)
    kind = K.END_OF_FILE if token is None else tree.kind(token)
    following = None if token is None else tree.next_token(token)
    if kind == K.DOT and following is not None:
        is_await = tree.kind(following) == K.AWAIT_KEYWORD
        types = frozenset(("Future",)) if is_await else _NOTHING
        return Asked(types, then=tree.content(following), arguments=arguments)
    types = _types_behind(tree, kind, following)
    if types:
        return Asked(types, arguments=arguments)
    return Asked(_types_before(place, kind), open=arguments is None, arguments=arguments)


def names_of(kind: Type | None) -> Names:
    """The names of the types that a value may be of; none if nothing is known."""
    match kind:
        case Named(name):
            return frozenset((NUMBER if name in _NUMBERS else name,))
        case TupleOf(members):
            return frozenset(("Tuple" if members else UNIT,))
        case ObjectOf() | KeyedObject():
            return frozenset(("Object",))
        case FunctionOf():
            return frozenset(("Function",))
        case UnionOf(members):
            return frozenset(name for member in members for name in names_of(member))
    return _NOTHING


def _token_from(tree: TreeView, place: AfterDot) -> int | None:
    """The first token behind the word, or the two dots that it goes between."""
    token = tree.token_before(place.word.span[0])
    if token is not None and tree.end(token) > place.word.span[0]:
        return token
    while token is not None and tree.start(token) < place.word.span[1]:
        token = tree.next_token(token)
    return token


def _behind_generics(tree: TreeView, token: int | None) -> int | None:
    """The token behind `::<…>`."""
    depth = 0
    for _ in range(_FAR):
        if token is None:
            return None
        depth += (tree.kind(token) == K.LESS) - (tree.kind(token) == K.GREATER)
        is_end = depth == 0 and tree.kind(token) == K.GREATER
        token = tree.next_token(token)
        if is_end:
            return token
    return None


def _arguments(tree: TreeView, opening: int) -> tuple[tuple[Names, ...] | None, int | None]:
    """The arguments behind a parenthesis, and the token behind them; none of either if they do not end nearby."""
    found: list[Names] = []
    depth, is_start, in_closure = 1, True, False
    token = tree.next_token(opening)
    for _ in range(_FAR):
        if token is None:
            break
        kind = tree.kind(token)
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth == 0:
            return tuple(found), tree.next_token(token)
        if is_start:
            found.append(_OF_LITERAL.get(kind, _NOTHING))
        if depth == 1 and kind == K.PIPE:
            in_closure = not in_closure
        is_start = depth == 1 and kind == K.COMMA and not in_closure
        token = tree.next_token(token)
    return None, None


def _types_behind(tree: TreeView, kind: int, following: int | None) -> Names:
    """What an operator behind the member asks for."""
    literal = _NOTHING if following is None else _OF_LITERAL.get(tree.kind(following), _NOTHING)
    if kind == K.QUESTION:
        return _TRIED
    if kind in _EQUALITIES:
        return literal
    return literal or frozenset((NUMBER,)) if kind in (*_ORDERS, *_CALCULATIONS) else _NOTHING


def _types_before(place: AfterDot, behind: int) -> Names:
    """What stands before the value asks of the whole: a keyword, an operator, a pattern or what takes it."""
    inference, receiver = place.inference, place.receiver
    tree = inference.tree
    before = tree.previous_token(receiver)
    if before is None:
        return _NOTHING
    kind, around = tree.kind(before), tree.parent(before)
    if kind in (K.PIPE, K.PIPE_PIPE) and tree.kind(around) in (K.PARAMETER_LIST, K.CLOSURE_EXPRESSION):
        closure = next((node for node in reversed(tree.path_to(before)) if tree.kind(node) == K.CLOSURE_EXPRESSION), 0)
        taken = _taken(inference, closure)
        return names_of(taken.returns) if isinstance(taken, FunctionOf) else _NOTHING
    if kind in _CONDITIONS:
        return _BOOL
    if kind == K.IN_KEYWORD:
        return _WALKED
    if kind == K.MATCH_KEYWORD:
        arms = tree.first(around, K.MATCH_ARM_LIST)
        listed = [] if arms is None else [arm for arm in tree.children(arms) if tree.kind(arm) == K.MATCH_ARM]
        asked = (_asked_by_pattern(tree, tree.first_child(arm)) for arm in listed)
        return next(filter(None, asked), _NOTHING) if listed else _TRIED
    if kind == K.EQUAL and tree.kind(around) in (K.LET_EXPRESSION, K.LET_STATEMENT):
        return _asked_by_pattern(tree, tree.children(around)[1])
    if tree.kind(around) == K.BINARY_EXPRESSION:
        return names_of(inference.type_of(tree.first_child(around)))
    if tree.kind(around) == K.ARGUMENT_LIST:
        return names_of(_taken(inference, receiver))
    is_statement = kind in (K.SEMICOLON, K.OPEN_BRACE, K.CLOSE_BRACE) and behind == K.SEMICOLON
    return _UNIT if is_statement else _NOTHING


def _asked_by_pattern(tree: TreeView, pattern: int) -> Names:
    """The types of the values that a pattern takes."""
    path = tree.first(pattern, K.PATH)
    word = None if path is None else tree.last_word(path)
    if word is not None and tree.content(word) in _OF_VARIANT:
        return frozenset((_OF_VARIANT[tree.content(word)],))
    match tree.kind(pattern):
        case K.TUPLE_PATTERN if path is None:
            return frozenset(("Tuple",))
        case K.VECTOR_PATTERN:
            return frozenset(("Vec",))
        case K.OBJECT_PATTERN if path is None:
            return frozenset(("Object",))
        case K.LITERAL_PATTERN:
            return _OF_LITERAL.get(tree.kind(pattern + 1), _NOTHING)
    return _NOTHING


def _taken(inference: Inference, argument: int) -> Type | None:
    """The type that is wanted of an argument; `argument` may be the start of it."""
    tree, script = inference.tree, inference.script
    listed = next((node for node in reversed(tree.path_to(argument)[:-1]) if tree.kind(node) == K.ARGUMENT_LIST), None)
    if listed is None:
        return None
    given, call = given_in(inference, listed, tree.start(argument)), tree.parent(listed)
    if given is not None and given.type:
        return hosts_of(script.bindings).type(given.type)
    place = sum(tree.kind(child) == K.COMMA and child < argument for child in tree.children(listed))
    taken = _parameters(inference, call)
    return taken[place] if place < len(taken) else None


def _parameters(inference: Inference, call: int) -> tuple[Type | None, ...]:
    """What a function of the script takes, or a method of a value of which nothing is known."""
    tree, script = inference.tree, inference.script
    if tree.kind(call) == K.METHOD_CALL_EXPRESSION:
        member = likely_method(inference, tree.first_child(call), member_name(tree, call) or "")
        if member is None or member.own is None:
            parameters = () if member is None else member.parameters
            return tuple(hosts_of(script.bindings).type(each.type) for each in parameters)
        function = member.own
    else:
        match inference.meaning(tree.first_child(call) + 1):
            case OwnItem(function) if script.item(function).kind == "function":
                pass
            case _:
                return ()
    return parameter_types(script, function.number) if function.file == 0 else ()
