//! What the table declares exists, and what exists is declared.

#[path = "support/samples.rs"]
mod samples;
mod support;

use rune::runtime::Protocol;
use rune::Value;
use runekiln_bindings::{from_json, protocols, table, FunctionKind, SourceLine, TypeRow};
use serde_json::{json, Value as Json};
use support::{call, compile, eval, sample_session};

/// A value of each type of the table, by its path or by its name, made by a script or from JSON.
fn sample(path: &str) -> Value {
    if path.ends_with("::Error") {
        return from_json(&json!({"message": "no"}), Some(path)).expect("it fits the type");
    }
    let type_name = path.rsplit("::").next().expect("a name");
    let made = |script: &str| call(script, "main", ()).expect("the script runs");
    let from = |json: Json| from_json(&json, Some(type_name)).expect("it fits the type");
    match type_name {
        "Session" => rune::to_value(sample_session()).expect("memory"),
        "Phase" => from(json!({"name": "Plan", "agent": "bob"})),
        "ToolCall" => from(json!({"name": "grep", "args": {"query": "x"}, "error": "no"})),
        "SessionEvent" => from(json!({"kind": "user", "data": {"content": "hello"}})),
        "Callout" => from(json!({"type": "decision", "title": "Brass", "content": "text"})),
        "Workflow" => made("pub fn main() { let w = Workflow::new(); w.add_step(\"a\", \"bob\"); w }"),
        "WorkflowStep" => from(json!({"title": "Plan", "attributes": {"due": "friday"}, "gates": [{"title": "ok"}]})),
        "Gate" => from(json!({"title": "Agreed"})),
        "StateMachine" => made("pub fn main() { StateMachine::new().state(\"a\", || 0).transition(\"a\", \"a\", \"x\") }"),
        "CrucibleError" => from(json!({"message": "no"})),
        "StateError" => from(json!({"message": "no", "state": "a", "event": "x"})),
        "Event" => from(json!({"event_type": "tool:before", "identifier": "grep", "payload": {"query": "x"}})),
        "EventContext" => from(json!({"values": {"x": [1]}})),
        "ToolError" => from(json!({"message": "no", "tool": "grep"})),
        "SearchResult" => from(json!({"path": "a.md", "title": "A", "score": 0.5})),
        "Regex" => made("pub fn main() { regex::Regex::new(\"a(b)?\") }"),
        "OqError" | "PathsError" | "GraphError" => from(json!({"message": "no"})),
        other => samples::sample(other)
            .or_else(|| runekiln_bindings::sample(other))
            .unwrap_or_else(|| panic!("give this test a value of the new type {other}")),
    }
}

/// An argument, as a script writes it, for a parameter of the table.
fn argument(type_name: &str) -> &'static str {
    match type_name {
        "String" | "Option<String> | String" | "Function | String" => "\"x\"",
        "Object" => "#{}",
        "Function" => "|context, event| ()",
        "Bytes" => "b\"{}\"",
        "Vec<String>" => "[\"x\"]",
        "any" => "1",
        "Event" => "event",
        "bool" => "true",
        "i64" | "u64" | "String | i64 | f64 | bool" => "0",
        "Option<String>" => "Some(\"x\")",
        "Vec<u64>" => "[0]",
        "\"created\" | \"modified\"" => "\"created\"",
        "\"json\" | \"yaml\" | \"yml\" | \"toml\" | \"toon\"" => "\"json\"",
        "AskQuestion" => "crucible::ask::question(\"x\", \"y\")",
        "PanelItem" => "crucible::panel::item(\"x\", None)",
        "Vec<PanelItem>" => "[crucible::panel::item(\"x\", None)]",
        "PanelHints" => "crucible::panel::PanelHints::new()",
        "PopupEntry" => "crucible::popup::entry(\"x\", None)",
        "Vec<PopupEntry>" => "[crucible::popup::entry(\"x\", None)]",
        "RuneSessionEvent" => "crucible::RuneSessionEvent::session_ended(\"x\")",
        other => panic!("give this test an argument of the type {other}"),
    }
}

/// What the expression gives; `value` stands for the value in it, and `event` for an Event.
fn probe(expression: &str, value: Value) -> Result<Value, String> {
    call(
        &format!("pub fn main(value, event) {{ {expression} }}"),
        "main",
        (value, sample("Event")),
    )
}

#[test]
fn every_member_of_the_table_can_be_used() {
    for row in table().types {
        for field in &row.fields {
            probe(&format!("value.{}", field.name), sample(&row.path))
                .unwrap_or_else(|error| panic!("{}.{}: {error}", row.name, field.name));
        }
        for function in &row.functions {
            let arguments: Vec<&str> = function
                .parameters
                .iter()
                .map(|p| argument(&p.type_name))
                .collect();
            let on = match function.kind {
                FunctionKind::Method => "value.".to_owned(),
                FunctionKind::AssociatedFunction => format!("{}::", row.path),
                FunctionKind::Function => panic!("{} is a function of a module", function.name),
            };
            let expression = format!("{on}{}({})", function.name, arguments.join(", "));
            probe(&expression, sample(&row.path))
                .unwrap_or_else(|error| panic!("{expression}: {error}"));
        }
    }
}

#[test]
fn every_function_of_a_module_can_be_called() {
    let table = table();
    let paths: Vec<&str> = table.modules.iter().map(|row| &*row.path).collect();
    assert!(paths.contains(&"crucible") && paths.contains(&"crucible::session"));
    for row in &table.modules {
        assert!(!row.docs.is_empty(), "{} has no documentation", row.path);
        for function in &row.functions {
            assert_eq!(function.kind, FunctionKind::Function);
            let arguments: Vec<&str> = function
                .parameters
                .iter()
                .map(|p| argument(&p.type_name))
                .collect();
            let call = format!("{}::{}({})", row.path, function.name, arguments.join(", "));
            eval(&call).unwrap_or_else(|error| panic!("{call}: {error}"));
        }
    }
}

#[test]
fn attributes_exist_under_all_their_names() {
    let table = table();
    let mut names = Vec::new();
    for row in &table.attributes {
        for name in row.aliases.iter().chain([&row.name]) {
            let script = format!("#[{name}(event = \"x\")] pub fn main() {{ 1 }}");
            compile(&script).unwrap_or_else(|error| panic!("{name}: {error}"));
            names.push(name.clone());
        }
    }
    assert!(names.contains(&"hook".to_owned()) && names.contains(&"syntax".to_owned()));
    assert!(compile("#[nothing()] pub fn main() { 1 }").is_err());
}

#[test]
fn protocols_are_listed_with_their_types() {
    for row in protocols() {
        for required in [
            &Protocol::CLONE,
            &Protocol::DEBUG_FMT,
            &Protocol::PARTIAL_EQ,
        ] {
            assert!(row.names.contains(&required.name), "{}", row.path);
        }
        let shown = probe("`${value}`", sample(&row.path)).is_ok();
        let has_text = row.names.contains(&Protocol::DISPLAY_FMT.name);
        assert_eq!(shown, has_text, "{}", row.path);
    }
}

#[test]
fn every_row_names_the_line_that_registers_it() {
    let written = |source: &Option<SourceLine>, name: &str| {
        let source = source.as_ref().unwrap_or_else(|| panic!("{name}: no line"));
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&source.path);
        let text = std::fs::read_to_string(path).expect("the source");
        let from = text.lines().skip(source.line as usize - 1);
        let found = from.take(10).any(|line| line.contains(name));
        assert!(found, "{name} is not at {}:{}", source.path, source.line);
    };
    let table = table();
    for row in &table.types {
        written(&row.about.source, &row.name);
        for function in &row.functions {
            written(&function.about.source, &function.name);
        }
        for field in &row.fields {
            written(&field.about.source, &field.name);
        }
    }
    for function in table.modules.iter().flat_map(|row| &row.functions) {
        written(&function.about.source, &function.name);
    }
}

#[test]
fn fields_are_writable_exactly_where_the_table_says_so() {
    for row in table().types {
        for field in &row.fields {
            let new = if field.type_name == "bool" {
                "true"
            } else {
                "\"new\""
            };
            let written = probe(
                &format!("value.{} = {new}; value.{}", field.name, field.name),
                sample(&row.path),
            );
            assert_eq!(
                written.is_ok(),
                field.mutable,
                "{}.{}",
                row.name,
                field.name
            );
        }
    }
}

#[test]
fn methods_use_their_value_up_exactly_where_the_table_says_so() {
    for row in table().types {
        for function in row
            .functions
            .iter()
            .filter(|function| function.kind == FunctionKind::Method)
        {
            let arguments: Vec<&str> = function
                .parameters
                .iter()
                .map(|p| argument(&p.type_name))
                .collect();
            let twice = format!(
                "value.{0}({1}); value.{0}({1})",
                function.name,
                arguments.join(", ")
            );
            assert_eq!(
                probe(&twice, sample(&row.path)).is_err(),
                function.consumes,
                "{}.{}",
                row.name,
                function.name
            );
        }
    }
}

#[test]
fn patterns_know_every_field() {
    for row in table().types.iter().filter(|row| !row.fields.is_empty()) {
        let fields: Vec<String> = row
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| format!("{}: f{index}", field.name))
            .collect();
        let pattern = format!(
            "match value {{ {} {{ {} }} => 1, _ => 0 }}",
            row.path,
            fields.join(", ")
        );
        let matched =
            probe(&pattern, sample(&row.path)).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        assert_eq!(matched.as_signed().ok(), Some(1), "{pattern}");
    }
}

#[test]
fn nothing_is_registered_past_the_recorder() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in std::fs::read_dir(sources).expect("the sources") {
        let path = file.expect("a file").path();
        if path.ends_with("recorder.rs") || path.ends_with("module_recorder.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let registers = [
            ".associated_function(",
            ".field_function(",
            ".function(",
            ".ty::<",
            ".function_meta(",
            ".attribute_macro(",
            ".macro_meta(",
            ".constant(",
            ".reexport(",
            "Module::",
        ];
        for call in registers {
            assert!(!text.contains(call), "{} calls {call}", path.display());
        }
    }
}

#[test]
fn every_type_has_its_debug_form_equality_and_copy() {
    for TypeRow { name, path, .. } in table().types {
        let checked = probe(
            "(value == value.clone(), format!(\"{:?}\", value), value == 1)",
            sample(&path),
        );
        let (equal, debug, other): (bool, String, bool) =
            rune::from_value(checked.unwrap_or_else(|error| panic!("{name}: {error}")))
                .expect("a tuple");
        assert!(equal && !other, "{name}");
        assert!(
            debug.starts_with(&format!("{name} {{")) && !debug.contains("0x"),
            "{debug}"
        );
    }
}

#[test]
fn names_of_the_prelude_need_no_use_and_can_be_shadowed() {
    for row in table().types {
        for name in row.aliases.iter().chain([&row.name]) {
            let nested = format!("mod a {{ pub mod b {{ pub fn f(x) {{ x is {name} }} }} }} pub fn main(x) {{ a::b::f(x) }}");
            let found = call(&nested, "main", (sample(&row.path),)).map(|is| is.as_bool().ok());
            match row.prelude {
                true => assert_eq!(found, Ok(Some(true)), "{name}"),
                false => assert!(found.is_err(), "{name} is no name of the prelude"),
            }
            let own =
                format!("struct {name} {{ own }} pub fn main() {{ {name} {{ own: 1 }}.own }}");
            let own = call(&own, "main", ()).map(|own| own.as_signed().ok());
            assert_eq!(own, Ok(Some(1)), "a script's own {name}");
        }
    }
}

#[test]
fn the_documentation_s_examples_run() {
    let table = table();
    let functions = table.modules.iter().flat_map(|row| &row.functions);
    let functions = functions.map(|function| &function.docs);
    let docs = table.types.iter().flat_map(|row| {
        let members = row.functions.iter().map(|function| &function.docs);
        [&row.docs]
            .into_iter()
            .chain(members)
            .chain(row.fields.iter().map(|field| &field.docs))
    });
    let mut examples = 0;
    for docs in docs.chain(functions) {
        assert!(!docs.trim().is_empty(), "everything is documented");
        for example in docs.split("```rune\n").skip(1) {
            let code = example.split("```").next().expect("a block ends");
            examples += 1;
            if code.contains("pub fn ") || code.contains("pub async fn ") {
                compile(code).unwrap_or_else(|error| panic!("{code}\n{error}"));
                continue;
            }
            let names = [
                "session",
                "phase",
                "call",
                "callout",
                "workflow",
                "step",
                "note",
                "frontmatter",
                "card",
            ];
            let types = [
                "Session",
                "Phase",
                "ToolCall",
                "Callout",
                "Workflow",
                "WorkflowStep",
                "Note",
                "Frontmatter",
                "AgentCard",
            ];
            let script = format!(
                "pub fn main(v) {{ let {} = v;\n{code}\n}}",
                format_args!("[{}]", names.join(", "))
            );
            let values: Vec<Value> = types.iter().map(|name| sample(name)).collect();
            call(&script, "main", (values,)).unwrap_or_else(|error| panic!("{code}\n{error}"));
        }
    }
    assert!(examples > 60, "only {examples} examples");
}

#[test]
fn the_table_is_data_of_a_fixed_shape() {
    let json = serde_json::to_value(table()).expect("it serialises");
    let session = json["types"]
        .as_array()
        .and_then(|types| types.iter().find(|row| row["name"] == "Session"));
    let session = session.expect("Session");
    assert_eq!(session["path"], "crucible::session::Session");
    assert_eq!(session["aliases"], json!(["SessionLog"]));
    let phases = session["functions"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["name"] == "phases"));
    let phases = phases.expect("phases");
    assert_eq!(phases["kind"], "method");
    assert_eq!(phases["returns"], "Vec<Phase>");
    // What is not so is left out.
    assert_eq!((phases.get("async"), phases.get("consumes")), (None, None));
    let id = &session["fields"][0];
    assert_eq!(
        (&id["name"], &id["type"], &id["mutable"]),
        (&json!("id"), &json!("String"), &json!(false))
    );
    assert_eq!(eval("1 + 1").as_deref(), Ok("2"));
}
