//! What formatting makes of a script, and what it leaves alone.

mod formatting;

use formatting::{format, formatted, formatted_part};
use runekiln_guest::protocol::Dialect;

#[test]
fn annotations_are_laid_out_too() {
    let text = "struct Bed{name:String,plants :Vec < Plant >}
pub fn sow( bed:Bed,seeds:i64|() )->Option<( Bed,i64 )>{let sown:fn(i64)->i64=|n:i64|n+1;sown(seeds)}
";
    assert_eq!(
        formatted(text),
        "struct Bed {
    name: String,
    plants: Vec<Plant>,
}
pub fn sow(bed: Bed, seeds: i64 | ()) -> Option<(Bed, i64)> {
    let sown: fn(i64) -> i64 = |n: i64| n + 1;

    sown(seeds)
}
"
    );
}

#[test]
fn a_comment_in_an_annotation_stays_with_it() {
    assert_eq!(
        formatted("fn f(a /* before */ : /* inside */ i64   ,b) {a}\n"),
        "fn f(a: /* inside */ i64 /* before */, b) {\n    a\n}\n"
    );
}

#[test]
fn a_macro_call_with_comments_is_left_as_it_is() {
    assert_eq!(
        formatted("fn f() {println!(\"{}\",  // why\n   1);g(  )}\n"),
        "fn f() {\n    println!(\"{}\",  // why\n   1);\n    g()\n}\n"
    );
}

#[test]
fn a_macro_call_in_brackets_is_left_as_it_is() {
    assert_eq!(
        formatted("fn f() {told![ 1,2 ]}\n"),
        "fn f() {\n    told![ 1,2 ]\n}\n"
    );
}

#[test]
fn a_template_with_an_escaped_quote_is_left_as_it_is() {
    assert_eq!(
        formatted("pub fn main(x) {`a\\`b ${ x }`.len( )}\n"),
        "pub fn main(x) {\n    `a\\`b ${ x }`.len()\n}\n"
    );
}

#[test]
fn what_is_before_the_first_line_stays() {
    assert_eq!(formatted("\u{feff}fn f( ) {\n}\n"), "\u{feff}fn f() {\n}\n");
    assert_eq!(
        formatted("#!/usr/bin/env rune\nfn f( ) {\n}\n"),
        "#!/usr/bin/env rune\nfn f() {\n}\n"
    );
}

#[test]
fn nothing_stays_nothing() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n \n"), "");
}

#[test]
fn a_semicolon_that_makes_a_value_nothing_stays() {
    let text = "fn f() {\n    if a {\n        1\n    } else {\n        2\n    };\n}\n";
    assert_eq!(formatted(text), text);
}

#[test]
fn broken_texts_are_refused_with_their_problems() {
    for (text, code) in [
        ("fn main() { println!(\"a\" }\n", "unclosed-parenthesis"),
        ("#[test\nfn f() {}\n", "unclosed-bracket"),
        ("fn f() { let mut a = 1; }\n", "mutable-variable"),
    ] {
        let told = format(text, Dialect::Module, None).expect_err(text);
        assert!(told[0].starts_with(code), "{told:?} in {text}");
    }
}

#[test]
fn what_rune_s_formatter_does_not_know_is_left_as_it_is() {
    for (text, reason) in [
        ("#/* why */[test]\nfn f() {}\n", "would not come to an end"),
        ("use a::{self};\n", "more than its layout"),
    ] {
        let told = format(text, Dialect::Module, None).expect_err(text);
        assert!(told[0].starts_with("cannot-format"), "{told:?}");
        assert!(told[0].contains(reason), "{told:?}");
    }
}

#[test]
fn a_range_formats_the_items_that_it_touches() {
    assert_eq!(
        formatted_part("fn a( ) { }\n\n\nfn b( ) {«»}\n fn c( ) { }\n"),
        "fn a( ) { }\n\n\nfn b() {\n}\n fn c( ) { }\n"
    );
    assert_eq!(
        formatted_part("fn a( ) { }\n   fn b( «) { }\n fn» c( ) { }\nfn d( ) { }"),
        "fn a( ) { }\nfn b() {\n}\nfn c() {\n}\nfn d( ) { }"
    );
}

#[test]
fn a_range_in_a_block_formats_the_statements_that_it_touches() {
    assert_eq!(
        formatted_part("fn a( ) {\n  let x:i64=1;\n  if x  {\n «y( 1,2 )»;\nz( )\n}\n  x( )\n}\n"),
        "fn a( ) {\n  let x:i64=1;\n  if x  {\n        y(1, 2);\nz( )\n}\n  x( )\n}\n"
    );
}

#[test]
fn a_range_between_items_changes_nothing() {
    let text = "fn a( ) { }\n\n«\n»\nfn b( ) { }\n";
    assert_eq!(formatted_part(text), text.replace(['«', '»'], ""));
}
