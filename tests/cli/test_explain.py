"""`runekiln explain`: what a code is about, and which there are."""

from __future__ import annotations

import json
import re

from inline_snapshot import snapshot
from runekiln_analysis.codes.known import known_codes

from .conftest import Shell


def test_a_rule_has_a_page(shell: Shell) -> None:
    ended = shell.run("explain", "number-is-integer")
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout.startswith("# `number-is-integer`\n\n")
    assert "\n## Fine\n\n    #[tool(" in ended.stdout
    assert "```" not in ended.stdout


def test_anything_else_has_a_sentence(shell: Shell) -> None:
    assert shell.run("explain", "mutable-variable").stdout == snapshot("""\
# `mutable-variable`

`mut`, which Rune does not have. Rune's compiler tells of it, as an error. No comment can allow it.
""")


def test_all_codes_are_listed(shell: Shell) -> None:
    lines = shell.run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(known_codes())
    assert next(line for line in lines if line.startswith("unused-variable ")) == snapshot(
        "unused-variable                            hint     a variable that nothing reads"
    )


def test_programs_get_json(shell: Shell) -> None:
    document = json.loads(shell.run("explain", "--format", "json").stdout)
    assert document["version"] == 1
    assert [code["code"] for code in document["codes"]] == list(known_codes())
    (code,) = json.loads(shell.run("explain", "unused-allow", "--format", "json").stdout)["codes"]
    assert code.pop("page").startswith("# `unused-allow`\n")
    assert code == {
        "code": "unused-allow",
        "severity": "hint",
        "about": "a comment that allows nothing",
        "source": "rule",
        "allowable": True,
    }


def test_a_code_that_does_not_exist_is_told(shell: Shell) -> None:
    ended = shell.run("explain", "unused-varable")
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr == "runekiln: there is no code `unused-varable`; did you mean `unused-variable`?\n"
    assert shell.run("explain", "../../README").code == 2


def test_whatever_is_told_of_can_be_explained(shell: Shell) -> None:
    shell.write({"a.rn": "pub fn main() {\n    let mut a = 1;\n    b\n}\n"})
    told = re.findall(r"\[([a-z-]+)\]", shell.run("check", "--format", "concise", "a.rn").stdout)
    assert len(told) == 2
    for code in told:
        assert shell.run("explain", code).code == 0
