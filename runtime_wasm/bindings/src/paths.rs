//! The module `paths`: what of it needs no host.

use rune::runtime::{Ref, VmResult};
use rune::Value;

use crate::message_error::message_error;
use crate::module_recorder::{function, ModuleRecorder};
use crate::optional::wrong_type;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

const MODULE: &[&str] = &["paths"];

message_error! {
    /// Why a folder of Crucible is not known.
    PathsError, ::paths
}

/// Registers the module of this file and its error.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<PathsError>(
        TypeName {
            module: MODULE,
            name: "PathsError",
            aliases: &[],
            prelude: false,
        },
        "
        Why one of the host's folders is not known.
        @profile core

        ```rune
        pub fn told(error) {
            if error is paths::PathsError { error.message } else { `${error}` }
        }
        ```
        ",
        members,
    )?;
    recorder.module(
        MODULE,
        "
        Paths of files and folders.
        @profile core
        ",
        functions,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "message",
        "String",
        "What went wrong, in words.",
        |e: &PathsError| e.message.clone(),
    )
}

fn functions(module: &mut ModuleRecorder) -> Result<()> {
    function!(
        module,
        "join(base: String, parts: Vec<String>) -> String",
        "
        The path that leads on from `base` through all parts, with `/` between them. A part that begins with `/` begins
        anew. Nothing is looked up, and `..` stays as it is.
        @profile core

        ```rune
        let note = paths::join(\"Garden\", [\"Beds\", \"Salad.md\"]);
        ```
        ",
        |base: Ref<str>, parts: rune::runtime::Vec| join(&base, &parts)
    );
    Ok(())
}

fn join(base: &str, parts: &[Value]) -> VmResult<String> {
    let mut path = base.to_owned();
    for part in parts {
        let Ok(part) = part.borrow_string_ref() else {
            let refused = wrong_type("a Vec of Strings", &part.type_info());
            return VmResult::err(refused);
        };
        if part.starts_with('/') {
            path.clear();
        } else if !path.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(&part);
    }
    VmResult::Ok(path)
}
