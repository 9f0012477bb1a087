"""Makes templates of texts that are put together with `+` or `format!`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from runekiln_analysis.facts import Edit
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.resolve.meaning import HostFunctionMeaning
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named

from .evaluation import acts
from .refactoring import Refactoring
from .selected import EXPRESSIONS, Selected, parts

_PLAIN = ("String", "i64", "u64", "f64", "char", "bool")
_ENDING = (K.BLOCK, K.ARGUMENT_LIST, K.CLOSURE_EXPRESSION)
_ESCAPED = re.compile(r"\\.|[`$]", re.DOTALL)
_DOUBLED = re.compile(r"\{\{|\}\}")


def convert_to_template(selected: Selected) -> Iterator[Refactoring]:
    """The sum of texts, or the `format!`, at the cursor as one template."""
    node = _around(selected)
    if node is None or selected.is_broken(node) or selected.is_constant(node) or _has_comment(selected, node):
        return
    written = _of_sum(selected, node) if selected.kinds[node] == K.BINARY_EXPRESSION else _of_format(selected, node)
    if written is not None:
        edit = Edit(selected.tree.span(node), f"`{written}`")
        title = "Convert to a template"
        yield Refactoring("convert-to-template", title, "refactor.rewrite.template", lambda: selected.here(edit))


def _around(selected: Selected) -> int | None:
    """The innermost `format!` around the cursor, or the whole of the innermost sum."""
    found = None
    for node in reversed(selected.path):
        kind = selected.kinds[node]
        if kind == K.BINARY_EXPRESSION and selected.tree.first(node, K.PLUS) is not None:
            found = node
        elif found is not None or kind in _ENDING:
            return found
        elif kind == K.MACRO_CALL:
            return node if selected.written(node + 1) == "format" else None
    return found


def _has_comment(selected: Selected, node: int) -> bool:
    tree = selected.tree
    tokens = [each for each in range(node, tree.after(node)) if tree.is_token(each)]
    return any(tree.between(one, other).strip() for one, other in pairwise(tokens))


def _of_sum(selected: Selected, node: int) -> str | None:
    """What is between the quotes; `None` if not all of it is text for sure, or there is no literal or nothing else."""
    operands = list(_operands(selected, node))
    are_literal = [selected.written(each).startswith('"') for each in operands]
    if all(are_literal) or not any(are_literal):
        return None
    if not all(_is_text(selected, each) for each in operands):
        return None
    # A sum has its first values together before it asks for the third, which might change them.
    early = (place for place in range(2, len(operands)) if not _is_quiet(selected, operands[place]))
    if not all(all(are_literal[:place]) for place in early):
        return None
    pairs = zip(operands, are_literal, strict=True)
    written = [
        _text(selected.written(each)[1:-1]) if is_literal else _inserted(selected.written(each))
        for each, is_literal in pairs
    ]
    return _joined(written)


def _is_text(selected: Selected, node: int) -> bool:
    kind = settled(selected.inferred.type_of(node))
    return isinstance(kind, Named) and kind.name == "String" and kind.item is None


def _is_quiet(selected: Selected, node: int) -> bool:
    """Whether it changes nothing; no method of a text or number that gives a text does."""
    if not acts(selected, node):
        return True
    target = selected.inferred.calls.get(node)
    is_plain = isinstance(target, HostFunctionMeaning) and target.type.name in _PLAIN
    return is_plain and all(_is_quiet(selected, each) for each in _parts_of_call(selected, node))


def _parts_of_call(selected: Selected, node: int) -> Iterator[int]:
    for each in parts(selected.tree, node):
        if selected.kinds[each] == K.ARGUMENT_LIST:
            yield from parts(selected.tree, each)
        else:
            yield each


def _operands(selected: Selected, node: int) -> Iterator[int]:
    inside = parts(selected.tree, node)
    is_sum = selected.kinds[node] == K.BINARY_EXPRESSION and selected.tree.first(node, K.PLUS) is not None
    if not is_sum or len(inside) != 2:
        yield node
        return
    yield from _operands(selected, inside[0])
    yield inside[1]


def _of_format(selected: Selected, node: int) -> str | None:
    """What is between the quotes; `None` if not each value is put in once and as it is, in the order of the values."""
    tree = selected.tree
    listed = tree.first(node, K.MACRO_ARGUMENTS)
    text, *values = (None,) if listed is None else parts(tree, listed) or (None,)
    if text is None or selected.kinds[text] != K.FORMAT_STRING:
        return None
    named = {_name(selected, each): each for each in values if selected.kinds[each] == K.NAMED_ARGUMENT}
    waiting = list(values)
    written: list[str | None] = []
    pieces = tree.children(text)
    for piece in pieces:
        match selected.kinds[piece]:
            case K.FORMAT_TEXT:
                content = selected.written(piece)
                content = content.removeprefix('"') if piece == pieces[0] else content
                content = content[:-1] if piece == pieces[-1] else content
                written.append(_text(_DOUBLED.sub(lambda found: found[0][0], content)))
            case K.FORMAT_CAPTURE if tree.first(piece, K.FORMAT_SPECIFICATION) is None:
                name = selected.written(tree.children(piece)[1])
                value = named.get(name)
                if value is None:
                    written.append(_inserted(name))
                elif waiting[:1] == [value]:
                    waiting.pop(0)
                    written.append(_inserted(selected.written(parts(tree, value)[-1])))
                else:
                    return None
            case K.FORMAT_PLACEHOLDER if len(tree.children(piece)) == 2:
                if not waiting or selected.kinds[waiting[0]] not in EXPRESSIONS:
                    return None
                written.append(_inserted(selected.written(waiting.pop(0))))
            case _:
                return None
    return None if waiting or not any(piece and piece.startswith("${") for piece in written) else _joined(written)


def _name(selected: Selected, argument: int) -> str:
    return selected.written(selected.tree.first_child(argument))


def _text(content: str) -> str | None:
    """The content of a literal, as a template has it; `None` if a line goes on in the next."""
    if "\\\n" in content or "\\\r" in content:
        return None
    return _ESCAPED.sub(lambda found: found[0][1] if found[0] in ('\\"', "\\'") else _protected(found[0]), content)


def _protected(found: str) -> str:
    return f"\\{found}" if len(found) == 1 else found


def _inserted(value: str) -> str:
    return f"${{{value}}}"


def _joined(written: list[str | None]) -> str | None:
    return None if None in written else "".join(piece for piece in written if piece is not None)
