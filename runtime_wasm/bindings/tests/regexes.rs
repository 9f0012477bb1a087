//! Regular expressions: searching, replacing, and patterns that are none.

mod support;

use runekiln_bindings::to_json;
use serde_json::{json, Value as Json};
use support::{call, eval};

fn given(body: &str) -> Json {
    let value = call(&format!("pub fn main() {{ {body} }}"), "main", ());
    to_json(&value.unwrap_or_else(|error| panic!("{body}: {error}")))
}

#[test]
fn a_prepared_expression_searches_texts() {
    let date = |call: &str| given(&format!(r#"regex::Regex::new("(\\d+)-(\\d+)").{call}"#));
    assert_eq!(date("pattern()"), json!(r"(\d+)-(\d+)"));
    assert_eq!(date(r#"is_match("on 03-07")"#), json!(true));
    assert_eq!(date(r#"is_match("in March")"#), json!(false));
    assert_eq!(date(r#"find("03-07 or 04-08")"#), json!("03-07"));
    assert_eq!(date(r#"find("in March")"#), Json::Null);
    assert_eq!(
        date(r#"find_all("03-07 or 04-08")"#),
        json!(["03-07", "04-08"])
    );
    assert_eq!(date(r#"split("a03-07b4-8c")"#), json!(["a", "b", "c"]));
}

#[test]
fn replacements_name_groups() {
    let turned = |call: &str| {
        given(&format!(
            r#"regex::Regex::new("(?P<m>\\d+)-(\\d+)").{call}"#
        ))
    };
    assert_eq!(
        turned(r#"replace("03-07 04-08", "$2.$m.")"#),
        json!("07.03. 04-08")
    );
    assert_eq!(
        turned(r#"replace_all("03-07 04-08", "${1}x$$")"#),
        json!("03x$ 04x$")
    );
}

#[test]
fn groups_that_took_no_part_are_none() {
    let body = r#"match regex::Regex::new("(\\d+)( litres)?").captures("40 cans") {
        Some([whole, Some(number), None]) => [whole, number],
        other => other,
    }"#;
    assert_eq!(given(body), json!(["40", "40"]));
    assert_eq!(given(r#"regex::Regex::new("x").captures("y")"#), Json::Null);
}

#[test]
fn functions_of_the_module_take_the_pattern_first() {
    assert_eq!(given(r#"regex::is_match("^b", "bed")"#), json!(true));
    assert_eq!(given(r#"regex::find("\\w+", "- bed")"#), json!("bed"));
    assert_eq!(
        given(r##"regex::find_all("#\\w+", "#ä, #b")"##),
        json!(["#ä", "#b"])
    );
    assert_eq!(
        given(r#"regex::replace("e", "beets", "a")"#),
        json!("baets")
    );
    assert_eq!(
        given(r#"regex::replace_all("e", "beets", "a")"#),
        json!("baats")
    );
    // Two patterns that take turns do not take each other's expression.
    let turns = r#"[regex::find("a", "ab"), regex::find("b", "ab"), regex::find("a", "ab")]"#;
    assert_eq!(given(turns), json!(["a", "b", "a"]));
}

#[test]
fn expressions_are_equal_by_their_patterns_and_are_shown_by_them() {
    let same = r#"regex::Regex::new("a+") == regex::Regex::new("a+")"#;
    assert_eq!(given(same), json!(true));
    assert_eq!(given(r#"`${regex::Regex::new("a+")}`"#), json!("a+"));
    assert_eq!(
        given(r#"regex::Regex::new("a+")"#),
        json!({"pattern": "a+"})
    );
}

#[test]
fn a_pattern_that_is_none_ends_the_script_with_its_place() {
    for (pattern, said) in [
        ("b(ed", "the pattern `b(ed` is no regular expression: unclosed group at `(`, from its character 2 on"),
        ("bä[z-a]", "invalid character class range, the start must be <= the end at `z-a`, from its character 4 on"),
        ("(?=a)", "look-around, including look-ahead and look-behind, is not supported at `(?=`"),
        ("*a", "repetition operator missing expression, from its character 1 on"),
        ("(\\\\pL{1000}){1000}", "is too large a regular expression"),
    ] {
        for call in ["Regex::new(PATTERN)", "is_match(PATTERN, \"x\")", "replace(PATTERN, \"x\", \"y\")"] {
            let call = call.replace("PATTERN", &format!("\"{pattern}\""));
            let error = eval(&format!("regex::{call}")).expect_err(pattern);
            assert!(error.contains(said), "{call}: {error}");
        }
    }
}
