//! What the tests of stubs share: one with everything in it, and changes of it.
#![allow(dead_code)]

use runekiln_guest::lexer::lex;

use crate::parsing::Random;

/// Every construct that a stub can have.
pub const GARDEN: &str = r#"//! crate: garden
//!
//! What grows in it.

/// Beds.
pub mod beds {
    //! And more of them.

    /// A bed.
    #[prelude]
    #[alias("Plot")]
    pub struct Bed { pub name: String, #[mut] pub type: Option<String>, pub plants: Vec<Plant> }
    impl Bed {
        pub fn new(name: String) -> Self;
        #[permission("shell", scope = "seed")]
        pub async fn sow(self, seed: String, with: fn(beds::Bed) -> Option<Bed>) -> Result<(), Frost>;
        #[consumes]
        pub fn dug(self) -> Bed;
    }
    #[sealed]
    pub enum Plant { Seed, Grown(String, i64), Named { name: String } }
    pub struct Frost;
    pub struct Pile<T> {
        pub top: Option<T>,
    }
    impl<T> Pile<T> { pub fn push<U>(self, item: T, other: U); }
}
pub type Id = String | i64;
pub type Mood = "wet" | "dry";
pub const LIMIT: i64 = -3;
pub const OPEN: bool;
pub macro log(expressions) -> ();
pub fn exec(options: Object{folder?, limit}, pair: (i64, Id), one: (i64,)) -> !;

#[profile("tools", "events")]
pub mod tools {
    pub mod deep {
        pub fn dig();
    }
}

#[alias("hook")] pub attribute handler { event: String, pattern: Option<String> } for fn(event: any) -> bool;
pub attribute plain;
#[cancellable] pub event "bed:dug": Bed;
#[entry("gardener")] pub fn tend(bed: Bed) -> Vec<Plant>;
"#;

/// The text with one to three of `pieces` between tokens.
pub fn with_pieces(text: &str, pieces: &[&str], random: &mut Random) -> String {
    let tokens = lex(text).tokens;
    let mut places: Vec<usize> = (0..1 + random.below(3))
        .map(|_| tokens[random.below(tokens.len())].start as usize)
        .collect();
    places.sort_unstable_by(|a, b| b.cmp(a));
    let mut changed = text.to_owned();
    for place in places {
        changed.insert_str(place, pieces[random.below(pieces.len())]);
    }
    changed
}
