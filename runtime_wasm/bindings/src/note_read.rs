//! Reads a note from Markdown. Any bytes give a note, in a time that grows with their number.

use std::ops::Range;

use serde_json::{json, Map, Value as Json};

use crate::block::{Block, BlockData, Heading};
use crate::blocks;
use crate::frontmatter::field_offset;
use crate::frontmatter_read;
use crate::frontmatter_type::Frontmatter;
use crate::heading::one_line;
use crate::note::{Note, NoteData};
use crate::note_marks::{marks, Marks};
use crate::note_outline::{outline, Found, Outline};
use crate::read::{decode, Lines, Read, Skipped};
use crate::tag::Tag;
use crate::task::Task;
use crate::Callout;

impl Note {
    /// Reads the note of a file of the kiln, which `path` names. Any bytes give a note; what could not be used is said.
    pub fn from_markdown(path: &str, bytes: &[u8]) -> Read<Note> {
        let (text, mut skipped) = decode(bytes);
        let front = frontmatter_read::read(&text);
        if let Some((offset, problem)) = &front.problem {
            skipped.push(Skipped::new(Lines::of(&text).number(*offset), problem));
        }
        skipped.sort_by_key(|skipped| skipped.line);
        let Outline {
            blocks,
            quotes,
            items,
            opaque,
        } = outline(&text, front.end);
        let Marks { wikilinks, tags } = marks(&text, front.end, &opaque);
        let front_tags = front
            .value
            .as_ref()
            .map(|value| front_tags(value, &text, front.end));
        let (blocks, headings) = blocks_of(&text, blocks);
        let data = NoteData {
            path: path.to_owned(),
            title: title(path, front.value.as_ref(), &headings),
            tags: front_tags.into_iter().flatten().chain(tags).collect(),
            wikilinks,
            callouts: callouts(&text, &quotes),
            tasks: tasks(&text, &items),
            blocks,
            headings,
            content: text[front.end..].to_owned(),
            content_hash: blake3::hash(bytes).to_hex().to_string(),
            frontmatter: front.value,
        };
        Read {
            value: data.into(),
            skipped,
        }
    }
}

/// The title that the frontmatter gives, else the first heading of the highest level, else the name of the file.
fn title(path: &str, front: Option<&Frontmatter>, headings: &[Heading]) -> String {
    let given = front.and_then(|front| front.get_string("title"));
    let given = given.filter(|title| !title.trim().is_empty());
    let heading = || {
        let first = headings.iter().find(|heading| heading.level == 1)?;
        Some(first.text.clone()).filter(|text| !text.is_empty())
    };
    given
        .or_else(heading)
        .unwrap_or_else(|| stem(path).to_owned())
}

/// The name of a file without its folders and its ending.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The tags of `tags`, a list or one text with commas or spaces, each with the place of its name.
fn front_tags(front: &Frontmatter, text: &str, end: usize) -> Vec<Tag> {
    let names = match front.get("tags") {
        Some(Json::String(names)) => names.split([',', ' ']).map(str::to_owned).collect(),
        _ => front.get_array("tags").unwrap_or_default(),
    };
    let mut position = field_offset(text, end, "tags");
    let mut tags = Vec::new();
    for name in names {
        let found = text[position..end].find(name.trim()).unwrap_or(0);
        if let Some(tag) = Tag::new(&name, position + found) {
            position += found;
            tags.push(tag);
        }
    }
    tags
}

fn callouts(text: &str, quotes: &[Range<usize>]) -> Vec<Callout> {
    let quotes = quotes.iter();
    quotes
        .filter_map(|quote| blocks::callout(text, quote))
        .collect()
}

fn tasks(text: &str, items: &[(Range<usize>, bool)]) -> Vec<Task> {
    let task = |(range, quoted): &(Range<usize>, bool)| {
        let item = &text[range.clone()];
        if !quoted {
            return Task::parse(item);
        }
        let unquoted = |line: &str| line.trim_start_matches([' ', '\t', '>']).to_owned();
        let lines: Vec<String> = item.lines().map(unquoted).collect();
        Task::parse(&lines.join("\n"))
    };
    items.iter().filter_map(task).collect()
}

/// The blocks with their places below the headings, and the headings.
fn blocks_of(text: &str, found: Vec<Found>) -> (Vec<Block>, Vec<Heading>) {
    let mut headings = Vec::new();
    // The headings that are open: level and hash.
    let mut open: Vec<(u8, String)> = Vec::new();
    let mut blocks = Vec::with_capacity(found.len());
    for found in found {
        if found.kind == "heading" {
            open.retain(|(level, _)| *level < found.level);
        }
        let block = block(text, &found, &open);
        if found.kind == "heading" {
            open.push((found.level, block.block_hash.clone()));
            headings.push(Heading {
                level: i64::from(found.level),
                text: block.content.clone(),
                offset: block.start_offset,
                id: block.metadata["id"]
                    .as_str()
                    .filter(|id| !id.is_empty())
                    .map(str::to_owned),
            });
        }
        blocks.push(block);
    }
    (blocks, headings)
}

fn block(text: &str, found: &Found, open: &[(u8, String)]) -> Block {
    let source = text[found.range.clone()].trim_end();
    let callout = (found.kind == "blockquote")
        .then(|| blocks::callout(text, &found.range))
        .flatten();
    let kind = match (&callout, found.is_formula()) {
        (Some(_), _) => "callout",
        (None, true) => "latex",
        (None, false) => found.kind,
    };
    let (content, metadata) = match (kind, callout) {
        ("callout", Some(callout)) => {
            let metadata = json!({
                "callout_type": callout.callout_type,
                "title": callout.title.unwrap_or_default(),
            });
            (callout.content, metadata)
        }
        ("heading", _) => {
            let (words, id) = without_id(found);
            (words, json!({"level": found.level, "id": id}))
        }
        ("latex", _) => (found.text.clone(), json!({"is_block": true})),
        _ => (content(found, source), metadata(found)),
    };
    BlockData {
        block_type: kind.to_owned(),
        content,
        start_offset: found.range.start as i64,
        end_offset: (found.range.start + source.len()) as i64,
        block_hash: block_hash(source),
        metadata: match metadata {
            Json::Object(metadata) => metadata,
            _ => Map::new(),
        },
        parent_block_id: open.last().map(|(_, hash)| hash.clone()),
        depth: Some(open.len() as i64),
    }
    .into()
}

fn content(found: &Found, source: &str) -> String {
    match found.kind {
        "code" => found.text.trim_end_matches('\n').to_owned(),
        _ => source.replace("\r\n", "\n"),
    }
}

fn metadata(found: &Found) -> Json {
    match found.kind {
        "code" => json!({"language": found.language, "line_count": found.text.lines().count()}),
        "list" => {
            let list_type = if found.is_ordered {
                "ordered"
            } else {
                "unordered"
            };
            json!({"list_type": list_type, "item_count": found.items})
        }
        "table" => {
            let headers: Vec<&str> = found.headers.iter().map(|header| header.trim()).collect();
            json!({"rows": found.rows, "columns": headers.len(), "headers": headers})
        }
        _ => Json::Null,
    }
}

/// The words of a heading, and its id: `{#name}`, or `^name` at its end.
fn without_id(found: &Found) -> (String, String) {
    let words = one_line(&found.text);
    if let Some(id) = &found.id {
        return (words, id.clone());
    }
    let is_id = |id: &str| {
        let mut characters = id.chars();
        !id.is_empty() && characters.all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    match words.rsplit_once(" ^").filter(|(_, id)| is_id(id)) {
        Some((words, id)) => (words.to_owned(), id.to_owned()),
        None => (words, String::new()),
    }
}

/// A hash of a block's Markdown, the same for all line ends.
fn block_hash(source: &str) -> String {
    let source = source.replace("\r\n", "\n");
    blake3::hash(source.as_bytes()).to_hex().to_string()
}
