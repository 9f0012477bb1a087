"""Where a function is handed over and not called: as an argument that the callee calls."""

from __future__ import annotations

from .flow.lattice import FUNCTION, members_of
from .place import AtName
from .syntax import SyntaxKind as K
from .text_place import given_in
from .types import FunctionOf, parse_type


def wants_function(place: AtName) -> bool:
    """Whether the place is an argument whose parameter takes a function."""
    if place.inference is None or place.role != "expression":
        return False
    tree, start = place.inference.tree, place.word.span[0]
    previous = tree.token_before(start)
    if previous is None or tree.kind(previous) not in (K.OPEN_PARENTHESIS, K.COMMA):
        return False
    listed = tree.parent(previous)
    given = given_in(place.inference, listed, start) if tree.kind(listed) == K.ARGUMENT_LIST else None
    kind = None if given is None else parse_type(given.type)
    return kind is not None and any(each == FUNCTION or isinstance(each, FunctionOf) for each in members_of(kind))
