"""The types of local names and expressions, where they are plain to see; silent everywhere else."""

from __future__ import annotations

from .declarations import function_declaration
from .expressions import expression_type
from .locals import Binding, Locals
from .members import Member, canonical, member_named
from .names import Import, Meaning, imports_in, resolve, resolve_import
from .origins import declared_type
from .script import ModulePlace, Script
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
        self._locals = Locals(self.tree)
        self._known: dict[int, Type | None] = {}
        self._declared: dict[int, Type | None] = {}
        self._assigned: dict[str, list[int]] | None = None
        self._imports: tuple[Import, ...] | None = None
        self._items: frozenset[str] | None = None

    @property
    def self_type(self) -> str | None:
        """The path that the `impl` around the item names, which is what `Self` means in it."""
        block = self.script.impl_of(self.number)
        return None if block is None else block.name

    def locals_at(self, offset: int) -> dict[str, Binding]:
        """The local names that `offset` sees, the innermost last."""
        return self._locals.visible(offset)

    def local(self, name: str, offset: int) -> Binding | None:
        """What `name` means at `offset` if it is a local name there."""
        return self._locals.find(name, offset)

    def resolve(self, path: tuple[str, ...]) -> Meaning | None:
        """What a path in this item means, local names aside."""
        for brought in self._local_imports():
            if brought.name == path[0]:
                return resolve_import(self.script, self.module, (*brought.path, *path[1:]))
        return None if path[0] in self._local_items() else resolve(self.script, self.module, path, self.self_type)

    def _local_imports(self) -> tuple[Import, ...]:
        """What a `use` inside the item brings in, taken to hold for all of it."""
        if self._imports is None:
            inside = (node for node in self.tree.descendants(0, K.USE_ITEM) if node != 0)
            self._imports = tuple(each for node in inside for each in imports_in(self.tree, node))
        return self._imports

    def _local_items(self) -> frozenset[str]:
        """The names of the items inside the item: they hide those outside, and are not looked into."""
        if self._items is None:
            nodes = self.tree.descendants(0, K.FUNCTION_ITEM, K.STRUCT_ITEM, K.ENUM_ITEM, K.CONST_ITEM, K.MODULE_ITEM)
            names = (self.tree.first(node, K.NAME) for node in nodes if node != 0)
            self._items = frozenset(self.tree.content(name) for name in names if name is not None)
        return self._items

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

    def type_of_binding(self, binding: Binding) -> Type | None:
        """The type of a local name; none if something of another type, or of an unknown one, is assigned to it."""
        if binding.name_node not in self._declared:
            self._declared[binding.name_node] = None
            self._declared[binding.name_node] = declared_type(self, binding)
        declared = self._declared[binding.name_node]
        if declared is None or isinstance(declared, Unknown) or self._is_annotated(binding):
            return None if isinstance(declared, Unknown) else declared
        values = self._assignments().get(binding.name, [])
        return declared if all(self.type_of(value) == declared for value in values) else None

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

    def declared_at(self, name_node: int) -> Binding | None:
        """The local name that the pattern at `name_node` declares."""
        return self._locals.declared_at(name_node)

    def _is_annotated(self, binding: Binding) -> bool:
        return any(self.tree.first(node, K.TYPE_ANNOTATION) is not None for node in (binding.pattern, binding.origin))

    def _assignments(self) -> dict[str, list[int]]:
        """What is assigned to bare names anywhere in the item, by name."""
        if self._assigned is None:
            self._assigned = {}
            for node in self.tree.descendants(0, K.ASSIGNMENT_EXPRESSION):
                target, value = self.tree.first_child(node), self.tree.last_child(node)
                if self.tree.kind(target) == K.PATH_EXPRESSION and value is not None:
                    self._assigned.setdefault(self.tree.content(target), []).append(value)
        return self._assigned


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
