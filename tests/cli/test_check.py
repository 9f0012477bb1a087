"""`runekiln check`: what it says of scripts, in each format."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from inline_snapshot import snapshot

from .conftest import COMMAND, Shell

FINE = "pub fn main() { 1 }\n"
# An unknown name behind a character that is one column, two UTF-16 units and four bytes.
UNKNOWN_NAME = 'pub fn main() {\n    let bee = "🐝"; honey(bee)\n}\n'
UNUSED = "pub fn main() {\n    1;\n    2\n}\n"


def test_full_draws_the_source_line_with_carets(shell: Shell) -> None:
    shell.write({"bees.rn": UNKNOWN_NAME, "beds.rn": FINE})
    ended = shell.run("check", "bees.rn", "beds.rn")
    assert (ended.code, ended.stderr) == (1, "")
    assert ended.stdout == snapshot("""\
error[missing-item]: There is no `honey` here
 --> bees.rn:2:20
  |
2 |     let bee = "🐝"; honey(bee)
  |                     ^^^^^

1 error in 2 files
""")


def test_concise_is_one_line_a_problem(shell: Shell) -> None:
    shell.write({"bees.rn": UNKNOWN_NAME})
    ended = shell.run("check", "--format", "concise", "bees.rn")
    assert (ended.code, ended.stdout) == snapshot((1, "bees.rn:2:20: error[missing-item] There is no `honey` here\n"))


def test_json_has_the_promised_shape(shell: Shell) -> None:
    shell.write({"bees.rn": UNKNOWN_NAME, "beds.rn": FINE})
    ended = shell.run("check", "--format", "json", ".")
    assert ended.code == 1
    assert json.loads(ended.stdout) == snapshot(
        {
            "version": 1,
            "files": [
                {"path": "beds.rn", "problems": []},
                {
                    "path": "bees.rn",
                    "problems": [
                        {
                            "code": "missing-item",
                            "severity": "error",
                            "message": "There is no `honey` here",
                            "range": {
                                "start": {"line": 2, "column": 20, "byte": 38},
                                "end": {"line": 2, "column": 25, "byte": 43},
                            },
                            "related": [],
                            "fixes": [],
                        }
                    ],
                },
            ],
            "summary": {"files": 2, "errors": 1, "warnings": 0},
        }
    )


def test_sarif_has_rules_results_and_regions(shell: Shell) -> None:
    shell.write({"the bees.rn": UNKNOWN_NAME})
    ended = shell.run("check", "--format", "sarif", "the bees.rn")
    assert ended.code == 1
    document = json.loads(ended.stdout)
    [run] = document["runs"]
    assert document["version"] == "2.1.0"
    assert run["tool"]["driver"]["name"] == "runekiln"
    assert run["results"] == snapshot(
        [
            {
                "ruleId": "missing-item",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": "There is no `honey` here"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "the%20bees.rn"},
                            "region": {
                                "startLine": 2,
                                "startColumn": 20,
                                "endLine": 2,
                                "endColumn": 25,
                                "byteOffset": 38,
                                "byteLength": 5,
                            },
                        }
                    }
                ],
            }
        ]
    )


def test_github_annotates_the_line(shell: Shell) -> None:
    shell.write({"a.rn": UNKNOWN_NAME})
    assert shell.run("check", "--format", "github", "a.rn").stdout == snapshot(
        "::error file=a.rn,line=2,endLine=2,col=20,endColumn=25,title=runekiln missing-item::There is no `honey` here\n"
    )


def test_scripts_without_problems_are_fine(shell: Shell) -> None:
    shell.write({"beds.rn": FINE})
    ended = shell.run("check", "beds.rn")
    assert (ended.code, ended.stdout, ended.stderr) == (0, "no problems in 1 file\n", "")


def test_folders_are_searched_but_not_what_is_hidden_or_ignored(shell: Shell) -> None:
    shell.write(
        {
            "a.rn": FINE,
            "deep/er/b.rn": FINE,
            "notes.md": "# Notes",
            ".crucible/scripts/c.rn": FINE,
            ".crucible/plugins/.cache/hidden.rn": FINE,
            ".git/hidden.rn": FINE,
            ".gitignore": "/build/\n*.tmp.rn\n!keep.tmp.rn\n",
            "build/ignored.rn": FINE,
            "deep/build/kept.rn": FINE,
            "ignored.tmp.rn": FINE,
            "keep.tmp.rn": FINE,
            "deep/.gitignore": "er/drafts/*\n",
            "deep/er/drafts/ignored.rn": FINE,
        }
    )
    assert checked_files(shell, ".") == snapshot(
        [".crucible/scripts/c.rn", "a.rn", "deep/build/kept.rn", "deep/er/b.rn", "keep.tmp.rn"]
    )
    assert checked_files(shell, "deep") == snapshot(["deep/build/kept.rn", "deep/er/b.rn"])


def test_a_file_that_is_named_is_checked_even_if_it_is_ignored(shell: Shell) -> None:
    shell.write({".gitignore": "*.rn\n", "a.rn": FINE})
    assert checked_files(shell, "a.rn", "a.rn", "./a.rn") == ["a.rn"]


def test_without_a_path_the_kiln_around_is_checked(shell: Shell) -> None:
    shell.write({".crucible/scripts/a.rn": FINE, "Beds/b.rn": FINE, "Beds/Berries.md": "# Berries"})
    assert checked_files(Shell(shell.folder / "Beds")) == ["../.crucible/scripts/a.rn", "b.rn"]


def test_without_a_path_and_a_kiln_there_is_nothing_to_check(shell: Shell) -> None:
    ended = shell.run("check")
    assert (ended.code, ended.stderr) == snapshot(
        (2, "runekiln: no kiln around this folder (no folder with `.crucible` in it): name files or folders.\n")
    )


def test_a_path_that_is_not_there_is_a_wrong_usage(shell: Shell) -> None:
    ended = shell.run("check", "nowhere.rn")
    assert (ended.code, ended.stderr) == (2, "runekiln: nowhere.rn cannot be read: No such file or directory.\n")


def test_standard_input_has_the_name_and_the_modules_that_are_given(shell: Shell) -> None:
    shell.write({"scripts/tools.rn": "pub fn dig() { spade() }\n"})
    script = "mod tools;\npub fn main() { tools::dig() }\n"
    ended = shell.run("check", "--format", "concise", "-", "--stdin-path", "scripts/main.rn", stdin=script)
    assert (ended.code, ended.stdout) == snapshot(
        (1, "scripts/tools.rn:1:16: error[missing-item] There is no `spade` here\n")
    )


def test_a_module_of_two_scripts_is_reported_once(shell: Shell) -> None:
    user = "mod tools;\npub fn main() { tools::dig() }\n"
    shell.write({"a.rn": user, "b.rn": user, "tools.rn": "pub fn dig() { spade() }\n"})
    ended = shell.run("check", "--format", "concise", ".")
    assert ended.stdout == snapshot("tools.rn:1:16: error[missing-item] There is no `spade` here\n")


def test_what_one_script_does_not_use_of_a_module_another_may(shell: Shell) -> None:
    shell.write(
        {
            "dig.rn": "mod tools;\npub fn main() { tools::dig() }\n",
            "rake.rn": "mod tools;\npub fn main() { tools::rake() }\n",
            "tools.rn": "pub fn dig() { 1 }\npub fn rake() { 2 }\nfn weed() { 3 }\n",
        }
    )
    ended = shell.run("check", "--format", "concise", ".")
    assert ended.stdout == snapshot("tools.rn:3:4: warning[not-used] `weed` is not used\n")


def test_a_module_of_a_module_is_judged_from_the_script_above_both(shell: Shell) -> None:
    shell.write(
        {
            "main.rn": "mod beds;\npub fn main() { beds::soil::kind() }\n",
            "beds/mod.rn": "pub mod soil;\npub fn count() { 4 }\n",
            "beds/soil.rn": "pub fn kind() { crate::beds::count() }\n",
        }
    )
    ended = shell.run("check", ".")
    assert (ended.code, ended.stdout) == (0, "no problems in 3 files\n")


def test_files_that_pull_in_each_other_are_checked_too(shell: Shell) -> None:
    shell.write({"a.rn": "mod b;\npub fn main() { honey() }\n", "b.rn": "mod a;\n"})
    assert (
        "a.rn:2:17: error[missing-item] There is no `honey` here\n"
        in shell.run("check", "--format", "concise", ".").stdout
    )


def test_a_pipe_with_the_name_of_a_module_is_not_read(shell: Shell) -> None:
    shell.write({"main.rn": "mod tools;\npub fn main() { 1 }\n"})
    os.mkfifo(shell.folder / "tools.rn")
    assert "error[missing-module]" in shell.run("check", "main.rn").stdout


def test_a_path_commands_no_terminal(shell: Shell) -> None:
    shell.write({"a\x1b[2J\nb.rn": UNKNOWN_NAME})
    for wanted in ("full", "concise"):
        assert "a\ufffd[2J\ufffdb.rn:2:20" in shell.run("check", "--format", wanted, ".").stdout


def test_a_folder_without_scripts_is_told(shell: Shell) -> None:
    shell.write({"notes/Beds.md": "# Beds"})
    ended = shell.run("check", "notes")
    assert (ended.code, ended.stdout, ended.stderr) == snapshot(
        (0, "no problems in 0 files\n", "runekiln: no scripts (`*.rn`) in notes\n")
    )
    assert shell.run("strip", "notes").stderr == "runekiln: no scripts (`*.rn`) in notes\n"


def test_a_path_that_leads_nowhere_says_why(shell: Shell) -> None:
    (shell.folder / "round.rn").symlink_to("round.rn")
    assert shell.run("check", "round.rn").stderr == snapshot(
        "runekiln: round.rn cannot be read: Too many levels of symbolic links.\n"
    )
    for command in ("check", "run", "strip"):
        ended = shell.run(command, "")
        assert (ended.code, ended.stderr) == (2, "runekiln: a path is empty: name a file or a folder.\n")


def test_a_script_that_is_not_utf8_is_one_problem(shell: Shell) -> None:
    shell.write({"latin.rn": b'pub fn main() { "caf\xe9" }\n'})
    ended = shell.run("check", "--format", "concise", "latin.rn")
    assert ended.stdout == snapshot("latin.rn:1:21: error[not-utf8] This byte is not UTF-8; save the file as UTF-8\n")


def test_the_kilns_settings_decide_how_severe_a_code_is(shell: Shell) -> None:
    shell.write({"a.rn": UNUSED, ".crucible/runekiln.toml": '[diagnostics.severity]\nnot-used = "error"\n'})
    assert shell.run("check", "--format", "concise").stdout == snapshot("a.rn:2:5: error[not-used] `1` is not used\n")
    shell.write({".crucible/runekiln.toml": '[diagnostics.severity]\nnot-used = "off"\n'})
    assert shell.run("check").stdout == "no problems in 1 file\n"


def test_a_mistake_in_the_settings_is_named_with_its_line(shell: Shell) -> None:
    settings = '[run]\ntimeLimitSecond = 3\n\n[diagnostics.severity]\nnot-used = "loud"\n'
    shell.write({"a.rn": FINE, ".crucible/runekiln.toml": settings})
    ended = shell.run("check")
    assert ended.code == 2
    assert ended.stderr.replace(str(shell.folder), "…") == snapshot("""\
runekiln: the settings have mistakes:
…/.crucible/runekiln.toml:2: `run.timeLimitSecond`: no such setting; did you mean `run.timeLimitSeconds`?
…/.crucible/runekiln.toml:5: `diagnostics.severity.not-used`: must be one of error, warning, info, hint, off
""")


def test_a_script_that_kills_the_guest_is_our_fault_and_the_others_are_checked(shell: Shell) -> None:
    shell.write({"a.rn": "pub fn main() { " + "1 + " * 200_000 + "1 }", "b.rn": UNKNOWN_NAME})
    ended = shell.run("check", "--format", "concise", ".")
    assert (ended.code, ended.stdout) == (101, "b.rn:2:20: error[missing-item] There is no `honey` here\n")
    assert "runekiln: this is our fault, not yours: a.rn could not be checked: it nests too deeply" in ended.stderr
    alone = shell.run("check", "a.rn")
    assert (alone.code, alone.stdout) == (101, "")


def test_check_imports_nothing_of_the_language_server() -> None:
    program = (
        "import sys; from runekiln_server.cli.main import main; main(['check', '-'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'pygls', 'lsprotocol', 'asyncio', 'watchfiles'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=FINE, capture_output=True, text=True, check=True)
    assert done.stdout == "no problems in 1 file\n[]\n"


def test_output_is_utf8_whatever_the_locale_says(shell: Shell) -> None:
    shell.write({"bees.rn": UNKNOWN_NAME})
    ended = shell.run("check", "bees.rn", environment={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert "🐝" in ended.stdout


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    shell.write({f"{number}.rn": UNKNOWN_NAME for number in range(3)})
    process = shell.start("check", ".")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 141)
    process.stderr.close()


def test_colours_are_for_terminals_only(shell: Shell) -> None:
    shell.write({"bees.rn": UNKNOWN_NAME})
    assert "\x1b[" not in shell.run("check", "bees.rn").stdout
    assert "\x1b[1;31merror[" in on_a_terminal(shell.folder, {})
    assert "\x1b[" not in on_a_terminal(shell.folder, {"NO_COLOR": "1"})


def test_rules_of_the_host_are_told_for_the_folder_that_a_file_lies_in(shell: Shell) -> None:
    helpers = "pub fn double(n) {\n    n * 2\n}\n"
    shell.write({"plugins/helpers.rn": helpers, ".crucible/scripts/helpers.rn": helpers})
    ended = shell.run("check", "--format", "concise")
    assert (ended.code, ended.stdout.splitlines()[0].split(": ")[0]) == (1, "plugins/helpers.rn:1:1")
    assert "accidental-tool" in ended.stdout
    assert ".crucible" not in ended.stdout


WEATHER = """//! crate: weather
#[permission("net", scope = "place")] pub async fn forecast(place: String) -> String;
"""
ASKS = """//! permissions: net(Berlin)

pub async fn main() {
    step("Berlin").await
}

async fn step(place) {
    weather::forecast("Oslo").await;
    weather::forecast(place).await
}
"""


def test_what_a_script_may_do_is_compared_with_what_it_needs(shell: Shell) -> None:
    settings = '[stubs]\nfiles = ["*.rni"]\n'
    shell.write({"weather.rni": WEATHER, "main.rn": ASKS, ".crucible/runekiln.toml": settings})
    ended = shell.run("check", "--format", "concise")
    assert (ended.code, ended.stdout.splitlines()[0]) == (
        1,
        "main.rn:8:5: error[missing-permission] `forecast` needs the permission `net(Oslo)`, which the script does "
        "not ask for: `main` calls it through `step`",
    )
    shell.write({"main.rn": ASKS.replace("net(Berlin)", "net(Berlin, Oslo)")})
    assert shell.run("check").code == 0
    shell.write({".crucible/runekiln.toml": settings + "[permissions]\ngranted = []\n"})
    assert "which the kiln's settings do not grant" in shell.run("check").stdout


def test_two_files_that_are_one_tool_are_told_of_each_other(shell: Shell) -> None:
    tool = "//! @entry beds\npub fn beds() {\n    1\n}\n"
    shell.write({"plugins/beds.rn": tool, "plugins/more/beds.rn": tool, ".crucible/plugins/beds.rn": tool})
    lines = shell.run("check", "--format", "concise").stdout.splitlines()
    assert lines[:2] == [
        "plugins/beds.rn:1:1: warning[duplicate-tool] there is another tool `beds` in `plugins/more/beds.rn`: "
        "only one of them is registered",
        "plugins/more/beds.rn:1:1: warning[duplicate-tool] there is another tool `beds` in `plugins/beds.rn`: "
        "only one of them is registered",
    ]


MOWING = """#[tool(desc = "Mows")]
#[param(name = "lawn", desc = "Which")]
pub fn mow(meadow) {
    crucible::read_note(meadow)
}

#[hook]
fn codify_session(session, more) {
    [session, more]
}

pub fn both() {
    codify_session(1, 2)
}
"""


def test_attributes_in_a_module_are_judged_along_with_whoever_pulls_it_in(shell: Shell) -> None:
    main = "pub mod mowing;\n\npub fn main() {\n    mowing::both()\n}\n"
    folder = ".crucible/scripts"
    shell.write({f"{folder}/main.rn": main, f"{folder}/again.rn": main, f"{folder}/mowing.rn": MOWING})
    for paths in ((f"{folder}/main.rn",), (f"{folder}/main.rn", f"{folder}/again.rn"), ()):
        lines = shell.run("check", "--format", "concise", *paths).stdout.splitlines()
        assert [line.partition("]")[0] for line in lines] == [
            ".crucible/scripts/mowing.rn:2:16: warning[param-without-parameter",
            ".crucible/scripts/mowing.rn:3:12: warning[parameter-without-param",
            ".crucible/scripts/mowing.rn:7:1: warning[bare-attribute",
            ".crucible/scripts/mowing.rn:7:3: warning[missing-attribute-key",
            ".crucible/scripts/mowing.rn:8:4: warning[not-public",
        ]


def test_a_tool_in_a_module_takes_the_name_of_one_in_the_script(shell: Shell) -> None:
    tool = '#[tool(desc = "Mows")]\npub fn mow() {\n    1\n}\n'
    folder = ".crucible/scripts"
    shell.write({f"{folder}/main.rn": f"pub mod mowing;\n\n{tool}", f"{folder}/mowing.rn": tool})
    for path in (f"{folder}/main.rn", "."):
        lines = shell.run("check", "--format", "concise", path).stdout.splitlines()
        assert [line.partition(": ")[0] for line in lines] == [f"{folder}/main.rn:4:8", f"{folder}/mowing.rn:2:8"]
        assert all("there is another tool `rune_mow`" in line for line in lines)


def test_the_severity_of_a_rule_can_be_set(shell: Shell) -> None:
    settings = '[diagnostics.severity]\naccidental-tool = "off"\n'
    shell.write({"plugins/helpers.rn": "pub fn double(n) {\n    n * 2\n}\n", ".crucible/runekiln.toml": settings})
    assert shell.run("check").code == 0


def on_a_terminal(folder: Path, environment: dict[str, str]) -> str:
    """What `check` writes when standard output is a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **environment}
    process = subprocess.Popen([COMMAND, "check", "bees.rn"], cwd=folder, stdout=theirs, env=environment)
    os.close(theirs)
    written = b""
    # A terminal whose other side is gone is an error on Linux, and the end elsewhere.
    try:
        while chunk := os.read(ours, 4096):
            written += chunk
    except OSError:
        pass
    process.wait()
    os.close(ours)
    return written.decode()


def checked_files(shell: Shell, *arguments: str) -> list[str]:
    ended = shell.run("check", "--format", "json", *arguments)
    return [file["path"] for file in json.loads(ended.stdout)["files"]]


def test_comments_allow_in_every_format(shell: Shell) -> None:
    script = "pub fn main() {\n    // runekiln: allow(not-used)\n    1;\n    2\n}\n"
    shell.write({"beds.rn": script})
    assert shell.run("check", "beds.rn").stdout == "no problems in 1 file\n"
    assert shell.run("check", "--format", "concise", "beds.rn").stdout == ""
    assert shell.run("check", "--format", "github", "beds.rn").stdout == ""
    assert json.loads(shell.run("check", "--format", "json", "beds.rn").stdout)["files"][0]["problems"] == []
    assert json.loads(shell.run("check", "--format", "sarif", "beds.rn").stdout)["runs"][0]["results"] == []
    shell.write({"beds.rn": script.replace("1;", "honey();")})
    assert shell.run("check", "beds.rn").code == 1


def test_comments_that_allow_are_kept_by_others(shell: Shell) -> None:
    body = "  // runekiln: allow(not-used): ours\n  1;\n  a\n"
    script = f"//! runekiln: allow(deprecated)\n\npub fn main(a: i64)  {{\n{body}}}\n"
    shell.write({"beds.rn": script})
    stripped = shell.run("strip", "beds.rn").stdout
    assert [line for line in stripped.splitlines() if "runekiln" in line] == [
        "//! runekiln: allow(deprecated)",
        "  // runekiln: allow(not-used): ours",
    ]
    before = shell.run("check", "--format", "concise", "beds.rn").stdout
    assert before == "beds.rn:1:21: hint[unused-allow] `deprecated` allows nothing here\n"
    shell.run("fmt", "beds.rn")
    assert "    // runekiln: allow(not-used): ours\n    1;" in (shell.folder / "beds.rn").read_text()
    assert shell.run("check", "--format", "concise", "beds.rn").stdout == before


def test_a_code_in_the_settings_that_does_not_exist_is_wrong_usage(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": '[diagnostics.severity]\n"not-usd" = "off"\n', "beds.rn": FINE})
    ended = shell.run("check", "beds.rn")
    assert (ended.code, ended.stdout) == (2, "")
    assert "runekiln.toml:2: `diagnostics.severity.not-usd`: there is no code `not-usd`" in ended.stderr


def test_settings_say_how_severe_a_code_is_and_comments_know_of_it(shell: Shell) -> None:
    shell.write({"beds.rn": UNUSED})
    for level, code in (("error", 1), ("warning", 1), ("info", 0), ("hint", 0), ("off", 0)):
        shell.write({".crucible/runekiln.toml": f'[diagnostics.severity]\n"not-used" = "{level}"\n'})
        ended = shell.run("check", "--format", "concise", "beds.rn")
        assert ended.code == code
        assert ended.stdout == ("" if level == "off" else f"beds.rn:2:5: {level}[not-used] `1` is not used\n")
    # The comment would be needed, were the code not off.
    shell.write({"beds.rn": UNUSED.replace("    1;", "    // runekiln: allow(not-used)\n    1;")})
    assert shell.run("check", "beds.rn").stdout == "no problems in 1 file\n"
