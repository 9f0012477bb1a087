"""What completion offers in comments that say something: permissions, codes to allow, tags of documentation."""

from __future__ import annotations

from runekiln_analysis.codes.known import known_codes
from runekiln_analysis.grants import PERMISSIONS

from .crucible import labels, offered
from .fixtures import read_fixture


def test_the_permissions_that_the_header_does_not_ask_for_yet() -> None:
    assert labels("//! permissions: $0\npub fn main() {}") == list(PERMISSIONS)
    left = [name for name in PERMISSIONS if name not in ("kiln.read", "shell")]
    assert labels("//! permissions: kiln.read, shell(just, make), $0\npub fn main() {}") == left
    assert labels("// A script.\n//! permissions: kiln.$0\n") == ["kiln.read", "kiln.write"]


def test_a_permission_is_replaced_with_its_dot() -> None:
    marked = "//! permissions: kiln.r$0e, ask\n"
    found, *_ = offered(marked)
    assert found.label == "kiln.read"
    assert read_fixture(marked).text[slice(*found.replace)] == b"kiln.re"
    assert "`crucible::read_note`" in found.docs


def test_permissions_only_in_the_header() -> None:
    assert labels("pub fn main() {}\n//! permissions: $0") == []
    assert labels("pub fn main() {\n    // permissions: k$0\n}") == []


def test_the_codes_that_can_be_allowed() -> None:
    expected = [code.name for code in known_codes().values() if code.can_be_allowed]
    assert set(labels("// runekiln: allow($0)\npub fn main() {}")) <= set(expected)
    assert labels("pub fn main() { 1 } // runekiln: allow(unused-v$0")[0] == "unused-variable"
    assert "unused-variable" not in labels("// runekiln: allow(unused-variable, $0)")
    assert labels("//! runekiln: allow(type-mism$0)") == ["type-mismatch"]
    assert labels("// runekiln: allow(unclosed-paren$0)") == []


def test_codes_of_the_scripts_problems_come_first() -> None:
    script = "pub fn main(x) {\n    // runekiln: allow($0)\n    let [a] = x;\n    a\n}"
    assert labels(script)[0] == "let-pattern-might-panic"


def test_the_tags_of_documentation() -> None:
    assert labels("/// @$0\nfn water(bed, litres) {}") == ["param", "return", "names"]
    assert labels("/// @param $0\nfn water(bed, litres) {}") == ["bed", "litres"]
    assert labels("/// @param bed: String\n/// @param $0\nfn water(bed, litres) {}") == ["litres"]
    assert labels("/// @names $0\nfn water(bed, litres) {}") == ["bed", "litres"]
    assert "agent" in labels("/// @names bed: $0\nfn water(bed, litres) {}")


def test_the_types_that_a_tag_can_state() -> None:
    script = "/// @param bed: $0\nfn water(bed) {}\nstruct Bed { width }"
    assert {"Bed", "Session", "Workflow", "String", "Option"} <= set(labels(script))
    assert labels(script.replace("$0", "Option<Sess$0"))[0] == "Session"
    assert "Bed" in labels("/// @return Be$0\nfn water(bed) {}\nstruct Bed { width }")


def test_the_words_that_such_comments_begin_with() -> None:
    assert labels("//! perm$0\n") == ["permissions: "]
    assert labels("pub fn main() {\n    // rune$0\n}") == ["runekiln: allow()"]


def test_nothing_in_other_comments() -> None:
    assert labels("pub fn main() {\n    // $0\n}") == []
    assert labels("/// Waters $0\nfn water(bed) {}") == []
    assert labels('pub fn main() { "// runekiln" /* $0 */ }') == []
    assert labels('pub fn main() { crucible::read_note("// Key$0") }') == []
