"""`runekiln check --fix`: what has a safe fix is mended, nothing gets worse, and what is left is told."""

from __future__ import annotations

import json

from inline_snapshot import snapshot

from .conftest import Shell

WRONG = """\
pub fn main() {
    let mut beds = True;
    let sunny = true;
    let rainy = 1;
    if beds { 2 } elif sunny { 3 } else { 4 }
}
"""
MENDED = """\
pub fn main() {
    let beds = true;
    let sunny = true;
    let rainy = 1;
    if beds { 2 } else if sunny { 3 } else { 4 }
}
"""


def test_safe_fixes_are_made_fix_upon_fix_and_the_rest_is_told(shell: Shell) -> None:
    shell.write({"beds.rn": WRONG, "fine.rn": "pub fn main() { 1 }\n"})
    ended = shell.run("check", "--fix", "beds.rn", "fine.rn", "--format", "concise")
    assert (ended.code, ended.stdout) == (0, "beds.rn:4:9: hint[unused-variable] `rainy` is never used\n")
    assert ended.stderr == "fixed 3 problems in beds.rn\n"
    assert (shell.folder / "beds.rn").read_text() == MENDED
    assert sorted(path.name for path in shell.folder.iterdir()) == ["beds.rn", "fine.rn"]


def test_what_is_unsafe_is_made_when_it_is_asked_for(shell: Shell) -> None:
    shell.write({"beds.rn": WRONG})
    ended = shell.run("check", "--fix", "--unsafe-fixes", "beds.rn")
    assert (ended.code, ended.stdout) == (0, "no problems in 1 file\n")
    assert (shell.folder / "beds.rn").read_text() == MENDED.replace("rainy", "_rainy")


def test_errors_that_are_left_are_exit_code_1(shell: Shell) -> None:
    shell.write({"beds.rn": WRONG.replace("let rainy = 1", "bees()") + "fn bees() { honey() }\n"})
    ended = shell.run("check", "--fix", "beds.rn", "--format", "json")
    assert (ended.code, ended.stderr) == (1, "fixed 3 problems in beds.rn\n")
    [file] = json.loads(ended.stdout)["files"]
    assert [problem["code"] for problem in file["problems"]] == ["missing-item"]


def test_diff_writes_nothing(shell: Shell) -> None:
    shell.write({"beds.rn": WRONG})
    ended = shell.run("check", "--diff", "beds.rn")
    assert (ended.code, ended.stderr) == (1, "")
    assert ended.stdout == snapshot("""\
--- beds.rn
+++ beds.rn
@@ -1,6 +1,6 @@
 pub fn main() {
-    let mut beds = True;
+    let beds = true;
     let sunny = true;
     let rainy = 1;
-    if beds { 2 } elif sunny { 3 } else { 4 }
+    if beds { 2 } else if sunny { 3 } else { 4 }
 }
""")
    assert (shell.folder / "beds.rn").read_text() == WRONG
    shell.write({"beds.rn": MENDED})
    assert shell.run("check", "--diff", "beds.rn").code == 0


def test_line_ends_and_a_byte_order_mark_stay(shell: Shell) -> None:
    written = "\ufeff" + WRONG.replace("\n", "\r\n").replace("let rainy = 1", "use std::fmt")
    shell.write({"beds.rn": written})
    shell.run("check", "--fix", "beds.rn")
    expected = MENDED.replace("    let rainy = 1;\n", "").replace("\n", "\r\n")
    assert (shell.folder / "beds.rn").read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_permissions_and_links_stay(shell: Shell) -> None:
    shell.write({"beds.rn": WRONG})
    (shell.folder / "beds.rn").chmod(0o751)
    (shell.folder / "link.rn").symlink_to("beds.rn")
    shell.run("check", "--fix", "link.rn")
    assert (shell.folder / "link.rn").is_symlink()
    assert (shell.folder / "beds.rn").stat().st_mode & 0o777 == 0o751
    assert (shell.folder / "beds.rn").read_text() == MENDED


def test_standard_input_goes_to_standard_output(shell: Shell) -> None:
    ended = shell.run("check", "--fix", "-", stdin=WRONG)
    assert (ended.code, ended.stdout) == (0, MENDED)
    assert "unused-variable" in ended.stderr
    assert shell.run("check", "--fix", "-", "a.rn").code == 2


def test_only_the_files_that_are_named_are_changed(shell: Shell) -> None:
    module = "pub fn water() { let mut n = 1; n }\n"
    shell.write({"main.rn": "mod beds;\npub fn main() { let mut n = beds::water(); n }\n", "beds.rn": module})
    ended = shell.run("check", "--fix", "main.rn")
    assert (ended.code, ended.stderr) == (1, "fixed 1 problem in main.rn\n")
    assert (shell.folder / "beds.rn").read_text() == module
    assert shell.run("check", "--fix", "main.rn", "beds.rn").code == 0
    assert (shell.folder / "beds.rn").read_text() == module.replace("mut ", "")


def test_a_fix_behind_which_an_error_comes_to_light_is_not_made(shell: Shell) -> None:
    script = "pub fn main(n) { if n { 1 } elif n { honey() } else { 2 } }\n\npub fn dig(n) { let mut n = n; n }\n"
    shell.write({"beds.rn": script})
    ended = shell.run("check", "--fix", "beds.rn", "--format", "concise")
    assert (ended.code, ended.stderr) == (1, "fixed 1 problem in beds.rn\n")
    assert (shell.folder / "beds.rn").read_text() == script.replace("mut n", "n")
    assert "honey" not in ended.stdout


def test_fixes_of_one_place_are_made_one_after_the_other(shell: Shell) -> None:
    header = "use std::fmt;\nuse std::{iter::once, iter::range, mem};\n\n"
    tool = '#[param(name = "a", type = "string")]\n#[param(name = "b", type = "string")]\n#[tool(desc = "Digs")]\n'
    shell.write({"dig.rn": f"{header}{tool}pub fn dig(a, b) {{\n    mem::drop(a);\n    b\n}}\n"})
    assert shell.run("check", "--fix", "dig.rn").stdout == "no problems in 1 file\n"
    first, second, tool = tool.splitlines(keepends=True)
    mended = f"use std::{{mem}};\n\n{tool}{first}{second}pub fn dig(a, b) {{\n    mem::drop(a);\n    b\n}}\n"
    assert (shell.folder / "dig.rn").read_text() == mended


def test_text_that_is_not_utf_8_is_left_alone(shell: Shell) -> None:
    content = b'pub fn main() { let mut a = "\xff"; a }\n'
    shell.write({"a.rn": content})
    assert shell.run("check", "--fix", "a.rn").code == 1
    assert (shell.folder / "a.rn").read_bytes() == content


def test_unsafe_fixes_alone_make_no_sense(shell: Shell) -> None:
    shell.write({"a.rn": "pub fn main() { 1 }\n"})
    ended = shell.run("check", "--unsafe-fixes", "a.rn")
    assert (ended.code, ended.stderr) == (2, "runekiln: --unsafe-fixes goes with --fix or --diff.\n")
