"""What is selected in a script, and what is known about it."""

from __future__ import annotations

from functools import cached_property

from runekiln_analysis.facts import Edit, Item, Offsets
from runekiln_analysis.flow.inference import Inference
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.meaning import InnerItem, Meaning, OwnItem
from runekiln_analysis.resolve.resolution import Binding, Resolution
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .refactoring import FileEdits

EXPRESSIONS = frozenset(
    (
        K.PATH_EXPRESSION,
        K.LITERAL_EXPRESSION,
        K.TEMPLATE_STRING,
        K.PARENTHESIZED_EXPRESSION,
        K.TUPLE_EXPRESSION,
        K.VECTOR_EXPRESSION,
        K.OBJECT_EXPRESSION,
        K.STRUCT_EXPRESSION,
        K.UNARY_EXPRESSION,
        K.BINARY_EXPRESSION,
        K.IS_EXPRESSION,
        K.CAST_EXPRESSION,
        K.ASSIGNMENT_EXPRESSION,
        K.RANGE_EXPRESSION,
        K.CALL_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
        K.FIELD_EXPRESSION,
        K.INDEX_EXPRESSION,
        K.AWAIT_EXPRESSION,
        K.TRY_EXPRESSION,
        K.BLOCK_EXPRESSION,
        K.IF_EXPRESSION,
        K.WHILE_EXPRESSION,
        K.LOOP_EXPRESSION,
        K.FOR_EXPRESSION,
        K.MATCH_EXPRESSION,
        K.SELECT_EXPRESSION,
        K.BREAK_EXPRESSION,
        K.CONTINUE_EXPRESSION,
        K.RETURN_EXPRESSION,
        K.YIELD_EXPRESSION,
        K.CLOSURE_EXPRESSION,
        K.MACRO_CALL,
    )
)
STATEMENTS = (K.LET_STATEMENT, K.EXPRESSION_STATEMENT)
_PLAIN = (K.PATH_EXPRESSION, K.LITERAL_EXPRESSION)


class Selected:
    """A cursor or a range in a function or constant of a script. Made for one request and dropped."""

    def __init__(self, script: Script, number: int, span: Offsets) -> None:
        self.script = script
        self.number = number
        self.item: Item = script.main.items[number]
        self.tree: TreeView = script.tree(number)
        self.kinds = self.item.tree[::16]
        self.is_cursor = span[0] == span[1]
        self.span = _trimmed(script.text, span)

    @property
    def outermost(self) -> Item:
        """The item, or the `impl` block around it: what stands directly in the module."""
        items, found = self.script.main.items, self.item
        while found.parent is not None and items[found.parent].kind != "module":
            found = items[found.parent]
        return found

    @cached_property
    def inference(self) -> Inference:
        """Who knows the types and names of the item."""
        return Inference(self.script, self.number)

    @cached_property
    def resolution(self) -> Resolution:
        """What the names in the item mean."""
        return self.inference.resolution

    @cached_property
    def inferred(self) -> Inferred:
        """The types in the item."""
        return self.inference.inferred

    @cached_property
    def expression(self) -> int | None:
        """The expression that is selected as a whole; at a cursor the innermost one that is more than a word."""
        if self.is_cursor:
            around = [node for node in self.path if self.kinds[node] in EXPRESSIONS and self.kinds[node] not in _PLAIN]
            return around[-1] if around else None
        return next((node for node in self.path if self.tree.span(node) == self.span and self._gives_value(node)), None)

    @cached_property
    def path(self) -> list[int]:
        """The nodes that have all of the selection in them, the item first."""
        path = [0]
        while True:
            start, end = self.span
            children = (
                child
                for child in self.tree.children(path[-1])
                if self.tree.start(child) <= start < self.tree.end(child)
            )
            inner = next(children, None)
            if inner is None or end > self.tree.end(inner):
                return path
            path.append(inner)

    def _gives_value(self, node: int) -> bool:
        return self.kinds[node] in EXPRESSIONS

    def is_broken(self, node: int) -> bool:
        """Whether something in the node's syntax is wrong, or missing there."""
        start, end = self.tree.span(node)
        is_wrong = K.ERROR in self.kinds[node : self.tree.after(node)]
        return is_wrong or any(first <= end and start <= last for first, last in self._stumbles)

    @cached_property
    def _stumbles(self) -> tuple[Offsets, ...]:
        """Where the parser found something else than it expected."""
        file = self.script.main
        return tuple(
            file.span_of(each) for each in file.problems if each.origin == "syntax" and each.severity == "error"
        )

    def statement_around(self, node: int) -> int:
        """The innermost statement, or else the item, that has the node in it."""
        path = self.tree.path_to(node)
        return next((each for each in reversed(path) if self.kinds[each] in STATEMENTS), 0)

    def is_constant(self, node: int) -> bool:
        """Whether the compiler computes the node itself, which knows no statements."""
        return any(self._makes_constant(each) for each in self.tree.path_to(node)[:-1])

    def _makes_constant(self, around: int) -> bool:
        match self.kinds[around]:
            case K.CONST_ITEM:
                return True
            case K.FUNCTION_ITEM | K.BLOCK_EXPRESSION:
                return self.tree.first(around, K.CONST_KEYWORD) is not None
            case K.CALL_EXPRESSION:
                return self._is_constant_function(self.inference.meaning(around + 1))
        return False

    def _is_constant_function(self, meaning: Meaning | None) -> bool:
        match meaning:
            case OwnItem(place):
                return TreeView(self.script.item(place).tree, b"", 0).first(0, K.CONST_KEYWORD) is not None
            case InnerItem(node):
                return self.tree.first(self.tree.path_to(node)[-3], K.CONST_KEYWORD) is not None
        return False

    def written(self, node: int) -> str:
        """The node's text."""
        return self.tree.content(node)

    def binding(self, token: int) -> Binding | None:
        """The variable that a token declares or uses."""
        return self.resolution.binding_at(token)

    def here(self, *edits: Edit) -> FileEdits:
        """Edits of this file."""
        return {self.script.main.path: tuple(sorted(edits, key=lambda edit: edit.span))}


def parts(tree: TreeView, node: int) -> tuple[int, ...]:
    """The children of a node that are no tokens."""
    return tuple(child for child in tree.children(node) if not tree.is_token(child))


def indentation(text: bytes, offset: int) -> str:
    """The blanks that the line of an offset begins with."""
    start = text.rfind(b"\n", 0, offset) + 1
    line = text[start:offset]
    return line[: len(line) - len(line.lstrip())].decode("utf-8", "replace")


def starts_line(text: bytes, offset: int) -> bool:
    """Whether nothing but blanks is before an offset in its line."""
    return not text[text.rfind(b"\n", 0, offset) + 1 : offset].strip()


def _trimmed(text: bytes, span: Offsets) -> Offsets:
    start, end = span
    chosen = text[start:end]
    if not chosen.strip():
        return (start, start)
    return (start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip()))
