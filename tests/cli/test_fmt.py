"""`runekiln fmt`: scripts laid out anew, nothing else changed."""

from __future__ import annotations

from inline_snapshot import snapshot

from .conftest import Shell

CROOKED = """\
/// Digs.
pub fn dig( depth:i64,bed:Option<String> )->i64 {
  let spade=depth;// 🪴
spade }
"""
STRAIGHT = """\
/// Digs.
pub fn dig(depth: i64, bed: Option<String>) -> i64 {
    let spade = depth; // 🪴
    spade
}
"""
BROKEN = 'fn main() { println!("a" }\n'


def test_scripts_are_formatted_in_place(shell: Shell) -> None:
    shell.write({"scripts/dig.rn": CROOKED, "scripts/straight.rn": STRAIGHT})
    (shell.folder / "scripts/dig.rn").chmod(0o751)
    ended = shell.run("fmt", "scripts")
    assert (ended.code, ended.stdout, ended.stderr) == (0, "formatted scripts/dig.rn\n", "")
    assert (shell.folder / "scripts/dig.rn").read_text() == STRAIGHT
    assert (shell.folder / "scripts/dig.rn").stat().st_mode & 0o777 == 0o751
    assert sorted(path.name for path in (shell.folder / "scripts").iterdir()) == ["dig.rn", "straight.rn"]
    again = shell.run("fmt", "scripts")
    assert (again.code, again.stdout) == (0, "")


def test_without_a_path_the_kiln_is_formatted(shell: Shell) -> None:
    shell.write({".crucible/scripts/dig.rn": CROOKED})
    assert shell.run("fmt").stdout == "formatted .crucible/scripts/dig.rn\n"
    assert shell.run("fmt", "--check").code == 0


def test_a_link_stays_a_link(shell: Shell) -> None:
    shell.write({"dig.rn": CROOKED})
    (shell.folder / "link.rn").symlink_to("dig.rn")
    assert shell.run("fmt", "link.rn").stdout == "formatted link.rn\n"
    assert (shell.folder / "link.rn").is_symlink()
    assert (shell.folder / "dig.rn").read_text() == STRAIGHT


def test_check_says_which_would_change_and_writes_nothing(shell: Shell) -> None:
    shell.write({"dig.rn": CROOKED, "straight.rn": STRAIGHT})
    ended = shell.run("fmt", "--check", "dig.rn", "straight.rn")
    assert (ended.code, ended.stdout) == (1, "would format dig.rn\n")
    assert shell.run("fmt", "--check", "straight.rn").code == 0
    assert (shell.folder / "dig.rn").read_text() == CROOKED


def test_diff_shows_what_would_change(shell: Shell) -> None:
    shell.write({"dig.rn": CROOKED.removesuffix("\n")})
    ended = shell.run("fmt", "--diff", "dig.rn")
    assert ended.code == 1
    assert ended.stdout == snapshot("""\
--- dig.rn
+++ dig.rn
@@ -1,4 +1,5 @@
 /// Digs.
-pub fn dig( depth:i64,bed:Option<String> )->i64 {
-  let spade=depth;// 🪴
-spade }
\\ No newline at end of file
+pub fn dig(depth: i64, bed: Option<String>) -> i64 {
+    let spade = depth; // 🪴
+    spade
+}
""")
    assert (shell.folder / "dig.rn").read_text() == CROOKED.removesuffix("\n")


def test_standard_input_goes_to_standard_output(shell: Shell) -> None:
    ended = shell.run("fmt", "-", stdin=CROOKED)
    assert (ended.code, ended.stdout, ended.stderr) == (0, STRAIGHT, "")
    assert shell.run("fmt", "-", "--check", stdin=CROOKED).stdout == "would format stdin.rn\n"
    ended = shell.run("fmt", "-", "a.rn", stdin=CROOKED)
    assert (ended.code, ended.stderr) == snapshot(
        (2, "runekiln: standard input is formatted by itself: name it alone.\n")
    )


def test_a_broken_script_is_left_as_it_is_and_the_others_are_formatted(shell: Shell) -> None:
    shell.write({"broken.rn": BROKEN, "dig.rn": CROOKED})
    ended = shell.run("fmt", "broken.rn", "dig.rn")
    assert (ended.code, ended.stdout) == (1, "formatted dig.rn\n")
    assert ended.stderr == snapshot("""\
error[unclosed-parenthesis]: Expected `)` to close the `(` before, found `}`
 --> broken.rn:1:26
  |
1 | fn main() { println!("a" }
  |                          ^

1 error in 1 file
""")
    assert (shell.folder / "broken.rn").read_text() == BROKEN
    assert shell.run("fmt", "-", stdin=BROKEN).stdout == ""


def test_bytes_that_are_no_text_are_left_as_they_are(shell: Shell) -> None:
    shell.write({"bytes.rn": b"fn f( ) {}\xff\n"})
    ended = shell.run("fmt", "bytes.rn")
    assert ended.code == 1
    assert ended.stderr.startswith("error[not-utf8]")


def test_function_bodies_are_formatted_where_the_kiln_says_so(shell: Shell) -> None:
    shell.write({".crucible/runekiln.toml": '[scripts]\nfunctionBody = ["*.rn"]\n', "sum.rn": "let a=1;a+1\n"})
    assert shell.run("fmt", "sum.rn").code == 0
    assert (shell.folder / "sum.rn").read_text() == "let a = 1;\n\na + 1\n"
