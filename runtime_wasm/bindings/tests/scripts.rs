//! What script authors meet: names, fields, patterns, errors.

mod support;

use rune::Value;
use runekiln_bindings::{explain, Session};
use support::{call, compile, eval, sample_session, vm};

#[test]
fn a_callout_s_type_is_a_field_and_a_pattern() {
    let script = "
        pub fn handle_callout(callout) {
            let by_pattern = match callout { Callout { type: \"decision\", content, .. } => content, _ => \"other\" };
            let shorthand = match callout { Callout { type, .. } => type };
            let by_field = match callout.type { \"decision\" => \"D\", \"error\" => \"E\" };
            [by_pattern, shorthand, by_field, `${callout}`]
        }";
    let callout = sample_session().callouts()[0].clone();
    let answers: Vec<String> =
        rune::from_value(call(script, "handle_callout", (callout,)).expect("it runs"))
            .expect("texts");
    assert_eq!(answers, ["Three valves.", "decision", "D", "Brass"]);
}

#[test]
fn phases_can_be_taken_twice_and_changed_by_nobody() {
    let script = "
        pub fn main(session) {
            let names = session.phases().iter().map(|phase| phase.name).collect::<Vec>();
            (names, session.phases()[0] == session.phases()[0], session.phases()[0].agent?, session is SessionLog)
        }";
    let answer: (Vec<String>, bool, String, bool) =
        rune::from_value(call(script, "main", (sample_session(),)).expect("it runs"))
            .expect("a tuple");
    assert_eq!(
        answer,
        (
            vec!["Walk the beds".to_owned(), "Open points".to_owned()],
            true,
            "planner".to_owned(),
            true
        )
    );
    let error = call(
        "pub fn main(s) { s.phases()[0].name = 1 }",
        "main",
        (sample_session(),),
    )
    .unwrap_err();
    assert_eq!(
        explain(&error),
        "the field `name` of `Phase` cannot be assigned"
    );
}

#[test]
fn an_agent_may_be_a_string_an_option_or_nothing() {
    let steps = "let w = Workflow::new();
        for agent in [\"bob\", Some(\"bob\"), None, (), `b${1}`, \"  \"] { w.add_step(\"x\", agent); }
        w.steps().iter().map(|step| step.agent.unwrap_or(\"-\")).collect::<Vec>()";
    assert_eq!(
        eval(steps).as_deref(),
        Ok("[\"bob\", \"bob\", \"-\", \"-\", \"b1\", \"-\"]")
    );
    for body in [
        "Workflow::new().add_step(\"x\", 42)",
        "Workflow::new().add_step(\"x\", Some(42))",
    ] {
        assert_eq!(
            explain(&eval(body).unwrap_err()),
            "panicked: expected a String, `Some(String)`, `None` or `()`, found i64"
        );
    }
}

#[test]
fn a_workflow_is_optimised_as_its_options_say_and_tells_what_it_did() {
    let script = "let w = Workflow::new();
        for name in [\"a\", \"a\", \"\", \"b\"] { w.add_step(name, None); }
        let before = w.optimize_report();
        w.optimize_with(#{ repeats: true, drop_empty: true });
        (before, w.optimize_report(), w.steps().len())";
    let expected = "([\"would remove step 2 `a`: it repeats step 1\"], \
        [\"removed step 2 `a`: it repeats step 1\", \"dropped step 3: it is empty\"], 2)";
    assert_eq!(eval(script).as_deref(), Ok(expected));
    let error = eval("Workflow::new().optimize_with(#{ repeat: true })").unwrap_err();
    assert_eq!(
        explain(&error),
        "panicked: `optimize_with` has no option `repeat`; it has `merge`, `drop_empty`, `parallel` and `repeats`"
    );
}

#[test]
fn titles_can_be_assigned_and_are_written() {
    let script = "let w = Workflow::new(); w.title = \"Spring\"; w.description = Some(\"a: b\"); w.to_markdown()";
    let expected = "\"---\\ntype: workflow\\ntitle: Spring\\ndescription: \\\"a: b\\\"\\n---\\n\"";
    assert_eq!(eval(script).as_deref(), Ok(expected));
    assert_eq!(
        eval("let w = Workflow::new(); w.title = \"x\"; w.title = None; w.title").as_deref(),
        Ok("None")
    );
}

#[test]
fn debug_forms_are_readable_and_have_no_addresses() {
    let machine =
        "fn idle(c, e) {} StateMachine::new().state(\"idle\", idle).state(\"busy\", |c, e| 1)
        .transition(\"idle\", \"busy\", idle).transition(\"busy\", \"idle\", \"done\")";
    let expected = "StateMachine { states: [\"idle\", \"busy\"], transitions: \
        [\"idle\" -> \"busy\" on <function>, \"busy\" -> \"idle\" on \"done\"], \
        terminal: [], current: \"idle\" }";
    assert_eq!(eval(machine).as_deref(), Ok(expected));
    let workflow =
        "let w = Workflow::new(); w.add_step(\"Ask @bob\", \"x\"); w.add_gate(\"ok\"); w";
    let expected = "Workflow { title: None, steps: [\"## Ask \\\\@bob @x\"], gates: [\"ok\"] }";
    assert_eq!(eval(workflow).as_deref(), Ok(expected));
}

#[test]
fn a_machine_stands_in_a_text_as_its_transitions() {
    let body = "let m = StateMachine::new().state(\"idle\", || 0).state(\"busy\", || 0).state(\"lost\", || 0)
        .transition(\"idle\", \"busy\", \"task\").transition(\"busy\", \"idle\", |c, e| true); `${m}`";
    let expected = "idle -> busy: task\nbusy -> idle: function\nlost";
    assert_eq!(eval(body), Ok(format!("{expected:?}")));
}

#[test]
fn what_a_value_cannot_do_is_said_without_words_of_rune_s_insides() {
    let cases = [
        ("`${s.phases()[0].agent} ${s.title}`", "`Option` cannot stand in a text as it is: take one of its parts, or `{:?}` in `format!` or `println!`"),
        ("s < s", "`<` does not work on `Session` and `Session`"),
        ("s + 1", "`+` does not work on `Session` and `i64`"),
        ("!s", "`!` does not work on `Session`"),
        ("s[0]", "`Session` has nothing at an index of type `i64`"),
        ("s()", "`Session` is not a function and cannot be called"),
        ("s.phases()[9]", "this `Vec` has no element 9"),
        ("s.id?", "`?` works on `Option` and `Result`, not on `String`"),
    ];
    for (body, words) in cases {
        let error = call(
            &format!("pub fn main(s) {{ {body} }}"),
            "main",
            (sample_session(),),
        )
        .unwrap_err();
        assert_eq!(explain(&error), words, "{body}");
    }
}

#[test]
fn what_is_given_to_a_method_stays_the_script_s() {
    let body = "let name = \"Sow\"; let rest = |c, e| 0; let w = Workflow::new();
        for agent in [\"bob\", None] { w.add_step(name, agent); w.add_gate(name); }
        let m = StateMachine::new().state(name, rest).state(\"Dig\", rest)
            .transition(name, \"Dig\", rest).transition(\"Dig\", name, name);
        (name, rest((), ()), w.steps().len(), `${m}`)";
    let expected = "(\"Sow\", 0, 2, \"Sow -> Dig: function\\nDig -> Sow: Sow\")";
    assert_eq!(eval(body).as_deref(), Ok(expected));
}

#[test]
fn every_name_reads_back_from_markdown() {
    let names = [
        "a -> b",
        "& x",
        "x (parallel)",
        "a [k:: v]",
        "@x",
        "a @b",
        "# h",
        "\\\\",
        "a \\\\ b",
        "",
        " ",
        "a\\tb",
        "é 🎉",
        "x !",
        "x ?",
        "x #y",
        "`code`",
        "---",
        "[[link]]",
        "<b>",
        "a@b",
        "a\\nb",
        " a ",
        "a  b",
        "## x ##",
        "-x",
        "1x",
        "[",
        "a]b",
        "\\u{0}",
        "\\r",
        "\\u{2028}",
        "\\u{85}",
    ];
    for name in names {
        let body = format!(
            "let w = Workflow::new(); let n = \"{name}\"; w.title = n; w.description = n; w.add_step(n, n);
            w.add_step(n, None); w.add_gate(n);
            let back = Workflow::from_markdown(w.to_markdown()).unwrap();
            if back == w {{ \"equal\" }} else {{ `${{w:?}} ${{back:?}}` }}"
        );
        let body = body.replace("`${w:?} ${back:?}`", "format!(\"{:?} {:?}\", w, back)");
        assert_eq!(eval(&body).as_deref(), Ok("\"equal\""), "{name:?}");
    }
}

#[test]
fn the_spec_s_behaviour_builds_a_machine() {
    let script = "
        pub fn agent_behavior() {
            StateMachine::new()
                .state(\"idle\", idle_handler)
                .state(\"working\", working_handler)
                .state(\"waiting\", waiting_handler)
                .transition(\"idle\", \"working\", on_task)
                .transition(\"working\", \"idle\", on_complete)
        }
        fn idle_handler(context, event) {}
        fn working_handler(context, event) {}
        fn waiting_handler(context, event) {}
        fn on_task(context, event) { true }
        fn on_complete(context, event) { true }";
    let machine = call(script, "agent_behavior", ()).expect("it runs");
    let again = call(script, "agent_behavior", ()).expect("it runs");
    let equal = call("pub fn main(a, b) { a == b }", "main", (machine, again)).expect("it runs");
    assert!(equal.as_bool().expect("a bool"));
}

#[test]
fn using_a_builder_that_was_used_up_is_said_in_words() {
    for body in [
        "let m = StateMachine::new(); m.state(\"a\", || 0); m.state(\"b\", || 0)",
        "let m = StateMachine::new(); m.state(\"a\", || 0); m.clone()",
        "let m = StateMachine::new(); m.state(\"a\", || 0); m == m",
    ] {
        let words = explain(&eval(body).unwrap_err());
        assert!(
            words.contains("used it up") && !words.contains("M-0"),
            "{words}"
        );
    }
}

#[test]
fn a_handler_must_be_a_function() {
    let error = eval("StateMachine::new().state(\"a\", 42)").unwrap_err();
    assert_eq!(explain(&error), "expected Function, found i64");
    let error = eval("StateMachine::new().transition(\"a\", \"b\", 42)").unwrap_err();
    assert_eq!(
        explain(&error),
        "panicked: expected a String or a function, found i64"
    );
}

#[test]
fn unknown_members_are_named_by_their_short_types() {
    let error = call("pub fn main(s) { s.phase() }", "main", (sample_session(),)).unwrap_err();
    assert_eq!(explain(&error), "`Session` has no such method");
    let error = call("pub fn main(s) { s.nme }", "main", (sample_session(),)).unwrap_err();
    assert_eq!(explain(&error), "`Session` has no field `nme`");
}

#[test]
fn crucible_s_attributes_compile_and_change_nothing() {
    let script = "
        /// Finds notes.
        #[tool(desc = \"a (b)\", tags = [\"x\"])]
        #[param(name = \"q\", type = \"string\", required = false)]
        pub fn find(q) { q }
        #[handler(event = \"tool:after\", pattern = \"gh_*\", priority = 50)]
        #[hook(event = \"tool:after\")]
        pub async fn after(context, event) { event }
        #[plugin(name = \"p\", watch = [\"*.just\"])]
        pub fn create() { find(7) }";
    let created = call(script, "create", ()).expect("it runs");
    assert_eq!(created.as_signed().ok(), Some(7));
    assert!(compile("#[unknown] pub fn f() {}").is_err());
    assert!(
        compile("pub fn tool() { handler() } fn handler() {}").is_ok(),
        "the names stay free"
    );
}

#[test]
fn a_long_session_is_shared_not_copied() {
    let mut log =
        String::from("---\ntype: session\nsession_id: x\nstarted: x\nstatus: active\n---\n");
    for phase in 0..2000 {
        log.push_str(&format!(
            "\n## Phase {phase} @bob\n\n{}\n",
            "word ".repeat(100)
        ));
    }
    let session = Session::from_markdown(log.as_bytes()).value;
    let (first, second) = (session.phases(), session.phases());
    assert!(std::ptr::eq(&*first[1999], &*second[1999]));
    let script =
        "pub fn main(session) { let n = 0; for _ in 0..50 { n += session.phases().len(); } n }";
    let counted: Value = call(script, "main", (session,)).expect("it runs");
    assert_eq!(counted.as_signed().ok(), Some(100_000));
}

#[test]
fn events_are_plain_values() {
    let log =
        br#"{"type":"user","ts":"t1","content":"hello","extra":[1,null,18446744073709551615,1.5]}"#;
    let session = Session::from_jsonl(log, None).value;
    let script = "pub fn main(session) { let e = session.events()[0]; (e.kind, e.timestamp, e.data.content, e.data.extra) }";
    let mut vm = vm(script).expect("it compiles");
    let value = vm.call(["main"], (session,)).expect("it runs");
    let text = vm.with(|| format!("{value:?}"));
    assert_eq!(
        text,
        "(\"user\", \"t1\", \"hello\", [1, (), 18446744073709551615, 1.5])"
    );
}
