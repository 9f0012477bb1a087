//! The module `json`: JSON to values of a script and back.

use rune::alloc::Vec as RuneVec;
use rune::runtime::{Bytes, Ref, VmResult};
use rune::Value;

use crate::message_error::message_error;
use crate::module_recorder::{function, ModuleRecorder};
use crate::plain::Plain;
use crate::recorder::{Recorder, Result, TypeName};

const MODULE: &[&str] = &["json"];

message_error! {
    /// Why a text is no JSON, or a value cannot be written as JSON.
    Error, ::json
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::new(error.to_string())
    }
}

/// Registers the module of this file and its error.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Error>(
        TypeName {
            module: MODULE,
            name: "Error",
            aliases: &[],
            prelude: false,
        },
        "
        Why a text is no JSON, or a value cannot be written as JSON. Its text says it, with line and column of the input.
        @profile core, tools, events, struct-plugin

        ```rune
        let told = match json::from_string(\"[1, 2\") {
            Ok(value) => `${value.len()} numbers`,
            Err(error) => `No JSON: ${error}`,
        };
        ```
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        MODULE,
        "
        JSON to values and back.
        @profile core, tools, events, struct-plugin
        ",
        functions,
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "from_string(string: String) -> Result<any, json::Error>",
        "
        The value that a JSON text says: objects become Objects, lists Vecs, `null` becomes `()`. Numbers are `i64`, or
        `f64` with a point or an exponent.
        @profile core, tools, events, struct-plugin

        ```rune
        let beds = json::from_string(\"{\\\"beds\\\": [1, 2]}\")?.beds;
        ```
        ",
        |string: Ref<str>| serde_json::from_str::<Value>(&string).map_err(Error::from)
    );
    function!(
        module,
        "from_bytes(bytes: Bytes) -> Result<any, json::Error>",
        "
        The same for JSON in bytes of UTF-8.
        @profile core, tools, events, struct-plugin

        ```rune
        let numbers = json::from_bytes(b\"[1, 2]\")?;
        ```
        ",
        |bytes: Ref<Bytes>| serde_json::from_slice::<Value>(&bytes).map_err(Error::from)
    );
    function!(
        module,
        "to_string(value: any) -> Result<String, json::Error>",
        "
        The value as JSON in one line, with the keys of objects sorted. `()` and `None` become `null`, `Some(x)` becomes
        what `x` does, tuples and bytes become lists. Structs, functions and values of the host are errors, as is what
        holds itself.
        @profile core, tools, events, struct-plugin

        ```rune
        let line = json::to_string(#{ bed: \"salad\", litres: 40 })?;
        ```
        ",
        |value: Value| serde_json::to_string(&Plain::new(&value)).map_err(Error::from)
    );
    function!(
        module,
        "to_bytes(value: any) -> Result<Bytes, json::Error>",
        "
        The same as bytes of UTF-8.
        @profile core, tools, events, struct-plugin

        ```rune
        let length = json::to_bytes([1, 2])?.len();
        ```
        ",
        to_bytes
    );
    Ok(())
}

fn to_bytes(value: Value) -> VmResult<std::result::Result<Bytes, Error>> {
    match serde_json::to_vec(&Plain::new(&value)) {
        Ok(bytes) => VmResult::Ok(Ok(Bytes::from_vec(rune::vm_try!(RuneVec::try_from(bytes))))),
        Err(error) => VmResult::Ok(Err(error.into())),
    }
}
