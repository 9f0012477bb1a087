"""The type of what a token names, as far as it is known where it stands."""

from __future__ import annotations

from .flow.lattice import settled
from .referents import MEMBERS
from .script import ItemPlace
from .syntax import SyntaxKind as K
from .types import Never, Type, Unknown
from .views import Views

_VALUES = (K.PATH_EXPRESSION, *MEMBERS)


def type_at(views: Views, place: ItemPlace, token: int, file: int = 0) -> Type | None:
    """The type of the local name, or of the expression that ends with the token, seen from the file of that number."""
    tree, types = views.tree(place), views.inferred(place, file).types
    found = types.get(token)
    around = tree.parent(token)
    if found is None and tree.kind(around) in _VALUES:
        call = tree.parent(around)
        is_called = tree.kind(call) == K.CALL_EXPRESSION and tree.first_child(call) == around
        found = types.get(call if is_called else around)
    told = None if found is None else settled(found)
    return None if told is None or isinstance(told, Unknown | Never) else told
