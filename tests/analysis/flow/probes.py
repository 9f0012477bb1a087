"""Scripts that tell, while they run, what types their expressions have.

Each expression of which something was inferred is put into a call of a function that tells what its value is and gives
it back. What the values hold is told, too, a few levels deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import NEVER, Type, Unknown

MARK = "\x01"

_TELLING = """
fn describe__(value, depth) {
    let name = std::any::type_name_of_val(value);
    let parts = [];
    if depth > 0 {
        if value is Vec || value is Tuple {
            for each in value { parts.push(describe__(each, depth - 1)); }
        } else if value is Object {
            for (key, each) in value { parts.push(`${key}=${describe__(each, depth - 1)}`); }
        } else if value is Option {
            match value {
                Some(each) => { name = "Some"; parts.push(describe__(each, depth - 1)); }
                None => { name = "None"; }
            }
        } else if value is Result {
            match value {
                Ok(each) => { name = "Ok"; parts.push(describe__(each, depth - 1)); }
                Err(each) => { name = "Err"; parts.push(describe__(each, depth - 1)); }
            }
        }
    }
    let text = "";
    for each in parts { text += `${each},`; }
    `${name}<${text}>`
}
fn probe__(number, value) { println!("\\u{1}{}\\u{1}{}\\u{1}", number, describe__(value, 3)); value }
"""
_PROBED = frozenset(
    (
        K.AWAIT_EXPRESSION,
        K.BINARY_EXPRESSION,
        K.CALL_EXPRESSION,
        K.CAST_EXPRESSION,
        K.CLOSURE_EXPRESSION,
        K.FIELD_EXPRESSION,
        K.IF_EXPRESSION,
        K.INDEX_EXPRESSION,
        K.LITERAL_EXPRESSION,
        K.MATCH_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
        K.OBJECT_EXPRESSION,
        K.PARENTHESIZED_EXPRESSION,
        K.PATH_EXPRESSION,
        K.RANGE_EXPRESSION,
        K.STRUCT_EXPRESSION,
        K.TEMPLATE_STRING,
        K.TRY_EXPRESSION,
        K.TUPLE_EXPRESSION,
        K.UNARY_EXPRESSION,
        K.VECTOR_EXPRESSION,
    )
)


@dataclass(frozen=True)
class Probe:
    """An expression of the script, its text and what was inferred of it."""

    span: tuple[int, int]
    text: str
    inferred: Type
    starts_statement: bool


@dataclass(frozen=True)
class Probed:
    """A script with probes, by their numbers."""

    text: bytes
    probes: tuple[Probe, ...]


def with_probes(script: Script) -> Probed:
    """The script with a probe around each expression whose type is known."""
    flows = Flows(script)
    probes = sorted(_probes(script, flows), key=lambda probe: (probe.span[0], -probe.span[1]))
    # At one place, what ends there comes first, the innermost before others, and then what reaches furthest begins.
    inserted: list[tuple[int, int, int, str]] = []
    for number, probe in enumerate(probes):
        start, end = probe.span
        # Behind some keywords Rune reads no path without parentheses, and behind a block those make a call of it.
        opening, closing = ("", ")") if probe.starts_statement else ("(", "))")
        inserted.append((start, 1, -end, f"{opening}crate::probe__({number}, "))
        inserted.append((end, 0, -start, closing))
    text = bytearray(script.text)
    for at, _, _, piece in sorted(inserted, reverse=True):
        text[at:at] = piece.encode()
    return Probed(bytes(text) + _TELLING.encode(), tuple(probes))


def _probes(script: Script, flows: Flows) -> Iterator[Probe]:
    for number, item in enumerate(script.main.items):
        if item.kind == "function":
            yield from _probes_in(script.tree(number), flows.inferred(ItemPlace(0, number)))


def _probes_in(tree: TreeView, inferred: Inferred) -> Iterator[Probe]:
    left_out = set(_left_out(tree))
    starts = {tree.start(node) for node in tree.descendants(0, K.EXPRESSION_STATEMENT)}
    unreachable = {node for first in inferred.unreachable for node in range(first, tree.after(first))}
    for node, kind in inferred.types.items():
        known = NEVER if node in unreachable else settled(kind)
        if tree.kind(node) in _PROBED and node not in left_out and not isinstance(known, Unknown):
            yield Probe(tree.span(node), tree.content(node), known, tree.start(node) in starts)


def _left_out(tree: TreeView) -> Iterator[int]:
    """Where no call can stand: what is assigned to, what is a statement, and what is computed by the compiler."""
    for node in range(len(tree)):
        match tree.kind(node):
            case K.ASSIGNMENT_EXPRESSION:
                target = tree.first_child(node)
                yield node
                yield from range(target, tree.after(target))
            case K.EXPRESSION_STATEMENT:
                yield tree.first_child(node)
            case K.LITERAL_PATTERN | K.ATTRIBUTE | K.GENERIC_ARGUMENTS | K.CONST_ITEM:
                yield from range(node, tree.after(node))
            case K.FUNCTION_ITEM | K.BLOCK_EXPRESSION if tree.first(node, K.CONST_KEYWORD) is not None:
                yield from range(node, tree.after(node))
            case K.MACRO_CALL if tree.first(node, K.ATTRIBUTE) is not None:
                yield from range(node, tree.after(node))
            case K.UNARY_EXPRESSION:
                yield from _operand_of_minus(tree, node)


def _operand_of_minus(tree: TreeView, node: int) -> Iterator[int]:
    """`-1` is one literal to Rune."""
    operand = tree.last_child(node)
    if operand is not None and tree.kind(operand) == K.LITERAL_EXPRESSION:
        yield operand
