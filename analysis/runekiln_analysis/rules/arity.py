"""Calls of functions with another number of arguments than they take: of the script's own, and of the host's by a path.

The compiler counts the arguments of structs, variants and `const fn`, and tells of them itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, InnerItem, ModuleFunction, OwnItem
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_LIKE_MACROS = (("std::io", "print"), ("std::io", "println"), ("std", "panic"))
_PARAMETERS = (K.PARAMETER, K.SELF_PARAMETER)
_OF_HOST = (ModuleFunction, HostFunctionMeaning)
_CALLED = (OwnItem, InnerItem, *_OF_HOST)

Callee = OwnItem | InnerItem | ModuleFunction | HostFunctionMeaning
"""What a path before `(…)` means, if it is a function."""


class Header(msgspec.Struct, frozen=True):
    """How many arguments a function takes, `self` among them, and how that is written, as far as its text is known."""

    count: int
    written: str


def wrong_arity(item: ResolvedItem) -> Iterator[Finding]:
    """The calls in an item that the virtual machine refuses for the number of their arguments."""
    kinds, tree = item.kinds, item.tree
    for call in item.nodes(K.CALL_EXPRESSION):
        if kinds[call + 1] != K.PATH_EXPRESSION:
            continue
        token = call + 2 if tree.after(call + 1) == call + 3 else tree.last_word(call + 1)
        meaning = None if token is None else item.resolution.names.get(token)
        if not isinstance(meaning, _CALLED):
            continue
        listed = tree.after(call + 1)
        header = _header_of_host(meaning) if isinstance(meaning, _OF_HOST) else header_of(item, meaning)
        given = None if header is None else argument_count(item, listed)
        if header is not None and given is not None and given != header.count:
            yield _counted(item, listed, meaning, header, given)


def _counted(item: ResolvedItem, listed: int, meaning: Callee, header: Header, given: int) -> Finding:
    span = item.tree.span(listed)
    if isinstance(meaning, ModuleFunction) and given > 1:
        name = meaning.function.name
        if (meaning.module.path, name) in _LIKE_MACROS:
            end = span[0]
            message = (
                f"the function `{name}` takes 1 argument, {given} are given; with a format it is the macro `{name}!`"
            )
            fix = Fix(f"Call the macro `{name}!`", (Edit((end, end), "!"),), is_safe=True)
            return Finding(problem("wrong-arity", message, span, fix, severity="error"))
    message = takes_and_given(header.written, header.count, given)
    declared = meaning.place if isinstance(meaning, OwnItem) else None
    return Finding(problem("wrong-arity", message, span, severity="error"), declared)


def takes_and_given(written: str, count: int, given: int) -> str:
    """The message of a call with the wrong number of arguments; `written` is empty for what has no name."""
    takes = f"{count or 'no'} argument{'' if count == 1 else 's'}"
    what = f"`{written}`" if written else "this function"
    return f"{what} takes {takes}, {given or 'none'} {'is' if given < 2 else 'are'} given"


def argument_count(item: ResolvedItem, listed: int) -> int | None:
    """How many arguments there are, `None` if that is not plain to see."""
    tree, end = item.tree, item.tree.after(listed)
    if item.kinds[end - 1] != K.CLOSE_PARENTHESIS or item.kinds.find(K.ERROR, listed, end) >= 0:
        return None
    kinds = item.kinds
    return sum([kinds[child] > K.RESERVED_KEYWORD for child in tree.children(listed)])


def _header_of_host(meaning: ModuleFunction | HostFunctionMeaning) -> Header:
    """The header of a function of the host or of Rune, whose value comes first where a method is called by its path."""
    function = meaning.function
    names = [*(("self",) if function.kind == "method" else ()), *(each.name for each in function.parameters)]
    return Header(len(names), f"fn {function.name}({', '.join(names)})")


def header_of(item: ResolvedItem, meaning: OwnItem | InnerItem) -> Header | None:
    """The header of the function that a name in the item means; `None` if it is none, or Rune itself counts for it."""
    if isinstance(meaning, InnerItem):
        function = item.tree.parent(meaning.node - 1)
        return _header(item.tree, function, item.tree.content(meaning.node))
    return _header_of_item(item.script, meaning.place)


def _header_of_item(script: Script, place: ItemPlace) -> Header | None:
    own = script.item(place)
    if own.kind != "function":
        return None
    start, end = own.span
    text = script.text_of(place.file)
    return _header(TreeView(own.tree, b"" if text is None else text[start:end], 0), 0, own.name)


def _header(tree: TreeView, function: int, name: str) -> Header | None:
    listed = tree.first(function, K.PARAMETER_LIST)
    is_counted_by_rune = tree.first(function, K.CONST_KEYWORD) is not None
    if tree.kind(function) != K.FUNCTION_ITEM or listed is None or is_counted_by_rune:
        return None
    if any(True for _ in tree.descendants(listed, K.ERROR)):
        return None
    count = sum(tree.kind(child) in _PARAMETERS for child in tree.children(listed))
    return Header(count, f"fn {name}{' '.join(tree.content(listed).split())}")
