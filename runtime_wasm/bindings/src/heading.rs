//! The grammar of headings: phases of session logs and steps of workflows are both named by one line.

use std::collections::BTreeMap;

use crate::heading_escape::{escape_name, escape_value};

/// What a phase's heading says: `Name @agent@version #channel`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct PhaseHeading {
    pub(crate) name: String,
    pub(crate) agent: Option<String>,
    pub(crate) agent_version: Option<String>,
    pub(crate) channel: Option<String>,
}

/// What a step's heading says: `& Name @agent -> output [key:: value]`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct StepHeading {
    pub(crate) name: String,
    pub(crate) agent: Option<String>,
    pub(crate) output: Option<String>,
    pub(crate) parallel: bool,
    /// In the order of their keys; the last of a repeated key counts.
    pub(crate) attributes: BTreeMap<String, String>,
}

/// The text of an ATX heading's source without its hashes. `source` begins with up to three spaces and a `#`.
pub(crate) fn atx_content(source: &str) -> &str {
    let line = source.trim_start().lines().next().unwrap_or("");
    let content = line.trim_start_matches('#').trim();
    match closing_hashes(content) {
        Some(start) => content[..start].trim_end(),
        None => content,
    }
}

/// Where the closing hashes of a trimmed heading text begin: a run at its end, after white space or all of it.
pub(crate) fn closing_hashes(content: &str) -> Option<usize> {
    let before = content.trim_end_matches('#');
    let closes = before.len() < content.len()
        && (before.is_empty() || before.ends_with(char::is_whitespace));
    closes.then_some(before.len())
}

/// The text of a heading that is a title: nothing in it is eaten.
pub(crate) fn plain(content: &str) -> String {
    unescape(content.trim())
}

/// Reads the text of a phase's heading.
pub(crate) fn parse_phase(content: &str) -> PhaseHeading {
    let mut heading = PhaseHeading::default();
    let mut rest = content.trim();
    if let Some((before, channel)) = last_word(rest, '#').filter(|(_, channel)| is_channel(channel))
    {
        heading.channel = Some(channel.to_owned());
        rest = before;
    }
    if let Some((before, word)) = last_word(rest, '@') {
        let (agent, version) = match word.split_once('@') {
            Some((agent, version)) => (agent, Some(version)),
            None => (word, None),
        };
        if is_identifier(agent) && version.is_none_or(is_version) {
            heading.agent = Some(agent.to_owned());
            heading.agent_version = version.map(str::to_owned);
            rest = before;
        }
    }
    heading.name = unescape(rest);
    heading
}

/// Reads the text of a step's heading.
pub(crate) fn parse_step(content: &str) -> StepHeading {
    let mut heading = StepHeading::default();
    let without_attributes = strip_attributes(content, &mut heading.attributes);
    let mut rest = without_attributes.trim();
    if let Some((before, output)) = trailing_output(rest) {
        heading.output = Some(output.to_owned());
        rest = before;
    }
    if let Some((before, agent)) = last_word(rest, '@').filter(|(_, agent)| is_identifier(agent)) {
        heading.agent = Some(agent.to_owned());
        rest = before;
    }
    if let Some(after) = leading_ampersand(rest) {
        heading.parallel = true;
        rest = after;
    }
    if let Some(before) = rest
        .strip_suffix("(parallel)")
        .filter(|before| !ends_in_escape(before))
    {
        heading.parallel = true;
        rest = before.trim_end();
    }
    heading.name = one_line(&unescape(rest));
    heading
}

/// Writes the text of a step's heading, without hashes. `attributes` come last, in their order.
pub(crate) fn write_step(
    name: &str,
    parallel: bool,
    agent: Option<&str>,
    output: Option<&str>,
    attributes: &[(&str, &str)],
) -> String {
    let mut words = Vec::new();
    if parallel {
        words.push("&".to_owned());
    }
    words.push(escape_name(&one_line(name)));
    words.extend(agent.map(|agent| format!("@{agent}")));
    words.extend(output.map(|output| format!("-> {output}")));
    words.extend(
        attributes
            .iter()
            .map(|(key, value)| format!("[{key}:: {}]", escape_value(&one_line(value)))),
    );
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// `[A-Za-z_][A-Za-z0-9_-]*`: what may stand behind `@` and `->`.
pub(crate) fn is_identifier(word: &str) -> bool {
    let mut characters = word.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-'))
}

/// What may be the key of an attribute `[key:: value]`.
pub(crate) fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_key_character)
}

/// Every run of white space becomes one space; none at the ends. Names and values are kept like this.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_key_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-')
}

fn is_channel(word: &str) -> bool {
    let mut characters = word.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '/' | '-')
        })
}

fn is_version(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || ".+-".contains(character))
}

/// The last word of a trimmed text if it begins with `sigil`: the text before it, trimmed, and the word's rest.
pub(crate) fn last_word(text: &str, sigil: char) -> Option<(&str, &str)> {
    let start = text.rfind(char::is_whitespace).map_or(0, |space| {
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    let word = text[start..].strip_prefix(sigil)?;
    Some((text[..start].trim_end(), word))
}

/// The output of a trimmed text that ends in `-> output`, with the text before it.
pub(crate) fn trailing_output(text: &str) -> Option<(&str, &str)> {
    let before = text.trim_end_matches(|character: char| !character.is_whitespace());
    let output = &text[before.len()..];
    let before = before.trim_end().strip_suffix("->")?;
    let stands_alone = before.is_empty() || before.ends_with(char::is_whitespace);
    (is_identifier(output) && stands_alone).then(|| (before.trim_end(), output))
}

/// What follows a leading `&` that is the whole text or stands before white space.
pub(crate) fn leading_ampersand(text: &str) -> Option<&str> {
    let after = text.strip_prefix('&')?;
    (after.is_empty() || after.starts_with(char::is_whitespace)).then(|| after.trim_start())
}

/// Whether the character after `before` is escaped: an odd number of backslashes stands before it.
fn ends_in_escape(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Takes a backslash away wherever it stands before ASCII punctuation.
fn unescape(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '\\' && next.is_ascii_punctuation() => {
                resolved.push(*next);
                characters.next();
            }
            _ => resolved.push(character),
        }
    }
    resolved
}

/// Moves every attribute out of `content` into `attributes`; returns what is left.
pub(crate) fn strip_attributes(content: &str, attributes: &mut BTreeMap<String, String>) -> String {
    let mut left = String::with_capacity(content.len());
    let mut position = 0;
    // Attributes need a `]`; behind the last one nothing is searched, so that the time stays linear.
    let last_close = content.rfind(']').unwrap_or(0);
    while position < last_close {
        let Some(found) = content[position..]
            .find(['[', '\\'])
            .map(|found| position + found)
        else {
            break;
        };
        left.push_str(&content[position..found]);
        if let Some((key, value, end)) = attribute_at(content, found) {
            attributes.insert(key.to_owned(), value);
            position = end;
            continue;
        }
        // A backslash takes the character behind it along, so that an escaped bracket is never looked at.
        let mut taken = content[found..].chars();
        let width = if taken.next() == Some('\\') {
            1 + taken.next().map_or(0, char::len_utf8)
        } else {
            1
        };
        left.push_str(&content[found..found + width]);
        position = found + width;
    }
    left.push_str(content.get(position..).unwrap_or(""));
    left
}

/// The attribute that begins at `start`: key, value, and the position behind its `]`.
fn attribute_at(content: &str, start: usize) -> Option<(&str, String, usize)> {
    let key = key_at(&content[start..])?;
    let value_start = start + 1 + key.len() + 2;
    let mut escaped = false;
    let end = content[value_start..].find(|character| {
        let closes = character == ']' && !escaped;
        escaped = character == '\\' && !escaped;
        closes
    })?;
    let value = one_line(&unescape(&content[value_start..value_start + end]));
    Some((key, value, value_start + end + 1))
}

/// The key of a text that begins with `[key::`.
pub(crate) fn key_at(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let key = &inside[..inside.find(|character| !is_key_character(character))?];
    (!key.is_empty() && inside[key.len()..].starts_with("::")).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, and how it is written when nothing follows it.
    const NAMES: [(&str, &str); 21] = [
        ("Ask @mira", r"Ask \@mira"),
        ("Ask @mira first", "Ask @mira first"),
        ("Sow -> harvest", r"Sow \-> harvest"),
        ("Sow -> 3 beds", "Sow -> 3 beds"),
        ("Hand over @mira -> summer", r"Hand over \@mira \-> summer"),
        ("[plot:: 14] Water", r"\[plot:: 14] Water"),
        ("a [b:: [c:: d]", r"a \[b:: \[c:: d]"),
        ("never closed [b:: c", r"never closed \[b:: c"),
        (
            "[[link]] and [text](note.md)",
            "[[link]] and [text](note.md)",
        ),
        ("& compost", r"\& compost"),
        ("&", r"\&"),
        ("[a:: b] & c", r"\[a:: b] \& c"),
        ("&compost", "&compost"),
        ("beds (parallel)", r"beds \(parallel)"),
        ("(parallel) beds", "(parallel) beds"),
        ("Release ##", r"Release \##"),
        ("C#", "C#"),
        (r"C:\plots\bed", r"C:\plots\bed"),
        (r"ends in \", r"ends in \\"),
        (r"as \@mira", r"as \\@mira"),
        (r"odd \[k:: v]", r"odd \\\[k:: v]"),
    ];

    #[test]
    fn a_name_is_escaped_only_where_it_would_be_eaten_and_reads_back() {
        for (name, written) in NAMES {
            assert_eq!(write_step(name, false, None, None, &[]), written);
            for heading in [
                written.to_owned(),
                format!("& {written} @bob -> out [channel:: dev]"),
            ] {
                let content = format!("## {heading}");
                assert_eq!(
                    parse_step(atx_content(&content)).name,
                    name,
                    "from {heading:?}"
                );
            }
        }
    }

    #[test]
    fn a_step_heading_is_read_from_its_outside_in() {
        let heading = parse_step("& Fix [channel:: dev] it @ravi -> patch [note:: a \\] b]");
        assert_eq!(heading.name, "Fix it");
        assert_eq!(
            (heading.agent.as_deref(), heading.output.as_deref()),
            (Some("ravi"), Some("patch"))
        );
        assert!(heading.parallel);
        assert_eq!(heading.attributes["channel"], "dev");
        assert_eq!(heading.attributes["note"], "a ] b");
    }

    #[test]
    fn a_phase_heading_has_a_version_and_a_channel() {
        let heading =
            parse_phase(r"Water (parallel) \#beds @gardener-2@2.0.0-rc.1+night #watering/field");
        assert_eq!(heading.name, "Water (parallel) #beds");
        assert_eq!(heading.agent.as_deref(), Some("gardener-2"));
        assert_eq!(heading.agent_version.as_deref(), Some("2.0.0-rc.1+night"));
        assert_eq!(heading.channel.as_deref(), Some("watering/field"));
    }

    #[test]
    fn what_is_no_agent_stays_in_the_name() {
        for name in [
            "Ask @1st-aid",
            "Ask @mira.",
            "board@plots.example",
            "水やり当番 @水",
            "Plot #14",
        ] {
            assert_eq!(
                parse_phase(name),
                PhaseHeading {
                    name: name.to_owned(),
                    ..Default::default()
                }
            );
        }
    }

    #[test]
    fn closing_hashes_are_no_part_of_a_heading() {
        assert_eq!(
            atx_content("## Old configuration ####   \n"),
            "Old configuration"
        );
        assert_eq!(atx_content("## C#"), "C#");
        assert_eq!(atx_content("## \\#"), "\\#");
        assert_eq!(atx_content("## #"), "");
    }
}
