"""What a test says of a value, where it holds and where it does not."""

from __future__ import annotations

from .marks import check_host_types, check_types


def test_is_narrows_in_its_branch_and_behind_one_that_leaves() -> None:
    check_types("""
fn look(value) {
    if value is String {
        let text = value;
          //^^^^ String
    } else if value is not i64 {
        let other = value;
          //^^^^^ ?
        return;
    }
    let either = value;
      //^^^^^^ i64 | String
    if !(value is String) && true {
        let number = value;
          //^^^^^^ i64
    }
    if value is i64 || value is String {
        let same = value;
          //^^^^ i64 | String
    }
}
pub fn main() { look("a"); look(1); look(1.5); }
""")


def test_patterns_narrow_what_is_matched() -> None:
    check_types("""
enum Plant { Seed, Grown(height) }
fn look(value) {
    match value {
        "a" => { let text = value;
                   //^^^^ String
        }
        true => { let yes = value;
                    //^^^ bool
        }
        Some(inner) => { let option = value;
                           //^^^^^^ Option
        }
        Plant::Grown(height) => { let plant = value;
                                    //^^^^^ Plant
        }
        other => { let rest = other;
                     //^^^^ ?
        }
    }
    if let Ok(inner) = value {
        let result = value;
          //^^^^^^ Result
    }
}
pub fn main() { look("a"); look(true); look(Some(1)); look(Plant::Grown(1)); look(Plant::Seed); look(Ok(1)); }
""")


def test_patterns_take_values_apart() -> None:
    check_types("""
struct Bed { name: String, size: i64 }
struct Point(x: i64, y: f64);
pub fn main() {
    let (left, (middle, _)) = (1, ("a", 2));
       //^^^^ i64
              //^^^^^^ ?
    let (first, second, ..) = (1, 'a', "a");
       //^^^^^ i64
              //^^^^^^ char
    let [head, ..] = [1, 2];
       //^^^^ i64
    let #{ name, size: number, .. } = #{ name: "a", size: 2 };
         //^^^^ String
                     //^^^^^^ i64
    let Bed { name, size } = Bed { name: "a", size: 2 };
            //^^^^ String
                  //^^^^ i64
    let Point(x, y) = Point(1, 2.5);
            //^ i64
               //^ f64
    if let Some(inner) = Some(1) {
              //^^^^^ i64
    }
    match Ok(1) {
        Ok(number) => number,
         //^^^^^^ i64
        Err(error) => error,
          //^^^^^ ?
    }
}""")


def test_an_unknown_function_may_still_be_asserted_to_give_something() -> None:
    check_types("""
fn look(value) {
    assert!(value is String, "no text");
    value
  //^^^^^ String
}
pub fn main() { look("a") }
""")


def test_a_match_that_misses_values_gives_nothing_for_them() -> None:
    check_types("""
enum Plant { Seed, Grown(height) }
fn look(option, flag, plant) {
    if option is Option && flag is bool && plant is Plant {
        let all = match option { Some(_) => 1, None => 2 };
          //^^^ i64
        let both = match flag { true => 1, false => 2 };
          //^^^^ i64
        let each = match plant { Plant::Seed => 1, Plant::Grown(_) => 2 };
          //^^^^ i64
        let some = match option { Some(1) => 1, None => 2 };
          //^^^^ i64 | ()
        let guarded = match flag { true => 1, false if 1 > 2 => 2 };
          //^^^^^^^ i64 | ()
        let rest = match flag { true => "a", _ => 2 };
          //^^^^ String | i64
    }
}
pub fn main() { look(Some(3), false, Plant::Grown(1)) }
""")


def test_the_hosts_types_narrow_too() -> None:
    check_host_types("""
pub fn f(value) {
    if value is Phase {
        let name = value.name;
          //^^^^ String
    }
}""")
