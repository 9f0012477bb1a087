"""All rules about one script, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from runekiln_analysis.attributes import AttributedFunction, attributed_functions
from runekiln_analysis.facts import Problem
from runekiln_analysis.rules.handlers import handlers
from runekiln_analysis.rules.keys import keys
from runekiln_analysis.rules.parameters import parameters
from runekiln_analysis.rules.plugins import plugins
from runekiln_analysis.rules.recognition import recognition
from runekiln_analysis.script import Script

Rule = Callable[[Script, AttributedFunction], Iterator[Problem]]

RULES: tuple[Rule, ...] = (recognition, keys, parameters, handlers, plugins)
"""Each rule looks at one function with attributes."""


def attribute_problems(script: Script) -> Iterator[Problem]:
    """What the rules say of the script's functions with attributes."""
    for function in attributed_functions(script):
        for rule in RULES:
            yield from rule(script, function)
