"""Arms that a `match` lacks."""

from __future__ import annotations

import pytest

from .shown import done, offered

TITLE = "Add the missing arms"


def test_each_variant_without_an_arm_gets_one() -> None:
    assert done(
        """
enum Soil { Sand, Clay { depth }, Loam(a, b) }

pub fn main() {
    let soil = Soil::Sand;
    mat$0ch soil {
        Soil::Sand => 1,
    }
}
""",
        TITLE,
    ) == (
        """
enum Soil { Sand, Clay { depth }, Loam(a, b) }

pub fn main() {
    let soil = Soil::Sand;
    match soil {
        Soil::Sand => 1,
        Soil::Clay { depth } => (),
        Soil::Loam(value_0, value_1) => (),
    }
}
"""
    )


def test_an_empty_one_gets_all() -> None:
    assert done("pub fn codify_session(session) {\n    match session.title {$0}\n}\n", TITLE) == (
        "pub fn codify_session(session) {\n"
        "    match session.title {\n        Some(value) => (),\n        None => (),\n    }\n}\n"
    )


def test_the_innermost_is_meant() -> None:
    assert done(
        "pub fn main(a) {\n    match a > 1 { true => match a < 3 { $0true => 1 }, }\n}\n".replace("$0true", "$0 true"),
        TITLE,
    ) == ("pub fn main(a) {\n    match a > 1 { true => match a < 3 {  true => 1, false => () }, }\n}\n")


@pytest.mark.parametrize(
    "body",
    [
        "match session.title { Some(title) => title, No$0ne => 1 }",
        "mat$0ch session.title { Some(title) => title, None => 1 }",
        "mat$0ch session.title { Some(title) => title, _ => 1 }",
        "mat$0ch session.title { Some(title) => title, other => 1 }",
        "mat$0ch session.title { Some(title) => ",
        "mat$0ch session.title.len() { }",
    ],
)
def test_where_none_is_missing_nothing_is_offered(body: str) -> None:
    assert TITLE not in offered(f"pub fn codify_session(session) {{ {body} }}")


def test_variants_that_cannot_be_named_there_are_not_offered() -> None:
    script = "mod soils { enum Soil { Sand, Clay } pub fn some() { Soil::Sand } }\n"
    assert TITLE not in offered(f"{script}pub fn main() {{ mat$0ch soils::some() {{ }} }}\n")
