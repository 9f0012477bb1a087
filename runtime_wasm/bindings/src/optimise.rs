//! `optimize`: which steps of a workflow can go.

use rune::runtime::Object;

use crate::heading;
use crate::step::WorkflowStep;

/// What may be removed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// A step that repeats the one before it, below the same step, in every field.
    pub repeats: bool,
    /// A step without a name, an agent, a text, or anything else.
    pub empty: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            repeats: true,
            empty: false,
        }
    }
}

impl Options {
    /// Reads the options that a script gives; the error names what is unknown or no Boolean.
    pub(crate) fn from_object(object: &Object) -> Result<Self, String> {
        let mut options = Options::default();
        for (name, value) in object.iter() {
            let option = match &**name {
                "repeats" => &mut options.repeats,
                "empty" => &mut options.empty,
                unknown => {
                    return Err(format!(
                        "`optimize_with` has no option `{unknown}`; it has `repeats` and `empty`"
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

/// Removes what `options` allows, on each level; returns what was removed, in words.
pub(crate) fn optimise(steps: &mut Vec<WorkflowStep>, options: Options) -> Vec<String> {
    let mut removed = Vec::new();
    optimise_below(steps, options, "", &mut removed);
    removed
}

fn optimise_below(
    steps: &mut Vec<WorkflowStep>,
    options: Options,
    parent: &str,
    removed: &mut Vec<String>,
) {
    let mut kept: Vec<WorkflowStep> = Vec::with_capacity(steps.len());
    let mut kept_place = String::new();
    for (index, mut step) in std::mem::take(steps).into_iter().enumerate() {
        let place = format!("{parent}{}", index + 1);
        optimise_below(&mut step.children, options, &format!("{place}."), removed);
        if options.empty && is_empty(&step) {
            removed.push(format!("step {place}: it is empty"));
        } else if options.repeats && kept.last() == Some(&step) {
            removed.push(format!(
                "step {place} `{}`: it repeats step {kept_place}",
                heading::one_line(&step.title)
            ));
        } else {
            kept_place = place;
            kept.push(step);
        }
    }
    *steps = kept;
}

fn is_empty(step: &WorkflowStep) -> bool {
    *step
        == WorkflowStep {
            level: step.level,
            ..WorkflowStep::default()
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_repeat_of_the_step_before_goes() {
        let mut steps: Vec<WorkflowStep> = ["a", "a", "b", "a"]
            .map(|name| WorkflowStep::new(name, None))
            .into();
        steps.push(WorkflowStep::new("a", Some("bob".to_owned())));
        let removed = optimise(&mut steps, Options::default());
        let names: Vec<&str> = steps.iter().map(|step| &*step.title).collect();
        assert_eq!(names, ["a", "b", "a", "a"]);
        assert_eq!(removed, ["step 2 `a`: it repeats step 1"]);
    }

    #[test]
    fn empty_steps_go_only_when_they_are_named() {
        let steps = vec![WorkflowStep::new("", None), WorkflowStep::new("a", None)];
        let mut kept = steps.clone();
        assert_eq!(optimise(&mut kept, Options::default()), [""; 0]);
        let mut kept = steps;
        optimise(
            &mut kept,
            Options {
                repeats: false,
                empty: true,
            },
        );
        assert_eq!(kept.len(), 1);
    }
}
