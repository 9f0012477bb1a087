"""What a state machine is given to call: it must be a function, and take the context and the event."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Offsets
from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.meaning import InnerItem, OwnItem
from runekiln_analysis.rules.arity import header_of
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.states.machine import Machine
from runekiln_analysis.syntax import SyntaxKind as K

_GIVEN = 2
_NO_FUNCTIONS = (
    K.LITERAL_EXPRESSION,
    K.OBJECT_EXPRESSION,
    K.TEMPLATE_STRING,
    K.TUPLE_EXPRESSION,
    K.VECTOR_EXPRESSION,
)
_TEXTS = (K.STRING_LITERAL, K.TEMPLATE_QUOTE)


def handlers_of(item: ResolvedItem, machine: Machine) -> Iterator[Finding]:
    """What is wrong with the handlers of the states, and with what transitions ask."""
    for state in machine.states:
        yield from _undefined(item, state.handler, "the handler of a state is a function")
        yield from _signature(item, state.handler)
    for way in machine.transitions:
        if item.kinds[way.on + 1] not in _TEXTS:
            yield from _undefined(item, way.on, "a transition is for the name of an event or asks a function")
        yield from _signature(item, way.on)


def _undefined(item: ResolvedItem, node: int, wanted: str) -> Iterator[Finding]:
    """A value that is no function, whatever comes."""
    if item.kinds[node] not in _NO_FUNCTIONS:
        return
    span, written = item.tree.span(node), item.tree.content(node)
    message = f"{wanted}, and {written if len(written) <= 40 else 'this'} is none"
    yield Finding(problem("undefined-handler", message, span, *_named(item, written, span), severity="error"))


def _named(item: ResolvedItem, written: str, span: Offsets) -> tuple[Fix, ...]:
    """The function of the name that stands between the quotes, if the item sees one."""
    name = literal_text(written) if written.startswith('"') else ""
    parent = item.item.parent
    functions = (each for _, each in item.script.main.children(parent) if each.kind == "function")
    is_there = name.isidentifier() and any(each.name == name for each in functions)
    return (Fix(f"Name the function `{name}`", (Edit(span, name),)),) if is_there else ()


def _signature(item: ResolvedItem, node: int) -> Iterator[Finding]:
    """A function that takes another number of arguments than a machine gives."""
    tree, kinds = item.tree, item.kinds
    count, named, span, declared = None, "the closure", tree.span(node), None
    if kinds[node] == K.CLOSURE_EXPRESSION:
        listed = tree.first(node, K.PARAMETER_LIST)
        count = 0 if listed is None else sum(kinds[each] == K.PARAMETER for each in tree.children(listed))
        span = span if listed is None else tree.span(listed)
    elif kinds[node] == K.PATH_EXPRESSION:
        token = tree.last_word(node)
        meaning = None if token is None else item.resolution.names.get(token)
        header = header_of(item, meaning) if isinstance(meaning, OwnItem | InnerItem) else None
        if header is not None:
            count, named = header.count, f"`{header.written}`"
            declared = meaning.place if isinstance(meaning, OwnItem) else None
    if count is not None and count != _GIVEN:
        takes = f"{count or 'no'} argument{'' if count == 1 else 's'}"
        message = f"the machine gives the context and the event, but {named} takes {takes}"
        yield Finding(problem("wrong-handler-signature", message, span), declared)
