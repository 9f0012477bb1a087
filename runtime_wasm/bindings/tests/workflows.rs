//! Workflows as scripts use them: what a step says, and what optimising does and tells.

mod support;

use runekiln_bindings::{explain, to_json, workflow_from, Workflow};
use serde_json::json;
use support::{call, eval};

const PLAN: &str = "---\ntype: workflow\ntitle: Spring\n---\n\n## Measure @ravi [channel:: field] -> map\n\nWith the tape.\n\n\
    ## Draw @ravi [channel:: field]\n\nOn paper.\n\n##  \n\n## Sow @mira\n\nAs the map says.\n\n## Water @tomasz\n\nSlowly.\n\n\
    ### & Beds @ayse [critical:: true] [due:: friday]\n\n> [!gate] Pump\n> Who listens?\n";

fn plan() -> Workflow {
    workflow_from("workflows/spring.md", PLAN.as_bytes())
        .expect("a workflow")
        .value
}

#[test]
fn a_step_shows_all_that_its_heading_says() {
    let script = "
        pub fn main(workflow) {
            let beds = workflow.steps()[4].children[0];
            [beds.name, beds.title, beds.level, beds.agent?, beds.parallel, beds.critical?, beds.attributes.due,
                beds.gates[0].title?, beds.gates[0].content, workflow.steps()[0].output?, workflow.steps()[0].channel?]
        }";
    let found = call(script, "main", (plan(),)).expect("it runs");
    let expected = json!([
        "Beds",
        "Beds",
        3,
        "ayse",
        true,
        true,
        "friday",
        "Pump",
        "Who listens?",
        "map",
        "field"
    ]);
    assert_eq!(to_json(&found), expected);
}

#[test]
fn a_script_asks_for_what_it_wants_and_is_told_what_was_done() {
    let script = "
        pub fn main(workflow) {
            workflow.optimize_with(#{ merge: true, drop_empty: true, parallel: true });
            let again = workflow.clone();
            again.optimize_with(#{ merge: true, drop_empty: true, parallel: true });
            (workflow.optimize_report(), workflow.to_markdown(), again == workflow)
        }";
    let found = call(script, "main", (plan(),)).expect("it runs");
    let report = json!([
        "merged step 2 `Draw` into step 1",
        "dropped step 3: it is empty",
        "did not mark step 1 `Measure + Draw` as parallel: step 2 names `map`, which step 1 makes",
        "did not mark step 3 `Water` as parallel: somebody has to agree before the work goes on"
    ]);
    let text = "---\ntype: workflow\ntitle: Spring\n---\n\n## Measure + Draw @ravi -> map [channel:: field]\n\nWith the tape.\n\n\
        On paper.\n\n## Sow @mira\n\nAs the map says.\n\n## Water @tomasz\n\nSlowly.\n\n\
        ### & Beds @ayse [critical:: true] [due:: friday]\n\n> [!gate] Pump\n> Who listens?\n";
    assert_eq!(to_json(&found), json!([report, text, true]));
}

#[test]
fn neighbours_that_need_nothing_of_each_other_are_marked() {
    let script = "let w = Workflow::new();
        for agent in [\"ann\", \"bob\", \"ann\", \"cem\"] { w.add_step(`Ask ${agent}`, agent); }
        w.optimize_with(#{ parallel: true });
        (w.steps().iter().map(|step| step.parallel).collect::<Vec>(), w.optimize_report())";
    let expected = "([true, true, false, false], [\"marked step 1 `Ask ann` as parallel\", \"marked step 2 `Ask bob` as parallel\", \
        \"did not mark step 3 `Ask ann` as parallel: step 1 has the same agent\"])";
    assert_eq!(eval(script).as_deref(), Ok(expected));
}

#[test]
fn an_option_that_is_unknown_or_no_boolean_is_refused_in_words() {
    let cases = [
        (
            "#{ merged: true }",
            "panicked: `optimize_with` has no option `merged`; it has `merge`, `drop_empty`, `parallel` and `repeats`",
        ),
        ("#{ merge: 1 }", "panicked: the option `merge` of `optimize_with` is true or false"),
    ];
    for (options, words) in cases {
        let error = eval(&format!("Workflow::new().optimize_with({options})")).unwrap_err();
        assert_eq!(explain(&error), words);
    }
}

#[test]
fn a_file_that_is_no_workflow_is_named() {
    let error = workflow_from("Home.md", b"---\ntype: note\n---\n").expect_err("it is a note");
    assert_eq!(
        error.to_string(),
        "Home.md: frontmatter: `type` should be `workflow`"
    );
    let read =
        workflow_from("a.md", b"---\ntype: workflow\n---\n\n## S\xff\n").expect("a workflow");
    assert_eq!((read.skipped.len(), read.skipped[0].line), (1, 5));
}
