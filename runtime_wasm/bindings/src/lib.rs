//! Crucible's types for Rune scripts: sessions in, workflows and behaviours out.
//!
//! A Rust host calls [`install`] on its context and hands sessions to scripts:
//!
//! ```
//! let mut context = rune::Context::with_default_modules()?;
//! runekiln_bindings::install(&mut context)?;
//! let log = runekiln_bindings::Session::from_markdown(b"---\ntype: session\n---\n\n## Plan @bob\n");
//! assert_eq!(log.value.phases()[0].name, "Plan");
//! # Ok::<_, rune::support::Error>(())
//! ```
//!
//! [`table`] says the same as data, for editors.

mod attributes;
mod blocks;
mod callout;
mod documentation;
mod entries;
mod error;
mod explain;
mod explain_operation;
mod foreign;
mod frontmatter;
mod heading;
mod heading_escape;
mod json_log;
mod json_value;
mod markdown_log;
mod module_recorder;
mod modules;
mod natives;
mod optimise;
mod optional;
mod parts;
mod read;
mod recorder;
mod sample;
mod session;
mod shared;
mod show;
mod signature;
mod state;
mod step;
mod table;
mod tool_call;
mod typed_json;
mod view;
mod workflow;
mod workflow_read;
mod workflow_write;

use rune::{Context, ContextError};

pub use callout::Callout;
pub use error::CrucibleError;
pub use explain::explain;
pub use foreign::{show_foreign, Foreign, TakeApart};
pub use optimise::Options;
pub use read::{Read, Skipped};
pub use recorder::{Protocols, Registered};
pub use sample::sample;
pub use session::{Phase, PhaseData, Session, SessionData};
pub use show::{debug_text, to_json, type_name, Caps, Shower};
pub use state::{FunctionNames, State, StateMachine, Transition, Trigger};
pub use step::{Gate, WorkflowStep};
pub use table::{
    About, AliasRow, AttributeRow, Bindings, ConstantRow, EntryRow, EventRow, FieldRow,
    FunctionKind, FunctionRow, KeyRow, MacroArguments, MacroRow, ModuleRow, ParameterRow,
    Permission, Place, SourceLine, TypeKind, TypeRow, VariantRow,
};
pub use tool_call::{SessionEvent, SessionEventData, ToolCall, ToolCallData};
pub use typed_json::from_json;
pub use view::view;
pub use workflow::Workflow;

use recorder::Recorder;

/// Gives a context all types, usable without `use` in every module of a script, and Crucible's attributes.
///
/// Fails if the context has an item of one of their names already.
pub fn install(context: &mut Context) -> Result<(), ContextError> {
    install_where(context, |_| true)
}

/// Gives a context the part of the same that is wanted. A module that is not wanted lacks its functions; its types are
/// asked for one by one.
pub fn install_where(
    context: &mut Context,
    wanted: impl Fn(&Registered) -> bool,
) -> Result<(), ContextError> {
    recorded()?.install(context, wanted)
}

/// What [`install`] gives to scripts, and the entries that the host calls, as data.
///
/// # Panics
///
/// Panics without memory for the native functions, which are registered on the way.
pub fn table() -> Bindings {
    Bindings {
        entries: entries::rows(),
        ..registered().into_table()
    }
}

/// Which of Rune's protocols each type implements: what `==`, `{:?}` and the like find.
///
/// # Panics
///
/// Panics without memory for the native functions, which are registered on the way.
pub fn protocols() -> Vec<Protocols> {
    registered().into_protocols()
}

fn registered() -> Recorder {
    recorded().expect("everything registers, as it does in every test")
}

fn recorded() -> Result<Recorder, ContextError> {
    let mut recorder = Recorder::default();
    session::record(&mut recorder)?;
    tool_call::record(&mut recorder)?;
    callout::record(&mut recorder)?;
    workflow::record(&mut recorder)?;
    step::record(&mut recorder)?;
    state::record(&mut recorder)?;
    error::record(&mut recorder)?;
    modules::record(&mut recorder)?;
    attributes::record(&mut recorder)?;
    Ok(recorder)
}
