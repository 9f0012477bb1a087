//! The module `toml`: TOML to values of a script and back.

use rune::alloc::Vec as RuneVec;
use rune::runtime::{Bytes, Ref, VmResult};
use rune::Value;

use crate::message_error::message_error;
use crate::module_recorder::{function, ModuleRecorder};
use crate::plain::Plain;
use crate::recorder::{Recorder, Result, TypeName};

const MODULE: &[&str] = &["toml"];

message_error! {
    /// Why a text is no TOML, or a value cannot be written as TOML.
    Error, ::toml
}

impl From<toml::de::Error> for Error {
    fn from(error: toml::de::Error) -> Self {
        Error::new(error.to_string().trim_end())
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
        Why a text is no TOML, or a value cannot be written as TOML. Its text says it, and shows the line of the input.
        @profile core, tools

        ```rune
        let told = match toml::from_string(\"litres = \") {
            Ok(value) => `${value.litres} litres`,
            Err(error) => `No TOML: ${error}`,
        };
        ```
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        MODULE,
        "
        TOML to values and back.
        @profile core, tools
        ",
        functions,
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "from_string(string: String) -> Result<any, toml::Error>",
        "
        The Object that a TOML text says: tables become Objects, arrays Vecs, integers `i64` and floats `f64`. A date or
        time becomes an Object whose one key is `$__toml_private_datetime`, with the date's text.
        @profile core, tools

        ```rune
        let litres = toml::from_string(\"[bed]\\nlitres = 40\")?.bed.litres;
        ```
        ",
        |string: Ref<str>| from_text(&string)
    );
    function!(
        module,
        "from_bytes(bytes: Bytes) -> Result<any, toml::Error>",
        "
        The same for TOML in bytes of UTF-8.
        @profile core, tools

        ```rune
        let bed = toml::from_bytes(b\"name = 'salad'\")?.name;
        ```
        ",
        |bytes: Ref<Bytes>| match std::str::from_utf8(&bytes) {
            Ok(text) => from_text(text),
            Err(error) => Err(Error::new(error.to_string())),
        }
    );
    function!(
        module,
        "to_string(value: any) -> Result<String, toml::Error>",
        "
        An Object as TOML, with its keys sorted. Keys whose value is `None` are left out. `()` has no form in TOML and is
        an error, as are structs, functions and values of the host, and anything but an Object on the outside.
        @profile core, tools

        ```rune
        let text = toml::to_string(#{ bed: #{ litres: 40 } })?;
        ```
        ",
        |value: Value| to_text(&value)
    );
    function!(
        module,
        "to_bytes(value: any) -> Result<Bytes, toml::Error>",
        "
        The same as bytes of UTF-8.
        @profile core, tools

        ```rune
        let length = toml::to_bytes(#{ litres: 40 })?.len();
        ```
        ",
        to_bytes
    );
    Ok(())
}

fn from_text(text: &str) -> std::result::Result<Value, Error> {
    // Rune's value would let an integer wrap around that is larger than `i64`; for a table of TOML it is an error.
    toml::from_str::<toml::Table>(text)?;
    Ok(toml::from_str::<Value>(text)?)
}

fn to_text(value: &Value) -> std::result::Result<String, Error> {
    toml::to_string(&Plain::new(value)).map_err(|error| Error::new(error.to_string()))
}

fn to_bytes(value: Value) -> VmResult<std::result::Result<Bytes, Error>> {
    match to_text(&value) {
        Ok(text) => VmResult::Ok(Ok(Bytes::from_vec(rune::vm_try!(RuneVec::try_from(
            text.into_bytes()
        ))))),
        Err(error) => VmResult::Ok(Err(error)),
    }
}
