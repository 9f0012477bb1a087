//! How stubs are laid out, and that nothing is lost.

mod formatting;
mod parsing;
mod stubs;

use formatting::{format, tokens};
use parsing::Random;
use runekiln_guest::parser::{self, parse_as};
use runekiln_guest::protocol::Dialect;

/// Checks that the text is laid out like that, and then stays.
fn check(text: &str, expected: &str) {
    assert_eq!(laid_out(text), expected);
    assert_eq!(laid_out(expected), expected, "laid out again it changes");
}

fn laid_out(text: &str) -> String {
    format(text, Dialect::Stub, None).unwrap_or_else(|told| panic!("{told:?} in\n{text}"))
}

#[test]
fn a_declaration_stands_on_a_line() {
    check(
        "//! crate: garden\n\n\n\npub mod beds{pub struct Frost;pub fn  all( )->Vec <Bed> ;\n  impl Bed{pub fn dig(self ,deep:bool)->Result<( ),Frost>;} }\npub mod empty { }",
        "//! crate: garden

pub mod beds {
    pub struct Frost;
    pub fn all() -> Vec<Bed>;
    impl Bed {
        pub fn dig(self, deep: bool) -> Result<(), Frost>;
    }
}
pub mod empty {}
",
    );
}

#[test]
fn a_long_union_has_a_line_for_each_of_its_types() {
    check(
        "pub type Kind = Option<\"short\" | \"long\",>;\npub attribute season { kind: Option<\"spring in the garden\" | \"summer in the garden\" | \"autumn in the garden\" | \"winter\">, }",
        "pub type Kind = Option<\"short\" | \"long\">;
pub attribute season {
    kind: Option<\"spring in the garden\"
        | \"summer in the garden\"
        | \"autumn in the garden\"
        | \"winter\">,
}
",
    );
}

#[test]
fn what_stands_in_an_impl_and_in_a_trait_is_laid_out_alike() {
    check(
        "pub trait Shelf<T>{pub fn first (self)->T ;}\nimpl < T > Shelf <T>for Pile<T> ;\nimpl Pile{pub const MAX : i64=3;pub  protocol ADD( self,other:Pile )->Pile;}",
        "pub trait Shelf<T> {
    pub fn first(self) -> T;
}
impl<T> Shelf<T> for Pile<T>;
impl Pile {
    pub const MAX: i64 = 3;
    pub protocol ADD(self, other: Pile) -> Pile;
}
",
    );
}

#[test]
fn fields_stay_on_a_line_if_they_did() {
    check(
        "pub struct Bed{pub name:String,#[mut]pub title:Option<String>,}\npub struct Plant {\n pub name: String, pub size: i64 }\n#[sealed]  pub enum Mood { Wet(String),Dry{ since :i64 } , None }",
        "pub struct Bed { pub name: String, #[mut] pub title: Option<String> }
pub struct Plant {
    pub name: String,
    pub size: i64,
}
#[sealed] pub enum Mood { Wet(String), Dry { since: i64 }, None }
",
    );
}

#[test]
fn what_is_too_long_is_broken() {
    check(
        "pub struct Bed { pub name: String, pub width: i64, pub length: i64, pub plants: Vec<Plant>, pub mood: Mood }
pub fn plant(bed: Bed, seeds: Vec<Seed>, how_many: i64, how_deep: f64, when: Option<String>) -> Result<Bed, Frost>;",
        "pub struct Bed {
    pub name: String,
    pub width: i64,
    pub length: i64,
    pub plants: Vec<Plant>,
    pub mood: Mood,
}
pub fn plant(
    bed: Bed,
    seeds: Vec<Seed>,
    how_many: i64,
    how_deep: f64,
    when: Option<String>,
) -> Result<Bed, Frost>;
",
    );
}

#[test]
fn types_are_written_in_one_way() {
    check(
        "pub type A=String|i64;pub type B = \"note\"|\"tip\" ;pub type C=Object{ folder ?,limit };pub type D<T>=fn( T ,Option < Vec<T>>)->(T,);pub const X:i64=- 3;pub macro log( tokens )->!;pub event \"a:b\":any;",
        "pub type A = String | i64;
pub type B = \"note\" | \"tip\";
pub type C = Object{folder?, limit};
pub type D<T> = fn(T, Option<Vec<T>>) -> (T,);
pub const X: i64 = - 3;
pub macro log(tokens) -> !;
pub event \"a:b\": any;
",
    );
}

#[test]
fn the_keys_of_an_object_keep_their_lines() {
    check(
        "pub event \"a\":Object{b ,c?,};\npub event \"d\":Object{\n    e,\n    f?,\n};",
        "pub event \"a\": Object{b, c?};\npub event \"d\": Object{\n    e,\n    f?,\n};\n",
    );
}

#[test]
fn attributes_keep_their_lines() {
    check(
        "#[prelude]#[alias( \"A\",\"B\" )]\n#[since(\"1\")] pub struct Bed;\n#[permission(\"shell\",scope=\"x\")]pub fn exec(x: String);\n#[alias(\"hook\")] pub attribute handler{event:String}for fn(event:Event)->any;",
        "#[prelude] #[alias(\"A\", \"B\")]
#[since(\"1\")] pub struct Bed;
#[permission(\"shell\", scope = \"x\")] pub fn exec(x: String);
#[alias(\"hook\")] pub attribute handler { event: String } for fn(event: Event) -> any;
",
    );
}

#[test]
fn comments_stay_where_they_are() {
    check(
        "// First.
//! crate: garden // the crate

/// A bed.
pub struct Bed { // wide
  pub name: String, // its name
    /// Its size.


  pub size: i64 // in metres
  // The end.
}

// Functions:
pub fn dig(bed: Bed /* which */, deep: bool); // slowly
",
        "// First.
//! crate: garden // the crate

/// A bed.
pub struct Bed {
    // wide
    pub name: String, // its name
    /// Its size.
    pub size: i64, // in metres
    // The end.
}

// Functions:
pub fn dig(
    bed: Bed, /* which */
    deep: bool,
); // slowly
",
    );
}

#[test]
fn a_broken_stub_stays_as_it_is() {
    let told = format("pub fn dig( -> i64;", Dialect::Stub, None).expect_err("it is broken");
    assert!(told[0].starts_with("unclosed-parenthesis"), "{told:?}");
}

#[test]
fn line_ends_stay_as_they_are() {
    check(
        "pub fn a();\r\n\r\n\r\npub  fn b();",
        "pub fn a();\r\n\r\npub fn b();\r\n",
    );
}

#[test]
fn a_part_is_laid_out_alone() {
    let text = "pub  fn a();\npub  fn b();\npub  fn c();\n";
    let formatted = format(text, Dialect::Stub, Some([14, 15]));
    assert_eq!(
        formatted.as_deref(),
        Ok("pub  fn a();\npub fn b();\npub  fn c();\n")
    );
}

#[test]
fn comments_anywhere_are_kept() {
    let mut random = Random(7);
    let mut formatted = 0;
    let pieces = ["// c\n", "/* c */", "\n\n\n", "/// c\n", "  "];
    for _ in 0..1_500 {
        let text = stubs::with_pieces(stubs::GARDEN, &pieces, &mut random);
        if !parse_as(&text, parser::Dialect::Stub).problems.is_empty() {
            continue;
        }
        formatted += 1;
        let once = laid_out(&text);
        assert_eq!(tokens(&once), tokens(&text), "{text}");
        assert_eq!(laid_out(&once), once, "{text}");
    }
    assert!(formatted > 1_000, "only {formatted} formatted");
}
