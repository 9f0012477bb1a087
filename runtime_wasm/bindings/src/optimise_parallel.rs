//! Which neighbours may run side by side: steps of different agents, of which none names what another makes.
//!
//! All steps that are marked next to each other would run at once, so that a step must get on with all of them, not only
//! with its neighbour. Between two such groups one step stays unmarked.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::optimise::{has_gates, Placed};
use crate::step::WorkflowStep;

/// How a step stands to its neighbours.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// It is marked, or may be.
    Beside,
    /// It may not be marked although its neighbour has another agent, and why.
    Alone(String),
    /// It has no neighbour of another agent.
    Quiet,
}

/// The standing of each step of a level.
pub(crate) fn standings(steps: &[Placed]) -> Vec<Standing> {
    let mut standings = vec![Standing::Quiet; steps.len()];
    let mut group = Group::default();
    for unit in units(steps) {
        let needs: Vec<Needs> = unit.clone().map(|index| Needs::of(index, steps)).collect();
        let Some(refusal) = group.refusal(&needs, steps) else {
            group.take(unit, needs, steps);
            continue;
        };
        let marked = steps[unit.start].step.parallel;
        // Two groups must not touch: what stands between them is the last step of this one, or the one that was refused.
        let between = if marked {
            group.units.pop().map(|last| last.start)
        } else {
            group.is_marked(steps).then_some(unit.start)
        };
        let blamed = match refusal.by_itself {
            true => Some(unit.start),
            false => between.or(group.units.last().map(|last| last.start)),
        };
        if let (Some(index), Some(reason)) = (blamed, refusal.reason) {
            standings[index] = Standing::Alone(reason);
        }
        group.finish(steps, &mut standings);
        group = Group::default();
        if between != Some(unit.start) && !refusal.by_itself {
            group.take(unit, needs, steps);
        }
    }
    group.finish(steps, &mut standings);
    standings
}

/// The steps one by one, those that are marked already together with the marked ones beside them.
fn units(steps: &[Placed]) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for (index, placed) in steps.iter().enumerate() {
        match units.last_mut() {
            Some(unit) if placed.step.parallel && steps[unit.start].step.parallel => {
                unit.end = index + 1;
            }
            _ => units.push(index..index + 1),
        }
    }
    units
}

/// What a step makes, with all below it, who works on it, and all words that it says.
struct Needs {
    index: usize,
    agents: Vec<String>,
    /// Each name that it makes, as words and as it is written.
    outputs: Vec<(Vec<String>, String)>,
    words: HashSet<String>,
}

impl Needs {
    fn of(index: usize, steps: &[Placed]) -> Self {
        let mut needs = Needs {
            index,
            agents: Vec::new(),
            outputs: Vec::new(),
            words: HashSet::new(),
        };
        needs.add(&steps[index].step);
        needs
    }

    fn add(&mut self, step: &WorkflowStep) {
        let gates = step.gates.iter();
        let gates = gates.flat_map(|gate| [gate.title.as_deref().unwrap_or(""), &gate.content]);
        let texts = [&*step.title, &step.body];
        let texts = texts.into_iter().chain(gates);
        let texts = texts.chain(step.attributes.values().map(|value| &**value));
        for text in texts.chain(step.output.as_deref()) {
            for word in words(text) {
                let pieces = word.split('-').filter(|piece| piece.len() < word.len());
                self.words.extend(pieces.map(str::to_owned));
                self.words.insert(word);
            }
        }
        self.agents.extend(step.agent.clone());
        if let Some(output) = &step.output {
            self.outputs.push((words(output).collect(), output.clone()));
        }
        step.children.iter().for_each(|child| self.add(child));
    }

    fn says(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.words.contains(word))
    }
}

/// The words of a text in lower case; a hyphen or underscore is part of a word.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_gap = |character: char| !character.is_alphanumeric() && !"-_".contains(character);
    let words = text.split(is_gap).map(|word| word.trim_matches('-'));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Why a step cannot join a group.
struct Refusal {
    /// `None` if nobody would expect it to.
    reason: Option<String>,
    /// Whether it could join no group at all.
    by_itself: bool,
}

/// Steps next to each other that may all run at once.
#[derive(Default)]
struct Group {
    units: Vec<Range<usize>>,
    /// The step of each agent.
    agents: HashMap<String, usize>,
    /// What is made, by its first word, and by which step.
    outputs: HashMap<String, Vec<(Vec<String>, String, usize)>>,
    /// What is said, and by which step.
    words: HashMap<String, usize>,
    /// A step that was marked by hand although somebody has to agree at it: nobody is put beside that.
    gated: Option<usize>,
}

impl Group {
    /// Why the steps of a unit cannot join; those that are marked already are not asked about themselves.
    fn refusal(&self, unit: &[Needs], steps: &[Placed]) -> Option<Refusal> {
        let gated = unit.iter().map(|needs| needs.index);
        let mut gated =
            gated.filter(|index| steps[*index].step.parallel && has_gates(&steps[*index].step));
        let gated = self
            .gated
            .or_else(|| gated.next().filter(|_| !self.units.is_empty()));
        if let Some(gated) = gated {
            return Some(Refusal {
                reason: Some(format!("step {} has a gate", steps[gated].place)),
                by_itself: false,
            });
        }
        for needs in unit {
            let step = &steps[needs.index].step;
            if let Some(reason) = unfit(step, needs).filter(|_| !step.parallel) {
                let expected = step.agent.is_some() && steps.len() > 1;
                return Some(Refusal {
                    reason: Some(reason).filter(|_| expected),
                    by_itself: true,
                });
            }
            let refused = |reason| Refusal {
                reason,
                by_itself: false,
            };
            let mut agents = needs.agents.iter();
            if let Some(other) = agents.find_map(|agent| self.agents.get(agent)) {
                let reason = format!("step {} has the same agent", steps[*other].place);
                // Nobody expects it of direct neighbours.
                return Some(refused((other + 1 < needs.index).then_some(reason)));
            }
            if let Some((by, output, of)) = self.dependence(needs) {
                let (by, of) = (&steps[by].place, &steps[of].place);
                let reason = format!("step {by} names `{output}`, which step {of} makes");
                return Some(refused(Some(reason)));
            }
        }
        None
    }

    /// Who names what of whom: the step, the output, and the step that makes it.
    fn dependence(&self, needs: &Needs) -> Option<(usize, String, usize)> {
        for (words, output) in &needs.outputs {
            let sayers: Option<Vec<usize>> = words
                .iter()
                .map(|word| self.words.get(word).copied())
                .collect();
            if let Some(by) = sayers.and_then(|sayers| sayers.first().copied()) {
                return Some((by, output.clone(), needs.index));
            }
        }
        let named = needs.words.iter().filter_map(|word| self.outputs.get(word));
        let named = named.flatten().filter(|(words, ..)| needs.says(words));
        let (_, output, of) = named.min_by_key(|(_, output, of)| (*of, output))?;
        Some((needs.index, output.clone(), *of))
    }

    fn take(&mut self, unit: Range<usize>, needs: Vec<Needs>, steps: &[Placed]) {
        self.units.push(unit);
        for needs in needs {
            let step = &steps[needs.index].step;
            if step.parallel && has_gates(step) {
                self.gated = Some(needs.index);
            }
            for agent in needs.agents {
                self.agents.insert(agent, needs.index);
            }
            for word in needs.words {
                self.words.entry(word).or_insert(needs.index);
            }
            for (words, output) in needs.outputs {
                if let Some(first) = words.first().cloned() {
                    let made = self.outputs.entry(first).or_default();
                    made.push((words, output, needs.index));
                }
            }
        }
    }

    /// Whether its steps are marked, or will be.
    fn is_marked(&self, steps: &[Placed]) -> bool {
        self.units.len() > 1
            || self
                .units
                .first()
                .is_some_and(|unit| steps[unit.start].step.parallel)
    }

    fn finish(self, steps: &[Placed], standings: &mut [Standing]) {
        if self.is_marked(steps) {
            standings[self.units[0].start..self.units[self.units.len() - 1].end]
                .fill(Standing::Beside);
        }
    }
}

/// Why a step can stand beside nobody.
fn unfit(step: &WorkflowStep, needs: &Needs) -> Option<String> {
    if step.agent.is_none() {
        return Some("it does not say who does it".to_owned());
    }
    if has_gates(step) {
        return Some("somebody has to agree before the work goes on".to_owned());
    }
    let mut outputs = needs.outputs.iter();
    let (_, output) = outputs.find(|(words, _)| words.is_empty())?;
    Some(format!(
        "`{output}`, which it makes, could be named anywhere"
    ))
}
