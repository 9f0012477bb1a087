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

/// The places of a name where a reader would begin to see something else, sorted. They are found in the order in which
/// `parse_step` looks.
fn eaten_positions(name: &str) -> Vec<usize> {
    let mut eaten = Vec::new();
    let mut end = name.len();
    if let Some(start) = closing_hashes(name) {
        eaten.push(start);
        end = start;
    }
    // What readers see of the name, with each attribute cut out, and for each byte where it stands in the name.
    let (mut seen, mut places) = (String::new(), Vec::new());
    let mut position = 0;
    let last_close = name[..end].rfind(']').unwrap_or(0);
    while position < end {
        let width = name[position..].chars().next().map_or(1, char::len_utf8);
        if key_at(&name[position..end]).is_some() {
            // Even without a `]`: what is written behind the name could bring one.
            eaten.push(position);
            if position < last_close {
                let start = position;
                position += name[start..].find(']').map_or(1, |close| close + 1);
                eaten.extend(brackets_inside(name, start, position));
                continue;
            }
        }
        seen.push_str(&name[position..position + width]);
        places.extend(position..position + width);
        position += width;
    }
    let lead = seen.len() - seen.trim_start().len();
    let mut rest = seen.trim();
    if let Some((before, _)) = trailing_output(rest) {
        let arrow = rest.len() - rest[before.len()..].trim_start().len();
        eaten.push(places[lead + arrow]);
        rest = before;
    }
    if let Some((before, agent)) = last_word(rest, '@').filter(|(_, agent)| is_identifier(agent)) {
        eaten.push(places[lead + rest.len() - agent.len() - 1]);
        rest = before;
    }
    if leading_ampersand(rest).is_some() {
        eaten.push(places[lead]);
    }
    if let Some(before) = rest.strip_suffix("(parallel)") {
        eaten.push(places[lead + before.len()]);
    }
    eaten.sort_unstable();
    eaten
}

/// Attributes that begin inside of the one from `start` to `end`: they would be seen once it is escaped.
fn brackets_inside(name: &str, start: usize, end: usize) -> Vec<usize> {
    let opening = name[start + 1..end]
        .match_indices('[')
        .map(|(position, _)| start + 1 + position);
    opening
        .filter(|position| key_at(&name[*position..]).is_some())
        .collect()
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
