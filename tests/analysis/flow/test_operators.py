"""Operators, of Rune's own types and of the host's."""

from __future__ import annotations

from runekiln_analysis.stubs import Bindings, Function, HostType, Parameter

from tests.analysis.std import with_std

from .marks import check_types

PILE = HostType(
    name="Pile",
    path="garden::Pile",
    aliases=(),
    docs="",
    prelude=True,
    fields=(),
    functions=(
        Function("new", "associated-function", (), "Pile<String>", ""),
        Function("first", "method", (), "Option<T>", ""),
    ),
    generics=("T",),
    protocols=(
        Function("ADD", "method", (Parameter("other", "Pile<T>"),), "Pile<T>", ""),
        Function("INDEX_GET", "method", (Parameter("index", "i64"),), "T", ""),
        Function("INTO_ITER", "method", (), "Iterator<T>", ""),
    ),
)


def test_the_left_value_decides() -> None:
    check_types("""
pub fn main() {
    let whole = 1 + 2;
      //^^^^^ i64
    let mixed = 1 + [1].len();
      //^^^^^ i64
    let length = [1].len() * 2;
      //^^^^^^ u64
    let part = 1.5 / 2.0;
      //^^^^ f64
    let text = "a" + "b";
      //^^^^ String
    let less = 1 < 2;
      //^^^^ bool
    let same = "a" == "b";
      //^^^^ bool
    let both = 1 < 2 && 2 < 3;
      //^^^^ bool
    let off = !true;
      //^^^ bool
    let minus = -1.5;
      //^^^^^ f64
    let negative = -(1 + 1);
      //^^^^^^^^ i64
    let bits = 1 << 2 | 4 & 1;
      //^^^^ i64
    let cast = 1 as f64;
      //^^^^ f64
}""")


def test_the_second_value_of_and_may_be_anything() -> None:
    check_types("""
pub fn main() {
    let number = true && 1;
      //^^^^^^ bool | i64
    let flag = false || true;
      //^^^^ bool
}""")


def test_assignments_with_an_operator_keep_or_replace() -> None:
    check_types("""
pub fn main() {
    let number = 1;
    number += [1].len();
    let sum = number;
      //^^^ i64
    let text = "a";
    text += "b";
    let longer = text;
      //^^^^^^ String
    let object = #{ count: 1 };
    object.count += 1;
    let count = object.count;
      //^^^^^ i64
    let nothing = number += 1;
      //^^^^^^^ ()
}""")


def test_what_is_not_known_stays_so() -> None:
    check_types("""
fn add(a, b) {
    let sum = a + b;
      //^^^ ?
    let equal = a == b;
      //^^^^^ bool
    let half = a / 2;
      //^^^^ ?
    half
}
pub fn main() { add(1, 2); add(4, 2); }
""")


def test_the_hosts_types_have_the_operators_that_are_declared_of_them() -> None:
    check_types(
        """
fn f() {
    let pile = Pile::new();
      //^^^^ Pile<String>
    let both = pile + pile;
      //^^^^ Pile<String>
    let less = pile - pile;
      //^^^^ ?
    let top = pile[0];
      //^^^ String
    let first = both.first();
      //^^^^^ Option<String>
    for each in pile {
      //^^^^ String
    }
    pile += pile;
    let same = pile;
      //^^^^ Pile
}""",
        with_std(Bindings(types=(PILE,))),
    )
