"""`runekiln strip`: annotations written out, nothing else changed."""

from __future__ import annotations

from inline_snapshot import snapshot

from .conftest import Shell

ANNOTATED = (
    "/// Digs.\npub fn dig(depth: i64, bed: Option<String>) -> i64 {\n    let spade: i64 = depth; // 🪴\n    spade\n}\n"
)


def test_one_script_goes_to_standard_output(shell: Shell) -> None:
    shell.write({"dig.rn": ANNOTATED})
    ended = shell.run("strip", "dig.rn")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout == snapshot("""\
/// Digs.
pub fn dig(depth, bed) {
    let spade = depth; // 🪴
    spade
}
""")


def test_standard_input_is_a_script_too(shell: Shell) -> None:
    assert shell.run("strip", "-", stdin="fn f(a: i64) { a }\n").stdout == snapshot("fn f(a) { a }\n")


def test_several_go_into_a_folder_where_modules_stay_beside_their_scripts(shell: Shell) -> None:
    shell.write({"scripts/dig.rn": ANNOTATED, "scripts/dig/deep.rn": "pub fn f(a: i64) { a }\n"})
    ended = shell.run("strip", "scripts", "-o", "plain")
    assert (ended.code, ended.stdout) == (0, "")
    assert (shell.folder / "plain" / "dig" / "deep.rn").read_text() == snapshot("pub fn f(a) { a }\n")
    assert (shell.folder / "scripts" / "dig.rn").read_text() == ANNOTATED


def test_in_place_replaces_the_scripts(shell: Shell) -> None:
    shell.write({"dig.rn": ANNOTATED})
    assert shell.run("strip", "--in-place", "dig.rn").code == 0
    assert ": i64" not in (shell.folder / "dig.rn").read_text()


def test_a_script_with_syntax_errors_is_left_as_it_is(shell: Shell) -> None:
    broken = "fn f(a: i64 { a }\n"
    shell.write({"broken.rn": broken})
    ended = shell.run("strip", "--in-place", "broken.rn")
    assert ended.code == 1
    assert ended.stderr == snapshot("""\
error[unclosed-parenthesis]: Expected `)` to close the `(` before, found `{`
 --> broken.rn:1:13
  |
1 | fn f(a: i64 { a }
  |             ^

1 error in 1 file
""")
    assert (shell.folder / "broken.rn").read_text() == broken


def test_several_scripts_are_too_many_for_standard_output(shell: Shell) -> None:
    shell.write({"a.rn": "", "b.rn": ""})
    ended = shell.run("strip", "a.rn", "b.rn")
    assert (ended.code, ended.stderr) == snapshot(
        (2, "runekiln: 2 scripts are too many for standard output: use -o DIR or --in-place.\n")
    )
