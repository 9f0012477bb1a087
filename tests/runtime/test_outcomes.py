"""However a script ends, the outcome says so and names the line that was running."""

from __future__ import annotations

import pytest
from runekiln_runtime.outcomes import (
    Failed,
    Finished,
    Limits,
    NotCompiled,
    Outcome,
    OutOfMemory,
    OutOfTime,
    Stopped,
)
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner

QUICK = Limits(seconds=0.5, memory_bytes=64 << 20, output_bytes=10_000)
PATIENT = Limits(seconds=60, memory_bytes=64 << 20, output_bytes=10_000)


def check_ends(runner: Runner, script: str, kind: type[Outcome], code: str, limits: Limits = PATIENT) -> Outcome:
    """Run `main`; the line that is marked by `// here` must be the one that is named."""
    outcome = run(runner, script, limits)
    assert not isinstance(outcome, Finished), outcome
    assert (type(outcome), outcome.error.code) == (kind, code), outcome
    place = outcome.error.frames[0]
    lines = script.encode().splitlines(keepends=True)
    named = script.encode()[: place.span[0]].count(b"\n")
    assert lines[named].rstrip().endswith(b"// here"), f"names line {named + 1}: {lines[named]!r}"
    return outcome


def run(runner: Runner, script: str, limits: Limits = PATIENT, **modules: str) -> Outcome:
    """Run `main` of a script with its modules."""
    files = {f"{name}.rn": text.encode() for name, text in modules.items()}
    request = Run((Source("main.rn", script.encode()),), "main", (), limits.output_bytes)
    return runner.run(request, limits, read=files.get)


def test_a_value_is_finished(runner: Runner) -> None:
    outcome = run(runner, 'pub fn main() { print!("x"); [1, 2] }')
    assert isinstance(outcome, Finished)
    assert (outcome.value.json, outcome.output) == ([1, 2], "x")
    assert outcome.stats.milliseconds > 0
    assert outcome.stats.fuel > 0
    assert outcome.stats.memory_bytes > 0


def test_the_same_run_burns_the_same_fuel(runner: Runner) -> None:
    script = "pub fn main() { let n = 0; while n < 1000 { n += 1; } n }"
    assert run(runner, script).stats.fuel == run(runner, script).stats.fuel


def test_modules_are_asked_for(runner: Runner) -> None:
    outcome = run(runner, "mod tools; pub fn main() { tools::dig() }", tools="pub fn dig() { 7 }")
    assert isinstance(outcome, Finished)
    assert outcome.value.json == 7


def test_an_endless_loop_is_out_of_time(runner: Runner) -> None:
    script = """
pub fn main() {
    println!("starting");
    loop {}  // here
}"""
    outcome = check_ends(runner, script, OutOfTime, "out-of-time", QUICK)
    assert outcome.output == "starting\n"


def test_an_endless_loop_in_a_closure_is_named(runner: Runner) -> None:
    script = """
pub fn main() {
    let numbers = [1, 2, 3].iter().map(|n| {
        while true {}  // here
        n
    });
    numbers.collect::<Vec>()
}"""
    check_ends(runner, script, OutOfTime, "out-of-time", QUICK)


def test_an_endless_loop_in_a_called_function_is_named(runner: Runner) -> None:
    script = """
fn dig(n) {
    while n >= 0 { n += 1; }  // here
}
pub fn main() {
    dig(1);
}"""
    check_ends(runner, script, OutOfTime, "out-of-time", QUICK)


def test_burnt_fuel_is_out_of_time(runner: Runner) -> None:
    script = "pub fn main() {\n    loop {}  // here\n}"
    outcome = check_ends(runner, script, OutOfTime, "out-of-fuel", Limits(fuel=100_000))
    assert outcome.stats.fuel == 100_000


def test_fuel_ends_a_run_at_the_same_instruction_every_time(runner: Runner) -> None:
    script = 'pub fn main() {\n    let n = 0;\n    loop { n += 1; println!("{n}"); }\n}'
    outputs = {run(runner, script, Limits(fuel=1_000)).output for _ in range(3)}
    assert len(outputs) == 1
    assert outputs.pop().startswith("1\n2\n3\n")


@pytest.mark.parametrize(
    "called",
    [
        "[1].iter().map(|n| dig(n)).collect::<Vec>()",
        "[2, 1].sort_by(|n, m| dig(n))",
        "let found = async { dig(1) }; found.await",
        "let holes = holes(); holes.next()",
    ],
)
def test_what_other_machines_do_burns_the_same_fuel(runner: Runner, called: str) -> None:
    script = f"""
fn dig(n) {{
    while true {{ n += 1; }} // here
}}
fn holes() {{
    yield dig(1);
}}
pub async fn main() {{
    {called}
}}"""
    check_ends(runner, script, OutOfTime, "out-of-fuel", Limits(fuel=100_000))


def test_recursion_without_end_is_out_of_memory(runner: Runner) -> None:
    script = """
fn dig(depth) {
    dig(depth + 1) + 1  // here
}
pub fn main() {
    dig(0)
}"""
    check_ends(runner, script, OutOfMemory, "out-of-memory")


def test_a_vector_that_grows_without_end_is_out_of_memory(runner: Runner) -> None:
    script = """
pub fn main() {
    let beds = [];
    loop {
        beds.push("a bed");  // here
    }
}"""
    check_ends(runner, script, OutOfMemory, "out-of-memory")


def test_a_text_that_doubles_without_end_is_out_of_memory(runner: Runner) -> None:
    script = """
pub fn main() {
    let text = "weeds ";
    loop {
        text = text + text;  // here
    }
}"""
    check_ends(runner, script, OutOfMemory, "out-of-memory")


def test_output_without_end_is_stopped_at_the_limit(runner: Runner) -> None:
    script = """
pub fn main() {
    loop {
        println!("weeds");  // here
    }
}"""
    outcome = check_ends(runner, script, Stopped, "output-limit")
    assert outcome.output.startswith("weeds\nweeds\n")
    assert len(outcome.output) <= 10_000


def test_native_recursion_without_end_is_a_stack_overflow(runner: Runner) -> None:
    script = """
fn dig(depth) {
    [depth].iter().map(|d| dig(d)).collect::<Vec>()  // here
}
pub fn main() {
    dig(0)
}"""
    check_ends(runner, script, Failed, "stack-overflow")


def test_a_panic_is_failed_with_its_words(runner: Runner) -> None:
    script = """
pub fn main() {
    panic!("no water");  // here
}"""
    outcome = check_ends(runner, script, Failed, "panic")
    assert isinstance(outcome, Failed)
    assert "no water" in outcome.error.message


def test_an_error_shows_who_called(runner: Runner) -> None:
    script = """
fn water(bed) {
    bed.litres  // here
}
fn tend(bed) {
    water(bed) + 1
}
pub fn main() {
    tend(#{ name: "A" })
}"""
    outcome = run(runner, script)
    assert isinstance(outcome, Failed)
    assert [frame.function for frame in outcome.error.frames] == ["water", "tend", "main"]
    start, end = outcome.error.frames[0].span
    assert script.encode()[start:end] == b"bed.litres"


def test_a_script_with_errors_is_not_run(runner: Runner) -> None:
    outcome = run(runner, "pub fn main() { dig() }")
    assert isinstance(outcome, NotCompiled)
    assert [problem.code for problem in outcome.files[0].problems] == ["missing-item"]


@pytest.mark.parametrize("script", ["pub fn main() { loop {} }", "pub fn main() { panic!() }"])
def test_the_next_run_knows_nothing_of_the_last(runner: Runner, script: str) -> None:
    assert not isinstance(run(runner, script, QUICK), Finished)
    again = run(runner, "pub fn main() { 1 }")
    assert isinstance(again, Finished)


@pytest.mark.parametrize(
    ("digging", "kind"),
    [
        ("loop {}", OutOfTime),
        ("let holes = []; loop { holes.push([holes.len(), 1, 2, 3]); }", OutOfMemory),
        ('let holes = []; holes.push(holes); println!("{holes:?}");', Failed),
        ('panic!("a stone")', Failed),
    ],
)
def test_a_run_that_ends_in_the_file_of_a_module_names_that_file(
    runner: Runner, digging: str, kind: type[Outcome]
) -> None:
    tools = f"// Tools of the garden.\npub fn dig() {{ {digging} }}"
    script = "mod shed;\nmod tools;\npub fn main() { tools::dig() }"
    limits = QUICK if kind is OutOfTime else PATIENT
    outcome = run(runner, script, limits, shed="pub fn open() {}", tools=tools)
    assert not isinstance(outcome, Finished), outcome
    assert type(outcome) is kind, outcome
    place = outcome.error.frames[0]
    assert place.path == "tools.rn"
    assert tools[: place.span[0]].count("\n") == 1


GROWTH = [
    'texts.push("a text that is long enough to matter".to_uppercase());',
    "text += text.clone();",
    "text = `${text}${text}`;",
    "texts.extend(texts.clone());",
    "texts = [texts];",
    "object.insert(`${object.len()}`, texts.clone());",
    'steps.add_step("dig", "gardener");',
]


@pytest.mark.parametrize(
    ("growth", "megabytes"), [*((growth, 64) for growth in GROWTH), *((growth, 256) for growth in GROWTH[1:3])]
)
def test_whatever_grows_without_end_is_out_of_memory(runner: Runner, growth: str, megabytes: int) -> None:
    script = f"""
pub fn main() {{
    let text = "x";
    let texts = ["y"];
    let object = #{{}};
    let steps = Workflow::new();
    loop {{
        {growth} // here
    }}
}}
"""
    check_ends(runner, script, OutOfMemory, "out-of-memory", Limits(seconds=60, memory_bytes=megabytes << 20))
