"""The patterns that the arms of a `match` still lack, by the type of what is matched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from .candidates import Candidate
from .declarations import variants
from .flow.inference import Inference
from .flow.lattice import members_of
from .script import Script
from .syntax import SyntaxKind as K
from .types import Named, Type, Unknown

FITTING = -2
"""The tier of what the place asks for."""

_OF_RUNE = {
    "Option": (("Some", ("value",)), ("None", ())),
    "Result": (("Ok", ("value",)), ("Err", ("error",))),
    "bool": (("true", ()), ("false", ())),
}


class ArmPattern(msgspec.Struct, frozen=True):
    """A pattern for a variant, as it is written, with names for what it holds."""

    name: str
    template: str


def patterns_of(script: Script, kind: Type) -> Iterator[ArmPattern]:
    """The variants of a type, in the order of the declaration; nothing for types that have none."""
    match kind:
        case Named(name, _, None) if name in _OF_RUNE:
            for variant, held in _OF_RUNE[name]:
                yield ArmPattern(variant, f"{variant}({', '.join(held)})" if held else variant)
        case Named(name, _, number) if number is not None and number >= 0:
            for own in variants(script, number) if script.main.items[number].kind == "enum" else ():
                yield _pattern(name, own.name, [each.name for each in own.fields])
        case Named(name, _, None) if (host := script.bindings.type_meant(name)) is not None:
            for each in host.variants:
                named = [field.name for field in each.fields]
                yield _pattern(host.name, each.name, named or [str(place) for place in range(len(each.values))])


def _pattern(owner: str, name: str, held: list[str]) -> ArmPattern:
    path = f"{owner}::{name}"
    if not held:
        return ArmPattern(path, path)
    if held[0] != "0":
        return ArmPattern(path, f"{path} {{ {', '.join(held)} }}")
    names = ", ".join(["value"] if len(held) == 1 else [f"value_{place}" for place in held])
    return ArmPattern(path, f"{path}({names})")


def missing_patterns(inference: Inference, node: int, word_start: int | None = None) -> Iterator[ArmPattern]:
    """The patterns that no arm of the `match` at `node` has; one that begins at `word_start` is still being written."""
    tree = inference.tree
    listed = tree.first(node, K.MATCH_ARM_LIST)
    kind = _matched(inference, node)
    if kind is None or listed is None:
        return
    arms = [each for each in tree.children(listed) if tree.kind(each) == K.MATCH_ARM]
    taken = {tree.content(arm).partition("=>")[0].strip() for arm in arms if tree.start(arm) != word_start}
    heads = {pattern.partition("(")[0].partition("{")[0].strip() for pattern in taken}
    for one in members_of(kind):
        for each in patterns_of(inference.script, one):
            if each.name not in heads and each.name.rpartition("::")[2] not in heads:
                yield each


def can_be(inference: Inference, node: int, variant: str) -> bool:
    """Whether what the `match` at `node` looks at can be that variant of Rune's own: not if its type is another."""
    kind = _matched(inference, node)
    return kind is None or any(_has(each, variant) for each in members_of(kind))


def _has(kind: Type, variant: str) -> bool:
    match kind:
        case Named(name, _, None):
            return any(variant == each for each, _ in _OF_RUNE.get(name, ()))
        case Unknown():
            return True
    return False


def _matched(inference: Inference, node: int) -> Type | None:
    tree = inference.tree
    value = next((child for child in tree.children(node) if not tree.is_token(child)), None)
    return None if value is None else inference.likely_type_of(value)


def missing_arms(inference: Inference, node: int, word_start: int, *, is_bare: bool) -> Iterator[Candidate]:
    """The patterns that no arm of the `match` at `node` has, and all of them; with `=>` if nothing is there yet."""
    missing = list(missing_patterns(inference, node, word_start))
    for each in missing:
        template = f"{each.template} => $0," if is_bare else each.template
        yield Candidate(each.template, "variant", _describe(each.template), FITTING, template=template)
    if is_bare and len(missing) > 1:
        arms_written = (f"{each.template} => ${number}," for number, each in enumerate(missing, start=1))
        template = "\n".join(arms_written)
        label = ", ".join(each.template for each in missing)
        yield Candidate(f"{label} => …", "postfix", _describe(template), FITTING, template=template)


def _describe(text: str) -> Callable[[], tuple[str, str]]:
    return lambda: (text.partition("\n")[0], "")
