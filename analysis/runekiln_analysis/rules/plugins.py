"""Struct plugins: what `#[plugin]` makes, and whether it answers to what the host calls."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.attributes import AttributedFunction, WrittenAttribute
from runekiln_analysis.declarations import FunctionDeclaration, function_declaration
from runekiln_analysis.facts import Offsets, Problem
from runekiln_analysis.infer import return_type
from runekiln_analysis.literals import literal_text
from runekiln_analysis.names import functions_of
from runekiln_analysis.rules.globs import glob_mistake
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.rules.recognition import registering
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import Named

# The methods that the host calls, and what it gives them.
METHODS: dict[str, tuple[str, ...]] = {"tools": (), "dispatch": ("name", "arguments"), "on_watch": ("event",)}
_TOOL_KEYS = ("name", "description", "parameters")
_PARAMETER_KEYS = ("name", "required", "description")


class PluginTool(msgspec.Struct, frozen=True):
    """A tool in the list that `tools` gives; `span` is that of its name."""

    name: str
    span: Offsets


class _Methods(msgspec.Struct, frozen=True):
    """The methods of a plugin's struct, by name: their numbers and headers."""

    numbers: dict[str, int]
    headers: dict[str, FunctionDeclaration]


def plugins(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """What is wrong with a function that makes a plugin, and with what it makes."""
    for kind, attribute in registering(script, function):
        if kind == "plugin":
            yield from _factory(script, function)
            yield from _watch(attribute)
            methods = _methods(script, function)
            if methods is not None:
                yield from _shape(script, function, attribute, methods)
                yield from _tools(script, methods)


def plugin_tools(script: Script, function: AttributedFunction) -> tuple[PluginTool, ...]:
    """The tools that the plugin of this function lists, as far as that is plain to see."""
    methods = _methods(script, function)
    number = None if methods is None else methods.numbers.get("tools")
    if number is None:
        return ()
    tree = script.tree(number)
    return tuple(tool for node in _listed(tree) if (tool := _tool(tree, node)) is not None)


def _factory(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    declaration = function_declaration(script, function.number)
    if declaration.parameters:
        message = f"the host makes the plugin by `{function.item.name}()`: it must not take anything"
        yield problem("plugin-shape", message, function.name_span)


def _watch(attribute: WrittenAttribute) -> Iterator[Problem]:
    key = attribute.key("watch")
    globs = key.value if key is not None and isinstance(key.value, tuple) else ()
    for glob in globs:
        mistake = glob_mistake(glob)
        if key is not None and mistake is not None:
            yield problem("wrong-glob", f"the pattern `{glob}` {mistake}", key.value_span)


def _methods(script: Script, function: AttributedFunction) -> _Methods | None:
    """The methods of the struct that the function gives, `None` if it is not plain to see which that is."""
    made = return_type(script, function.number)
    if not isinstance(made, Named) or made.item is None or made.item < 0:
        return None
    found = [(item.name, place.number) for place, item in functions_of(script, ItemPlace(0, made.item))]
    return _Methods(dict(found), {name: function_declaration(script, number) for name, number in found})


def _shape(
    script: Script, function: AttributedFunction, attribute: WrittenAttribute, methods: _Methods
) -> Iterator[Problem]:
    for name, wanted in METHODS.items():
        header = methods.headers.get(name)
        if header is not None and (not header.has_self or len(header.parameters) != len(wanted)):
            tree = script.tree(methods.numbers[name])
            listed = tree.first(0, K.PARAMETER_LIST)
            message = f"the host calls `{name}({', '.join(('self', *wanted))})`"
            yield problem("plugin-shape", message, tree.span(0 if listed is None else listed))
    missing = _missing_methods(attribute, methods)
    if missing is not None:
        yield problem("plugin-shape", missing, function.name_span)


def _missing_methods(attribute: WrittenAttribute, methods: _Methods) -> str | None:
    """What the plugin lacks of what makes it useful."""
    watch = attribute.key("watch")
    if "tools" not in methods.numbers and "on_watch" not in methods.numbers:
        meant = closest("tools", methods.numbers)
        return (
            f"the plugin has neither `tools(self)` nor `on_watch(self, event)`, and does nothing{did_you_mean(meant)}"
        )
    if "tools" in methods.numbers and "dispatch" not in methods.numbers:
        return "the plugin has `tools` but no `dispatch(self, name, arguments)`: each call of its tools fails"
    if watch is not None and "on_watch" not in methods.numbers:
        return "the plugin watches files but has no `on_watch(self, event)`: it never hears of them"
    if watch is None and "on_watch" in methods.numbers:
        return f"`on_watch` is never called: `#[{attribute.name}]` has no `watch`"
    return None


def _tools(script: Script, methods: _Methods) -> Iterator[Problem]:
    number = methods.numbers.get("tools")
    if number is None:
        return
    tree = script.tree(number)
    tools: list[PluginTool] = []
    for node in _listed(tree):
        yield from _malformed(tree, node)
        tool = _tool(tree, node)
        if tool is not None:
            tools.append(tool)
    yield from _undispatched(script, methods, tools)


def _listed(tree: TreeView) -> tuple[int, ...]:
    """The object literals in the list that a function ends with."""
    block = tree.first(0, K.BLOCK)
    nodes = [] if block is None else [child for child in tree.children(block) if not tree.is_token(child)]
    last = nodes[-1] if nodes else None
    if last is not None and tree.kind(last) == K.EXPRESSION_STATEMENT:
        last = tree.first_child(last)
    if last is None or tree.kind(last) != K.VECTOR_EXPRESSION:
        return ()
    return tuple(child for child in tree.children(last) if tree.kind(child) == K.OBJECT_EXPRESSION)


def _fields(tree: TreeView, literal: int) -> dict[str, tuple[int, int]]:
    """The keys of an object literal, each with the nodes of the key and of its value."""
    found: dict[str, tuple[int, int]] = {}
    for child in tree.children(literal):
        if tree.kind(child) != K.FIELD_INITIALIZER:
            continue
        key, value = tree.first_child(child), tree.last_child(child)
        text = tree.content(key)
        name = literal_text(text) if tree.kind(key) == K.STRING_LITERAL else text
        found[name] = (key, key if value is None else value)
    return found


def _tool(tree: TreeView, literal: int) -> PluginTool | None:
    nodes = _fields(tree, literal).get("name")
    if nodes is None or tree.kind(nodes[1]) != K.LITERAL_EXPRESSION:
        return None
    text = tree.content(nodes[1])
    return PluginTool(literal_text(text), tree.span(nodes[1])) if text.startswith('"') else None


def _malformed(tree: TreeView, literal: int) -> Iterator[Problem]:
    """An element that the host drops without a word."""
    fields = _fields(tree, literal)
    yield from _keys(tree, literal, fields, _TOOL_KEYS, "a tool")
    parameters = fields.get("parameters")
    if parameters is None:
        return
    kind = tree.kind(parameters[1])
    if kind in (K.LITERAL_EXPRESSION, K.OBJECT_EXPRESSION):
        message = "`parameters` must be a list: the host drops the tool"
        yield problem("malformed-plugin-tool", message, tree.span(parameters[1]))
    elif kind == K.VECTOR_EXPRESSION:
        for child in tree.children(parameters[1]):
            if tree.kind(child) == K.OBJECT_EXPRESSION:
                yield from _keys(tree, child, _fields(tree, child), _PARAMETER_KEYS, "a parameter")


def _keys(
    tree: TreeView, literal: int, fields: dict[str, tuple[int, int]], known: tuple[str, ...], what: str
) -> Iterator[Problem]:
    strange = [name for name in fields if name not in known]
    for name in strange:
        meant = closest(name, [each for each in known if each not in fields])
        span = tree.span(fields[name][0])
        message = f"{what} has no key `{name}`{did_you_mean(meant)}"
        yield problem("malformed-plugin-tool", message, span, *replacement(meant, span))
    if "name" not in fields and not any(closest(name, ("name",)) for name in strange):
        yield problem("malformed-plugin-tool", f"{what} without `name`: the host drops it", tree.span(literal))
    elif "name" in fields and _is_no_text(tree, fields["name"][1]):
        message = f"the `name` of {what} must be a text: the host drops it"
        yield problem("malformed-plugin-tool", message, tree.span(fields["name"][1]))


def _is_no_text(tree: TreeView, value: int) -> bool:
    if tree.kind(value) == K.LITERAL_EXPRESSION:
        return tree.kind(tree.first_child(value)) != K.STRING_LITERAL
    return tree.kind(value) in (K.OBJECT_EXPRESSION, K.VECTOR_EXPRESSION, K.TUPLE_EXPRESSION)


def _undispatched(script: Script, methods: _Methods, tools: list[PluginTool]) -> Iterator[Problem]:
    number = methods.numbers.get("dispatch")
    parameters = () if number is None else methods.headers["dispatch"].parameters
    if number is None or not parameters:
        return
    tree = script.tree(number)
    if _hands_on(tree, parameters[0].name):
        return
    known = {literal_text(tree.content(node)) for node in tree.descendants(0, K.STRING_LITERAL)}
    for tool in tools:
        if tool.name not in known:
            message = f"`dispatch` does not know the tool `{tool.name}`"
            yield problem("undispatched-tool", message, tool.span)


def _hands_on(tree: TreeView, name: str) -> bool:
    """Whether the value called `name` goes anywhere but into comparisons and messages."""
    for node in tree.descendants(0, K.PATH_EXPRESSION):
        if tree.content(node) != name:
            continue
        kinds = [tree.kind(around) for around in tree.path_to(node)]
        is_message = K.MACRO_CALL in kinds or K.TEMPLATE_STRING in kinds
        if not is_message and kinds[-2] not in (K.MATCH_EXPRESSION, K.BINARY_EXPRESSION):
            return True
    return False
