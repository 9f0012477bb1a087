"""A host with attributes, events, entries and permissions like Crucible's, so that tests of rules stay as they are."""

from __future__ import annotations

from runekiln_analysis.stubs import (
    About,
    Attribute,
    Bindings,
    Entry,
    Function,
    HostEvent,
    HostType,
    Key,
    Module,
    Parameter,
    Permission,
)

from .small_bindings import BINDINGS as SMALL
from .std import with_std


def needing(permission: str, scope: str | None = None) -> About:
    """What is said of a binding that needs a permission."""
    return About(Permission(permission, scope))


AGENT = HostType(
    name="AgentHandle",
    path="crucible::agent::AgentHandle",
    aliases=(),
    docs="An agent that answers.",
    prelude=True,
    fields=(),
    functions=(
        Function("connect", "associated-function", (Parameter("name", "String"),), "AgentHandle", "Finds an agent."),
        Function(
            "send", "method", (Parameter("message", "String"),), "String", "Asks it.", True, about=needing("agent")
        ),
        Function("is_connected", "method", (), "bool", "Whether it is there."),
        Function("mode", "method", (), "String", "", about=About(deprecated="")),
    ),
)
NOTEBOOK = HostType(
    name="Notebook",
    path="crucible::Notebook",
    aliases=(),
    docs="The notes of a kiln.",
    prelude=True,
    fields=(),
    functions=(
        Function("read", "method", (Parameter("path", "String"),), "String", "", about=needing("kiln.read", "path")),
        Function(
            "write",
            "method",
            (Parameter("path", "String"), Parameter("content", "String")),
            "()",
            "",
            about=needing("kiln.write", "path"),
        ),
    ),
)
ROOT = Module(
    "crucible",
    functions=(
        Function("read_note", "function", (Parameter("path", "String"),), "String", "", about=needing("kiln.read")),
        Function(
            "create_note",
            "function",
            (Parameter("path", "String"), Parameter("content", "String")),
            "()",
            "",
            about=needing("kiln.write", "path"),
        ),
        Function(
            "text_search",
            "function",
            (Parameter("pattern", "String"), Parameter("options", "Object{folder?, limit?}")),
            "Vec<String>",
            "",
            about=needing("kiln.read"),
        ),
        Function("today", "function", (), "String", ""),
        Function("now", "function", (), "String", "", about=About(deprecated="use `crucible::today`")),
    ),
)
SHELL = Module(
    "shell",
    functions=(
        Function(
            "exec",
            "function",
            (Parameter("command", "String"), Parameter("arguments", "Vec<String>")),
            "String",
            "",
            about=needing("shell", "command"),
        ),
        Function("assistant", "function", (), "AgentHandle", "Who helps with commands."),
        Function("wake", "function", (), "AgentHandle", "The same, once awake.", True),
    ),
)
EVENT = (Parameter("context", "any"), Parameter("event", "any"))
DESCRIPTION = (Key("desc", "String"), Key("description", "String"))
ATTRIBUTES = (
    Attribute(
        "tool",
        keys=(*DESCRIPTION, Key("version", "String"), Key("tags", "Vec<String>")),
    ),
    Attribute(
        "param",
        keys=(
            Key("name", "String", required=True),
            Key("type", "String"),
            Key("ty", "String"),
            *DESCRIPTION,
            Key("required", "bool"),
        ),
    ),
    Attribute(
        "handler",
        aliases=("hook",),
        keys=(
            Key("event", "String", required=True),
            Key("pattern", "String"),
            Key("priority", "i64"),
            *DESCRIPTION,
            Key("enabled", "bool"),
        ),
        parameters=EVENT,
        returns="Object | ()",
    ),
    Attribute(
        "plugin",
        keys=(Key("name", "String"), Key("deps", "Vec<String>"), Key("watch", "Vec<String>")),
    ),
    Attribute(
        "callout",
        keys=(Key("type", '"note" | "tip" | "warning" | String', required=True),),
        parameters=(Parameter("callout", "Callout"),),
    ),
    Attribute("season", keys=(Key("of", '"spring" | "summer" | "winter"'),)),
)
EVENTS = (
    HostEvent("tool:before", "Object", cancellable=True),
    HostEvent("tool:after", "Object"),
    HostEvent("note:created", "Object"),
    HostEvent("note:modified", "Object"),
    HostEvent("custom"),
)
BINDINGS = with_std(
    Bindings(
        types=(*SMALL.types, AGENT, NOTEBOOK),
        entries=(
            Entry("codify_session", (Parameter("session", "Session"),), "Workflow", "", "codifier"),
            Entry("agent_behavior", (), "StateMachine", "", "behaviour"),
            Entry("main", (), "any", "", "script"),
            Entry("init", (), "Object", "", "plugin"),
        ),
        modules=(ROOT, SHELL),
        attributes=ATTRIBUTES,
        events=EVENTS,
    )
)
