"""The types of local names: told where they are plain to see, and never guessed."""

from __future__ import annotations

from inline_snapshot import snapshot

from .fixtures import show_types


def test_literals_and_what_is_built_from_them() -> None:
    assert show_types("""
fn f() {
    let text = "a";
    let template = `a ${text}`;
    let formatted = format!("{text}");
    let whole = 1;
    let hexadecimal = 0xfe;
    let part = 1.5;
    let yes = true;
    let letter = 'a';
    let list = [1, 2];
    let object = #{ a: 1 };
    let pair = (1, "a");
    let second = pair.1;
    let (left, right) = pair;
    let is_text = text is String;
    let grouped = ("a");
    let chosen = if yes { 1 } else { 2 };
    let mixed = if yes { 1 } else { "a" };
    let block = { let inner = 1; "a" };
    let sum = whole + part;
    $0
}
""") == snapshot("""\
text: String
template: String
formatted: String
whole: i64
hexadecimal: i64
part: f64
yes: bool
letter: char
list: Vec<i64>
object: Object{a: i64}
pair: (i64, String)
second: String
left: i64
right: String
is_text: bool
grouped: String
chosen: i64
mixed: i64 | String
block: String
sum: ?\
""")


def test_chains_over_the_hosts_types() -> None:
    assert show_types("""
pub fn codify_session(session) {
    let phases = session.phases();
    let count = phases.len();
    let first = phases[0];
    let counted = phases[count];
    let some = phases[0..1];
    let name = first.name;
    let agent = phases.pop().unwrap().agent;
    let kept = phases.iter().filter(|phase| phase.name != "").collect::<Vec>();
    let newest = Session::newest().await?;
    let machine = StateMachine::new().state("idle", handler);
    let unknown = session.nothing();
    $0
}
""") == snapshot("""\
session: Session
phases: Vec<Phase>
count: u64
first: Phase
counted: Phase
some: ?
name: String
agent: Option<String>
kept: Vec<Phase>
newest: Session
machine: StateMachine
unknown: ?\
""")


def test_loops_take_the_elements() -> None:
    assert show_types("""
pub fn codify_session(session) {
    for phase in session.phases() {
        for (number, callout) in phase.callouts().iter().enumerate() {
            for index in 0..10 {
                for thing in unknown {
                    $0
                }
            }
        }
    }
}
""") == snapshot("""\
session: Session
phase: Phase
number: u64
callout: Callout
index: i64
thing: ?\
""")


def test_patterns_take_values_apart() -> None:
    assert show_types("""
fn f(phases: Vec<Phase>, outcome: Result<Phase, StateError>) {
    if let Some(last) = phases.pop() {
        match outcome {
            Ok(phase) => 1,
            Err(error) if error.message != "" => $0
        }
    }
}
""") == snapshot("""\
phases: Vec<Phase>
outcome: Result<Phase, StateError>
last: Phase
error: StateError\
""")


def test_a_catch_all_arm_has_the_type_of_what_is_matched() -> None:
    assert show_types("fn f(phase: Phase) { match phase { other => $0 } }") == snapshot("""\
phase: Phase
other: Phase\
""")


def test_own_functions_give_what_they_state_or_plainly_end_with() -> None:
    assert show_types("""
fn stated() -> Workflow { anything() }
/// @return Phase | Session
fn documented() { anything() }
fn shown() { let workflow = Workflow::new(); workflow }
fn early(x) { if x { return 1; } Workflow::new() }
fn endless(x) { if x { endless(x) } else { endless(x) } }
async fn later() { Workflow::new() }
fn f() {
    let a = stated();
    let b = documented();
    let c = shown();
    let d = early(1);
    let e = endless(1);
    let g = later();
    let h = later().await;
    $0
}
""") == snapshot("""\
a: Workflow
b: Phase | Session
c: Workflow
d: i64 | Workflow
e: ?
g: Future<Workflow>
h: Workflow\
""")


def test_own_types_and_their_methods() -> None:
    assert show_types("""
struct Step { title: String, phases: Vec<Phase>, extra }
impl Step {
    fn new(title) { Step { title, phases: [], extra: 1 } }
    fn first(self) -> Phase { self.phases[0] }
    fn same(self) { self }
}
fn f() {
    let step = Step::new("a");
    let title = step.title;
    let extra = step.extra;
    let first = step.same().first();
    $0
}
""") == snapshot("""\
step: Step
title: String
extra: ?
first: Phase\
""")


def test_imports_and_own_names_decide_what_a_name_means() -> None:
    assert show_types("""
mod own { pub struct Workflow { steps } }
use crucible::workflow::Workflow as Plan;
fn f(a: Plan, b: own::Workflow, c: crucible::session::Phase) {
    use own::Workflow;
    let d = Plan::new();
    let e = Workflow::new();
    $0
}
""") == snapshot("""\
a: Workflow
b: own::Workflow
c: Phase
d: Workflow
e: ?\
""")


def test_an_import_hides_the_hosts_name() -> None:
    assert show_types("""
mod own { pub struct Workflow { steps } }
use own::Workflow;
fn f() { let a = Workflow::new(); let b = Workflow { steps: 1 }; $0 }
""") == snapshot("""\
a: ?
b: Workflow\
""")


def test_assignments_of_another_type_end_the_knowledge() -> None:
    assert show_types("""
fn f(x) {
    let kept = 1;
    let lost = 1;
    let annotated: i64 = 1;
    kept = 2;
    lost = x;
    annotated = x;
    $0
}
""") == snapshot("""\
x: ?
kept: i64
lost: ?
annotated: i64\
""")


def test_closures_do_not_know_their_parameters_unless_stated_or_called_by_a_known_method() -> None:
    assert show_types("pub fn codify_session(s) { let f = |a, b: Phase| $0 }") == snapshot("""\
s: Session
a: ?
b: Phase\
""")
    assert show_types("pub fn codify_session(s) { s.phases().iter().any(|phase| $0) }") == snapshot("""\
s: Session
phase: Phase\
""")
    assert show_types("pub fn codify_session(s) { s.phases().iter().fold(0, |sum, phase| $0) }") == snapshot("""\
s: Session
sum: ?
phase: Phase\
""")


def test_documentation_types_parameters_and_may_describe_them() -> None:
    assert show_types("""
/// Counts.
/// @param phases: Vec<Phase> - those of one session
/// @param limit: i64
/// @param wrong: not a type
fn f(phases, limit, wrong) { $0 }
""") == snapshot("""\
phases: Vec<Phase>
limit: i64
wrong: ?\
""")


def test_a_chain_without_end_is_not_followed() -> None:
    calls = ".clone()" * 1000
    assert show_types(f"fn f(phase: Phase) {{ let copy = phase{calls}; $0 }}") == "phase: Phase\ncopy: ?"


def test_functions_that_call_each_other_without_end_are_not_followed() -> None:
    calls = "".join(f"fn f{n}() {{ let a = f{n + 1}(); let b = [a][0]; (a.clone().clone()) }}\n" for n in range(300))
    assert show_types(f"{calls}fn f() {{ let deep = f0(); $0 }}") == "deep: ?"


def test_operators_give_what_the_types_before_and_behind_them_say() -> None:
    assert show_types("""
fn f(bytes: Bytes, ages: Object<u64>, pair: (i64, i64), either: i64 | f64) {
    let sum = 1 + 2u64;
    let joined = "a" + "b";
    let nothing = 1 + "a";
    let ratio = 1.5 / 2.0;
    let negative = -ratio;
    let other = !true;
    let less = 1 < 2;
    let same = 'a' == 'b';
    let both = less && same;
    let bits = 1 << 3 | 4;
    let doubled = either + either;
    let byte = bytes[0];
    let age = ages["ada"];
    let letter = b'a';
    for each in pair { let next = each + 1; $0 }
}
""") == snapshot("""\
bytes: Bytes
ages: Object<u64>
pair: (i64, i64)
either: i64 | f64
sum: i64
joined: String
nothing: ?
ratio: f64
negative: f64
other: bool
less: bool
same: bool
both: bool
bits: i64
doubled: i64 | f64
byte: u64
age: u64
letter: u64
each: i64
next: i64\
""")


def test_what_is_collected_is_of_the_type_that_is_asked_for() -> None:
    assert show_types("""
use std::collections::{HashMap, HashSet, VecDeque};
fn f(names: Vec<String>, ages: Object<i64>) {
    let list = names.iter().collect::<Vec>();
    let queue = names.iter().collect::<VecDeque>();
    let set = names.iter().collect::<HashSet>();
    let map = ages.iter().collect::<HashMap>();
    let by_path = ages.iter().collect::<std::collections::HashMap>();
    let object = ages.iter().collect::<Object>();
    let text = names.iter().collect::<String>();
    let tuple = names.iter().collect::<Tuple>();
    let lengths = names.iter().map(|name| name.len()).sum::<i64>();
    let no_such = names.iter().collect::<Result>();
    $0
}
""") == snapshot("""\
names: Vec<String>
ages: Object<i64>
list: Vec<String>
queue: VecDeque<String>
set: HashSet<String>
map: HashMap<String, i64>
by_path: HashMap<String, i64>
object: Object<i64>
text: String
tuple: Tuple
lengths: i64
no_such: ?\
""")
