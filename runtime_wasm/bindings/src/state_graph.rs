//! A machine as a graph: what is wrong with it, and how it is drawn.

use std::collections::HashSet;
use std::fmt::Write;

use crate::state::{StateMachine, Transition, Trigger};

impl StateMachine {
    /// What is wrong with the machine, in words, in the order of its parts; nothing for one that is well made.
    pub fn validate(&self) -> Vec<String> {
        let mut problems = Vec::new();
        match self.begins_in() {
            None => {
                problems.push("the machine has no states, so that it begins nowhere".to_owned())
            }
            Some(name) if self.find(name).is_none() => {
                problems.push(format!("`{name}` is initial, but it is no state"));
            }
            Some(_) => {}
        }
        let again = self.repeated.iter();
        problems.extend(
            again.map(|name| format!("`{name}` is added more than once: the last handler counts")),
        );
        problems.extend(self.unknown_states());
        problems.extend(self.never_taken());
        problems.extend(self.dead_ends());
        problems
    }

    fn unknown_states(&self) -> Vec<String> {
        let mut unknown = Vec::new();
        for way in &self.transitions {
            let mut ends = vec![&way.from, &way.to];
            ends.dedup();
            for name in ends.into_iter().filter(|name| self.find(name).is_none()) {
                unknown.push(format!(
                    "`{}` names `{name}`, which is no state",
                    arrow(way)
                ));
            }
        }
        let terminal = self.terminal.iter();
        let terminal = terminal.filter(|name| self.find(name).is_none());
        unknown.extend(terminal.map(|name| format!("`{name}` is terminal, but it is no state")));
        unknown
    }

    /// Transitions whose event always takes an earlier one.
    fn never_taken(&self) -> Vec<String> {
        let mut taken = HashSet::new();
        let mut problems = Vec::new();
        for way in &self.transitions {
            let Trigger::Event(event) = &way.on else {
                continue;
            };
            if !taken.insert((&way.from, event)) {
                problems.push(format!(
                    "`{}` is never taken: an earlier transition out of `{}` is taken for `{event}`",
                    arrow(way),
                    way.from
                ));
            }
        }
        problems
    }

    /// States that cannot be reached, that cannot be left, and terminal ones that can.
    fn dead_ends(&self) -> Vec<String> {
        let reached = self.reached();
        let leads_to_end = self.leading_to_terminal();
        let mut problems = Vec::new();
        for state in &self.states {
            let name = &*state.name;
            let leaves = self
                .transitions
                .iter()
                .any(|way| way.from == name && way.to != name);
            if !reached.contains(name) {
                problems.push(format!("`{name}` cannot be reached"));
            } else if self.is_terminal(name) {
                if self.transitions.iter().any(|way| way.from == name) {
                    problems.push(format!(
                        "`{name}` is terminal, but transitions lead out of it"
                    ));
                }
            } else if !leaves {
                problems.push(format!(
                    "`{name}` is a trap: nothing leads out of it, and it is not terminal"
                ));
            } else if !self.terminal.is_empty() && !leads_to_end.contains(name) {
                problems.push(format!(
                    "`{name}` is a trap: no terminal state can be reached from it"
                ));
            }
        }
        problems
    }

    fn reached(&self) -> HashSet<&str> {
        let starts = self.begins_in().into_iter().collect();
        spread(starts, |name| {
            let ways = self.transitions.iter().filter(move |way| way.from == name);
            ways.map(|way| &*way.to).collect()
        })
    }

    fn leading_to_terminal(&self) -> HashSet<&str> {
        let starts = self.terminal.iter().map(String::as_str).collect();
        spread(starts, |name| {
            let ways = self.transitions.iter().filter(move |way| way.to == name);
            ways.map(|way| &*way.from).collect()
        })
    }

    /// The names of all states, those too that only transitions tell of.
    fn drawn_states(&self) -> Vec<&str> {
        let own = self.states.iter().map(|state| &*state.name);
        let ends = self
            .transitions
            .iter()
            .flat_map(|way| [&*way.from, &*way.to]);
        let begin = self.begins_in().into_iter();
        let named = begin
            .chain(ends)
            .chain(self.terminal.iter().map(String::as_str));
        let mut names: Vec<&str> = own.collect();
        for name in named {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A state diagram of Mermaid. Whatever the names hold, they stay names.
    pub fn to_mermaid(&self) -> String {
        let names = self.drawn_states();
        let mut text = String::from("stateDiagram-v2\n");
        for (index, name) in names.iter().enumerate() {
            line(
                &mut text,
                format_args!("state \"{}\" as s{index}", mermaid(name)),
            );
        }
        if let Some(begin) = self.begins_in() {
            line(&mut text, format_args!("[*] --> s{}", place(&names, begin)));
        }
        for way in &self.transitions {
            let (from, to) = (place(&names, &way.from), place(&names, &way.to));
            let label = mermaid(&way.on.label(None));
            line(&mut text, format_args!("s{from} --> s{to} : {label}"));
        }
        for name in &self.terminal {
            line(&mut text, format_args!("s{} --> [*]", place(&names, name)));
        }
        text
    }

    /// A graph in the language of Graphviz. Whatever the names hold, they stay names.
    pub fn to_dot(&self) -> String {
        let names = self.drawn_states();
        let mut text = String::from("digraph machine {\n    rankdir=LR;\n");
        for (index, name) in names.iter().enumerate() {
            let shape = if self.is_terminal(name) {
                "doublecircle"
            } else {
                "circle"
            };
            line(
                &mut text,
                format_args!("s{index} [label=\"{}\", shape={shape}];", dot(name)),
            );
        }
        if let Some(begin) = self.begins_in() {
            line(&mut text, format_args!("begin [shape=point];"));
            line(
                &mut text,
                format_args!("begin -> s{};", place(&names, begin)),
            );
        }
        for way in &self.transitions {
            let (from, to) = (place(&names, &way.from), place(&names, &way.to));
            let label = dot(&way.on.label(None));
            line(
                &mut text,
                format_args!("s{from} -> s{to} [label=\"{label}\"];"),
            );
        }
        text.push_str("}\n");
        text
    }
}

/// All names that can be come by from `starts`, by steps that `next` gives.
fn spread<'m>(starts: Vec<&'m str>, next: impl Fn(&'m str) -> Vec<&'m str>) -> HashSet<&'m str> {
    let mut found = HashSet::new();
    let mut open = starts;
    while let Some(name) = open.pop() {
        if found.insert(name) {
            open.extend(next(name));
        }
    }
    found
}

fn arrow(way: &Transition) -> String {
    format!("{} -> {}", way.from, way.to)
}

fn place(names: &[&str], name: &str) -> usize {
    let found = names.iter().position(|known| *known == name);
    found.expect("all names of a machine are drawn")
}

fn line(text: &mut String, written: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "    {written}");
}

/// A text within Mermaid: whatever might mean something there becomes an entity, such as `#58;` for a colon.
fn mermaid(text: &str) -> String {
    if text.trim().is_empty() {
        return "#160;".to_owned();
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | ',');
    escaped(text, plain, |c| match c.is_control() {
        true => " ".to_owned(),
        false => format!("#{};", u32::from(c)),
    })
}

/// A text between the quotation marks of Graphviz, which know entities of HTML.
fn dot(text: &str) -> String {
    let plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\' | '&');
    escaped(text, plain, |c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '&' => "&amp;".to_owned(),
        '\n' => "\\n".to_owned(),
        _ => " ".to_owned(),
    })
}

fn escaped(text: &str, plain: impl Fn(char) -> bool, other: impl Fn(char) -> String) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if plain(c) {
            written.push(c);
        } else {
            written.push_str(&other(c));
        }
    }
    written
}
