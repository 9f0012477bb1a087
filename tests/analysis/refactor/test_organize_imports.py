"""Imports in order."""

from __future__ import annotations

from .shown import done, offered

MAIN = "\npub fn main() {\n    drop(snapshot); HashMap; HashSet; VecDeque\n}\n"


def ordered(imports: str, main: str = MAIN) -> str:
    """The imports put in order; `main` uses all that the tests have."""
    marked = imports.replace("use ", "us$0e ", 1)
    return done(f"{marked}{main}", "Organize imports").removesuffix(main)


def test_they_are_sorted_by_path() -> None:
    assert ordered("use std::mem::drop;\nuse std::collections::HashMap;\n") == (
        "use std::collections::HashMap;\nuse std::mem::drop;\n"
    )


def test_a_blank_line_divides_what_is_sorted() -> None:
    assert ordered("use std::mem::snapshot;\nuse std::mem::drop;\n\nuse std::collections::HashMap;\n") == (
        "use std::mem::drop;\nuse std::mem::snapshot;\n\nuse std::collections::HashMap;\n"
    )


def test_what_is_imported_twice_stays_once() -> None:
    assert ordered("use std::mem::drop;\nuse std::mem::drop;\n") == "use std::mem::drop;\n"


def test_groups_of_one_path_become_one_and_take_what_else_is_from_there() -> None:
    imports = "use std::collections::{VecDeque, HashSet};\nuse std::mem::{drop};\nuse std::collections::HashMap;\n"
    assert ordered(imports) == "use std::collections::{HashMap, HashSet, VecDeque};\nuse std::mem::drop;\n"


def test_what_nothing_uses_goes() -> None:
    assert ordered(
        "use std::collections::{HashMap, HashSet};\nuse std::mem::drop;\n", "\npub fn main() {\n    HashSet\n}\n"
    ) == ("use std::collections::HashSet;\n")
    assert ordered("use std::mem::drop;\n\n", "pub fn main() {\n    1\n}\n") == ""


def test_comments_go_with_what_they_stand_above_and_the_first_stays_first() -> None:
    imports = "// All that is needed.\nuse std::mem::snapshot;\n// Lets go.\nuse std::mem::drop;\n"
    assert ordered(imports) == "// All that is needed.\n// Lets go.\nuse std::mem::drop;\nuse std::mem::snapshot;\n"


def test_aliases_globs_and_public_ones_stay_what_they_are() -> None:
    imports = "use std::mem::snapshot as exchange;\npub use std::mem::drop;\nuse std::collections::*;\n"
    main = "\npub fn main() {\n    exchange; HashMap\n}\n"
    assert ordered(imports, main) == (
        "use std::collections::*;\npub use std::mem::drop;\nuse std::mem::snapshot as exchange;\n"
    )


def test_modules_have_their_own() -> None:
    inner = "mod inner {\n    use std::mem::snapshot;\n    use std::mem::drop;\n    pub fn f() { snapshot; drop }\n}\n"
    after = done(
        f"$0use std::collections::HashMap;\n\npub fn main() {{ HashMap; inner::f() }}\n{inner}", "Organize imports"
    )
    assert "    use std::mem::drop;\n    use std::mem::snapshot;\n" in after


def test_imports_in_order_are_left_alone() -> None:
    assert offered(f"$0use std::collections::HashMap;\nuse std::mem::{{drop, snapshot}};\n{MAIN}") == []


def test_errors_elsewhere_do_not_matter() -> None:
    broken = "\npub fn main() {\n    drop(snapshot; let\n}\n"
    assert (
        ordered("use std::mem::snapshot;\nuse std::mem::drop;\n", broken)
        == "use std::mem::drop;\nuse std::mem::snapshot;\n"
    )


def test_line_ends_stay_as_they_are() -> None:
    assert ordered("use std::mem::snapshot;\r\nuse std::mem::drop;\r\n") == (
        "use std::mem::drop;\r\nuse std::mem::snapshot;\r\n"
    )
