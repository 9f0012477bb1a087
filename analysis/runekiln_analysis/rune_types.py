"""The little that inference knows of Rune's own generic types: what passes their argument on unchanged."""

from __future__ import annotations

from collections.abc import Callable

from .types import UNKNOWN, Named, TupleOf, Type, generic


def method_returns(kind: Type, name: str) -> Type | None:
    """What a method of one of Rune's own types gives, for the methods that hand on what the type holds."""
    if not isinstance(kind, Named) or kind.item is not None:
        return None
    if name == "clone":
        return kind
    # Rune counts without a sign, although the numbers that people write have one.
    if name == "len" and kind.name in ("Vec", "String", "Object"):
        return Named("u64")
    found = _RETURNS.get((kind.name, name))
    return found(kind.arguments[0]) if found is not None and kind.arguments else None


def argument_of(kind: Type | None, *owners: str) -> Type | None:
    """`T` of `Owner<T, …>`, if the type is one of those owners."""
    if isinstance(kind, Named) and kind.name in owners and kind.arguments and kind.item is None:
        return kind.arguments[0]
    return None


def _itself(held: Type) -> Type:
    return held


def _option(held: Type) -> Type:
    return generic("Option", held)


def _iterator(held: Type) -> Type:
    return generic("Iterator", held)


def _numbered(held: Type) -> Type:
    return generic("Iterator", TupleOf((UNKNOWN, held)))


_RETURNS: dict[tuple[str, str], Callable[[Type], Type]] = {
    ("Option", "unwrap"): _itself,
    ("Option", "expect"): _itself,
    ("Result", "unwrap"): _itself,
    ("Result", "expect"): _itself,
    ("Vec", "iter"): _iterator,
    ("Vec", "pop"): _option,
    ("Iterator", "next"): _option,
    ("Iterator", "find"): _option,
    ("Iterator", "rev"): _iterator,
    ("Iterator", "skip"): _iterator,
    ("Iterator", "take"): _iterator,
    ("Iterator", "filter"): _iterator,
    ("Iterator", "enumerate"): _numbered,
}

CALLBACK_PARAMETERS: dict[str, tuple[str, ...]] = {
    "filter": ("Iterator",),
    "map": ("Iterator", "Option"),
    "find": ("Iterator",),
    "any": ("Iterator",),
    "all": ("Iterator",),
    "flat_map": ("Iterator",),
    "filter_map": ("Iterator",),
    "and_then": ("Option",),
}
"""Methods that call their closure with what the receiver holds, by the receiver's type."""
