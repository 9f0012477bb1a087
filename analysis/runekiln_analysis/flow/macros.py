"""The types of macros, which show or test values, or end a run."""

from __future__ import annotations

from runekiln_analysis.resolve.meaning import ModuleMember
from runekiln_analysis.stubs import Macro
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Never, Type

from .conditions import condition
from .lattice import STRING
from .walk import Walk

_MACROS: dict[str, Type] = {
    "assert": UNIT,
    "assert_eq": UNIT,
    "assert_ne": UNIT,
    "file": STRING,
    "format": STRING,
    "panic": NEVER,
    "print": UNIT,
    "println": UNIT,
    "stringify": STRING,
}
_SHOWING = frozenset(("assert", "assert_eq", "assert_ne", "format", "panic", "print", "println"))


def macro(walk: Walk, node: int) -> Type:
    """`format!("{a}")`. The names in a macro with a grammar of its own may be written in it."""
    path = node + 1
    meaning = walk.meaning(path)
    name = walk.content(path)
    opaque = walk.first(node, K.TOKEN_TREE)
    if opaque is not None:
        _open_to(walk, opaque)
    arguments = walk.first(node, K.MACRO_ARGUMENTS)
    for place, each in enumerate([] if arguments is None else walk.operands(arguments)):
        if walk.kinds[each] == K.NAMED_ARGUMENT:
            each = (walk.operands(each) or [each])[-1]
        if place == 0 and name == "assert":
            walk.enter(condition(walk, each)[0])
        elif name in _SHOWING:
            walk.peek(each)
        else:
            walk.evaluate(each)
    kind: Type = UNKNOWN
    if isinstance(meaning, ModuleMember) and isinstance(meaning.member, Macro):
        is_own = meaning.module.path.partition("::")[0] == "std"
        kind = _MACROS.get(meaning.member.name, UNKNOWN) if is_own else walk.world.hosts.type(meaning.member.returns)
    return walk.leave() if isinstance(kind, Never) else kind


def _open_to(walk: Walk, opaque: int) -> None:
    end = walk.after(opaque)
    names = {walk.content(token) for token in walk.resolution.opaque if opaque <= token < end}
    for number, binding in enumerate(walk.resolution.bindings):
        if binding.name in names:
            walk.state[number] = UNKNOWN
