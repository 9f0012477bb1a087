"""The keys of attributes: those that do not exist, that are missing, and those with a value that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.attributes import AttributedFunction, Value, WrittenAttribute, WrittenKey
from runekiln_analysis.facts import Fix, Problem
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Attribute

# What Rune itself knows on functions.
_OF_RUNE = ("test", "bench", "doc")

# What people write because other documentation says so, by the attribute and the key.
_WHY_IGNORED = {
    ("tool", "name"): "a tool is always called `rune_` and the name of its function",
    ("tool", "schema"): "the schema of a tool is made of its `#[param]` attributes",
}
# Texts that a rule of their own is about.
_OTHER_RULES = (("param", "type"), ("param", "ty"), ("handler", "event"))
_ALIKE = 0.75
"""How much a value that may be meant must be like one that is known: others are the kiln's own."""

_LITERAL = re.compile(r'"([^"]*)"')
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "bool": (bool,),
    "i64": (int,),
    "u64": (int,),
    "f64": (float, int),
    "Vec<String>": (tuple,),
}
_IN_WORDS = {
    "String": "a text",
    "bool": "`true` or `false`",
    "i64": "a whole number",
    "u64": "a whole number",
    "f64": "a number",
    "Vec<String>": "a list of texts",
}


def keys(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """What is wrong with the names, keys and values of a function's attributes."""
    for written in function.attributes:
        host = script.bindings.attribute_named(written.name)
        if host is None:
            yield from _unknown_attribute(script, written)
        elif host.keys:
            for place, key in enumerate(written.keys):
                yield from _key(host, written, key)
                if key.name and any(key.name == other.name for other in written.keys[:place]):
                    message = f"`{key.name}` stands twice in `#[{written.name}]`: only one of the two counts"
                    yield problem("repeated-attribute-key", message, key.span)
            yield from _missing(host, written)


def _unknown_attribute(script: Script, written: WrittenAttribute) -> Iterator[Problem]:
    """An attribute that looks like one of the host's; others may be anybody's."""
    known = [name for host in script.bindings.attributes for name in (host.name, *host.aliases)]
    meant = None if written.name in _OF_RUNE else closest(written.name, known)
    if meant is not None:
        message = f"`#[{written.name}]` means nothing to the host and is passed over{did_you_mean(meant)}"
        yield problem("unknown-attribute", message, written.name_span, *replacement(meant, written.name_span))


def _key(host: Attribute, written: WrittenAttribute, key: WrittenKey) -> Iterator[Problem]:
    if not key.name:
        return
    known = next((each for each in host.keys if each.name == key.name), None)
    if known is None:
        yield _unknown_key(host, written, key)
    elif isinstance(key.value, str) and (host.name, key.name) in _OTHER_RULES:
        return
    elif key.value is not None and not _accepts(known.type, key.value):
        yield _wrong_value(written, key, known.type)
    elif isinstance(key.value, str):
        yield from _unlisted(key, known.type)


def _unknown_key(host: Attribute, written: WrittenAttribute, key: WrittenKey) -> Problem:
    reason = _WHY_IGNORED.get((host.name, key.name))
    meant = None if reason else closest(key.name, [each.name for each in host.keys])
    is_free = meant is not None and written.key(meant) is None
    end = f": {reason}" if reason else did_you_mean(meant)
    fixes: tuple[Fix, ...] = replacement(meant, key.name_span) if is_free else ()
    message = f"`#[{written.name}]` has no key `{key.name}`, it is passed over{end}"
    return problem("unknown-attribute-key", message, key.name_span, *fixes)


def _missing(host: Attribute, written: WrittenAttribute) -> Iterator[Problem]:
    for key in host.keys:
        if key.required and written.key(key.name) is None:
            message = f"`#[{written.name}]` lacks its key `{key.name}`, and is passed over without it"
            yield problem("missing-attribute-key", message, written.name_span)


def _accepts(kind: str, value: Value) -> bool:
    """Whether a value is of the type; types that attributes do not have accept any."""
    members = [member.strip() for member in kind.split("|")]
    return any(_accepts_one(member, value) for member in members)


def _accepts_one(kind: str, value: Value) -> bool:
    if literal := _LITERAL.fullmatch(kind):
        return value == literal[1]
    if kind not in _PYTHON_TYPES:
        return True
    # Python's truth values are numbers, Rune's are not.
    return type(value) in _PYTHON_TYPES[kind]


def _wrong_value(written: WrittenAttribute, key: WrittenKey, kind: str) -> Problem:
    literals = _LITERAL.findall(kind)
    meant = closest(str(key.value), literals) if literals else None
    wanted = ", ".join(f"`{literal}`" for literal in literals) if literals else _in_words(kind)
    message = f"`{key.name}` of `#[{written.name}]` must be {wanted}{did_you_mean(meant)}"
    return problem(
        "wrong-attribute-value",
        message,
        key.value_span,
        *replacement(meant, key.value_span, None if meant is None else f'"{meant}"'),
    )


def _unlisted(key: WrittenKey, kind: str) -> Iterator[Problem]:
    """A value of the kiln's own that is much like one that is known: the key takes both."""
    known = _LITERAL.findall(kind)
    if not isinstance(key.value, str) or key.value in known:
        return
    meant = closest(key.value, known, _ALIKE)
    if meant is not None:
        message = f"`{key.value}` is none of the known values of `{key.name}`{did_you_mean(meant)}"
        fixes = replacement(meant, key.value_span, f'"{meant}"')
        yield problem("unlisted-attribute-value", message, key.value_span, *fixes, severity="hint")


def _in_words(kind: str) -> str:
    return " or ".join(_IN_WORDS.get(member.strip(), f"`{member.strip()}`") for member in kind.split("|"))
