//! `RuneEventContext`: what a handler of session events keeps, and the events that it sends.

use std::collections::BTreeMap;

use rune::runtime::{Ref, RuntimeError, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};

use crate::plain_data::plain_data;
use crate::plain_json::PlainJson;
use crate::recorder::{method, Recorder, Result, TypeName, TypeRecorder};
use crate::rune_session_event::RuneSessionEvent;
use crate::rune_session_event_members::custom;

/// The context of a handler. What is kept in it is JSON.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(default, deny_unknown_fields)]
pub struct RuneEventContext {
    pub metadata: BTreeMap<String, PlainJson>,
    pub emitted: Vec<RuneSessionEvent>,
}

impl RuneEventContext {
    fn set(&mut self, key: &str, value: &Value) -> std::result::Result<(), RuntimeError> {
        let value = PlainJson::of(value)?;
        self.metadata.insert(key.to_owned(), value);
        Ok(())
    }

    fn emit_custom(
        &mut self,
        name: &str,
        payload: &Value,
    ) -> std::result::Result<(), RuntimeError> {
        self.emitted.push(custom(name, payload)?);
        Ok(())
    }
}

plain_data!(
    RuneEventContext,
    Some(|context| format!("{} events", context.emitted.len()))
);

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<RuneEventContext>(
        TypeName {
            module: &["crucible"],
            name: "RuneEventContext",
            aliases: &[],
            prelude: false,
        },
        "
        What a handler of session events is given beside the event. A handler that `#[handler(…)]` registers is given an
        `EventContext`.
        @profile core

        ```rune
        pub fn tell(context, event) {
            if event.is_tool_event() {
                context.emit_custom(\"tool-used\", #{ tool: event.tool_name() });
            }
            context.emitted_count()
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "emit(&mut self, event: RuneSessionEvent) -> ()",
        "Sends an event when the handler has ended.",
        |context: &mut RuneEventContext, event: Ref<RuneSessionEvent>| context
            .emitted
            .push(event.clone())
    );
    method!(
        types,
        "emit_custom(&mut self, name: String, payload: any) -> ()",
        "Sends an event of the script's own when the handler has ended. It ends the run if JSON cannot hold `payload`.",
        |context: &mut RuneEventContext, name: Ref<str>, payload: Value| {
            vm_try!(context.emit_custom(&name, &payload));
            VmResult::Ok(())
        }
    );
    method!(
        types,
        "set(&mut self, key: String, value: any) -> ()",
        "Keeps a value, as JSON, in place of the one that was there. It ends the run if JSON cannot hold it.",
        |context: &mut RuneEventContext, key: Ref<str>, value: Value| {
            vm_try!(context.set(&key, &value));
            VmResult::Ok(())
        }
    );
    method!(
        types,
        "get(&self, key: String) -> Option<String>",
        "
        The value that was kept, as the text of its JSON; `None` if there is none. A String comes back with its quotes.

        ```rune
        pub fn remember(context) {
            context.set(\"bed\", \"Salad\");
            assert_eq!(context.get(\"bed\"), Some(\"\\\"Salad\\\"\"));
        }
        ```
        ",
        |context: &RuneEventContext, key: Ref<str>| context
            .metadata
            .get(&*key)
            .map(|value| value.0.to_string())
    );
    method!(
        types,
        "emitted_count(&self) -> i64",
        "How many events are to be sent.",
        |context: &RuneEventContext| context.emitted.len() as i64
    );
    Ok(())
}
