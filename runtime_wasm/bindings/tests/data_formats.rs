//! JSON and TOML: what is read becomes values of a script, and what is written is read back.

mod support;

use runekiln_bindings::to_json;
use serde_json::{json, Value as Json};
use support::{call, eval};

fn given(body: &str) -> Json {
    let value = call(&format!("pub fn main() {{ {body} }}"), "main", ());
    to_json(&value.unwrap_or_else(|error| panic!("{body}: {error}")))
}

#[test]
fn json_is_read_into_rune_s_own_types() {
    let types = r#"
        let read = json::from_string("{\"n\": 7, \"f\": 7.0, \"big\": 1e3, \"none\": null, \"list\": [true, \"x\"]}")?;
        [read is Object, read.n is i64, read.f is f64, read.big is f64, read.none == (), read.list is Vec]
    "#;
    assert_eq!(given(types), json!([true, true, true, true, true, true]));
    assert_eq!(given(r#"json::from_bytes(b"[1, [2]]")?"#), json!([1, [2]]));
}

#[test]
fn json_is_written_with_sorted_keys() {
    let text = r#"json::to_string(#{ b: [1, 2.5, 'x', None], a: #{ z: (), y: Some(1), x: (1, "two") }, c: b"hi" })?"#;
    let expected = r#"{"a":{"x":[1,"two"],"y":1,"z":null},"b":[1,2.5,"x",null],"c":[104,105]}"#;
    assert_eq!(given(text), json!(expected));
    assert_eq!(given("json::to_bytes([1, 2])? == b\"[1,2]\""), json!(true));
    assert_eq!(given("json::to_string(1.0 / 0.0)?"), json!("null"));
}

#[test]
fn toml_is_read_and_written() {
    let types = r#"
        let read = toml::from_string("n = 7\nf = 7.0\nlist = [1, 2]\n[bed]\nname = 'salad'")?;
        [read.n is i64, read.f is f64, read.list == [1, 2], read.bed.name == "salad"]
    "#;
    assert_eq!(given(types), json!([true, true, true, true]));
    let text = r#"toml::to_string(#{ title: "Garden", litres: 40, skipped: None, bed: #{ deep: true } })?"#;
    let expected = "litres = 40\ntitle = \"Garden\"\n\n[bed]\ndeep = true\n";
    assert_eq!(given(text), json!(expected));
    assert_eq!(
        given(r#"toml::from_bytes(toml::to_bytes(#{ a: 1 })?)?"#),
        json!({"a": 1})
    );
    let date = r#"toml::from_string("day = 2026-03-07")?.day"#;
    assert_eq!(
        given(date),
        json!({"$__toml_private_datetime": "2026-03-07"})
    );
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    for (call, said) in [
        (
            r#"json::from_string("[1,\n 2")"#,
            "EOF while parsing a list at line 2 column 2",
        ),
        (r#"json::from_bytes(b"\xff")"#, "line 1 column 1"),
        (r#"toml::from_string("a = 1\nb = ")"#, "at line 2, column 5"),
        (
            r#"toml::from_string("a = 1\nb = 9223372036854775808")"#,
            "at line 2, column 5",
        ),
        (r#"toml::from_bytes(b"\xff")"#, "invalid utf-8"),
    ] {
        let matched = format!("match {call} {{ Ok(value) => value, Err(error) => `${{error}}` }}");
        let told = given(&matched);
        assert!(
            told.as_str().is_some_and(|told| told.contains(said)),
            "{call}: {told}"
        );
    }
}

#[test]
fn what_cannot_be_written_is_an_error_and_no_panic() {
    let holds_itself = "let list = []; list.push(list);";
    for (before, value, said) in [
        ("", "Workflow::new()", "external references"),
        ("", "|x| x", "external references"),
        (
            "struct Bed { name }",
            "Bed { name: 1 }",
            "cannot serialize struct",
        ),
        (
            holds_itself,
            "#{ a: list }",
            "nested deeper than 128 levels",
        ),
    ] {
        for module in ["json", "toml"] {
            let body = format!(
                "{before} match {module}::to_string(#{{ value: {value} }}) {{ Ok(text) => text, Err(error) => `${{error}}` }}"
            );
            let told = given(&body);
            assert!(
                told.as_str().is_some_and(|told| told.contains(said)),
                "{body}: {told}"
            );
        }
    }
    for value in ["()", "[1]", "#{ nothing: () }"] {
        let told = given(&format!(
            "toml::to_string({value}).is_err() && toml::to_bytes({value}).is_err()"
        ));
        assert_eq!(told, json!(true), "{value}");
    }
}

#[test]
fn an_error_leaves_a_function_by_a_question_mark() {
    let script = "
        fn read(text) { let value = json::from_string(text)?; Ok(value) }
        pub fn main() { match read(\"{\") { Err(error) if error is json::Error => 1, _ => 0 } }";
    let value = call(script, "main", ()).expect("it runs");
    assert_eq!(to_json(&value), json!(1));
    let debug = eval("json::from_string(\"{\")").expect("it runs");
    assert!(debug.starts_with("Err(Error { message: \"EOF"), "{debug}");
}
