"""Fields of the host that scripts cannot assign to, or not with this operator."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis import operators
from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.hosts import hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.members import member_name
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import members_known
from runekiln_analysis.stubs import Field
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, Named


def read_only_fields(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The assignments to fields that the host only gives."""
    if K.ASSIGNMENT_EXPRESSION not in item.kinds:
        return
    for node in item.nodes(K.ASSIGNMENT_EXPRESSION):
        target = node + 1
        if item.kinds[target] != K.FIELD_EXPRESSION:
            continue
        name = member_name(item.tree, target)
        members = members_known(inferred.types.get(target + 1))
        named = [each for each in members if isinstance(each, Named) and each.item is None]
        fields = [field for each in named if (field := _field(item, each, name or "")) is not None]
        if not members or len(fields) < len(members):
            continue
        operator = item.tree.content(item.tree.after(target))
        if not any(_takes(field, operator) for field in fields):
            yield _told(item, inferred, node, fields[0], named[0], operator)


def _field(item: ResolvedItem, kind: Named, name: str) -> Field | None:
    host = hosts_of(item.script.bindings).host(kind.name)
    # What is put into Rune's own ranges, their Rust does not say.
    if host is None or item.script.bindings.type_named(host.path) is None:
        return None
    return next((each for each in host.fields if each.name == name), None)


def _takes(field: Field, operator: str) -> bool:
    return field.mutable if operator == "=" else operator in field.operators


def _told(item: ResolvedItem, inferred: Inferred, node: int, field: Field, kind: Named, operator: str) -> Finding:
    tree = item.tree
    target = node + 1
    token = tree.after(target)
    others = [each for each in ("=",) if field.mutable] + [each for each in field.operators if each != "="]
    if not others:
        message = f"the field `{field.name}` of `{kind.name}` can only be read"
        return Finding(problem("read-only-field", message, tree.span(target), severity="error"))
    ways = ", ".join(f"`{each}`" for each in others)
    message = f"the field `{field.name}` of `{kind.name}` cannot be changed with `{operator}`, but with {ways}"
    is_written_out = operator != "=" and field.mutable and _works(item, inferred, field, operator, token + 1)
    fixes = (_written_out(item, node, token, operator),) if is_written_out else ()
    return Finding(problem("read-only-field", message, tree.span(target), *fixes, severity="error"))


def _works(item: ResolvedItem, inferred: Inferred, field: Field, operator: str, value: int) -> bool:
    """Whether the operator is one for what the field holds and for the value."""
    held, bindings = hosts_of(item.script.bindings).type(field.type), item.script.bindings
    return operators.binary(bindings, operator.removesuffix("="), held, inferred.type_of(value)) != NEVER


def _written_out(item: ResolvedItem, node: int, token: int, operator: str) -> Fix:
    """`a.b += c` as `a.b = a.b + c`."""
    tree = item.tree
    target, value = tree.content(node + 1), token + 1
    plain = operator.removesuffix("=")
    is_simple = tree.kind(value) in (K.PATH_EXPRESSION, K.LITERAL_EXPRESSION, K.METHOD_CALL_EXPRESSION)
    opening, closing = ("", "") if is_simple else ("(", ")")
    start, end = tree.span(value)
    edits = (
        Edit(tree.span(token), f"= {target} {plain}"),
        Edit((start, start), opening),
        Edit((end, end), closing),
    )
    return Fix("Assign the result", tuple(edit for edit in edits if edit.text))
