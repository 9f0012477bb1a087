//! Escapes what is written into headings, so that it reads back as it was.

use crate::heading::{
    closing_hashes, is_identifier, key_at, last_word, leading_ampersand, trailing_output,
};

/// Puts a backslash before exactly what the grammar would eat, and doubles the backslashes that it would resolve.
pub(crate) fn escape_name(name: &str) -> String {
    let eaten = eaten_positions(name);
    let mut escaped = String::with_capacity(name.len() + eaten.len());
    let mut characters = name.char_indices().peekable();
    while let Some((position, character)) = characters.next() {
        let resolved = character == '\\'
            && characters
                .peek()
                .is_none_or(|(_, next)| next.is_ascii_punctuation());
        if resolved || eaten.binary_search(&position).is_ok() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The places of a name where a reader would begin to see something else, sorted.
fn eaten_positions(name: &str) -> Vec<usize> {
    let mut eaten = Vec::new();
    let end = closing_hashes(name)
        .inspect(|start| eaten.push(*start))
        .unwrap_or(name.len());
    let (seen, places) = without_attributes(&name[..end], &mut eaten);
    eaten.extend(
        eaten_at_the_ends(&seen)
            .into_iter()
            .map(|position| places[position]),
    );
    eaten.sort_unstable();
    eaten
}

/// What a reader sees of a name when each attribute is cut out, and for each byte of that its place in the name. The
/// beginnings of attributes, also of those inside of others, are added to `eaten`.
fn without_attributes(name: &str, eaten: &mut Vec<usize>) -> (String, Vec<usize>) {
    let (mut seen, mut places) = (String::new(), Vec::new());
    let last_close = name.rfind(']').unwrap_or(0);
    // Up to here the name is inside of an attribute.
    let mut attribute_end = 0;
    for (position, character) in name.char_indices() {
        // An attribute without `]` counts too: what is written behind the name could bring one.
        if key_at(&name[position..]).is_some() {
            eaten.push(position);
            if position >= attribute_end && position < last_close {
                attribute_end = position + name[position..].find(']').map_or(0, |close| close + 1);
            }
        }
        if position >= attribute_end {
            seen.push(character);
            places.extend(position..position + character.len_utf8());
        }
    }
    (seen, places)
}

/// The places where the output, the agent and the two signs of a parallel step would be found, in the order in which
/// they are looked for.
fn eaten_at_the_ends(seen: &str) -> Vec<usize> {
    let mut eaten = Vec::new();
    let start = seen.len() - seen.trim_start().len();
    let mut rest = seen.trim();
    if let Some((before, _)) = trailing_output(rest) {
        eaten.push(start + rest.len() - rest[before.len()..].trim_start().len());
        rest = before;
    }
    if let Some((before, agent)) = last_word(rest, '@').filter(|(_, agent)| is_identifier(agent)) {
        eaten.push(start + rest.len() - agent.len() - 1);
        rest = before;
    }
    if leading_ampersand(rest).is_some() {
        eaten.push(start);
    }
    if let Some(before) = rest.strip_suffix("(parallel)") {
        eaten.push(start + before.len());
    }
    eaten
}

/// Escapes the brackets and backslashes of an attribute's value.
pub(crate) fn escape_value(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        if matches!(character, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
