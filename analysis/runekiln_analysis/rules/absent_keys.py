"""Keys that are read of an object of the function's own that surely has no such key."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.literals import literal_text
from runekiln_analysis.members import member_name
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import ObjectOf

_READING = frozenset(("clone", "contains_key", "get", "is_empty", "iter", "keys", "len", "values"))


def absent_keys(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The reads `a.key` and `a["key"]` of objects that are only ever what their literal says."""
    kinds = item.kinds
    if K.OBJECT_EXPRESSION not in kinds:
        return
    for kind in (K.FIELD_EXPRESSION, K.INDEX_EXPRESSION):
        for node in item.nodes(kind):
            of = inferred.types.get(node + 1)
            if not isinstance(of, ObjectOf):
                continue
            name = _key(item, node)
            if name is None or any(name == key for key, _ in of.keys) or not _is_as_written(item, node, name):
                continue
            yield _absent(item, node, name, [key for key, _ in of.keys])


def _absent(item: ResolvedItem, node: int, name: str, keys: list[str]) -> Finding:
    tree = item.tree
    token = tree.last_child(node) if item.kinds[node] == K.FIELD_EXPRESSION else _operand(item, node)
    assert token is not None, "what is read by a key has one"
    meant = closest(name, keys)
    written = None if meant is None or item.kinds[node] == K.FIELD_EXPRESSION else f'"{meant}"'
    fixes = replacement(meant, tree.span(token), written) if meant is None or meant.isidentifier() else ()
    message = f"this object has no key `{name}`{did_you_mean(meant)}"
    return Finding(problem("unknown-field", message, tree.span(token), *fixes, severity="error"))


def _key(item: ResolvedItem, node: int) -> str | None:
    """The key that is read or written; `None` if it is not said by a word or a text."""
    if item.kinds[node] == K.FIELD_EXPRESSION:
        return member_name(item.tree, node)
    operand = _operand(item, node)
    is_text = item.kinds[operand] == K.LITERAL_EXPRESSION and item.kinds[operand + 1] == K.STRING_LITERAL
    return literal_text(item.tree.content(operand)) if is_text else None


def _operand(item: ResolvedItem, node: int) -> int:
    tree = item.tree
    return [each for each in tree.children(node) if not tree.is_token(each)][-1]


def _is_as_written(item: ResolvedItem, node: int, name: str) -> bool:
    """Whether the object has the keys of its literal and no other one that might be `name`."""
    receiver = node + 1
    if item.kinds[receiver] == K.OBJECT_EXPRESSION:
        return not _is_assigned(item, node)
    number = item.resolution.variables.get(receiver + 1) if item.kinds[receiver] == K.PATH_EXPRESSION else None
    if number is None:
        return False
    binding = item.resolution.bindings[number]
    is_made_here = _is_literal(item, binding.node) and not binding.writes and not binding.captured_by
    return is_made_here and all(_is_harmless(item, use, name) for use in binding.uses) and not _is_assigned(item, node)


def _is_literal(item: ResolvedItem, declared: int) -> bool:
    """Whether the variable is declared by `let name = #{ … }`."""
    tree, kinds = item.tree, item.kinds
    statement = tree.parent(tree.parent(declared))
    last = [each for each in tree.children(statement) if not tree.is_token(each)][-1]
    is_name = kinds[statement] == K.LET_STATEMENT and kinds[declared - 1] == K.IDENTIFIER_PATTERN
    return is_name and kinds[last] == K.OBJECT_EXPRESSION


def _is_harmless(item: ResolvedItem, use: int, name: str) -> bool:
    """Whether a use of the variable neither hands the object on nor puts something under that name into it."""
    tree, kinds = item.tree, item.kinds
    path = use - 1
    around = tree.parent(path)
    if kinds[path] != K.PATH_EXPRESSION or tree.first_child(around) != path:
        return False
    match kinds[around]:
        case K.FIELD_EXPRESSION | K.INDEX_EXPRESSION:
            key = _key(item, around)
            return key is not None and (key != name or not _is_assigned(item, around))
        case K.METHOD_CALL_EXPRESSION:
            return member_name(tree, around) in _READING
    return False


def _is_assigned(item: ResolvedItem, node: int) -> bool:
    around = item.tree.parent(node)
    is_target = item.kinds[around] == K.ASSIGNMENT_EXPRESSION and item.tree.first_child(around) == node
    return is_target and item.kinds[item.tree.after(node)] == K.EQUAL
