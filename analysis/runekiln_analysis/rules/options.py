"""Options that a function of the host does not have: objects with a key that its stub does not declare."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Fix
from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.stubs import Function
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import parse_keyed


def unknown_options(item: ResolvedItem) -> Iterator[Finding]:
    """The keys that the host passes over in objects which are written where a function of it is called by its path."""
    tree, kinds = item.tree, item.kinds
    for listed in item.nodes(K.ARGUMENT_LIST) if K.OBJECT_EXPRESSION in kinds else ():
        if K.OBJECT_EXPRESSION not in kinds[listed : tree.after(listed)]:
            continue
        call = tree.parent(listed)
        function = _called(item, call) if kinds[call] == K.CALL_EXPRESSION else None
        if function is None:
            continue
        given = [each for each in tree.children(listed) if not tree.is_token(each)]
        for node, parameter in zip(given, function.parameters, strict=False):
            declared = parse_keyed(parameter.type) if kinds[node] == K.OBJECT_EXPRESSION else None
            if declared is not None:
                yield from _unknown(item, node, function.name, declared.keys)


def _called(item: ResolvedItem, call: int) -> Function | None:
    """The function of the host that is called by its path, all of its values being arguments."""
    token = item.tree.last_word(call + 1) if item.kinds[call + 1] == K.PATH_EXPRESSION else None
    meaning = None if token is None else item.resolution.names.get(token)
    if not isinstance(meaning, ModuleFunction | HostFunctionMeaning) or meaning.function.kind == "method":
        return None
    return meaning.function


def _unknown(item: ResolvedItem, node: int, function: str, declared: tuple[str, ...]) -> Iterator[Finding]:
    tree = item.tree
    fields = [each for each in tree.children(node) if tree.kind(each) == K.FIELD_INITIALIZER]
    written = {tree.first_child(each): each for each in fields}
    names = {key: _name(item, key) for key in written}
    for key, name in names.items():
        if name in declared:
            continue
        meant = closest(name, [each for each in declared if each not in names.values()])
        message = f"`{function}` has no option `{name}`{did_you_mean(meant)}"
        fixes = _fixes(item, key, meant, is_alone=len(tree.children(written[key])) == 1)
        yield Finding(problem("unknown-option", message, tree.span(key), *fixes))


def _name(item: ResolvedItem, key: int) -> str:
    written = item.tree.content(key)
    return literal_text(written) if item.kinds[key] == K.STRING_LITERAL else written


def _fixes(item: ResolvedItem, key: int, meant: str | None, *, is_alone: bool) -> tuple[Fix, ...]:
    """The name that is meant in place of the key; where that is a variable, too, it goes on giving the value."""
    written = None if not is_alone else f"{meant}: {item.tree.content(key)}"
    return replacement(meant, item.tree.span(key), written)
