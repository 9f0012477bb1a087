//! The module `graph`: notes and their links in a graph that a script holds as a value.

use rune::runtime::{Object, Ref, TypeInfo};
use rune::Value;

use crate::explain::short_name;
use crate::message_error::message_error;
use crate::module_recorder::{function, ModuleRecorder};
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

const MODULE: &[&str] = &["graph"];

message_error! {
    /// Why a value is no graph of notes.
    GraphError, ::graph
}

type Graphed<T> = std::result::Result<T, GraphError>;

/// Registers the module of this file and its error.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<GraphError>(
        TypeName {
            module: MODULE,
            name: "GraphError",
            aliases: &[],
            prelude: false,
        },
        "
        Why a value is no graph of notes.
        @profile core

        ```rune
        let told = match graph::find(#{}, \"Salad\") {
            Ok(note) => \"a graph\",
            Err(error) => error.message,
        };
        ```
        ",
        members,
    )?;
    recorder.module(
        MODULE,
        "
        Notes and the links between them. A graph that a script holds itself is an Object:
        `#{ notes: [#{ title: \"Salad\", path: \"Beds/Salad.md\", links: [\"Valves\"] }] }`.
        @profile core
        ",
        functions,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "message",
        "String",
        "What is wrong with the graph, and with which of its notes.",
        |e: &GraphError| e.message.clone(),
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "find(graph: Object, title: String) -> Result<Object | (), GraphError>",
        "
        The first note with this title; `()` if there is none.
        @profile core

        ```rune
        let garden = #{ notes: [#{ title: \"Salad\", path: \"Beds/Salad.md\", links: [] }] };
        let path = graph::find(garden, \"Salad\")?.path;
        ```
        ",
        |graph: Ref<Object>, title: Ref<str>| find(&graph, &title)
    );
    function!(
        module,
        "outlinks(graph: Object, title: String) -> Result<Vec<Object>, GraphError>",
        "
        The notes that the note with this title links to, in the order of its links. A link to a note that is not in the
        graph leads nowhere, and a note that is not there has no links.
        @profile core

        ```rune
        let garden = #{ notes: [#{ title: \"Salad\", links: [\"Valves\"] }, #{ title: \"Valves\", links: [] }] };
        let linked = graph::outlinks(garden, \"Salad\")?.iter().map(|note| note.title).collect::<Vec>();
        ```
        ",
        |graph: Ref<Object>, title: Ref<str>| outlinks(&graph, &title)
    );
    function!(
        module,
        "inlinks(graph: Object, title: String) -> Result<Vec<Object>, GraphError>",
        "
        The notes that link to the title, in the order of the graph.
        @profile core

        ```rune
        let garden = #{ notes: [#{ title: \"Salad\", links: [\"Valves\"] }, #{ title: \"Valves\", links: [] }] };
        let back = graph::inlinks(garden, \"Valves\")?.len();
        ```
        ",
        |graph: Ref<Object>, title: Ref<str>| inlinks(&graph, &title)
    );
    Ok(())
}

/// A note of a graph that has been looked through.
struct Node {
    title: String,
    links: Vec<String>,
    value: Value,
}

fn find(graph: &Object, title: &str) -> Graphed<Value> {
    let mut nodes = nodes(graph)?.into_iter();
    let found = nodes.find(|node| node.title == title);
    Ok(found.map_or_else(|| Value::from(()), |node| node.value))
}

fn outlinks(graph: &Object, title: &str) -> Graphed<Vec<Value>> {
    let nodes = nodes(graph)?;
    let named = |title: &str| nodes.iter().find(|node| node.title == title);
    let links = named(title).into_iter().flat_map(|node| &node.links);
    let linked = links.filter_map(|link| named(link));
    Ok(linked.map(|node| node.value.clone()).collect())
}

fn inlinks(graph: &Object, title: &str) -> Graphed<Vec<Value>> {
    let links_here = |node: &Node| node.links.iter().any(|link| link == title);
    let from = nodes(graph)?.into_iter().filter(links_here);
    Ok(from.map(|node| node.value).collect())
}

fn nodes(graph: &Object) -> Graphed<Vec<Node>> {
    let Some(notes) = graph.get("notes") else {
        return Err(GraphError::new("the graph has no `notes`"));
    };
    let notes = list(notes).ok_or_else(|| wanted("`notes`", "a Vec", &notes.type_info()))?;
    notes.iter().enumerate().map(node).collect()
}

fn node((index, value): (usize, &Value)) -> Graphed<Node> {
    let note = value.borrow_ref::<Object>().map_err(|_| {
        wanted(
            &format!("`notes[{index}]`"),
            "an Object",
            &value.type_info(),
        )
    })?;
    let place = |field: &str| format!("`notes[{index}].{field}`");
    let missing = |field: &str| GraphError::new(format!("{} is missing", place(field)));
    let title = note.get("title").ok_or_else(|| missing("title"))?;
    let links = match note.get("links") {
        Some(links) => texts(links)
            .ok_or_else(|| wanted(&place("links"), "a Vec of Strings", &links.type_info()))?,
        None => Vec::new(),
    };
    Ok(Node {
        title: text(title)
            .ok_or_else(|| wanted(&place("title"), "a String", &title.type_info()))?,
        links,
        value: value.clone(),
    })
}

fn text(value: &Value) -> Option<String> {
    value.borrow_string_ref().ok().map(|text| text.to_owned())
}

fn list(value: &Value) -> Option<rune::runtime::BorrowRef<'_, rune::runtime::Vec>> {
    value.borrow_ref::<rune::runtime::Vec>().ok()
}

fn texts(value: &Value) -> Option<Vec<String>> {
    list(value)?.iter().map(text).collect()
}

fn wanted(place: &str, wanted: &str, found: &TypeInfo) -> GraphError {
    let found = found.to_string();
    GraphError::new(format!(
        "{place} should be {wanted}, not {}",
        short_name(&found)
    ))
}
