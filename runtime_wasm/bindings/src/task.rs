//! Tasks: `- [ ] Straw under the plants [id:: 1.2] [deps:: 1.1]`.

use std::collections::BTreeMap;

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::heading::{one_line, strip_attributes};
use crate::note::MODULE;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};

/// An item of a list with a box before it.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::note)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub content: String,
    /// `pending`, `done`, `in_progress`, `cancelled` or `blocked`.
    pub status: String,
    #[serde(default)]
    pub id: Option<String>,
    /// The ids of the tasks that come before it.
    #[serde(default)]
    pub deps: Vec<String>,
}

impl Task {
    /// The task of a list item's text, which begins with the mark of the list; `None` if it has no box.
    pub(crate) fn parse(item: &str) -> Option<Self> {
        let unnumbered = item.trim_start_matches(|mark: char| mark.is_ascii_digit());
        let text = unnumbered
            .strip_prefix(['-', '*', '+', '.', ')'])?
            .trim_start();
        let mut characters = text.strip_prefix('[')?.chars();
        let status = status(characters.next()?)?;
        let text = characters.as_str().strip_prefix(']')?;
        if !(text.is_empty() || text.starts_with(char::is_whitespace)) {
            return None;
        }
        let mut attributes = BTreeMap::new();
        let content = one_line(&strip_attributes(&one_line(text), &mut attributes));
        let deps = attributes.remove("deps").unwrap_or_default();
        let deps = deps.split(',').map(str::trim).filter(|id| !id.is_empty());
        Some(Task {
            content,
            status: status.to_owned(),
            id: attributes.remove("id").filter(|id| !id.is_empty()),
            deps: deps.map(str::to_owned).collect(),
        })
    }
}

fn status(mark: char) -> Option<&'static str> {
    match mark {
        ' ' => Some("pending"),
        'x' | 'X' => Some("done"),
        '/' => Some("in_progress"),
        '-' => Some("cancelled"),
        '!' => Some("blocked"),
        _ => None,
    }
}

impl Readable for Task {
    fn debug(&self) -> String {
        format!(
            "Task {{ content: {:?}, status: {:?}, id: {:?}, deps: {:?} }}",
            self.content, self.status, self.id, self.deps
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|task| task.content.clone());
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Task>(
        TypeName {
            module: MODULE,
            name: "Task",
            aliases: &[],
            prelude: false,
        },
        "
        A task of a note: an item of a list with a box before it.

        ```rune
        for task in note.tasks() {
            if task.status != \"done\" {
                println!(\"to do: {}\", task.content);
            }
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "content",
        "String",
        "What is to be done, as Markdown in one line, without the box and without `[key:: value]`.",
        |t: &Task| t.content.clone(),
    )?;
    types.field(
        "status",
        "String",
        "`pending` for `[ ]`, `done` for `[x]`, `in_progress` for `[/]`, `cancelled` for `[-]`, `blocked` for `[!]`.",
        |t: &Task| t.status.clone(),
    )?;
    types.field(
        "id",
        "Option<String>",
        "The value of `[id:: …]`.",
        |t: &Task| t.id.clone(),
    )?;
    types.field(
        "deps",
        "Vec<String>",
        "The ids in `[deps:: …]`, which are separated by commas: what has to be done before.",
        |t: &Task| t.deps.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_has_a_status_an_id_and_what_comes_before() {
        let task = Task::parse("- [ ] Sow [id:: 1.2] the *beds*\n  [deps:: 1.1, 1.0] [due:: x]");
        let expected = Task {
            content: "Sow the *beds*".to_owned(),
            status: "pending".to_owned(),
            id: Some("1.2".to_owned()),
            deps: vec!["1.1".to_owned(), "1.0".to_owned()],
        };
        assert_eq!(task, Some(expected));
    }

    #[test]
    fn the_box_says_how_far_it_is() {
        let cases = [
            ("* [x] a", Some("done")),
            ("+ [X] a", Some("done")),
            ("1. [/] a", Some("in_progress")),
            ("12) [-] a", Some("cancelled")),
            ("- [!] a", Some("blocked")),
            ("- [ ]", Some("pending")),
            ("- [?] a", None),
            ("- [x](note.md)", None),
            ("- [[x]]", None),
            ("- x", None),
            ("-", None),
        ];
        for (item, status) in cases {
            let task = Task::parse(item);
            assert_eq!(task.as_ref().map(|task| &*task.status), status, "{item}");
        }
    }
}
