"""Calls of the script's own functions."""

from __future__ import annotations

from .marks import check_types


def test_own_functions_give_what_their_bodies_do() -> None:
    check_types("""
fn number() { 1 }
fn early(flag) { if flag { return "a"; } 2 }
fn list() { let list = [1]; list.push(2); list }
fn kept() { let list = [1]; keep(list); list }
fn keep(list) { list.push("a") }
const LIMIT = 3;
const NAMES = ["a"];
pub fn main() {
    let a = number();
      //^ i64
    let b = early(true);
      //^ String | i64
    let c = list();
      //^ Vec<i64>
    let d = kept();
      //^ Vec
    let e = LIMIT;
      //^ i64
    let f = NAMES;
      //^ Vec
    let g = number;
      //^ fn() -> i64
    let h = g();
      //^ i64
}""")


def test_functions_that_call_themselves_give_what_they_end_with() -> None:
    check_types("""
fn factorial(n) { if n < 2 { 1 } else { factorial(n - 1) * n } }
fn even(n) { if n == 0 { true } else { odd(n - 1) } }
fn odd(n) { if n == 0 { false } else { even(n - 1) } }
fn nest(n) { if n == 0 { 1 } else { [nest(n - 1)] } }
fn grow(n) { if n == 0 { 1 } else { Some(grow(n - 1)) } }
fn endless(n) { endless(n) }
pub fn main() {
    let a = factorial(3);
      //^ i64
    let b = even(3);
      //^ bool
    let c = nest(3);
      //^ i64 | Vec<i64 | Vec>
    let d = grow(1);
      //^ i64 | Option<i64 | Option>
}
fn never() {
    let e = endless(1);
      //^ ?
}
""")


def test_methods_are_found_by_the_type_of_their_value() -> None:
    check_types("""
struct Bed { size }
struct Shed;
impl Bed {
    fn new(size) { Bed { size } }
    fn name(self) { "bed" }
    fn same(self) { self }
                  //^^^^ Bed
}
impl Shed { fn name(self) { 'S' } }
pub fn main() {
    let bed = Bed::new(1);
      //^^^ Bed
    let name = bed.same().name();
      //^^^^ String
    let letter = Shed.name();
      //^^^^^^ char
    let called = Bed::name(bed);
      //^^^^^^ String
    let either = if name == "bed" { bed } else { Shed };
      //^^^^^^ Bed | Shed
    let joined = either.name();
      //^^^^^^ String | char
}""")


def test_a_chain_of_functions_of_any_length_is_followed() -> None:
    functions = "".join(f"fn f{n}() {{ f{n + 1}() }}\n" for n in range(2000))
    check_types(f"""
{functions}
fn f2000() {{ 1 }}
fn start() {{
    let end = f0();
      //^^^ i64
}}""")


def test_other_files_are_looked_into() -> None:
    check_types("""
mod beds;
fn start() {
    let count = beds::count();
      //^^^^^ i64
    let other = beds::make();
      //^^^^^ ?
}
//- beds.rn
pub struct Bed;
pub fn count() { 1 }
pub fn make() { Bed }
""")
