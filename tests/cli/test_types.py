"""`runekiln types`: what is known of a script, a line for each name, and as JSON."""

from __future__ import annotations

import json

from inline_snapshot import snapshot

from .conftest import Shell

SCRIPT = """\
mod beds;
const LIMIT = 3;
pub fn codify_session(session) {
    let count = beds::count();
    let names = session.phases().iter().map(|phase| phase.name).collect::<Vec>();
    names.len() < LIMIT
}
fn show(x) { x }
"""
BEDS = "pub fn count() { 1 }\n"


def test_names_and_functions_are_shown_with_their_types(shell: Shell) -> None:
    shell.write({"codify.rn": SCRIPT, "beds.rn": BEDS})
    ended = shell.run("types", "codify.rn")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout == snapshot("""\
2:7 constant LIMIT: i64
3:8 returns codify_session: bool
3:23 parameter session: Session
4:9 local count: i64
5:9 local names: Vec<String>
5:46 parameter phase: Phase
8:4 returns show: ?
8:9 parameter x: ?
""")


def test_each_expression_is_shown_on_request(shell: Shell) -> None:
    ended = shell.run("types", "--all", "-", stdin="fn half(n) {\n    (n + 1) /\n        2 == 1\n}\n")
    assert ended.stdout == snapshot("""\
1:4 returns half: bool
1:9 parameter n: ?
2:5 expression (n + 1) / 2 == 1: bool
2:5 expression (n + 1) / 2: ?
2:5 expression (n + 1): ?
2:6 expression n + 1: ?
2:6 expression n: ?
2:10 expression 1: i64
3:9 expression 2: i64
3:14 expression 1: i64
""")


def test_the_json_says_the_same(shell: Shell) -> None:
    shell.write({"codify.rn": SCRIPT, "beds.rn": BEDS})
    document = json.loads(shell.run("types", "codify.rn", "--format", "json").stdout)
    assert (document["version"], document["path"]) == (1, "codify.rn")
    count = next(each for each in document["types"] if each["text"] == "count")
    assert count == {
        "kind": "local",
        "text": "count",
        "range": {"start": {"line": 4, "column": 9, "byte": 68}, "end": {"line": 4, "column": 14, "byte": 73}},
        "type": "i64",
    }
    assert next(each["type"] for each in document["types"] if each["text"] == "x") is None


def test_a_script_that_does_not_compile_is_shown_as_far_as_it_is_known(shell: Shell) -> None:
    ended = shell.run("types", "-", stdin="fn f() {\n    let a = 1;\n    let b = ;\n    missing(a)\n}\n")
    assert (ended.code, ended.stdout) == (
        0,
        snapshot("""\
1:4 returns f: ?
2:9 local a: i64
3:9 local b: ?
"""),
    )


def test_a_folder_with_several_scripts_is_refused(shell: Shell) -> None:
    shell.write({"a.rn": "", "b.rn": ""})
    ended = shell.run("types", ".")
    assert (ended.code, ended.stderr) == (2, "runekiln: `types` shows those of one script: . has 2.\n")
