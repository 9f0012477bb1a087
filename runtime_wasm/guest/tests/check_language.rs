//! What Rune does not know, but scripts may say; and what Rune warns of.

mod fixture;
use fixture::{check, check_as, facts, problems, source};
use runekiln_guest::protocol::*;
use serde_bytes::ByteBuf;

#[test]
fn annotations_are_fine_everywhere() {
    check(
        r#"
struct Bed { name: String, rows: Vec<i64> }
pub fn dig(bed: Bed, depth: i64 | f64) -> Option<Bed> {
    let rows: Vec<i64> = bed.rows.iter().map(|row: i64| row + 1).collect::<Vec>();
    assert_eq!((|x: i64| x)(1), 1);
    println!("{depth} {}", rows);
    Some(bed)
}
"#,
    );
}

#[test]
fn attributes_of_the_host_are_fine() {
    check(
        r#"
/// Digs.
#[tool(name = "dig")]
#[anything::at_all]
pub fn dig() { 1 }

#[test]
fn digging_works() { assert_eq!(dig(), 1); }
"#,
    );
}

#[test]
fn attributes_of_types_are_those_that_the_host_defines() {
    check(
        r#"
#[plugin(name = "beds")]
pub struct Beds { #[anything] rows }
                //^^^^^^^^^^^ error[unsupported-attribute]: Attributes on fields are not supported
impl Beds { pub fn dig(self) { absent() } }
                             //^^^^^^ error[missing-item]
   #[anything] pub struct Rows { count }
 //^^^^^^^^^^^ error[unsupported-attribute]: Attributes on structs are not supported
#[plugin]
mod tools { pub fn rake() { absent_too() } }
                          //^^^^^^^^^^ error[missing-item]
pub fn main() { (Beds { rows: 1 }, tools::rake()) }
"#,
    );
}

#[test]
fn an_attribute_leaves_items_that_end_in_a_semicolon_whole() {
    check(
        r#"
#[plugin] struct Beds;
#[plugin] struct Rows(count);
#[plugin] const DEPTH = 2;
#[plugin] #[tool] use std::string::String;
pub fn main() { (Beds, Rows(DEPTH), String::new()) }
"#,
    );
}

#[test]
fn a_missing_label_is_named() {
    check(
        r#"
pub fn main() { loop { break 'gate 1; } }
                     //^^^^^^^^^^^^^ error[missing-label]: No loop or block around this has the label `gate`
"#,
    );
}

#[test]
fn text_that_a_macro_takes_literally_is_left_alone() {
    let facts = facts(
        &[source("main.rn", "pub fn main() { stringify!(x: T) }")],
        Dialect::Module,
    );
    assert!(facts[0].problems.is_empty(), "{:?}", facts[0].problems);
}

#[test]
fn a_missing_variable_in_a_format_string_is_shown_there() {
    check(
        r#"
pub fn main() { println!("sown {seeds}"); `${bed}` }
                              //^^^^^ error[missing-local]
                                           //^^^ error[missing-local]
"#,
    );
}

#[test]
fn what_an_assertion_ignores_is_a_warning() {
    check(
        r#"
pub fn main() { let bed = 1; assert!(bed == 1 "dug", absent); }
                                            //^^^^^^^^^^^^^ warning[ignored-arguments]: Rune ignores this
"#,
    );
}

#[test]
fn a_slip_of_the_fingers_gets_a_suggestion() {
    let text = "pub fn prepare() { 1 }\npub fn main() { let seedling = prepar(); seedlin }";
    let said = problems(&[source("main.rn", text)], Dialect::Module);
    let messages: Vec<&str> = said.iter().map(|said| said.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "There is no `prepar` here; did you mean `prepare`?",
            "There is no variable or function `seedlin` here; did you mean `seedling`?"
        ]
    );
}

#[test]
fn warnings_have_tags() {
    let text = "fn unused() { 1 }\npub fn main() { return 1; 2 }";
    let facts = facts(&[source("main.rn", text)], Dialect::Module);
    let said: Vec<_> = facts[0]
        .problems
        .iter()
        .map(|said| (said.code.as_str(), said.severity, said.tags.clone()))
        .collect();
    assert_eq!(
        said,
        [
            ("not-used", Severity::Warning, vec![Tag::Unused]),
            ("unreachable-code", Severity::Warning, vec![Tag::Unused])
        ]
    );
    assert_eq!(facts[0].problems[0].message, "`unused` is not used");
}

#[test]
fn characters_that_nobody_sees_are_named_by_their_numbers() {
    for (character, shown) in [("\u{200b}", "\\u{200b}"), ("\u{1b}", "\\u{1b}"), ("§", "§")] {
        let text = format!("pub fn main() {{ {character} }}");
        let said = problems(&[source("main.rn", &text)], Dialect::Module);
        let message = format!("Rune has no use for the character `{shown}` here");
        assert_eq!(
            (&*said[0].code, said[0].message.clone()),
            ("unexpected-character", message)
        );
    }
}

#[test]
fn a_pattern_that_might_not_fit_is_a_hint() {
    check(
        r#"
pub fn main() { let (a, b) = (1, 2); a + b }
                  //^^^^^^ hint[let-pattern-might-panic]
"#,
    );
}

#[test]
fn the_place_where_a_variable_was_moved_is_related() {
    let text = "pub fn main() { let x = 1; let f = move || x; x + f() }";
    let facts = facts(&[source("main.rn", text)], Dialect::Module);
    let said = &facts[0].problems[0];
    assert_eq!(said.code, "variable-moved");
    assert_eq!(said.related[0].message, "moved here");
}

#[test]
fn a_byte_order_mark_is_a_hint_with_a_fix() {
    let facts = facts(
        &[source("main.rn", "\u{feff}pub fn main() { absent() }")],
        Dialect::Module,
    );
    let said: Vec<_> = facts[0]
        .problems
        .iter()
        .map(|said| (said.code.as_str(), said.severity))
        .collect();
    assert_eq!(
        said,
        [
            ("byte-order-mark", Severity::Hint),
            ("missing-item", Severity::Error)
        ]
    );
    assert_eq!(
        facts[0].problems[0].fixes[0].edits,
        [Edit {
            span: [0, 3],
            text: String::new()
        }]
    );
    assert_eq!(facts[0].items[0].span, [3, 29]);
}

#[test]
fn bytes_that_are_no_text_are_one_problem_and_nothing_more() {
    let bytes = b"pub fn main() { absent() }\n// caf\xe9\n".to_vec();
    let sources = [Source {
        path: "main.rn".to_owned(),
        text: Some(ByteBuf::from(bytes)),
    }];
    let facts = facts(&sources, Dialect::Module);
    assert_eq!(facts[0].problems.len(), 1);
    assert_eq!(
        (
            facts[0].problems[0].code.as_str(),
            facts[0].problems[0].span
        ),
        ("not-utf8", [33, 34])
    );
}

#[test]
fn the_functions_that_the_codifier_calls_are_the_users() {
    check(
        r#"
pub fn handle_callout(callout) {
    match callout.type {
        "decision" => log_decision(callout),
                    //^^^^^^^^^^^^ error[missing-item]
        "error" => trigger_alert(callout),
                 //^^^^^^^^^^^^^ error[missing-item]
        "custom" => custom_handler(callout),
                  //^^^^^^^^^^^^^^ error[missing-item]
    }
}
"#,
    );
}

#[test]
fn crucibles_types_need_no_import_in_any_module() {
    check(
        r#"
pub fn codify_session(session) {
    let phases = session.phases();
    let workflow = Workflow::new();
    for phase in phases {
        workflow.add_step(phase.name, phase.agent);
    }
    workflow.optimize();
    workflow
}
pub mod behaviour {
    fn idle_handler(context, event) { event }
    fn on_task(context, event) { true }
    pub fn agent_behavior() -> StateMachine {
        StateMachine::new().state("idle", idle_handler).transition("idle", "idle", on_task)
    }
}
"#,
    );
}

#[test]
fn a_function_body_can_have_annotations() {
    check_as("let x: i64 = 1;\nx\n", Dialect::FunctionBody);
}

#[test]
fn the_functions_that_a_behaviour_names_are_the_users() {
    check(
        r#"
pub fn agent_behavior() -> StateMachine {
    StateMachine::new()
        .state("idle", idle_handler)
                     //^^^^^^^^^^^^ error[missing-local]
        .state("working", working_handler)
                        //^^^^^^^^^^^^^^^ error[missing-local]
        .state("waiting", waiting_handler)
                        //^^^^^^^^^^^^^^^ error[missing-local]
        .transition("idle", "working", on_task)
                                     //^^^^^^^ error[missing-local]
        .transition("working", "idle", on_complete)
                                     //^^^^^^^^^^^ error[missing-local]
}
"#,
    );
}

#[test]
fn an_unused_function_whose_closure_calls_it_cannot_be_linked() {
    check(
        "
pub fn main() { }
fn dig(bed) {
 //^^^ warning[not-used]
    [bed].iter().map(|b| dig(b)).collect::<Vec>()
                       //^^^^^^ error[missing-function]: cannot link this call
}
",
    );
}

#[test]
fn what_pub_use_cannot_hand_on_is_said_at_the_import() {
    check(
        "
pub mod beds { pub fn count() { 3 } pub struct Place(row); pub struct Bed { row } }
pub use beds::count;
pub use beds::{Place as Where, Bed};
                             //^^^ error[missing-function-hash]: structs without named fields
pub fn main() {
    100;
  //^^^ warning[not-used]
}
",
    );
}

#[test]
fn what_a_broken_function_calls_is_not_said_to_be_unused() {
    check(
        "
pub fn main() { dig(1; }
                   //^ error[unclosed-parenthesis]
fn dig(bed) { [bed].iter().map(|b| dig(b)).collect::<Vec>() }
",
    );
}

#[test]
fn a_block_may_be_a_condition() {
    check(
        r#"
pub fn main(bed) { if { bed > 1 } { 1 } else if { bed > 0 } { 2 } else { while { false } { } } }
pub fn last(bed) { if { bed + 1 } > 1 { bed } else if { bed }.is_one() || false { 1 } else { 2 } }
"#,
    );
    check(
        r#"
pub fn main(bed) { if { absent(bed) } }
                    //^ error[expected-condition]
"#,
    );
}

#[test]
fn a_mistake_in_a_body_hides_no_warning_about_the_header() {
    check(
        r#"
const BEDS = 1;
pub fn dig(BEDS) { absent() }
         //^^^^ hint[let-pattern-might-panic]
                 //^^^^^^ error[missing-item]
pub fn sow(BEDS) { 1 }
         //^^^^ hint[let-pattern-might-panic]
"#,
    );
}

#[test]
fn an_import_for_annotations_is_used() {
    check(
        r#"
use crucible::agent::AgentCard;
use crucible::agent::{AgentHandle as Handle, ChatResponse};
                                           //^^^^^^^^^^^^ warning[not-used]
pub fn main(card: AgentCard) -> Option<Handle> { card.name; None }
"#,
    );
}

#[test]
fn no_semicolon_is_needed_before_an_item() {
    check(
        r#"
pub fn main(beds) {
    beds.len
    #[test]
  //^^^^^^^ error[nested-test]
    fn dig() { 1 }
}
pub fn rake(beds) { beds.len() #[row] 1 }
                             //^ error[missing-semicolon]
"#,
    );
}
