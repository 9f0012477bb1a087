"""Paths: where they begin, what imports lead to, and the module that they stand in."""

from __future__ import annotations

from runekiln_analysis.facts import Facts
from runekiln_analysis.resolve.below import module_at
from runekiln_analysis.resolve.items import resolve_item
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.resolve.table import table_of
from runekiln_analysis.script import ItemPlace, Script

from tests.analysis.fixtures import checker
from tests.analysis.stub_bindings import HOST

from .marks import check_host_meanings, check_meanings, check_refused


def test_modules_and_their_words() -> None:
    check_meanings("""
pub fn help() { 0 }
pub mod shed {
    pub fn help() { super::help() + self::tools::rake() + crate::help() }
                         //^^^^ crate::help
                                        //^^^^^ crate::shed::tools
                                               //^^^^ crate::shed::tools::rake
                                                               //^^^^ crate::help
    pub mod tools { pub fn rake() { super::super::help() } }
                                                //^^^^ crate::help
}
pub fn main() { shed::help() + shed::tools::rake() + shed::tools::super::help() }
              //^^^^ crate::shed
                             //^^^^ crate::shed
                                                                       //^^^^ crate::shed::help
""")


def test_a_module_does_not_see_what_is_around_it() -> None:
    check_refused("""
fn help() {}
mod shed { pub fn open() { help() } }
                         //^^^^ unknown
pub fn main() { shed::open() }""")


def test_every_form_of_use() -> None:
    check_meanings("""
mod shed { pub fn rake() {} pub fn hoe() {} pub mod shelf { pub fn seeds() {} pub const COUNT = 1; } }
use shed::rake;
        //^^^^ crate::shed::rake
use shed::{hoe as cut, shelf::{seeds, COUNT}};
         //^^^ crate::shed::hoe
                //^^^ crate::shed::hoe
                             //^^^^^ crate::shed::shelf::seeds
use crate::shed as house;
use std::collections::HashMap;
                    //^^^^^^^ ::std::collections::hash_map::HashMap
use ::std::iter::*;
pub fn main() {
    rake(); cut(); seeds(); COUNT;
  //^^^^ crate::shed::rake
          //^^^ crate::shed::hoe
                 //^^^^^ crate::shed::shelf::seeds
                          //^^^^^ crate::shed::shelf::COUNT
    house::hoe();
  //^^^^^ crate::shed
         //^^^ crate::shed::hoe
    HashMap::new();
           //^^^ ::std::collections::hash_map::HashMap::new
    range(0, 1);
  //^^^^^ ::std::iter::range
}""")


def test_what_a_star_brings_gives_way_to_what_is_named() -> None:
    check_meanings("""
mod a { pub fn f() {} pub fn g() {} }
mod b { pub fn f() {} }
use a::*;
use b::f;
pub fn main() { f(); g() }
              //^ crate::b::f
                   //^ crate::a::g
""")


def test_two_stars_that_bring_the_same_name() -> None:
    check_refused("""
mod a { pub fn f() {} }
mod b { pub fn f() {} }
use a::*;
use b::*;
pub fn main() { f() }
              //^ unknown
""")


def test_names_that_are_handed_on() -> None:
    check_meanings("""
mod inner { pub mod deep { pub fn f() {} } pub use self::deep::f as g; }
pub use inner::g as h;
pub fn main() { inner::g(); h(); self::h() }
                     //^ crate::inner::deep::f
                          //^ crate::inner::deep::f
                                     //^ crate::inner::deep::f
""")


def test_imports_that_lead_in_a_circle() -> None:
    check_refused("""
mod a { pub use crate::b::f; }
mod b { pub use crate::a::f; }
pub fn main() { a::f() }
                 //^ unknown
""")


def test_own_items_hide_those_of_rune_and_of_the_host() -> None:
    check_meanings("""
fn drop(x) { x }
struct Workflow;
pub fn main() { drop(1); Workflow; std::mem::drop(2) }
              //^^^^ crate::drop
                       //^^^^^^^^ crate::Workflow
                                           //^^^^ ::std::mem::drop
""")


def test_names_that_need_no_use() -> None:
    check_meanings("""
pub fn main() {
    let list = Vec::new();
             //^^^ ::std::vec::Vec
                  //^^^ ::std::vec::Vec::new
    let flow = Workflow::new();
             //^^^^^^^^ ::crucible::workflow::Workflow
                       //^^^ ::crucible::workflow::Workflow::new
    Some(list.iter().collect::<Vec>());
  //^^^^ ::std::option::Option::Some
                             //^^^ ::std::vec::Vec
    Ok(flow)
  //^^ ::std::result::Result::Ok
}""")


def test_functions_of_a_type_know_its_names_without_a_path() -> None:
    """Rune looks from the function outwards, and so through the type, but it passes over methods."""
    check_meanings("""
enum Sky { Clear, Rain }
impl Sky {
    fn new() { Clear }
             //^^^^^ crate::Sky::Clear
    fn wet(self) { Self::new(); new(); self.dry() }
                 //^^^^ crate::Sky
                       //^^^ crate::Sky::new
                              //^^^ crate::Sky::new
    fn dry(self) { dry() }
                 //^^^ crate::dry
}
fn dry() { 1 }
pub fn main() { Sky::new().wet() }
                   //^^^ crate::Sky::new
""")


def test_an_impl_in_another_module() -> None:
    check_meanings("""
pub mod beds {
    pub struct Bed { size }
    pub fn help() { 1 }
}
mod more {
    impl super::beds::Bed { fn size(self) { helping(); self.size } }
                    //^^^ crate::beds::Bed
                                          //^^^^^^^ crate::more::helping
    fn helping() {}
}
impl beds::Bed { fn bare() { Self { size: help() } } }
         //^^^ crate::beds::Bed
                           //^^^^ crate::beds::Bed
                                        //^^^^ crate::beds::help
pub fn main() { beds::Bed::bare().size() }
                         //^^^^ crate::beds::Bed::bare
""")


def test_files_of_modules() -> None:
    check_meanings("""
mod plants;
use plants::{Plant, seeds::sow};
           //^^^^^ crate::plants::Plant
                         //^^^ crate::plants::seeds::sow
pub fn main() { sow(Plant::Seed); plants::count() }
                         //^^^^ crate::plants::Plant::Seed
                                        //^^^^^ crate::plants::seeds::count
//- plants.rn
pub mod seeds;
pub enum Plant { Seed, Grown }
pub use self::seeds::count;
//- plants/seeds.rn
use super::Plant;
pub fn sow(plant) { match plant { Plant::Grown => 1, n => count() } }
pub fn count() { 1 }
""")


def test_the_type_of_an_annotation() -> None:
    check_meanings("""
mod beds { pub struct Bed; }
pub fn main(bed: beds::Bed, list: Vec<Workflow>) -> Option<beds::Bed> {
               //^^^^ crate::beds
                     //^^^ crate::beds::Bed
                                    //^^^^^^^^ ::crucible::workflow::Workflow
                                                               //^^^ crate::beds::Bed
    let first: i64 = 1;
             //^^^ ::std::i64
    first
  //^^^^^ let, line 8
}""")


def test_an_annotation_needs_no_use_for_a_type_of_the_host() -> None:
    check_host_meanings(
        """
pub fn main(who: Agent, found: Iterator<Nothing>) { who }
               //^^^^^ ::crucible::agent::Agent
                             //^^^^^^^^ ::std::iter::Iterator
                                      //^^^^^^^ unknown
""",
        HOST,
    )


def test_a_mod_file_that_is_being_edited() -> None:
    """It comes first among the files, and is still the module that it is."""
    files = {
        "kiln/main.rn": b"mod plants;\nfn help() {}\nconst SEED = 1;\npub fn main() { plants::sow(1) }",
        "kiln/plants.rn": b"fn help() {}\npub fn sow(n) { help(); crate::help(); super::SEED; n }",
    }
    facts = checker().check("kiln/main.rn", files["kiln/main.rn"], files.get)
    turned = Facts(tuple(reversed(facts.files)))
    script = Script(turned, files["kiln/plants.rn"], HOST, files, "kiln/main.rn")
    resolution = resolve_item(script, table_of(script), ItemPlace(0, 1))
    assert resolution is not None
    meant = {script.tree(1).content(node): meaning for node, meaning in resolution.names.items()}
    assert meant["SEED"] == OwnItem(ItemPlace(1, 2))
    helps = [meaning for node, meaning in resolution.names.items() if script.tree(1).content(node) == "help"]
    assert helps == [OwnItem(ItemPlace(0, 0)), OwnItem(ItemPlace(1, 1))]
    seen = module_at(script, ())
    assert seen is not None
    assert [item.name for _, item in script.members_of(seen)] == ["plants", "help", "SEED", "main"]
