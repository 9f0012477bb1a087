"""Literals, and what is put together of other values."""

from __future__ import annotations

from .marks import check_types


def test_literals_say_what_they_are() -> None:
    check_types("""
pub fn main() {
    let whole = 1;
      //^^^^^ i64
    let hexadecimal = 0x1f64;
      //^^^^^^^^^^^ i64
    let small = 7u8;
      //^^^^^ u64
    let part = 1.5;
      //^^^^ f64
    let great = 1e3;
      //^^^^^ f64
    let named = 1f32;
      //^^^^^ f64
    let letter = 'a';
      //^^^^^^ char
    let byte = b'a';
      //^^^^ u64
    let bytes = b"ab";
      //^^^^^ Bytes
    let yes = true;
      //^^^ bool
    let text = "a";
      //^^^^ String
    let template = `a ${text}`;
      //^^^^^^^^ String
    let nothing = ();
      //^^^^^^^ ()
}""")


def test_tuples_vectors_and_objects_say_what_was_put_into_them() -> None:
    check_types("""
pub fn main() {
    let pair = (1, "a");
      //^^^^ (i64, String)
    let list = [1, 2];
      //^^^^ Vec<i64>
    let mixed = [1, "a"];
      //^^^^^ Vec<i64 | String>
    let object = #{ name: "a", "how many": 2, pair };
      //^^^^^^ Object{name: String, how many: i64, pair: (any, any)}
    let said = object.name;
      //^^^^ String
}""")


def test_structs_and_variants_are_of_their_type() -> None:
    check_types("""
struct Bed { name: String, size }
struct Point(x, y);
struct Unit;
enum Plant { Seed, Grown(height), Named { name } }
pub fn main() {
    let bed = Bed { name: "a", size: 2 };
      //^^^ Bed
    let name = bed.name;
      //^^^^ String
    let size = bed.size;
      //^^^^ ?
    let point = Point(1, 2);
      //^^^^^ Point
    let make = Point;
      //^^^^ fn(any, any) -> Point
    let unit = Unit;
      //^^^^ Unit
    let seed = Plant::Seed;
      //^^^^ Plant
    let grown = Plant::Grown(1);
      //^^^^^ Plant
    let named = Plant::Named { name };
      //^^^^^ Plant
    let grow = Plant::Grown;
      //^^^^ fn(any) -> Plant
    let kind = Bed;
      //^^^^ ?
}""")


def test_ranges_go_through_what_they_start_with() -> None:
    check_types("""
pub fn main() {
    let list = [1];
    let closed = 1..=2;
      //^^^^^^ RangeInclusive<i64>
    let open = 1..;
      //^^^^ RangeFrom<i64>
    let whole = ..;
      //^^^^^ RangeFull
    for number in 0..list.len() {
      //^^^^^^ i64
    }
    for letter in 'a'..'c' {
      //^^^^^^ char
    }
}""")


def test_options_and_results_hold_what_they_were_made_of() -> None:
    check_types("""
pub fn main() {
    let some = Some(1);
      //^^^^ Option<i64>
    let none = None;
      //^^^^ Option
    let fine = Ok("a");
      //^^^^ Result<String, any>
    let number = some.unwrap();
      //^^^^^^ i64
    let other = none.unwrap_or(2);
      //^^^^^ i64
}""")
