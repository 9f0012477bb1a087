//! Two consecutive steps of one agent become one, if nothing that they say is lost or changes its order.

use crate::blocks::trim_blank_lines;
use crate::optimise::has_gates;
use crate::step::WorkflowStep;

/// Why two neighbours cannot be one step; `None` if they can.
pub(crate) fn why_apart(last: &WorkflowStep, next: &WorkflowStep) -> Option<String> {
    if last.agent != next.agent {
        return Some("they have different agents".to_owned());
    }
    if last.agent.is_none() {
        return Some("neither says who does it".to_owned());
    }
    if last.channel != next.channel {
        return Some("they use different channels".to_owned());
    }
    if has_gates(last) || has_gates(next) {
        return Some("somebody has to agree in between".to_owned());
    }
    if !last.children.is_empty() {
        return Some("the steps below the first come before the second".to_owned());
    }
    if let (Some(one), Some(other)) = (&last.output, &next.output) {
        if one != other {
            return Some(format!("they make two things, `{one}` and `{other}`"));
        }
    }
    let mut shared = last.attributes.keys();
    let differs = |key: &&String| {
        let other = next.attributes.get(*key);
        other.is_some_and(|other| last.attributes[*key] != *other)
    };
    if let Some(key) = shared.find(differs) {
        return Some(format!("they differ in `{key}`"));
    }
    if last.critical != next.critical {
        return Some("`critical` is not the same for both".to_owned());
    }
    (last.parallel != next.parallel).then(|| "only one of them is parallel".to_owned())
}

/// Makes `last` the one step that both are, between which nothing stands: see [`why_apart`].
pub(crate) fn join(last: &mut WorkflowStep, next: WorkflowStep) {
    if last.title.trim() != next.title.trim() {
        append(&mut last.title, &next.title, " + ");
    }
    append(&mut last.body, trim_blank_lines(&next.body), "\n\n");
    // Headings below the second keep a level below that of their step.
    last.level = last.level.min(next.level);
    last.output = last.output.take().or(next.output);
    last.attributes.extend(next.attributes);
    last.children = next.children;
}

/// Puts `more` behind the text, with `between` in between; a blank text adds nothing.
fn append(text: &mut String, more: &str, between: &str) {
    if more.trim().is_empty() {
        return;
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push_str(between);
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Gate;

    fn step(title: &str, body: &str) -> WorkflowStep {
        let mut step = WorkflowStep::new(title, Some("bob".to_owned()));
        step.body = body.to_owned();
        step
    }

    #[test]
    fn both_texts_stay_in_their_order() {
        let mut sow = step("Sow", "Rows.");
        sow.output = Some("beds".to_owned());
        join(&mut sow, step("Water", "Slowly."));
        assert_eq!(
            (&*sow.title, &*sow.body, sow.output.as_deref()),
            ("Sow + Water", "Rows.\n\nSlowly.", Some("beds"))
        );
        let mut nameless = step("", "");
        join(&mut nameless, step("Dig", ""));
        assert_eq!((&*nameless.title, &*nameless.body), ("Dig", ""));
    }

    #[test]
    fn what_would_be_lost_or_moved_keeps_steps_apart() {
        type Edit = fn(&mut WorkflowStep, &mut WorkflowStep);
        let cases: [(Edit, &str); 8] = [
            (|_, b| b.agent = None, "they have different agents"),
            (
                |a, b| (a.agent, b.agent) = (None, None),
                "neither says who does it",
            ),
            (
                |a, _| a.channel = Some("x".to_owned()),
                "they use different channels",
            ),
            (
                |a, _| a.gates.push(Gate::default()),
                "somebody has to agree in between",
            ),
            (
                |a, _| a.children.push(step("c", "")),
                "the steps below the first come before the second",
            ),
            (
                |_, b| b.critical = Some(true),
                "`critical` is not the same for both",
            ),
            (
                |a, b| (a.output, b.output) = (Some("x".to_owned()), Some("y".to_owned())),
                "they make two things, `x` and `y`",
            ),
            (
                |a, b| {
                    a.attributes.insert("due".to_owned(), "1".to_owned());
                    b.attributes.insert("due".to_owned(), "2".to_owned());
                },
                "they differ in `due`",
            ),
        ];
        for (edit, reason) in cases {
            let (mut last, mut next) = (step("a", "A"), step("b", "B"));
            assert_eq!(why_apart(&last, &next), None);
            edit(&mut last, &mut next);
            assert_eq!(why_apart(&last, &next).as_deref(), Some(reason));
        }
    }
}
