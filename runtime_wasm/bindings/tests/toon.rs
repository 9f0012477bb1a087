//! `oq` reads and writes formats: TOON in all its shapes, and the others by their names.

mod support;

use runekiln_bindings::to_json;
use serde_json::{json, Value as Json};
use support::call;

fn given(function: &str, arguments: &[&str], before: &str) -> Result<Json, String> {
    let script = format!(
        "pub fn main(arguments) {{ let [text, format] = arguments; {before} oq::{function} }}"
    );
    let value = call(&script, "main", (arguments.to_vec(),)).expect("it does not panic");
    match to_json(&value) {
        Json::Object(mut fields) if fields.contains_key("Ok") => Ok(fields["Ok"].take()),
        Json::Object(fields) => Err(fields["Err"]["message"].as_str().expect("text").to_owned()),
        other => panic!("no Result: {other}"),
    }
}

fn read(text: &str, format: &str) -> Result<Json, String> {
    given("parse_with_format(text, format)", &[text, format], "")
}

/// The text of what JSON says, in a format.
fn written(json: &Json, format: &str) -> Result<Json, String> {
    let arguments = [&*json.to_string(), format];
    given(
        "format_to(value, format)",
        &arguments,
        "let value = json::from_string(text)?;",
    )
}

/// Documents of TOON, and the values that they are.
fn documents() -> Vec<(&'static str, Json)> {
    vec![
        ("", json!({})),
        ("[]", json!([])),
        ("40", json!(40)),
        (
            "bed: salad\nlitres: 40\nwet: true\nwho: null",
            json!({"bed": "salad", "litres": 40, "wet": true, "who": null}),
        ),
        (
            "bed:\n  litres: 2.5\n  none:\nempty: []",
            json!({"bed": {"litres": 2.5, "none": {}}, "empty": []}),
        ),
        ("[3]: a,\"b,c\",\"\"", json!(["a", "b,c", ""])),
        (
            "beds[2]{litres,name}:\n  40,salad\n  25,beans",
            json!({"beds": [{"litres": 40, "name": "salad"}, {"litres": 25, "name": "beans"}]}),
        ),
        (
            "rows[2]:\n  - [2]: 1,2\n  - [0]:",
            json!({"rows": [[1, 2], []]}),
        ),
        (
            "mixed[4]:\n  - 1\n  -\n  - a: 1\n    b[2]: x,y\n  - c:\n      d: 2",
            json!({"mixed": [1, {}, {"a": 1, "b": ["x", "y"]}, {"c": {"d": 2}}]}),
        ),
        (
            "list[1]:\n  - beds[2]{n}:\n      1\n      2\n    z: end",
            json!({"list": [{"beds": [{"n": 1}, {"n": 2}], "z": "end"}]}),
        ),
        (
            "deep[1]:\n  - [1]:\n    - [1]:\n      - a: 1",
            json!({"deep": [[[{"a": 1}]]]}),
        ),
        (
            "\"two words\": \"05\"\na.b: \"true\"",
            json!({"two words": "05", "a.b": "true"}),
        ),
        (
            "text: \"line\\nquote \\\" tab\\t back\\\\ \\u0001\"",
            json!({"text": "line\nquote \" tab\t back\\ \u{1}"}),
        ),
        (
            "minus: \"-1\"\ndash: \"- x\"\nspace: \" x\"\nplain: a b ü",
            json!({"minus": "-1", "dash": "- x", "space": " x", "plain": "a b ü"}),
        ),
    ]
}

#[test]
fn toon_is_read() {
    for (text, value) in documents() {
        assert_eq!(read(text, "toon"), Ok(value), "{text}");
    }
    let others = [
        (
            "tabs[2\t]: a,b\tc\npipes[2|]{x|y}:\n  1|2\n  3|\"|\"",
            json!({"tabs": ["a,b", "c"], "pipes": [{"x": 1, "y": 2}, {"x": 3, "y": "|"}]}),
        ),
        (
            "old[0]:\nnumber: 1.50\nexponent: -1E+03\nzero: -0\ntext: 05",
            json!({"old": [], "number": 1.5, "exponent": -1000.0, "zero": 0, "text": "05"}),
        ),
        ("a: 1\n\nb:\n\n  c: 2\n", json!({"a": 1, "b": {"c": 2}})),
        (
            "x[1]{a}:\n  1\ny: after",
            json!({"x": [{"a": 1}], "y": "after"}),
        ),
    ];
    for (text, value) in others {
        assert_eq!(read(text, "toon"), Ok(value), "{text}");
    }
}

#[test]
fn toon_is_written_as_it_is_read() {
    for (text, value) in documents() {
        let written = written(&value, "toon").expect("it can be written");
        let written = written.as_str().expect("text").to_owned();
        assert_eq!(read(&written, "toon"), Ok(value), "{written}");
        // Keys are sorted in what is written; these documents have them so.
        if !["bed: salad", "bed:\n", "\"two", "minus"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            assert_eq!(written, text);
        }
    }
    let table = given(
        "format(value)",
        &["", ""],
        "let value = [#{ b: 1, a: \"x\" }, #{ a: \"y\", b: 2.0 }];",
    );
    assert_eq!(table, Ok(json!("[2]{a,b}:\n  x,1\n  y,2")));
}

#[test]
fn a_mistake_in_toon_is_told_with_its_line() {
    for (text, said) in [
        ("a: 1\n   b: 2", "line 2: indented by 3 spaces"),
        ("a:\n\tb: 2", "line 2: indented with a tab"),
        ("a: 1\n    b: 2", "line 2: indented too far"),
        ("a: 1\nb", "line 2: expected `key: value`, found `b`"),
        ("a: 1\na: 2", "line 2: the key `a` stands here twice"),
        (
            "b[2]:\n  - 1\n\n  - 2",
            "line 4: a blank line stands in an array",
        ),
        (
            "b[3]:\n  - 1\n  - 2",
            "the array should have 3 items, and has 2",
        ),
        (
            "b[1]{x,y}:\n  1",
            "line 2: expected 2 values in a row, found 1",
        ),
        ("b[03]: 1", "`[03]: 1` begins like the length of an array"),
        ("b[1]{x,x}:\n  1,2", "the field `x` is named twice"),
        ("a: \"open", "the text is not closed"),
        ("a: \"\\x\"", "there is no escape `\\x`"),
        ("a: \"\\ud800\"", "`\\ud800` is no character"),
        ("a: \"x\" y", "` y` stands behind a closing quote"),
        ("one\ntwo", "line 1: expected `key: value`, found `one`"),
    ] {
        let told = read(text, "toon").expect_err(text);
        assert!(
            told.starts_with("the text is no TOON: line ") && told.contains(said),
            "{text}: {told}"
        );
    }
}

#[test]
fn nesting_has_an_end() {
    let deep: String = (0..200)
        .map(|depth| format!("{}a:\n", "  ".repeat(depth)))
        .collect();
    let told = read(&deep, "toon").expect_err("it is too deep");
    assert!(told.contains("nested deeper than 128 levels"), "{told}");
}

#[test]
fn formats_are_chosen_by_their_names() {
    let value = json!({"b": [1, {"c": null}], "a": "x"});
    for (format, text) in [
        (
            "json",
            "{\n  \"a\": \"x\",\n  \"b\": [\n    1,\n    {\n      \"c\": null\n    }\n  ]\n}",
        ),
        ("yaml", "a: x\nb:\n- 1\n- c: null\n"),
        ("yml", "a: x\nb:\n- 1\n- c: null\n"),
        ("toon", "a: x\nb[2]:\n  - 1\n  - c: null"),
    ] {
        assert_eq!(written(&value, format), Ok(json!(text)), "{format}");
        assert_eq!(read(text, format), Ok(value.clone()), "{format}");
    }
    assert_eq!(written(&json!({"a": 1}), "toml"), Ok(json!("a = 1\n")));
    assert_eq!(read("a = 1", "toml"), Ok(json!({"a": 1})));
}

#[test]
fn what_a_format_cannot_say_is_an_error() {
    let told = written(&json!([1]), "toml").expect_err("TOML is a table");
    assert!(
        told.starts_with("the value cannot be written as TOML: "),
        "{told}"
    );
    for told in [written(&json!(1), "xml"), read("1", "xml")] {
        let expected = "there is no format `xml`: use `json`, `yaml`, `yml`, `toml` or `toon`";
        assert_eq!(told, Err(expected.to_owned()));
    }
    let told = given("format(Workflow::new())", &["", ""], "").expect_err("it is no plain value");
    assert!(
        told.starts_with("the value cannot be written as TOON: "),
        "{told}"
    );
}
