"""Where another `use` goes: among those that are there, in their order, or on top behind the comments of the file."""

from __future__ import annotations

import re

from .facts import Edit
from .script import ModulePlace, Script
from .tree import TreeView

# What is about the whole file; a comment right above an item is about that.
_ABOUT_FILE = re.compile(
    rb"(?:#!(?!\[)[^\n]*\n)?(?:[ \t]*//![^\n]*\n|(?:[ \t]*//(?!/)[^\n]*\n)+(?=[ \t]*\n)|[ \t]*\n)*"
)


def import_of(script: Script, module: ModulePlace, path: str) -> Edit:
    """The edit that brings what is at `path` into a module of the script's own file."""
    imports = [item for _, item in script.main.children(module.number) if item.kind == "use"]
    line = f"use {path};"
    for item in imports:
        if item.name.removeprefix("use ") > path and not item.docs:
            return _before(script, item.span[0], line)
    if imports:
        end = imports[-1].span[1]
        return Edit((end, end), f"\n{_indent(script.text, imports[-1].span[0])}{line}")
    if module.number is None:
        about = _ABOUT_FILE.match(script.text)
        start = 0 if about is None else about.end()
        return Edit((start, start), f"{line}\n\n")
    item = script.main.items[module.number]
    tree = TreeView(item.tree, script.text, item.span[0])
    brace = script.text.find(b"{", tree.start(0) + item.name_span[1]) + 1
    return Edit((brace, brace), f"\n{_indent(script.text, item.span[0])}    {line}")


def _before(script: Script, start: int, line: str) -> Edit:
    return Edit((start, start), f"{line}\n{_indent(script.text, start)}")


def _indent(text: bytes, start: int) -> str:
    """The blanks before a place in its line."""
    before = text[text.rfind(b"\n", 0, start) + 1 : start]
    return before.decode() if not before.strip() else ""
