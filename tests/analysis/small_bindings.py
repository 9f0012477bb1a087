"""A host with a handful of types, so that the answers in these tests do not change with the real one."""

from __future__ import annotations

from runekiln_analysis.stubs import Bindings, Entry, Field, Function, HostType, Parameter

from .std import with_std

SESSION = HostType(
    name="Session",
    path="crucible::session::Session",
    aliases=("SessionLog",),
    docs="What happened, phase by phase.",
    prelude=True,
    fields=(
        Field("id", "String", "The folder's name.", mutable=False),
        Field("title", "Option<String>", "The first heading.", mutable=False),
    ),
    functions=(
        Function("phases", "method", (), "Vec<Phase>", "The parts of the session, in order."),
        Function("callouts", "method", (), "Vec<Callout>", "All callouts, in order."),
        Function("newest", "associated-function", (), "Option<SessionLog>", "The newest session.", is_async=True),
    ),
)
PHASE = HostType(
    name="Phase",
    path="crucible::session::Phase",
    aliases=(),
    docs="One part of a session.",
    prelude=True,
    fields=(
        Field("name", "String", "Its name.", mutable=False),
        Field("agent", "Option<String>", "Who did it.", mutable=False),
    ),
    functions=(Function("callouts", "method", (), "Vec<Callout>", "Its callouts."),),
)
CALLOUT = HostType(
    name="Callout",
    path="crucible::Callout",
    aliases=(),
    docs="A boxed remark in a note.",
    prelude=True,
    fields=(Field("type", "String", "Its type, in lower case.", mutable=False),),
    functions=(),
)
WORKFLOW = HostType(
    name="Workflow",
    path="crucible::workflow::Workflow",
    aliases=(),
    docs="Steps to do again.",
    prelude=True,
    fields=(Field("title", "Option<String>", "The heading.", mutable=True),),
    functions=(
        Function("new", "associated-function", (), "Workflow", "A workflow without steps."),
        Function(
            "add_step",
            "method",
            (Parameter("name", "String"), Parameter("agent", "Option<String> | String")),
            "()",
            "Adds a step.",
        ),
    ),
)
STATE_MACHINE = HostType(
    name="StateMachine",
    path="crucible::StateMachine",
    aliases=(),
    docs="States and what leads from one to the next.",
    prelude=True,
    fields=(),
    functions=(
        Function("new", "associated-function", (), "StateMachine", "A machine without states."),
        Function(
            "state",
            "method",
            (Parameter("name", "String"), Parameter("handler", "Function")),
            "StateMachine",
            "Adds a state.",
            consumes=True,
        ),
        Function(
            "transition",
            "method",
            (Parameter("from", "String"), Parameter("to", "String"), Parameter("on", "Function | String")),
            "StateMachine",
            "Adds a way from one state to another.",
            consumes=True,
        ),
        *(
            Function(name, "method", (Parameter("name", "String"),), "StateMachine", about, consumes=True)
            for name, about in (("initial", "Says where it begins."), ("terminal", "Says where it ends."))
        ),
        *(
            Function(name, "method", parameters, gives, "", is_async=name == "fire_async")
            for name, parameters, gives in (
                ("with_context", (Parameter("context", "Object"),), "StateMachine"),
                ("fire", (Parameter("event", "any"),), "Result<String, StateError>"),
                ("fire_async", (Parameter("event", "any"),), "Result<String, StateError>"),
                ("current", (), "String"),
                ("states", (), "Vec<String>"),
                ("validate", (), "Vec<String>"),
            )
        ),
    ),
)
STATE_ERROR = HostType(
    name="StateError",
    path="crucible::StateError",
    aliases=(),
    docs="Why a machine did not move.",
    prelude=False,
    fields=(Field("message", "String", "In words.", mutable=False),),
    functions=(),
)

BINDINGS = with_std(
    Bindings(
        types=(SESSION, PHASE, CALLOUT, WORKFLOW, STATE_MACHINE, STATE_ERROR),
        entries=(
            Entry("codify_session", (Parameter("session", "Session"),), "Workflow", "Makes a workflow of a session."),
            Entry("handle_callout", (Parameter("callout", "Callout"),), "()", "Called for each callout."),
        ),
    )
)
