"""What hover says of texts, of comments, and of the values of constants."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot
from runekiln_analysis.definition import definition
from runekiln_analysis.document_links import document_links
from runekiln_analysis.hover import hover
from runekiln_analysis.whereabouts import Declared
from runekiln_runtime.outcomes import Finished

from .crucible import seen
from .fixtures import SCRIPT, read_fixture
from .rules.judged import run

MACHINE = """
pub fn agent_behavior() {
    StateMachine::new()
        .state("idle", rest)
        .state("working", rest)
        .state("lost", rest)
        .transition("idle", "working", "task")
        .transition("working", "idle", |context, event| event == "done")
        .terminal("idle")
}
fn rest(context, event) {}
"""


def said(marked: str) -> str | None:
    fixture = read_fixture(marked)
    found = hover(seen(fixture), fixture.cursor)
    return None if found is None else found.markdown


def test_a_note_with_its_first_lines() -> None:
    assert said('pub fn f() { crucible::read_note("Beds/Sal$0ad.md") }') == snapshot("""\
**Beds/Salad**: Salad

---

# Salad

Sown in March.\
""")
    assert said('pub fn f() { crucible::read_note("Beds/no$0thing") }') is None


def test_agents_sessions_and_tools() -> None:
    assert said('pub fn f() { session::Agent::Internal("gar$0dener") }') == "**gardener**: Runs the irrigation."
    assert said('pub fn f() { session::get("2026$0-03-07-valves") }') == "**2026-03-07-valves**: Valves"
    assert said('pub fn f() { crucible::tools::call("rune$0_pump", #{}) }') == "**rune_pump**"


def test_a_text_that_is_given_to_something_else_is_no_name() -> None:
    assert said('pub fn f() { let gardener = "gar$0dener"; gardener }') is None


def test_a_state_with_its_ways() -> None:
    assert said(MACHINE.replace('.state("working"', '.state("wor$0king"')) == snapshot("""\
```rune
state "working"
```

- from `idle` by `task`
- to `idle`\
""")
    assert said(MACHINE.replace('.terminal("idle"', '.terminal("i$0dle"')) == snapshot("""\
```rune
state "idle"
```

The machine begins here. It is finished here.

- from `working`
- to `working` by `task`\
""")
    assert said(MACHINE.replace('"lost"', '"lo$0st"')) == snapshot("""\
```rune
state "lost"
```

No event leads here.\
""")


def test_nothing_is_said_before_the_quote() -> None:
    assert said(MACHINE.replace('.state("working"', '.state($0"working"')) is None
    assert said('#[callout(type = $0"decision")]\npub fn f(callout) {}') is None


def test_an_event_of_a_machine() -> None:
    assert said(MACHINE.replace('"task"', '"ta$0sk"')) == snapshot("""\
```rune
event "task"
```

- from `idle` to `working`\
""")


def test_nothing_is_said_of_a_machine_that_is_not_plain_to_see() -> None:
    script = """
pub fn agent_behavior(name) {
    StateMachine::new().state("idle", rest).state(name, rest).transition("idle", name, "go").state("lo$0st", rest)
}
fn rest(context, event) {}
"""
    assert "No event leads here" not in (said(script) or "")


def test_events_and_listed_texts_in_attributes() -> None:
    event = said('#[handler(event = "note:del$0eted")]\npub fn f(context, event) {}') or ""
    assert event.startswith('```rune\nevent "note:deleted": Object{existed?}\n```\n\nA note is gone;')
    listed = said('#[callout(type = "deci$0sion")]\npub fn f(callout) {}') or ""
    assert listed.startswith('```rune\ntype = "decision"\n```\n\nThe type, as it stands in `> [!type]`')


def test_a_permission_with_what_needs_it() -> None:
    shown = said("//! permissions: kiln.read, kiln.wr$0ite(Log/*)\n") or ""
    assert shown.startswith(
        "The permission `kiln.write`, which these need:\n\n- `crucible::create_note`, for the value"
    )


def test_a_code_that_a_comment_allows() -> None:
    fixture = read_fixture("// runekiln: allow(unused-var$0iable)\nfn f() { 1 }")
    found = hover(seen(fixture), fixture.cursor)
    assert found is not None
    assert found.code == "unused-variable"
    assert fixture.text[slice(*found.span)] == b"unused-variable"


VALUES = {
    "2 * 3": "6",
    "2 * LITRES + 1": "25",
    "-7 / 2": "-3",
    '"a" + NAME': '"abed"',
    "1.5 + 0.25": "1.75",
    "LITRES == 12": "true",
    "LITRES < 3": "false",
    "1.5 > 0.5": "true",
    "0x10": "16",
    "1_000": "1000",
}


@pytest.mark.parametrize("written", VALUES)
def test_the_value_of_a_constant_as_a_run_has_it(written: str) -> None:
    script = f'const LITRES = 12;\nconst NAME = "bed";\nconst VALUE = {written};\npub fn main() {{ VALU$0E }}'
    shown = said(script) or ""
    assert shown.splitlines()[1] == f"const VALUE = {written}"
    value = VALUES[written]
    assert f"Its value is `{value}`." in shown
    assert isinstance(run(script.replace("VALU$0E", f"assert_eq!(VALUE, {value})")), Finished)


@pytest.mark.parametrize("written", ["LITRES / 0", "VALUE", "1 + 1.5", "7 % 2", "9223372036854775807 + 1", '"\\u{41}"'])
def test_what_is_not_plain_to_see_is_shown_as_written(written: str) -> None:
    shown = said(f"const LITRES = 12;\nconst VAL$0UE = {written};\n") or ""
    assert shown == f"```rune\nconst VALUE = {written}\n```"


def test_texts_link_to_what_they_name() -> None:
    script = (
        'pub fn f() {\n    let bed = crucible::read_note("Beds/Salad")?;\n    session::get("2026-03-07-valves")?;\n'
    )
    fixture = read_fixture(script + '    println!("Beds/Salad");\n    crucible::read_note("gone")\n}')
    found = [
        (fixture.text[slice(*link.span)].decode(), link.path, link.tooltip) for link in document_links(seen(fixture))
    ]
    assert found == [
        ("Beds/Salad", "/kiln/Beds/Salad.md", "Salad"),
        ("2026-03-07-valves", "/kiln/.crucible/sessions/v/session.md", "Valves"),
    ]


def test_a_tool_of_the_script_itself_is_where_it_stands_now() -> None:
    script = '#[tool(desc = "Pumps.")]\npub fn pump() {}\npub fn f() { crucible::tools::call("rune_$0pump", #{}) }'
    fixture = read_fixture(script)
    found = definition(seen(fixture), fixture.cursor)
    assert found is not None
    span = (fixture.text.index(b"pump()"), fixture.text.index(b"()"))
    assert found.places == (Declared(SCRIPT, span, span),)


def test_the_definition_of_what_a_text_names() -> None:
    fixture = read_fixture('pub fn f() { crucible::tools::call("rune_$0pump", #{}) }')
    found = definition(seen(fixture), fixture.cursor)
    assert found is not None
    assert found.places == (Declared("/kiln/plugins/pump.rn", (30, 34), (30, 34)),)
