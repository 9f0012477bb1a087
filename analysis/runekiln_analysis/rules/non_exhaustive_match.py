"""`match` expressions that no arm may be taken of: they give `()` then, and Rune says nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from runekiln_analysis.declarations import variants
from runekiln_analysis.facts import Fix, Severity
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.members import member_name
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.match_arms import Arm, added_arms, arms_of, matches_anything, path_in
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.value_use import value_use
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNIT, UNKNOWN, Named

_PRELUDE = {"Some": "Some(_)", "None": "None", "Ok": "Ok(_)", "Err": "Err(_)", "true": "true", "false": "false"}
_OPEN = ("String", "i64", "u64", "f64", "char")
_LITERAL = re.compile(r'"[^"]*"')
_LITERALS = re.compile(r'\s*"[^"]*"(?:\s*\|\s*"[^"]*")*\s*')
_SINGLE = (K.NUMBER_LITERAL, K.STRING_LITERAL, K.CHARACTER_LITERAL, K.BYTE_LITERAL)
_MOST_SHOWN = 4


class _Gaps(msgspec.Struct, frozen=True):
    """What a `match` leaves out for sure, as patterns; `partly` are those of which some values are taken."""

    missing: tuple[str, ...]
    partly: tuple[str, ...] = ()
    is_open: bool = False


def non_exhaustive_match(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The `match` expressions of an item that leave something out."""
    if not inferred.gaps or item.is_broken:
        return
    for node, left in inferred.gaps.items():
        listed = item.tree.first(node, K.MATCH_ARM_LIST)
        arms = [] if listed is None else list(arms_of(item, listed))
        # What a condition at an arm for anything is about, nobody can say.
        if listed is None or not arms or any(matches_anything(item, arm.pattern) for arm in arms):
            continue
        gaps = _of_words(item, inferred, node, arms) if "*" in left else _of_variants(item, inferred, node, arms, left)
        severity = None if gaps is None else _severity(item, inferred, node, gaps)
        if gaps is not None and severity is not None:
            yield _told(item, node, listed, gaps, severity)


def _told(item: ResolvedItem, node: int, listed: int, gaps: _Gaps, severity: Severity) -> Finding:
    patterns = [*gaps.missing, *gaps.partly]
    bodies = [f'{each} => panic!("no arm for {_in_words(each)}")' for each in patterns]
    title = f"Add {'an arm' if len(bodies) == 1 else 'arms'} for {_shown(patterns)}"
    fix = Fix(title, (added_arms(item.tree, item.tree.content(0).encode(), listed, bodies),))
    said = [f"`{each}`" for each in gaps.missing] + [f"every `{each}`" for each in gaps.partly]
    others = "every other value" if gaps.is_open else _joined(said)
    message = f"No arm is for {others}: the `match` gives `()` then"
    keyword = item.tree.span(node + 1)
    return Finding(problem("non-exhaustive-match", message, keyword, fix, severity=severity), only_if_whole=True)


def _in_words(pattern: str) -> str:
    """A pattern without what a format would read as something else."""
    return "other values" if pattern == "_" else re.sub(r"[{}\"]| *\{ \.\. \}|\(.*\)", "", pattern)


def _shown(patterns: list[str]) -> str:
    return "other values" if patterns == ["_"] else _joined([f"`{each}`" for each in patterns])


def _joined(said: list[str]) -> str:
    shown = said[:_MOST_SHOWN]
    more = [f"{len(said) - _MOST_SHOWN} more"] if len(said) > _MOST_SHOWN else []
    *first, last = [*shown, *more]
    return f"{', '.join(first)} and {last}" if first else last


def _severity(item: ResolvedItem, inferred: Inferred, node: int, gaps: _Gaps) -> Severity | None:
    """A warning where the value matters and something is surely left out; nothing where nobody can say."""
    use, kind = value_use(item, node), inferred.type_of(node)
    is_known = UNKNOWN not in members_of(kind)
    matters = use != "dropped" and kind != UNIT and (use == "used" or is_known)
    if gaps.is_open:
        return "hint" if use == "used" else None
    return "warning" if matters else "hint"


def _of_variants(
    item: ResolvedItem, inferred: Inferred, node: int, arms: list[Arm], left: frozenset[str]
) -> _Gaps | None:
    """The variants that are left out, written as the arms write theirs; `None` if that cannot be told from them."""
    paths = [path for arm in arms if (path := path_in(item, arm.pattern)) is not None]
    value = _value_of(item, node)
    patterns = {
        name: pattern for each in members_of(inferred.type_of(value)) for name, pattern in _patterns(item, each)
    }
    prefix = next((path.rpartition("::")[0] for path in paths if path.rpartition("::")[2] in patterns), "")
    missing: list[str] = []
    partly: list[str] = []
    for name in [each for each in patterns if each in left]:
        pattern = patterns[name]
        if name not in _PRELUDE or pattern != _PRELUDE[name]:
            if not prefix:
                return None
            pattern = f"{prefix}::{pattern}"
        named = [arm for arm in arms if (path_in(item, arm.pattern) or "").rpartition("::")[2] == name]
        if not named:
            missing.append(pattern)
        elif all(_leaves_values(item, arm) for arm in named):
            partly.append(pattern)
    return _Gaps(tuple(missing), tuple(partly)) if missing or partly else None


def _leaves_values(item: ResolvedItem, arm: Arm) -> bool:
    """Whether the arm is for single numbers or texts: some such arms never take all. Conditions may."""
    tokens = item.kinds[arm.pattern : item.tree.after(arm.pattern)]
    return not arm.is_guarded and any(kind in tokens for kind in _SINGLE)


def _patterns(item: ResolvedItem, kind: object) -> Iterator[tuple[str, str]]:
    """The variants of a type with patterns that match all of each, in the order of the declaration."""
    match kind:
        case Named("Option" | "Result" | "bool" as name, _, None):
            names = {"Option": ("Some", "None"), "Result": ("Ok", "Err"), "bool": ("true", "false")}[name]
            yield from ((each, _PRELUDE[each]) for each in names)
        case Named(_, _, number) if number is not None and number >= 0:
            for own in variants(item.script, number):
                is_tuple = bool(own.fields) and own.fields[0].name == "0"
                yield own.name, f"{own.name}(..)" if is_tuple else f"{own.name} {{ .. }}" if own.fields else own.name
        case Named(name, _, None) if (host := item.script.bindings.type_meant(name)) is not None:
            for each in host.variants:
                shape = "(..)" if each.values else " { .. }" if each.fields else ""
                yield each.name, f"{each.name}{shape}"


def _of_words(item: ResolvedItem, inferred: Inferred, node: int, arms: list[Arm]) -> _Gaps | None:
    """The words of a vocabulary of the host that are left out, or all other texts and numbers."""
    value = _value_of(item, node)
    vocabulary = _vocabulary(item, inferred, value)
    if any(item.kinds[arm.pattern] != K.LITERAL_PATTERN for arm in arms):
        return None
    if vocabulary is not None and _LITERALS.fullmatch(vocabulary):
        taken = {item.tree.content(arm.pattern) for arm in arms if not arm.is_guarded}
        named = {item.tree.content(arm.pattern) for arm in arms}
        left = [word for word in _LITERAL.findall(vocabulary) if word not in taken]
        missing = tuple(word for word in left if word not in named)
        return _Gaps(missing, tuple(word for word in left if word in named)) if left else None
    kind = inferred.type_of(value)
    is_open = vocabulary is not None or all(isinstance(each, Named) and each.name in _OPEN for each in members_of(kind))
    return _Gaps(("_",), is_open=True) if is_open else None


def _vocabulary(item: ResolvedItem, inferred: Inferred, value: int) -> str | None:
    """The words that the host says a value is one of, as its stub has them."""
    stated = _stated(item, inferred, value)
    return stated if stated is not None and _LITERAL.search(stated) else None


def _stated(item: ResolvedItem, inferred: Inferred, value: int) -> str | None:
    match item.kinds[value]:
        case K.FIELD_EXPRESSION:
            receiver, name = inferred.receivers.get(value), member_name(item.tree, value)
            host = None
            if isinstance(receiver, Named) and receiver.item is None:
                host = item.script.bindings.type_meant(receiver.name)
            return None if host is None else next((each.type for each in host.fields if each.name == name), None)
        case K.METHOD_CALL_EXPRESSION:
            target = inferred.calls.get(value)
        case K.CALL_EXPRESSION:
            target = inferred.calls.get(value + 1)
        case _:
            return None
    return target.function.returns if isinstance(target, HostFunctionMeaning | ModuleFunction) else None


def _value_of(item: ResolvedItem, node: int) -> int:
    """The expression that is matched."""
    return next(child for child in item.tree.children(node) if not item.tree.is_token(child))
