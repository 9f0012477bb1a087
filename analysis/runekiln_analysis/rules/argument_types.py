"""Arguments that a function of the host surely refuses."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.hosts import Signature, hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, OwnItem
from runekiln_analysis.rules.all_declared import may_be_added
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import members_known, refuses, type_of_operand, with_article
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, TupleOf, Type, UnionOf, Unknown

# What `get` takes besides, as a range, is for the Rust of the type to say.
_TAKING_RANGES = frozenset(("get",))


def wrong_arguments(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The arguments whose type the parameter of the host's function excludes."""
    hosts = hosts_of(item.script.bindings)
    for node, target in inferred.calls.items():
        if isinstance(target, OwnItem):
            continue
        host = target.type if isinstance(target, HostFunctionMeaning) else None
        signature = hosts.signature(host, target.function)
        if not signature.is_choosy:
            continue
        is_method = item.kinds[node] == K.METHOD_CALL_EXPRESSION
        shift = 0 if is_method or target.function.kind != "method" else 1
        for argument, wanted, name in _given(item, node, signature, shift, is_method=is_method):
            found = type_of_operand(item, inferred, argument)
            if found is None or isinstance(found, Unknown) or not _is_refused(signature, wanted, found):
                continue
            if is_method and may_be_added(item, target.function.name):
                continue
            yield _told(item, argument, target.function.name, name, wanted, found, is_method=is_method)


def _given(
    item: ResolvedItem, node: int, signature: Signature, shift: int, *, is_method: bool
) -> Iterator[tuple[int, Type, str]]:
    """The arguments with the types and names of their parameters."""
    tree = item.tree
    listed = tree.first(node, K.ARGUMENT_LIST) if is_method else tree.after(node)
    if listed is None or listed >= len(item.kinds) or item.kinds[listed] != K.ARGUMENT_LIST:
        return
    kinds = item.kinds
    arguments = [each for each in tree.children(listed) if kinds[each] > K.RESERVED_KEYWORD][shift:]
    if len(arguments) != len(signature.parameters):
        return
    for argument, wanted, parameter in zip(arguments, signature.parameters, signature.function.parameters, strict=True):
        if not isinstance(wanted, Unknown):
            yield argument, wanted, parameter.name


def _is_refused(signature: Signature, wanted: Type, found: Type) -> bool:
    if signature.function.name in _TAKING_RANGES and any(
        isinstance(each, Named) and each.name.startswith("Range") for each in members_known(found)
    ):
        return False
    may_be_missing = any(isinstance(each, Named) and each.name == "Option" for each in members_known(wanted))
    if may_be_missing and any(isinstance(each, TupleOf) and not each.members for each in members_known(found)):
        # Some hosts take nothing at all for `None`.
        return False
    return not _is_open(signature, wanted) and bool(members_known(found)) and refuses(wanted, found)


def _is_open(signature: Signature, wanted: Type) -> bool:
    """Whether the parameter takes what a type parameter stands for, or a tuple, of which not all is said."""
    names = (*signature.inherited, *signature.own, "Self")
    match wanted:
        case Named(name):
            return name in names
        case UnionOf(members):
            return any(_is_open(signature, each) for each in members)
        case TupleOf():
            return True
    return False


def _told(
    item: ResolvedItem, argument: int, function: str, name: str, wanted: Type, found: Type, *, is_method: bool
) -> Finding:
    shown = f"{'.' if is_method else ''}{function}"
    message = f"`{shown}` takes {with_article(wanted)} as `{name}`, this is {with_article(found)}"
    fixes = tuple(_mended(item, argument, wanted, found))
    return Finding(problem("type-mismatch", message, item.tree.span(argument), *fixes, severity="error"))


def _mended(item: ResolvedItem, argument: int, wanted: Type, found: Type) -> Iterator[Fix]:
    """The argument as what is wanted, where that is plain."""
    tree, text, span = item.tree, item.tree.content(argument), item.tree.span(argument)
    match wanted, found:
        case Named("String"), Named("char") if item.kinds[argument] == K.LITERAL_EXPRESSION:
            quoted = text[1:-1].replace('"', '\\"') if text != "'\\''" else "'"
            yield Fix("Make it a text", (Edit(span, f'"{quoted}"'),))
        case Named("char"), Named("String") if item.kinds[argument] == K.LITERAL_EXPRESSION:
            content = literal_text(text) if text.startswith('"') else ""
            if len(content) == 1 and content.isprintable() and content not in "'\\":
                yield Fix("Make it a character", (Edit(span, f"'{content}'"),))
        case Named("f64"), Named("i64" | "u64") if item.kinds[argument] == K.LITERAL_EXPRESSION and text.isdecimal():
            yield Fix(f"Replace with `{text}.0`", (Edit(span, f"{text}.0"),))
        case Named("String"), Named("i64" | "u64" | "f64" | "bool" | "char"):
            is_simple = tree.kind(argument) in (K.PATH_EXPRESSION, K.FIELD_EXPRESSION, K.LITERAL_EXPRESSION)
            if is_simple and not set(text) & set("`{}\\"):
                yield Fix("Put it in a template", (Edit(span, f"`${{{text}}}`"),))
