//! `PanelItem`: one line of a panel.

use rune::runtime::{Ref, RuntimeError, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};

use crate::panel::MODULE;
use crate::plain_data::plain_data;
use crate::plain_json::PlainJson;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

/// One line of a panel.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::panel)]
#[serde(deny_unknown_fields)]
pub struct PanelItem {
    pub label: String,
    #[serde(default)]
    pub description: Option<String>,
    /// A text, a number or a Boolean that the script knows the item by.
    #[serde(default)]
    pub data: Option<PlainJson>,
}

impl PanelItem {
    pub(crate) fn new(label: String) -> Self {
        PanelItem {
            label,
            description: None,
            data: None,
        }
    }

    fn with_description(mut self, description: Ref<str>) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    fn with_data(mut self, data: &Value) -> std::result::Result<Self, RuntimeError> {
        self.data = Some(PlainJson::of_scalar(data)?);
        Ok(self)
    }
}

plain_data!(PanelItem, Some(|item| item.label.clone()));

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<PanelItem>(
        TypeName {
            module: MODULE,
            name: "PanelItem",
            aliases: &[],
            prelude: false,
        },
        "
        A line of a panel.
        @profile core

        ```rune
        let item = crucible::panel::PanelItem::new(\"Salad\").with_description(\"dry since Tuesday\").with_data(40);
        assert_eq!(item.description(), Some(\"dry since Tuesday\"));
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        PanelItem,
        "new(label: String) -> PanelItem",
        "A line with that text.",
        |label: Ref<str>| PanelItem::new(label.to_owned())
    );
    method!(
        types,
        "with_description(self, description: String) -> PanelItem",
        "
        Says more, in smaller print.

        The item that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        PanelItem::with_description
    );
    method!(
        types,
        "with_data(self, data: String | i64 | f64 | bool) -> PanelItem",
        "
        Keeps a value with the item that nobody sees. A list or an object is refused here; Crucible leaves it out without a
        word.

        The item that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |item: PanelItem, data: Value| VmResult::Ok(vm_try!(item.with_data(&data)))
    );
    method!(
        types,
        "label(&self) -> String",
        "The text of the line.",
        |item: &PanelItem| item.label.clone()
    );
    method!(
        types,
        "description(&self) -> Option<String>",
        "What is said in smaller print.",
        |item: &PanelItem| item.description.clone()
    );
    Ok(())
}
