"""Struct plugins: what `#[plugin]` makes, and whether it answers to what the host calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from runekiln_analysis.attributes import AttributedFunction, WrittenAttribute
from runekiln_analysis.declarations import FunctionDeclaration, function_declaration
from runekiln_analysis.facts import Offsets, Problem
from runekiln_analysis.literals import literal_text
from runekiln_analysis.resolve.below import functions_of
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
    """A tool in the list that `tools` gives; `span` is that of its name, `obstacle` is why the host drops it."""

    name: str
    span: Offsets
    obstacle: Problem | None = None


class PluginTools(msgspec.Struct, frozen=True):
    """The tools of a plugin that are plain to see; there may be others if they are not `complete`."""

    tools: tuple[PluginTool, ...]
    complete: bool


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


def plugin_tools(script: Script, function: AttributedFunction) -> PluginTools:
    """The tools that the plugin of this function lists."""
    methods = _methods(script, function)
    if methods is None:
        return PluginTools((), complete=False)
    number = methods.numbers.get("tools")
    if number is None:
        return PluginTools((), complete=True)
    tree = script.tree(number)
    elements = _listed(tree)
    tools = tuple(tool for node in elements or () if (tool := _tool(tree, node)) is not None)
    ends_early = any(True for _ in tree.descendants(0, K.RETURN_EXPRESSION))
    return PluginTools(tools, elements is not None and len(tools) == len(elements) and not ends_early)


def called_methods(script: Script, function: AttributedFunction, attribute: WrittenAttribute) -> tuple[int, ...]:
    """The numbers of the methods that the host calls on what the function makes, be they public or not.

    Where it is not plain to see what that is, all methods of these names count.
    """
    called = [name for name in METHODS if name != "on_watch" or attribute.key("watch") is not None]
    methods = _methods(script, function)
    if methods is not None:
        return tuple(number for name, number in methods.numbers.items() if name in called)
    items = enumerate(script.main.items)
    return tuple(number for number, item in items if item.name in called and script.impl_of(number) is not None)


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
    # Imported only where there is something to ask.
    from runekiln_analysis.flow.inference import return_type

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
    slips = tuple(_slips(script, methods))
    yield from slips
    missing = _missing_methods(attribute, methods)
    if missing is not None and not slips:
        yield problem("plugin-shape", missing, function.name_span)


def _slips(script: Script, methods: _Methods) -> Iterator[Problem]:
    """Methods that nobody calls and that are nearly called like one that the host calls."""
    for name, number in methods.numbers.items():
        meant = closest(name, [each for each in METHODS if each not in methods.numbers])
        is_called = re.search(rb"[.:]\s*%s\b" % re.escape(name.encode()), script.text) is not None
        if name in METHODS or meant is None or is_called or not methods.headers[name].has_self:
            continue
        item = script.main.items[number]
        span = (item.span[0] + item.name_span[0], item.span[0] + item.name_span[1])
        message = f"the host does not call `{name}`{did_you_mean(meant)}"
        yield problem("plugin-shape", message, span, *replacement(meant, span))


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
    elements = _listed(tree) or ()
    for node in elements:
        yield from _malformed(tree, node, _TOOL_KEYS, "a tool")
    tools = [tool for node in elements if (tool := _tool(tree, node)) is not None and tool.obstacle is None]
    yield from _undispatched(script, methods, tools)


def _listed(tree: TreeView) -> tuple[int, ...] | None:
    """What is in the list that a function ends with, `None` if it does not end with one."""
    block = tree.first(0, K.BLOCK)
    nodes = [] if block is None else [child for child in tree.children(block) if not tree.is_token(child)]
    last = nodes[-1] if nodes else None
    if last is not None and tree.kind(last) == K.EXPRESSION_STATEMENT:
        last = tree.first_child(last)
    if last is None or tree.kind(last) != K.VECTOR_EXPRESSION:
        return None
    return tuple(child for child in tree.children(last) if not tree.is_token(child))


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


def _tool(tree: TreeView, element: int) -> PluginTool | None:
    """The tool of an element of the list, `None` if its name is not plain to see."""
    obstacle = _dropped(tree, element, _TOOL_KEYS, "a tool")
    nodes = _fields(tree, element).get("name")
    if nodes is not None and tree.kind(tree.first_child(nodes[1])) == K.STRING_LITERAL:
        return PluginTool(literal_text(tree.content(nodes[1])), tree.span(nodes[1]), obstacle)
    return None if obstacle is None else PluginTool("", obstacle.span, obstacle)


def _malformed(tree: TreeView, element: int, known: tuple[str, ...], what: str) -> Iterator[Problem]:
    """What is wrong with an element of a list: of that of the tools, or of that of the parameters of one."""
    dropped = _dropped(tree, element, known, what)
    if dropped is not None:
        yield dropped
    fields = _fields(tree, element)
    for name, (key, value) in fields.items():
        if name not in known and (dropped is None or dropped.span != tree.span(key)):
            yield _unknown_key(tree, fields, name, known, what)
        elif name == "description" and _is_no(K.STRING_LITERAL, tree, value):
            message = f"the `description` of {what} must be a text"
            yield problem("malformed-plugin-tool", message, tree.span(value))
        elif name == "required" and name in known and _is_no(K.TRUE_KEYWORD, tree, value):
            message = f"`required` of {what} must be `true` or `false`"
            yield problem("malformed-plugin-tool", message, tree.span(value))
        elif name == "parameters" and name in known and tree.kind(value) == K.VECTOR_EXPRESSION:
            for child in tree.children(value):
                if not tree.is_token(child):
                    yield from _malformed(tree, child, _PARAMETER_KEYS, "a parameter")


def _dropped(tree: TreeView, element: int, known: tuple[str, ...], what: str) -> Problem | None:
    """Why the host drops an element of a list without a word, `None` if it does not."""
    if tree.kind(element) != K.OBJECT_EXPRESSION:
        if tree.kind(element) not in (K.LITERAL_EXPRESSION, K.VECTOR_EXPRESSION, K.TUPLE_EXPRESSION):
            return None
        return problem("malformed-plugin-tool", f"{what} must be an object: the host drops it", tree.span(element))
    fields = _fields(tree, element)
    if "name" not in fields:
        slip = next((name for name in fields if name not in known and closest(name, ("name",))), None)
        if slip is not None:
            return _unknown_key(tree, fields, slip, known, what)
        return problem("malformed-plugin-tool", f"{what} without `name`: the host drops it", tree.span(element))
    if _is_no(K.STRING_LITERAL, tree, fields["name"][1]):
        message = f"the `name` of {what} must be a text: the host drops it"
        return problem("malformed-plugin-tool", message, tree.span(fields["name"][1]))
    listed = fields.get("parameters") if "parameters" in known else None
    if listed is not None and tree.kind(listed[1]) in (K.LITERAL_EXPRESSION, K.OBJECT_EXPRESSION):
        message = "`parameters` must be a list: the host drops the tool"
        return problem("malformed-plugin-tool", message, tree.span(listed[1]))
    return None


def _unknown_key(
    tree: TreeView, fields: dict[str, tuple[int, int]], name: str, known: tuple[str, ...], what: str
) -> Problem:
    meant = closest(name, [each for each in known if each not in fields])
    span = tree.span(fields[name][0])
    message = f"{what} has no key `{name}`{did_you_mean(meant)}"
    return problem("malformed-plugin-tool", message, span, *replacement(meant, span))


def _is_no(kind: int, tree: TreeView, value: int) -> bool:
    """Whether a value is plainly of another kind than such a literal."""
    if tree.kind(value) == K.LITERAL_EXPRESSION:
        found = tree.kind(tree.first_child(value))
        return (K.TRUE_KEYWORD if found == K.FALSE_KEYWORD else found) != kind
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
