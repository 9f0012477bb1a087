//! Reads an agent's card from a Markdown note, in the older shape (`name` and `version`) or the newer (`title`).

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::agent_card::{AgentCard, AgentCardData};
use crate::blocks::{blocks, trim_blank_lines, BlockKind};
use crate::error::CrucibleError;
use crate::frontmatter::field_offset;
use crate::frontmatter_read::{self, Front};
use crate::heading;
use crate::note_read::stem;
use crate::read::{decode, Lines, Read, Skipped};

impl AgentCard {
    /// Reads the card of a file of the kiln, which `path` names. Fields of a wrong type are left out and said.
    ///
    /// Fails if the file has no frontmatter that can be read, or no `description` in it.
    pub fn from_markdown(path: &str, bytes: &[u8]) -> Result<Read<AgentCard>, CrucibleError> {
        let fail = |message: &str| CrucibleError {
            message: message.to_owned(),
            path: Some(path.to_owned()),
        };
        let (text, skipped) = decode(bytes);
        let Front {
            value,
            end,
            problem,
        } = frontmatter_read::read(&text);
        if let Some((_, problem)) = problem {
            return Err(fail(&problem));
        }
        let value = value.ok_or_else(|| {
            fail("frontmatter: there is none; a card begins with it, between two lines `---`")
        })?;
        let mut reader = Reader {
            text: &text,
            end,
            fields: &value.fields,
            skipped,
        };
        let description = reader
            .text("description")
            .ok_or_else(|| fail("frontmatter: `description` should say what the agent is for"))?;
        let data = reader.card(path, description);
        let mut skipped = reader.skipped;
        skipped.sort_by_key(|skipped| skipped.line);
        Ok(Read {
            value: data.into(),
            skipped,
        })
    }
}

/// The frontmatter of a card, and what was wrong with it.
struct Reader<'t> {
    text: &'t str,
    end: usize,
    fields: &'t Map<String, Json>,
    skipped: Vec<Skipped>,
}

impl Reader<'_> {
    fn card(&mut self, path: &str, description: String) -> AgentCardData {
        let name = self.text("name").or_else(|| self.text("title"));
        AgentCardData {
            name: name.unwrap_or_else(|| stem(path).to_owned()),
            version: self.version(),
            description,
            tags: self.texts("tags"),
            system_prompt: system_prompt(self.text, self.end),
            mcp_servers: self.servers(),
            config: self
                .take("config", "a map", Json::as_object)
                .cloned()
                .unwrap_or_default(),
            specialty: self.text("specialty"),
            provider: self.text("provider"),
            model: self.text("model"),
            temperature: self.take("temperature", "a number", Json::as_f64),
            max_tokens: self.take("max_tokens", "a whole number", Json::as_i64),
            max_turns: self.take("max_turns", "a whole number", Json::as_i64),
            mode: self.text("mode"),
            tools: self.tools(),
        }
    }

    fn skip(&mut self, key: &str, problem: &str) {
        let offset = field_offset(self.text, self.end, key);
        let line = Lines::of(self.text).number(offset);
        let message = format!("frontmatter: `{key}` {problem}");
        self.skipped.push(Skipped::new(line, message));
    }

    /// A field that `read` understands; another one is said, with what it should be.
    fn take<'s, T>(
        &'s mut self,
        key: &str,
        wanted: &str,
        read: impl Fn(&'s Json) -> Option<T>,
    ) -> Option<T>
    where
        Self: 's,
    {
        let fields = self.fields;
        let value = fields.get(key).filter(|value| !value.is_null())?;
        let found = read(value);
        if found.is_none() {
            self.skip(key, &format!("should be {wanted}"));
        }
        found
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let text = self.take(key, "a text", scalar)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let texts = |value: &Json| match value {
            Json::Array(items) => items.iter().map(scalar).collect(),
            one => scalar(one).map(|text| vec![text]),
        };
        self.take(key, "a list of texts", texts).unwrap_or_default()
    }

    /// `mcp_servers`, which newer cards may call `mcps`.
    fn servers(&mut self) -> Vec<String> {
        let key = ["mcp_servers", "mcps"];
        let key = key.into_iter().find(|key| self.fields.contains_key(*key));
        key.map(|key| self.texts(key)).unwrap_or_default()
    }

    fn version(&mut self) -> String {
        let version = self.text("version").unwrap_or_default();
        let numbers = version.split(['-', '+']).next().unwrap_or_default();
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_semantic = numbers.split('.').count() == 3 && numbers.split('.').all(is_number);
        if !version.is_empty() && !is_semantic {
            self.skip("version", "should have the form `1.0.0`");
        }
        version
    }

    fn tools(&mut self) -> Option<BTreeMap<String, String>> {
        let tools = self.take(
            "tools",
            "a map of names to `allow`, `ask` or `deny`",
            Json::as_object,
        )?;
        let tools = tools.clone();
        let mut allowed = BTreeMap::new();
        for (name, value) in tools {
            let policy = match &value {
                Json::Bool(true) => "allow",
                Json::Bool(false) => "deny",
                Json::String(word) if ["allow", "ask", "deny"].contains(&&**word) => word,
                _ => {
                    let problem = format!("of `{name}` should be `allow`, `ask` or `deny`");
                    self.skip("tools", &problem);
                    continue;
                }
            };
            allowed.insert(name, policy.to_owned());
        }
        Some(allowed)
    }
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The text below the heading `System Prompt` of level 1 or 2, up to the next heading that is not below it; without such
/// a heading all text.
fn system_prompt(text: &str, start: usize) -> String {
    let mut begin = None;
    let mut end = text.len();
    for block in blocks(text, start) {
        let BlockKind::Heading { level } = block.kind else {
            continue;
        };
        match begin {
            Some((_, of)) if level <= of => {
                end = block.range.start;
                break;
            }
            Some(_) => {}
            None => {
                let title = heading::plain(heading::atx_content(&text[block.range.clone()]));
                if level <= 2 && title.eq_ignore_ascii_case("System Prompt") {
                    begin = Some((block.range.end, level));
                }
            }
        }
    }
    let begin = begin.map_or(start, |(begin, _)| begin);
    trim_blank_lines(&text[begin..end]).replace("\r\n", "\n")
}
