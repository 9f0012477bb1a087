"""Values that Rune 0.14.2 loses, and variables that it writes into: what no run gives is not told."""

from __future__ import annotations

from .marks import check_types


def test_what_rune_loses_may_be_anything() -> None:
    check_types("""
fn block() { { let n = 5; n } }
fn arm() { match 1 { 1 => { let n = 5; n } _ => 1 } }
fn leaves() { return { let n = 5; n }; }
fn branch() { if true { let n = 5; n } else { 1 } }
pub fn main() {
    let closure = || { let n = 5; n };
      //^^^^^^^ fn() -> any
    let matching = || { match Some(5) { Some(n) => n, _ => 1 } };
      //^^^^^^^^ fn() -> any
    let lost = (closure(), matching(), block(), arm(), leaves());
      //^^^^ (any, any, any, any, any)
    let kept = branch();
      //^^^^ i64
    let behind = { let n = 5; n };
      //^^^^^^ i64
}""")


def test_an_operand_with_several_ways_may_overwrite_the_variable_that_one_ends_with() -> None:
    check_types("""
fn same(value) { value }
pub fn main() {
    let a = 'a';
    let sum = 1 + if 1 < 2 { 2 } else { a };
    let written = a;
      //^^^^^^^ char | i64
    let b = true;
    let pair = (b && 1, b);
    let both = b;
      //^^^^ bool | i64
    let c = 'c';
    let tuple = (match 1 { 2 => c, _ => "" }, 1);
    let matched = c;
      //^^^^^^^ char | String
    let d = 'd';
    let (x, y) = if 1 < 2 { (1, 2) } else { d };
    let taken = d;
      //^^^^^ char | (any, any)
}""")


def test_behind_a_let_and_as_an_argument_nothing_is_overwritten() -> None:
    check_types("""
fn same(value) { value }
pub fn main() {
    let a = 'a';
    let one = if 1 < 2 { 2 } else { a };
    same(if 1 < 2 { 2 } else { a });
    [match 1 { 2 => a, _ => 3 }, 1];
    if 1 < 2 { 1 } else { a };
    let kept = a;
      //^^^^ char
}""")
