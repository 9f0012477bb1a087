//! `optimize`: which steps of a workflow can go, which can be one, and which may run side by side.

use rune::runtime::Object;

use crate::optimise_merge::{join, why_apart};
use crate::optimise_parallel::{self, Standing};
use crate::step::WorkflowStep;

/// What may be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// A step that repeats the one before it, below the same step, in every field, goes.
    pub repeats: bool,
    /// Consecutive steps of one agent and channel become one.
    pub merge: bool,
    /// A step with a blank name and without text, children and gates goes.
    pub drop_empty: bool,
    /// Neighbours of different agents that need nothing of each other are marked as parallel.
    pub parallel: bool,
}

impl Options {
    /// What `optimize` does.
    pub const REPEATS: Options = Options {
        repeats: true,
        merge: false,
        drop_empty: false,
        parallel: false,
    };

    /// Reads the options that a script gives; the error names what is unknown or no Boolean.
    pub(crate) fn from_object(object: &Object) -> Result<Self, String> {
        let mut options = Options::default();
        for (name, value) in object.iter() {
            let option = match &**name {
                "repeats" => &mut options.repeats,
                "merge" => &mut options.merge,
                "drop_empty" => &mut options.drop_empty,
                "parallel" => &mut options.parallel,
                unknown => {
                    return Err(format!(
                        "`optimize_with` has no option `{unknown}`; it has `merge`, `drop_empty`, `parallel` and `repeats`"
                    ))
                }
            };
            *option = value
                .as_bool()
                .map_err(|_| format!("the option `{name}` of `optimize_with` is true or false"))?;
        }
        Ok(options)
    }
}

/// A change of a workflow, for the report.
pub(crate) struct Change {
    verb: Verb,
    what: String,
}

#[derive(Clone, Copy)]
enum Verb {
    Remove,
    Merge,
    Drop,
    Mark,
}

impl Change {
    /// The change as something that has happened: `removed step 2 …`.
    pub(crate) fn done(&self) -> String {
        let verb = match self.verb {
            Verb::Remove => "removed",
            Verb::Merge => "merged",
            Verb::Drop => "dropped",
            Verb::Mark => "marked",
        };
        format!("{verb} {}", self.what)
    }

    /// The change as something that could be done: `would remove step 2 …`.
    pub(crate) fn possible(&self) -> String {
        let verb = match self.verb {
            Verb::Remove => "remove",
            Verb::Merge => "merge",
            Verb::Drop => "drop",
            Verb::Mark => "mark",
        };
        format!("would {verb} {}", self.what)
    }
}

/// A step, and its place when the work began, such as `2.1`.
pub(crate) struct Placed {
    pub(crate) place: String,
    pub(crate) step: WorkflowStep,
}

impl Placed {
    /// The step as the report names it: ``step 2 `Sow` ``.
    pub(crate) fn label(&self) -> String {
        match self.step.title.trim() {
            "" => format!("step {}", self.place),
            title => format!("step {} `{title}`", self.place),
        }
    }
}

/// Changes what `options` allow, on each level, until nothing is left to change; returns what was changed.
pub(crate) fn optimise(steps: &mut Vec<WorkflowStep>, options: Options) -> Vec<Change> {
    let mut changes = Vec::new();
    optimise_below(steps, options, "", &mut changes);
    changes
}

/// Why steps that look as if they could be changed were not, in words.
pub(crate) fn kept(steps: &[WorkflowStep], options: Options) -> Vec<String> {
    let mut reasons = Vec::new();
    kept_below(steps, options, "", &mut reasons);
    reasons
}

fn optimise_below(
    steps: &mut Vec<WorkflowStep>,
    options: Options,
    parent: &str,
    changes: &mut Vec<Change>,
) {
    let mut placed = placed(std::mem::take(steps), parent);
    for Placed { place, step } in &mut placed {
        optimise_below(&mut step.children, options, &format!("{place}."), changes);
    }
    // What became one can repeat the step before it.
    loop {
        let before = changes.len();
        placed = shortened(placed, options, changes);
        if options.parallel {
            mark_parallel(&mut placed, changes);
        }
        if changes.len() == before {
            break;
        }
    }
    *steps = placed.into_iter().map(|placed| placed.step).collect();
}

fn placed(steps: Vec<WorkflowStep>, parent: &str) -> Vec<Placed> {
    let place = |(index, step)| Placed {
        place: format!("{parent}{}", index + 1),
        step,
    };
    steps.into_iter().enumerate().map(place).collect()
}

/// One run through the steps of a level, which takes away all that can go or become one.
fn shortened(steps: Vec<Placed>, options: Options, changes: &mut Vec<Change>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(steps.len());
    for next in steps {
        let label = next.label();
        let mut change = |verb, what: String| changes.push(Change { verb, what });
        if options.drop_empty && is_blank(&next.step) {
            change(Verb::Drop, format!("{label}: it is empty"));
            continue;
        }
        match kept.last_mut() {
            Some(last) if options.repeats && is_repeat(&last.step, &next.step) => {
                let repeated = &last.place;
                change(Verb::Remove, format!("{label}: it repeats step {repeated}"));
            }
            Some(last) if options.merge && why_apart(&last.step, &next.step).is_none() => {
                change(Verb::Merge, format!("{label} into step {}", last.place));
                join(&mut last.step, next.step);
            }
            _ => kept.push(next),
        }
    }
    kept
}

fn mark_parallel(steps: &mut [Placed], changes: &mut Vec<Change>) {
    for (index, standing) in optimise_parallel::standings(steps).into_iter().enumerate() {
        if standing == Standing::Beside && !steps[index].step.parallel {
            steps[index].step.parallel = true;
            changes.push(Change {
                verb: Verb::Mark,
                what: format!("{} as parallel", steps[index].label()),
            });
        }
    }
}

/// Whether a step has nothing that anybody could do.
fn is_blank(step: &WorkflowStep) -> bool {
    step.title.trim().is_empty()
        && step.body.trim().is_empty()
        && step.children.is_empty()
        && step.gates.is_empty()
}

/// Whether a step says nothing new. Somebody who has to agree twice is asked twice.
fn is_repeat(last: &WorkflowStep, next: &WorkflowStep) -> bool {
    last == next && !has_gates(next)
}

/// Whether somebody has to agree somewhere in the step.
pub(crate) fn has_gates(step: &WorkflowStep) -> bool {
    !step.gates.is_empty() || step.children.iter().any(has_gates)
}

fn kept_below(steps: &[WorkflowStep], options: Options, parent: &str, reasons: &mut Vec<String>) {
    let steps = placed(steps.to_vec(), parent);
    if options.drop_empty {
        let nameless = steps.iter().filter(|s| s.step.title.trim().is_empty());
        reasons.extend(nameless.map(|s| format!("kept {}: only its name is blank", s.label())));
    }
    for pair in steps.windows(2).filter(|_| options.merge) {
        let (last, next) = (&pair[0].step, &pair[1].step);
        if let Some(reason) = why_apart(last, next).filter(|_| same_hands(last, next)) {
            let (last, next) = (pair[0].label(), pair[1].label());
            reasons.push(format!("did not merge {next} into {last}: {reason}"));
        }
    }
    reasons.extend(without_agent(&steps, options));
    if options.parallel {
        for (placed, standing) in steps.iter().zip(optimise_parallel::standings(&steps)) {
            if let Standing::Alone(reason) = standing {
                reasons.push(format!(
                    "did not mark {} as parallel: {reason}",
                    placed.label()
                ));
            }
        }
    }
    for Placed { place, step } in &steps {
        kept_below(&step.children, options, &format!("{place}."), reasons);
    }
}

/// The steps that nobody is named for, which are not merged and stand beside nobody.
fn without_agent(steps: &[Placed], options: Options) -> Option<String> {
    let nobody = steps.iter().filter(|placed| placed.step.agent.is_none());
    let labels: Vec<String> = nobody.map(Placed::label).collect();
    let is_asked = options.merge || options.parallel;
    (is_asked && steps.len() > 1 && !labels.is_empty()).then(|| {
        format!(
            "left alone {}: nobody is named who does it",
            labels.join(", ")
        )
    })
}

/// Whether a reader would expect two steps to become one.
fn same_hands(last: &WorkflowStep, next: &WorkflowStep) -> bool {
    last.agent.is_some() && (&last.agent, &last.channel) == (&next.agent, &next.channel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &str, agent: &str) -> WorkflowStep {
        WorkflowStep::new(
            name,
            Some(agent.to_owned()).filter(|agent| !agent.is_empty()),
        )
    }

    fn only(option: &str) -> Options {
        Options {
            repeats: option == "repeats",
            merge: option == "merge",
            drop_empty: option == "drop_empty",
            parallel: option == "parallel",
        }
    }

    /// What is done to the steps, what is left of them, and what was kept and why.
    fn check(mut steps: Vec<WorkflowStep>, option: &str, left: &[&str], words: &[&str]) {
        let changes = optimise(&mut steps, only(option));
        let mark = |step: &WorkflowStep| if step.parallel { "& " } else { "" };
        let names: Vec<String> = steps
            .iter()
            .map(|step| format!("{}{}", mark(step), step.title))
            .collect();
        assert_eq!(names, left);
        let said = changes.iter().map(Change::done);
        let said: Vec<String> = said.chain(kept(&steps, only(option))).collect();
        assert_eq!(said, words);
    }

    #[test]
    fn only_an_exact_repeat_of_the_step_before_goes() {
        let steps = vec![
            step("a", ""),
            step("a", ""),
            step("b", ""),
            step("a", ""),
            step("a", "bob"),
        ];
        let words = ["removed step 2 `a`: it repeats step 1"];
        check(steps, "repeats", &["a", "b", "a", "a"], &words);
    }

    #[test]
    fn a_step_with_a_gate_is_no_repeat() {
        let mut agreed = step("a", "");
        agreed.gates.push(crate::Gate::default());
        check(vec![agreed.clone(), agreed], "repeats", &["a", "a"], &[]);
    }

    #[test]
    fn a_step_without_name_text_children_and_gates_is_empty() {
        let mut told = step(" ", "");
        told.body = "Water the beds.".to_owned();
        let mut parent = step("", "bob");
        parent.children.push(step("", "mira"));
        let words = [
            "dropped step 3.1: it is empty",
            "dropped step 1: it is empty",
            "dropped step 3: it is empty",
            "kept step 1: only its name is blank",
        ];
        let steps = vec![step("", "bob"), told, parent, step("a", "")];
        check(steps, "drop_empty", &["", "a"], &words);
    }

    #[test]
    fn consecutive_steps_of_one_agent_become_one() {
        let mut agreed = step("c", "bob");
        agreed.gates.push(crate::Gate::default());
        let steps = vec![
            step("a", "bob"),
            step("b", "bob"),
            agreed,
            step("d", "mira"),
            step("e", ""),
            step("f", ""),
        ];
        let words = [
            "merged step 2 `b` into step 1",
            "did not merge step 2 `c` into step 1 `a + b`: somebody has to agree in between",
            "left alone step 4 `e`, step 5 `f`: nobody is named who does it",
        ];
        check(steps, "merge", &["a + b", "c", "d", "e", "f"], &words);
    }

    #[test]
    fn a_repeat_is_merged_with_its_text_if_merging_is_what_is_asked_for() {
        let mut water = step("Water", "bob");
        water.body = "Slowly.".to_owned();
        let mut steps = vec![water.clone(), water];
        optimise(&mut steps, only("merge"));
        let left = steps.iter().map(|step| (&*step.title, &*step.body));
        assert_eq!(left.collect::<Vec<_>>(), [("Water", "Slowly.\n\nSlowly.")]);
    }

    #[test]
    fn what_became_one_can_be_a_repeat() {
        let mut whole = step("a + b", "bob");
        whole.children.push(step("c", ""));
        let mut half = step("b", "bob");
        half.children.clone_from(&whole.children);
        let mut steps = vec![whole.clone(), step("a", "bob"), half];
        let options = Options {
            merge: true,
            ..only("repeats")
        };
        optimise(&mut steps, options);
        assert_eq!(steps, [whole]);
    }

    #[test]
    fn neighbours_of_different_agents_are_marked_unless_one_needs_the_other() {
        let mut plan = step("Plan", "planner");
        plan.output = Some("beds".to_owned());
        let mut sow = step("Sow", "gardener");
        sow.body = "Take the **beds** from the plan.".to_owned();
        let steps = vec![plan, sow, step("Write", "scribe"), step("Print", "scribe")];
        let words = [
            "marked step 2 `Sow` as parallel",
            "marked step 3 `Write` as parallel",
            "did not mark step 1 `Plan` as parallel: step 2 names `beds`, which step 1 makes",
        ];
        let left = ["Plan", "& Sow", "& Write", "Print"];
        check(steps, "parallel", &left, &words);
    }

    #[test]
    fn a_group_never_touches_a_step_that_needs_one_of_it() {
        let mut plan = step("Plan", "planner");
        plan.output = Some("beds".to_owned());
        let mut sow = step("Sow the beds", "gardener");
        sow.parallel = true;
        let steps = vec![plan, step("Call", "mira"), step("Write", "scribe"), sow];
        let words = [
            "marked step 1 `Plan` as parallel",
            "marked step 2 `Call` as parallel",
            "did not mark step 3 `Write` as parallel: step 4 names `beds`, which step 1 makes",
        ];
        let left = ["& Plan", "& Call", "Write", "& Sow the beds"];
        check(steps, "parallel", &left, &words);
    }
}
