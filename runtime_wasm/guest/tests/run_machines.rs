//! State machines in a run: what their functions do is counted, named and traced like all else in the script.
//!
//! One test, for the gauge is one in a process and miscounts with several threads.

mod fixture;
use fixture::source;
use rune_tracing::GAUGE;
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

const MACHINE: &str = "
fn machine(on) {
    StateMachine::new().state(\"idle\", work).transition(\"idle\", \"idle\", on)
}
fn work(context, event) {
    for _ in 0..event { context.n = 1; }
}
";

/// How a run of `main` went, and how many instructions it took.
fn run(main: &str) -> (Ran, u64) {
    let text = format!("{MACHINE}{main}");
    let before = GAUGE.left();
    let response = handle(Request::Run(RunRequest {
        sources: vec![source("main.rn", &text)],
        dialect: Dialect::Module,
        entry: "main".to_owned(),
        arguments: Vec::new(),
        output_limit: 1000,
    }));
    let Response::Ran(ran) = response else {
        panic!("it did not run: {response:?}");
    };
    (ran, before - GAUGE.left())
}

#[test]
fn what_the_functions_of_a_machine_do_is_counted_named_and_traced() {
    let fired = |rounds: u32| {
        let (ran, spent) = run(&format!(
            "pub fn main() {{ machine(|c, e| true).fire({rounds}) }}"
        ));
        assert_eq!(ran.outcome, Outcome::Finished, "{:?}", ran.error);
        spent
    };
    let of_one_round = fired(1001) - fired(1000);
    assert!(of_one_round >= 3, "{of_one_round}");
    assert_eq!(fired(51_000) - fired(1000), 50_000 * of_one_round);

    let (ran, _) = run("fn five(c, e) { 5 }\npub fn main() { machine(five).fire(1) }");
    let value = ran.value.expect("a value");
    assert_eq!(
        value.json["Err"]["message"],
        "`five`, the `on` of `idle -> idle`, answered `5`, not true or false"
    );

    let (ran, _) = run("pub fn main() {\n    machine(\"x\").fire(\"x\")\n}");
    let error = ran.error.expect("an error");
    let functions: Vec<&str> = error.frames.iter().map(|frame| &*frame.function).collect();
    assert_eq!(
        (ran.outcome, functions),
        (Outcome::Failed, vec!["work", "main"])
    );

    let (ran, _) = run("pub fn main() { let m = machine(\"x\"); m.terminal(\"idle\") }");
    let view = ran.value.and_then(|value| value.view).expect("a view");
    let expected = serde_json::json!({"kind": "state-machine", "states": ["idle"], "initial": "idle", "terminal": ["idle"],
        "current": "idle", "transitions": [{"from": "idle", "to": "idle", "on": "x"}]});
    assert_eq!(view, expected);
}
