//! Which names a stub may give away: those that a script can write. The compiler says which these are.

use rune::{Context, Diagnostics, Source, Sources};
use runekiln_guest::stubs::read::names::OF_RUNE;
use runekiln_guest::stubs::read::read;
use runekiln_guest::syntax::SyntaxKind;

/// Every word that is one of Rune's, or of stubs, or of Rust alone.
const WORDS: &str = "as async await break const continue crate default else enum false fn for if impl in is let loop match \
    mod move mut not pub return select Self self struct super true use while yield abstract alignof become do extern final \
    macro offsetof override priv proc pure ref sizeof static typeof unsafe virtual \
    type attribute event union auto box dyn where trait try any expressions tokens Object";

fn compiles(context: &Context, script: &str) -> bool {
    let mut sources = Sources::new();
    let source = Source::memory(script).expect("a source can be made");
    sources.insert(source).expect("a source can be added");
    let mut diagnostics = Diagnostics::new();
    let unit = rune::prepare(&mut sources)
        .with_context(context)
        .with_diagnostics(&mut diagnostics);
    unit.build().is_ok()
}

/// Checks that a stub may declare exactly the names with which the script compiles.
fn check(stub: &str, script: &str) {
    let context = Context::with_default_modules().expect("Rune's modules fit together");
    let mut accepted = 0;
    for word in WORDS.split_whitespace() {
        let declared = read("host.rni", &stub.replace("WORD", word));
        let is_accepted =
            declared.file.syntax_problems.is_empty() && declared.file.problems.is_empty();
        let compiles = compiles(&context, &script.replace("WORD", word));
        assert_eq!(
            is_accepted, compiles,
            "`{word}` in {script}: {:?}",
            declared.file.problems
        );
        accepted += usize::from(is_accepted);
    }
    assert!(accepted > 0 && accepted < WORDS.split_whitespace().count());
}

#[test]
fn a_function_has_a_name_that_a_script_can_call() {
    check(
        "//! crate: host\npub mod garden { pub fn WORD(x: i64); }",
        "mod garden { pub fn WORD(x) { x } } pub fn main() { garden::WORD(1) }",
    );
}

#[test]
fn a_method_has_a_name_that_a_script_can_call() {
    check(
        "//! crate: host\npub struct Bed; impl Bed { pub fn WORD(self); }",
        "pub fn main(bed) { bed.WORD() }",
    );
}

#[test]
fn a_field_has_a_name_that_a_script_can_read() {
    check(
        "//! crate: host\npub struct Bed { pub WORD: i64 }",
        "pub fn main(bed) { bed.WORD }",
    );
}

#[test]
fn a_module_has_a_name_that_a_script_can_write() {
    check(
        "//! crate: host\npub mod WORD { pub fn sow(); }",
        "mod WORD { pub fn sow() {} } pub fn main() { WORD::sow() }",
    );
}

#[test]
fn a_type_has_a_name_that_a_script_can_write() {
    check(
        "//! crate: host\npub struct WORD; ",
        "struct WORD; pub fn main() { WORD }",
    );
}

#[test]
fn a_crate_has_a_name_that_a_script_can_write() {
    check(
        "//! crate: WORD\npub fn sow();",
        "mod WORD { pub fn sow() {} } pub fn main() { WORD::sow() }",
    );
}

#[test]
fn an_entry_has_a_name_that_a_script_can_give() {
    check("#[entry(\"task\")] pub fn WORD();", "pub fn WORD() { 1 }");
}

#[test]
fn the_words_are_all_that_there_are() {
    let is_listed = |word: &&str| WORDS.split_whitespace().any(|listed| listed == *word);
    let texts = SyntaxKind::ALL.iter().filter(|(kind, _)| kind.is_keyword());
    let words = texts.filter_map(|(_, name)| name.strip_suffix("Keyword"));
    for word in words.filter(|word| !matches!(*word, "SelfType" | "Reserved")) {
        assert!(is_listed(&word.to_lowercase().as_str()), "{word}");
    }
}

#[test]
fn the_types_of_rune_are_types_of_rune() {
    let context = Context::with_default_modules().expect("Rune's modules fit together");
    // What is no item of Rune: words of ours, and a type that scripts never name.
    let ours = ["any", "Value", "Error"];
    for (name, ..) in OF_RUNE.iter().filter(|(name, ..)| !ours.contains(name)) {
        let paths = [
            (*name).to_owned(),
            format!("std::{name}"),
            format!("std::collections::{name}"),
            format!("std::ops::{name}"),
            format!("std::ops::generator::{name}"),
            format!("std::cmp::{name}"),
            format!("std::future::{name}"),
            format!("std::stream::{name}"),
            format!("std::iter::{name}"),
            format!("std::bytes::{name}"),
            format!("std::any::{name}"),
            format!("std::tuple::{name}"),
        ];
        let is_type =
            |path: &String| compiles(&context, &format!("pub fn main(x) {{ x is {path} }}"));
        assert!(paths.iter().any(is_type), "Rune has no type `{name}`");
    }
}
