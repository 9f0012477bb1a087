//! A value of each type of notes and agents, and the names that their examples use for them.
#![allow(dead_code)] // Each test file uses its own part of this.

use rune::runtime::ToValue;
use rune::Value;
use runekiln_bindings::{
    agent_card_from, note_from, AgentCard, AgentError, AgentHandle, ChatResponse, Note,
};

/// A note with everything in it.
pub const NOTE: &str = "---\ntitle: Salad\ntags: [bed, bed/south]\nlitres: 40\nreviewed: 2026-02-20\nstatus: current\n---\n\n\
    # Salad beds\n\nEvery evening, see [[Valve map#^salad|the valves]]. #bed/salad\n\n\
    > [!decision] Brass\n> Three valves.\n\n- [ ] Straw [id:: 2] [deps:: 1]\n\n```rune\npub fn main() {}\n```\n";

/// A card with a tool.
pub const CARD: &str = "---\nname: gardener\nversion: 2.1.1\ndescription: Waters\ntools: {valve: ask}\n---\n\nYou water.\n";

pub fn note() -> Note {
    note_from("Beds/Salad.md", NOTE.as_bytes()).value
}

pub fn card() -> AgentCard {
    let read = agent_card_from("Agents/Gardener.md", CARD.as_bytes());
    read.expect("it is a card").value
}

/// A value of a type; `None` for a type that has nothing to do with notes and agents.
pub fn sample(type_name: &str) -> Option<Value> {
    let note = note();
    let value = match type_name {
        "Frontmatter" => note.frontmatter.clone().expect("it has one").to_value(),
        "Wikilink" => note.wikilinks[0].clone().to_value(),
        "Tag" => note.tags[0].clone().to_value(),
        "Block" => note.blocks[0].clone().to_value(),
        "Heading" => note.headings[0].clone().to_value(),
        "Task" => note.tasks[0].clone().to_value(),
        "Note" => note.to_value(),
        "AgentCard" => card().to_value(),
        "AgentHandle" => AgentHandle::new(card()).to_value(),
        "ChatResponse" => ChatResponse {
            content: "Yes.".to_owned(),
            tool_calls: Vec::new(),
        }
        .to_value(),
        "AgentError" => AgentError {
            message: "nobody is there".to_owned(),
            kind: "not_connected".to_owned(),
        }
        .to_value(),
        _ => return None,
    };
    Some(value.expect("memory for a value"))
}
