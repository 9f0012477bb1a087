"""Private methods and types that nothing names. Of other functions and of constants the compiler tells itself.

The compiler keeps each method, since a value may have it behind any dot. Words are searched in all files of the script,
whatever they mean there, so that it costs next to nothing and says too little rather than too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Item, Offsets, Problem
from runekiln_analysis.rules.plugins import METHODS
from runekiln_analysis.rules.problems import problem, with_line
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K

_TYPES = ("struct", "enum")


def unused_items(script: Script) -> Iterator[Problem]:
    """What is declared in the script, is seen by nobody else, and is named nowhere."""
    texts = [script.text_of(number) for number in range(len(script.facts.files))]
    others = [text for text in texts[1:] if text is not None]
    if len(others) + 1 < len(texts):
        return
    for number, item in enumerate(script.main.items):
        if item.public or not item.name:
            continue
        if item.kind in _TYPES:
            yield from _type(script, number, item, others)
        elif item.kind == "function" and item.parent is not None and script.main.items[item.parent].kind == "impl":
            yield from _method(script, number, item, others)


def _type(script: Script, number: int, item: Item, others: list[bytes]) -> Iterator[Problem]:
    own = [each.span for each in script.main.items if each.kind == "impl" and each.name == item.name]
    if any(script.text.find(b"#[", *span) >= 0 for span in own):
        # The functions in it are meant for the host, whether they get there or not.
        return
    if not _is_named(rb"\b%s\b", item, script.text, (item.span, *own), others):
        # What is in an `impl` may be of use elsewhere.
        yield _told(script, item, "unused-type", may_go=not own)


def _method(script: Script, number: int, item: Item, others: list[bytes]) -> Iterator[Problem]:
    if item.name in METHODS or script.bindings.entry_named(item.name) is not None:
        return
    if _is_named(rb"[.:]\s*%s\b", item, script.text, (item.span,), others):
        return
    tree = script.tree(number)
    listed = tree.first(0, K.PARAMETER_LIST)
    has_self = listed is not None and tree.first(listed, K.SELF_PARAMETER) is not None
    if has_self and tree.first(0, K.ATTRIBUTE) is None:
        yield _told(script, item, "unused-function", may_go=True)


def _is_named(written: bytes, item: Item, text: bytes, own: tuple[Offsets, ...], others: list[bytes]) -> bool:
    """Whether the name is written so anywhere but in those spans of the text."""
    pattern = re.compile(written % re.escape(item.name.encode()))
    for found in pattern.finditer(text):
        if not any(start <= found.start() < end for start, end in own):
            return True
    return any(pattern.search(other) for other in others)


def _told(script: Script, item: Item, code: str, *, may_go: bool) -> Problem:
    start = item.span[0]
    fix = Fix(f"Remove `{item.name}`", (Edit(_with_blank_line(script.text, item.span), ""),))
    name = (start + item.name_span[0], start + item.name_span[1])
    message = f"`{item.name}` is never used"
    fixes = (fix,) if may_go else ()
    if code == "unused-type":
        return problem("unused-type", message, name, *fixes, severity="hint", tags=("unused",))
    return problem("unused-function", message, name, *fixes, severity="hint", tags=("unused",))


def _with_blank_line(text: bytes, span: Offsets) -> Offsets:
    """The lines of an item with an empty one before it, if there is nothing, or nothing more to part, behind it."""
    start, end = with_line(text, span)
    following = text[end:].lstrip(b" \t")
    is_parted = text.endswith(b"\n\n", 0, start) and (not following or following.startswith((b"\n", b"}")))
    return (start - 1, end) if is_parted else (start, end)
