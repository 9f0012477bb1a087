"""What annotations say, and where a script does something else."""

from __future__ import annotations

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.types import show

from tests.analysis.fixtures import read_fixture, snapshot_of

from .marks import check_host_types, check_types


def test_annotations_and_documentation_say_what_parameters_are() -> None:
    check_types("""
/// @param limit: i64
/// @return String | i64
fn stated(names: Vec<String>, limit, (a, b): (i64, f64)) {
        //^^^^^ Vec<String>
                            //^^^^^ i64
                                    //^ i64
                                       //^ f64
    names[0]
  //^^^^^^^^ String
}
fn given(value) -> f64 { value }
fn hidden(value) { value }
pub fn main() {
    let text = stated(["a"], 1, (1, 1.5));
      //^^^^ String | i64
    let number = given(1.5);
      //^^^^^^ f64
    let said: String = hidden("a");
      //^^^^ String
}""")


def test_the_host_says_what_its_entries_are_called_with() -> None:
    check_host_types("""
pub fn codify_session(session) { session }
                               //^^^^^^^ Session
fn codify(session) { session }
                   //^^^^^^^ ?
""")


def test_an_annotation_stays_where_an_unknown_value_is_assigned() -> None:
    check_types("""
fn keep(x) {
    let number: i64 = x;
      //^^^^^^ i64
    number = x;
    let same = number;
      //^^^^ i64
}""")


def test_what_contradicts_an_annotation_is_told_and_believed() -> None:
    check_types("""
fn f(x) -> String {
    let number: i64 = "a";
      //^^^^^^ String
    let fine: i64 | String = 1;
      //^^^^ i64 | String
    fine = 1.5;
    let now = fine;
      //^^^ f64
    1
}
fn g() {
    let given = f(1);
      //^^^^^ i64
}""")
    assert mismatches("""
fn f(x) -> String {
    let number: i64 = "a";
    let fine: i64 | String = 1;
    fine = 1.5;
    let list: Vec<i64> = x;
    1
}""") == ["-> String: i64", ": i64: String", "1.5: f64"]


def test_fields_and_arguments_are_held_against_what_is_stated_of_them() -> None:
    assert mismatches("""
fn f(x) {
    let bed = Bed { name: 1, size: 2, more: x };
    water(bed, "much");
    water(x, 1);
    Bed { name: x, size: 1, more: water(1, 1) }
}
struct Bed { name: String, size: i64, more: String }
fn water(bed: Bed, amount: i64) -> i64 { amount }
""") == ["name: 1: i64", '"much": String', "more: water(1, 1): i64", "1: i64"]


def mismatches(marked: str) -> list[str]:
    """The places where an annotation is contradicted, with what is there instead."""
    script = snapshot_of(read_fixture(marked)).script
    tree, inferred = script.tree(0), Flows(script).inferred(ItemPlace(0, 0))
    return [
        f"{tree.content(each.node)}: {show(each.found)}" for each in sorted(inferred.mismatches, key=lambda e: e.node)
    ]
