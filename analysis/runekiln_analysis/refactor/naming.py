"""New names: such as say what the thing is, and that nothing else in the file has."""

from __future__ import annotations

import re

from runekiln_analysis.rune_words import KEYWORDS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named

from .selected import Selected, parts

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Behind a dot are members, which no name hides; behind two is the end of a range.
_NO_MEMBER = re.compile(r"(?<![^.]\.)\b[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 24
_OPENING = ("get_", "to_", "into_", "as_", "find_", "read_", "load_", "make_", "create_")
_PLAIN_CALLS = frozenset(("new", "default", "from", "unwrap", "expect", "clone", "collect", "iter", "next"))
_BY_KIND: dict[int, str] = {
    K.BINARY_EXPRESSION: "value",
    K.TEMPLATE_STRING: "text",
    K.CLOSURE_EXPRESSION: "closure",
    K.VECTOR_EXPRESSION: "values",
    K.TUPLE_EXPRESSION: "pair",
    K.OBJECT_EXPRESSION: "object",
    K.RANGE_EXPRESSION: "range",
}


def fresh(selected: Selected, wanted: str) -> str:
    """The name, or the same with a number, that nothing in the file is called but members."""
    taken = set(_NO_MEMBER.findall(selected.script.text.decode("utf-8", "replace")))
    taken.update(item.name for file in selected.script.facts.files for item in file.items)
    name = wanted if wanted not in KEYWORDS else f"{wanted}_value"
    number = 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def name_for(selected: Selected, node: int) -> str:
    """A name for the value of an expression: what it is called where it comes from or goes to, or what it is."""
    tree, kind = selected.tree, selected.kinds[node]
    inner = parts(tree, node)
    match kind:
        case K.PARENTHESIZED_EXPRESSION | K.AWAIT_EXPRESSION | K.TRY_EXPRESSION if inner:
            return name_for(selected, inner[0])
        case K.METHOD_CALL_EXPRESSION | K.FIELD_EXPRESSION:
            called = _behind_dot(selected, node)
            if called in _PLAIN_CALLS and inner:
                return name_for(selected, inner[0])
            return _cleaned(called) or "value"
        case K.MACRO_CALL if inner and selected.written(inner[0]) == "format":
            return "text"
        case K.CALL_EXPRESSION | K.MACRO_CALL:
            return _of_path(selected.written(inner[0])) if inner else "value"
        case K.PATH_EXPRESSION | K.STRUCT_EXPRESSION:
            return _of_path(selected.written(inner[0] if kind == K.STRUCT_EXPRESSION else node))
        case K.INDEX_EXPRESSION if inner:
            held = name_for(selected, inner[0])
            return held[:-1] if held.endswith("s") and len(held) > 2 else "element"
    return _by_type(selected, node) or _BY_KIND.get(kind, "value")


def constant_name(selected: Selected, literal: int) -> str:
    """A name for a literal: of the text in it, or of where it goes to."""
    written = selected.written(literal)
    words = "_".join(_WORD.findall(written.strip("\"'b"))[:3]).strip("_").upper()[:_LONGEST]
    around = selected.tree.parent(literal)
    if written[:1] == '"' and words:
        return words
    named = selected.tree.first(around, K.IDENTIFIER, K.IDENTIFIER_PATTERN)
    if selected.kinds[around] in (K.FIELD_INITIALIZER, K.LET_STATEMENT, K.NAMED_ARGUMENT) and named is not None:
        return selected.written(named).upper()
    return "TEXT" if written[:1] in "\"'" else "NUMBER" if written[:1].isdigit() else "FLAG"


def _behind_dot(selected: Selected, node: int) -> str:
    dot = selected.tree.first(node, K.DOT)
    name = None if dot is None else selected.tree.next_token(dot)
    return "" if name is None else selected.written(name)


def _of_path(path: str) -> str:
    head, _, last = path.rpartition("::")
    if last in _PLAIN_CALLS and head:
        last = head.rpartition("::")[2]
    return _cleaned(_snake(last)) or "value"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _cleaned(name: str) -> str:
    for opening in _OPENING:
        if name.startswith(opening) and name != opening:
            name = name.removeprefix(opening)
            break
    return name if _WORD.fullmatch(name) else ""


def _by_type(selected: Selected, node: int) -> str:
    kind = selected.inferred.type_of(node)
    match kind:
        case Named("String"):
            return "text"
        case Named("i64" | "u64" | "f64"):
            return "number"
        case Named("bool"):
            return "condition"
        case Named("Vec" | "Object" | "Option" | "Result"):
            return ""
        case Named(name) if _WORD.fullmatch(name):
            return _snake(name)
    return ""
