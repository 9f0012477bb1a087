"""Finds the state machines that a function builds plainly: in chains of calls, and on one variable after another."""

from __future__ import annotations

from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.items import resolve_item
from runekiln_analysis.resolve.meaning import HostFunctionMeaning
from runekiln_analysis.resolve.resolution import Binding, Resolution
from runekiln_analysis.resolve.table import table_of
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .machine import Machine, Name, State, Transition

TYPE = "crucible::StateMachine"
_BUILDING = {"state": 2, "transition": 3, "initial": 1, "terminal": 1, "with_context": 1}
"""The methods that take a machine and give it back with something added, and how many arguments they take."""
_ASKING = frozenset(
    (
        "fire",
        "fire_async",
        "current",
        "states",
        "history",
        "context",
        "is_finished",
        "validate",
        "to_mermaid",
        "to_dot",
    )
)
_SHOWING = frozenset(("assert", "assert_eq", "assert_ne", "format", "print", "println"))
"""Macros that look at what they are given, and do not hand it on."""
_COMPARING = frozenset(("assert_eq", "assert_ne"))
"""Macros that hold a value against another one."""
_NAMING_STATES = frozenset(("current", "states", "history"))
_FIRING = frozenset(("fire", "fire_async"))
_LITERALS = frozenset((K.LITERAL_EXPRESSION, K.LITERAL_PATTERN))
_AROUND_LITERALS = frozenset((K.PARENTHESIZED_EXPRESSION, K.VECTOR_EXPRESSION, K.VECTOR_PATTERN))
_ONE_AFTER_ANOTHER = frozenset(
    (
        K.ASSIGNMENT_EXPRESSION,
        K.EXPRESSION_STATEMENT,
        K.LET_STATEMENT,
        K.METHOD_CALL_EXPRESSION,
        K.PARENTHESIZED_EXPRESSION,
        K.RETURN_EXPRESSION,
    )
)
"""What a call may stand in that is made once, behind the one before it."""


def machines(tree: TreeView, kinds: bytes, resolution: Resolution) -> tuple[Machine, ...]:
    """The machines that the function with that tree builds; `kinds` has the kind of each node in one byte."""
    begun = (token for token, meaning in resolution.names.items() if _is_beginning(meaning))
    calls = (kinds.rfind(K.PATH_EXPRESSION, 0, token) - 1 for token in begun)
    return tuple(_Built(tree, kinds, resolution, call).machine() for call in calls if kinds[call] == K.CALL_EXPRESSION)


def machines_in(script: Script, number: int) -> tuple[Machine, ...]:
    """The machines that the script's function of that number builds; their spans are absolute."""
    resolution = resolve_item(script, table_of(script), ItemPlace(0, number))
    assert resolution is not None, "the text of the script itself is known"
    return machines(script.tree(number), script.main.items[number].tree[::16], resolution)


def _is_beginning(meaning: object) -> bool:
    return isinstance(meaning, HostFunctionMeaning) and meaning.function.name == "new" and meaning.type.path == TYPE


class _Built:
    """Follows one machine through a function, from the call that makes it at `node`."""

    def __init__(self, tree: TreeView, kinds: bytes, resolution: Resolution, node: int) -> None:
        self.tree = tree
        self.kinds = kinds
        self.resolution = resolution
        self.node = node
        self.states: list[State] = []
        self.transitions: list[Transition] = []
        self.initial: Name | None = None
        self.terminals: list[Name] = []
        self.fired: list[Name] = []
        self.compared: list[Name] = []
        self.whole = True
        self.returned = False

    def machine(self) -> Machine:
        """The machine at the end of its way."""
        if self._follow(self.node) is not None:
            # It is put into a variable that held something else before, and is not followed there.
            self.whole = False
        return Machine(
            self.tree.span(self.node),
            tuple(self.states),
            tuple(self.transitions),
            self.initial,
            tuple(self.terminals),
            self.whole,
            self.returned,
            tuple(self.fired),
            tuple(self.compared),
        )

    def _follow(self, node: int) -> int | None:
        """Go on from the expression at `node`, which is the machine; the number of the variable it is assigned to."""
        tree, kinds = self.tree, self.kinds
        parent = tree.parent(node)
        while kinds[parent] in (K.METHOD_CALL_EXPRESSION, K.PARENTHESIZED_EXPRESSION):
            if kinds[parent] == K.METHOD_CALL_EXPRESSION:
                name = self._method(parent)
                if parent + 1 != node or name not in _BUILDING:
                    is_asked = parent + 1 == node and name in _ASKING
                    if is_asked:
                        self._ask(name, parent)
                    self.whole &= is_asked
                    return None
                self._add(name, parent)
            node, parent = parent, tree.parent(parent)
        match kinds[parent]:
            case K.LET_STATEMENT:
                self._declare(parent)
            case K.ASSIGNMENT_EXPRESSION if kinds[parent + 1] == K.PATH_EXPRESSION:
                return self.resolution.variables.get(parent + 2)
            case _:
                self._end(node, parent)
        return None

    def _method(self, call: int) -> str:
        """The method that is called at `call`; empty for one with type arguments, which no machine has."""
        children = self.tree.children(call)
        return self.tree.content(children[2]) if len(children) == 4 else ""

    def _declare(self, statement: int) -> None:
        """`let machine = …`."""
        children = self.tree.children(statement)
        is_plain = self.kinds[children[1]] == K.IDENTIFIER_PATTERN and self.tree.first(statement, K.ELSE_BRANCH) is None
        names = enumerate(self.resolution.bindings)
        number = next((each for each, binding in names if binding.node == children[1] + 1), None)
        if is_plain and number is not None:
            self._use(number)
        else:
            self.whole = False

    def _use(self, number: int) -> None:
        """Follow the variable of that number in which the machine is."""
        binding = self.resolution.bindings[number]
        written: set[int] = set()
        for token in sorted(binding.reads):
            path = token - 1
            parent = self.tree.parent(path)
            begun = [each for each in binding.writes if each < token and each not in written]
            if any(token >= self.tree.after(self.tree.parent(each - 1)) for each in begun):
                # It is another machine from here on.
                break
            is_receiver = self.kinds[parent] == K.METHOD_CALL_EXPRESSION and parent + 1 == path
            name = self._method(parent) if is_receiver else ""
            if name not in _BUILDING:
                self._look_at(path, parent, name)
                continue
            if not self._comes_once(binding, parent):
                self.whole = False
                return
            ended = self._follow(path)
            if ended != number:
                # It has another name from here on, or none: this one is used up. One from before is not followed.
                self.whole &= ended is None
                return
            written.update(begun)
        self.whole &= written == set(binding.writes)

    def _look_at(self, path: int, parent: int, method: str) -> None:
        """The variable is used without adding anything to the machine, or where nobody can tell."""
        if method in _ASKING:
            self._ask(method, parent)
        elif K.FORMAT_CAPTURE not in (self.kinds[path], self.kinds[parent]):
            self._end(path, parent)

    def _ask(self, method: str, call: int) -> None:
        """Take in the names in and around a call that adds nothing."""
        if method in _FIRING:
            given = self.tree.children(self.tree.children(call)[-1])
            self.fired += (self._name(each) for each in given if not self.tree.is_token(each))
        elif method in _NAMING_STATES:
            for beside in self._held_against(call):
                inside = self.tree.children(beside) if self.kinds[beside] in _AROUND_LITERALS else (beside,)
                self.compared += (self._name(each) for each in inside if self.kinds[each] in _LITERALS)

    def _held_against(self, call: int) -> tuple[int, ...]:
        """What the value of a call is compared with."""
        tree, kinds = self.tree, self.kinds
        around = tree.parent(call)
        children = tree.children(around)
        match kinds[around]:
            case K.BINARY_EXPRESSION:
                is_comparison = any(kinds[each] in (K.EQUAL_EQUAL, K.BANG_EQUAL) for each in children)
                return children if is_comparison else ()
            case K.LET_EXPRESSION:
                return children
            case K.MACRO_ARGUMENTS:
                return children if tree.content(tree.first_child(tree.parent(around))) in _COMPARING else ()
            case K.MATCH_EXPRESSION:
                return tuple(tree.first_child(arm) for arm in tree.children(children[-1]) if kinds[arm] == K.MATCH_ARM)
        return ()

    def _end(self, node: int, parent: int) -> None:
        """The machine, at `node`, goes somewhere else."""
        kinds, tree = self.kinds, self.tree
        match kinds[parent]:
            case K.MACRO_ARGUMENTS if tree.content(tree.first_child(tree.parent(parent))) in _SHOWING:
                return
            case K.EXPRESSION_STATEMENT if kinds[tree.after(parent) - 1] == K.SEMICOLON:
                return
            case K.EXPRESSION_STATEMENT | K.RETURN_EXPRESSION if self._is_in_function_itself(parent):
                self.returned = True
            case _:
                self.whole = False

    def _is_in_function_itself(self, node: int) -> bool:
        """Whether a `return` is the function's own, or what stands last is what the function gives."""
        around = self.tree.path_to(node)[:-1]
        if self.kinds[node] == K.EXPRESSION_STATEMENT:
            return len(around) == 2 and self.kinds[0] == K.FUNCTION_ITEM
        others = (K.CLOSURE_EXPRESSION, K.FUNCTION_ITEM)
        return not any(self.kinds[each] in others or self._is_async(each) for each in around[1:])

    def _is_async(self, node: int) -> bool:
        return self.kinds[node] == K.BLOCK_EXPRESSION and self.tree.first(node, K.ASYNC_KEYWORD) is not None

    def _comes_once(self, binding: Binding, node: int) -> bool:
        """Whether what is at `node` is done once after the variable is declared, and on every way."""
        around = self.tree.path_to(node)
        if binding.scope not in around:
            return False
        inside = around[around.index(binding.scope) + 1 : -1]
        return all(self.kinds[each] in _ONE_AFTER_ANOTHER for each in inside)

    def _add(self, name: str, call: int) -> None:
        """Take in what a call adds."""
        children = self.tree.children(call)
        given = [each for each in self.tree.children(children[-1]) if not self.tree.is_token(each)]
        if len(given) != _BUILDING[name]:
            self.whole = False
            return
        span = (self.tree.start(children[1]), self.tree.end(call))
        names = [self._name(each) for each in given]
        match name:
            case "state":
                self.states.append(State(names[0], given[1], span))
            case "transition":
                self.transitions.append(Transition(names[0], names[1], names[2], given[2], span))
            case "initial":
                self.initial = names[0]
            case "terminal":
                self.terminals.append(names[0])

    def _name(self, node: int) -> Name:
        span = self.tree.span(node)
        if self.kinds[node] not in _LITERALS or self.kinds[node + 1] != K.STRING_LITERAL:
            return Name(None, span)
        written = self.tree.content(node)
        # Rune and Python escape in different ways, and one text can be escaped in several.
        return Name(None if "\\" in written else literal_text(written), span)
