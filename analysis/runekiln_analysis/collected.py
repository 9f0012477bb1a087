"""What `collect`, `sum` and `product` give: functions of one name for several types, of which `::<…>` says one."""

from __future__ import annotations

from .types import Named, TupleOf, Type, generic

CHOSEN = ("collect", "sum", "product")
"""Methods of iterators that give what `::<…>` asks for."""

COUNTED = ("i64", "u64", "f64")
"""What `sum` and `product` can be asked for."""


def chosen(method: str, asked: Type, item: Type | None) -> Type | None:
    """The type of `iterator.method::<asked>()`, of an iterator that gives `item`; none if there is no such function."""
    if not isinstance(asked, Named) or asked.item is not None:
        return None
    name = asked.name.rpartition("::")[2]
    if method in ("sum", "product"):
        return Named(name) if name in COUNTED else None
    return _collected(name, item) if method == "collect" else None


def _collected(name: str, item: Type | None) -> Type | None:
    key, value = item.members if isinstance(item, TupleOf) and len(item.members) == 2 else (None, None)
    match name:
        case "Vec" | "VecDeque" | "HashSet":
            return generic(name, item)
        case "HashMap":
            return generic(name, key, value)
        case "Object":
            return generic(name, value)
        case "String" | "Tuple":
            return Named(name)
    return None
