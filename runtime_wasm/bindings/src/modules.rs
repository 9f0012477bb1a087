//! What the modules hold, and the functions of Crucible's root that need nothing of the host.

use rune::runtime::Ref;

use crate::module_recorder::{function, ModuleRecorder};
use crate::recorder::{Recorder, Result};
use crate::{agent_card, note, session, workflow};

/// The beginnings of names, and the category that each stands for. The first that fits decides.
const CATEGORIES: [(&[&str], &str); 11] = [
    (&["test", "coverage"], "testing"),
    (&["bench", "perf"], "benchmarks"),
    (&["build", "compile", "make"], "build"),
    (&["deploy", "release", "publish", "ship"], "deploy"),
    (&["clean", "update", "upgrade", "install"], "maintenance"),
    (&["lint", "fmt", "format", "check", "clippy"], "quality"),
    (&["doc", "book"], "documentation"),
    (&["ci"], "ci"),
    (&["web", "serve"], "web"),
    (&["mcp"], "mcp"),
    (&["default"], "default"),
];

/// Registers the modules.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.module(
        &["crucible"],
        "Crucible: notes, sessions, workflows and agents of a kiln.",
        functions,
    )?;
    recorder.module(
        session::MODULE,
        "
        Session logs: what was asked, and what agents did about it.
        @profile core
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        workflow::MODULE,
        "
        Workflows: steps for agents, written as headings of a note.
        @profile core
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        note::MODULE,
        "
        Notes of a kiln: their frontmatter, blocks, headings, tags, tasks and links.
        @profile core
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        agent_card::MODULE,
        "
        Agents: the cards that describe them, and what a script can ask of them.
        @profile core
        ",
        |_| Ok(()),
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "categorize_by_name(name: String) -> String",
        "
        The category that the beginning of a name stands for, `other` if none does: `testing`, `benchmarks`, `build`,
        `deploy`, `maintenance`, `quality`, `documentation`, `ci`, `web`, `mcp` and `default`.
        @profile core, events

        ```rune
        let category = crucible::categorize_by_name(\"test-all\");
        ```
        ",
        |name: Ref<str>| category(&name)
    );
    Ok(())
}

fn category(name: &str) -> &'static str {
    let fits = |beginnings: &[&str]| beginnings.iter().any(|start| name.starts_with(start));
    CATEGORIES
        .into_iter()
        .find_map(|(beginnings, category)| fits(beginnings).then_some(category))
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::category;

    #[test]
    fn a_name_is_of_the_category_that_it_begins_like() {
        for (name, expected) in [
            ("test-all", "testing"),
            ("bench", "benchmarks"),
            ("fmt-check", "quality"),
            ("docs", "documentation"),
            ("water-beds", "other"),
        ] {
            assert_eq!(category(name), expected, "{name}");
        }
    }
}
