//! What is wrong in a stub is said in its place.

mod fixture;

use fixture::check_as;
use runekiln_guest::protocol::{Dialect, Source};
use runekiln_guest::stubs::read::marks::{PERMISSIONS, PROFILES};
use runekiln_guest::stubs::read::{joined, read, read_all, remember};

fn check(fixture: &str) {
    check_as(fixture, Dialect::Stub);
}

#[test]
fn a_stub_without_mistakes_has_no_problems() {
    check("//! crate: host\npub struct Bed { pub session: Option<Session> }");
}

/// Python's lists are held against the same file.
#[test]
fn permissions_and_profiles_are_those_of_the_surface() {
    let surface = include_str!("../../../tests/fixtures/surface.json");
    let surface: serde_json::Value = serde_json::from_str(surface).expect("JSON");
    assert_eq!(surface["permissions"], serde_json::json!(PERMISSIONS));
    let described = surface["profiles"].as_object().expect("an object");
    let mut profiles: Vec<&str> = described.keys().map(String::as_str).collect();
    profiles.sort_by_key(|name| PROFILES.iter().position(|known| known == name));
    assert_eq!(profiles, PROFILES);
}

#[test]
fn the_crate_must_be_said() {
    check(
        "
/// A bed.
  pub struct Bed;
//^^^ error[missing-crate]: `//! crate: name`
",
    );
    check(
        "
//! crate: match
         //^^^^^ error[bad-crate-name]: `match` cannot be the name of a crate
pub struct Bed;
",
    );
}

#[test]
fn what_has_no_path_needs_no_crate() {
    check(
        "#[entry(\"main\")] pub fn main();\npub event \"a\";\npub attribute tool { name: String }",
    );
}

#[test]
fn without_a_crate_nothing_with_a_path_is_bound() {
    let read = read(
        "host.rni",
        "pub fn sow(); #[entry(\"main\")] pub fn main();",
    );
    assert_eq!(read.bindings.modules, []);
    assert_eq!(read.bindings.entries.len(), 1);
}

#[test]
fn types_must_exist() {
    check(
        "
//! crate: host
pub struct Bed { pub plants: Vec<Plnat>, pub name: Sting }
                               //^^^^^ error[unknown-type]: There is no type `Plnat`; did you mean `Plant`?
                                                 //^^^^^ error[unknown-type]: There is no type `Sting`; did you mean `String`?
pub enum Plant { Grown(Height) }
                     //^^^^^^ error[unknown-type]: There is no type `Height`
pub fn sow(x: fn(T) -> bool) -> Self;
               //^ error[unknown-type]: There is no type `T`
                              //^^^^ error[unknown-type]: `Self` stands only in an `impl`
pub fn fill<T>(x: fn(T) -> Option<T>) -> std::ops::Range;
",
    );
}

#[test]
fn types_have_so_many_arguments() {
    check(
        "
//! crate: host
pub struct Pile<T> { pub top: Option<T> }
pub fn a(x: Option<i64, i64>, y: String<i64>, z: Pile<i64>, v: Vec, w: Pile<i64, i64>);
          //^^^^^^^^^^^^^^^^ error[wrong-type-arguments]: `Option` takes one type argument, not 2
                               //^^^^^^^^^^^ error[wrong-type-arguments]: `String` takes no type arguments, not 1
                                                                     //^^^^^^^^^^^^^^ error[wrong-type-arguments]: one
",
    );
}

#[test]
fn an_alias_does_not_stand_for_itself() {
    check(
        "
//- a.rni
//! crate: host
pub type Id = Id;
       //^^ error[circular-alias]: `Id` stands for itself
pub type Rows = Vec<beds::Row>;
       //^^^^ error[circular-alias]
pub mod beds { pub type Row = Option<more::Many>; }
                      //^^^ error[circular-alias]
pub type Pair<Id> = (Id, Id);
pub type Both = Pair<Rows> | Bed;
pub struct Bed { pub next: Option<Bed> }
//- b.rni
//! crate: more
pub type Many = Vec<host::Rows>;
       //^^^^ error[circular-alias]
",
    );
}

#[test]
fn type_parameters_and_self_are_declared_once() {
    check(
        "
//! crate: host
pub struct Pair<A, A> { pub one: A }
                 //^ error[declared-twice]: The type parameter `A` is declared twice
impl<A> Pair<A> {
    pub fn swap<B, C, B>(self, self, with: B, of: C);
                    //^ error[declared-twice]
                             //^^^^ error[misplaced-self]: `self` stands once, and first
    pub fn turn(by: i64, self);
                       //^^^^ error[misplaced-self]
}
",
    );
}

#[test]
fn a_name_of_several_types_is_a_question() {
    check(
        "
//- a.rni
//! crate: json
pub struct Fault;
//- b.rni
//! crate: toml
pub struct Fault;
//- c.rni
//! crate: host
pub fn read() -> Fault;
               //^^^^^ error[ambiguous-type]: write `json::Fault` or `toml::Fault`
pub fn write() -> json::Fault;
",
    );
}

#[test]
fn functions_are_given_to_types_of_stubs() {
    check(
        "
//! crate: host
pub type Id = String | i64;
impl Bde { pub fn a(self); }
   //^^^ error[unknown-impl-type]: No stub declares the type `Bde`
impl Id { pub fn a(self); }
   //^^ error[unknown-impl-type]: `Id` is another name for types
impl String { pub fn a(self); }
   //^^^^^^ error[unknown-impl-type]: `String` is a type of Rune
impl Workflow { pub fn plough(self); }
",
    );
}

#[test]
fn nothing_is_declared_twice() {
    check(
        "
//! crate: host
pub struct Bed { pub a: i64, pub a: i64 }
                               //^ error[declared-twice]: The field `a` is declared twice
pub enum Bed { A }
       //^^^ error[declared-twice]: `Bed` is declared twice
pub enum Plant { A, B, A }
                     //^ error[declared-twice]: `A`
impl Bed { pub fn a(self); pub fn b(self); pub fn b(); }
                                                //^ error[declared-twice]: `b`
pub fn sow(x: i64, x: i64);
                 //^ error[declared-twice]: The parameter `x`
pub const sow: i64;
        //^^^ error[declared-twice]: `sow`
pub macro sow(tokens) -> ();
pub macro sow(tokens) -> ();
        //^^^ error[declared-twice]: The macro `sow`
pub attribute tool { a: i64, a: i64 }
                           //^ error[declared-twice]: The key `a`
#[alias(\"tool\")] pub attribute hook;
      //^^^^^^ error[declared-twice]: The attribute `tool`
pub event \"a\";
pub event \"a\";
        //^^^ error[declared-twice]: The event `a`
#[entry(\"x\")] pub fn main();
#[entry(\"y\")] pub fn main();
                   //^^^^ error[declared-twice]: `main`
pub mod a { #[prelude] pub struct Frost; }
pub mod b { #[prelude] pub struct Frost; }
                                //^^^^^ error[declared-twice]: A type `Frost` that is usable without `use`
pub mod a { pub fn sow(); }
",
    );
}

#[test]
fn what_another_stub_declares_is_declared() {
    check(
        "
//- a.rni
//! crate: host
pub mod beds { pub fn dig(); }
//- b.rni
//! crate: host
pub mod beds { pub fn dig(); pub fn sow(); }
                    //^^^ error[declared-twice]: `dig` is declared twice
",
    );
}

#[test]
fn attributes_are_those_of_stubs() {
    check(
        "
//! crate: host
#[prelud] pub struct Bed;
//^^^^^^ error[unknown-stub-attribute]: Stubs have no attribute `prelud`; did you mean `prelude`?
#[cancellable] pub struct Plant;
//^^^^^^^^^^^ error[misplaced-stub-attribute]: stands only on an `event`
#[prelude] #[prelude] pub struct Seed;
           //^^^^^^^ error[repeated-stub-attribute]: twice
#[prelude(1)] pub struct Frost;
        //^ error[bad-stub-attribute]: takes nothing
pub struct Hose {
    #[mut(\"+\")] pub length: i64,
        //^^^ error[bad-stub-attribute]: No operator `+` changes a field; `=` does, and `+=`, `-=`
    #[mut(1)] pub bends: i64,
    //^^^ error[bad-stub-attribute]: This is written as `#[mut(\"=\", \"+=\")]`
}
#[since] pub struct Rain;
//^^^^^ error[bad-stub-attribute]: `#[since(\"0.3\")]`
#[source(\"a.rs\", 0)] pub struct Snow;
//^^^^^^ error[bad-stub-attribute]: `#[source(
#[alias(\"match\")] pub struct Hail;
      //^^^^^^^ error[keyword-as-name]: No script can write `match`
#[profile(\"tool\")] pub struct Fog;
        //^^^^^^ error[unknown-profile]: did you mean `tools`?
impl Fog { #[consumes] pub fn lift(); }
           //^^^^^^^^ error[misplaced-stub-attribute]: a method with `self`
pub enum Wind { #[mut] North }
                //^^^ error[misplaced-stub-attribute]: a field of a struct
#[since(release = \"1\")] pub fn blow();
      //^^^^^^^ error[unknown-stub-attribute-key]: there is no `release`
",
    );
}

#[test]
fn the_host_needs_a_permission() {
    check(
        "
//! crate: host
#[host] pub fn a();
             //^ error[host-without-permission]: `a` is answered by the host
#[host] #[permission(\"net\")] pub fn b();
#[permission(\"kiln.rea\")] pub fn c();
           //^^^^^^^^^^ error[unknown-permission]: did you mean `kiln.read`?
#[permission(\"net\", scope = \"url\")] pub fn d(address: String);
                          //^^^^^ error[unknown-scope]: `d` has no parameter `url`
#[permission(\"net\", parameter = \"url\")] pub fn e(url: String);
                  //^^^^^^^^^ error[unknown-stub-attribute-key]: it has `scope`
#[permission] pub fn f();
//^^^^^^^^^^ error[bad-stub-attribute]: `#[permission(
",
    );
}

#[test]
fn what_is_declared_has_types_and_names() {
    check(
        "
//! crate: host
pub fn sow(seed, (a, b): (i64, i64), self);
         //^^^^ error[missing-type]: `seed` needs a type
               //^^^^^^^^^^^^^^^^^^ error[bad-parameter]: one name and its type
                                   //^^^^ error[misplaced-self]: only in the functions of an `impl`
pub struct Bed { pub name }
                   //^^^^ error[missing-type]: `name` needs a type
pub struct Pair(i64, i64);
             //^^^^^^^^^^ error[unnamed-fields]: need names
pub const A = 1;
        //^ error[missing-type]: `A` needs a type
pub const B: i64 = \"1\";
                 //^^^ error[bad-constant]: is no `i64`
pub const C: i64 = a();
                 //^^^ error[bad-constant]: a number, a string
pub const D: f64 = 1;
                 //^ error[bad-constant]: `1` is no `f64`
",
    );
}

#[test]
fn what_is_broken_is_still_known() {
    check(
        "
//! crate: host
pub struct Bed { pub name: String, pub match: i64 }
                                     //^^^^^ error[keyword-as-name]
impl Bed { pub fn dig(self) -> Bed; }
pub fn bed() -> Bed;
",
    );
}

#[test]
fn a_stub_alone_knows_what_the_instance_is_configured_with() {
    let source = |path: &str, text: &str| -> Source { fixture::source(path, text) };
    let configured = read_all(&[
        source(
            "beds.rni",
            "//! crate: garden\npub struct Bed; pub fn dig();",
        ),
        source("more.rni", "//! crate: garden\npub fn fill();"),
    ]);
    remember(&configured);
    let codes = |path: &str, text: &str| -> Vec<String> {
        let read = read(path, text);
        read.file
            .problems
            .iter()
            .map(|found| found.code.clone())
            .collect()
    };
    assert_eq!(
        codes("new.rni", "//! crate: garden\npub fn bed() -> Bed;"),
        [""; 0]
    );
    assert_eq!(
        codes("new.rni", "//! crate: garden\npub fn dig();"),
        ["declared-twice"]
    );
    assert_eq!(
        codes("beds.rni", "//! crate: garden\npub fn dig() -> Bed;"),
        ["unknown-type"]
    );
    remember(&[]);
    assert_eq!(
        codes("new.rni", "//! crate: garden\npub fn bed() -> Bed;"),
        ["unknown-type"]
    );
    assert_eq!(
        joined(configured.into_iter().map(|read| read.bindings))
            .types
            .len(),
        1
    );
}

#[test]
fn a_prelude_takes_no_name_from_rune_or_from_crucible() {
    check(
        r#"//! crate: garden
#[prelude]
pub struct Session;
         //^^^^^^^ error[declared-twice]: A type `Session` that is usable without `use` there is already: `crucible::session::Session`
#[prelude]
pub struct Option;
         //^^^^^^ error[declared-twice]: A type `Option` that is usable without `use` there is already: Rune's own
pub struct String;
"#,
    );
}

#[test]
fn a_trait_holds_functions_and_is_implemented_by_types() {
    check(
        "
//! crate: host
pub trait Shelf { pub const MAX: i64; pub fn first(self) -> any; }
                    //^^^^^ error[expected-function]: nothing else stands here
pub struct Bed;
impl Shelf for Bed;
impl Shlf for Bed;
   //^^^^ error[unknown-trait]: No stub declares the trait `Shlf`; did you mean `Shelf`?
impl Bed for Bed;
   //^^^ error[unknown-trait]: `Bed` is no trait
impl Shelf for Bad;
             //^^^ error[unknown-impl-type]: No stub declares the type `Bad`; did you mean `Bed`?
impl Shelf { pub fn dig(self); }
   //^^^^^ error[unknown-impl-type]: its functions stand where it is declared
pub struct Shelf;
         //^^^^^ error[declared-twice]: `Shelf` is declared twice
",
    );
}

#[test]
fn a_protocol_is_one_of_runes_and_stands_in_an_impl() {
    check(
        "
//! crate: host
pub struct Bed;
impl Bed {
    pub protocol ADD(self, other: Bed) -> Bed;
    pub protocol AD_ASSIGN(self, other: Bed);
               //^^^^^^^^^ error[unknown-protocol]: Rune has no protocol `AD_ASSIGN`; did you mean `ADD_ASSIGN`?
    pub protocol SUB(other: Bed) -> Bed;
               //^^^ error[misplaced-self]: A protocol takes `self`
    pub protocol ADD(self, other: i64) -> Bed;
               //^^^ error[declared-twice]: The protocol `ADD` is declared twice
    pub const ADD: i64 = 1;
    pub const ADD: i64 = 2;
            //^^^ error[declared-twice]: `ADD` is declared twice
}
pub protocol SUB(self) -> Bed;
  //^^^^^^^^ error[expected-function]: a `protocol` stands in the `impl` of its type
",
    );
}
