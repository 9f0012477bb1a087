"""The graphs of state machines: what the rules say is what the machine says of itself when it runs."""

from __future__ import annotations

import json
import random

import pytest
from runekiln_analysis.script import Script
from runekiln_analysis.states.building import machines_in
from runekiln_runtime.outcomes import Finished

from .judged import bindings, codes, facts_of, mended, mended_wholly, result, run, said, shown

CODES = {
    "is no state": "unknown-state",
    "is added more than once": "duplicate-state",
    "is never taken": "ambiguous-transition",
    "cannot be reached": "unreachable-state",
    "is a trap": "trapping-state",
    "lead out of it": "leaving-terminal-state",
    "begins nowhere": "missing-initial",
}
"""What `validate` says of a machine, and the rule that does."""
NAMES = ("a", "b", "c", "d")
EVENTS = ("go", "stop", "|context, event| true")


def built(choose: random.Random) -> list[str]:
    """The calls that build a machine, most of them with a mistake or two."""
    states = choose.sample(NAMES, choose.randrange(1, 5))
    calls = [f'state("{name}", |context, event| ())' for name in states]
    for _ in range(choose.randrange(6)):
        event = choose.choice(EVENTS)
        names = [choose.choice(states if choose.random() < 0.9 else NAMES) for _ in range(2)]
        calls.append(f'transition("{names[0]}", "{names[1]}", {event if "|" in event else json.dumps(event)})')
    calls += [f'terminal("{choose.choice(states)}")'] * (choose.random() < 0.5)
    calls += [f'initial("{choose.choice(states)}")'] * (choose.random() < 0.3)
    calls += [f'state("{choose.choice(states)}", |context, event| 1)'] * (choose.random() < 0.2)
    return calls


def written(calls: list[str], choose: random.Random) -> str:
    """A function that gives what is wrong with the machine, and builds it in one of several ways."""
    match choose.randrange(4):
        case 0:
            body = f"let m = StateMachine::new().{'.'.join(calls)}; m.validate()"
        case 1:
            body = f"let m = StateMachine::new(); {' '.join(f'm = m.{call};' for call in calls)} m.validate()"
        case 2:
            body = f"let m = StateMachine::new(); {' '.join(f'let m = m.{call};' for call in calls)} m.validate()"
        case _:
            body = f"StateMachine::new().{'.'.join(calls)}.validate()"
    return f"pub fn main() {{ {body} }}"


def validated(text: str) -> list[str]:
    """The codes for what the machine says of itself in a run of `main`."""
    outcome = run(text)
    assert isinstance(outcome, Finished), outcome
    told = outcome.value.json
    assert isinstance(told, list)
    return sorted(next(code for words, code in CODES.items() if words in each) for each in told)


def by_rules(text: str) -> list[str]:
    """The codes of the rules, each place once."""
    return sorted(each.code for each in shown(text) if each.code in CODES.values())


@pytest.mark.parametrize("seed", range(60))
def test_the_rules_say_of_a_machine_what_it_says_of_itself(seed: int) -> None:
    choose = random.Random(seed)
    text = written(built(choose), choose)
    told, expected = by_rules(text), validated(text)
    if "unknown-state" in expected:
        # What follows from such a mistake alone is not told of, and `validate` counts transitions, not names.
        assert set(told) == set(expected) - {"unreachable-state", "trapping-state", "leaving-terminal-state"}, text
    else:
        assert told == expected, text


ASKED = """
pub fn main() {{
    {body}
}}
fn idle(context, event) {{ () }}
fn short(context) {{ () }}
"""


def asked(body: str) -> str:
    """A script whose `main` does that."""
    return ASKED.format(body=body)


CHAIN = 'StateMachine::new().state("idle", idle).state("busy", idle)'


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (f'{CHAIN}.transition("idle", "bsy", "go").validate()', "unknown-state", ['"bsy"']),
        (f'{CHAIN}.transition("idel", "bsy", "go").validate()', "unknown-state", ['"idel"', '"bsy"']),
        (f'{CHAIN}.initial("idel").validate()', "unknown-state", ['"idel"']),
        (f'{CHAIN}.terminal("idel").validate()', "unknown-state", ['"idel"']),
        (f'{CHAIN}.state("idle", idle).validate()', "duplicate-state", ['"idle"']),
        (f'{CHAIN}.transition("busy", "idle", "go").validate()', "unreachable-state", ['"busy"']),
        (f'{CHAIN}.transition("idle", "busy", "go").validate()', "trapping-state", ['"busy"']),
        ("StateMachine::new().validate()", "missing-initial", ["StateMachine::new()"]),
    ],
)
def test_a_problem_stands_at_the_words_that_are_wrong(body: str, code: str, words: list[str]) -> None:
    text = asked(body)
    assert said(text, code) == words
    assert code in validated(text)


def test_what_a_name_may_mean_is_put_in_its_place() -> None:
    text = asked(f'let m = {CHAIN}.transition("idle", "bsy", "go").transition("busy", "idle", "rest"); m.validate()')
    assert (by_rules(text), "unknown-state" in validated(text)) == (["unknown-state"], True)
    repaired = mended(text, "unknown-state")
    assert '"busy", "go"' in repaired
    assert validated(repaired) == by_rules(repaired) == []


@pytest.mark.parametrize(
    ("between", "kept"), [("", ""), ("\n    ", ""), ("\n\n", ""), (" /* a */ ", " /* a */"), ("// a\n", "// a\n")]
)
def test_what_a_fix_removes_takes_its_line_along_but_no_comment(between: str, kept: str) -> None:
    ways = '.transition("idle", "busy", "go").transition("busy", "idle", "go")'
    text = asked(f'{CHAIN}{ways}{between}.transition("idle", "idle", "go").validate()')
    repaired = mended(text, "ambiguous-transition")
    assert repaired == asked(f"{CHAIN}{ways}{kept}.validate()")
    assert validated(repaired) == by_rules(repaired) == []


def test_the_fixes_leave_a_machine_that_is_well_made() -> None:
    ways = '.transition("idle", "busy", "go").transition("idle", "idle", "go")'
    text = asked(f"{CHAIN}{ways}.validate()")
    assert validated(text) == ["ambiguous-transition", "trapping-state"]
    repaired = mended_wholly(text)
    assert validated(repaired) == by_rules(repaired) == []


def test_the_second_of_two_ways_for_an_event_is_really_never_taken() -> None:
    ways = '.transition("idle", "busy", "go").transition("idle", "idle", "go")'
    text = asked(f'let m = {CHAIN}{ways}; m.fire("go").unwrap()')
    assert said(text, "ambiguous-transition") == ['"go"']
    assert result(text) == result(mended(text, "ambiguous-transition")) == '"busy"'


@pytest.mark.parametrize(
    "body",
    [
        # A part of it is not known before it runs.
        f'let name = "busier"; {CHAIN}.state(name, idle).transition("idle", "busier", "go").validate()',
        # What is added in a loop, on one of two ways, by somebody else or in a closure.
        f'let m = {CHAIN}; for name in ["x"] {{ m = m.state(name, idle); }} m.transition("idle", "x", "go").validate()',
        f'let m = {CHAIN}; if true {{ m = m.state("x", idle); }} m.transition("idle", "x", "go").validate()',
        f'let add = |m| m.state("x", idle); add({CHAIN}.transition("idle", "x", "go")).validate()',
        f'let m = {CHAIN}.transition("idle", "x", "go"); let all = [m]; all[0].state("x", idle).validate()',
        f'let m = {CHAIN}.transition("idle", "x", "go"); let n = m; n.state("x", idle).validate()',
        f'let m = {CHAIN}.transition("idle", "x", "go"); m.clone().state("x", idle).validate()',
        f'let m = {CHAIN}; let f = || m.state("x", idle); f().transition("idle", "x", "go").validate()',
        f'let m = {CHAIN}; m = {{ m.state("x", idle) }}; m.transition("idle", "x", "go").validate()',
        f'let m = {CHAIN}; m = match 1 {{ _ => {{ m.state("x", idle) }} }}; m.transition("idle", "x", "go").validate()',
        f'let m = 1; m = {CHAIN}.transition("idle", "x", "go"); m = m.state("x", idle); m.validate()',
        f'let m = {CHAIN}; let n = {CHAIN}; n = m.state("x", idle); n.transition("idle", "x", "go").validate()',
        f'let (m, _) = ({CHAIN}, 1); m.state("x", idle).transition("idle", "x", "go").validate()',
    ],
)
def test_silence_about_states_that_may_be_there(body: str) -> None:
    text = asked(body)
    assert "unknown-state" not in validated(text)
    assert not {"unknown-state", "unreachable-state", "trapping-state"} & set(codes(text))


def test_a_variable_that_gets_another_machine_has_no_state_twice() -> None:
    text = asked(f'let m = {CHAIN}; m.fire("go"); m = StateMachine::new(); m = m.state("idle", idle); m.validate()')
    assert "duplicate-state" not in validated(text) + codes(text)


def test_a_machine_that_is_returned_may_grow_unless_the_host_takes_it() -> None:
    """The host calls `agent_behavior`; what others return, other functions of the script may go on with."""
    begun = f'fn begun() {{ {CHAIN}.transition("idle", "x", "go") }}'
    text = f'{begun} pub fn main() {{ begun().state("x", idle).validate() }} fn idle(c, e) {{ (c, e) }}'
    assert "unknown-state" not in validated(text) + codes(text)
    entry = text.replace("begun()", "agent_behavior()").replace("fn agent", "pub fn agent")
    assert said(entry, "unknown-state") == ['"x"']


def test_a_machine_that_is_returned_is_whole_where_nobody_adds_to_it() -> None:
    begun = f'fn begun() {{ {CHAIN}.transition("idle", "x", "go") }} fn idle(c, e) {{ (c, e) }}'
    whole = f"{begun} pub fn main() {{ begun().with_context(#{{}}).validate() }}"
    assert said(whole, "unknown-state") == ['"x"']
    assert "unknown-state" in validated(whole)
    for adding in (
        'fn later(machine) { machine.state("x", idle) }',
        'const ADD = |machine| machine.state("x", idle);',
        'fn later() { let all = [begun()]; all[0].state("x", idle) }',
        'mod m { pub fn later(machine) { machine .state ("x", super::idle) } }',
    ):
        assert "unknown-state" not in codes(f"{whole} {adding}"), adding
    own = 'fn other() { StateMachine::new().state("x", idle).fire(`a`) }'
    assert said(f"{whole} {own}", "unknown-state") == ['"x"']
    public = begun.replace("fn begun", "pub fn begun")
    assert "unknown-state" not in codes(public)
    assert said(whole.replace(begun, public), "unknown-state") == ['"x"']
    in_file = f"mod more;\n{whole}\n//- more.rn\npub fn f() {{ 1 }}\n"
    assert "unknown-state" not in codes(in_file)


def test_a_name_of_another_type_is_no_machine() -> None:
    text = """
struct StateMachine;
impl StateMachine {
    fn new() { StateMachine }
    fn state(self, name) { self }
    fn transition(self, one, other, event) { (one, other, event) }
}
pub fn main() { StateMachine::new().state("a").transition("a", "b", "go") }
"""
    assert by_rules(text) == []
    assert result(text) == '("a", "b", "go")'


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('state("x", "idle")', '"idle"'),
        ('state("x", ())', "()"),
        ('state("x", #{})', "#{}"),
        ('transition("idle", "busy", 1)', "1"),
        ('transition("idle", "busy", ["go"])', '["go"]'),
    ],
)
def test_what_is_no_function_fails_where_the_machine_is_built(call: str, words: str) -> None:
    text = asked(f"{CHAIN}.{call}; 1")
    assert said(text, "undefined-handler") == [words]
    assert [each.severity for each in shown(text) if each.code == "undefined-handler"] == ["error"]
    assert "fails: expected" in result(text)


def test_a_function_that_stands_between_quotes_is_named() -> None:
    text = asked('StateMachine::new().state("x", "idle").states()')
    repaired = mended(text, "undefined-handler")
    assert 'state("x", idle)' in repaired
    assert result(repaired) == '["x"]'


@pytest.mark.parametrize(
    ("function", "words"),
    [("short", "short"), ("|event| 1", "|event|"), ("|a, b, c| 1", "|a, b, c|"), ("|| 1", "||")],
)
@pytest.mark.parametrize("place", ["handler", "on"])
def test_a_function_that_takes_something_else_fails_when_the_event_comes(function: str, words: str, place: str) -> None:
    handler, on = (function, '"go"') if place == "handler" else ("idle", function)
    text = asked(
        f'let m = StateMachine::new().state("a", idle).state("b", {handler}).transition("a", "b", {on}); m.fire("go")'
    )
    assert said(text, "wrong-handler-signature") == [words]
    assert "is called with the context and the event, but takes" in result(text)


@pytest.mark.parametrize("function", ["idle", "|context, event| 1", "|_, _| 1", "|(a, b), event| 1", "later", "S::f"])
def test_silence_about_functions_that_take_both(function: str) -> None:
    body = f'let later = |context, event| 1; StateMachine::new().state("a", {function}).states()'
    text = asked(body) + "struct S; impl S { fn f(self, event) { (self, event) } }\n"
    assert "wrong-handler-signature" not in codes(text)
    assert result(text) == '["a"]'


def test_a_script_that_is_being_written_is_left_alone() -> None:
    assert by_rules(asked(f'{CHAIN}.transition("idle", "').removesuffix("}\n")) == []


def test_a_machine_with_its_places() -> None:
    text = """
pub fn agent_behavior() {
    let machine = StateMachine::new().state("dry", |context, event| ());
    machine = machine.state("wet", soak).initial("wet");
    machine.transition("dry", "wet", "rain").transition("wet", "dry", |context, event| event == "sun").terminal("dry")
}
fn soak(context, event) { context.litres = event.litres; }
"""
    script = Script(facts_of(text), text.encode(), bindings())
    (machine,) = machines_in(script, 0)
    content = [text.encode()[slice(*each.call)].decode() for each in (*machine.states, *machine.transitions)]
    assert content == [
        '.state("dry", |context, event| ())',
        '.state("wet", soak)',
        '.transition("dry", "wet", "rain")',
        '.transition("wet", "dry", |context, event| event == "sun")',
    ]
    assert [(way.source.text, way.target.text, way.event.text) for way in machine.transitions] == [
        ("dry", "wet", "rain"),
        ("wet", "dry", None),
    ]
    assert (machine.begins_in, [each.text for each in machine.terminals]) == ("wet", ["dry"])
    assert machine.reached() == {"dry", "wet"}
    assert machine.whole
    assert machine.returned
