//! What a run gave, and what it is given: values as JSON, as text, and drawn.

mod support;

use rune::Value;
use runekiln_bindings::{
    debug_text, from_json, to_json, type_name, view, Callout, Caps, Shower, Workflow,
};
use serde_json::{json, Value as Json};
use support::{call, sample_session, vm};

fn value(expression: &str) -> Value {
    let script = format!("struct Unit; struct Pair(a, b); struct Point {{ y, x }} enum Shape {{ Dot, Circle(r), Line {{ a, b }} }}
        fn twice(n) {{ n * 2 }} pub fn main() {{ {expression} }}");
    call(&script, "main", ()).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

#[test]
fn every_kind_of_value_has_json_text_and_a_type() {
    let cases: [(&str, Json, &str, &str); 30] = [
        ("()", json!(null), "()", "()"),
        ("true", json!(true), "true", "bool"),
        ("-3", json!(-3), "-3", "i64"),
        ("7u64", json!(7), "7", "u64"),
        ("1.5", json!(1.5), "1.5", "f64"),
        ("0.0 / 0.0", json!("NaN"), "NaN", "f64"),
        ("'x'", json!("x"), "'x'", "char"),
        ("\"a\\\"b\"", json!("a\"b"), "\"a\\\"b\"", "String"),
        ("b\"a\\x00\"", json!([97, 0]), "b\"a\\x00\"", "Bytes"),
        ("[1, \"a\"]", json!([1, "a"]), "[1, \"a\"]", "Vec"),
        ("(1, ())", json!([1, null]), "(1, ())", "Tuple"),
        ("(1,)", json!([1]), "(1,)", "Tuple"),
        (
            "#{b: 1, a: []}",
            json!({"a": [], "b": 1}),
            "#{ a: [], b: 1 }",
            "Object",
        ),
        ("#{}", json!({}), "#{}", "Object"),
        ("Unit", json!("Unit"), "Unit", "Unit"),
        ("Pair(1, 2)", json!({"Pair": [1, 2]}), "Pair(1, 2)", "Pair"),
        (
            "Point { y: 1, x: 2 }",
            json!({"y": 1, "x": 2}),
            "Point { y: 1, x: 2 }",
            "Point",
        ),
        ("Shape::Dot", json!("Shape::Dot"), "Shape::Dot", "Shape"),
        (
            "Shape::Circle(1)",
            json!({"Shape::Circle": [1]}),
            "Shape::Circle(1)",
            "Shape",
        ),
        (
            "Shape::Line { a: 1, b: 2 }",
            json!({"a": 1, "b": 2}),
            "Shape::Line { a: 1, b: 2 }",
            "Shape",
        ),
        ("Some(1)", json!(1), "Some(1)", "Option"),
        ("None", json!(null), "None", "Option"),
        ("Ok(1)", json!({"Ok": 1}), "Ok(1)", "Result"),
        ("Err(\"no\")", json!({"Err": "no"}), "Err(\"no\")", "Result"),
        ("twice", json!("<function>"), "<function>", "Function"),
        ("|x| x", json!("<function>"), "<function>", "Function"),
        ("[1].iter()", json!("<Iter>"), "<Iter>", "Iter"),
        ("0..3", json!("0..3"), "0..3", "Range"),
        (
            "'a'..='z'",
            json!("'a'..='z'"),
            "'a'..='z'",
            "RangeInclusive",
        ),
        ("1..", json!("1.."), "1..", "RangeFrom"),
    ];
    for (expression, as_json, text, name) in cases {
        let value = value(expression);
        assert_eq!(to_json(&value), as_json, "{expression}");
        assert_eq!(debug_text(&value), text, "{expression}");
        assert_eq!(type_name(&value), name, "{expression}");
    }
}

#[test]
fn values_of_the_host_are_objects_of_their_fields() {
    let callout = value("crucible::workflow::Workflow::new()");
    assert_eq!(type_name(&callout), "Workflow");
    let session = rune::to_value(sample_session()).expect("memory");
    let json = to_json(&session);
    assert_eq!(json["phases"][0]["callouts"][0]["type"], "decision");
    assert_eq!(json["phases"][0]["tool_calls"][1]["error"], "not found");
    assert_eq!(type_name(&session), "Session");
    assert!(debug_text(&session).starts_with("Session { id: \"s-1\""));
    let machine =
        value("StateMachine::new().state(\"a\", twice).transition(\"a\", \"a\", |c, e| true)");
    let expected = json!({"states": ["a"], "transitions": [{"from": "a", "to": "a", "on": "function"}],
        "initial": "a", "terminal": [], "current": "a"});
    assert_eq!(to_json(&machine), expected);
}

#[test]
fn collections_are_shown_inside_of_the_machine() {
    let script = "use std::collections::{HashMap, HashSet, VecDeque};
        fn queue() { let q = VecDeque::new(); q.push_back(2); q.push_back(1); q }
        pub fn main() { (HashMap::from_iter([(\"b\", 1), (\"a\", 2)]), HashSet::from_iter([3, 1, 2]), queue(),
            HashMap::from_iter([(2, 1), (1, 2)])) }";
    let mut vm = vm(script).expect("it compiles");
    let value = vm.call(["main"], ()).expect("it runs");
    let expected = json!([{"a": 2, "b": 1}, [1, 2, 3], [2, 1], [[1, 2], [2, 1]]]);
    assert_eq!(vm.with(|| to_json(&value)), expected);
    assert_eq!(
        to_json(&value)[0],
        "<HashMap>",
        "outside of the machine nothing can be called"
    );
}

#[test]
fn values_without_end_are_cut() {
    let cyclic = value("let o = #{}; o.me = o; o.you = o; o");
    assert!(to_json(&cyclic).to_string().contains('…'));
    assert!(debug_text(&cyclic).contains('…'));
    let caps = Caps {
        items: 2,
        text: 3,
        ..Caps::default()
    };
    let long = value("[\"abcdef\", 1, 2, 3]");
    assert_eq!(
        Shower::new(caps, None).json(&long),
        json!(["abc…", 1, "… 2 more"])
    );
    assert_eq!(
        Shower::new(caps, None).text(&long),
        "[\"abc…\", 1, … 2 more]"
    );
}

#[test]
fn each_result_is_drawn_as_what_it_is() {
    let cases = [
        (
            "[#{a: 1, b: 2}, #{b: 4, a: 3}]",
            json!({"kind": "table", "columns": ["a", "b"], "rows": [[1, 2], [3, 4]]}),
        ),
        (
            "[Point { y: 1, x: 2 }]",
            json!({"kind": "table", "columns": ["x", "y"], "rows": [[2, 1]]}),
        ),
        (
            "[#{a: 1}, #{b: 2}]",
            json!({"kind": "tree", "json": [{"a": 1}, {"b": 2}]}),
        ),
        ("[1, 2]", json!({"kind": "tree", "json": [1, 2]})),
        ("#{a: 1}", json!({"kind": "tree", "json": {"a": 1}})),
        ("[]", json!({"kind": "value"})),
        ("42", json!({"kind": "value"})),
        ("\"one\"", json!({"kind": "value"})),
        ("\"one\\ntwo\"", json!({"kind": "text", "text": "one\ntwo"})),
        (
            "\"# Title\"",
            json!({"kind": "markdown", "text": "# Title"}),
        ),
        (
            "\"| a |\\n|---|\"",
            json!({"kind": "markdown", "text": "| a |\n|---|"}),
        ),
        ("\"#hashtag\"", json!({"kind": "value"})),
        (
            "Ok(Some(\"# T\"))",
            json!({"kind": "markdown", "text": "# T"}),
        ),
        ("None", json!({"kind": "value"})),
    ];
    for (expression, expected) in cases {
        assert_eq!(view(&value(expression), None), expected, "{expression}");
    }
    let workflow = view(
        &value("let w = Workflow::new(); w.add_step(\"Ask @bob\", \"x\"); w"),
        None,
    );
    assert_eq!(
        (&workflow["kind"], &workflow["markdown"]),
        (
            &json!("workflow"),
            &json!("---\ntype: workflow\n---\n\n## Ask \\@bob @x\n")
        )
    );
    assert_eq!(workflow["steps"][0]["title"], "Ask @bob");
    let session = view(&rune::to_value(sample_session()).expect("memory"), None);
    let expected = json!({"kind": "session", "id": "s-1", "title": "Spring", "phases": [
        {"name": "Walk the beds", "agent": "planner", "channel": "watering", "callouts": 1, "tool_calls": 2},
        {"name": "Open points", "agent": null, "channel": null, "callouts": 0, "tool_calls": 0},
    ]});
    assert_eq!(session, expected);
}

#[test]
fn a_machine_s_functions_are_named_if_the_host_knows_their_names() {
    let mut vm = vm("fn on_task(c, e) { true } pub fn main() {
        StateMachine::new().state(\"idle\", on_task).transition(\"idle\", \"idle\", on_task)
            .transition(\"idle\", \"idle\", |c, e| true).state(\"done\", on_task).terminal(\"done\") }")
    .expect("it compiles");
    let machine = vm.call(["main"], ()).expect("it runs");
    let unit = vm.unit().clone();
    let names = |hash| {
        let functions = &unit.debug_info()?.functions;
        functions
            .get(&hash)
            .map(|signature| signature.path.to_string())
    };
    let drawn = view(&machine, Some(&names));
    assert_eq!(
        (&drawn["kind"], &drawn["transitions"][0]["on"]),
        (&json!("state-machine"), &json!("on_task"))
    );
    assert_eq!(drawn["transitions"][1]["on"], "closure in main");
    assert_eq!(
        (&drawn["initial"], &drawn["terminal"], &drawn["current"]),
        (&json!("idle"), &json!(["done"]), &json!("idle"))
    );
}

#[test]
fn json_becomes_the_type_that_an_entry_wants() {
    let callout: Callout = rune::from_value(
        from_json(&json!({"type": "Decision"}), Some("Callout")).expect("it fits"),
    )
    .expect("a callout");
    assert_eq!(
        (&*callout.callout_type, callout.title, &*callout.content),
        ("decision", None, "")
    );
    let session = json!({"id": "x", "phases": [{"name": "a"}, {"name": "b", "tool_calls": [{"name": "t", "args": [1]}]}]});
    let script = "pub fn main(s) { [s.phases()[1].index, s.phases()[1].tool_calls()[0].args[0]] }";
    let value = from_json(&session, Some("Session")).expect("it fits");
    assert_eq!(
        to_json(&call(script, "main", (value,)).expect("it runs")),
        json!([1, 1])
    );
    let phases = from_json(
        &json!([{"name": "a"}]),
        Some("Vec<crucible::session::Phase>"),
    )
    .expect("it fits");
    assert_eq!(
        debug_text(&phases),
        "[Phase { name: \"a\", agent: None, channel: None, index: 0, callouts: 0, tool_calls: 0 }]"
    );
    let plain = from_json(&json!({"a": [null, 1.5]}), None).expect("anything fits");
    assert_eq!(debug_text(&plain), "#{ a: [(), 1.5] }");
    assert_eq!(
        debug_text(&from_json(&json!(null), Some("Option<Callout>")).expect("it fits")),
        "None"
    );
}

#[test]
fn what_a_workflow_shows_can_be_given_back() {
    let text = "---\ntype: workflow\ntitle: T\n---\n\n> [!gate] g\n\n## & One @bob -> out [due:: x]\n\nbody\n\n### Two\n";
    let workflow = Workflow::from_markdown(text).expect("a workflow");
    let json = to_json(&rune::to_value(workflow.clone()).expect("memory"));
    let back: Workflow =
        rune::from_value(from_json(&json, Some("Workflow")).expect("it fits")).expect("a workflow");
    assert_eq!(back, workflow);
}

#[test]
fn json_that_does_not_fit_is_refused_by_the_name_of_its_field() {
    let cases = [
        (
            json!({"type": 5}),
            "Callout",
            "Callout: `type`: invalid type: integer `5`, expected a string",
        ),
        (
            json!({"title": "x"}),
            "Callout",
            "Callout: missing field `type`",
        ),
        (
            json!([]),
            "Callout",
            "a Callout should be a JSON object, not a list",
        ),
        (
            json!({"phases": [{"name": "a"}, {"agent": "b"}]}),
            "Session",
            "Session: `phases[1]`: missing field `name`",
        ),
        (
            json!({"steps": [{"title": "a", "level": 9}]}),
            "Workflow",
            "WorkflowStep: `level` of `a` is 9, but headings of steps go from 2 to 6",
        ),
        (
            json!({"title": "a", "attributes": {"agent": "x"}}),
            "WorkflowStep",
            "WorkflowStep: `agent` is a field of its own, not one of `attributes`",
        ),
        (json!(1), "String", "`String` is wanted, not a number"),
        (
            json!({}),
            "StateMachine",
            "a StateMachine has functions, so that it cannot be given as JSON",
        ),
    ];
    for (json, host_type, message) in cases {
        assert_eq!(
            from_json(&json, Some(host_type)).err().as_deref(),
            Some(message)
        );
    }
    let unknown = from_json(&json!({"type": "a", "titel": "x"}), Some("Callout"))
        .expect_err("it does not fit");
    assert!(
        unknown.starts_with("Callout: `titel`: unknown field `titel`, expected one of "),
        "{unknown}"
    );
}
