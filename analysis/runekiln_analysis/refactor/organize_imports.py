"""Puts the imports of a file in order: sorted, each once, those of one group together, without what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit, Item
from runekiln_analysis.resolve.imports import GLOB, Import, imports_in
from runekiln_analysis.rules.unused_imports import unused_imports
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K

from .refactoring import Refactoring
from .selected import indentation


class _Use(msgspec.Struct, frozen=True):
    """A `use` with the comment lines right above it, and what it brings in.

    One that is `plain` has no comment, attribute or nesting, and can be written anew. `group` is the path before its
    braces.
    """

    lead: str
    written: str
    head: str
    brought: tuple[Import, ...]
    plain: bool
    group: tuple[str, ...] | None


def organize_imports(script: Script) -> Iterator[Refactoring]:
    """Each run of imports without a blank line in between is put in order by itself."""
    unused = {each.span for each in unused_imports(script)}
    edits = tuple(edit for run in _runs(script) if (edit := _ordered(script, run, unused)) is not None)
    if edits:
        title, path = "Organize imports", script.main.path
        yield Refactoring("organize-imports", title, "source.organizeImports", lambda: {path: edits})


def _runs(script: Script) -> Iterator[list[int]]:
    """The numbers of imports that stand right below each other in one module, each on lines of its own."""
    items, text = script.main.items, script.text
    run: list[int] = []
    for number, item in enumerate(items):
        if item.kind == "use" and K.ERROR not in item.tree[::16] and _is_alone(text, item):
            is_next = bool(run) and run[-1] == number - 1 and items[run[-1]].parent == item.parent
            if is_next and _is_comment(text[items[run[-1]].span[1] : item.span[0]]):
                run.append(number)
                continue
            yield from [run] if run else []
            run = [number]
        else:
            yield from [run] if run else []
            run = []
    yield from [run] if run else []


def _is_alone(text: bytes, item: Item) -> bool:
    """Whether it ends, with nothing before it in its first line and nothing behind it in its last."""
    start, end = item.span
    line_end = text.find(b"\n", end)
    before = text[text.rfind(b"\n", 0, start) + 1 : start]
    is_whole = text[start:end].endswith(b";")
    return is_whole and not before.strip() and not text[end : len(text) if line_end < 0 else line_end].strip()


def _is_comment(between: bytes) -> bool:
    """Whether there are only whole lines of comments, and none that is blank."""
    _, *lines = between.split(b"\n")
    return all(line.strip().startswith(b"//") for line in lines[:-1])


def _ordered(script: Script, run: list[int], unused: set[tuple[int, int]]) -> Edit | None:
    """The edit that puts a run in order; `None` if it is."""
    first, last = (script.main.items[run[place]] for place in (0, -1))
    blanks = indentation(script.text, first.span[0])
    found = [_read(script, run, place, unused) for place in range(len(run))]
    lines = [line for use in sorted(_merged(found), key=_rank) for line in _lines(use)]
    end, start = last.span[1], first.span[0]
    after = _line_end(script.text).join(f"{blanks}{line}" for line in lines).removeprefix(blanks)
    if after == script.text[start:end].decode("utf-8", "replace"):
        return None
    return Edit((start, end), after) if after else Edit(_with_blank_line(script.text, start, end), "")


def _read(script: Script, run: list[int], place: int, unused: set[tuple[int, int]]) -> _Use:
    item, tree = script.main.items[run[place]], script.tree(run[place])
    # A comment above the first one may be about all of them.
    above = "" if place == 0 else script.text[script.main.items[run[place - 1]].span[1] : item.span[0]].decode()
    lead = "\n".join(line.strip() for line in above.split("\n")[1:-1])
    whole = tree.first(0, K.USE_TREE) or 0
    lists = list(tree.descendants(whole, K.USE_TREE_LIST))
    written = script.text[item.span[0] : item.span[1]].decode()
    plain = not (lead or item.docs or len(lists) > 1 or "//" in written or "/*" in written)
    plain = plain and tree.first(0, K.ATTRIBUTE) is None
    brought = imports_in(tree, 0)
    if plain:
        gone = [each for each in tree.descendants(whole, K.USE_TREE) if tree.span(each) in unused]
        left_out = {each.nodes for node in gone for each in imports_in(tree, node)}
        brought = (each for each in brought if not any(each.nodes[-len(nodes) :] == nodes for nodes in left_out))
    head = tree.content_up_to(0, tree.start(whole))
    group = None
    if lists and plain:
        group = tuple(tree.content(each) for each in tree.children(whole) if tree.kind(each) in _WORDS)
        if tree.first(whole, K.COLON_COLON) == whole + 1:
            group = ("", *group)
    return _Use(lead, written, " ".join(head.split()), tuple(brought), plain, group)


_WORDS = (K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.CRATE_KEYWORD, K.SUPER_KEYWORD)


def _merged(found: list[_Use]) -> Iterator[_Use]:
    """The imports with each thing once; what a group's path has goes into the group."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    groups: dict[tuple[str, tuple[str, ...]], list[Import]] = {}
    for use in found:
        if use.plain and use.group is not None:
            groups.setdefault((use.head, use.group), [])
    for use in found:
        if not use.plain:
            yield use
            seen.update((use.head, each.name, each.path) for each in use.brought)
    for use in found:
        for each in use.brought if use.plain else ():
            key = (use.head, each.name, each.path)
            if key in seen:
                continue
            seen.add(key)
            owner = each.path if each.name == GLOB else each.path[:-1]
            group = use.group if use.group is not None else owner
            if (use.head, group) in groups:
                groups[use.head, group].append(each)
            else:
                yield _Use("", f"{use.head} {_shown(each, 0)};", use.head, (each,), plain=True, group=None)
    for (head, path), brought in groups.items():
        inside = sorted(_shown(each, len(path)) for each in brought)
        if inside:
            listed = inside[0] if len(inside) == 1 else f"{{{', '.join(inside)}}}"
            yield _Use("", f"{head} {'::'.join((*path, listed))};", head, tuple(brought), plain=True, group=path)


def _shown(each: Import, skipped: int) -> str:
    """An import as it is written behind the first names of its path."""
    path = "::".join((*each.path[skipped:], GLOB) if each.name == GLOB else each.path[skipped:])
    return path if each.alias is None else f"{path} as {each.name}"


def _rank(use: _Use) -> str:
    return use.written[len(use.head) :].strip() if use.plain else use.written.partition("use ")[2]


def _lines(use: _Use) -> list[str]:
    return [*filter(None, use.lead.split("\n")), use.written]


def _line_end(text: bytes) -> str:
    return "\r\n" if b"\r\n" in text else "\n"


def _with_blank_line(text: bytes, start: int, end: int) -> tuple[int, int]:
    """The lines of a run, and a blank one behind them."""
    first = text.rfind(b"\n", 0, start) + 1
    for _ in range(2):
        last = text.find(b"\n", end)
        if not text[end : len(text) if last < 0 else last].strip():
            end = len(text) if last < 0 else last + 1
    return (first, end)
