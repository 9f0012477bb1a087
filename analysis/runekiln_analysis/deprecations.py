"""Calls of what the host still binds, and will not for ever."""

from __future__ import annotations

from collections.abc import Iterator

from .facts import Problem
from .permission_calls import CallGraph
from .rules.problems import problem


def deprecated_calls(graph: CallGraph) -> Iterator[Problem]:
    """The calls of deprecated functions in the script itself, which the editor strikes out."""
    for calls in graph.calls.values():
        for call in calls.deprecated:
            if call.file == 0:
                advice = call.function.about.deprecated
                message = f"`{call.function.name}` is deprecated" + (f": {advice}" if advice else "")
                yield problem("deprecated", message, call.span, severity="hint", tags=("deprecated",))
