//! Recipes, what scripts say of them, and the answers of tools of other servers.

mod support;

use runekiln_bindings::{debug_text, explain, from_json, to_json, RuneRecipeEnrichment};
use serde_json::{json, Value as Json};
use support::{call, eval};

fn on(json: Json, host_type: &str, body: &str) -> Result<String, String> {
    let value = from_json(&json, Some(host_type)).unwrap_or_else(|error| panic!("{error}"));
    let script = format!("pub fn main(value) {{ {body} }}");
    call(&script, "main", (value,))
        .map(|answer| debug_text(&answer))
        .map_err(|error| explain(&error))
}

#[test]
fn an_enrichment_is_built_in_a_chain() {
    let more = call(
        "pub fn main() {
            let more = crucible::RuneRecipeEnrichment::new().with_category(\"testing\").with_tag(\"slow\").with_tag(\"pump\");
            let more = more.with_priority(20).with_hidden(false).set_extra(\"owner\", \"Ravi\").set_extra(\"owner\", \"Mira\");
            assert_eq!((more.get_category(), more.get_tags(), more.get_priority()), (Some(\"testing\"), [\"slow\", \"pump\"], Some(20)));
            more
        }",
        "main",
        (),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let expected = json!({"category": "testing", "tags": ["slow", "pump"], "priority": 20, "hidden": false,
        "extra": {"owner": "Mira"}});
    assert_eq!(to_json(&more), expected);
    let nothing = eval("let more = crucible::RuneRecipeEnrichment::new(); (more.get_category(), more.get_tags(), more.get_priority())");
    assert_eq!(nothing.as_deref(), Ok("(None, [], None)"));
    let more = more
        .borrow_ref::<RuneRecipeEnrichment>()
        .expect("it is one");
    assert_eq!(more.hidden, Some(false));
}

#[test]
fn an_enrichment_that_was_used_up_is_told_in_words() {
    let body =
        "let more = crucible::RuneRecipeEnrichment::new(); more.with_tag(\"a\"); more.get_tags()";
    let words = explain(&eval(body).expect_err("it is used up"));
    assert!(words.contains("an earlier call has used it up"), "{words}");
}

#[test]
fn a_recipe_is_read() {
    let recipe = json!({"name": "open-valve", "doc": "Opens one.", "private": true,
        "parameters": [{"name": "number", "kind": "singular", "default": "1"}, {"name": "litres"}]});
    let body = "(value.name(), value.doc(), value.is_private(), value.parameters(), `${value}`)";
    assert_eq!(
        on(recipe, "RuneRecipe", body).as_deref(),
        Ok("(\"open-valve\", Some(\"Opens one.\"), true, [\"number\", \"litres\"], \"open-valve\")")
    );
    let bare = on(
        json!({"name": "a"}),
        "RuneRecipe",
        "(value.doc(), value.is_private(), value.parameters())",
    );
    assert_eq!(bare.as_deref(), Ok("(None, false, [])"));
}

#[test]
fn the_answer_of_a_tool_is_texts_and_other_things() {
    let answer = json!({"content": [
        {"type": "image", "data": "aGk=", "mimeType": "image/png"},
        {"type": "text", "text": "{\"litres\": [40, 1.5]}"},
        {"type": "text", "text": "two"}], "isError": true});
    let body = "(value.text(), value.json().litres, value.is_error(), value.content_count(), value.all_text(), `${value}`)";
    assert_eq!(
        on(answer, "McpResult", body).as_deref(),
        Ok("(Some(\"{\\\"litres\\\": [40, 1.5]}\"), [40, 1.5], true, 3, \"{\\\"litres\\\": [40, 1.5]}\\ntwo\", \
            \"{\\\"litres\\\": [40, 1.5]}\\ntwo\")")
    );
}

#[test]
fn an_answer_without_json_ends_the_run_in_words() {
    let none = json!({"content": [{"type": "image"}]});
    assert_eq!(
        on(none.clone(), "McpResult", "value.json()"),
        Err("panicked: the tool has answered without a text".to_owned())
    );
    assert_eq!(on(none, "McpResult", "value.text()").as_deref(), Ok("None"));
    let words = on(
        json!({"content": [{"type": "text", "text": "no"}]}),
        "McpResult",
        "value.json()",
    );
    let words = words.expect_err("it is no JSON");
    assert!(
        words.starts_with("panicked: what the tool has answered is no JSON: "),
        "{words}"
    );
}
