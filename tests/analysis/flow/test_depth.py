"""Scripts that are nested deeper than anybody writes: nothing is told below some depth, and nothing wrong above it."""

from __future__ import annotations

import pytest

from .marks import check_types

DEPTH = 200


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("(", ")"),
        ("[", "]"),
        ("1 + (", ")"),
        ("{ let x = ", "; x }"),
        ("if a { ", " } else { 1 }"),
        ("match a { _ => ", " }"),
        ("|x| ", ""),
        ("Some(1).map(|x| ", ")"),
        ("for i in [1] { ", " }"),
        ("f(", ")"),
        ("!", ""),
    ],
)
def test_nested_expressions_are_cut(opened: str, closed: str) -> None:
    check_types(f"""
fn f(a) {{
    let b = 1;
    let c = 1;
    let deep = {opened * DEPTH}c{closed * DEPTH};
    let after = b;
      //^^^^^ i64
}}""")


def test_a_long_chain_is_cut() -> None:
    check_types(f"""
fn f(text: String) {{
    let deep = text{".clone()" * DEPTH};
      //^^^^ ?
    let near = text{".clone()" * 20};
      //^^^^ String
}}""")


def test_what_is_written_below_the_cut_is_forgotten() -> None:
    check_types(f"""
fn f(a) {{
    let b = 1;
    let list = [1];
    {"if a { " * DEPTH} b = "a"; list.push("a"); return 'a'; {"}" * DEPTH}
    let after = b;
      //^^^^^ ?
    let held = list[0];
      //^^^^ ?
}}
fn g() {{
    let given = f(true);
      //^^^^^ ?
}}""")
