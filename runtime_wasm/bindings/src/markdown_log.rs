//! Reads `session.md`: frontmatter, then a phase for each heading of level 2.

use std::ops::Range;

use serde_json::Value as Json;

use crate::blocks::{self, Block, BlockKind};
use crate::frontmatter::{self, Frontmatter};
use crate::heading;
use crate::read::{decode, Lines, Read, Skipped};
use crate::session::{Phase, PhaseData, Session, SessionData};
use crate::tool_call::{ToolCall, ToolCallData};

/// The line above a list of tool calls.
const TOOL_CALLS: &str = "**Tool calls:**";

impl Session {
    /// Reads a session log in Markdown. Any bytes give a session; what could not be used is said.
    pub fn from_markdown(bytes: &[u8]) -> Read<Session> {
        let (text, skipped) = decode(bytes);
        let lines = Lines::of(&text);
        let mut reader = Reader {
            text: &text,
            lines,
            skipped,
        };
        let front = frontmatter::read(&text);
        let mut data = reader.fields(&front);
        reader.body(front.end, &mut data);
        let mut skipped = reader.skipped;
        skipped.sort_by_key(|skipped| skipped.line);
        Read {
            value: data.into(),
            skipped,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: Lines,
    skipped: Vec<Skipped>,
}

/// The part of a log that is read at the moment: a phase, or what stands before the first.
#[derive(Default)]
struct Section {
    phase: PhaseData,
    body_start: usize,
    /// Whether the list that comes next is one of tool calls.
    lists_calls: bool,
    /// A thematic break, if it is the last block so far.
    rule: Option<Range<usize>>,
}

impl Reader<'_> {
    fn skip(&mut self, offset: usize, message: impl Into<String>) {
        self.skipped
            .push(Skipped::new(self.lines.number(offset), message));
    }

    fn fields(&mut self, front: &Frontmatter) -> SessionData {
        let readable = front.problem.is_none();
        if let Some((offset, problem)) = &front.problem {
            self.skip(*offset, problem);
        }
        let log_type = self.required(front, "type", readable);
        if log_type
            .as_ref()
            .is_some_and(|log_type| log_type != "session")
        {
            self.skip_field(front, "type", "frontmatter: `type` should be `session`");
        }
        let status = self.required(front, "status", readable).unwrap_or_default();
        if !matches!(&*status, "" | "active" | "completed" | "failed" | "paused") {
            self.skip_field(
                front,
                "status",
                "frontmatter: `status` should be active, completed, failed or paused",
            );
        }
        let id = self
            .required(front, "session_id", readable)
            .unwrap_or_default();
        let session_type = self
            .optional(front, "session_type")
            .unwrap_or_else(|| session_type_of(&id).to_owned());
        SessionData {
            session_type,
            id,
            status,
            started: self
                .required(front, "started", readable)
                .unwrap_or_default(),
            title: self.optional(front, "title"),
            channel: self.optional(front, "channel"),
            ended: self.optional(front, "ended"),
            model: self.optional(front, "model"),
            participants: self.taken(front, "participants", front.texts("participants")),
            tokens_used: self
                .taken(front, "tokens_used", front.number("tokens_used"))
                .unwrap_or(0),
            resume_point: self.optional(front, "resume_point"),
            continued_from: self.optional(front, "continued_from"),
            ..SessionData::default()
        }
    }

    fn required(&mut self, front: &Frontmatter, key: &str, readable: bool) -> Option<String> {
        match front.text(key) {
            Ok(None) if readable => {
                self.skip(0, format!("frontmatter: `{key}` is missing"));
                None
            }
            found => self.taken(front, key, found),
        }
    }

    fn optional(&mut self, front: &Frontmatter, key: &str) -> Option<String> {
        self.taken(front, key, front.text(key))
    }

    fn taken<T: Default>(&mut self, front: &Frontmatter, key: &str, found: Result<T, String>) -> T {
        found.unwrap_or_else(|problem| {
            self.skip_field(front, key, problem);
            T::default()
        })
    }

    fn skip_field(&mut self, front: &Frontmatter, key: &str, message: impl Into<String>) {
        self.skip(
            frontmatter::field_offset(self.text, front.end, key),
            message,
        );
    }

    fn body(&mut self, start: usize, data: &mut SessionData) {
        let mut section = Section {
            body_start: start,
            ..Section::default()
        };
        let mut before_phases = true;
        for block in blocks::blocks(self.text, start) {
            match block.kind {
                BlockKind::Heading { level: 2 } => {
                    let next = self.begin(&block);
                    let done = std::mem::replace(&mut section, next);
                    self.end(done, block.range.start, before_phases, data);
                    before_phases = false;
                    continue;
                }
                BlockKind::Heading { level: 1 } | BlockKind::Title if data.title.is_none() => {
                    data.title = Some(self.title(&block)).filter(|title| !title.is_empty());
                }
                _ => {}
            }
            self.block(&block, &mut section);
        }
        self.end(section, self.text.len(), before_phases, data);
    }

    fn begin(&self, block: &Block) -> Section {
        let found = heading::parse_phase(heading::atx_content(&self.text[block.range.clone()]));
        Section {
            phase: PhaseData {
                name: found.name,
                agent: found.agent,
                agent_version: found.agent_version,
                channel: found.channel,
                ..PhaseData::default()
            },
            body_start: block.range.end,
            ..Section::default()
        }
    }

    fn end(&mut self, section: Section, end: usize, before_phases: bool, data: &mut SessionData) {
        let mut phase = section.phase;
        if before_phases {
            data.opening_callouts = phase.callouts;
            data.opening_tool_calls = phase.tool_calls;
            return;
        }
        let holes: Vec<Range<usize>> = section.rule.into_iter().collect();
        phase.body = blocks::text_without(self.text, section.body_start..end, &holes);
        phase.index = data.phases.len() as i64;
        data.phases.push(Phase::from(phase));
    }

    fn block(&mut self, block: &Block, section: &mut Section) {
        let source = &self.text[block.range.clone()];
        let is_rule = block.kind == BlockKind::Rule && source.trim() == "---";
        section.rule = is_rule.then(|| block.range.clone());
        match block.kind {
            BlockKind::Quote { .. } => section
                .phase
                .callouts
                .extend(blocks::callout(self.text, &block.range)),
            BlockKind::Item if section.lists_calls => match tool_call(source) {
                Some(call) => section.phase.tool_calls.push(call),
                None => self.skip(
                    block.range.start,
                    "a tool call should have the form - `tool arguments` → result",
                ),
            },
            BlockKind::Fence { .. } if blocks::missing_fence(self.text, block).is_some() => {
                self.skip(block.range.start, "the code block that begins here is never closed: it runs to the end of the file");
            }
            BlockKind::Html { .. } if blocks::is_open_comment(self.text, block) => {
                self.skip(
                    block.range.start,
                    "the comment that begins here is never closed: it runs to the end of the file",
                );
            }
            _ => {}
        }
        section.lists_calls = match block.kind {
            BlockKind::List | BlockKind::Item => section.lists_calls,
            BlockKind::Fence { top: false } | BlockKind::Quote { top: false } => {
                section.lists_calls
            }
            _ => source
                .trim_end()
                .lines()
                .last()
                .is_some_and(|line| line.trim() == TOOL_CALLS),
        };
    }

    fn title(&self, block: &Block) -> String {
        let source = &self.text[block.range.clone()];
        match block.kind {
            BlockKind::Title => {
                let underlined = source
                    .trim_end()
                    .rsplit_once('\n')
                    .map_or(source, |(title, _)| title);
                heading::plain(&heading::one_line(underlined))
            }
            _ => heading::plain(heading::atx_content(source)),
        }
    }
}

/// The tool call of a list item: `` - `tool args` → result ``.
fn tool_call(item: &str) -> Option<ToolCall> {
    let text = item
        .trim_start()
        .trim_start_matches(|mark: char| mark.is_ascii_digit());
    let text = text.strip_prefix(['-', '*', '+', '.', ')'])?.trim();
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (code, after) = text
        .get(ticks..)?
        .split_once(&text[..ticks])
        .filter(|_| ticks > 0)?;
    let (name, args) = match code.trim().split_once(char::is_whitespace) {
        Some((name, args)) => (name, args.trim()),
        None => (code.trim(), ""),
    };
    let after = after.trim();
    let outcome = after
        .strip_prefix('→')
        .or_else(|| after.strip_prefix("->"))
        .map(|outcome| outcome.trim().to_owned());
    let error = outcome
        .as_deref()
        .and_then(|outcome| outcome.strip_prefix("error:"))
        .map(|error| error.trim().to_owned());
    Some(ToolCall::from(ToolCallData {
        name: name.to_owned(),
        args: Json::String(args.to_owned()),
        result: if error.is_none() { outcome } else { None },
        error,
        id: None,
    }))
}

/// `chat`, `agent` or `workflow`, as the beginning of an id tells; `agent` if it does not.
pub(crate) fn session_type_of(id: &str) -> &'static str {
    ["chat", "workflow"]
        .into_iter()
        .find(|kind| id.starts_with(&format!("{kind}-")))
        .unwrap_or("agent")
}
