"""What a run has told of values, held against what was inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from runekiln_analysis.types import FunctionOf, Named, Never, ObjectOf, TupleOf, Type, UnionOf

from tests.analysis.flow.probes import MARK, Probe, Probed

_TOLD = re.compile(f"{MARK}(\\d+){MARK}([^{MARK}]*){MARK}")
_NAME = re.compile(r"(?:([^<>,=]*)=)?([^<>,=]*)<")
_OPTION, _RESULT = ("Some", "None"), ("Ok", "Err")
_NO_ITERATORS = frozenset(("i64", "u64", "f64", "bool", "char", "String", "Vec", "Object", "Tuple", "Option", "Result"))


@dataclass(frozen=True)
class Seen:
    """A value: the name of its type, or of its variant, and the values in it; `key` is where it is in an object."""

    name: str
    parts: tuple[Seen, ...]
    key: str | None = None


@dataclass(frozen=True)
class Wrong:
    """A value that what was inferred of its expression does not allow."""

    probe: Probe
    seen: Seen

    def __str__(self) -> str:
        return f"`{self.probe.text}` at {self.probe.span}: {self.probe.inferred} is {self.seen}"


def values_seen(probed: Probed, output: str) -> Iterator[tuple[Probe, Seen]]:
    """The values that a run has told of, each different one once for each expression."""
    for number, told in dict.fromkeys(_TOLD.findall(output)):
        seen, _ = _read(told, 0)
        yield probed.probes[int(number)], seen


def contradictions(probed: Probed, output: str) -> list[Wrong]:
    """What was inferred and a run has shown to be wrong."""
    return [Wrong(probe, seen) for probe, seen in values_seen(probed, output) if not allows(probe.inferred, seen)]


def allows(kind: Type, seen: Seen) -> bool:
    """Whether a value may have been seen where that type was inferred."""
    match kind:
        case Never():
            return False
        case UnionOf(members):
            return any(allows(member, seen) for member in members)
        case FunctionOf():
            return seen.name == "Function"
        case ObjectOf(keys):
            held = {part.key: part for part in seen.parts}
            return seen.name == "Object" and all(key in held and allows(each, held[key]) for key, each in keys)
        case TupleOf(members):
            is_alike = len(members) == len(seen.parts) or not seen.parts
            return seen.name == "Tuple" and is_alike and all(map(allows, members, seen.parts))
        case Named(name, arguments):
            return _is_named(name.rpartition("::")[2], arguments, seen)
    return True


def _is_named(name: str, arguments: tuple[Type, ...], seen: Seen) -> bool:
    if seen.name == name and not seen.parts:
        # Nothing is in it, or it is too deep in others to be looked into.
        return True
    match name:
        case "Option":
            return seen.name in _OPTION and all(allows(each, part) for each in arguments for part in seen.parts)
        case "Result":
            is_held = (allows(arguments[_RESULT.index(seen.name)], part) for part in seen.parts if arguments)
            return seen.name in _RESULT and all(is_held)
        case "Iterator":
            return seen.name not in _NO_ITERATORS
        case "Vec" | "Object":
            return seen.name == name and all(allows(each, part) for each in arguments for part in seen.parts)
    return seen.name == name


def _read(told: str, at: int) -> tuple[Seen, int]:
    found = _NAME.match(told, at)
    assert found is not None, told
    parts: list[Seen] = []
    at = found.end()
    while told[at] != ">":
        part, at = _read(told, at)
        parts.append(part)
        at += 1  # The comma behind it.
    return Seen(found[2].rpartition("::")[2], tuple(parts), found[1]), at + 1
