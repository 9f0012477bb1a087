"""What is written behind the dot of an expression and wraps it: `ready.if` becomes `if ready { … }`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import templates
from .candidates import Candidate
from .facts import Edit
from .flow.lattice import members_of
from .match_candidates import patterns_of
from .place import AfterDot
from .syntax import SyntaxKind as K
from .types import Type

WRAPPING = 4
"""The tier of what is no member."""

_EXPRESSIONS: Mapping[str, str] = {
    "if": f"if {{}} {{{{\n{templates.INDENT}$0\n}}}}",
    "dbg": "dbg!({})$0",
    "not": "!{}$0",
    "ok": "Ok({})$0",
    "some": "Some({})$0",
    "err": "Err({})$0",
}
_STATEMENTS: Mapping[str, str] = {
    "for": f"for ${{{{1:each}}}} in {{}} {{{{\n{templates.INDENT}$0\n}}}}",
    "while": f"while {{}} {{{{\n{templates.INDENT}$0\n}}}}",
    "let": "let ${{1:name}} = {};$0",
    "return": "return {};$0",
}
_SIMPLE = (
    *(K.PATH_EXPRESSION, K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.FIELD_EXPRESSION, K.INDEX_EXPRESSION),
    *(K.LITERAL_EXPRESSION, K.PARENTHESIZED_EXPRESSION),
)


def postfixes(place: AfterDot, kind: Type | None) -> Iterator[Candidate]:
    """What wraps the expression before the dot; `let` and the like where it is a statement of its own."""
    tree = place.inference.tree
    around = tree.parent(place.receiver)
    if tree.kind(around) != K.FIELD_EXPRESSION or tree.kind(place.receiver) not in _SIMPLE:
        return
    text = templates.escaped(tree.content(place.receiver))
    gone = Edit((tree.start(place.receiver), place.word.span[0]), "")
    is_statement = tree.kind(tree.parent(around)) in (K.EXPRESSION_STATEMENT, K.BLOCK)
    wrapping = {**_EXPRESSIONS, **(_STATEMENTS if is_statement else {})}
    for name, template in wrapping.items():
        yield _postfix(name, template.format(text), gone)
    yield _postfix("match", f"match {text} {{\n{_arms(place, kind)}\n}}", gone)
    if _is_async(place):
        yield Candidate("await", "keyword", lambda: ("await", "Waits for a future."), WRAPPING, template="await$0")


def _arms(place: AfterDot, kind: Type | None) -> str:
    patterns = [each for one in members_of(kind) for each in patterns_of(place.inference.script, one)] if kind else []
    if not patterns:
        return f"{templates.INDENT}${{1:_}} => $0,"
    arms = (f"{each.template} => ${number}," for number, each in enumerate(patterns, start=1))
    return "\n".join(f"{templates.INDENT}{arm}" for arm in arms)


def _is_async(place: AfterDot) -> bool:
    tree = place.inference.tree
    around = [
        node for node in tree.path_to(place.receiver) if tree.kind(node) in (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION)
    ]
    return bool(around) and tree.first(around[-1], K.ASYNC_KEYWORD) is not None


def _postfix(name: str, template: str, gone: Edit) -> Candidate:
    shown = template.replace("$0", "…")
    return Candidate(
        name,
        "postfix",
        lambda: (shown.partition("\n")[0], f"```rune\n{shown}\n```"),
        WRAPPING,
        template=template,
        edits=(gone,),
    )
