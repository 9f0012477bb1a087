"""What is written in the first hour: a codifier, a handler of callouts and a behaviour, step by step."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.editors.first_hour import (
    Behind,
    Close,
    Complete,
    Fix,
    Format,
    GoToDefinition,
    Hover,
    LeaveBlock,
    LeaveLine,
    Next,
    Open,
    Pin,
    Rename,
    Save,
    SeeNoProblem,
    SeeProblem,
    SeeResult,
    Step,
    Write,
)
from tests.editors.garden import Garden

CODIFIER = """\
pub fn codify_session(session) {
    let workflow = Workflow::new();

    for phase in session.phases() {
        workflow.add_step(phase.name, phase.agent);
    }

    workflow.optimize();
    workflow
}
"""
REVIEW = '    workflow.add_step("Review", None);\n'
REVIEWED = CODIFIER.replace("    workflow\n", f"{REVIEW}    workflow\n")

HANDLER = """\
pub fn handle_callout(callout) {
    match callout.type {
        "decision" => write_down(callout),
        _ => "nothing to do",
    }
}

fn write_down(callout) {
    `decided: ${callout.content}`
}
"""

BEHAVIOUR = """\
fn rest(context, event) {
    context.pump = "off";
}

fn work(context, event) {
    context.pump = "on";
}

fn on_task(context, event) {
    event == "water"
}

fn on_done(context, event) {
    event == "done"
}

pub fn agent_behavior() {
    StateMachine::new()
        .state("idle", rest)
        .state("working", work)
        .transition("idle", "working", on_task)
        .transition("working", "idle", on_done)
}
"""

# Letters that are typed for all of that. Whoever gets no completions or no fixes types every one.
MOST_TYPED = 3 * len(CODIFIER + HANDLER + BEHAVIOUR) // 5

_WRITE_CODIFIER: tuple[Step, ...] = (
    Open("codify.rn"),
    Write("pub fn "),
    Complete("cod", "codify_session", "codify_session(session) {"),
    Complete("le", "let", "let name = value;"),
    Write("workflow"),
    Next(),
    Complete("Wor", "Workflow"),
    Write("::"),
    Complete("ne", "new", "new()"),
    Next(),
    Write("\n\n"),
    Complete("fo", "for", "for each in values {"),
    Write("phase"),
    Next(),
    Complete("ses", "session"),
    Write("."),
    Complete("ph", "phases", "phases()"),
    Next(),
    Complete("wor", "workflow"),
    Write("."),
    Complete("add_s", "add_step", "add_step(name, agent)"),
    Complete("ph", "phase"),
    Write("."),
    Complete("na", "name"),
    Next(),
    Complete("ph", "phase"),
    Write("."),
    Complete("ag", "agent"),
    Next(),
    Write(";"),
    LeaveBlock(),
    # One letter is wrong: most people write it so.
    Write("\n\nworkflow.optimise();\n"),
    Complete("wor", "workflow"),
    SeeProblem("did you mean `optimize`?"),
    Fix("optimise", "Replace with `optimize`"),
    SeeNoProblem(),
    Hover("phases", "Phase"),
    GoToDefinition("phases", "crucible.rni", "fn phases"),
    Format(),
    Save(CODIFIER),
)

_RUN_CODIFIER: tuple[Step, ...] = (
    Pin(),
    SeeResult(),
    Behind("workflow.optimize();"),
    Write("\n"),
    Complete("wor", "workflow"),
    Write("."),
    Complete("add_s", "add_step", "add_step(name, agent)"),
    Write('"Review'),
    Close('"'),
    Next(),
    Complete("No", "None"),
    Next(),
    Write(";"),
    SeeNoProblem(),
    Save(REVIEWED),
    SeeResult("\n## Review\n"),
)

_WRITE_HANDLER: tuple[Step, ...] = (
    Open("callouts.rn"),
    Write("pub fn "),
    Complete("hand", "handle_callout", "handle_callout(callout) {"),
    Complete("callo", "callout"),
    Write("."),
    Complete("ty", "type"),
    Write("."),
    Complete("mat", "match", "match callout.type {"),
    Write('"decision'),
    Close('"'),
    Next(),
    Write("note_dwn("),
    Complete("callo", "callout"),
    Write(")"),
    LeaveLine(),
    Write('\n_ => "nothing to do",'),
    LeaveBlock(),
    LeaveBlock(),
    Write("\n\n"),
    Complete("f", "fn", "fn name()"),
    Write("note_down"),
    Next(),
    Write("callout"),
    Next(),
    Write("`decided: ${"),
    Complete("callo", "callout"),
    Write("."),
    Complete("con", "content"),
    Write("}`"),
    SeeProblem("did you mean `note_down`?"),
    Fix("note_dwn", "Replace by `note_down`"),
    SeeNoProblem(),
    Rename("note_down", "write_down"),
    Format(),
    Save(HANDLER),
    SeeNoProblem(),
)


def _handler(name: str, *body: Step) -> tuple[Step, ...]:
    """A function that a state machine calls."""
    head = (Complete("f", "fn", "fn name()"), Write(name), Next(), Write("context, event"), Next())
    return (*head, *body, LeaveBlock(), Write("\n\n"))


def _pump(state: str) -> tuple[Step, ...]:
    return (Complete("con", "context"), Write(f'.pump = "{state}";'))


def _is(event: str) -> tuple[Step, ...]:
    return (Complete("ev", "event"), Write(f'=="{event}"'))


def _state(letters: str, label: str) -> tuple[Step, ...]:
    """A state that is written already, between quotes."""
    return (Write('"'), Complete(letters, label), Close('"'), Next())


_WRITE_BEHAVIOUR: tuple[Step, ...] = (
    Open("behaviour.rn"),
    *_handler("idle", *_pump("off")),
    *_handler("work", *_pump("on")),
    *_handler("on_task", *_is("water")),
    *_handler("on_done", *_is("done")),
    Write("pub fn "),
    Complete("ag", "agent_behavior", "agent_behavior() {"),
    Complete("StateM", "StateMachine"),
    Write("::"),
    Complete("ne", "new", "new()"),
    Write("\n."),
    Complete("sta", "state", "state(name, handler)"),
    Write('"idle'),
    Close('"'),
    Next(),
    Complete("id", "idle"),
    Next(),
    Write("\n."),
    Complete("sta", "state", "state(name, handler)"),
    Write('"working'),
    Close('"'),
    Next(),
    Complete("wo", "work"),
    Next(),
    Write("\n."),
    Complete("trans", "transition", "transition(from, to, on)"),
    *_state("i", "idle"),
    Write('"workin'),
    Close('"'),
    Next(),
    Complete("on_t", "on_task"),
    Next(),
    Write("\n."),
    Complete("trans", "transition", "transition(from, to, on)"),
    *_state("w", "working"),
    *_state("i", "idle"),
    Complete("on_d", "on_done"),
    Next(),
    SeeProblem("did you mean `working`?"),
    Fix('"workin"', "Replace with `working`"),
    SeeNoProblem(),
    Rename("idle(", "rest"),
    Format(),
    Save(BEHAVIOUR),
    SeeNoProblem(),
)

FIRST_HOUR = (*_WRITE_CODIFIER, *_RUN_CODIFIER, *_WRITE_HANDLER, *_WRITE_BEHAVIOUR)


def check_what_was_written(garden: Garden, server_command: Path) -> None:
    """Hold the scripts against the command line: they have no problem, and run."""

    def runekiln(*arguments: str | Path) -> str:
        done = subprocess.run(
            [server_command, *arguments], cwd=garden.script(""), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert runekiln("check", garden.script("")) == "no problems in 3 files\n"
    session = garden.sessions[0]
    assert runekiln("run", "codify.rn", "--session", session.path) == session.expected + "\n## Review\n"
    decision = '{"type": "decision", "content": "Rotate the beds."}'
    assert runekiln("run", "callouts.rn", "--arg", decision) == "decided: Rotate the beds.\n"
    assert 'transitions: ["idle" -> "working" on <on_task>' in runekiln("run", "behaviour.rn")
