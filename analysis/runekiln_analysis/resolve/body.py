"""One walk over an item's tree that says what each name in it means.

The compiler looks names up while it goes through an item; so does this. The nodes that matter are found in the bytes of
their kinds; what is to happen later, such as a variable of a `let` becoming known behind it, waits as an event for the
node that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from runekiln_analysis.syntax import SyntaxKind as K

from . import walk_names as names
from . import walk_scopes as scopes
from .bindings import finished
from .inner import NO_INNER, Inner
from .resolution import Resolution
from .scope import Scope
from .walk import Walk


def resolve_tree(packed: bytes, text: bytes, scope: Scope, inner: Inner = NO_INNER) -> Resolution:
    """What the names mean in the item with that packed tree and text, which stands in `scope`."""
    walk = Walk(packed, text, scope, inner)
    scopes.begin(walk)
    kinds, steps, happen = walk.kinds, _STEPS, walk.happen
    wanted = _ALL if _UNUSUAL.search(kinds) else _USUAL
    for found in wanted.finditer(kinds, 1):
        node = found.start()
        while node >= walk.next_event:
            happen()
        steps[kinds[node]](walk, node)
    while walk.events:
        happen()
    return Resolution(
        finished(walk.drafts, walk.cells),
        walk.variables,
        walk.names,
        walk.fields,
        tuple(walk.opaque),
        inner.declared,
        None if inner.has_globs else walk.asked,
    )


def has_inner_items(packed: bytes) -> bool:
    """Whether the item has items inside it."""
    return _INNER.search(packed[::16]) is not None


def _one_of(*kinds: int) -> bytes:
    return b"[" + b"".join(re.escape(bytes([kind])) for kind in kinds) + b"]"


_USUAL_STEPS: dict[int, Callable[[Walk, int], object]] = {
    K.ATTRIBUTE: names.attribute,
    K.BLOCK: scopes.block,
    K.CAST_EXPRESSION: names.type_operation,
    K.CLOSURE_EXPRESSION: scopes.closure,
    K.FIELD_INITIALIZER: names.field_initializer,
    K.FORMAT_CAPTURE: names.format_capture,
    K.FOR_EXPRESSION: scopes.for_expression,
    K.IDENTIFIER_PATTERN: scopes.identifier_pattern,
    K.IS_EXPRESSION: names.type_operation,
    K.LET_STATEMENT: scopes.let_statement,
    K.MATCH_ARM: scopes.match_arm,
    K.OBJECT_PATTERN: scopes.object_pattern,
    K.PARAMETER: scopes.parameter,
    K.PATH: names.named_path,
    K.PATH_EXPRESSION: names.path_expression,
    K.PATH_PATTERN: names.path,
    K.PATH_TYPE: names.type_path,
    K.SELECT_ARM: scopes.select_arm,
    K.SELF_PARAMETER: scopes.self_parameter,
    K.TOKEN_TREE: names.token_tree,
}
"""What is met in any function."""

_UNUSUAL_STEPS: dict[int, Callable[[Walk, int], object]] = {
    K.BLOCK_EXPRESSION: scopes.block_expression,
    K.CONST_ITEM: scopes.inner_item,
    K.ELSE_BRANCH: scopes.layered,
    K.FUNCTION_ITEM: scopes.function_item,
    K.IF_EXPRESSION: scopes.if_expression,
    K.IMPL_ITEM: scopes.inner_item,
    K.LABEL: names.label,
    K.LET_EXPRESSION: scopes.let_expression,
    K.LOOP_EXPRESSION: scopes.open_label,
    K.MACRO_ARGUMENTS: names.macro_arguments,
    K.MODULE_ITEM: scopes.inner_item,
    K.USE_ITEM: scopes.use_item,
    K.WHILE_EXPRESSION: scopes.layered,
}
"""What matters only where one of a few kinds is: a condition declares nothing unless there is a `let` in it."""

_STEPS = [{**_USUAL_STEPS, **_UNUSUAL_STEPS}.get(kind, names.attribute) for kind in range(max(K) + 1)]
_USUAL = re.compile(_one_of(*_USUAL_STEPS), re.DOTALL)
_ALL = re.compile(_one_of(*_USUAL_STEPS, *_UNUSUAL_STEPS), re.DOTALL)
_ITEMS = (
    K.FUNCTION_ITEM,
    K.STRUCT_ITEM,
    K.ENUM_ITEM,
    K.CONST_ITEM,
    K.IMPL_ITEM,
    K.MODULE_ITEM,
    K.USE_ITEM,
)
# What the item itself is, the first of the kinds, does not count.
_INNER = re.compile(b"." + _one_of(*_ITEMS), re.DOTALL)
_UNUSUAL = re.compile(
    b"." + _one_of(K.LET_EXPRESSION, K.NAMED_ARGUMENT, K.BLOCK_EXPRESSION, K.LABEL, *_ITEMS), re.DOTALL
)
