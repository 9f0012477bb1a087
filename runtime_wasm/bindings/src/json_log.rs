//! Reads `session.jsonl`: one event a line, in either of the two shapes that Crucible has written, also mixed.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use crate::markdown_log::session_type_of;
use crate::read::{utf16, Read, Skipped, UTF16};
use crate::session::{Phase, PhaseData, Session, SessionData};
use crate::tool_call::{SessionEvent, SessionEventData, ToolCall, ToolCallData};

/// The longest name of a phase, in Unicode scalar values.
const LONGEST_NAME: usize = 60;

/// Types of lines that are known and tell nothing about phases.
const UNUSED: [&str; 11] = [
    "system",
    "thinking",
    "permission",
    "summary",
    "error",
    "bash_spawned",
    "bash_completed",
    "bash_failed",
    "subagent_spawned",
    "subagent_completed",
    "subagent_failed",
];

impl Session {
    /// Reads a session log of lines of JSON, with the `meta.json` beside it. Any bytes give a session; what could not be
    /// used is said.
    pub fn from_jsonl(bytes: &[u8], meta: Option<&[u8]>) -> Read<Session> {
        let mut reader = Reader::default();
        let meta = meta.and_then(|meta| reader.meta(meta)).unwrap_or_default();
        let utf16 = utf16(bytes);
        if utf16.is_some() {
            reader.skip(1, UTF16);
        }
        let bytes = utf16.as_deref().map_or(bytes, str::as_bytes);
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            reader.skip(1, "the log is empty");
        }
        let ends_in_a_line = bytes.ends_with(b"\n");
        let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().peekable();
        while let Some((index, line)) = lines.next() {
            let is_last = lines.peek().is_none() && !ends_in_a_line;
            reader.line(index + 1, line, is_last);
        }
        let skipped = std::mem::take(&mut reader.skipped);
        Read {
            value: reader.into_data(&meta).into(),
            skipped,
        }
    }
}

type Object = Map<String, Json>;

#[derive(Default)]
struct Reader {
    skipped: Vec<Skipped>,
    /// The first is what comes before the first message of the user.
    turns: Vec<Turn>,
    /// Id of a tool call: its turn, and its place there.
    calls: HashMap<String, (usize, usize)>,
    data: SessionData,
}

/// A message of the user and what followed it.
#[derive(Default)]
struct Turn {
    name: String,
    answers: Vec<String>,
    calls: Vec<ToolCallData>,
}

impl Reader {
    fn skip(&mut self, line: usize, message: impl Into<String>) {
        self.skipped.push(Skipped::new(line, message));
    }

    fn meta(&mut self, bytes: &[u8]) -> Option<Object> {
        match serde_json::from_slice::<Json>(bytes) {
            Ok(Json::Object(meta)) => return Some(meta),
            Ok(_) => self.skip(1, "meta.json: it should be an object"),
            Err(error) => self.skip(
                error.line().max(1),
                format!("meta.json: it is not JSON: {error}"),
            ),
        }
        None
    }

    fn line(&mut self, number: usize, line: &[u8], is_last: bool) {
        let decoded = String::from_utf8_lossy(line);
        let text = decoded.trim();
        if text.is_empty() {
            return;
        }
        let broken = matches!(decoded, std::borrow::Cow::Owned(_));
        match serde_json::from_str::<Json>(text) {
            Ok(Json::Object(object)) => {
                if broken {
                    self.skip(number, "bytes that are not UTF-8 were replaced by U+FFFD");
                }
                self.event(number, object);
            }
            Ok(_) => self.skip(number, "the line should be a JSON object"),
            Err(_) if broken || text.contains('\0') => self.skip(number, "the line is not text"),
            Err(error) if error.is_eof() && is_last => {
                self.skip(number, "the file ends in the middle of this line")
            }
            Err(error) => self.skip(
                number,
                format!("the line is not JSON: {}", without_position(&error)),
            ),
        }
    }

    fn event(&mut self, number: usize, mut object: Object) {
        let Some(line_type) = object.get("type").and_then(Json::as_str).map(str::to_owned) else {
            return self.skip(number, "the line has no `type`");
        };
        let (kind, timestamp, data) = if line_type == "event" {
            let timestamp = text(&object, "timestamp");
            if let Some(id) = text(&object, "session_id").filter(|_| self.data.id.is_empty()) {
                self.data.id = id;
            }
            let Some(kind) = text(&object, "event") else {
                return self.skip(number, "the line has no `event`");
            };
            match object.remove("data") {
                Some(Json::Object(data)) => (kind, timestamp, data),
                _ => return self.skip(number, format!("the event `{kind}` has no `data`")),
            }
        } else {
            let timestamp = text(&object, "ts");
            object.remove("type");
            object.remove("ts");
            (line_type.clone(), timestamp, object)
        };
        let is_wire = line_type == "event";
        if self.data.started.is_empty() {
            self.data.started = timestamp.clone().unwrap_or_default();
        }
        if !self.take(&kind, is_wire, &data) {
            return self.skip(number, format!("lines of the type `{kind}` are unknown"));
        }
        let timestamp = timestamp.unwrap_or_default();
        self.data.events.push(SessionEvent::from(SessionEventData {
            kind,
            timestamp,
            data,
        }));
    }

    /// Uses one event; false if its kind is unknown. Events of the newer shape are an open set: those that tell nothing
    /// about phases are known by not being lines of the older shape.
    fn take(&mut self, kind: &str, is_wire: bool, data: &Object) -> bool {
        match kind {
            "init" if !is_wire => {
                self.data.id = text(data, "session_id").unwrap_or_default();
                self.data.model = text(data, "model");
            }
            "user" if !is_wire => self.begin(&content(data, "content")),
            "user_message" if is_wire => self.begin(&content(data, "content")),
            "assistant" if !is_wire => {
                self.answer(content(data, "content"));
                self.count(data.get("tokens"), &["in", "out"]);
            }
            "message_complete" if is_wire => {
                self.answer(content(data, "full_response"));
                self.count(Some(&Json::Object(data.clone())), &["total_tokens"]);
            }
            "tool_call" => self.call(
                data,
                if is_wire {
                    ["call_id", "tool"]
                } else {
                    ["id", "name"]
                },
            ),
            "tool_result" => self.result(data, if is_wire { "call_id" } else { "id" }),
            _ => return is_wire || UNUSED.contains(&kind),
        }
        true
    }

    fn turn(&mut self) -> &mut Turn {
        if self.turns.is_empty() {
            self.turns.push(Turn::default());
        }
        self.turns
            .last_mut()
            .expect("there is at least the opening turn")
    }

    fn begin(&mut self, message: &str) {
        self.turn();
        self.turns.push(Turn {
            name: phase_name(message),
            ..Turn::default()
        });
    }

    fn answer(&mut self, text: String) {
        self.turn().answers.push(text);
    }

    fn count(&mut self, tokens: Option<&Json>, keys: &[&str]) {
        let counts = keys.iter().filter_map(|key| tokens?.get(key)?.as_i64());
        self.data.tokens_used = counts.fold(self.data.tokens_used, i64::saturating_add);
    }

    fn call(&mut self, data: &Object, [id_key, name_key]: [&str; 2]) {
        let id = text(data, id_key);
        let call = ToolCallData {
            name: text(data, name_key).unwrap_or_default(),
            args: data.get("args").cloned().unwrap_or(Json::Null),
            id: id.clone(),
            ..ToolCallData::default()
        };
        let turn = self.turn();
        turn.calls.push(call);
        let place = turn.calls.len() - 1;
        let turn = self.turns.len() - 1;
        if let Some(id) = id {
            self.calls.insert(id, (turn, place));
        }
    }

    fn result(&mut self, data: &Object, id_key: &str) {
        let found = text(data, id_key).and_then(|id| self.calls.get(&id).copied());
        // A result without its call, as after a damaged line, belongs to nothing.
        let Some((turn, place)) = found else { return };
        let call = &mut self.turns[turn].calls[place];
        call.error = text(data, "error");
        call.result = data
            .get("result")
            .filter(|_| call.error.is_none())
            .map(plain_text);
    }

    fn into_data(self, meta: &Object) -> SessionData {
        let mut data = self.data;
        let agent = meta.get("agent").and_then(Json::as_object);
        let agent_name = agent.and_then(|agent| text(agent, "name"));
        if data.id.is_empty() {
            data.id = text(meta, "id").unwrap_or_default();
        }
        data.session_type =
            text(meta, "session_type").unwrap_or_else(|| session_type_of(&data.id).to_owned());
        data.status = text(meta, "state").unwrap_or_default();
        data.title = text(meta, "title");
        data.started = text(meta, "started_at").unwrap_or(data.started);
        data.ended = text(meta, "ended_at");
        data.continued_from = text(meta, "continued_from");
        data.model = data.model.or_else(|| text(agent?, "model"));
        data.participants = agent_name.iter().cloned().collect();
        let mut turns = self.turns.into_iter();
        data.opening_tool_calls = turns
            .next()
            .unwrap_or_default()
            .calls
            .into_iter()
            .map(ToolCall::from)
            .collect();
        data.phases = turns
            .enumerate()
            .map(|(index, turn)| turn.into_phase(index, agent_name.clone()))
            .collect();
        data
    }
}

impl Turn {
    fn into_phase(self, index: usize, agent: Option<String>) -> Phase {
        Phase::from(PhaseData {
            name: self.name,
            agent,
            index: index as i64,
            body: self.answers.join("\n\n").trim().to_owned(),
            tool_calls: self.calls.into_iter().map(ToolCall::from).collect(),
            ..PhaseData::default()
        })
    }
}

/// The first line of a message that is not blank, cut to its longest length.
fn phase_name(message: &str) -> String {
    let line = message
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("");
    let cut: String = line.chars().take(LONGEST_NAME).collect();
    cut.trim_end().to_owned()
}

fn text(object: &Object, key: &str) -> Option<String> {
    object.get(key)?.as_str().map(str::to_owned)
}

/// The text of a message: a String, or the texts of a list of parts.
fn content(data: &Object, key: &str) -> String {
    match data.get(key) {
        Some(Json::Array(parts)) => {
            let texts = parts
                .iter()
                .filter_map(|part| part.get("text").or(Some(part))?.as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        Some(value) => plain_text(value),
        None => String::new(),
    }
}

fn plain_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        value => value.to_string(),
    }
}

/// The error's text without its "at line 1 column 7", which would be read as a line of the file.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((message, _)) => format!("{message} at column {}", error.column()),
        None => text,
    }
}
