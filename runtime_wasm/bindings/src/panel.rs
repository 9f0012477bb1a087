//! `Panel`: a list to choose from, built by a script and shown by the host.

use rune::runtime::{self, Ref, VmResult};
use rune::{vm_try, Any};
use serde::{Deserialize, Serialize};

use crate::module_recorder::{function, ModuleRecorder};
use crate::panel_hints::PanelHints;
use crate::panel_item::PanelItem;
use crate::plain_data::{copies, plain_data, texts};
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// Where the types and functions of panels are.
pub(crate) const MODULE: &[&str] = &["crucible", "panel"];

/// A list to choose from.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::panel)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    pub header: String,
    #[serde(default)]
    pub items: Vec<PanelItem>,
    #[serde(default)]
    pub hints: PanelHints,
}

impl Panel {
    fn new(header: String, items: Vec<PanelItem>) -> Self {
        Panel {
            header,
            items,
            hints: PanelHints::default(),
        }
    }

    /// A panel with an item for each text.
    fn of_texts(header: &str, labels: Vec<String>) -> Self {
        let items = labels.into_iter().map(PanelItem::new);
        Panel::new(header.to_owned(), items.collect())
    }

    fn item(mut self, item: Ref<PanelItem>) -> Self {
        self.items.push(item.clone());
        self
    }

    fn with_hints(mut self, hints: Ref<PanelHints>) -> Self {
        self.hints = hints.clone();
        self
    }
}

plain_data!(Panel, Some(|panel| panel.header.clone()));

/// Registers the type of this file, and the functions that make panels.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Panel>(
        TypeName {
            module: MODULE,
            name: "Panel",
            aliases: &[],
            prelude: false,
        },
        "
        A list to choose from, below a line that says what for. A script only builds it: return it, and the host shows it.
        @profile core

        ```rune
        pub fn main() {
            crucible::panel::Panel::new(\"Which beds are dry?\")
                .item(crucible::panel::item(\"Salad\", Some(\"since Tuesday\")))
                .item(crucible::panel::item(\"Berries\", None))
                .hints(crucible::panel::PanelHints::new().multi_select())
        }
        ```
        ",
        panel,
    )?;
    recorder.module(
        MODULE,
        "
        Lists to choose from, with what can be said of how to choose.
        @profile core
        ",
        functions,
    )
}

fn panel(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        Panel,
        "new(header: String) -> Panel",
        "A panel without items.",
        |header: Ref<str>| Panel::new(header.to_owned(), Vec::new())
    );
    method!(
        types,
        "item(self, item: PanelItem) -> Panel",
        "
        Adds an item below the others.

        The panel that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        Panel::item
    );
    method!(
        types,
        "hints(self, hints: PanelHints) -> Panel",
        "
        Says how to choose, in place of what was said before.

        The panel that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        Panel::with_hints
    );
    method!(
        types,
        "header(&self) -> String",
        "The line above the items.",
        |panel: &Panel| panel.header.clone()
    );
    method!(
        types,
        "items(&self) -> Vec<PanelItem>",
        "The items from top to bottom. `item` adds one: this only reads.",
        |panel: &Panel| panel.items.clone()
    );
    Ok(())
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "item(label: String, description: Option<String>) -> PanelItem",
        "
        An item of a panel.

        ```rune
        let item = crucible::panel::item(\"Salad\", Some(\"since Tuesday\"));
        ```
        ",
        |label: Ref<str>, description: Option<Ref<str>>| PanelItem {
            description: description.map(|text| text.to_owned()),
            ..PanelItem::new(label.to_owned())
        }
    );
    function!(
        module,
        "panel(header: String, items: Vec<PanelItem>) -> Panel",
        "
        A panel with these items.

        ```rune
        let panel = crucible::panel::panel(\"Which bed?\", [crucible::panel::item(\"Salad\", None)]);
        ```
        ",
        |header: Ref<str>, items: Ref<runtime::Vec>| {
            VmResult::Ok(Panel::new(header.to_owned(), vm_try!(copies(&items))))
        }
    );
    function!(
        module,
        "confirm(message: String) -> Panel",
        "
        A panel with the items `Yes` and `No`, in this order.

        ```rune
        let sure = crucible::panel::confirm(\"Open all valves?\");
        ```
        ",
        |message: Ref<str>| Panel::of_texts(&message, vec!["Yes".to_owned(), "No".to_owned()])
    );
    function!(
        module,
        "choose(header: String, choices: Vec<String>) -> Panel",
        "
        A panel of which one item is taken. Crucible's own name for it is `select`, which no script can write.

        ```rune
        let bed = crucible::panel::choose(\"Which bed?\", [\"Salad\", \"Berries\"]);
        ```
        ",
        |header: Ref<str>, choices: Ref<runtime::Vec>| {
            VmResult::Ok(Panel::of_texts(&header, vm_try!(texts(&choices))))
        }
    );
    function!(
        module,
        "multi_select(header: String, choices: Vec<String>) -> Panel",
        "
        A panel of which several items may be taken.

        ```rune
        let beds = crucible::panel::multi_select(\"Which beds?\", [\"Salad\", \"Berries\"]);
        ```
        ",
        |header: Ref<str>, choices: Ref<runtime::Vec>| {
            let mut panel = Panel::of_texts(&header, vm_try!(texts(&choices)));
            panel.hints.multi_select = true;
            VmResult::Ok(panel)
        }
    );
    Ok(())
}
