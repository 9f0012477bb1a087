"""What authors of scripts have been promised of Crucible: who gets it wrong is told where, others are told nothing.

Each row is a promise and a script.
"""

from __future__ import annotations

import pytest

from .fixtures import SCRIPT, checker_for
from .rules.judged import codes, result, said, shown

HANDLER = '#[handler(event = "note:created")]\npub fn f(context, event) {{ {} }}'
TOOL = '#[tool(desc = "Waters a bed.")]\n{}\npub fn water(bed) {{ bed }}'

BROKEN = [
    ("the functions of the kiln", "pub fn main() { crucible::read_notes(1) }", "missing-item", "crucible::read_notes"),
    ("a tool has no name of its own", '#[tool(name = "a")]\npub fn f() { 1 }', "unknown-attribute-key", "name"),
    ("a tool has parentheses", "#[tool]\npub fn f() { 1 }", "bare-attribute", "#[tool]"),
    ("no parenthesis in a text", '#[tool(desc = "a)")]\npub fn f() { 1 }', "parenthesis-in-attribute", ")"),
    (
        "parameters are described behind the tool",
        '#[param(name = "bed", type = "string")]\n#[tool(desc = "a")]\npub fn water(bed) { bed }',
        "attribute-order",
        '#[param(name = "bed", type = "string")]',
    ),
    (
        "parameters have the names of the function's",
        TOOL.format('#[param(name = "beds", type = "string")]'),
        "param-without-parameter",
        '"beds"',
    ),
    ("types of parameters", TOOL.format('#[param(name = "bed", type = "stringy")]'), "unknown-param-type", '"stringy"'),
    (
        "four values at most",
        '#[tool(desc = "a")]\npub fn f(a, b, c, d, e) { (a, b, c, d, e) }',
        "too-many-parameters",
        "(a, b, c, d, e)",
    ),
    ("events have names", HANDLER.replace("created", "craeted").format("event"), "unknown-event", '"note:craeted"'),
    ("handlers are public", HANDLER.replace("pub ", "").format("event"), "not-public", "f"),
    ("handlers take two", HANDLER.replace("context, ", "").format("event"), "wrong-handler-signature", "(event)"),
    (
        "patterns are globs",
        HANDLER.replace('d")', 'd", pattern = "[a")').format("event"),
        "wrong-glob",
        '"[a"',
    ),
    (
        "priorities are numbers",
        HANDLER.replace('d")', 'd", priority = "first")').format("event"),
        "wrong-attribute-value",
        '"first"',
    ),
    (
        "handlers say which event",
        HANDLER.replace("event = ", "pattern = ").format(""),
        "missing-attribute-key",
        "handler",
    ),
    ("handlers give the event or nothing", HANDLER.format("event.identifier"), "wrong-handler-result", "f"),
    (
        "some events can be cancelled",
        HANDLER.format("event.cancelled = true; event"),
        "not-cancellable",
        "event.cancelled = true",
    ),
    (
        "errors of handlers are not fatal",
        HANDLER.format('Err(HandlerError::fatal("a"))'),
        "missing-item",
        "HandlerError::fatal",
    ),
    (
        "commands have to be allowed",
        '//! permissions: shell(just)\npub fn main() { shell::exec("git", [], #{}) }',
        "missing-permission",
        "shell::exec",
    ),
    ("commands take three", 'pub fn main() { shell::exec("git") }', "wrong-arity", '("git")'),
    (
        "commands have options",
        'pub fn main() { shell::exec("git", [], #{ cwdd: "Beds" }) }',
        "unknown-option",
        "cwdd",
    ),
    (
        "nothing is written without a permission",
        "//! permissions: fs.read\npub fn main() { fs::remove(`a`) }",
        "missing-permission",
        "fs::remove",
    ),
    (
        "no network without a permission",
        "//! permissions: clock\npub async fn main() { http::get(crucible::now()).await }",
        "missing-permission",
        "http::get",
    ),
    ("an event has fields", HANDLER.format("event.pth; event"), "unknown-field", "pth"),
    ("an event carries what its name says", HANDLER.format("event.payload.pth; event"), "unknown-field", "pth"),
    ("the context has methods", HANDLER.format('context.gte("a"); event'), "unknown-method", "gte"),
    ("objects contain keys", 'pub fn main() { let a = #{ b: 1 }; a.contains("b") }', "unknown-method", "contains"),
    ("lists are joined", 'pub fn main() { ["a", "b"].join(", ") }', "unknown-method", "join"),
    ("answers are cancelled", "pub fn main(a: AskBatchResponse) { a.cancelled }", "unknown-field", "cancelled"),
    ("panels have items", 'pub fn main() { crucible::panel::panel("a", []).items(1) }', "wrong-arity", "(1)"),
    (
        "questions have another way",
        'pub fn main() { crucible::ask::question("a", "b").request_with_other("c") }',
        "unknown-method",
        "request_with_other",
    ),
    ("variables can be changed", "pub fn main() { let mut a = 1; a }", "let-mut", "mut"),
    ("println! has a format", 'pub fn main() { println("{}", 1) }', "wrong-arity", '("{}", 1)'),
    ("format is a macro", 'pub fn main() { format("{}", 1) }', "missing-item", "format"),
    ("oq has format_to", 'pub fn main() { oq::format_as(1, "json") }', "missing-item", "oq::format_as"),
    (
        "the type of a recipe's enrichment",
        "pub fn main() { crucible::RecipeEnrichment::new() }",
        "missing-item",
        "crucible::RecipeEnrichment::new",
    ),
    ("panels are not shown", "pub fn main() { crucible::show_panel(1) }", "missing-item", "crucible::show_panel"),
    (
        "popups answer nothing",
        "pub fn main() { crucible::PopupResponse::Selected }",
        "missing-item",
        "crucible::PopupResponse::Selected",
    ),
]
"""Each promise, a script that has it wrong, the code that says so, and where."""


@pytest.mark.parametrize(("promise", "script", "code", "words"), BROKEN, ids=[row[0] for row in BROKEN])
def test_whoever_gets_it_wrong_is_told_where(promise: str, script: str, code: str, words: str) -> None:
    assert said(script, code) == [words], promise
    severities = {each.severity for each in shown(script) if each.code == code}
    assert severities <= {"error", "warning"}


KEPT = [
    ("a tool", TOOL.format('#[param(name = "bed", type = "string")]')),
    ("a handler that gives the event back", HANDLER.format("event")),
    ("a handler that gives nothing", HANDLER.format("println!(`{context:?} {event}`);")),
    ("a hook is a handler", HANDLER.replace("handler", "hook").format("event")),
    (
        "an event that can be cancelled",
        HANDLER.replace("note:created", "tool:before").format("event.cancelled = true; event"),
    ),
    (
        "what a payload has",
        HANDLER.format('if event.payload.file_size > 3 { context.set("big", event.payload.path); } event'),
    ),
    ("an allowed command", '//! permissions: shell(git)\npub fn main() { shell::exec("git", [], #{ cwd: "a" }) }'),
    ("changes without `mut`", "pub fn main() { let a = 1; a = 2; a }"),
    ("words", 'pub fn main() { println!("{}", 1); format!("{}", 2) }'),
    ("query", 'pub fn main() { oq::format_to(#{ a: 1 }, "json") }'),
]
"""The same promises, kept."""


@pytest.mark.parametrize(("promise", "script"), KEPT, ids=[row[0] for row in KEPT])
def test_whoever_gets_it_right_is_told_nothing(promise: str, script: str) -> None:
    unimportant = ("unused-variable",)
    assert [code for code in codes(script) if code not in unimportant] == [], promise


def test_what_a_loader_lacks_is_said_with_the_loaders_that_have_it() -> None:
    """Plugins made of structs have no notes."""
    text = b"pub fn main() { crucible::read_note(`a`) }"
    facts = checker_for("struct-plugin").check(SCRIPT, text, lambda _: None)
    found = [each for each in facts.script.problems if each.code == "unavailable-in-profile"]
    assert [text[slice(*facts.script.span_of(each))] for each in found] == [b"crucible::read_note"]


@pytest.mark.parametrize(
    "script",
    [row[1] for row in BROKEN if row[2] in ("wrong-arity", "missing-item") and "fn main" in row[1]],
)
def test_an_error_is_one_when_it_is_run(script: str) -> None:
    assert result(script).startswith("fails") or result(script) == "NotCompiled"
