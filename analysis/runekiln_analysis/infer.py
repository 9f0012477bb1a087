"""The types of local names and expressions, where they are plain to see; silent everywhere else."""

from __future__ import annotations

from functools import cached_property

from .declarations import function_declaration
from .expressions import expression_type
from .members import Member, canonical, member_named
from .origins import declared_type
from .resolve.items import resolve_item, scope_at_offset
from .resolve.meaning import InnerItem, Meaning
from .resolve.resolution import Binding, InnerDeclaration, Local, Resolution
from .resolve.scope import find
from .resolve.table import scope_of, table_of
from .resolve.visible import visible
from .script import ItemPlace, ModulePlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Type, Unknown, generic

Returns = dict[int, Type | None]
"""What the script's functions give, by their numbers."""

# A chain longer than this is not plain to see, and must not exhaust the stack.
_DEPTH_LIMIT = 40


class Inference:
    """Answers about one item of a script; remembers its own answers, and is dropped with the question."""

    def __init__(self, script: Script, number: int, known: Returns | None = None, depth: int = 0) -> None:
        self.script = script
        self._returns: Returns = {} if known is None else known
        self._depth = depth
        self.tree: TreeView = script.tree(number)
        self.module: ModulePlace = script.module_of(number)
        self.number = number
        self._known: dict[int, Type | None] = {}
        self._declared: dict[int, Type | None] = {}

    @property
    def self_type(self) -> str | None:
        """The path that the `impl` around the item names, which is what `Self` means in it."""
        block = self.script.impl_of(self.number)
        return None if block is None else block.name

    @cached_property
    def resolution(self) -> Resolution:
        """What the names in the item mean."""
        resolution = resolve_item(self.script, table_of(self.script), ItemPlace(0, self.number))
        assert resolution is not None, "the text of the script itself is known"
        return resolution

    def locals_at(self, offset: int) -> dict[str, Local]:
        """The local names that `offset` sees, the innermost last."""
        return visible(self.resolution, self.tree, offset)

    def local(self, node: int) -> Local | None:
        """The local name that the path at `node` means, or that the token there declares or means."""
        token = node if self.tree.is_token(node) else self.tree.last_word(node)
        if token is None:
            return None
        binding = self.resolution.binding_at(token)
        if binding is not None:
            return binding
        meaning = self.resolution.names.get(token)
        declared = meaning.node if isinstance(meaning, InnerItem) else token
        return next((each for each in self.resolution.inner if each.node == declared), None)

    def meaning(self, node: int) -> Meaning | None:
        """What the path at `node`, or the token there, means besides local names."""
        token = node if self.tree.is_token(node) else self.tree.last_word(node)
        return None if token is None else self.resolution.names.get(token)

    def resolve_at(self, path: tuple[str, ...], offset: int) -> Meaning | None:
        """What a path would mean at `offset`, local names aside."""
        return find(scope_at_offset(self.script, self.number, offset), path).meaning

    @property
    def self_meaning(self) -> Meaning | None:
        """What `Self` means in the item."""
        return find(scope_of(table_of(self.script), ItemPlace(0, self.number)), ("Self",)).meaning

    def type_of(self, node: int) -> Type | None:
        """The type of the expression at `node`, `None` if it is not plain to see."""
        if node not in self._known:
            self._known[node] = None  # A question about itself gets no answer.
            if self._depth < _DEPTH_LIMIT:
                self._depth += 1
                self._known[node] = expression_type(self, node)
                self._depth -= 1
        found = self._known[node]
        return None if isinstance(found, Unknown) else found

    def type_of_binding(self, local: Local) -> Type | None:
        """The type of a local name; none if something of another type, or of an unknown one, is assigned to it."""
        if local.node not in self._declared:
            self._declared[local.node] = None
            self._declared[local.node] = declared_type(self, local)
        declared = self._declared[local.node]
        if declared is None or isinstance(declared, Unknown):
            return None
        if isinstance(local, InnerDeclaration) or self._is_annotated(local):
            return declared
        # A name that is assigned to is the first part of an assignment, whose value is its last.
        values = (self.tree.last_child(token - 2) for token in local.writes)
        return declared if all(value is not None and self.type_of(value) == declared for value in values) else None

    def return_type(self, number: int) -> Type | None:
        """What a call of the script's function of that number gives."""
        return return_type(self.script, number, self._returns, self._depth)

    def member(self, receiver: int, name: str) -> Member | None:
        """The member of that name that the value of the expression `receiver` has."""
        kind = self.type_of(receiver)
        return None if kind is None else member_named(self.script, kind, name)

    def member_of_type(self, kind: Type, name: str) -> Member | None:
        """The member of that name that values of the type have."""
        return member_named(self.script, kind, name)

    def _is_annotated(self, binding: Binding) -> bool:
        return any(self.tree.first(node, K.TYPE_ANNOTATION) is not None for node in (binding.pattern, binding.origin))


def return_type(script: Script, number: int, known: Returns | None = None, depth: int = 0) -> Type | None:
    """What a call of the script's function gives: as stated, else as its last expression shows, unless others leave it.

    `known` are the answers to this question that were given already; it is added to. `depth` is how deep in other
    questions this one is asked. Like the other answers this one is `None` if it is not plain to see.
    """
    known = {} if known is None else known
    if number not in known:
        known[number] = None  # A function that only gives what it gives itself has no type.
        declaration = function_declaration(script, number)
        if declaration.returns is not None:
            returns: Type | None = canonical(script, script.module_of(number), declaration.returns)
        else:
            returns = _shown_return(script, number, known, depth)
        known[number] = generic("Future", returns) if declaration.is_async else returns
    return known[number]


def _shown_return(script: Script, number: int, known: Returns, depth: int) -> Type | None:
    tree = script.tree(number)
    block = tree.first(0, K.BLOCK)
    leaves_early = any(tree.descendants(0, K.RETURN_EXPRESSION, K.TRY_EXPRESSION, K.YIELD_EXPRESSION))
    if block is None or leaves_early:
        return None
    return Inference(script, number, known, depth).type_of(block)
