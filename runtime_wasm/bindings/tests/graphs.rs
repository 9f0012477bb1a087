//! Paths, and graphs of notes that a script holds itself.

mod support;

use runekiln_bindings::to_json;
use serde_json::{json, Value as Json};
use support::{call, eval};

const GRAPH: &str = r#"#{ notes: [
    #{ title: "Salad", path: "Beds/Salad.md", links: ["Valves", "Nowhere", "Beans"] },
    #{ title: "Beans", path: "Beds/Beans.md", links: ["Salad"] },
    #{ title: "Valves", path: "Valves.md", links: [] },
    #{ title: "Salad", path: "Old/Salad.md" },
] }"#;

fn given(body: &str) -> Json {
    let value = call(
        &format!("pub fn main() {{ let graph = {GRAPH}; {body} }}"),
        "main",
        (),
    );
    to_json(&value.unwrap_or_else(|error| panic!("{body}: {error}")))
}

#[test]
fn paths_are_joined_with_slashes() {
    for (call, path) in [
        (
            r#"paths::join("Garden", ["Beds", "Salad.md"])"#,
            "Garden/Beds/Salad.md",
        ),
        (r#"paths::join("/kiln/", ["a"])"#, "/kiln/a"),
        (r#"paths::join("", ["a", "b"])"#, "a/b"),
        (r#"paths::join("a", ["../b"])"#, "a/../b"),
        (r#"paths::join("a", ["/b", "c"])"#, "/b/c"),
        (r#"paths::join("a", [])"#, "a"),
    ] {
        assert_eq!(given(call), json!(path), "{call}");
    }
    let error = eval(r#"paths::join("a", ["b", 1])"#).expect_err("1 is no part of a path");
    assert!(
        error.contains("expected a Vec of Strings, found i64"),
        "{error}"
    );
}

#[test]
fn notes_are_found_by_their_titles() {
    assert_eq!(
        given(r#"graph::find(graph, "Salad")?.path"#),
        json!("Beds/Salad.md")
    );
    assert_eq!(
        given(r#"graph::find(graph, "Nowhere")? == ()"#),
        json!(true)
    );
    // What is found is the note itself.
    let same = r#"graph::find(graph, "Valves")?.path = "new"; graph.notes[2].path"#;
    assert_eq!(given(same), json!("new"));
}

#[test]
fn links_lead_both_ways() {
    let titles = |call: &str| {
        given(&format!(
            "graph::{call}?.iter().map(|note| note.path).collect::<Vec>()"
        ))
    };
    assert_eq!(
        titles(r#"outlinks(graph, "Salad")"#),
        json!(["Valves.md", "Beds/Beans.md"])
    );
    assert_eq!(titles(r#"outlinks(graph, "Valves")"#), json!([]));
    assert_eq!(titles(r#"outlinks(graph, "Nowhere")"#), json!([]));
    assert_eq!(
        titles(r#"inlinks(graph, "Salad")"#),
        json!(["Beds/Beans.md"])
    );
    assert_eq!(
        titles(r#"inlinks(graph, "Nowhere")"#),
        json!(["Beds/Salad.md"])
    );
}

#[test]
fn a_value_that_is_no_graph_is_an_error_that_says_where() {
    for (graph, said) in [
        ("#{}", "the graph has no `notes`"),
        ("#{ notes: 1 }", "`notes` should be a Vec, not i64"),
        (
            "#{ notes: [#{ title: \"a\" }, 2] }",
            "`notes[1]` should be an Object, not i64",
        ),
        (
            "#{ notes: [#{ path: \"a\" }] }",
            "`notes[0].title` is missing",
        ),
        (
            "#{ notes: [#{ title: 1 }] }",
            "`notes[0].title` should be a String, not i64",
        ),
        (
            "#{ notes: [#{ title: \"a\", links: [1] }] }",
            "`notes[0].links` should be a Vec of Strings, not Vec",
        ),
    ] {
        for function in ["find", "outlinks", "inlinks"] {
            let body = format!("match graph::{function}({graph}, \"a\") {{ Err(error) => error.message, ok => ok }}");
            assert_eq!(given(&body), json!(said), "{body}");
        }
    }
}
