//! Annotations that name a type which the profile lacks, told like a use of it in code.

mod fixture;
mod hosts;

use hosts::{run, with_host};
use runekiln_guest::protocol::Outcome;

const STUB: &str = r##"//! crate: garden
#[prelude] #[profile("tools")] #[alias("Jotting")]
pub struct Note { pub text: String }
#[profile("events", "tools")]
pub mod glass {
    pub struct Pane { pub size: f64 }
    pub struct Range { pub from: f64 }
    pub fn heat(degrees: f64) -> ();
}
#[profile("tools")] pub type Id = String | i64;
#[prelude] pub struct Bed { pub name: String }
pub mod shapes { #[profile("core")] pub struct Pane { pub corners: i64 } }
pub mod wood {
    #[profile("tools")] pub struct Frame { pub size: f64 }
    pub fn saw() -> ();
}
"##;

fn check_in_core(fixture: &str) {
    with_host(&[("garden.rni", STUB)], "core", || fixture::check(fixture));
}

#[test]
fn a_type_of_another_profile_is_told_wherever_an_annotation_names_it() {
    check_in_core(
        r##"
pub struct Folder {
    first: Note,
         //^^^^ warning[unavailable-in-profile]: The profile `core` has no `Note`: the profile `tools` has it
    others: Vec<garden::glass::Pane>,
              //^^^^^^^^^^^^^^^^^^^ warning[unavailable-in-profile]: The profile `core` has no `garden::glass::Pane`: the profiles `events` and `tools` have it
}
pub fn main(note: Option<Jotting>, bed: Bed) -> (String, ::garden::Note) {
                       //^^^^^^^ warning[unavailable-in-profile]: has no `Jotting`
                                                       //^^^^^^^^^^^^^^ warning[unavailable-in-profile]: has no `garden::Note`
    let id: garden::Id | Bed = bed;
          //^^^^^^^^^^ warning[unavailable-in-profile]: has no `garden::Id`
    let read = |note: fn(Frame) -> Note| note;
                       //^^^^^ warning[unavailable-in-profile]: has no `Frame`
                                 //^^^^ warning[unavailable-in-profile]: has no `Note`
    assert!((|note: Note| true)(id));
                  //^^^^ warning[unavailable-in-profile]: has no `Note`
    read
}
"##,
    );
}

#[test]
fn what_the_documentation_of_a_function_says_counts_as_an_annotation() {
    check_in_core(
        r##"
/// Reads a Note, and an `@param note: Note` in its text is none.
/// @param note: Option<Note> - that Note which is read
                      //^^^^ warning[unavailable-in-profile]: has no `Note`
/// @param bed: Bed
/// @param missing parts: Note
/// @param broken: Note<
/// @return Jotting
          //^^^^^^^ warning[unavailable-in-profile]: has no `Jotting`
pub fn main(note, bed) { (note, bed) }

/** @param é: Note */
             //^^^^ warning[unavailable-in-profile]: has no `Note`
pub fn other(é) { é }
"##,
    );
}

#[test]
fn a_name_is_followed_through_imports() {
    check_in_core(
        r##"
use garden::wood::*;
use garden::wood as timber;
use garden as yard;
pub fn main(a: Frame, b: timber::Frame, c: yard::glass::Pane, d: wood::Frame) { [a, b, c, d, timber::saw()] }
             //^^^^^ warning[unavailable-in-profile]: has no `garden::wood::Frame`
                       //^^^^^^^^^^^^^ warning[unavailable-in-profile]: has no `garden::wood::Frame`
                                         //^^^^^^^^^^^^^^^^^ warning[unavailable-in-profile]: has no `garden::glass::Pane`
mod inner {
    pub fn all(a: timber::Frame) { a }
    pub fn note(a: crate::Note, b: Note) { [a, b] }
                                 //^^^^ warning[unavailable-in-profile]: has no `Note`
}
pub fn all(a) { inner::all(inner::note(a, a)) }
"##,
    );
}

#[test]
fn an_import_of_what_the_profile_lacks_is_told_of_by_the_compiler_and_in_a_function_by_us() {
    check_in_core(
        r##"
use garden::wood::Frame;
  //^^^^^^^^^^^^^^^^^^^ error[unavailable-in-profile]: has no `garden::wood::Frame`
use garden::glass::*;
                 //^ error[unavailable-in-profile]: has no `garden::glass`
pub fn main(a: Frame, b: Pane) { [a, b] }
mod inner {
    use garden::Note as Sheet;
      //^^^^^^^^^^^^^^^^^^^^^ error[unavailable-in-profile]: has no `garden::Note`
    pub fn main(a: Sheet) { a }
}
pub fn inside() {
    use garden::wood::Frame as Window;
    inner::main(|a: Window| a)
                  //^^^^^^ warning[unavailable-in-profile]: has no `garden::wood::Frame`
}
"##,
    );
}

#[test]
fn what_the_script_calls_so_itself_is_no_type_of_the_host() {
    check_in_core(
        r##"
pub struct Note { text }
mod garden { pub struct Id; }
pub fn main(note: Note, id: garden::Id) { [note, id] }
pub mod shelf {
    pub enum Frame { Wide }
    use self::Frame as Jotting;
    pub struct Board;
    impl Board { pub fn frame(self, note: Jotting) -> Frame { [self, note] } }
}
pub mod desk {
    use crate::shelf::*;
    use super::Note;
    pub fn main(a: Jotting, b: Frame, c: Note) { [a, b, c] }
}
pub fn inside() {
    struct Jotting;
    |note: Jotting| note
}
"##,
    );
}

#[test]
fn what_no_profile_has_and_what_the_profile_has_by_another_path_is_not_told_of() {
    check_in_core(
        r##"
use garden::shapes::*;
pub fn main(a: Nothing, b: garden::glass::Nothing, c: garden::glass::heat, d: Pane) { [a, b, c, d] }
pub fn other(a: Range, b: Vec<Self>, c: "Note", d: Object{Note}) { [a, b, c, d] }
"##,
    );
    let script = "pub fn main(a: Note, b: garden::glass::Pane, c: Frame) { [a, b, c] }";
    with_host(&[("garden.rni", STUB)], "all", || fixture::check(script));
}

#[test]
fn modules_in_other_files_are_told_of_in_their_own_file() {
    check_in_core(
        r##"
mod inner;
pub fn main() { inner::read(1) }
//- inner/mod.rn
use garden::wood as timber;
pub fn read(note: timber::Frame) { [note, timber::saw()] }
                //^^^^^^^^^^^^^ warning[unavailable-in-profile]: has no `garden::wood::Frame`
"##,
    );
}

#[test]
fn it_changes_nothing_in_a_run() {
    let script = "pub fn main() { let note: Note = 1; note }";
    let ran = with_host(&[("garden.rni", STUB)], "core", || run(script));
    assert_eq!(ran.outcome, Outcome::Finished, "{:?}", ran.files);
}
