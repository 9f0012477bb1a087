"""Local names that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Problem
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

# What a closure takes is up to who calls it; labels and named arguments are no variables.
_JUDGED = ("let", "loop", "pattern", "parameter")
_IN_ATTRIBUTE_OR_HEADER = (K.ATTRIBUTE, K.VISIBILITY)


def unused_variables(item: ResolvedItem) -> Iterator[Finding]:
    """The variables of a function that is whole and that are only declared, or only written."""
    if item.is_broken:
        return
    unused = [binding for binding in item.resolution.bindings if _is_candidate(binding) and not _is_read(item, binding)]
    if not unused:
        return
    # What a macro of unknown grammar does with a word, nobody can say.
    opaque = {item.tree.content(token) for token in item.resolution.opaque}
    for binding in unused:
        is_parameter = binding.kind == "parameter"
        if binding.name not in opaque and (not is_parameter or _is_parameter_of_its_own(item, binding)):
            called = item.number if is_parameter else None
            yield Finding(_told(item, binding), only_if_called=called, only_if_whole=True)


def _is_candidate(binding: Binding) -> bool:
    """A name with a capital may be meant as a constant that is not there."""
    return binding.kind in _JUDGED and binding.name[0].islower() and binding.name != "self"


def _is_read(item: ResolvedItem, binding: Binding) -> bool:
    """`x += 1` reads, for what is added to may be shared with others; unless it began as a number of its own."""
    if not binding.reads:
        return False
    return binding.reads != binding.writes or not _begins_as_number(item, binding)


def _begins_as_number(item: ResolvedItem, binding: Binding) -> bool:
    tree = item.tree
    value = tree.last_child(binding.origin) if binding.kind == "let" else None
    if value is not None and tree.kind(value) == K.SEMICOLON:
        value = tree.children(binding.origin)[-2]
    return value is not None and item.kinds[value : value + 2] == bytes([K.LITERAL_EXPRESSION, K.NUMBER_LITERAL])


def _is_parameter_of_its_own(item: ResolvedItem, binding: Binding) -> bool:
    """Whether the script alone decides what the function takes: nobody from outside, and no attribute on it."""
    own, bindings = item.item, item.script.bindings
    is_plain = own.kind == "function" and binding.origin == 0 and not own.public
    parent = None if own.parent is None else item.script.main.items[own.parent]
    if not is_plain or (parent is not None and parent.kind != "module") or len(item.script.facts.files) > 1:
        return False
    return bindings.entry_named(own.name) is None and item.tree.first(0, *_IN_ATTRIBUTE_OR_HEADER) is None


def _told(item: ResolvedItem, binding: Binding) -> Problem:
    written = "is written and never read" if binding.writes else "is never used"
    return problem(
        "unused-variable",
        f"`{binding.name}` {written}",
        binding.span,
        *_fixes(item, binding),
        severity="hint",
        tags=("unused",),
    )


def _fixes(item: ResolvedItem, binding: Binding) -> Iterator[Fix]:
    """A `_` in front wherever it is named; in `#{ key }`, where the name is the key, too, behind it."""
    new = f"_{binding.name}"
    start, end = item.item.span
    if new.encode() in item.script.text[start:end]:
        return
    is_key = item.kinds[binding.node - 1] == K.IDENTIFIER_PATTERN and _is_key(item, binding.node - 1)
    declared = f"{binding.name}: {new if binding.writes else '_'}" if is_key else new
    edits = [Edit(binding.span, declared), *(Edit(item.tree.span(token), new) for token in binding.writes)]
    title = f"Match any `{binding.name}` with `_`" if is_key and not binding.writes else f"Rename to `{new}`"
    yield Fix(title, tuple(edits))


def _is_key(item: ResolvedItem, pattern: int) -> bool:
    return item.kinds[item.tree.parent(pattern)] == K.OBJECT_PATTERN
