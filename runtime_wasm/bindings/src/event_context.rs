//! `EventContext`: what a handler remembers, and the events that it sends.

use std::collections::BTreeMap;

use rune::runtime::Ref;
use rune::{Any, Value};
use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::held;
use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};

/// The first argument of a handler. The host reads afterwards what the handler has emitted.
#[derive(Any, Clone, Default, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(default, deny_unknown_fields)]
pub struct EventContext {
    values: BTreeMap<String, Held>,
    emitted: Vec<Event>,
}

/// A value of the script.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Held(#[serde(with = "held")] Value);

impl Clone for Held {
    fn clone(&self) -> Self {
        Held(held::copy(&self.0))
    }
}

impl EventContext {
    /// A context that remembers nothing.
    pub fn new() -> Self {
        EventContext::default()
    }

    /// The events that handlers have emitted, in their order, each as it was at that moment.
    pub fn emitted(&self) -> &[Event] {
        &self.emitted
    }

    /// The same, leaving the context without any.
    pub fn take_emitted(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.emitted)
    }

    pub fn emit(&mut self, event: Event) {
        self.emitted.push(event);
    }

    /// Remembers a value for the handlers that come after.
    pub fn set(&mut self, key: String, value: Value) {
        self.values.insert(key, Held(value));
    }

    pub fn get(&self, key: &str) -> Option<Value> {
        self.values.get(key).map(|held| held.0.clone())
    }

    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.values.remove(key).map(|held| held.0)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }
}

impl Readable for EventContext {
    fn debug(&self) -> String {
        let values = self.values.iter();
        let values: Vec<String> = values
            .map(|(key, held)| format!("{key:?}: {}", held::text(&held.0)))
            .collect();
        let emitted: Vec<String> = self.emitted.iter().map(Readable::debug).collect();
        format!(
            "EventContext {{ values: #{{{}}}, emitted: [{}] }}",
            values.join(", "),
            emitted.join(", ")
        )
    }

    fn equals(&self, other: &Self) -> bool {
        let same_values = self.values.len() == other.values.len()
            && self
                .values
                .iter()
                .zip(&other.values)
                .all(|(one, other)| one.0 == other.0 && held::equal(&one.1 .0, &other.1 .0));
        let same_events = self.emitted.len() == other.emitted.len()
            && self
                .emitted
                .iter()
                .zip(&other.emitted)
                .all(|(one, other)| one.equals(other));
        same_values && same_events
    }

    const DISPLAY: Option<fn(&Self) -> String> = None;
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<EventContext>(
        TypeName {
            module: &["crucible"],
            name: "EventContext",
            aliases: &[],
            prelude: false,
        },
        "
        What a handler is given beside the event: it keeps values from one handler to the next, and sends events.
        @profile core

        ```rune
        #[handler(event = \"note:modified\")]
        pub fn count(context, event) {
            let seen = context.get(\"seen\").unwrap_or(0) + 1;
            context.set(\"seen\", seen);
            if seen == 10 {
                context.emit_custom(\"busy-day\", #{ last: event.identifier });
            }
            event
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "emit(&mut self, event: Event) -> ()",
        "
        Sends an event when the handler has ended, as it is now: what is changed in it afterwards is not sent.

        ```rune
        #[handler(event = \"note:created\")]
        pub fn twice(context, event) {
            let again = event.clone();
            again.payload = #{ again: true };
            context.emit(again);
            event
        }
        ```
        ",
        |context: &mut EventContext, event: Ref<Event>| context.emit(event.clone())
    );
    method!(
        types,
        "emit_custom(&mut self, name: String, payload: any) -> ()",
        "
        Sends an event of the script's own when the handler has ended: its `event_type` is `custom`, its `identifier` the
        name.

        ```rune
        pub fn tell(context) {
            context.emit_custom(\"valve-stuck\", #{ bed: \"north\" });
        }
        ```
        ",
        |context: &mut EventContext, name: Ref<str>, payload: Value| context
            .emit(Event::custom(name.to_owned(), held::copy(&payload)))
    );
    method!(
        types,
        "set(&mut self, key: String, value: any) -> ()",
        "Keeps a value for the handlers that come after, in place of the one that was there.",
        |context: &mut EventContext, key: Ref<str>, value: Value| context
            .set(key.to_owned(), value)
    );
    method!(
        types,
        "get(&self, key: String) -> Option<any>",
        "The value that was kept; `None` if there is none. It is the value itself: a change in it stays.",
        |context: &EventContext, key: Ref<str>| context.get(&key)
    );
    method!(
        types,
        "remove(&mut self, key: String) -> Option<any>",
        "Takes the value away; `None` if there is none.",
        |context: &mut EventContext, key: Ref<str>| context.remove(&key)
    );
    method!(
        types,
        "contains(&self, key: String) -> bool",
        "Whether there is a value.",
        |context: &EventContext, key: Ref<str>| context.contains(&key)
    );
    Ok(())
}
