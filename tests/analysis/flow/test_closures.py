"""Closures, and the iterators that call them."""

from __future__ import annotations

from .marks import check_host_types, check_types


def test_closures_are_called_with_what_the_method_gives_them() -> None:
    check_types("""
pub fn main() {
    let list = [1, 2];
    let texts = list.iter().map(|number| `${number}`).collect::<Vec>();
                               //^^^^^^ i64
      //^^^^^ Vec<String>
    let pairs = list.iter().enumerate().filter(|pair| pair.1 > 1).collect::<Vec>();
                                              //^^^^ (u64, i64)
      //^^^^^ Vec<(u64, i64)>
    let found = list.iter().find(|number| number == 2);
      //^^^^^ Option<i64>
    let sum = list.iter().fold(0, |sum, number| sum + number);
                                 //^^^ i64
      //^^^ i64
    let odd = list.iter().fold(0, |last, number| if number == 1 { "a" } else { last });
                                 //^^^^ i64 | String
      //^^^ i64 | String
    let kept = list.iter().filter_map(|number| if number > 1 { Some('a') } else { None }).next();
      //^^^^ Option<char>
    let option = Some(1).map(|number| number as f64);
      //^^^^^^ Option<f64>
    let chosen = Some(1).and_then(|number| Some("a"));
      //^^^^^^ Option<String>
    let result = Ok(1).map(|number| 'a').unwrap();
      //^^^^^^ char
    let any = list.iter().any(|number| number > 1);
      //^^^ bool
    let text = ["a"].iter().collect::<String>();
      //^^^^ String
}""")


def test_own_functions_and_closures_in_variables_are_called_too() -> None:
    check_types("""
fn double(number) { number; 2 }
pub fn main() {
    let doubled = [1].iter().map(double).collect::<Vec>();
      //^^^^^^^ Vec<i64>
    let closure = |number: i64| number + 1;
      //^^^^^^^ fn(i64) -> i64
    let given = closure(1);
      //^^^^^ i64
    let unknown = |number| number;
      //^^^^^^^ fn(any) -> any
}""")


def test_a_closure_has_the_values_of_its_variables_when_it_is_made() -> None:
    check_types("""
pub fn main() {
    let number = 1;
    let closure = || { let inside = number; number = "a"; (inside, number) };
                         //^^^^^^ i64
    number = 'a';
    let given = closure();
      //^^^^^ (i64, String)
    let outside = number;
      //^^^^^^^ char
    let early = [1].iter().map(|each| { if each == 1 { return "a"; } 1.5 }).next();
      //^^^^^ Option<String | f64>
}""")


def test_the_hosts_lists_are_gone_through_with_their_types() -> None:
    check_host_types("""
pub fn codify_session(session) {
    let names = session.phases().iter().map(|phase| phase.name).collect::<Vec>();
                                           //^^^^^ Phase
      //^^^^^ Vec<String>
    for (number, callout) in session.callouts().iter().enumerate() {
       //^^^^^^ u64
               //^^^^^^^ Callout
    }
    for phase in session.phases() {
      //^^^^^ Phase
    }
}""")
