"""What completion offers, above all in the middle of typing."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot
from runekiln_analysis.completion import complete

from .fixtures import (
    check_members_of,
    check_offers,
    check_offers_none_of,
    check_offers_nothing,
    check_only_guesses,
    labels_at_cursor,
    read_fixture,
    show_completions,
    snapshot_with_modules,
)


def test_members_of_an_entrys_parameter() -> None:
    assert show_completions("pub fn codify_session(session) { session.$0 }") == snapshot("""\
method fn phases(self) -> Vec<Phase>
method fn callouts(self) -> Vec<Callout>
field id: String
field title: Option<String>\
""")


def test_the_entry_gives_the_type_whatever_the_parameter_is_called() -> None:
    check_members_of("Callout", "pub fn handle_callout(c) { c.$0 }")


def test_only_a_public_function_at_the_root_is_an_entry() -> None:
    check_only_guesses("fn handle_callout(c) { c.$0 }")
    check_only_guesses("mod inner { pub fn handle_callout(c) { c.$0 } }")


def test_members_by_annotation_and_by_documentation() -> None:
    check_members_of("Phase", "fn longest(phase: Phase) { phase.$0 }")
    check_members_of("Phase", "/// @param phase: Phase\nfn longest(phase) { phase.$0 }")
    check_members_of("Session", "fn longest(log: SessionLog) { log.$0 }")


def test_an_annotation_goes_before_documentation_and_entry() -> None:
    check_members_of("Phase", "/// @param session: Session\npub fn codify_session(session: Phase) { session.$0 }")


def test_members_at_the_end_of_a_block_that_is_not_closed() -> None:
    check_members_of(
        "Phase",
        """
pub fn codify_session(session) {
    let workflow = Workflow::new();
    for phase in session.phases() {
        phase.$0
""",
    )


def test_members_inside_a_loop_on_one_line() -> None:
    check_members_of("Phase", "pub fn codify_session(session) { for phase in session.phases() { phase.$0 } }")


def test_members_when_the_next_statement_follows_without_a_semicolon() -> None:
    check_members_of(
        "Workflow",
        """
pub fn codify_session(session) {
    let workflow = Workflow::new();
    workflow.$0
    let phases = session.phases();
    workflow
}
""",
    )


def test_members_on_the_next_line_of_a_chain() -> None:
    check_members_of(
        "StateMachine",
        """
pub fn agent_behavior() -> StateMachine {
    StateMachine::new()
        .state("idle", idle)
        .$0
}
""",
    )


def test_members_in_the_middle_of_a_word_replace_all_of_it() -> None:
    assert labels_at_cursor("pub fn codify_session(session) { session.ph$0ses() }") == ["phases"]


def test_members_inside_calls_conditions_and_arms() -> None:
    check_members_of("Phase", "fn f(phase: Phase) { g(1, phase.$0) }")
    check_members_of("Phase", "fn f(phase: Phase) { if phase.$0 { 1 } }")
    check_members_of("Phase", "fn f(phase: Phase) { match phase.$0 { _ => 1 } }")
    check_members_of("Phase", "fn f(phase: Phase) { match 1 { _ => phase.$0 } }")
    check_members_of("Phase", "fn f(phase: Phase) { let f = || phase.$0; }")


def test_an_argument_of_a_call_that_is_not_closed_is_no_pattern_of_the_next_arm() -> None:
    before = "pub fn codify_session(session) { match session { _ => foo(session, "
    for behind in ("$0", "$0 }", "$0;"):
        assert "session" in labels_at_cursor(f"fn foo(x, y) {{ x }}\n{before}{behind}")


@pytest.mark.parametrize("closure", ["|x| $0", "|x| se$0", "|x, y| $0", "|| $0"])
def test_the_body_of_a_closure_begins_behind_its_parameters(closure: str) -> None:
    check_offers(f"fn f(session) {{ let g = {closure} }}", "session")
    check_offers(f"fn f(session) {{ let g = {closure}", "session")


@pytest.mark.parametrize("closure", ["|$0", "|$0|", "|x, $0| 1", "|x$0| 1"])
def test_a_parameter_of_a_closure_is_a_new_name(closure: str) -> None:
    check_offers_nothing(f"fn f(session) {{ let g = {closure} }}")


def test_members_of_what_a_closure_is_called_with() -> None:
    check_members_of("Phase", "pub fn codify_session(s) { s.phases().iter().filter(|phase| phase.$0) }")
    check_members_of("Phase", "pub fn codify_session(s) { s.phases().iter().map(|phase| { phase.$0 }) }")


def test_members_of_what_patterns_take_out() -> None:
    check_members_of("Phase", "pub fn codify_session(s) { if let Some(phase) = s.phases().pop() { phase.$0 } }")
    check_members_of(
        "Phase",
        """
pub fn codify_session(session) {
    match session.phases().pop() {
        Some(phase) => phase.$0
        None => 1,
    }
}
""",
    )


def test_members_of_the_scripts_own_types() -> None:
    assert show_completions("""
struct Step {
    /// What to do.
    title: String,
    phase: Phase,
}

impl Step {
    fn new(title, phase) { Step { title, phase } }
    fn is_long(self) { self.$0 }
}
""") == snapshot("""\
method fn is_long(self)
field title: String
field phase: Phase\
""")
    check_members_of("Phase", "struct Step { phase: Phase }\nfn f(step: Step) { step.phase.$0 }")
    check_offers("struct Step { title }\nfn f() { let step = Step { title: 1 }; step.$0 }", "title")


def test_an_own_type_hides_the_hosts() -> None:
    assert labels_at_cursor("struct Phase { length }\nfn f(phase: Phase) { phase.$0 }") == ["length"]
    check_only_guesses("struct Workflow { steps }\nfn f() { let w = Workflow::new(); w.$0 }")


def test_only_guesses_where_the_type_is_not_plain_to_see() -> None:
    check_only_guesses("fn f(x) { x.$0 }")
    check_only_guesses("fn f() { g().$0 }")
    check_only_guesses("pub fn codify_session(session) { session.nothing.$0 }")
    check_only_guesses("pub fn codify_session(session) { session.missing().$0 }")


def test_only_guesses_once_something_else_is_assigned() -> None:
    check_only_guesses("fn f(x) { let p = Workflow::new(); p = x; p.$0 }")
    check_members_of("Workflow", "fn f(x) { let p = Workflow::new(); p = Workflow::new(); p.$0 }")


def test_associated_functions_behind_a_type() -> None:
    assert show_completions("fn f() { Workflow::$0 }") == snapshot("function fn Workflow::new() -> Workflow")
    assert show_completions("fn f() { Workflow::n$0") == snapshot("function fn Workflow::new() -> Workflow")
    assert show_completions("""
enum Mood { Calm, Busy(level) }
impl Mood { pub fn worst() { Mood::Calm } }
fn f() { Mood::$0 }
""") == snapshot("""\
variant Mood::Calm
variant Mood::Busy
function fn worst()\
""")


def test_the_items_of_modules_behind_their_path() -> None:
    assert show_completions("""
mod tools {
    pub fn slug(title) { title }
    fn hidden() {}
}
fn f() { tools::$0 }
""") == snapshot("function fn slug(title)")


def test_the_public_items_of_a_file_behind_its_name() -> None:
    assert labels_at_cursor("""
mod tools;
fn f() { tools::$0 }
//- tools.rn
/// A name for a file.
pub fn slug(title) { title }
fn hidden() {}
""") == ["slug"]


@pytest.mark.parametrize("value", ["Bed { width: 1 }", "beds::dig()", "Bed::new()"])
def test_members_of_a_type_of_another_file(value: str) -> None:
    fixture = read_fixture(f"""
mod beds;
use beds::Bed;
fn f() {{ let bed = {value}; bed.$0 }}
//- beds.rn
pub struct Bed {{ width }}
impl Bed {{
    pub fn new() {{ Bed {{ width: 1 }} }}
    pub fn area(self) {{ self.width * 2 }}
}}
pub fn dig() {{ Bed::new() }}
""")
    found = complete(snapshot_with_modules(fixture), fixture.cursor)
    assert [each.label for each in found][:2] == ["area", "width"]
    assert not any(each.is_guess for each in found)


def test_the_hosts_modules_in_an_import() -> None:
    check_offers("use $0", "crucible", "self")
    assert labels_at_cursor("use crucible::$0;") == snapshot(
        ["session", "Callout", "workflow", "StateMachine", "StateError"]
    )
    assert labels_at_cursor("use crucible::session::{Phase, $0};") == snapshot(["Session", "Phase"])


def test_own_items_host_types_keywords_and_the_prelude_where_a_statement_starts() -> None:
    check_offers(
        """
const LIMIT = 3;
struct Step { title }
fn slug(title) { title }
fn f(phase) {
    $0
}
""",
        "phase",
        "f",
        "LIMIT",
        "Step",
        "slug",
        "Session",
        "let",
        "if",
        "Some",
        "println!",
    )


def test_only_locals_that_are_declared_before_and_the_innermost_first() -> None:
    check_offers("fn f(a) { let b = 1; { let hidden = 2; } for c in b { $0 } let later = 3; }", "c", "b", "a")
    check_offers_none_of("fn f() { { let hidden = 2; } $0; let later = 3; }", "hidden", "later")
    check_offers_none_of("fn f() { let own = $0; }", "own")
    check_offers_none_of("fn f(a) { fn g(b) { $0 } }", "a")


def test_the_likeliest_comes_first() -> None:
    locals_ = "let phase_count = 1; let phase = 3; let has_phase = 4;"
    check_offers(f"fn f() {{ {locals_} phase$0 }}", "phase", "phase_count", "Phase", "has_phase")
    check_offers("fn f() { let tool_calls = 1; tc$0 }", "tool_calls")


def test_an_empty_word_offers_no_more_than_two_hundred() -> None:
    functions = "".join(f"fn f{number}() {{}}\n" for number in range(300))
    assert len(labels_at_cursor(f"{functions}fn main() {{ $0 }}")) == 200


def test_keywords_fit_their_place() -> None:
    check_offers("fn f() { for x in y { $0 } }", "break", "continue")
    check_offers_none_of("fn f() { $0 }", "break", "continue", "else", "in")
    check_offers("fn f() { if a { 1 } el$0 }", "else")
    assert labels_at_cursor("fn f() { for phase $0 }") == ["in"]
    check_offers_none_of("fn f() { let x = $0; }", "let", "for", "while")
    check_offers("fn f() { let x = $0; }", "if", "match", "async")
    check_offers("\n$0\n", "pub", "fn", "struct", "use")
    assert labels_at_cursor("impl Step { $0 }\nstruct Step;") == ["pub", "fn", "async"]


def test_types_in_annotations() -> None:
    check_offers("struct Step { title }\nfn f(x: $0) {}", "Step", "Session", "SessionLog", "Vec")
    check_offers("fn f() -> $0 {}", "Workflow", "String")
    check_offers("fn f() { let x: W$0 = 1; }", "Workflow")
    check_offers_none_of("fn f(y, x: $0) {}", "y", "f", "let", "println!")


def test_what_fits_in_the_pattern_of_an_arm() -> None:
    check_offers("enum Mood { Calm }\nfn f(x) { match x { $0 } }", "Mood", "None", "Some")
    check_offers("fn f(x) { match x { 1 => 2, S$0 } }", "Some")
    check_offers_none_of("fn f(x) { match x { $0 } }", "x", "let", "f")


def test_the_fields_that_a_struct_literal_lacks() -> None:
    assert labels_at_cursor("struct Step { title, level }\nfn f() { Step { title: 1, $0 } }") == ["level"]


def test_nothing_where_a_new_name_is_made_up() -> None:
    check_offers_nothing("fn f() { let $0 }")
    check_offers_nothing("fn f() { for $0 }")
    check_offers_nothing("fn f(na$0) {}")
    check_offers_nothing("fn f() { |na$0| 1 }")
    check_offers_nothing("fn na$0() {}")
    check_offers_nothing("struct Step { na$0 }")


def test_nothing_in_comments_strings_and_numbers() -> None:
    check_offers_nothing("pub fn codify_session(session) { // session.$0\n}")
    check_offers_nothing("pub fn codify_session(session) { /* session.$0 */ }")
    check_offers_nothing("pub fn codify_session(session) { /* session.$0")
    check_offers_nothing('pub fn codify_session(session) { "session.$0" }')
    check_offers_nothing('pub fn codify_session(session) { "session.$0 }')
    check_offers_nothing("pub fn codify_session(session) { `session.$0` }")
    check_offers_nothing('fn f(x) { println!("x $0") }')
    check_offers_nothing("/// About $0\nfn f() {}")
    check_offers_nothing("fn f() {}\n// About $0\nfn g() {}")
    check_offers_nothing("fn f() { let x = 12$0; }")
    check_offers_nothing("fn f() { 'a'$0 }")


def test_names_inside_templates_and_captures() -> None:
    check_members_of("Phase", "fn f(phase: Phase) { `at ${phase.$0} o'clock` }")
    check_offers("fn f(phase) { `at ${$0}` }", "phase")
    assert labels_at_cursor('fn f(phase) { println!("{$0}") }') == ["phase"]
    assert labels_at_cursor('fn f(phase, other) { let s = format!("at {ph$0}"); }') == ["phase"]


def test_a_capture_that_is_not_closed_yet() -> None:
    assert labels_at_cursor('fn f(phase) { println!("{} {ph$0", 1) }') == ["phase"]
    assert labels_at_cursor('fn f(phase) { println!("at {$0") }') == ["phase"]
    check_offers_nothing('fn f(phase) { println!("{{ph$0") }')


def test_patterns_and_fields_where_values_are_taken_apart() -> None:
    check_offers("fn f(x) { if let $0 = x { 1 } }", "None", "Some")
    assert labels_at_cursor("struct Step { title, level }\nfn f(x) { match x { Step { title, $0 } => 1 } }") == [
        "level"
    ]


def test_the_types_that_an_impl_block_can_be_for() -> None:
    check_offers("struct Step;\nimpl $0 {}", "Step")


def test_members_of_runes_own_types() -> None:
    check_offers("pub fn codify_session(session) { session.phases().$0 }", "push", "len", "iter", "is_empty")
    check_offers("pub fn codify_session(session) { session.phases().iter().map(|p| p.name).$0 }", "collect", "rev")
    check_offers("pub fn f() { let total = 0; `a ${total}`.$0 }", "is_empty", "split", "trim")


def test_what_lies_below_the_paths_of_std() -> None:
    check_offers("use std::collections::$0;", "hash_map", "HashMap")
    check_offers("pub fn f() { std::mem::$0 }", "drop")
    check_offers("pub fn f() { Vec::$0 }", "new", "with_capacity")
    check_offers("use std::collections::HashMap;\npub fn f() { let m = HashMap::new(); m.$0 }", "contains_key", "keys")


def test_what_the_script_uses_already_comes_first() -> None:
    text = "pub fn main() { let a = [1]; a.sort(); a.sort(); let b = [2]; b.$0 }"
    assert labels_at_cursor(text)[0] == "sort"
    check_offers("fn first() { last(); last() }\nfn last() { }\nfn main() { $0 }", "last", "first")


def test_members_between_two_dots() -> None:
    offered = labels_at_cursor("fn f(phase: Phase) { if !phase.$0.trim() { 1 } }")
    # A method would lack its parentheses there.
    assert offered == ["name", "agent", "callouts"]
    assert labels_at_cursor("fn f(phase: Phase) { phase.$0() }")[0] == "callouts"


def test_guesses_by_what_stands_behind_the_same_word_and_by_what_the_value_is_called() -> None:
    assert labels_at_cursor("fn f(bed) { bed.litres } fn g(bed) { bed.$0 }")[0] == "litres"
    assert labels_at_cursor("fn f(phase) { phase.$0 }")[:2] == ["callouts", "name"]
    assert labels_at_cursor("fn f(x) { x.phase.$0 }")[:2] == ["callouts", "name"]
    assert "starts_with" in labels_at_cursor("fn f(line) { line.st$0 }")


def test_the_keys_that_objects_of_the_script_have() -> None:
    assert labels_at_cursor("fn f() { let bed = #{ litres: 1, name: 2 }; bed.$0 }")[:3] == ["litres", "name", "get"]


def test_an_item_goes_on_behind_its_first_words() -> None:
    assert labels_at_cursor("pub $0") == ["fn", "async", "struct", "enum", "mod", "use", "const"]
    assert labels_at_cursor("pub async $0") == ["fn"]
    assert labels_at_cursor("struct Bed { }\nimpl Bed { pub $0 }") == ["fn", "async"]


def test_what_gives_what_is_wanted_comes_first() -> None:
    def first(text: str) -> list[str]:
        return labels_at_cursor(f"fn f(phase: Phase, text: String, list: Vec<String>) {{ {text} }}")[:3]

    assert first("if text.$0 { 1 }") == snapshot(["is_empty", "contains", "starts_with"])
    assert first("if !text.$0 { 1 }") == snapshot(["is_empty", "contains", "starts_with"])
    assert first("for letter in text.$0 { 1 }") == snapshot(["split", "chars", "split_str"])
    assert first("match text.$0 { Some(x) => 1 }") == snapshot(["split_once", "get", "char_at"])
    assert first("if let Some(at) = text.$0 { 1 }") == snapshot(["split_once", "get", "char_at"])
    assert first("list.iter().filter(|word| word.$0)") == snapshot(["is_empty", "contains", "starts_with"])
    assert first("list.sort_by(|a, b| a.$0)") == snapshot(["cmp", "len", "is_empty"])
    assert first("1 + text.$0") == snapshot(["len", "capacity", "is_empty"])
    assert first("text.push_str(phase.$0)") == snapshot(["name", "callouts", "agent"])


def test_what_goes_with_what_is_written_behind_comes_first() -> None:
    def first(text: str) -> list[str]:
        return labels_at_cursor(f"fn f(text: String, list: Vec<String>) {{ {text} }}")[:3]

    assert first('let x = text.$0("a", "b");') == snapshot(["replace", "len", "is_empty"])
    assert first("let x = list.iter().$0(|word| 1);") == snapshot(["map", "filter", "any"])
    assert first("let x = list.iter().$0(0, |sum, word| 1);") == snapshot(["fold", "map", "filter"])
    assert first("let x = list.iter().$0::<Vec>();") == snapshot(["collect", "sum", "product"])
    assert first("let x = text.$0() > 3;") == snapshot(["len", "capacity", "is_empty"])
    assert first("let x = text.$0 == 3;") == snapshot(["len", "capacity", "is_empty"])
    assert first("let x = text.$0()?;") == snapshot(["parse", "split_once", "get"])
    assert first("let x = text.$0.filter(|c| c == 'a');") == snapshot(["split", "chars", "split_str"])
    assert first("list.$0(1);") == snapshot(["push", "sort_by", "sort"])


def test_members_of_a_number_whose_dot_reads_as_a_part_of_it() -> None:
    check_offers("fn f() { let x = 12.$0; }", "to_string", "pow", "abs")
    check_offers("fn f() { let x = 12.$0(); }", "to_string", "abs")
    check_offers("fn f() { let x = 1.5.$0; }", "round", "floor")
    check_offers_nothing("fn f() { let x = 12.5$0; }")


def test_the_usual_first_of_all_that_iterate() -> None:
    check_offers("use std::collections::HashMap;\nfn f(map: HashMap) { map.keys().$0 }", "map", "filter", "collect")
    check_offers("fn f() { (1, 2).iter().$0 }", "map", "filter", "collect")


def test_guesses_by_where_a_value_comes_from() -> None:
    def check_is_text(text: str) -> None:
        assert labels_at_cursor(f"fn f(x) {{ {text} }}")[:5] == ["len", "is_empty", "split", "contains", "trim"]

    check_is_text('for part in x.split(",") { part.$0 }')
    check_is_text('for (place, part) in x.split(",").enumerate() { part.$0 }')
    check_is_text('x.split(",").map(|part| part.$0)')
    check_is_text('let parts = x.split(","); parts.map(|part| part.$0)')
    check_is_text('if let Some(part) = x.split(",").next() { part.$0 }')
    check_is_text('match x.split(",").next() { Some(part) => part.$0 }')
    check_is_text('let part = x.split(",").next().unwrap_or(""); part.$0')


def test_guesses_by_what_is_used_of_a_variable() -> None:
    assert labels_at_cursor("fn f(x) { let a = x; a.trim(); a.$0 }")[1:4] == ["len", "is_empty", "contains"]
    assert {"get", "insert"} <= set(labels_at_cursor("fn f(x) { let a = x; a.contains_key(1); a.$0 }")[:6])


def test_a_value_that_is_called_as_an_own_type_is_guessed_to_be_one() -> None:
    text = "struct Bed { litres }\nimpl Bed { fn is_dry(self) { true } }\nfn f(x) { x.iter().map(|bed| bed.$0) }"
    assert labels_at_cursor(text)[:2] == ["is_dry", "litres"]
