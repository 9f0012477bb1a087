"""Completions of what is not imported yet: they bring the `use` along, where it belongs."""

from __future__ import annotations

from .fixtures import check_offers, check_offers_none_of, labels_at_cursor, taken

MODULE = "mod tools { pub fn slug(title) { title } fn hidden() { 1 } }\n"


def test_a_type_of_the_host_with_its_use_on_top() -> None:
    assert taken("fn f() { HashM$0 }", "HashMap") == ("use std::collections::hash_map::HashMap;\n\nfn f() { HashMap }")


def test_behind_the_comments_of_the_file() -> None:
    text = "//! About beds.\n// Of spring.\n\n/// Grows.\nfn f() { HashM$0 }"
    assert taken(text, "HashMap") == (
        "//! About beds.\n// Of spring.\n\nuse std::collections::hash_map::HashMap;\n\n/// Grows.\nfn f() { HashMap }"
    )


def test_among_the_others_in_their_order() -> None:
    before, behind = "use crucible::Callout;", "use std::mem::drop;"
    use = "use std::collections::hash_map::HashMap;"
    assert taken(f"{before}\n{behind}\nfn f() {{ HashM$0 }}", "HashMap").startswith(f"{before}\n{use}\n{behind}\n")
    assert taken(f"{before}\nfn f() {{ HashM$0 }}", "HashMap").startswith(f"{before}\n{use}\nfn")


def test_inside_a_module() -> None:
    assert taken("mod a {\n    fn f() { HashM$0 }\n}", "HashMap") == (
        "mod a {\n    use std::collections::hash_map::HashMap;\n    fn f() { HashMap }\n}"
    )


def test_what_is_imported_already_needs_no_other() -> None:
    text = "use std::collections::HashMap;\nfn f() { HashM$0 }"
    assert taken(text, "HashMap") == "use std::collections::HashMap;\nfn f() { HashMap }"


def test_the_scripts_own_modules() -> None:
    assert taken(f"{MODULE}fn f() {{ slu$0 }}", "slug") == (
        f"use tools::slug;\n\n{MODULE}fn f() {{ slug(${{1:title}})$0 }}"
    )
    check_offers_none_of(f"{MODULE}fn f() {{ hid$0 }}", "hidden")


def test_the_full_path_where_the_name_means_something_else() -> None:
    text = "struct HashMap;\nfn f() { HashM$0 }"
    assert labels_at_cursor(text) == ["HashMap", "std::collections::hash_map::HashMap"]
    assert taken(text, "std::collections::hash_map::HashMap") == (
        "struct HashMap;\nfn f() { std::collections::hash_map::HashMap }"
    )


def test_behind_all_that_is_at_hand() -> None:
    check_offers("fn hash_of() { 1 }\nfn f() { hash$0 }", "hash_of", "HashMap")
