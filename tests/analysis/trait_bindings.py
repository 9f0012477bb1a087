"""A host with what a type can have besides fields and methods: constants, protocols, traits, type parameters."""

from __future__ import annotations

from runekiln_analysis.facts import Offsets
from runekiln_analysis.stubs import (
    About,
    Bindings,
    Constant,
    Field,
    Function,
    HostType,
    Module,
    Parameter,
    Permission,
    Place,
    SourceLine,
    Trait,
)


def at(path: str, span: Offsets, line: int) -> About:
    """What is said of a declaration whose place in a stub and in Rust is known."""
    return About(place=Place(path, span), source=SourceLine("src/pile.rs", line))


SHELF = Trait(
    "Shelf",
    "garden::store::Shelf",
    (
        Function("len", "method", (), "u64", "How many there are."),
        Function("first", "method", (), "Option<T>", "The one in front."),
    ),
    ("T",),
    "Things in a row.",
)
PILE = HostType(
    name="Pile",
    path="garden::store::Pile",
    aliases=("Heap",),
    docs="Things on top of each other.\n\n```rune\nlet pile = Pile::new();\n```",
    prelude=True,
    fields=(Field("top", "Option<T>", "What can be taken.", mutable=True),),
    functions=(
        Function("new", "associated-function", (), "Pile", "An empty pile."),
        Function("len", "method", (), "u64", "How many there are."),
        Function(
            "sorted",
            "method",
            (Parameter("by", "fn(T, T) -> bool"),),
            "Pile<T>",
            "A pile in order.",
            is_async=True,
            consumes=True,
            about=About(Permission("tool", "by"), ("tools",), "use `sort`", "0.3"),
        ),
    ),
    generics=("T",),
    sealed=True,
    protocols=(Function("ADD", "method", (Parameter("other", "Pile<T>"),), "Pile<T>", "Both piles."),),
    constants=(Constant("MOST", "i64", 12, "How many things fit."),),
    traits=("Shelf<T>",),
    about=at("stubs/garden.rni", (40, 44), 7),
)
STORE = Bindings(types=(PILE,), modules=(Module("garden", "A garden."),), traits=(SHELF,))
