//! State machines as graphs: what is wrong with them, and how they are drawn.

mod support;

use runekiln_bindings::StateMachine;
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

#[test]
fn a_well_made_machine_has_no_problems() {
    check(BED, "bed().validate()", "[]");
}

#[test]
fn validate_tells_everything_that_is_wrong() {
    let f = "fn f(c, e) { true } fn ring() { StateMachine::new().state(\"a\", f).state(\"b\", f).transition(\"a\", \"b\", \"x\").transition(\"b\", \"a\", \"x\") }";
    let cases = [
        ("StateMachine::new()", vec!["the machine has no states, so that it begins nowhere"]),
        ("ring()", vec![]),
        ("ring().initial(\"z\")", vec!["`z` is initial, but it is no state", "`a` cannot be reached", "`b` cannot be reached"]),
        ("ring().state(\"a\", f)", vec!["`a` is added more than once: the last handler counts"]),
        ("ring().transition(\"a\", \"z\", f)", vec!["`a -> z` names `z`, which is no state"]),
        ("ring().transition(\"z\", \"z\", f)", vec!["`z -> z` names `z`, which is no state"]),
        ("ring().state(\"c\", f)", vec!["`c` cannot be reached"]),
        ("ring().state(\"c\", f).transition(\"a\", \"c\", f)", vec!["`c` is a trap: nothing leads out of it, and it is not terminal"]),
        ("ring().state(\"c\", f).transition(\"a\", \"c\", f).transition(\"c\", \"c\", f)", vec!["`c` is a trap: nothing leads out of it, and it is not terminal"]),
        ("ring().state(\"c\", f).transition(\"a\", \"c\", f).terminal(\"c\")", vec![]),
        ("ring().state(\"c\", f).initial(\"c\").transition(\"c\", \"a\", f).state(\"d\", f).transition(\"c\", \"d\", f).terminal(\"d\")",
            vec!["`a` is a trap: no terminal state can be reached from it", "`b` is a trap: no terminal state can be reached from it"]),
        ("ring().terminal(\"b\")", vec!["`b` is terminal, but transitions lead out of it"]),
        ("ring().terminal(\"z\")", vec!["`z` is terminal, but it is no state",
            "`a` is a trap: no terminal state can be reached from it", "`b` is a trap: no terminal state can be reached from it"]),
        ("ring().transition(\"a\", \"a\", \"x\")", vec!["`a -> a` is never taken: an earlier transition out of `a` is taken for `x`"]),
        ("ring().transition(\"a\", \"a\", f).transition(\"a\", \"a\", f)", vec![]),
    ];
    for (machine, problems) in cases {
        check(
            f,
            &format!("{machine}.validate()"),
            &format!("{problems:?}"),
        );
    }
}

#[test]
fn machines_are_drawn_for_mermaid_and_graphviz() {
    let machine: StateMachine = rune::from_value(
        call(&format!("{BED} pub fn main() {{ bed() }}"), "main", ()).expect("it runs"),
    )
    .expect("a machine");
    let expected = "stateDiagram-v2
    state \"dry\" as s0
    state \"wet\" as s1
    state \"dug\" as s2
    [*] --> s0
    s0 --> s1 : function
    s0 --> s1 : water
    s1 --> s0 : function
    s1 --> s0 : sun
    s0 --> s2 : dig
    s2 --> [*]
";
    assert_eq!(machine.to_mermaid(), expected);
    let expected = "digraph machine {
    rankdir=LR;
    s0 [label=\"dry\", shape=circle];
    s1 [label=\"wet\", shape=circle];
    s2 [label=\"dug\", shape=doublecircle];
    begin [shape=point];
    begin -> s0;
    s0 -> s1 [label=\"function\"];
    s0 -> s1 [label=\"water\"];
    s1 -> s0 [label=\"function\"];
    s1 -> s0 [label=\"sun\"];
    s0 -> s2 [label=\"dig\"];
}
";
    assert_eq!(machine.to_dot(), expected);
}

#[test]
fn whatever_names_hold_they_stay_names_in_drawings() {
    let nasty = "a\\\" --> [*]\\n%% x: y; {z} & <b> #35; \\\\";
    let body = format!("StateMachine::new().state(\"{nasty}\", |c, e| ()).transition(\"{nasty}\", \" \", \"{nasty}\")");
    let mermaid = eval(&format!("{body}.to_mermaid()")).expect("it runs");
    let mermaid: String = serde_json::from_str(&mermaid).expect("a text");
    let name =
        "a#34; --#62; #91;#42;#93; #37;#37; x#58; y#59; #123;z#125; #38; #60;b#62; #35;35#59; #92;";
    let expected = format!(
        "stateDiagram-v2\n    state \"{name}\" as s0\n    state \"#160;\" as s1\n    [*] --> s0\n    s0 --> s1 : {name}\n"
    );
    assert_eq!(mermaid, expected);
    let dot: String =
        serde_json::from_str(&eval(&format!("{body}.to_dot()")).expect("it runs")).expect("a text");
    let name = "a\\\" --> [*]\\n%% x: y; {z} &amp; <b> #35; \\\\";
    assert!(
        dot.contains(&format!("s0 [label=\"{name}\", shape=circle];\n")),
        "{dot}"
    );
    assert!(
        dot.contains(&format!("s0 -> s1 [label=\"{name}\"];\n")),
        "{dot}"
    );
}
