"""What a function takes against what the host calls it with."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.declarations import function_declaration
from runekiln_analysis.facts import Problem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Parameter
from runekiln_analysis.syntax import SyntaxKind as K


def signature_mistake(script: Script, number: int, given: tuple[Parameter, ...]) -> Iterator[Problem]:
    """Another number of parameters than the host gives to the script's function of that number."""
    count = len(function_declaration(script, number).parameters)
    if count == len(given):
        return
    values = "1 value" if len(given) == 1 else f"{len(given) or 'no'} values"
    names = f" ({', '.join(parameter.name for parameter in given)})" if given else ""
    message = f"the host calls `{script.main.items[number].name}` with {values}{names}, it takes {count or 'none'}"
    tree = script.tree(number)
    listed = tree.first(0, K.PARAMETER_LIST)
    yield problem("wrong-handler-signature", message, tree.span(0 if listed is None else listed))
