//! State machines: built, fired and asked by scripts in the real VM.

mod support;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use rune::runtime::VmError;
use rune::{Unit, Value};
use runekiln_bindings::{explain, from_json, name_functions, Naming};
use serde_json::json;
use support::{call, eval, vm};

/// A bed that is watered: dry, wet, and dug up in the end.
const BED: &str = "
    fn bed() {
        StateMachine::new()
            .state(\"dry\", dry).state(\"wet\", wet).state(\"dug\", |c, e| c.dug = true)
            .transition(\"dry\", \"wet\", on_rain)
            .transition(\"dry\", \"wet\", \"water\")
            .transition(\"wet\", \"dry\", |c, e| c.litres < 3)
            .transition(\"wet\", \"dry\", \"sun\")
            .transition(\"dry\", \"dug\", \"dig\")
            .terminal(\"dug\")
            .with_context(#{ litres: 0, calls: [] })
    }
    fn dry(context, event) { context.litres = 0; context.calls.push(\"dry\"); }
    fn wet(context, event) { context.litres += 10; context.calls.push(\"wet\"); }
    fn on_rain(context, event) { event is Object && event.event_type == \"rain\" && event.litres > 5 }
";

/// What the body of `main` gives after the functions before it, as Rune's debug text.
fn after(functions: &str, body: &str) -> Result<String, String> {
    let mut vm = vm(&format!("{functions}\npub fn main() {{ {body} }}"))?;
    let value = vm.call(["main"], ()).map_err(|error| error.to_string())?;
    Ok(vm.with(|| format!("{value:?}")))
}

fn check(functions: &str, body: &str, expected: &str) {
    assert_eq!(after(functions, body).as_deref(), Ok(expected), "{body}");
}

/// The message of the StateError that the expression gives, where the host knows what functions are called.
fn refusal(functions: &str, expression: &str) -> String {
    let script = format!(
        "use crucible::StateError;\n{functions}\npub fn main() {{
            match {expression} {{ Err(StateError {{ message, .. }}) => message, other => format!(\"{{:?}}\", other) }}
        }}"
    );
    let mut vm = vm(&script).expect("it compiles");
    let _naming = named(vm.unit().clone());
    let message = vm
        .call(["main"], ())
        .unwrap_or_else(|error| panic!("{expression}: {error}"));
    rune::from_value(message).expect("a text")
}

fn named(unit: Arc<Unit>) -> Naming {
    name_functions(move |hash| {
        let functions = &unit.debug_info()?.functions;
        Some(functions.get(&hash)?.path.to_string())
    })
}

/// Runs `main`, which is async, as a host without a clock does: whoever waits is asked again.
fn awaited(script: &str) -> Result<Value, VmError> {
    let mut vm = vm(script).expect("it compiles");
    let mut run = pin!(vm.async_call(["main"], ()));
    for _ in 0..100 {
        if let Poll::Ready(value) = run.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
    panic!("it waits for ever")
}

fn awaited_text(script: &str) -> String {
    let value = awaited(script).unwrap_or_else(|error| panic!("{error}"));
    runekiln_bindings::debug_text(&value)
}

#[test]
fn an_event_moves_the_machine_along_the_first_way_that_wants_it() {
    check(BED, "bed().fire(\"water\")", "Ok(\"wet\")");
    check(
        BED,
        "let m = bed(); m.fire(\"water\")?; (m.fire(\"sun\"), m.current(), m.history(), m.context().calls)",
        "(Ok(\"dry\"), \"dry\", [\"dry\", \"wet\", \"dry\"], [\"wet\", \"dry\"])",
    );
    // Both ways out of `a` want the event; the one that was added first is taken.
    let both = "let m = StateMachine::new().state(\"a\", |c, e| ()).state(\"b\", |c, e| ()).state(\"c\", |c, e| ())
        .transition(\"a\", \"b\", |c, e| e == \"no\").transition(\"a\", \"c\", \"x\").transition(\"a\", \"b\", |c, e| true);
        m.fire(\"x\")";
    check("", both, "Ok(\"c\")");
}

#[test]
fn a_guard_sees_the_context_and_the_event_and_is_not_called_in_vain() {
    check(
        BED,
        "let m = bed(); let small = m.fire(#{ event_type: \"rain\", litres: 2 }).is_err(); (small, m.fire(#{ event_type: \"rain\", litres: 8 }))",
        "(true, Ok(\"wet\"))",
    );
    let counted = "let m = StateMachine::new().state(\"a\", |c, e| ())
        .transition(\"a\", \"a\", |c, e| { c.push(1); false }).transition(\"a\", \"a\", \"x\").transition(\"a\", \"a\", |c, e| c.push(2));";
    let counted = counted
        .replace("c.push(1)", "c.asked += 1")
        .replace("c.push(2)", "c.asked += 100");
    let body = format!(
        "{counted} let m = m.with_context(#{{ asked: 0 }}); m.fire(\"x\")?; m.context().asked"
    );
    check("", &body, "1");
}

#[test]
fn an_event_that_nothing_wants_changes_nothing() {
    let body = "let m = bed(); let error = m.fire(\"dance\"); (error, m.current(), m.history(), m.context().calls, m == bed())";
    let expected = "(Err(StateError { message: \"no transition out of `dry` is taken for `dance`\", state: \"dry\", event: Some(\"dance\") }), \
        \"dry\", [\"dry\"], [], true)";
    check(BED, body, expected);
    assert_eq!(
        refusal(BED, "bed().fire(7)"),
        "no transition out of `dry` is taken for this event"
    );
    assert_eq!(
        refusal(BED, "{ let m = bed(); m.fire(\"dig\"); m.fire(\"water\") }"),
        "the machine has finished: `dug` is terminal"
    );
}

#[test]
fn an_event_is_named_by_itself_or_by_its_event_type() {
    let machine = "fn m() { StateMachine::new().state(\"a\", |c, e| ()).transition(\"a\", \"a\", \"tool:before\") }";
    let fired = format!("{machine} pub fn main(event) {{ m().fire(event).is_ok() }}");
    let event = |json| from_json(&json, Some("Event")).expect("an event");
    let fires = |value: Value| {
        let fired = call(&fired, "main", (value,)).expect("it runs");
        fired.as_bool().expect("a bool")
    };
    assert!(fires(event(json!({"event_type": "tool:before"}))));
    assert!(!fires(event(json!({"event_type": "tool:after"}))));
    assert!(fires(
        rune::to_value("tool:before".to_owned()).expect("memory")
    ));
    assert!(fires(
        from_json(&json!({"event_type": "tool:before"}), None).expect("an object")
    ));
    assert!(!fires(
        from_json(&json!({"event_type": 5}), None).expect("an object")
    ));
    assert!(!fires(
        from_json(&json!({"kind": "tool:before"}), None).expect("an object")
    ));
}

#[test]
fn what_a_machine_cannot_do_is_an_error_that_names_the_function() {
    let functions = "fn rest(c, e) {} fn five(c, e) { 5 } async fn later(c, e) { c.ran = true; } fn many(c, e) { yield 1; }
        fn m(handler, on) { StateMachine::new().state(\"a\", rest).state(\"b\", handler).transition(\"a\", \"b\", on) }";
    let cases = [
        ("m(rest, five).fire(1)", "`five`, the `on` of `a -> b`, answered `5`, not true or false"),
        ("m(rest, |c, e| ()).fire(1)", "a closure in `main`, the `on` of `a -> b`, answered `()`, not true or false"),
        ("m(rest, later).fire(1)", "`later`, the `on` of `a -> b`, is async: use `fire_async(event).await` in place of `fire(event)`"),
        ("m(later, \"x\").fire(\"x\")", "`later`, the handler of `b`, is async: use `fire_async(event).await` in place of `fire(event)`"),
        ("m(many, \"x\").fire(\"x\")", "`many`, the handler of `b`, has a `yield`, and a machine cannot resume it"),
        ("StateMachine::new().fire(1)", "the machine has no states"),
        ("m(rest, \"x\").initial(\"z\").fire(1)", "the machine begins in `z`, but it has no such state"),
        ("m(rest, \"x\").transition(\"a\", \"z\", \"y\").fire(\"y\")", "`a -> z` leads to no state of the machine"),
    ];
    for (expression, message) in cases {
        assert_eq!(refusal(functions, expression), message, "{expression}");
    }
    // An async handler has not run, so the machine is where it was.
    let body = "let x = m(later, \"x\"); let refused = x.fire(\"x\").is_err(); (refused, x.current(), x.history(), x.context())";
    check(functions, body, "(true, \"a\", [\"a\"], {})");
    // Without names of functions their tasks tell which they are.
    check(
        functions,
        "match m(rest, five).fire(1) { Err(e) => e.message, moved => moved }",
        "\"the `on` of `a -> b` answered `5`, not true or false\"",
    );
}

#[test]
fn a_machine_takes_no_event_while_one_of_its_functions_runs() {
    let functions = "fn again(c, e) { c.inner = c.me.fire(\"x\"); c.seen = c.me.current(); }
        fn m(on) { let m = StateMachine::new().state(\"a\", |c, e| ()).state(\"b\", again).transition(\"a\", \"b\", on)
            .transition(\"b\", \"b\", \"x\"); m.context().me = m; m }";
    let mut vm = vm(&format!(
        "{functions} pub fn main() {{ let m = m(\"x\"); m.fire(\"x\")?; let c = m.context();
            (c.inner.unwrap_or(\"\"), c.seen, match c.inner {{ Err(e) => e.message, _ => () }}, m.fire(\"x\"), c.remove(\"me\").is_some()) }}"
    ))
    .expect("it compiles");
    let _naming = named(vm.unit().clone());
    let value = vm.call(["main"], ()).expect("it runs");
    let text = vm.with(|| format!("{value:?}"));
    let message = "`again`, the handler of `b`, still runs: the machine takes the next event when it is done with this one";
    assert_eq!(text, format!("(\"\", \"b\", {message:?}, Ok(\"b\"), true)"));
}

#[test]
fn machines_can_fire_one_another_but_not_without_end() {
    let two = "let inner = StateMachine::new().state(\"a\", |c, e| ()).transition(\"a\", \"a\", \"x\");
        let outer = StateMachine::new().state(\"a\", |c, e| { c.inner.fire(e).unwrap(); }).transition(\"a\", \"a\", \"x\")
            .with_context(#{ inner });
        outer.fire(\"x\")?; inner.history()";
    check("", two, "[\"a\", \"a\"]");
    // Each handler fires a machine of its own; the innermost is told that it is too deep.
    let endless = "fn fresh(found) { StateMachine::new().state(\"a\", deeper).transition(\"a\", \"a\", \"x\").with_context(found) }
        fn deeper(found, e) { found.depth += 1; if let Err(error) = fresh(found).fire(e) { found.message = error.message; } }";
    let body = "let found = #{ depth: 0 }; fresh(found).fire(\"x\")?; (found.depth, found.message)";
    check(
        endless,
        body,
        "(32, \"more than 32 machines would be fired within one another\")",
    );
    // What was too deep once can be fired again.
    check(
        endless,
        "let found = #{ depth: 0 }; fresh(found).fire(\"x\")?; fresh(found).fire(\"x\").is_ok()",
        "true",
    );
    let script = format!("{}\npub async fn main() {{ let found = #{{ depth: 0 }}; fresh(found).fire_async(\"x\").await?; (found.depth, found.message) }}",
        endless.replace("fn deeper", "async fn deeper").replace(".fire(e)", ".fire_async(e).await"));
    assert_eq!(
        awaited_text(&script),
        "(32, \"more than 32 machines would be fired within one another\")"
    );
}

#[test]
fn an_error_in_a_function_is_the_script_s_and_has_its_place() {
    let script = "fn m(handler) { StateMachine::new().state(\"a\", |c, e| ()).state(\"b\", handler).transition(\"a\", \"b\", \"x\") }
        fn breaks(c, e) { panic!(\"no water\") }
        pub fn main() { m(breaks).fire(\"x\") }";
    let mut vm = vm(script).expect("it compiles");
    let error = vm.call(["main"], ()).expect_err("it panics");
    assert_eq!(explain(&error.to_string()), "panicked: no water");
    let place = error.first_location().expect("a place");
    let unit = vm.unit().clone();
    let instruction = unit
        .debug_info()
        .and_then(|debug| debug.instruction_at(place.ip))
        .expect("an instruction");
    let range = instruction.span.range();
    assert!(
        script[range.clone()].contains("no water"),
        "{}",
        &script[range]
    );
    // The machine is not busy for ever after, and is in the state whose handler failed.
    let kept = format!(
        "{script} pub fn make() {{ m(breaks) }} pub fn fired(m) {{ m.fire(\"x\") }}
        pub fn asked(m) {{ (m.current(), m.fire(\"x\").is_err()) }}"
    );
    let machine = call(&kept, "make", ()).expect("it runs");
    call(&kept, "fired", (machine.clone(),)).expect_err("it panics");
    let (current, refused): (String, bool) =
        rune::from_value(call(&kept, "asked", (machine,)).expect("it runs")).expect("a tuple");
    assert_eq!((&*current, refused), ("b", true));
}

#[test]
fn a_function_with_another_number_of_parameters_is_named() {
    let functions = "fn one(event) { true } fn m(handler, on) { StateMachine::new().state(\"a\", handler).transition(\"a\", \"a\", on) }";
    let words = |body: &str| {
        let mut vm = vm(&format!("{functions}\npub fn main() {{ {body} }}")).expect("it compiles");
        let _naming = named(vm.unit().clone());
        let error = vm.call(["main"], ()).expect_err("it has another number");
        explain(&error.to_string())
    };
    assert_eq!(
        words("m(one, one).fire(1)"),
        "panicked: `one`, the `on` of `a -> a`, is called with the context and the event, but takes 1 argument"
    );
    assert_eq!(
        words("let n = 1; m(|a, b, c| n, \"x\").fire(\"x\")"),
        "panicked: a closure in `main`, the handler of `a`, is called with the context and the event, but takes 3 arguments"
    );
    assert_eq!(
        words("let f = one; m(|c, e| f(1, 2), \"x\").fire(\"x\")"),
        "2 arguments were given, but 1 is expected"
    );
}

#[test]
fn async_functions_are_awaited() {
    let script = "async fn fetch(c, e) { c.fetched = later(e).await; } async fn later(e) { e }
        async fn wanted(c, e) { e == \"go\" }
        fn m() { StateMachine::new().state(\"idle\", |c, e| ()).state(\"busy\", fetch)
            .transition(\"idle\", \"busy\", wanted).transition(\"busy\", \"idle\", \"stop\") }
        pub async fn main() {
            let m = m();
            let none = m.fire_async(\"stop\").await;
            let moved = m.fire_async(\"go\").await?;
            (none.is_err(), moved, m.context().fetched, m.fire_async(\"stop\").await?, m.history())
        }";
    assert_eq!(
        awaited_text(script),
        "(true, \"busy\", \"go\", \"idle\", [\"idle\", \"busy\", \"idle\"])"
    );
}

#[test]
fn a_machine_that_waits_is_busy_until_it_is_done_or_given_up() {
    let script = "async fn fetch(c, e) { let m = c.me; c.inner = m.fire_async(\"stop\").await; c.sync = m.fire(\"stop\"); }
        pub async fn main() {
            let m = StateMachine::new().state(\"idle\", |c, e| ()).state(\"busy\", fetch)
                .transition(\"idle\", \"busy\", \"go\").transition(\"busy\", \"idle\", \"stop\");
            m.context().me = m;
            let unused = m.fire_async(\"go\");
            drop(unused);
            m.fire_async(\"go\").await?;
            let c = m.context();
            c.me = ();
            (c.inner.is_err(), c.sync.is_err(), m.fire(\"stop\")?)
        }";
    assert_eq!(awaited_text(script), "(true, true, \"idle\")");
}

#[test]
fn an_error_in_an_awaited_function_is_the_script_s() {
    let script = "async fn fetch(c, e) { panic!(\"no water\") }
        pub async fn main() {
            let m = StateMachine::new().state(\"a\", fetch).transition(\"a\", \"a\", \"go\");
            m.fire_async(\"go\").await
        }";
    let error = awaited(script).expect_err("it panics");
    assert_eq!(explain(&error.to_string()), "panicked: no water");
    assert!(error.first_location().is_some());
}

#[test]
fn the_functions_and_the_script_share_one_context() {
    let body = "let mine = #{ n: 0 };
        let m = StateMachine::new().state(\"a\", |c, e| c.n += 1).transition(\"a\", \"a\", \"x\").with_context(mine);
        m.fire(\"x\")?; mine.n += 10; m.fire(\"x\")?; (mine.n, m.context().n)";
    check("", body, "(12, 12)");
    check(
        "",
        "let m = StateMachine::new(); m.context().n = 1; m.context().n",
        "1",
    );
    let error = eval("StateMachine::new().with_context([])").expect_err("no object");
    assert_eq!(explain(&error), "panicked: expected an Object, found Vec");
}

#[test]
fn a_copy_of_a_machine_goes_its_own_way() {
    let body = "let m = bed(); let copy = m.clone(); let same = m == copy; m.fire(\"water\")?;
        (same, m == copy, copy.current(), copy.context().litres, copy.fire(\"dig\")?)";
    check(BED, body, "(true, false, \"dry\", 0, \"dug\")");
}

#[test]
fn a_machine_begins_in_the_first_state_or_in_the_initial_one() {
    check(
        BED,
        "(bed().current(), bed().states())",
        "(\"dry\", [\"dry\", \"wet\", \"dug\"])",
    );
    check(
        BED,
        "let m = bed().initial(\"wet\"); (m.current(), m.history(), m.fire(\"sun\"))",
        "(\"wet\", [\"wet\"], Ok(\"dry\"))",
    );
    check(BED, "let m = bed(); let before = m.is_finished(); m.fire(\"dig\")?; (before, m.is_finished(), m.context().dug)", "(false, true, true)");
    check(
        "",
        "let m = StateMachine::new(); (m.current(), m.history(), m.states(), m.is_finished())",
        "(\"\", [], [], false)",
    );
}

#[test]
fn errors_of_machines_work_with_the_question_mark_and_in_patterns() {
    let functions = "use crucible::StateError;
        fn both(m) { m.fire(\"water\")?; m.fire(\"dance\")?; Ok(1) }";
    let body = "match both(bed()) {
            Ok(n) => n,
            Err(StateError { state, event: Some(event), .. }) => `${state}/${event}`,
            Err(error) => error.message,
        }";
    check(&format!("{BED}{functions}"), body, "\"wet/dance\"");
    let display = "match bed().fire(\"dance\") { Err(error) => `${error}`, moved => moved }";
    check(
        BED,
        display,
        "\"no transition out of `dry` is taken for `dance`\"",
    );
}
