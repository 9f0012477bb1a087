//! Runs an entry of a script: compile, call, and tell how it went.

use std::sync::Arc;

use rune::runtime::{DebugInfo, Vm, VmError};
use rune::{Context, Hash, Unit, Value as RuneValue};
use runekiln_bindings::{debug_text, name_functions, samples, to_json, type_name, view};

use crate::check::check;
use crate::compile::{compile, Compiled, Input, Purpose};
use crate::entry::{self, Entry};
use crate::files::{gather, File};
use crate::frames::{debug_info, run_error};
use crate::host::Host;
use crate::memory::CELL;
use crate::protocol::{
    Dialect, Outcome, Ran, Response, RunError, RunRequest, Severity, Value, Warned,
};
use crate::stubs::readable;
use crate::trace::Traced;
use crate::wait::{wait, Stuck};
use crate::{arguments, output, trace};

/// A compiled script, and what leads from its instructions back to the text.
pub struct Program {
    unit: Arc<Unit>,
    /// The file of each of Rune's sources.
    pub sources: Vec<usize>,
    pub files: Vec<ProgramFile>,
}

/// A file of a program.
pub struct ProgramFile {
    pub path: String,
    pub text: String,
}

impl Program {
    pub fn debug_info(&self) -> Option<&DebugInfo> {
        debug_info(&self.unit)
    }
}

/// What the user called the function with this hash.
fn function_name(unit: &Unit, hash: Hash) -> Option<String> {
    let signature = debug_info(unit)?.functions.get(&hash)?;
    let path = signature.path.to_string();
    Some(readable(&path).trim_start_matches("::").to_owned())
}

/// Answers a `run`.
pub fn answer(request: RunRequest) -> Response {
    if request
        .sources
        .first()
        .is_none_or(|script| script.text.is_none())
    {
        return Response::Refused {
            message: "there is no script to run".to_owned(),
        };
    }
    let files = match gather(&request.sources, request.dialect) {
        Ok(files) => files,
        Err(needs) => return Response::NeedSources { needs },
    };
    CELL.clear();
    let host = Host::shared();
    let entry = entry::find(&files[0], &request.entry, request.dialect);
    let program = program(&host.context, files, request.dialect);
    match (program, entry) {
        (None, _) => not_compiled(&host.context, &request),
        (Some(_), Err(message)) => Response::Refused { message },
        (Some(program), Ok(entry)) => Response::Ran(call(&host, &program, &entry, &request)),
    }
}

/// Compiles the script; None if it has errors.
fn program(context: &Context, files: Vec<File>, dialect: Dialect) -> Option<Program> {
    let has_error = |file: &File| {
        file.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    };
    if files
        .iter()
        .any(|file| !file.is_well_formed() || has_error(file))
    {
        return None;
    }
    let compiled = compile_all(context, &files, dialect);
    let unit = Arc::new(compiled.unit?);
    if let Some(debug_info) = debug_info(&unit) {
        let traced = compiled.files.iter().map(|&index| Traced {
            source: files[index].source,
            tree: &files[index].tree,
        });
        trace::start(debug_info, &traced.collect::<Vec<_>>());
    }
    let files = files.into_iter().map(|file| ProgramFile {
        path: file.path,
        text: file.text,
    });
    Some(Program {
        unit,
        sources: compiled.files,
        files: files.collect(),
    })
}

fn compile_all(context: &Context, files: &[File], dialect: Dialect) -> Compiled {
    let inputs: Vec<Input<'_>> = files
        .iter()
        .map(|file| Input {
            path: &file.path,
            text: file.blanked.text(),
        })
        .collect();
    compile(context, &inputs, dialect, Purpose::Run)
}

fn not_compiled(context: &Context, request: &RunRequest) -> Response {
    let files = match check(context, &request.sources, request.dialect) {
        Ok(files) => files,
        Err(needs) => return Response::NeedSources { needs },
    };
    let error = RunError {
        code: "not-compiled".to_owned(),
        message: "the script has errors".to_owned(),
        frames: Vec::new(),
    };
    Response::Ran(Ran {
        files,
        ..ended(Outcome::NotCompiled, Some(error))
    })
}

/// Calls the entry and waits for it, if it is `async`.
fn call(host: &Host, program: &Program, entry: &Entry, request: &RunRequest) -> Ran {
    let mut warnings = Vec::new();
    let values = match arguments::values(&request.arguments, &entry.parameters, &mut warnings) {
        Ok(values) if values.len() == entry.parameters.len() => values,
        Ok(values) => return failed("wrong-arity", entry.wants(values.len()), warnings),
        Err(message) => return failed("bad-argument", message, warnings),
    };
    output::start(request.output_limit);
    let unit = Arc::clone(&program.unit);
    let _naming = name_functions(move |hash| function_name(&unit, hash));
    samples::start();
    let mut machine = Vm::new(host.runtime(), Arc::clone(&program.unit));
    let result = wait(run_to_end(&mut machine, entry.hash, values));
    let said = match result {
        Ok(Ok(value)) => Ran {
            value: Some(machine.with(|| shown(&value, program))),
            ..ended(Outcome::Finished, None)
        },
        Ok(Err(error)) => ended(Outcome::Failed, Some(run_error(&error, program))),
        Err(Stuck) => failed(
            "never-woken",
            "it waits for something that never comes".to_owned(),
            Vec::new(),
        ),
    };
    let (output, is_full) = output::finish();
    warnings.extend(samples::finish().into_iter().map(|message| Warned {
        message,
        path: None,
        line: None,
    }));
    let said = Ran {
        output,
        warnings,
        ..said
    };
    if is_full {
        stopped(said, request.output_limit)
    } else {
        said
    }
}

async fn run_to_end(
    machine: &mut Vm,
    entry: Hash,
    arguments: Vec<RuneValue>,
) -> Result<RuneValue, VmError> {
    let value = machine.async_call(entry, arguments).await?;
    match value.clone().into_future() {
        Ok(future) => future.await.into_result(),
        Err(_) => Ok(value),
    }
}

/// What is told of a value. `Err(…)` and `None` are values like all others.
fn shown(value: &RuneValue, program: &Program) -> Value {
    let names = |hash| function_name(&program.unit, hash);
    Value {
        type_name: type_name(value),
        json: to_json(value),
        text: debug_text(value),
        view: Some(view(value, Some(&names))),
    }
}

fn stopped(said: Ran, limit: u64) -> Ran {
    let frames = said.error.map(|error| error.frames).unwrap_or_default();
    let message = format!("stopped after {limit} bytes of output");
    Ran {
        outcome: Outcome::Stopped,
        error: Some(RunError {
            code: "output-limit".to_owned(),
            message,
            frames,
        }),
        ..said
    }
}

fn failed(code: &str, message: String, warnings: Vec<Warned>) -> Ran {
    Ran {
        warnings,
        ..ended(
            Outcome::Failed,
            Some(RunError {
                code: code.to_owned(),
                message,
                frames: Vec::new(),
            }),
        )
    }
}

fn ended(outcome: Outcome, error: Option<RunError>) -> Ran {
    Ran {
        outcome,
        value: None,
        output: String::new(),
        error,
        warnings: Vec::new(),
        files: Vec::new(),
    }
}
