"""What is written in the first hour: a codifier, a handler of callouts and a behaviour, step by step."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.editors.first_hour import (
    Behind,
    Call,
    Complete,
    Fix,
    Format,
    GoToDefinition,
    Hover,
    LeaveBlock,
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
pub fn codify_session(session: Session) -> Workflow {
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
pub fn handle_callout(callout: Callout) {
    match callout.type {
        "decision" => write_down(callout),
        _ => "nothing to do",
    }
}

fn write_down(callout: Callout) {
    format!("decided: {}", callout.content)
}
"""

BEHAVIOUR = """\
pub fn agent_behavior() -> StateMachine {
    StateMachine::new()
        .state("idle", rest)
        .state("working", work)
        .transition("idle", "working", on_task)
        .transition("working", "idle", on_done)
}

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
"""

_WRITE_CODIFIER: tuple[Step, ...] = (
    Open("codify.rn"),
    Write("pub fn codify_session(session: "),
    Complete("Ses", "Session"),
    Write(") -> "),
    Complete("Workf", "Workflow"),
    Write(" {\nlet workflow = "),
    Complete("Workf", "Workflow"),
    Write("::"),
    Call("ne", "new"),
    Write(";\n\nfor phase in "),
    Complete("ses", "session"),
    Write("."),
    Call("pha", "phases"),
    Write(" {\n"),
    Complete("workf", "workflow"),
    Write("."),
    Call("add_s", "add_step", ("phase.name", "phase.agent")),
    Write(";"),
    LeaveBlock(),
    # One letter is wrong: most people write it so.
    Write("\n\nworkflow.optimise();\nworkflow"),
    LeaveBlock(),
    Write("\n"),
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
    Complete("workf", "workflow"),
    Write("."),
    Call("add_s", "add_step", ('"Review"', "None")),
    Write(";"),
    SeeNoProblem(),
    Save(REVIEWED),
    SeeResult("\n## Review\n"),
)

_WRITE_HANDLER: tuple[Step, ...] = (
    Open("callouts.rn"),
    Write("pub fn handle_callout(callout: "),
    Complete("Callo", "Callout"),
    Write(") {\nmatch "),
    Complete("callo", "callout"),
    Write("."),
    Complete("ty", "type"),
    Write(' {\n"decision" => note_dwn(callout),\n_ => "nothing to do",'),
    LeaveBlock(),
    LeaveBlock(),
    Write("\n\nfn note_down(callout: "),
    Complete("Callo", "Callout"),
    Write(') {\nformat!("decided: {}", '),
    Complete("callo", "callout"),
    Write("."),
    Complete("con", "content"),
    Write(")"),
    LeaveBlock(),
    Write("\n"),
    SeeProblem("did you mean `note_down`?"),
    Fix("note_dwn", "Replace by `note_down`"),
    SeeNoProblem(),
    Rename("note_down", "write_down"),
    Format(),
    Save(HANDLER),
    SeeNoProblem(),
)

_WRITE_BEHAVIOUR: tuple[Step, ...] = (
    Open("behaviour.rn"),
    Write("pub fn agent_behavior() -> "),
    Complete("StateM", "StateMachine"),
    Write(" {\n"),
    Complete("StateM", "StateMachine"),
    Write("::"),
    Call("ne", "new"),
    Write("\n."),
    Call("sta", "state", ('"idle"', "idle")),
    Write("\n."),
    Call("sta", "state", ('"working"', "work")),
    Write("\n."),
    Call("trans", "transition", ('"idle"', '"workin"', "on_task")),
    Write("\n."),
    Call("trans", "transition", ('"working"', '"idle"', "on_done")),
    LeaveBlock(),
    Write('\n\nfn idle(context, event) {\ncontext.pump = "off";'),
    LeaveBlock(),
    Write('\n\nfn work(context, event) {\ncontext.pump = "on";'),
    LeaveBlock(),
    Write('\n\nfn on_task(context, event) {\nevent == "water"'),
    LeaveBlock(),
    Write('\n\nfn on_done(context, event) {\nevent == "done"'),
    LeaveBlock(),
    Write("\n"),
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
