//! Sessions: what happened, phase by phase.

use std::sync::Arc;

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::callout::Callout;
use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::shared::shares;
use crate::tool_call::{SessionEvent, ToolCall};

/// A session log. It never changes; its parts are shared, so that a copy costs nothing, however long the log is.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::session)]
#[serde(transparent)]
pub struct Session(Arc<SessionData>);

/// What a session log says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionData {
    pub id: String,
    pub session_type: String,
    pub status: String,
    pub title: Option<String>,
    pub channel: Option<String>,
    pub started: String,
    pub ended: Option<String>,
    pub model: Option<String>,
    pub participants: Vec<String>,
    pub tokens_used: i64,
    pub resume_point: Option<String>,
    pub continued_from: Option<String>,
    pub phases: Vec<Phase>,
    pub events: Vec<SessionEvent>,
    /// Callouts before the first phase.
    pub opening_callouts: Vec<Callout>,
    /// Tool calls before the first phase.
    pub opening_tool_calls: Vec<ToolCall>,
}

/// One part of a session.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::session)]
#[serde(transparent)]
pub struct Phase(Arc<PhaseData>);

/// What a phase says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseData {
    pub name: String,
    #[serde(default)]
    pub agent: Option<String>,
    #[serde(default)]
    pub agent_version: Option<String>,
    #[serde(default)]
    pub channel: Option<String>,
    /// Position in the session, from 0.
    #[serde(default)]
    pub index: i64,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub callouts: Vec<Callout>,
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
}

shares!(Session, SessionData);
shares!(Phase, PhaseData);

impl Session {
    /// The phases in the order of the log.
    pub fn phases(&self) -> Vec<Phase> {
        self.phases.clone()
    }

    /// All callouts in the order of the log, those before the first phase too.
    pub fn callouts(&self) -> Vec<Callout> {
        let in_phases = self.phases.iter().flat_map(|phase| &phase.callouts);
        self.opening_callouts
            .iter()
            .chain(in_phases)
            .cloned()
            .collect()
    }

    /// All tool calls in the order of the log, those before the first phase too.
    pub fn tool_calls(&self) -> Vec<ToolCall> {
        let in_phases = self.phases.iter().flat_map(|phase| &phase.tool_calls);
        self.opening_tool_calls
            .iter()
            .chain(in_phases)
            .cloned()
            .collect()
    }

    /// Whether the session is still going on.
    pub fn is_active(&self) -> bool {
        self.status == "active"
    }
}

impl Readable for Session {
    fn debug(&self) -> String {
        let names: Vec<&str> = self.phases.iter().map(|phase| &*phase.name).collect();
        format!(
            "Session {{ id: {:?}, status: {:?}, title: {:?}, started: {:?}, phases: {names:?} }}",
            self.id, self.status, self.title, self.started
        )
    }

    fn equals(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|session| match &session.title {
        Some(title) => title.clone(),
        None => session.id.clone(),
    });
}

impl Readable for Phase {
    fn debug(&self) -> String {
        format!(
            "Phase {{ name: {:?}, agent: {:?}, channel: {:?}, index: {}, callouts: {}, tool_calls: {} }}",
            self.name,
            self.agent,
            self.channel,
            self.index,
            self.callouts.len(),
            self.tool_calls.len()
        )
    }

    fn equals(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|phase| phase.name.clone());
}

/// Where the types of session logs live.
pub(crate) const MODULE: &[&str] = &["crucible", "session"];

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Session>(
        TypeName { module: MODULE, name: "Session", aliases: &["SessionLog"], prelude: true },
        "
        The log of a session: what was asked, which agent did what, and what came of it.

        It is read from `session.md` or `session.jsonl` and does not change. `SessionLog` is the same type.

        ```rune
        for phase in session.phases() {
            println!(\"{}: {} tool calls\", phase.name, phase.tool_calls().len());
        }
        ```
        ",
        session_members,
    )?;
    recorder.record::<Phase>(
        TypeName { module: MODULE, name: "Phase", aliases: &[], prelude: true },
        "
        One part of a session.

        In a Markdown log it is a heading `## Name @agent@version #channel` with the text below it. In
        `session.jsonl` each message of the user begins one, named by the message's first line.

        ```rune
        let heading = match phase.agent {
            Some(agent) => `${phase.name} (${agent})`,
            None => phase.name,
        };
        ```
        ",
        phase_members,
    )
}

fn session_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "id",
        "String",
        "The session's name in its kiln, such as `2026-03-07-spring-valves`.",
        |s: &Session| s.id.clone(),
    )?;
    types.field(
        "session_type",
        "String",
        "What kind of session it was: `chat`, `agent` or `workflow`.",
        |s: &Session| s.session_type.clone(),
    )?;
    types.field(
        "status",
        "String",
        "How it stands: `active`, `completed`, `failed` or `paused`; what the log says, word for word.",
        |s: &Session| s.status.clone(),
    )?;
    types.field(
        "title",
        "Option<String>",
        "Title from the frontmatter, else the first heading of level 1.",
        |s: &Session| s.title.clone(),
    )?;
    types.field(
        "channel",
        "Option<String>",
        "The channel of the whole session, without `#`.",
        |s: &Session| s.channel.clone(),
    )?;
    types.field(
        "started",
        "String",
        "When it began, as in `2026-03-07T09:02:11Z`.",
        |s: &Session| s.started.clone(),
    )?;
    types.field(
        "ended",
        "Option<String>",
        "When it ended; `None` if the log does not say.",
        |s: &Session| s.ended.clone(),
    )?;
    types.field(
        "model",
        "Option<String>",
        "The language model that was used.",
        |s: &Session| s.model.clone(),
    )?;
    types.field(
        "participants",
        "Vec<String>",
        "The agents, as `name@version`.",
        |s: &Session| s.participants.clone(),
    )?;
    types.field(
        "tokens_used",
        "i64",
        "Tokens used in all; 0 if the log does not say.",
        |s: &Session| s.tokens_used,
    )?;
    types.field(
        "resume_point",
        "Option<String>",
        "Where a paused session is to go on.",
        |s: &Session| s.resume_point.clone(),
    )?;
    types.field(
        "continued_from",
        "Option<String>",
        "The session that this one goes on with.",
        |s: &Session| s.continued_from.clone(),
    )?;
    method!(
        types,
        "phases(&self) -> Vec<Phase>",
        "
        The phases in the order of the log.

        ```rune
        let names = session.phases().iter().map(|phase| phase.name).collect::<Vec>();
        ```
        ",
        Session::phases
    );
    method!(
        types,
        "callouts(&self) -> Vec<Callout>",
        "
        Every callout of the session, those before the first phase too.

        ```rune
        let decisions = session.callouts().iter().filter(|callout| callout.type == \"decision\").collect::<Vec>();
        ```
        ",
        Session::callouts
    );
    method!(
        types,
        "tool_calls(&self) -> Vec<ToolCall>",
        "
        Every tool call of the session, those before the first phase too.

        ```rune
        let failed = session.tool_calls().iter().filter(|call| call.error.is_some()).count();
        ```
        ",
        Session::tool_calls
    );
    method!(
        types,
        "events(&self) -> Vec<SessionEvent>",
        "The lines of `session.jsonl`, one by one. Empty for a Markdown log.",
        |session: &Session| session.events.clone()
    );
    method!(
        types,
        "is_active(&self) -> bool",
        "Whether the session is still going on: its `status` is `active`.",
        Session::is_active
    );
    Ok(())
}

fn phase_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "name",
        "String",
        "The heading without agent and channel.",
        |p: &Phase| p.name.clone(),
    )?;
    types.field(
        "agent",
        "Option<String>",
        "Who did it, without `@`. Hand it to `Workflow::add_step` as it is.",
        |p: &Phase| p.agent.clone(),
    )?;
    types.field(
        "agent_version",
        "Option<String>",
        "The version in `@agent@version`.",
        |p: &Phase| p.agent_version.clone(),
    )?;
    types.field(
        "channel",
        "Option<String>",
        "The channel, without `#`.",
        |p: &Phase| p.channel.clone(),
    )?;
    types.field(
        "index",
        "i64",
        "Position in the session, from 0.",
        |p: &Phase| p.index,
    )?;
    types.field(
        "body",
        "String",
        "The text below the heading, as Markdown.",
        |p: &Phase| p.body.clone(),
    )?;
    method!(
        types,
        "callouts(&self) -> Vec<Callout>",
        "The callouts of this phase, such as `> [!decision]`.",
        |phase: &Phase| phase.callouts.clone()
    );
    method!(
        types,
        "tool_calls(&self) -> Vec<ToolCall>",
        "The tool calls of this phase.",
        |phase: &Phase| phase.tool_calls.clone()
    );
    Ok(())
}
