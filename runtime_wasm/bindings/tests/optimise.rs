//! What `optimize_with` may do to a workflow, held against random ones.

use std::collections::HashSet;

use runekiln_bindings::{Gate, Options, Workflow, WorkflowStep};
use workflows::Random;

#[path = "support/workflows.rs"]
mod workflows;

const ALL: Options = Options {
    repeats: false,
    merge: true,
    drop_empty: true,
    parallel: true,
};

/// A workflow of few agents whose steps name what others make.
fn workflow(random: &mut Random) -> Workflow {
    let mut workflow = random.workflow();
    workflow.steps.extend((0..3).map(|_| random.step(2)));
    for step in &mut workflow.steps {
        arrange(step, random);
    }
    workflow
}

fn arrange(step: &mut WorkflowStep, random: &mut Random) {
    let mut pick = |words: [&str; 5]| {
        let word = words[random.below(5)];
        Some(word.to_owned()).filter(|word| !word.is_empty())
    };
    step.title = pick(["Sow", "Sow", "Read the plan", "", ""]).unwrap_or_default();
    step.agent = pick(["ann", "ann", "bob", "cem", ""]);
    step.channel = pick(["", "", "", "", "dev"]);
    step.output = pick(["", "", "", "plan", "bed-list"]);
    if random.chance(70) {
        step.attributes.clear();
        step.gates.clear();
        step.critical = None;
    }
    // What is marked in the text was marked by somebody who knew better.
    step.parallel = false;
    if random.chance(30) {
        step.body =
            ["The *plan* says so.", "Take the BED-LIST.", "", "x"][random.below(4)].to_owned();
    }
    if random.chance(60) {
        step.children.clear();
    }
    step.children
        .iter_mut()
        .for_each(|child| arrange(child, random));
}

/// All steps in the order of their headings.
fn steps(workflow: &Workflow) -> Vec<&WorkflowStep> {
    fn below<'w>(steps: &'w [WorkflowStep], found: &mut Vec<&'w WorkflowStep>) {
        for step in steps {
            found.push(step);
            below(&step.children, found);
        }
    }
    let mut found = Vec::new();
    below(&workflow.steps, &mut found);
    found
}

/// All texts, one behind the other.
fn texts(workflow: &Workflow) -> String {
    let bodies = steps(workflow).into_iter().map(|step| step.body.trim_end());
    let bodies: Vec<&str> = bodies.filter(|body| !body.is_empty()).collect();
    bodies.join("\n\n")
}

fn gates(workflow: &Workflow) -> Vec<&Gate> {
    steps(workflow)
        .into_iter()
        .flat_map(|step| &step.gates)
        .collect()
}

/// The lists of steps that stand next to each other.
fn levels(workflow: &Workflow) -> Vec<&[WorkflowStep]> {
    let children = steps(workflow).into_iter().map(|step| &*step.children);
    std::iter::once(&*workflow.steps).chain(children).collect()
}

/// The words of everything that a step and those below it say, in lower case.
fn words(step: &WorkflowStep) -> HashSet<String> {
    let mut alone = Workflow::new();
    alone.steps.push(step.clone());
    let text = alone.to_markdown().to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    words.map(str::to_owned).collect()
}

fn outputs(step: &WorkflowStep) -> Vec<String> {
    let below = step.children.iter().flat_map(outputs);
    step.output.clone().into_iter().chain(below).collect()
}

fn needs(one: &WorkflowStep, other: &WorkflowStep) -> bool {
    let said = words(one);
    outputs(other).iter().any(|output| said.contains(output))
}

/// Whether two neighbours could well be one step.
fn are_one(pair: &[WorkflowStep]) -> bool {
    let (one, other) = (&pair[0], &pair[1]);
    let plain = |step: &WorkflowStep| step.gates.is_empty() && step.children.is_empty();
    let marks = |step: &WorkflowStep| {
        let WorkflowStep {
            agent,
            channel,
            parallel,
            critical,
            attributes,
            ..
        } = step.clone();
        (agent, channel, parallel, critical, attributes)
    };
    one.agent.is_some()
        && plain(one)
        && plain(other)
        && marks(one) == marks(other)
        && (one.output.is_none() || other.output.is_none())
}

fn is_blank(step: &WorkflowStep) -> bool {
    step.title.is_empty()
        && step.body.is_empty()
        && step.children.is_empty()
        && step.gates.is_empty()
}

/// Runs of steps next to each other that are marked.
fn groups(level: &[WorkflowStep]) -> Vec<&[WorkflowStep]> {
    let groups = level.split(|step| !step.parallel);
    groups.filter(|group| !group.is_empty()).collect()
}

#[test]
fn nothing_is_lost_and_nothing_is_left_to_do() {
    let mut random = Random(0x0b71_3153_5eed_2026);
    let (mut merged, mut dropped, mut marked) = (0, 0, 0);
    for round in 0..3000 {
        let before = workflow(&mut random);
        let mut after = before.clone();
        after.optimize_with(ALL);
        let drawn = format!(
            "round {round}:\n{}\n=====\n{}",
            before.to_markdown(),
            after.to_markdown()
        );

        assert_eq!(texts(&after), texts(&before), "{drawn}");
        assert_eq!(gates(&after), gates(&before), "{drawn}");
        assert!(!steps(&after).into_iter().any(is_blank), "{drawn}");
        for level in levels(&after) {
            assert!(!level.windows(2).any(are_one), "{drawn}");
        }
        for line in after.optimize_report() {
            merged += usize::from(line.starts_with("merged "));
            dropped += usize::from(line.starts_with("dropped "));
            marked += usize::from(line.starts_with("marked "));
        }
    }
    // The random workflows are worth something: each of the changes was made many times.
    assert!(
        merged > 500 && dropped > 500 && marked > 500,
        "{merged} {dropped} {marked}"
    );
}

#[test]
fn nothing_is_parallel_that_needs_its_neighbour() {
    let mut random = Random(0x9a12_a11e_15ee_d001);
    for round in 0..3000 {
        let mut after = workflow(&mut random);
        after.optimize_with(ALL);
        for group in levels(&after).into_iter().flat_map(groups) {
            assert!(group.len() > 1, "round {round}: a step beside nobody");
            for (index, one) in group.iter().enumerate() {
                for other in &group[index + 1..] {
                    let drawn = format!("round {round}:\n{}", after.to_markdown());
                    assert!(one.agent != other.agent && one.agent.is_some(), "{drawn}");
                    assert!(!needs(one, other) && !needs(other, one), "{drawn}");
                }
            }
        }
    }
}

#[test]
fn nobody_is_put_beside_a_step_with_a_gate_that_was_marked_by_hand() {
    let text = "---\ntype: workflow\n---\n\n## Look @planner\n\n## & Repair\n\n> [!gate] Spare parts are there\n\n## Fill @gardener\n";
    let mut workflow = Workflow::from_markdown(text).expect("a workflow");
    workflow.optimize_with(ALL);
    assert!(
        workflow.to_markdown().contains("## Look @planner\n"),
        "{}",
        workflow.to_markdown()
    );
    assert!(
        workflow.to_markdown().contains("## Fill @gardener\n"),
        "{}",
        workflow.to_markdown()
    );
}

#[test]
fn optimising_twice_is_optimising_once() {
    let mut random = Random(0x1de3_907e_47a1_1ce5);
    for round in 0..3000 {
        let mut once = workflow(&mut random);
        // Marks that were there before, too.
        for step in &mut once.steps {
            step.parallel = random.chance(30);
        }
        let options = Options {
            repeats: random.chance(50),
            merge: random.chance(70),
            drop_empty: random.chance(70),
            parallel: random.chance(70),
        };
        once.optimize_with(options);
        let mut twice = once.clone();
        twice.optimize_with(options);
        assert_eq!(
            twice,
            once,
            "round {round}: {options:?}\n{}",
            once.to_markdown()
        );
        assert_eq!(
            twice.optimize_report(),
            once.optimize_report(),
            "round {round}"
        );
    }
}

#[test]
fn what_was_optimised_reads_back_from_markdown() {
    let mut random = Random(0x00d0_0d1e_5eed_0042);
    for round in 0..3000 {
        let mut workflow = workflow(&mut random);
        workflow.optimize_with(Options {
            repeats: true,
            ..ALL
        });
        let text = workflow.to_markdown();
        assert_eq!(
            Workflow::from_markdown(&text),
            Ok(workflow),
            "round {round}:\n{text}"
        );
    }
}
