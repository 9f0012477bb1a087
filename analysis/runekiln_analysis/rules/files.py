"""What a file in a folder of plugins is taken for, whatever it was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.attributes import attributed_functions
from runekiln_analysis.facts import Problem
from runekiln_analysis.rules.entries import named_entries
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.recognition import registering
from runekiln_analysis.script import Script

_TOOL_MARK = b"#[tool("
_HEADER = re.compile(rb"\s*(?://!?[^\n]*\n\s*)*")
_TOOL_HEADER = re.compile(rb"^\s*//!\s*@(entry|version|tags|param)\b", re.MULTILINE)


def plugin_file(script: Script) -> Iterator[Problem]:
    """What is wrong with a script for the folder that it lies in, which holds plugins."""
    yield from _modules(script)
    yield from _accident(script)


def tool_of_file(script: Script) -> str | None:
    """The tool that a file without any `#[tool(` is registered as: it is called by the name of the file."""
    if _TOOL_MARK in script.text:
        return None
    return script.main.path.rpartition("/")[2].rpartition(".")[0]


def is_meant_as_tool(script: Script) -> bool:
    """Whether a file without `#[tool(` is a tool by intent: it says so at its top, or has the function to call."""
    header = _HEADER.match(script.text)
    has_header = header is not None and _TOOL_HEADER.search(header[0]) is not None
    return has_header or any(item.name == "main" and item.public for _, item in script.main.children(None))


def _modules(script: Script) -> Iterator[Problem]:
    for item in script.main.items:
        if item.kind == "module" and script.text[slice(*item.span)].rstrip().endswith(b";"):
            start = item.span[0]
            span = (start + item.name_span[0], start + item.name_span[1])
            message = f"a plugin cannot have `mod {item.name};`: the host compiles it without knowing where its file is"
            yield problem("module-in-plugin", message, span)


def _accident(script: Script) -> Iterator[Problem]:
    name = tool_of_file(script)
    if name is None or is_meant_as_tool(script):
        return
    has_others = any(True for function in attributed_functions(script) for _ in registering(script, function))
    has_others = has_others or any(named.item.public for named in named_entries(script))
    message = (
        f"the host also registers this file as the tool `{name}`, for it has no `#[tool(`; calling that tool fails"
    )
    advice = "" if has_others else ": keep helpers outside of the folders for plugins"
    first = script.main.items[0].span if script.main.items else (0, 0)
    line_end = script.text.find(b"\n", first[0])
    span = (first[0], first[1] if line_end < 0 else min(line_end, first[1]))
    yield problem("accidental-tool", message + advice, span, severity="info" if has_others else "warning")
