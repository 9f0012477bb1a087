"""What the names in one item mean: its own local names, and what it says of others."""

from __future__ import annotations

from typing import Literal

import msgspec

from runekiln_analysis.facts import Offsets

from .meaning import Found, Meaning, OwnField

BindingKind = Literal["parameter", "closure-parameter", "let", "loop", "pattern", "label", "format-argument"]


class Binding(msgspec.Struct, frozen=True):
    """A local name. Nodes are those of the item's tree, and spans count from the item's start.

    `node` is the token that declares it, `pattern` the whole pattern around that (the parameter for a parameter), and
    `origin` what gives it a value: a function or closure, `let`, `for`, an arm, or what a label stands before.

    It is known in the node `scope`, there to the nodes from `first` up to `until`, which are the bytes of `scope_span`.
    `reads` and `writes` are the tokens that name it; `x += 1` is both. `captured_by` are the closures and `async`
    blocks that take it along.
    """

    name: str
    kind: BindingKind
    node: int
    span: Offsets
    pattern: int
    origin: int
    scope: int
    first: int
    until: int
    scope_span: Offsets
    reads: tuple[int, ...] = ()
    writes: tuple[int, ...] = ()
    captured_by: tuple[int, ...] = ()

    @property
    def uses(self) -> tuple[int, ...]:
        """The tokens that name it, its declaration left out, each once."""
        return tuple(sorted({*self.reads, *self.writes}))


class InnerDeclaration(msgspec.Struct, frozen=True):
    """An item inside the item: the node `item`, the token `node` of its name, and the block that knows it."""

    name: str
    item: int
    node: int
    scope: int


Local = Binding | InnerDeclaration
"""What a local name can be."""


class Resolution(msgspec.Struct, frozen=True):
    """What each name in an item means, by the token that it is in the item's tree.

    `variables` are uses of local names, by number in `bindings`. `names` are all others; `None` is a name of which it
    is not known what it means. `fields` are the names of fields in literals and patterns; a token may be a variable,
    too, as in `Point { x }`. `opaque` are the words that a macro of unknown grammar is given: what they do nobody
    can say.

    `asked` is all that was looked up outside of the item, with the answers: as long as these are the same, so is all
    of this for an item of the same text. `None`: it may depend on anything.
    """

    bindings: tuple[Binding, ...]
    variables: dict[int, int]
    names: dict[int, Meaning | None]
    fields: dict[int, OwnField]
    opaque: tuple[int, ...]
    inner: tuple[InnerDeclaration, ...]
    asked: dict[tuple[str, ...], Found] | None

    def binding_at(self, node: int) -> Binding | None:
        """The local name that the token `node` declares or uses."""
        number = self.variables.get(node)
        if number is not None:
            return self.bindings[number]
        return next((binding for binding in self.bindings if binding.node == node), None)
