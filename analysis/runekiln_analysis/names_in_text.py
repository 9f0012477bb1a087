"""Texts in a script that name something of its kiln: a note, an agent, a tool, a session."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from .facts import Offsets
from .flow.inference import Inference
from .kiln_names import KilnName, KilnNames, Thing, tools_in
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .text_place import given_to, inside, text_of, text_place
from .text_roles import STATED


class NamedInText(msgspec.Struct, frozen=True):
    """What the text at `span`, without its quotes, names."""

    span: Offsets
    thing: Thing
    name: KilnName


def named_at(snapshot: Snapshot, offset: int) -> NamedInText | None:
    """What the text at `offset` names; `None` if it names nothing that is there."""
    place = text_place(snapshot.script, offset)
    return None if place is None else _named(_with_own_tools(snapshot), place.inference, place.token)


def all_named(snapshot: Snapshot) -> Iterator[NamedInText]:
    """Everything that texts name, in the order of the text."""
    script, kiln = snapshot.script, _with_own_tools(snapshot)
    for number, item in enumerate(script.main.items):
        if item.kind not in ("function", "const") or b'"' not in script.text[slice(*item.span)]:
            continue
        tree, inference = script.tree(number), None
        for token in tree.descendants(0, K.STRING_LITERAL):
            # To infer takes long, and few texts are a name of anything.
            if _may_name(kiln, text_of(tree, token)):
                inference = inference or Inference(script, number)
                found = _named(kiln, inference, token)
                if found is not None:
                    yield found


def _with_own_tools(snapshot: Snapshot) -> KilnNames:
    """The names of the kiln, with the script's own tools where they stand in the text that the editor shows."""
    kiln, path = snapshot.kiln, snapshot.path
    own = {
        name: replace(kiln.tools.get(name, KilnName(name, path)), path=path, span=span)
        for name, span in tools_in(snapshot.text)
    }
    return replace(kiln, tools={**kiln.tools, **own}) if own else kiln


def _may_name(kiln: KilnNames, text: str) -> bool:
    return any(kiln.named(thing, text) is not None for thing in STATED)


def _named(kiln: KilnNames, inference: Inference, token: int) -> NamedInText | None:
    text = text_of(inference.tree, token)
    given = given_to(inference, token) if _may_name(kiln, text) else None
    if given is None:
        return None
    for thing in STATED:
        if thing == given.role and (name := kiln.named(thing, text)) is not None:
            return NamedInText(inside(inference.tree, token), thing, name)
    return None
