"""What values hold: known as long as nobody else can put something in."""

from __future__ import annotations

from .marks import check_types


def test_what_is_put_in_is_known_afterwards() -> None:
    check_types("""
pub fn main() {
    let list = [];
      //^^^^ Vec
    list.push(1);
    let numbers = list.clone();
      //^^^^^^^ Vec<i64>
    list.push("a");
    let both = list.clone();
      //^^^^ Vec<i64 | String>
    list[0] = 1.5;
    let first = list[0];
      //^^^^^ i64 | String | f64
    let object = #{ a: 1 };
    object.b = "b";
    object["c"] = 'c';
    object.insert("d", 1.5);
    let letters = object.clone();
      //^^^^^^^ Object{a: i64, b: String, c: char, d: f64}
    let pair = (1, 2);
    pair.0 = "a";
    let changed = pair.0;
      //^^^^^^^ String
}""")


def test_a_second_way_to_a_value_ends_what_is_known_of_its_parts() -> None:
    check_types("""
fn spoil(list) { list.push("a") }
pub fn main() {
    let list = [1];
    let same = list;
      //^^^^ Vec
    same.push("a");
    let last = list[1];
      //^^^^ ?
    let given = [1];
    spoil(given);
    let spoilt = given[1];
      //^^^^^^ ?
    let taken = [1];
    let closure = || taken.push("a");
    closure();
    let pushed = taken[1];
      //^^^^^^ ?
    let held = [1];
    let holder = (held, 2);
    holder.0.push("a");
    let inside = held[1];
      //^^^^^^ ?
    let pair = (1, 2);
    let other = pair;
    other.0 = "a";
    let changed = pair.0;
      //^^^^^^^ ?
    let some = Some(1);
    let alias = some;
    alias.0 = "a";
    let replaced = some.unwrap();
      //^^^^^^^^ ?
}""")


def test_what_is_held_by_another_value_is_known_one_level_deep() -> None:
    check_types("""
pub fn main() {
    let lists = [[1]];
      //^^^^^ Vec<Vec>
    let inner = lists[0];
      //^^^^^ Vec
    inner.push("a");
    let deep = lists[0][1];
      //^^^^ ?
}""")


def test_methods_that_only_look_leave_what_is_known() -> None:
    check_types("""
pub fn main() {
    let list = [2, 1];
    let length = list.len();
      //^^^^^^ u64
    list.sort();
    list.clear();
    list.push(3);
    let last = list.pop();
      //^^^^ Option<i64>
    let found = list.get(0);
      //^^^^^ Option<i64>
    let part = list.get(0..0);
      //^^^^ Option
    list.extend(["a"]);
    let all = list.clone();
      //^^^ Vec<i64 | String>
}""")


def test_collections_know_what_they_were_given() -> None:
    check_types("""
use std::collections::{HashMap, HashSet};
pub fn main() {
    let map = HashMap::new();
      //^^^ HashMap
    map.insert("a", 1);
    let found = map.get("a");
      //^^^^^ Option<i64>
    let value = map["a"];
      //^^^^^ i64
    for (key, number) in map.iter() {
       //^^^ String
            //^^^^^^ i64
    }
    let set = HashSet::from_iter([1, 2]);
      //^^^ HashSet<i64>
    for each in set {
      //^^^^ i64
    }
}""")


def test_keys_of_an_object_that_it_surely_has() -> None:
    check_types("""
pub fn main() {
    let object = #{ a: 1 };
    if object.len() > 2 { object.b = 2; } else { object.b = "b"; object.c = 3; }
    let sure = object.clone();
      //^^^^ Object{a: i64, b: String | i64}
    let perhaps = object.get("a");
      //^^^^^^^ Option<i64>
    let unknown = object.get("c");
      //^^^^^^^ Option
    object.remove("a");
    let left = object.clone();
      //^^^^ Object
}""")


def test_the_greater_of_two_lists_may_be_the_other_one() -> None:
    check_types("""
pub fn main() {
    let list = [1];
    let same = list.max([0]);
      //^^^^ Vec
    same.push("a");
    let last = list[1];
      //^^^^ ?
}""")


def test_what_an_annotation_says_ends_where_something_else_is_put_in() -> None:
    check_types("""
fn f(list: Vec<i64>, pair: (Vec<i64>, i64), x) {
    list.push(2);
    let same = list[0];
      //^^^^ i64
    let other = list;
    other.push("a");
    let changed = list[0];
      //^^^^^^^ ?
    pair.0[0] = 'a';
    let inner = pair.0;
      //^^^^^ ?
}""")


def test_the_parts_and_letters_of_a_text() -> None:
    check_types("""
pub fn main() {
    for part in "a, b".split(", ") {
      //^^^^ String
    }
    let words = "a b".split(|c| c == ' ').collect::<Vec>();
      //^^^^^ Vec<String>
    for letter in "ab".chars().rev() {
      //^^^^^^ char
    }
    let first = "a b".split(' ').next();
      //^^^^^ Option<String>
}""")
