//! Frontmatter: the YAML between `---` lines at the very start of a text, as session logs, workflows and agent cards need it.

use std::ops::Range;

use serde_norway::{Mapping, Value as Yaml};

/// More YAML than this is not read: nobody writes it by hand, and the parser's time is not linear in it.
pub(crate) const LONGEST: usize = 16 * 1024;

/// The frontmatter of a text.
pub(crate) struct Frontmatter {
    /// Empty if there is none, or it is not YAML.
    pub(crate) fields: Mapping,
    /// Where the text below it begins.
    pub(crate) end: usize,
    /// What is wrong with it, and the byte where.
    pub(crate) problem: Option<(usize, String)>,
}

/// Reads the frontmatter of `text`.
pub(crate) fn read(text: &str) -> Frontmatter {
    let nothing = |end, offset, problem: &str| Frontmatter {
        fields: Mapping::new(),
        end,
        problem: Some((offset, format!("frontmatter: {problem}"))),
    };
    let Some(first) = fence_at(text, "---") else {
        return nothing(
            0,
            0,
            "there is none; a file begins with it, between two lines `---`",
        );
    };
    let Some(last) = closing_fence(text, first.end, "---") else {
        return nothing(first.end, 0, "no line `---` ends it");
    };
    let yaml = &text[first.end..last.start];
    if yaml.len() > LONGEST {
        return nothing(last.end, 0, "it is longer than 16 KiB");
    }
    match serde_norway::from_str::<Yaml>(yaml) {
        Ok(Yaml::Mapping(fields)) => Frontmatter {
            fields,
            end: last.end,
            problem: None,
        },
        Ok(Yaml::Null) => Frontmatter {
            fields: Mapping::new(),
            end: last.end,
            problem: None,
        },
        Ok(_) => nothing(last.end, first.end, "it should have the form `key: value`"),
        Err(error) => {
            let offset = error
                .location()
                .map_or(0, |location| location.index().min(yaml.len()));
            let problem = format!("it is not YAML: {}", without_positions(&error.to_string()));
            // A closing line that was forgotten: the `---` that was found belongs to the text, below its headings.
            let end = heading_line(yaml).map_or(last.end, |heading| first.end + heading);
            nothing(end, first.end + offset, &problem)
        }
    }
}

/// The parser counts lines from the first one of the frontmatter: only the place of the whole problem is true.
pub(crate) fn without_positions(message: &str) -> String {
    let mut pieces = message.split(" at line ");
    let first = pieces.next().unwrap_or("").to_owned();
    pieces.fold(first, |said, piece| {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(" column ").unwrap_or(rest);
        said + rest.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

impl Frontmatter {
    /// The text of a field: a String, a number or a Boolean as it is written; `None` if it is missing or null.
    ///
    /// `Err` says what the field should be.
    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, String> {
        match self.fields.get(key) {
            None | Some(Yaml::Null) => Ok(None),
            Some(value) => scalar(value)
                .map(Some)
                .ok_or_else(|| format!("frontmatter: `{key}` should be a text")),
        }
    }

    /// The texts of a field that is a list, or one text alone.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let should_be = || format!("frontmatter: `{key}` should be a list of texts");
        match self.fields.get(key) {
            None | Some(Yaml::Null) => Ok(Vec::new()),
            Some(Yaml::Sequence(items)) => items
                .iter()
                .map(|item| scalar(item).ok_or_else(should_be))
                .collect(),
            Some(value) => Ok(vec![scalar(value).ok_or_else(should_be)?]),
        }
    }

    /// The whole number of a field.
    pub(crate) fn number(&self, key: &str) -> Result<Option<i64>, String> {
        match self.fields.get(key) {
            None | Some(Yaml::Null) => Ok(None),
            Some(value) => value
                .as_i64()
                .map(Some)
                .ok_or_else(|| format!("frontmatter: `{key}` should be a whole number")),
        }
    }
}

/// Where the line of a field begins; 0 if it is not found.
pub(crate) fn field_offset(text: &str, end: usize, key: &str) -> usize {
    let mut offset = 0;
    for line in text[..end].split_inclusive('\n') {
        if line
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
        {
            return offset;
        }
        offset += line.len();
    }
    0
}

/// A text as one YAML value: as it is if YAML reads it back as a text, else in double quotes.
pub(crate) fn yaml_text(text: &str) -> String {
    let harmless =
        |character: char| character.is_alphanumeric() || " _-.,()/'!?+".contains(character);
    let plain = text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(harmless)
        && matches!(serde_norway::from_str::<Yaml>(text), Ok(Yaml::String(read)) if read == text);
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Line separators and everything that YAML does not take as it is.
            _ if character.is_control()
                || matches!(
                    character,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}'..='\u{ffff}'
                ) =>
            {
                quoted.push_str(&format!("\\u{:04X}", character as u32));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

pub(crate) fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The lines between the first one of a text and the next that is the same, both being `fence`; and where the text below
/// them begins.
pub(crate) fn fenced(text: &str, fence: &str) -> Option<(Range<usize>, usize)> {
    let first = fence_at(text, fence)?;
    let last = closing_fence(text, first.end, fence)?;
    Some((first.end..last.start, last.end))
}

/// The first line of a text, with its line end, if it is `fence`.
fn fence_at(text: &str, fence: &str) -> Option<Range<usize>> {
    let line = text.split_inclusive('\n').next()?;
    (line.trim_end() == fence).then_some(0..line.len())
}

fn closing_fence(text: &str, start: usize, fence: &str) -> Option<Range<usize>> {
    let mut offset = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some(offset..offset + line.len());
        }
        offset += line.len();
    }
    None
}

/// Where the first line that looks like a phase's heading begins.
fn heading_line(yaml: &str) -> Option<usize> {
    if yaml.starts_with("## ") {
        return Some(0);
    }
    yaml.find("\n## ").map(|line_break| line_break + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_only_where_yaml_would_read_something_else() {
        let cases = [
            ("Release checklist", "Release checklist"),
            ("Çay molası", "Çay molası"),
            ("yes: no", "\"yes: no\""),
            ("true", "\"true\""),
            ("12", "\"12\""),
            ("a # b", "\"a # b\""),
            ("two\nlines", "\"two\\nlines\""),
            ("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""),
            ("", "\"\""),
            ("nul \0 and \u{2028}", "\"nul \\u0000 and \\u2028\""),
        ];
        for (text, written) in cases {
            assert_eq!(yaml_text(text), written);
            let read: Yaml =
                serde_norway::from_str(&format!("key: {written}\n")).expect("it is YAML");
            assert_eq!(read["key"], Yaml::String(text.to_owned()));
        }
    }

    #[test]
    fn a_forgotten_closing_line_does_not_cost_the_phases() {
        let text = "---\ntype: \"session\nstarted: x\n\n## One\n\ntext\n\n---\n\n## Two\n";
        let found = read(text);
        assert!(text[found.end..].starts_with("## One"));
        assert!(found.problem.is_some());
    }
}
