//! `PanelHints` and `PanelResult`: how a panel is to be chosen from, and what was chosen.

use rune::runtime::Ref;
use rune::Any;
use serde::{Deserialize, Serialize};

use crate::panel::MODULE;
use crate::plain_data::plain_data;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// How to choose.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::panel)]
#[serde(default, deny_unknown_fields)]
pub struct PanelHints {
    pub filterable: bool,
    pub multi_select: bool,
    pub allow_other: bool,
    /// Places of items, from 0.
    pub initial_selection: Vec<u64>,
    pub initial_filter: Option<String>,
}

/// What was chosen.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::panel)]
#[serde(default, deny_unknown_fields)]
pub struct PanelResult {
    pub cancelled: bool,
    /// Places of items, from 0.
    pub selected: Vec<u64>,
    pub other: Option<String>,
}

plain_data!(PanelHints, None);
plain_data!(PanelResult, None);

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<PanelHints>(
        TypeName {
            module: MODULE,
            name: "PanelHints",
            aliases: &[],
            prelude: false,
        },
        "
        How a panel is to be chosen from. Without hints one item is taken, and nothing else can be said.
        @profile core

        ```rune
        let hints = crucible::panel::PanelHints::new().filterable().initial_filter(\"dry\");
        let panel = crucible::panel::choose(\"Which bed?\", [\"Salad\", \"Berries\"]).hints(hints);
        ```
        ",
        hints,
    )?;
    recorder.record::<PanelResult>(
        TypeName {
            module: MODULE,
            name: "PanelResult",
            aliases: &[],
            prelude: false,
        },
        "
        What was chosen from a panel. The host makes it; a script can, too, to try what it does with one.
        @profile core

        ```rune
        let result = crucible::panel::PanelResult::selected([1]);
        assert_eq!(result.selected_indices(), [1]);
        ```
        ",
        result,
    )
}

fn hints(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        PanelHints,
        "new() -> PanelHints",
        "Nothing said.",
        PanelHints::default
    );
    method!(
        types,
        "filterable(self) -> PanelHints",
        "
        Lets the items be narrowed down by typing.

        The hints that it is called on cannot be used afterwards: go on with those that it returns.
        ",
        |hints: PanelHints| PanelHints {
            filterable: true,
            ..hints
        }
    );
    method!(
        types,
        "multi_select(self) -> PanelHints",
        "
        Lets several items be taken.

        The hints that it is called on cannot be used afterwards: go on with those that it returns.
        ",
        |hints: PanelHints| PanelHints {
            multi_select: true,
            ..hints
        }
    );
    method!(
        types,
        "allow_other(self) -> PanelHints",
        "
        Lets something be said that is none of the items.

        The hints that it is called on cannot be used afterwards: go on with those that it returns.
        ",
        |hints: PanelHints| PanelHints {
            allow_other: true,
            ..hints
        }
    );
    method!(
        types,
        "initial_selection(self, indices: Vec<u64>) -> PanelHints",
        "
        Says which items are taken to begin with, by their places from 0.

        The hints that it is called on cannot be used afterwards: go on with those that it returns.
        ",
        |hints: PanelHints, indices: Vec<u64>| PanelHints {
            initial_selection: indices,
            ..hints
        }
    );
    method!(
        types,
        "initial_filter(self, filter: String) -> PanelHints",
        "
        Says what the items are narrowed down by to begin with.

        The hints that it is called on cannot be used afterwards: go on with those that it returns.
        ",
        |hints: PanelHints, filter: Ref<str>| PanelHints {
            initial_filter: Some(filter.to_owned()),
            ..hints
        }
    );
    Ok(())
}

fn result(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        PanelResult,
        "selected(indices: Vec<u64>) -> PanelResult",
        "The result of items that were taken, by their places from 0.",
        |indices: Vec<u64>| PanelResult {
            selected: indices,
            ..PanelResult::default()
        }
    );
    associated_function!(
        types,
        PanelResult,
        "cancelled() -> PanelResult",
        "The result when nothing was wanted.",
        || PanelResult {
            cancelled: true,
            ..PanelResult::default()
        }
    );
    associated_function!(
        types,
        PanelResult,
        "other(text: String) -> PanelResult",
        "The result when something was said that is none of the items.",
        |text: Ref<str>| PanelResult {
            other: Some(text.to_owned()),
            ..PanelResult::default()
        }
    );
    method!(
        types,
        "is_cancelled(&self) -> bool",
        "Whether nothing was wanted.",
        |result: &PanelResult| result.cancelled
    );
    method!(
        types,
        "selected_indices(&self) -> Vec<u64>",
        "The places of the items that were taken, from 0.",
        |result: &PanelResult| result.selected.clone()
    );
    method!(
        types,
        "other_text(&self) -> Option<String>",
        "What was said that is none of the items.",
        |result: &PanelResult| result.other.clone()
    );
    Ok(())
}
