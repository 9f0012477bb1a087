//! From the attributes of a function to what callers of its tool are told, as Crucible does it.

use runekiln_bindings::{json_type, tool_schema, ParamAttributes, ToolAttributes};
use serde_json::{json, Value as Json};

fn tool(keys: Json) -> ToolAttributes {
    serde_json::from_value(keys).expect("keys of `#[tool]`")
}

fn parameters(keys: Json) -> Vec<ParamAttributes> {
    serde_json::from_value(keys).expect("keys of `#[param]`")
}

#[test]
fn a_tool_is_described_with_a_json_schema_of_its_parameters() {
    let tool = tool(
        json!({"function": "find", "desc": "Finds notes", "version": "1.0.0", "tags": ["a"], "category": "x"}),
    );
    let parameters = parameters(json!([
        {"name": "q", "type": "string", "desc": "what to look for"},
        {"name": "limit", "type": "number", "required": false},
        {"name": "deep", "ty": "bool", "description": "sub-folders too", "required": true},
    ]));
    let expected = json!({
        "name": "rune_find",
        "description": "Finds notes",
        "version": "1.0.0",
        "tags": ["x", "a"],
        "input_schema": {
            "type": "object",
            "properties": {
                "q": {"type": "string", "description": "what to look for"},
                "limit": {"type": "integer"},
                "deep": {"type": "boolean", "description": "sub-folders too"},
            },
            "required": ["q", "deep"],
        },
    });
    assert_eq!(tool_schema(&tool, &parameters), expected);
}

#[test]
fn a_tool_without_parameters_takes_an_empty_object() {
    let expected = json!({
        "name": "rune_water",
        "description": "Rune tool: water",
        "input_schema": {"type": "object", "properties": {}, "required": []},
    });
    assert_eq!(
        tool_schema(&tool(json!({"function": "water"})), &[]),
        expected
    );
}

#[test]
fn the_description_is_desc_then_description_then_the_documentation() {
    let all = json!({"function": "f", "desc": "one", "description": "two", "docs": " three\n"});
    for (without, description) in [
        (&[][..], "one"),
        (&["desc"], "two"),
        (&["desc", "description"], "three"),
        (&["desc", "description", "docs"], "Rune tool: f"),
    ] {
        let mut keys = all.clone();
        for key in without {
            keys.as_object_mut().expect("keys").remove(*key);
        }
        assert_eq!(tool_schema(&tool(keys), &[])["description"], description);
    }
    let parameter = parameters(json!([{"name": "p", "desc": "one", "description": "two"}]));
    let schema = tool_schema(&ToolAttributes::default(), &parameter);
    assert_eq!(
        schema["input_schema"]["properties"]["p"]["description"],
        "one"
    );
}

#[test]
fn types_become_those_of_json_as_crucible_reads_them() {
    let rows = [
        ("string", &["string", "str", "String", "Date", ""][..]),
        ("integer", &["number", "int", "integer", "i32", "i64"]),
        ("number", &["float", "f32", "f64"]),
        ("boolean", &["bool", "boolean"]),
        ("array", &["array", "list", "Vec"]),
        ("object", &["object", "map", "Object"]),
    ];
    for (json, written) in rows {
        for written in written {
            assert_eq!(json_type(written), json, "{written}");
        }
    }
    let schema = tool_schema(
        &ToolAttributes::default(),
        &parameters(json!([{"name": "p"}])),
    );
    assert_eq!(
        schema["input_schema"]["properties"]["p"],
        json!({"type": "string"})
    );
}

#[test]
fn of_two_parameters_of_one_name_the_later_counts() {
    let twice = json!([{"name": "p", "type": "bool"}, {"name": "q"}, {"name": "p", "type": "i64", "required": false}]);
    let schema = &tool_schema(&ToolAttributes::default(), &parameters(twice))["input_schema"];
    assert_eq!(schema["properties"]["p"], json!({"type": "integer"}));
    assert_eq!(schema["required"], json!(["q"]));
}

#[test]
fn unknown_keys_are_refused_by_their_names() {
    let error = serde_json::from_value::<ToolAttributes>(json!({"function": "f", "schema": {}}));
    assert!(error
        .expect_err("it is no key")
        .to_string()
        .contains("`schema`"));
    let error = serde_json::from_value::<ParamAttributes>(json!({"type": "bool"}));
    assert!(error
        .expect_err("it has no name")
        .to_string()
        .contains("`name`"));
}
