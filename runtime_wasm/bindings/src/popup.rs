//! `PopupEntry` and `PopupRequest`: a small menu, built by a script and shown by the host.

use rune::runtime::{self, Ref, RuntimeError, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};

use crate::module_recorder::{function, ModuleRecorder};
use crate::plain_data::{copies, plain_data};
use crate::plain_json::PlainJson;
use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};

const MODULE: &[&str] = &["crucible", "popup"];

/// One entry of a popup.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::popup)]
#[serde(deny_unknown_fields)]
pub struct PopupEntry {
    pub label: String,
    #[serde(default)]
    pub description: Option<String>,
    /// What the script knows the entry by.
    #[serde(default)]
    pub data: Option<PlainJson>,
}

/// A menu of entries.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::popup)]
#[serde(deny_unknown_fields)]
pub struct PopupRequest {
    pub title: String,
    #[serde(default)]
    pub entries: Vec<PopupEntry>,
    #[serde(default)]
    pub allow_other: bool,
}

impl PopupEntry {
    fn new(label: String, description: Option<String>) -> Self {
        PopupEntry {
            label,
            description,
            data: None,
        }
    }

    fn with_description(mut self, description: Ref<str>) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    fn with_data(mut self, data: &Value) -> std::result::Result<Self, RuntimeError> {
        self.data = Some(PlainJson::of(data)?);
        Ok(self)
    }
}

impl PopupRequest {
    fn new(title: String, entries: Vec<PopupEntry>) -> Self {
        PopupRequest {
            title,
            entries,
            allow_other: false,
        }
    }

    fn entry(mut self, entry: Ref<PopupEntry>) -> Self {
        self.entries.push(entry.clone());
        self
    }

    fn allow_other(mut self) -> Self {
        self.allow_other = true;
        self
    }
}

plain_data!(PopupEntry, Some(|entry| entry.label.clone()));
plain_data!(PopupRequest, Some(|request| request.title.clone()));

/// Registers the types of this file, and the functions that make popups.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<PopupEntry>(
        TypeName {
            module: MODULE,
            name: "PopupEntry",
            aliases: &[],
            prelude: false,
        },
        "
        An entry of a popup.
        @profile core, tools

        ```rune
        let entry = crucible::popup::PopupEntry::new(\"Salad\").with_data(#{ valves: [1, 2, 3] });
        assert!(entry.has_data());
        ```
        ",
        entry,
    )?;
    recorder.record::<PopupRequest>(
        TypeName {
            module: MODULE,
            name: "PopupRequest",
            aliases: &[],
            prelude: false,
        },
        "
        A small menu. A script only builds it: return it, and the host shows it.
        @profile core, tools

        ```rune
        pub fn main() {
            crucible::popup::PopupRequest::new(\"Which bed?\")
                .entry(crucible::popup::entry(\"Salad\", Some(\"dry since Tuesday\")))
                .entry(crucible::popup::entry(\"Berries\", None))
                .allow_other()
        }
        ```
        ",
        request,
    )?;
    recorder.module(
        MODULE,
        "
        Small menus.
        @profile core, tools
        ",
        functions,
    )
}

fn entry(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        PopupEntry,
        "new(label: String) -> PopupEntry",
        "An entry with that text.",
        |label: Ref<str>| PopupEntry::new(label.to_owned(), None)
    );
    method!(
        types,
        "with_description(self, description: String) -> PopupEntry",
        "
        Says more, in smaller print.

        The entry that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        PopupEntry::with_description
    );
    method!(
        types,
        "with_data(self, data: any) -> PopupEntry",
        "
        Keeps a value with the entry that nobody sees. It ends the run if JSON cannot hold the value, as a function or a
        struct.

        The entry that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |entry: PopupEntry, data: Value| VmResult::Ok(vm_try!(entry.with_data(&data)))
    );
    method!(
        types,
        "label(&self) -> String",
        "The text of the entry.",
        |entry: &PopupEntry| entry.label.clone()
    );
    method!(
        types,
        "description(&self) -> Option<String>",
        "What is said in smaller print.",
        |entry: &PopupEntry| entry.description.clone()
    );
    method!(
        types,
        "has_data(&self) -> bool",
        "Whether a value is kept with it.",
        |entry: &PopupEntry| entry.data.is_some()
    );
    Ok(())
}

fn request(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        PopupRequest,
        "new(title: String) -> PopupRequest",
        "A popup without entries.",
        |title: Ref<str>| PopupRequest::new(title.to_owned(), Vec::new())
    );
    method!(
        types,
        "entry(self, entry: PopupEntry) -> PopupRequest",
        "
        Adds an entry below the others.

        The popup that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        PopupRequest::entry
    );
    method!(
        types,
        "allow_other(self) -> PopupRequest",
        "
        Lets something be said that is none of the entries.

        The popup that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        PopupRequest::allow_other
    );
    method!(
        types,
        "title(&self) -> String",
        "The line above the entries.",
        |request: &PopupRequest| request.title.clone()
    );
    method!(
        types,
        "entries(&self) -> Vec<PopupEntry>",
        "The entries from top to bottom.",
        |request: &PopupRequest| request.entries.clone()
    );
    method!(
        types,
        "entry_count(&self) -> u64",
        "How many entries there are.",
        |request: &PopupRequest| request.entries.len() as u64
    );
    Ok(())
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "entry(label: String, description: Option<String>) -> PopupEntry",
        "
        An entry of a popup.

        ```rune
        let entry = crucible::popup::entry(\"Salad\", Some(\"dry since Tuesday\"));
        ```
        ",
        |label: Ref<str>, description: Option<Ref<str>>| PopupEntry::new(
            label.to_owned(),
            description.map(|text| text.to_owned())
        )
    );
    function!(
        module,
        "request(title: String, entries: Vec<PopupEntry>) -> PopupRequest",
        "
        A popup with these entries.

        ```rune
        let popup = crucible::popup::request(\"Which bed?\", [crucible::popup::entry(\"Salad\", None)]);
        ```
        ",
        |title: Ref<str>, entries: Ref<runtime::Vec>| {
            VmResult::Ok(PopupRequest::new(
                title.to_owned(),
                vm_try!(copies(&entries)),
            ))
        }
    );
    Ok(())
}
