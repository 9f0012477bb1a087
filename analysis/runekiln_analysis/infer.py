"""The types of local names and expressions, where they are plain to see; silent everywhere else."""

from __future__ import annotations

from .declarations import function_declaration
from .locals import Binding, Locals
from .members import Member, canonical, member_named, stub_type
from .names import (
    HostFunctionMeaning,
    HostTypeMeaning,
    Import,
    Meaning,
    OwnItem,
    imports_in,
    path_segments,
    resolve,
    resolve_import,
)
from .patterns import type_in_pattern
from .rune_types import CALLBACK_PARAMETERS, method_returns
from .script import ItemPlace, ModulePlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import UNIT, UNKNOWN, Named, TupleOf, Type, Unknown, generic, parse_type

# A chain longer than this is not plain to see, and must not exhaust the stack.
_DEPTH_LIMIT = 40


class Inference:
    """Answers about one item of a script; remembers its own answers, and is dropped with the question."""

    def __init__(self, script: Script, number: int, returns: dict[int, Type | None] | None = None) -> None:
        self.script = script
        self._returns = {} if returns is None else returns
        self.tree: TreeView = script.tree(number)
        self.module: ModulePlace = script.module_of(number)
        self._number = number
        self._locals = Locals(self.tree)
        self._depth = 0
        self._known: dict[int, Type | None] = {}
        self._declared: dict[int, Type | None] = {}
        self._assigned: dict[str, list[int]] | None = None
        self._imports: tuple[Import, ...] | None = None
        self._items: frozenset[str] | None = None

    @property
    def self_type(self) -> str | None:
        """The path that the `impl` around the item names, which is what `Self` means in it."""
        block = self.script.impl_of(self._number)
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
                self._known[node] = self._expression(node)
                self._depth -= 1
        found = self._known[node]
        return None if isinstance(found, Unknown) else found

    def type_of_binding(self, binding: Binding) -> Type | None:
        """The type of a local name; none if something of another type, or of an unknown one, is assigned to it."""
        if binding.name_node not in self._declared:
            self._declared[binding.name_node] = None
            self._declared[binding.name_node] = self._declared_type(binding)
        declared = self._declared[binding.name_node]
        if declared is None or isinstance(declared, Unknown) or self._is_annotated(binding):
            return None if isinstance(declared, Unknown) else declared
        values = self._assignments().get(binding.name, [])
        return declared if all(self.type_of(value) == declared for value in values) else None

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

    def _expression(self, node: int) -> Type | None:
        tree = self.tree
        operands = [child for child in tree.children(node) if not tree.is_token(child)]
        match tree.kind(node):
            case K.PATH_EXPRESSION:
                return self._path(node)
            case K.LITERAL_EXPRESSION:
                return _literal(tree, node)
            case K.TEMPLATE_STRING | K.FORMAT_STRING:
                return Named("String")
            case K.PARENTHESIZED_EXPRESSION | K.EXPRESSION_STATEMENT if operands:
                return self.type_of(operands[0])
            case K.BLOCK_EXPRESSION if tree.first(node, K.ASYNC_KEYWORD, K.LABEL_DECLARATION) is None:
                block = tree.first(node, K.BLOCK)
                return None if block is None else self._tail(block)
            case K.BLOCK:
                return self._tail(node)
            case K.STRUCT_EXPRESSION:
                path = tree.first(node, K.PATH, K.PATH_EXPRESSION)
                return None if path is None else self._constructed(path)
            case K.CALL_EXPRESSION:
                return self._call(node)
            case K.METHOD_CALL_EXPRESSION:
                return self._method_call(node)
            case K.FIELD_EXPRESSION:
                return self._field(node)
            case K.INDEX_EXPRESSION if len(operands) == 2:
                return self._index(*operands)
            case K.TRY_EXPRESSION if operands:
                return _argument(self.type_of(operands[0]), "Option", "Result")
            case K.AWAIT_EXPRESSION if operands:
                return _argument(self.type_of(operands[0]), "Future")
            case K.IF_EXPRESSION:
                return self._branches(node)
            case K.RANGE_EXPRESSION:
                return Named("Range")
            case K.VECTOR_EXPRESSION:
                return Named("Vec")
            case K.OBJECT_EXPRESSION:
                return Named("Object")
            case K.TUPLE_EXPRESSION:
                return TupleOf(tuple(self.type_of(member) or UNKNOWN for member in operands))
            case K.CLOSURE_EXPRESSION:
                return Named("Function")
            case K.IS_EXPRESSION:
                return Named("bool")
            case K.MACRO_CALL:
                return self._macro(node)
        return None

    def _path(self, node: int) -> Type | None:
        path = path_segments(self.tree, node)
        if len(path) == 1:
            binding = self.local(path[0], self.tree.start(node))
            if binding is not None:
                return self.type_of_binding(binding)
        match self.resolve(path):
            case OwnItem(place) if self.script.item(place).kind == "function":
                return Named("Function")
            case OwnItem(place) if self.script.item(place).kind == "struct":
                return _own(self.script, place)
        return None

    def _constructed(self, path: int) -> Type | None:
        segments = path_segments(self.tree, path)
        match self.resolve(segments):
            case OwnItem(place) if self.script.item(place).kind == "struct":
                return _own(self.script, place)
        return None

    def _call(self, node: int) -> Type | None:
        callee = self.tree.first_child(node)
        if self.tree.kind(callee) != K.PATH_EXPRESSION:
            return None
        path = path_segments(self.tree, callee)
        if len(path) == 1 and self.local(path[0], self.tree.start(callee)) is not None:
            return None
        match self.resolve(path):
            case HostFunctionMeaning(_, function) if function.kind == "associated-function":
                returns = stub_type(self.script, function.returns)
                return generic("Future", returns) if function.is_async else returns
            case OwnItem(place) if place.file == 0:
                return self._own_call(place)
            case None if path in (("Some",), ("Ok",), ("Err",)):
                return self._wrapped(path[0], node)
        return None

    def _own_call(self, place: ItemPlace) -> Type | None:
        item = self.script.item(place)
        if item.kind == "struct":
            return _own(self.script, place)
        return return_type(self.script, place.number, self._returns) if item.kind == "function" else None

    def _wrapped(self, name: str, node: int) -> Type | None:
        listed = self.tree.first(node, K.ARGUMENT_LIST)
        nodes = () if listed is None else self.tree.children(listed)
        values = [child for child in nodes if not self.tree.is_token(child)]
        if len(values) != 1:
            return None
        inner = self.type_of(values[0])
        return {
            "Some": generic("Option", inner),
            "Ok": generic("Result", inner, None),
            "Err": generic("Result", None, inner),
        }[name]

    def _method_call(self, node: int) -> Type | None:
        receiver = self.tree.first_child(node)
        kind = self.type_of(receiver)
        name = member_name(self.tree, node)
        if kind is None or name is None:
            return None
        member = member_named(self.script, kind, name)
        if member is None and name == "collect":
            generics = self.tree.first(node, K.GENERIC_ARGUMENTS)
            is_vector = generics is not None and self.tree.content(generics) == "<Vec>"
            return generic("Vec", _argument(kind, "Iterator")) if is_vector else None
        if member is None or member.kind != "method":
            return method_returns(kind, name)
        if member.own is not None:
            return return_type(self.script, member.own.number, self._returns) if member.own.file == 0 else None
        return generic("Future", member.type) if member.is_async else member.type

    def _field(self, node: int) -> Type | None:
        kind = self.type_of(self.tree.first_child(node))
        name = member_name(self.tree, node)
        if kind is None or name is None:
            return None
        if isinstance(kind, TupleOf) and name.isdecimal():
            return kind.members[int(name)] if int(name) < len(kind.members) else None
        member = member_named(self.script, kind, name)
        return member.type if member is not None and member.kind == "field" else None

    def _index(self, receiver: int, index: int) -> Type | None:
        # A range as the index gives a part of the vector, so the index must be known to be a number.
        is_number = self.type_of(index) in (Named("i64"), Named("u64"))
        return _argument(self.type_of(receiver), "Vec") if is_number else None

    def _branches(self, node: int) -> Type | None:
        """The type that all blocks of an `if` with a last `else` agree on."""
        branches = [child for child in self.tree.children(node) if self.tree.kind(child) == K.ELSE_BRANCH]
        if not branches or self.tree.first(branches[-1], K.IF_KEYWORD) is not None:
            return None
        blocks = [self.tree.first(branch, K.BLOCK) for branch in (node, *branches)]
        types = {None if block is None else self.type_of(block) for block in blocks}
        return types.pop() if len(types) == 1 else None

    def _tail(self, block: int) -> Type | None:
        """The type of a block's last expression; a block that ends with `;` or `let` is the unit."""
        nodes = [child for child in self.tree.children(block) if not self.tree.is_token(child)]
        if not nodes or self.tree.kind(nodes[-1]) == K.LET_STATEMENT:
            return UNIT
        last = self.tree.last_child(nodes[-1])
        if self.tree.kind(nodes[-1]) == K.EXPRESSION_STATEMENT and last is not None:
            return UNIT if self.tree.kind(last) == K.SEMICOLON else self.type_of(nodes[-1])
        return self.type_of(nodes[-1])

    def _macro(self, node: int) -> Type | None:
        path = self.tree.first(node, K.PATH, K.PATH_EXPRESSION)
        return Named("String") if path is not None and self.tree.content(path) in ("format", "stringify") else None

    def _declared_type(self, binding: Binding) -> Type | None:
        tree = self.tree
        match tree.kind(binding.origin):
            case K.FUNCTION_ITEM if binding.kind == "function":
                return Named("Function")
            case K.FUNCTION_ITEM:
                return self._parameter(binding)
            case K.CLOSURE_EXPRESSION:
                whole = self._annotation(binding.pattern) or self._callback_parameter(binding)
            case K.LET_STATEMENT:
                whole = self._annotation(binding.origin) or self._value(binding.origin)
            case K.LET_EXPRESSION:
                whole = self._value(binding.origin)
            case K.FOR_EXPRESSION:
                whole = self._element(binding.origin)
            case K.MATCH_ARM:
                whole = self._matched(binding.origin)
            case _:
                whole = None
        return None if whole is None else type_in_pattern(tree, binding.pattern, binding.name_node, whole)

    def _parameter(self, binding: Binding) -> Type | None:
        if binding.name == "self":
            return self._self_value()
        if binding.origin != 0:
            return self._annotation(binding.pattern)
        stated = parameter_types(self.script, self._number)
        listed = self.tree.first(0, K.PARAMETER_LIST)
        parameters = () if listed is None else self.tree.children(listed)
        plain = [child for child in parameters if self.tree.kind(child) == K.PARAMETER]
        whole = stated[plain.index(binding.pattern)] if binding.pattern in plain else None
        return None if whole is None else type_in_pattern(self.tree, binding.pattern, binding.name_node, whole)

    def _self_value(self) -> Type | None:
        match self.resolve(("Self",)):
            case OwnItem(place) if self.script.item(place).kind in ("struct", "enum"):
                return _own(self.script, place)
            case HostTypeMeaning(kind):
                return Named(kind.name)
        return None

    def _annotation(self, node: int) -> Type | None:
        annotated = self.tree.first(node, K.TYPE_ANNOTATION)
        return None if annotated is None else stated_type(self.script, self.module, self.tree.content(annotated)[1:])

    def _value(self, origin: int) -> Type | None:
        """The type of what stands behind the `=` of a `let`."""
        equals = self.tree.first(origin, K.EQUAL)
        values = (child for child in self.tree.children(origin) if equals is not None and child > equals)
        value = next((child for child in values if not self.tree.is_token(child)), None)
        return None if value is None else self.type_of(value)

    def _element(self, loop: int) -> Type | None:
        """The type of what a `for` walks over."""
        keyword = self.tree.first(loop, K.IN_KEYWORD)
        walked = None if keyword is None else next((c for c in self.tree.children(loop) if c > keyword), None)
        if walked is None:
            return None
        kind = self.type_of(walked)
        if kind == Named("Range"):
            return self.type_of(walked + 1)
        return _argument(kind, "Vec", "Iterator", "Option")

    def _matched(self, arm: int) -> Type | None:
        """The type of what the `match` around an arm looks at."""
        around = next(node for node in reversed(self.tree.path_to(arm)) if self.tree.kind(node) == K.MATCH_EXPRESSION)
        value = next(child for child in self.tree.children(around) if not self.tree.is_token(child))
        return self.type_of(value)

    def _callback_parameter(self, binding: Binding) -> Type | None:
        """The type of `phase` in `phases.iter().filter(|phase| …)`."""
        path = self.tree.path_to(binding.origin)
        if len(path) < 3 or self.tree.kind(path[-2]) != K.ARGUMENT_LIST:
            return None
        call = path[-3]
        name = member_name(self.tree, call) if self.tree.kind(call) == K.METHOD_CALL_EXPRESSION else None
        receiver = self.type_of(self.tree.first_child(call)) if name is not None else None
        owners = CALLBACK_PARAMETERS.get(name or "", ())
        listed = self.tree.first(binding.origin, K.PARAMETER_LIST)
        parameters = () if listed is None else tuple(self.tree.children(listed))
        plain = [child for child in parameters if self.tree.kind(child) == K.PARAMETER]
        return _argument(receiver, *owners) if len(plain) == 1 else None

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


def return_type(script: Script, number: int, known: dict[int, Type | None] | None = None) -> Type | None:
    """What a call of the script's function gives: as stated, else as its last expression shows, unless others leave it.

    `known` are the answers to this question that were given already; it is added to. Like the other answers this one is
    `None` if it is not plain to see.
    """
    known = {} if known is None else known
    if number not in known:
        known[number] = None  # A function that only gives what it gives itself has no type.
        declaration = function_declaration(script, number)
        if declaration.returns is not None:
            returns: Type | None = canonical(script, script.module_of(number), declaration.returns)
        else:
            returns = _shown_return(script, number, known)
        known[number] = generic("Future", returns) if declaration.is_async else returns
    return known[number]


def parameter_types(script: Script, number: int) -> tuple[Type | None, ...]:
    """The types of a function's parameters, `self` left out: as stated, else as the entry of its name declares."""
    item = script.main.items[number]
    declaration = function_declaration(script, number)
    module = script.module_of(number)
    entry = script.bindings.entry_named(item.name) if item.public and item.parent is None else None
    types: list[Type | None] = []
    for place, parameter in enumerate(declaration.parameters):
        if parameter.type is not None:
            types.append(canonical(script, module, parameter.type))
        elif entry is not None and place < len(entry.parameters):
            types.append(stub_type(script, entry.parameters[place].type))
        else:
            types.append(None)
    return tuple(None if isinstance(kind, Unknown) else kind for kind in types)


def stated_type(script: Script, module: ModulePlace, text: str) -> Type | None:
    """The type that the text of an annotation states in that module."""
    parsed = parse_type(text)
    return None if parsed is None else canonical(script, module, parsed)


def member_name(tree: TreeView, node: int) -> str | None:
    """The name behind the dot of a field or method expression."""
    dot = tree.first(node, K.DOT)
    if dot is None:
        return None
    named = next((child for child in tree.children(node) if child > dot), None)
    return None if named is None else tree.content(named).partition("::")[0]


def _shown_return(script: Script, number: int, known: dict[int, Type | None]) -> Type | None:
    tree = script.tree(number)
    block = tree.first(0, K.BLOCK)
    leaves_early = any(tree.descendants(0, K.RETURN_EXPRESSION, K.TRY_EXPRESSION, K.YIELD_EXPRESSION))
    if block is None or leaves_early or len(known) > _DEPTH_LIMIT:
        return None
    return Inference(script, number, known).type_of(block)


def _own(script: Script, place: ItemPlace) -> Type | None:
    return Named(script.item(place).name, (), place.number) if place.file == 0 else None


def _argument(kind: Type | None, *owners: str) -> Type | None:
    """`T` of `Owner<T, …>`."""
    if isinstance(kind, Named) and kind.name in owners and kind.arguments and kind.item is None:
        return kind.arguments[0]
    return None


def _literal(tree: TreeView, node: int) -> Type | None:
    token = tree.first_child(node)
    match tree.kind(token):
        case K.STRING_LITERAL:
            return Named("String")
        case K.NUMBER_LITERAL:
            return _number(tree.content(node))
        case K.TRUE_KEYWORD | K.FALSE_KEYWORD:
            return Named("bool")
        case K.CHARACTER_LITERAL:
            return Named("char")
        case K.BYTE_STRING_LITERAL:
            return Named("Bytes")
    return None


def _number(text: str) -> Type:
    for suffix in ("u8", "u64", "i64", "f64"):
        if text.endswith(suffix):
            return Named(suffix)
    is_decimal = not text.lstrip("-").startswith(("0x", "0b", "0o"))
    return Named("f64") if is_decimal and any(mark in text for mark in ".eE") else Named("i64")
