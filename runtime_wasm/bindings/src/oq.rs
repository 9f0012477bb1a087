//! The module `oq`: questions in jq's language to JSON, YAML, TOML and TOON.

use jaq_json::Val;
use rune::runtime::{Ref, ToValue, VmResult};
use rune::Value;

use crate::message_error::message_error;
use crate::module_recorder::{function, ModuleRecorder};
use crate::oq_filter;
use crate::oq_formats::{read, Format};
use crate::oq_values::to_value;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

const MODULE: &[&str] = &["oq"];

message_error! {
    /// Why a text cannot be read, a filter run, or a value written.
    OqError, ::oq
}

type Answer = VmResult<std::result::Result<Value, OqError>>;

/// Registers the module of this file and its error.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<OqError>(
        TypeName {
            module: MODULE,
            name: "OqError",
            aliases: &[],
            prelude: false,
        },
        "
        Why a text cannot be read, a filter run, or a value written.
        @profile core, tools, events, struct-plugin

        ```rune
        let told = match oq::query(\"{}\", \".[\") {
            Ok(value) => \"fine\",
            Err(error) => error.message,
        };
        ```
        ",
        members,
    )?;
    recorder.module(
        MODULE,
        "
        Questions in jq's language to texts in JSON, YAML, TOML or TOON, and these formats to values and back.

        The format of a text is found out: JSON begins with `{`, `[` or `\"`; TOON has a line that gives the length of an
        array, such as `beds[2]:`; what can be read as TOML is TOML, and all else is YAML.
        @profile core, tools, events, struct-plugin
        ",
        functions,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "message",
        "String",
        "What is wrong, with line and column where they are known.",
        |e: &OqError| e.message.clone(),
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "query(input: String, expr: String) -> Result<any, OqError>",
        "
        What the filter `expr` makes of a text: `()` if that is nothing, the value if it is one, a Vec of all if they are
        several. Filters are jq's, as the crate `jaq` runs them; there are none that read a clock, the environment or
        more input.
        @profile core, tools, events, struct-plugin

        ```rune
        let wet = oq::query(\"{\\\"beds\\\": [{\\\"name\\\": \\\"salad\\\", \\\"litres\\\": 40}]}\", \".beds[] | select(.litres > 20) | .name\")?;
        ```
        ",
        |input: Ref<str>, expr: Ref<str>| query(&input, &expr)
    );
    function!(
        module,
        "parse(input: String) -> Result<any, OqError>",
        "
        The value of a text in any of the formats. `null` is `()`, and a date of TOML is its text.
        @profile core, tools, events, struct-plugin

        ```rune
        let beds = oq::parse(\"beds[2]: salad,beans\")?.beds;
        ```
        ",
        |input: Ref<str>| parsed(read(&input))
    );
    function!(
        module,
        "parse_with_format(input: String, format: \"json\" | \"yaml\" | \"yml\" | \"toml\" | \"toon\") -> Result<any, OqError>",
        "
        The value of a text in a format: `json`, `yaml` or `yml`, `toml`, `toon`.
        @profile core, tools, events, struct-plugin

        ```rune
        let litres = oq::parse_with_format(\"litres: 40\", \"yaml\")?.litres;
        ```
        ",
        |input: Ref<str>, format: Ref<str>| {
            parsed(Format::named(&format).and_then(|format| format.read(&input)))
        }
    );
    function!(
        module,
        "format(value: any) -> Result<String, OqError>",
        "
        The value in TOON, which agents read with few tokens. Keys are sorted; structs, functions and values of the host
        are errors.
        @profile core, tools, events, struct-plugin

        ```rune
        let text = oq::format(#{ beds: [#{ name: \"salad\", litres: 40 }, #{ name: \"beans\", litres: 25 }] })?;
        ```
        ",
        |value: Value| Format::Toon.write(&value)
    );
    function!(
        module,
        "format_to(value: any, format: \"json\" | \"yaml\" | \"yml\" | \"toml\" | \"toon\") -> Result<String, OqError>",
        "
        The value in a format: `json` with two spaces a level, `yaml` or `yml`, `toml`, `toon`. Keys are sorted.
        @profile core, tools, events, struct-plugin

        ```rune
        let text = oq::format_to(#{ litres: 40 }, \"yaml\")?;
        ```
        ",
        |value: Value, format: Ref<str>| {
            Format::named(&format).and_then(|format| format.write(&value))
        }
    );
    Ok(())
}

fn query(input: &str, filter: &str) -> Answer {
    let results = read(input).and_then(|input| oq_filter::run(filter, input));
    let results = match results {
        Ok(results) => results,
        Err(error) => return VmResult::Ok(Err(error)),
    };
    match &results[..] {
        [] => VmResult::Ok(Ok(rune::vm_try!(().to_value()))),
        [one] => converted(one),
        _ => converted(&results.into_iter().collect()),
    }
}

fn parsed(value: std::result::Result<Val, OqError>) -> Answer {
    match value {
        Ok(value) => converted(&value),
        Err(error) => VmResult::Ok(Err(error)),
    }
}

fn converted(value: &Val) -> Answer {
    VmResult::Ok(rune::vm_try!(to_value(value)))
}
