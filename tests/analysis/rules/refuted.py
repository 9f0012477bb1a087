"""Errors that a run refutes: what is said to fail is marked, and the run tells if it goes on behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from runekiln_analysis.facts import Problem
from runekiln_analysis.rules.names import name_problems
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

MARK = "\x01"
CODES = (
    "unknown-method",
    "unknown-field",
    "read-only-field",
    "wrong-arity",
    "type-mismatch",
    "not-callable",
    "not-iterable",
)
_TOLD = re.compile(f"{MARK}(\\d+){MARK}")
_BEHIND = '\nfn behind__(number, value) { println!("\\u{1}{}\\u{1}", number); value }\n'
_FAILING = frozenset(
    (
        K.AWAIT_EXPRESSION,
        K.BINARY_EXPRESSION,
        K.CALL_EXPRESSION,
        K.FIELD_EXPRESSION,
        K.INDEX_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
        K.TRY_EXPRESSION,
        K.UNARY_EXPRESSION,
    )
)
_ABOUT_A_PART = re.compile("^`.*` takes |^the index into ")
_STATEMENTS = frozenset((K.ASSIGNMENT_EXPRESSION, K.FOR_EXPRESSION))


@dataclass(frozen=True)
class Marked:
    """A script in which each error of ours has a mark behind it, by its number."""

    text: bytes
    errors: tuple[Problem, ...]

    def refuted(self, output: str) -> list[str]:
        """The errors behind which a run went on."""
        numbers = sorted({int(number) for number in _TOLD.findall(output)})
        return [
            f"{self.errors[each].code} at {self.errors[each].span}: {self.errors[each].message}" for each in numbers
        ]


def with_marks(script: Script) -> Marked:
    """The script with a mark behind each of our errors."""
    problems = tuple(each for each in name_problems(script) if each.severity == "error" and each.code in CODES)
    inserted: list[tuple[int, int, str]] = []
    for number, problem in enumerate(problems):
        item = script.item_at(problem.span[0])
        assert item is not None, "each of these errors is in an item"
        tree = script.tree(item)
        node = _failing(tree, problem)
        start, end = tree.span(node)
        if tree.kind(node) == K.FOR_EXPRESSION:
            inserted.append((end, -start, f" crate::behind__({number}, ());"))
        elif tree.kind(node) == K.ASSIGNMENT_EXPRESSION:
            inserted.append((end, -start, f"; crate::behind__({number}, ())"))
        else:
            inserted.append((start, -end, f"(crate::behind__({number}, "))
            inserted.append((end, -start, "))"))
    text = bytearray(script.text)
    for at, _, piece in sorted(inserted, reverse=True):
        text[at:at] = piece.encode()
    return Marked(bytes(text) + _BEHIND.encode(), problems)


def _failing(tree: TreeView, problem: Problem) -> int:
    """The smallest expression or statement that the error says will fail."""
    start, end = problem.span
    around = [
        node
        for node in range(len(tree))
        if tree.kind(node) in _FAILING | _STATEMENTS and tree.start(node) <= start and end <= tree.end(node)
    ]
    if problem.code == "not-iterable":
        return [node for node in around if tree.kind(node) == K.FOR_EXPRESSION][-1]
    found = around[-1]
    if problem.code == "not-callable":
        calls = (node for node in around if tree.kind(node) == K.CALL_EXPRESSION and tree.start(node) == start)
        found = list(calls)[-1]
    elif _ABOUT_A_PART.search(problem.message):
        found = [node for node in around if tree.span(node) != problem.span][-1]
    # A call cannot stand in what is assigned to.
    assignments = (node for node in around if tree.kind(node) == K.ASSIGNMENT_EXPRESSION)
    return next((node for node in assignments if node < found < tree.after(tree.first_child(node))), found)
