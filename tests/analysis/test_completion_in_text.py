"""What completion offers between quotes: names of the kiln, of machines, of events, and keys."""

from __future__ import annotations

import pytest
from runekiln_analysis.kiln_names import KilnName, KilnNames
from runekiln_analysis.text_roles import OF_PARAMETERS

from .crucible import bindings, labels, offered
from .fixtures import read_fixture

MACHINE = """
pub fn agent_behavior() {{
    StateMachine::new()
        .state("idle", rest)
        .state("working", rest)
        .transition("idle", "working", "task")
        {call}
}}
fn rest(context, event) {{}}
"""


def test_the_states_of_the_machine_where_one_is_named() -> None:
    assert labels(MACHINE.format(call='.initial("$0")')) == ["idle", "working"]
    assert labels(MACHINE.format(call='.terminal("$0')) == ["idle", "working"]
    assert labels(MACHINE.format(call='.transition("$0')) == ["idle", "working"]
    assert labels(MACHINE.format(call='.transition("idle", "wo$0", "go")')) == ["working"]


def test_states_that_only_transitions_name_where_one_is_added() -> None:
    assert labels(MACHINE.format(call='.transition("idle", "waiting", "low").state("$0", rest)')) == ["waiting"]
    assert labels(MACHINE.format(call='.state("$0", rest)')) == []


def test_the_states_of_this_machine_and_no_other() -> None:
    script = """
pub fn machines() {
    let one = StateMachine::new().state("one", |context, event| ()).initial("$0");
    let other = StateMachine::new().state("other", |context, event| ());
    (one, other)
}
"""
    assert labels(script) == ["one"]


def test_a_machine_that_is_built_in_one_variable() -> None:
    script = """
pub fn agent_behavior() {
    let machine = StateMachine::new();
    machine = machine.state("dry", |context, event| ());
    machine = machine.initial("$0");
    machine
}
"""
    assert labels(script) == ["dry"]


def test_the_events_that_machines_wait_for_and_those_that_are_fired() -> None:
    assert labels(MACHINE.format(call='.transition("working", "idle", "$0")')) == ["task"]
    fired = MACHINE.format(call="") + 'pub fn main() { let machine = agent_behavior(); machine.fire("$0") }'
    assert labels(fired) == ["task"]
    assert labels(fired.replace("$0", 'done"); machine.fire("$0')) == ["task", "done"]


def test_the_notes_of_the_kiln_replace_the_whole_text() -> None:
    assert labels('pub fn f() { crucible::read_note("$0") }') == ["Beds/Salad", "Key list"]
    marked = 'pub fn f() { crucible::append_to_note("Beds/S$0al", "x") }'
    (note,) = offered(marked)
    assert (note.kind, note.detail, note.docs) == ("file", "Salad", "# Salad\n\nSown in March.")
    assert read_fixture(marked).text[slice(*note.replace)] == b"Beds/Sal"


def test_a_text_that_is_not_closed_is_replaced_up_to_the_cursor() -> None:
    marked = 'pub fn f() {\n    crucible::read_note("Key l$0); 1\n}\nfn g() { "x" }'
    (note,) = offered(marked)
    assert read_fixture(marked).text[slice(*note.replace)] == b"Key l"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('graph::note_get("$0")', "Beds/Salad.md"),
        ('graph::db_find("$0")', "Salad"),
        ('graph::find(#{ notes: [] }, "$0")', "Salad"),
        ('session::get("$0")', "2026-03-07-valves"),
        ('session::Agent::Internal("$0")', "gardener"),
        ('Workflow::new().add_step("Water", "$0")', "gardener"),
        ('Workflow::new().add_step("Water", Some("$0"))', "gardener"),
        ('crucible::tools::call("$0", #{})', "rune_pump"),
    ],
)
def test_what_a_text_names_is_said_by_the_stub(call: str, expected: str) -> None:
    assert expected in labels(f"pub fn f() {{ {call} }}")


def test_tools_of_the_script_itself_as_it_is_now() -> None:
    script = '#[tool(desc = "a")]\npub async fn find(word) { word }\npub fn f() { crucible::tools::call("$0", #{}) }'
    assert labels(script) == ["rune_find", "rune_pump"]


def test_a_function_of_the_script_says_it_in_its_documentation() -> None:
    declared = "/// Waters a bed.\n/// @names bed: note\nfn water(litres, bed) {}\n"
    assert labels(declared + 'pub fn main() { water(3, "$0") }') == ["Beds/Salad", "Key list"]
    assert labels(declared + 'pub fn main() { water("$0", 3) }') == []


def test_texts_that_a_parameter_lists() -> None:
    assert labels('pub fn f() { oq::format_to(1, "$0") }') == ["json", "yaml", "yml", "toml", "toon"]


def test_nothing_where_a_text_is_anything() -> None:
    assert labels('pub fn f() { crucible::create_note("$0", "", #{}) }') == []
    assert labels('pub fn f() { "$0" }') == []
    assert labels('pub fn f() { crucible::read_note("Key list"$0) }') != ["Key list"]


def test_the_keys_of_what_an_event_carries_and_of_objects() -> None:
    handler = '#[handler(event = "note:created")]\npub fn saved(context, event) {{ event.payload{} }}'
    assert labels(handler.format('["$0"]')) == ["path", "file_size", "frontmatter", "created_at"]
    assert labels('pub fn f() { let bed = #{ width: 1, depth: 2 }; bed["$0"] }') == ["width", "depth"]
    assert labels('pub fn f() { let bed = #{ width: 1, depth: 2 }; bed["$0 }') == ["width", "depth"]


def test_attributes_that_fit_what_they_stand_on() -> None:
    assert {"tool", "handler", "hook", "test"} <= set(labels("#[$0]\npub fn f() {}"))
    assert labels("#[$0]\nstruct Bed { width }") == []
    assert "tool" in labels("#[$0")


def test_values_of_keys() -> None:
    handler = '#[handler(event = "note:created", enabled = $0)]\npub fn f(context, event) {}'
    assert labels(handler) == ["true", "false"]
    assert "note:created" in labels('#[handler(event = "$0")]\npub fn f(context, event) {}')
    assert "decision" in labels('#[callout(type = "de$0")]\npub fn f(callout) {}')


def test_parameters_that_no_attribute_describes_yet() -> None:
    script = '#[tool(desc = "a")]\n#[param(name = "word")]\n#[param(name = "$0")]\npub fn find(word, limit) {}'
    assert labels(script) == ["limit"]


def test_the_table_names_parameters_that_there_are() -> None:
    declared = {
        (f"{host.path}::{function.name}", parameter.name)
        for host in bindings().types
        for function in host.functions
        for parameter in function.parameters
    } | {
        (f"{module.path}::{function.name}", parameter.name)
        for module in bindings().modules
        for function in module.functions
        for parameter in function.parameters
    }
    assert OF_PARAMETERS.keys() <= declared


def test_a_kiln_of_thousands_of_notes_is_searched() -> None:
    notes = {f"Log/{number:05}": KilnName(f"Log/{number:05}", "") for number in range(20_000)}
    names = KilnNames(notes=notes)
    assert labels('pub fn f() { crucible::read_note("log/0199$0") }', names)[0] == "Log/01990"
    assert len(labels('pub fn f() { crucible::read_note("$0") }', names)) == 200
