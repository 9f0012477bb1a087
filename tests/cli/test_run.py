"""`runekiln run`: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from runekiln_server.cli.main import main

from .conftest import GARDEN, Shell

SESSIONS = sorted(path.parent for path in GARDEN.glob(".crucible/sessions/*/expected.md"))
CODIFY = """
pub fn codify_session(session) {
    println!("codifying {}", session.id);
    let workflow = Workflow::new();
    for phase in session.phases() {
        workflow.add_step(phase.name, phase.agent);
    }
    workflow.optimize();
    workflow
}
"""
LOG = """---
type: session
session_id: s1
started: 2026-01-01T10:00:00Z
status: completed
---

## Dig @gardener

## Water
"""
TWO_ENTRIES = "pub fn dig(depth, width) { depth * width }\npub fn water(bed: String) { bed }\n"


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.name)
def test_every_session_of_the_garden_codifies_to_what_is_expected(garden: Shell, session: Path) -> None:
    [log] = session.glob("session.*")
    ended = garden.run("run", ".crucible/scripts/codify.rn", "--session", str(log))
    assert ended.code == 0
    assert ended.stdout == (session / "expected.md").read_text(encoding="utf-8")


def test_what_a_damaged_log_lacks_is_told_with_its_line(garden: Shell) -> None:
    log = ".crucible/sessions/chat-20260704-2210-dead/session.jsonl"
    ended = garden.run("run", ".crucible/scripts/codify.rn", "--session", log, "--format", "json")
    expected = (GARDEN / log).with_name("expected-warnings.txt").read_text(encoding="utf-8")
    lines = [int(line.split(":")[0]) for line in expected.splitlines()]
    assert [warning["line"] for warning in json.loads(ended.stdout)["warnings"]] == lines


def test_a_workflow_stands_alone_on_standard_output(shell: Shell) -> None:
    shell.write({"codify.rn": CODIFY, "log.md": LOG})
    ended = shell.run("run", "codify.rn", "--session", "log.md")
    assert (ended.code, ended.stdout, ended.stderr) == snapshot(
        (
            0,
            """\
---
type: workflow
---

## Dig @gardener

## Water
""",
            "codifying s1\n",
        )
    )


def test_other_values_come_after_what_was_printed(shell: Shell) -> None:
    shell.write({"main.rn": 'pub fn main() { println!("digging"); #{ depth: 2, beds: ["A", "B"] } }'})
    ended = shell.run("run", "main.rn")
    assert (ended.code, ended.stdout, ended.stderr) == snapshot(
        (
            0,
            """\
digging
#{ beds: ["A", "B"], depth: 2 }
""",
            "",
        )
    )


def test_a_text_is_shown_as_it_is_and_nothing_as_nothing(shell: Shell) -> None:
    shell.write({"text.rn": 'pub fn main() { "# Beds\\n\\n- A\\n" }', "nothing.rn": "pub fn main() { }"})
    assert shell.run("run", "text.rn").stdout == "# Beds\n\n- A\n"
    assert shell.run("run", "nothing.rn").stdout == ""


def test_json_has_the_promised_shape(shell: Shell) -> None:
    shell.write({"main.rn": 'pub fn main() { println!("digging"); [1, 2.5, None] }'})
    document = json.loads(shell.run("run", "main.rn", "--format", "json").stdout)
    assert set(document.pop("stats")) == {"milliseconds", "fuel", "memory_bytes"}
    assert document == snapshot(
        {
            "outcome": "finished",
            "type": "Vec",
            "value": [1, 2.5, None],
            "view": {"json": [1, 2.5, None], "kind": "tree"},
            "output": "digging\n",
            "error": None,
            "warnings": [],
            "effects": [],
        }
    )


def test_a_failed_run_shows_the_line_and_who_called(shell: Shell) -> None:
    script = 'fn dig(depth) {\n    if depth > 2 {\n        panic!("rock at {depth}");\n    }\n    dig(depth + 1);\n}\n'
    shell.write({"main.rn": f"{script}\npub fn main() {{\n    dig(0);\n}}\n"})
    ended = shell.run("run", "main.rn")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr == snapshot("""\
error[panic]: rock at 3
 --> main.rn:3:9
  |
3 |         panic!("rock at {depth}");
  |         ^^^^^^^^^^^^^^^^^^^^^^^^^
  = in: `dig`
  = called by: `dig` at main.rn:5:5
  = called by: `main` at main.rn:9:5
""")


def test_a_script_that_does_not_compile_is_not_run(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() {\n    harvest()\n}\n"})
    ended = shell.run("run", "main.rn")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr == snapshot("""\
error[missing-item]: There is no `harvest` here
 --> main.rn:2:5
  |
2 |     harvest()
  |     ^^^^^^^

1 error in 1 file
""")
    document = json.loads(shell.run("run", "main.rn", "--format", "json").stdout)
    assert (document["outcome"], document["error"]) == snapshot(
        (
            "not-compiled",
            {
                "code": "missing-item",
                "message": "There is no `harvest` here",
                "frames": [
                    {
                        "path": "main.rn",
                        "range": {
                            "start": {"line": 2, "column": 5, "byte": 20},
                            "end": {"line": 2, "column": 12, "byte": 27},
                        },
                        "function": "main",
                    }
                ],
            },
        )
    )


def test_a_broken_head_is_told_rather_than_a_missing_entry(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn (bed) { bed }\n"})
    ended = shell.run("run", "main.rn")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr == snapshot("""\
error[expected-name]: Expected the name of the function, found `(`
 --> main.rn:1:8
  |
1 | pub fn (bed) { bed }
  |        ^

1 error in 1 file
""")


def test_arguments_are_json_and_become_host_types(shell: Shell) -> None:
    shell.write({"handler.rn": 'pub fn handle_callout(callout) { callout.type + ": " + callout.content }'})
    callout = '{"type": "decision", "content": "Dig deeper"}'
    assert shell.run("run", "handler.rn", "--arg", callout).stdout == snapshot("decision: Dig deeper\n")


@pytest.mark.parametrize(
    ("wanted", "argument", "shown"),
    [
        ("Vec<Callout>", '[{"type": "note"}]', '[Callout { type: "note", title: None, content: "" }]\n'),
        ("Option<Callout>", '{"type": "note"}', 'Some(Callout { type: "note", title: None, content: "" })\n'),
        ("Option<i64>", "null", "None\n"),
        ("Plan", '{"a": 1}', "#{ a: 1 }\n"),
    ],
)
def test_an_argument_has_the_type_that_is_written(shell: Shell, wanted: str, argument: str, shown: str) -> None:
    shell.write({"main.rn": f"pub fn main(x: {wanted}) {{ x }}\n"})
    assert shell.run("run", "main.rn", "--arg", argument).stdout == shown


def test_an_argument_may_be_made_of_a_file_of_the_kiln(shell: Shell) -> None:
    shell.write({".crucible/scripts/title.rn": "pub fn main(note: Note) { [note.title, note.path] }\n"})
    shell.write({"Beds/Salad.md": "# Lettuce\n"})
    ended = shell.run("run", ".crucible/scripts/title.rn", "--arg", "@Beds/Salad.md")
    assert ended.stdout == '["Lettuce", "Beds/Salad.md"]\n'


def test_a_file_that_is_not_there_is_named(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main(note: Note) { note }\n"})
    ended = shell.run("run", "main.rn", "--arg", "@absent.md")
    assert (ended.code, ended.stderr) == snapshot(
        (2, "runekiln: The file absent.md for `note` cannot be read: No such file or directory.\n")
    )


def test_a_file_that_cannot_become_the_type_is_refused(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main(x: i64) { x }\n", "note.md": ""})
    ended = shell.run("run", "main.rn", "--arg", "@note.md")
    assert ended.code == 1
    assert ended.stderr.startswith(
        "error[bad-argument]: argument 1, `x`: the file note.md cannot become `i64`: files become a Note, Frontmatter,"
    )


def test_what_calls_a_function_by_an_attribute_says_its_types(shell: Shell) -> None:
    shell.write({"due.rn": '#[frontmatter(type = "plan")]\npub fn plan(it) { it.get("due") }\n'})
    shell.write({"Plan.md": "---\ntype: plan\ndue: 2026-05-01\n---\n"})
    assert shell.run("run", "due.rn", "--arg", "@Plan.md").stdout == snapshot('Some("2026-05-01")\n')


def test_an_argument_of_another_type_is_refused(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main(x: i64) { x }\n"})
    ended = shell.run("run", "main.rn", "--arg", '"3"')
    assert (ended.code, ended.stderr) == snapshot(
        (1, "error[bad-argument]: argument 1, `x`: `i64` is wanted, not a String\n")
    )


def test_an_argument_that_nests_too_deeply_is_refused(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main(x) { x }\n"})
    ended = shell.run("run", "main.rn", "--arg", "[" * 5000 + "]" * 5000)
    assert (ended.code, ended.stderr) == (2, "runekiln: The argument for `x` nests too deeply.\n")


def test_an_entry_is_chosen_by_name(shell: Shell) -> None:
    shell.write({"beds.rn": TWO_ENTRIES})
    assert shell.run("run", "beds.rn", "dig", "--arg", "2", "--arg", "3").stdout == "6\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            [],
            snapshot("runekiln: The script has 2 entries and none is `main`. Name one of `dig`, `water`.\n"),
            id="which entry?",
        ),
        pytest.param(
            ["rake"],
            snapshot("runekiln: The script has no entry `rake`. Its entries are `dig`, `water`.\n"),
            id="no such entry",
        ),
        pytest.param(
            ["dig"],
            snapshot("runekiln: `dig(depth, width)` needs an argument for each of `depth`, `width`; 0 given.\n"),
            id="arguments missing",
        ),
        pytest.param(
            ["water", "--arg", "1", "--arg", "2"],
            snapshot("runekiln: `water(bed: String)` needs an argument for each of `bed: String`; 2 given.\n"),
            id="too many arguments",
        ),
        pytest.param(
            ["water", "--arg", "A"],
            snapshot("""\
runekiln: The argument for `bed` is not JSON: invalid character (byte 0). Strings need quotes; a file is @FILE.
"""),
            id="no JSON",
        ),
        pytest.param(
            ["dig", "--session", "log.md"],
            snapshot("runekiln: `dig(depth, width)` takes no session.\n"),
            id="no session wanted",
        ),
        pytest.param(
            ["dig", "--time-limit", "-1"],
            snapshot("""\
runekiln: the settings have mistakes:
--time-limit must be a number above 0 and up to 86400
"""),
            id="impossible limit",
        ),
        pytest.param(
            ["dig", "--memory-limit", "1"],
            snapshot("""\
runekiln: the settings have mistakes:
--memory-limit must be a whole number from 32 to 4096
"""),
            id="too little memory",
        ),
    ],
)
def test_what_cannot_be_run_is_a_wrong_usage_that_says_why(shell: Shell, arguments: list[str], message: str) -> None:
    shell.write({"beds.rn": TWO_ENTRIES, "log.md": LOG})
    ended = shell.run("run", "beds.rn", *arguments)
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr == message


def test_standard_input_is_no_script(shell: Shell) -> None:
    ended = shell.run("run", "-", stdin=TWO_ENTRIES)
    assert (ended.code, ended.stderr) == (2, "runekiln: standard input cannot be run: name a file.\n")


def test_the_only_session_of_a_kiln_is_taken_and_several_are_listed(shell: Shell) -> None:
    shell.write({".crucible/sessions/s1/session.md": LOG, "titles.rn": "pub fn main(session: Session) { session.id }"})
    assert shell.run("run", "titles.rn").stdout == "s1\n"
    shell.write({".crucible/sessions/s2/session.md": LOG.replace("s1", "s2").replace("2026", "2027")})
    ended = shell.run("run", "titles.rn")
    assert ended.code == 2
    assert ended.stderr.replace(str(shell.folder), "…") == snapshot("""\
runekiln: `main(session: Session)` takes a session: name its log.
  --session .crucible/sessions/s2/session.md   s2
  --session .crucible/sessions/s1/session.md   s1
""")
    shell.write({".crucible/runekiln.toml": '[run]\nsession = ".crucible/sessions/s2/session.md"\n'})
    assert shell.run("run", "titles.rn").stdout == "s2\n"


def test_ctrl_c_ends_the_run_and_tells_how_far_it_was(shell: Shell, capfd: pytest.CaptureFixture[str]) -> None:
    shell.write({"main.rn": "pub fn main() {\n    loop {}\n}\n"})
    before = signal.getsignal(signal.SIGINT)

    def press_ctrl_c() -> None:
        while signal.getsignal(signal.SIGINT) == before:
            pass
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press_ctrl_c, daemon=True).start()
    assert main(["run", str(shell.folder / "main.rn"), "--time-limit", "60"]) == 130
    assert "error[user-stop]: stopped by the user\n" in capfd.readouterr().err
    assert signal.getsignal(signal.SIGINT) == before


def test_limits_are_given_on_the_command_line(shell: Shell) -> None:
    shell.write({"main.rn": "pub fn main() {\n    loop {}\n}\n"})
    ended = shell.run("run", "main.rn", "--time-limit", "0.2")
    assert ended.code == 1
    assert ended.stderr == snapshot("""\
error[out-of-time]: not finished after 0.2 seconds
 --> main.rn:2:5
  |
2 |     loop {}
  |     ^^^^
  = in: `main`
  = help: `--time-limit SECONDS` or the setting `run.timeLimitSeconds` gives it longer
""")


def test_an_agent_that_nobody_asked_is_named_in_the_warnings(shell: Shell) -> None:
    asking = (
        "use crucible::agent::AgentHandle;\n\npub async fn ask(agent: AgentHandle) {\n"
        '    agent.send("Which beds are dry?").await?.content\n}\n'
    )
    shell.write({"ask.rn": asking})
    ended = shell.run("run", "ask.rn", "ask", "--arg", "{}")
    assert ended.stdout == "(a sample, no agent was asked: Which beds are dry?)\n"
    assert "warning: `crucible::agent::AgentHandle::send` answered with a sample: " in ended.stderr
