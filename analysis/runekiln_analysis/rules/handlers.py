"""Event handlers and their like: the event that they ask for, what they take, and what they may do to it."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.attributes import AttributedFunction, WrittenAttribute
from runekiln_analysis.declarations import function_declaration
from runekiln_analysis.event_payloads import event_of
from runekiln_analysis.facts import Problem
from runekiln_analysis.members import member_name
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.rules.globs import glob_mistake
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.rules.recognition import REGISTERING, registering
from runekiln_analysis.rules.signatures import signature_mistake
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView


def handlers(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """What is wrong with a function that the host calls for an event, a callout or the like."""
    for kind, attribute in registering(script, function):
        yield from _signature(script, function, kind, attribute)
        if kind == "handler":
            yield from _pattern(attribute)
            yield from _event(script, attribute)
            yield from _cancelling(script, function, attribute)


def _event(script: Script, attribute: WrittenAttribute) -> Iterator[Problem]:
    key = attribute.key("event")
    known = [event.name for event in script.bindings.events]
    if key is None or not isinstance(key.value, str) or not known or key.value in known:
        return
    meant = closest(key.value, known)
    custom = (
        ""
        if meant or "custom" not in known
        else f'; for one of your own write `event = "custom", pattern = "{key.value}"`'
    )
    message = f"no event is called `{key.value}`{did_you_mean(meant)}{custom}"
    yield problem("unknown-event", message, key.value_span, *replacement(meant, key.value_span, f'"{meant}"'))


def _pattern(attribute: WrittenAttribute) -> Iterator[Problem]:
    key = attribute.key("pattern")
    mistake = glob_mistake(key.value) if key is not None and isinstance(key.value, str) else None
    if key is not None and mistake is not None:
        yield problem("wrong-glob", f"the pattern `{key.value}` {mistake}", key.value_span)


def _signature(
    script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute
) -> Iterator[Problem]:
    host = script.bindings.attribute_named(attribute.name)
    given = None if host is None else host.parameters
    name = function.item.name
    if function_declaration(script, function.number).has_self:
        wanted = "" if given is None else ": `fn {}({})`".format(name, ", ".join(each.name for each in given))
        message = f"`#[{attribute.name}]` belongs on a function, not on a method{wanted}"
    elif kind in REGISTERING and function.item.parent is not None:
        message = f"the host looks for `{name}` at the root of the script, and cannot call it in here"
    else:
        if kind != "plugin" and given is not None:
            yield from signature_mistake(script, function.number, given)
        return
    tree = script.tree(function.number)
    listed = tree.first(0, K.PARAMETER_LIST)
    yield problem("wrong-handler-signature", message, tree.span(0 if listed is None else listed))


def _cancelling(script: Script, function: AttributedFunction, attribute: WrittenAttribute) -> Iterator[Problem]:
    """`event.cancelled = true` in a handler of an event that happens anyway."""
    event = event_of(script, attribute)
    parameters = function_declaration(script, function.number).parameters
    if event is None or event.cancellable or len(parameters) != 2:
        return
    tree = script.tree(function.number)
    for node in tree.descendants(0, K.ASSIGNMENT_EXPRESSION):
        if _cancels(script, function.number, tree, node, parameters[1].name):
            cancellable = [each.name for each in script.bindings.events if each.cancellable]
            those = " and ".join(f"`{name}`" for name in cancellable)
            only = f": only {those} can" if cancellable else ""
            message = f"`{event.name}` cannot be cancelled{only}"
            yield problem("not-cancellable", message, tree.span(node))


def _cancels(script: Script, number: int, tree: TreeView, assignment: int, parameter: str) -> bool:
    target, value = tree.first_child(assignment), tree.last_child(assignment)
    if value is None or tree.kind(target) != K.FIELD_EXPRESSION or tree.content(value) == "false":
        return False
    if tree.content(tree.first_child(target)) != parameter or member_name(tree, target) != "cancelled":
        return False
    # Imported only where there is something to ask.
    from runekiln_analysis.flow.inference import Inference

    local = Inference(script, number).local(tree.first_child(target))
    return isinstance(local, Binding) and local.kind == "parameter" and local.origin == 0
