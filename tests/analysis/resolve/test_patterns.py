"""A name alone in a pattern: a constant, or what is like one, is matched, and anything else is a new variable."""

from __future__ import annotations

from .marks import check_meanings, check_refused


def test_constants_and_what_has_no_fields_are_matched() -> None:
    check_meanings("""
const LIMIT = 3;
struct Frost;
struct Wind();
use Weather::{Dry, Wet};
enum Weather { Dry, Wet(amount) }

pub fn main(x) {
    match x {
        LIMIT => 1,
      //^^^^^ crate::LIMIT
        Frost => 2,
      //^^^^^ crate::Frost
        Wind => 3,
      //^^^^ crate::Wind
        Dry => 4,
      //^^^ crate::Weather::Dry
        Weather::Dry => 5,
      //^^^^^^^ crate::Weather
               //^^^ crate::Weather::Dry
        None => 6,
      //^^^^ ::std::option::Option::None
        _ => 7,
    }
}""")


def test_whatever_has_fields_or_is_a_function_gives_its_name_away() -> None:
    check_meanings("""
struct Bed { name }
struct Pair(a, b);
use Weather::Wet;
enum Weather { Wet(amount) }
fn water() {}
mod garden {}

pub fn main(x) {
    match x { Bed => Bed, _ => 1 };
                   //^^^ pattern, line 10
    match x { Pair => Pair, _ => 1 };
                    //^^^^ pattern, line 12
    match x { Wet => Wet, _ => 1 };
                   //^^^ pattern, line 14
    match x { String => String, _ => 1 };
                      //^^^^^^ pattern, line 16
    let water = 1;
      //^^^^^ let, declared here
    let garden = water;
               //^^^^^ let, line 18
      //^^^^^^ let, declared here
    drop(garden)
}""")


def test_a_key_of_an_object_is_a_variable_in_any_case() -> None:
    check_meanings("""
const LIMIT = 3;
pub fn main(x) {
    match x {
        #{ LIMIT } => LIMIT,
                    //^^^^^ pattern, line 5
        #{ kind: LIMIT } => LIMIT,
               //^^^^^ crate::LIMIT
                          //^^^^^ crate::LIMIT
        _ => 0,
    }
}""")


def test_paths_in_patterns() -> None:
    check_meanings("""
mod weather {
    pub enum Sky { Clear, Rain(mm), Snow { cm } }
}
use weather::Sky;
pub fn main(x) {
    match x {
        Sky::Clear => 0,
           //^^^^^ crate::weather::Sky::Clear
        Sky::Rain(mm) => mm,
      //^^^ crate::weather::Sky
           //^^^^ crate::weather::Sky::Rain
                       //^^ pattern, line 10
        Sky::Snow { cm } => cm,
                  //^^ pattern, declared here; field of weather::Sky::Snow
                          //^^ pattern, line 14
        weather::Sky::Snow { cm: deep } => deep,
      //^^^^^^^ crate::weather
                           //^^ field of weather::Sky::Snow
                                         //^^^^ pattern, line 17
        _ => 1,
    }
}""")


def test_names_that_nobody_can_tell_apart() -> None:
    """Two things of one name: Rune refuses what is named, and nothing is bound either."""
    check_refused("""
const LIMIT = 1;
const LIMIT = 2;
pub fn main(x) {
    match x { LIMIT => LIMIT, _ => 0 }
            //^^^^^ unknown
                     //^^^^^ unknown
}""")


def test_variants_that_no_stub_declares() -> None:
    """Rune's stubs do not have the variants of `Ordering`; that they are matched is known all the same."""
    check_meanings("""
use std::cmp::Ordering;
use std::cmp::Ordering::Less;
pub fn main(x) {
    match x {
        Ordering::Equal => 0,
      //^^^^^^^^ ::std::cmp::Ordering
                //^^^^^ unknown
        Less => 1,
      //^^^^ unknown
        _ => 2,
    }
}""")
