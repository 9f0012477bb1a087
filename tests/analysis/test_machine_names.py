"""States and events of machines as names: where they are added, where they are used, and other names for them."""

from __future__ import annotations

import pytest
from runekiln_analysis.definition import declaration, definition
from runekiln_analysis.rename import Renameable, prepare_rename, rename
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.renaming import Refused

from .crucible import bindings
from .fixtures import read_fixture, show_hover, snapshot_with_modules
from .rules.judged import result, shown
from .shown import show_highlights, show_places, show_references

MACHINE = """\
pub fn main() {
    let machine = StateMachine::new()
        .state("idle", rest)
        .state("working", rest)
        .transition("idle", "working", "task")
        .transition("working", "idle", "done")
        .initial("idle");
    machine.fire("task")?;
    assert_eq!(machine.current(), "working");
    machine.fire("done")?;
    match machine.current() {
        "idle" => Ok(machine.current() == "idle"),
        _ => Ok(false),
    }
}

fn rest(context, event) { println!("idle") }
"""


def at(text: str, number: int = 0, machine: str = MACHINE) -> str:
    """The machine with the cursor in the text of that number that is so written."""
    start = -1
    for _ in range(number + 1):
        start = machine.index(f'"{text}"', start + 1)
    return f"{machine[: start + 2]}$0{machine[start + 2 :]}"


def after(marked: str, name: str) -> str:
    """The script with that name, or why it is not to have it."""
    fixture = read_fixture(marked)
    seen = snapshot_with_modules(fixture, bindings())
    prepared, found = prepare_rename(seen, fixture.cursor), rename(seen, fixture.cursor, name)
    if isinstance(found, Refused):
        return found.reason
    assert isinstance(prepared, Renameable)
    assert set(found.edits) <= {seen.path}
    return edited(seen.text, found.edits.get(seen.path, ())).decode()


@pytest.mark.parametrize("number", range(5))
def test_each_place_of_a_state_leads_to_where_it_is_added(number: int) -> None:
    for ask in (definition, declaration):
        assert show_places(ask, at("idle", number), bindings()) == ['main.rn:3 .state("[idle]", rest)']


def test_each_place_of_an_event_leads_to_the_transitions_that_wait_for_it() -> None:
    expected = ['main.rn:5 .transition("idle", "working", "[task]")']
    assert show_places(definition, at("task"), bindings()) == expected
    assert show_places(definition, at("task", 1), bindings()) == expected
    assert show_places(definition, at("gone", 0, MACHINE.replace("task", "gone", 1)), bindings()) == [
        'main.rn:5 .transition("idle", "working", "[gone]")'
    ]
    assert show_places(definition, at("task", 0, MACHINE.replace("task", "gone", 1)), bindings()) == []


def test_all_places_of_a_state() -> None:
    assert show_references(at("working", 1), bindings()) == [
        'declaration main.rn:4 .state("[working]", rest)',
        'read main.rn:5 .transition("idle", "[working]", "task")',
        'read main.rn:6 .transition("[working]", "idle", "done")',
        'read main.rn:9 assert_eq!(machine.current(), "[working]");',
    ]
    assert [each.rpartition(" main.rn:")[2].partition(" ")[0] for each in show_references(at("idle"), bindings())] == [
        *("3", "5", "6", "7", "12", "12")
    ]


def test_all_places_of_an_event() -> None:
    assert show_references(at("done", 1), bindings()) == [
        'read main.rn:6 .transition("working", "idle", "[done]")',
        'read main.rn:10 machine.fire("[done]")?;',
    ]


def test_the_same_letters_in_another_machine_are_another_state() -> None:
    script = """\
fn one() { StateMachine::new().state("i$0dle", rest).initial("idle") }
fn two() { StateMachine::new().state("idle", rest).transition("idle", "idle", "idle") }
fn rest(context, event) {}
"""
    assert show_highlights(script, bindings()).splitlines()[:2] == [
        'fn one() { StateMachine::new().state("*idle*", rest).initial("<idle>") }',
        'fn two() { StateMachine::new().state("idle", rest).transition("idle", "idle", "idle") }',
    ]
    assert after(script, "still").splitlines()[:2] == [
        'fn one() { StateMachine::new().state("still", rest).initial("still") }',
        'fn two() { StateMachine::new().state("idle", rest).transition("idle", "idle", "idle") }',
    ]


def test_hover_where_a_machine_is_asked_for_its_state() -> None:
    assert show_hover(at("working", 3), bindings()) == (
        '```rune\nstate "working"\n```\n\n- from `idle` by `task`\n- to `idle` by `done`'
    )


@pytest.mark.parametrize(
    ("text", "name"), [("idle", "at rest"), ("working", "däuernd"), ("task", "work"), ("done", "a-b")]
)
def test_a_new_name_changes_each_place_and_nothing_that_happens(text: str, name: str) -> None:
    renamed = after(at(text), name)
    # What is printed is a text of its own.
    assert renamed.replace(f'"{name}"', f'"{text}"') == MACHINE
    assert renamed.count(f'"{text}"') == (1 if text == "idle" else 0)
    assert result(renamed) == result(MACHINE)
    assert shown(renamed) == shown(MACHINE)


@pytest.mark.parametrize("name", ["", 'a"b', "a\\n", "a\nb"])
def test_what_cannot_stand_between_quotes_is_no_name(name: str) -> None:
    assert after(at("idle"), name) == f"`{name}` is no name that can stand between quotes as it is"


def test_the_same_name_changes_nothing() -> None:
    assert after(at("idle"), "idle") == MACHINE


def test_two_states_or_events_are_not_made_one() -> None:
    assert after(at("idle"), "working") == "There is a `working` already"
    assert after(at("task"), "done") == "There is a `done` already"
    assert "There is" not in after(at("task"), "idle")


@pytest.mark.parametrize(
    ("before", "instead", "reason"),
    [
        ('.initial("idle")', ".initial(first)", "In line 7 a state is named by what is no plain text"),
        (
            'machine.fire("done")?;',
            "build(machine);",
            "The machine is handed on, and what names its states and events there cannot be seen",
        ),
        ('println!("idle")', 'context.last = "idle"', '`"idle"` in line 17 may name the state, too'),
        ('println!("idle")', "context.last = `idle`", '`"idle"` in line 17 may name the state, too'),
        ("_ => Ok(false)", 'other => Ok(other == "idle")', '`"idle"` in line 13 may name the state, too'),
    ],
)
def test_a_state_is_not_renamed_if_something_else_may_name_it(before: str, instead: str, reason: str) -> None:
    marked = at("idle", 0, MACHINE.replace(before, instead))
    assert after(marked, "still") == reason
    fixture = read_fixture(marked)
    assert prepare_rename(snapshot_with_modules(fixture, bindings()), fixture.cursor) == Refused(reason)


def test_an_event_is_not_renamed_if_somebody_else_may_fire_it() -> None:
    given_away = """\
pub fn agent_behavior() {
    StateMachine::new().state("idle", rest).transition("idle", "idle", "task")
}
fn rest(context, event) {}
"""
    assert after(at("task", 0, given_away), "work") == "The machine is given away, and whoever has it may fire `task`"
    assert '"still", rest' in after(at("idle", 0, given_away), "still")
    fired = MACHINE.replace('fire("done")', "fire(next)")
    assert after(at("task", 0, fired), "work") == "In line 10 an event is fired by what is no plain text"


def test_texts_in_the_files_of_modules_are_looked_at() -> None:
    marked = f'mod more;\n{at("idle")}//- more.rn\npub fn is_idle(machine) {{ machine.current() == "idle" }}\n'
    assert after(marked, "still") == '`"idle"` in line 1 of more.rn may name the state, too'
    other = marked.replace('== "idle"', '== "other"')
    assert '.state("still", rest)' in after(other, "still")
    machine_of_its_own = marked.replace('machine.current() == "idle"', 'StateMachine::new().state("idle", 1)')
    assert '.state("still", rest)' in after(machine_of_its_own, "still")


def test_a_text_that_names_no_state_is_no_name() -> None:
    assert after(MACHINE.replace('println!("idle")', 'let a = "i$0dle"; a'), "still") == "There is no name here"
    assert after(MACHINE.replace('"idle", rest', '$0"idle", rest'), "still") == "There is no name here"
