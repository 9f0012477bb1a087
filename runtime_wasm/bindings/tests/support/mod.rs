//! Runs scripts in the real VM, as a host would.
#![allow(dead_code)] // Each test file uses its own part of this.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rune::diagnostics::Diagnostic;
use rune::runtime::{Args, GuardedArgs, RuntimeContext};
use rune::{Context, Diagnostics, Source, Sources, Unit, Value, Vm};
use runekiln_bindings::Session;

/// The spec's codifier, word for word.
pub const CODIFY: &str = "
pub fn codify_session(session) {
    let phases = session.phases();
    let workflow = Workflow::new();

    for phase in phases {
        workflow.add_step(phase.name, phase.agent);
    }

    workflow.optimize();
    workflow
}
";

struct Host {
    context: Context,
    runtime: Arc<RuntimeContext>,
}

fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let mut context = Context::with_default_modules().expect("Rune's own modules");
        runekiln_bindings::install(&mut context).expect("the bindings install");
        let runtime = Arc::new(context.runtime().expect("a runtime"));
        Host { context, runtime }
    })
}

/// Compiles a script; the error holds what the compiler says.
pub fn compile(script: &str) -> Result<Arc<Unit>, String> {
    let mut sources = Sources::new();
    sources
        .insert(Source::memory(script).expect("memory for a source"))
        .expect("memory for a source");
    let mut diagnostics = Diagnostics::new();
    let built = rune::prepare(&mut sources)
        .with_context(&host().context)
        .with_diagnostics(&mut diagnostics)
        .build();
    built.map(Arc::new).map_err(|_| {
        let fatal = diagnostics
            .diagnostics()
            .iter()
            .filter_map(|diagnostic| match diagnostic {
                Diagnostic::Fatal(fatal) => Some(fatal.to_string()),
                _ => None,
            });
        fatal.collect::<Vec<_>>().join("; ")
    })
}

/// Calls a function of a script; the error holds what the compiler or the VM says.
pub fn call(
    script: &str,
    entry: &str,
    arguments: impl Args + GuardedArgs,
) -> Result<Value, String> {
    let mut vm = vm(script)?;
    vm.call([entry], arguments)
        .map_err(|error| error.to_string())
}

pub fn vm(script: &str) -> Result<Vm, String> {
    Ok(Vm::new(host().runtime.clone(), compile(script)?))
}

/// Runs the expressions as the body of a function; returns its result as Rune's own debug text.
pub fn eval(body: &str) -> Result<String, String> {
    let mut vm = vm(&format!("pub fn main() {{ {body} }}"))?;
    let value = vm.call(["main"], ()).map_err(|error| error.to_string())?;
    Ok(vm.with(|| format!("{value:?}")))
}

/// The folder of a session of the sample kiln, each in turn.
pub fn kiln_sessions() -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/.crucible/sessions");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the sample kiln")
        .map(|entry| entry.expect("a folder").path())
        .collect();
    folders.sort();
    folders
}

/// The session of a folder, with the lines of what was skipped.
pub fn read_session(folder: &Path) -> (Session, Vec<usize>) {
    let read = match std::fs::read(folder.join("session.md")) {
        Ok(bytes) => Session::from_markdown(&bytes),
        Err(_) => {
            let bytes = std::fs::read(folder.join("session.jsonl")).expect("a session log");
            Session::from_jsonl(
                &bytes,
                std::fs::read(folder.join("meta.json")).ok().as_deref(),
            )
        }
    };
    (
        read.value,
        read.skipped.iter().map(|skipped| skipped.line).collect(),
    )
}

/// A small session with everything in it.
pub fn sample_session() -> Session {
    let log = "---\ntype: session\nsession_id: s-1\nstarted: 2026-03-07T09:02:11Z\nstatus: active\ntitle: Spring\n---\n\n\
        ## Walk the beds @planner@1.0 #watering\n\nText.\n\n**Tool calls:**\n- `grep \"x\" Log` → 7 matches\n\
        - `read note.md` → error: not found\n\n> [!decision] Brass\n> Three valves.\n\n## Open points\n";
    let read = Session::from_markdown(log.as_bytes());
    assert_eq!(read.skipped, []);
    read.value
}
