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

mod agent;
mod agent_card;
mod agent_card_read;
mod agent_error;
mod ask;
mod ask_answer;
pub mod assignments;
mod attributes;
mod block;
mod blocks;
mod callout;
mod chat_response;
mod documentation;
mod error;
mod event;
mod event_context;
mod explain;
mod explain_operation;
mod foreign;
mod from_files;
mod frontmatter;
mod frontmatter_read;
mod frontmatter_type;
mod graph;
mod heading;
mod heading_escape;
mod held;
mod json_log;
mod json_module;
mod json_value;
mod markdown_log;
mod mcp_result;
mod message_error;
mod module_recorder;
mod modules;
mod naming;
mod natives;
mod nesting;
mod note;
mod note_marks;
mod note_outline;
mod note_read;
mod optimise;
mod optimise_merge;
mod optimise_parallel;
mod optional;
mod oq;
mod oq_encodings;
mod oq_filter;
mod oq_formats;
mod oq_functions;
mod oq_regex;
mod oq_values;
mod panel;
mod panel_hints;
mod panel_item;
mod parts;
mod paths;
mod plain;
mod plain_data;
mod plain_json;
mod popup;
mod read;
mod recipe;
mod recorder;
mod regex_module;
mod regex_type;
mod rune_event_context;
mod rune_event_kinds;
mod rune_session_event;
mod rune_session_event_members;
mod sample;
pub mod samples;
mod search;
mod session;
mod shared;
mod shared_names;
mod show;
mod signature;
mod state;
mod state_error;
mod state_fire;
mod state_graph;
mod state_members;
mod step;
mod table;
mod tag;
mod task;
mod toml_module;
mod tool;
mod tool_call;
mod toon_read;
mod toon_words;
mod toon_write;
mod typed_json;
mod view;
mod wikilink;
mod workflow;
mod workflow_read;
mod workflow_write;

use rune::{Context, ContextError};

pub use agent::AgentHandle;
pub use agent_card::{AgentCard, AgentCardData};
pub use agent_error::AgentError;
pub use ask::{AskBatch, AskQuestion};
pub use ask_answer::{AskBatchResponse, QuestionAnswer};
pub use attributes::unchanged;
pub use block::{Block, BlockData, Heading};
pub use callout::Callout;
pub use chat_response::ChatResponse;
pub use error::CrucibleError;
pub use event::Event;
pub use event_context::EventContext;
pub use explain::{explain, explain_with};
pub use foreign::{show_foreign, Foreign, TakeApart};
pub use from_files::{agent_card_from, from_file, note_from, workflow_from};
pub use frontmatter_type::{Frontmatter, FrontmatterData};
pub use graph::GraphError;
pub use json_module::Error as JsonError;
pub use mcp_result::{McpContent, McpResult};
pub use naming::{name_functions, FunctionNames, Naming};
pub use note::{Note, NoteData};
pub use optimise::Options;
pub use oq::OqError;
pub use panel::Panel;
pub use panel_hints::{PanelHints, PanelResult};
pub use panel_item::PanelItem;
pub use paths::PathsError;
pub use plain_json::PlainJson;
pub use popup::{PopupEntry, PopupRequest};
pub use read::{Read, Skipped};
pub use recipe::{RecipeParameter, RuneRecipe, RuneRecipeEnrichment};
pub use recorder::{Protocols, Registered};
pub use regex_type::Regex;
pub use rune_event_context::RuneEventContext;
pub use rune_event_kinds::{FileChange, NoteChange, RuneFileChangeKind, RuneNoteChangeType};
pub use rune_session_event::RuneSessionEvent;
pub use sample::sample;
pub use search::SearchResult;
pub use session::{Phase, PhaseData, Session, SessionData};
pub use show::{debug_text, to_json, type_name, Caps, Shower};
pub use state::{State, StateMachine, Transition, Trigger};
pub use state_error::StateError;
pub use step::{Gate, WorkflowStep};
pub use table::{
    About, AliasRow, AttributeRow, Bindings, ConstantRow, EntryRow, EventRow, FieldRow,
    FunctionKind, FunctionRow, KeyRow, MacroArguments, MacroRow, ModuleRow, ParameterRow,
    Permission, Place, SourceLine, TraitRow, TypeKind, TypeRow, VariantRow,
};
pub use tag::Tag;
pub use task::Task;
pub use toml_module::Error as TomlError;
pub use tool::{json_type, tool_schema, ParamAttributes, ToolAttributes, ToolError};
pub use tool_call::{SessionEvent, SessionEventData, ToolCall, ToolCallData};
pub use typed_json::from_json;
pub use view::view;
pub use wikilink::Wikilink;
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

/// What [`install`] gives to scripts, as data. What else a host has, such as the entries that it calls, its stubs say.
///
/// # Panics
///
/// Panics without memory for the native functions, which are registered on the way.
pub fn table() -> Bindings {
    let mut table = registered().into_table();
    shared_names::name_apart(&mut table.types);
    table
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
    state_members::record(&mut recorder)?;
    state_error::record(&mut recorder)?;
    event::record(&mut recorder)?;
    event_context::record(&mut recorder)?;
    tool::record(&mut recorder)?;
    search::record(&mut recorder)?;
    error::record(&mut recorder)?;
    note::record(&mut recorder)?;
    frontmatter_type::record(&mut recorder)?;
    wikilink::record(&mut recorder)?;
    tag::record(&mut recorder)?;
    block::record(&mut recorder)?;
    task::record(&mut recorder)?;
    agent_card::record(&mut recorder)?;
    agent::record(&mut recorder)?;
    chat_response::record(&mut recorder)?;
    agent_error::record(&mut recorder)?;
    regex_type::record(&mut recorder)?;
    regex_module::record(&mut recorder)?;
    json_module::record(&mut recorder)?;
    toml_module::record(&mut recorder)?;
    oq::record(&mut recorder)?;
    paths::record(&mut recorder)?;
    graph::record(&mut recorder)?;
    ask::record(&mut recorder)?;
    ask_answer::record(&mut recorder)?;
    panel_item::record(&mut recorder)?;
    panel::record(&mut recorder)?;
    panel_hints::record(&mut recorder)?;
    popup::record(&mut recorder)?;
    recipe::record(&mut recorder)?;
    rune_session_event_members::record(&mut recorder)?;
    rune_event_kinds::record(&mut recorder)?;
    rune_event_context::record(&mut recorder)?;
    mcp_result::record(&mut recorder)?;
    modules::record(&mut recorder)?;
    attributes::record(&mut recorder)?;
    Ok(recorder)
}
