"""A host that declares something of each kind, as stubs would, so that tests of names below paths stay as they are."""

from __future__ import annotations

from runekiln_analysis.stubs import (
    About,
    Alias,
    Attribute,
    Bindings,
    Constant,
    Field,
    Function,
    HostEvent,
    HostType,
    Key,
    Macro,
    Module,
    Parameter,
    Permission,
    Variant,
)

from .std import with_std

AGENT = HostType(
    name="Agent",
    path="crucible::agent::Agent",
    aliases=(),
    docs="Who answers.",
    prelude=True,
    fields=(),
    functions=(Function("default_agent", "associated-function", (), "Agent", "The kiln's."),),
    kind="enum",
    variants=(
        Variant("Acp", "Another program.", values=("String",)),
        Variant("Named", "One of the kiln's.", fields=(Field("name", "String", "", mutable=False),)),
        Variant("None", "Nobody.", about=About(deprecated="use `Agent::default_agent`")),
    ),
)
ROOT = Module(
    "crucible",
    "What Crucible gives to scripts.",
    functions=(
        Function(
            "read",
            "function",
            (Parameter("path", "String"),),
            "Result<Note, CrucibleError>",
            "Reads a note.",
            is_async=True,
            about=About(Permission("kiln.read", "path"), ("tools", "events"), since="0.3"),
        ),
    ),
    constants=(Constant("LIMIT", "i64", 3, "How many at once."),),
    macros=(Macro("log", "expressions", "()", "Writes to the log."),),
    aliases=(Alias("Id", "String | i64", (), "What a session is called."),),
)
TOOLS = Module(
    "crucible::tools",
    "The tools of the kiln.",
    functions=(Function("list", "function", (), "Vec<String>", "Their names."),),
)
HANDLER = Attribute(
    name="handler",
    aliases=("hook",),
    keys=(
        Key("pattern", "String", docs="Which of them."),
        Key("event", "String", required=True, docs="What it is called for."),
        Key("order", '"first" | "last"'),
    ),
    docs="Called when something happens.",
)
BEFORE = HostEvent("tool:before", "Object", cancellable=True, docs="A tool is about to be used.")

HOST = with_std(
    Bindings(
        types=(AGENT,),
        modules=(ROOT, TOOLS),
        attributes=(HANDLER, Attribute("tool", docs="A tool of the host.")),
        events=(BEFORE, HostEvent("note:created")),
    )
)
