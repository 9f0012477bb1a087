//! Writes TOON: objects by indentation, arrays with their lengths, objects of equal keys as rows of a table.

use serde_json::{Map, Value as Json};

/// The value as a document, without a line end at its end.
pub(crate) fn write(value: &Json) -> String {
    let mut writer = Writer::default();
    match value {
        Json::Object(fields) => writer.fields(fields, 0),
        Json::Array(items) if items.is_empty() => writer.line(0, "[]"),
        Json::Array(items) => writer.array("", items, 0, 1),
        primitive => writer.line(0, &word(primitive)),
    }
    writer.lines.join("\n")
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
}

impl Writer {
    fn line(&mut self, depth: usize, text: &str) {
        self.lines.push(format!("{}{text}", "  ".repeat(depth)));
    }

    fn fields(&mut self, fields: &Map<String, Json>, depth: usize) {
        for (key, value) in fields {
            self.field(&key_word(key), value, depth);
        }
    }

    fn field(&mut self, key: &str, value: &Json, depth: usize) {
        match value {
            Json::Object(fields) => {
                self.line(depth, &format!("{key}:"));
                self.fields(fields, depth + 1);
            }
            Json::Array(items) if items.is_empty() => self.line(depth, &format!("{key}: []")),
            Json::Array(items) => self.array(key, items, depth, depth + 1),
            primitive => self.line(depth, &format!("{key}: {}", word(primitive))),
        }
    }

    /// An array behind `before`; what has lines of its own stands at the depth `inner`.
    fn array(&mut self, before: &str, items: &[Json], depth: usize, inner: usize) {
        let length = items.len();
        if items.iter().all(is_primitive) {
            let words: Vec<String> = items.iter().map(word).collect();
            return self.line(depth, &format!("{before}[{length}]: {}", words.join(",")));
        }
        let keys = columns(items).filter(|_| !before.starts_with('-'));
        let Some(keys) = keys else {
            self.line(depth, &format!("{before}[{length}]:"));
            return items.iter().for_each(|item| self.item(item, inner));
        };
        let names: Vec<String> = keys.iter().map(|key| key_word(key)).collect();
        let names = names.join(",");
        self.line(depth, &format!("{before}[{length}]{{{names}}}:"));
        for item in items {
            let words: Vec<String> = keys.iter().map(|key| word(&item[key.as_str()])).collect();
            self.line(inner, &words.join(","));
        }
    }

    fn item(&mut self, item: &Json, depth: usize) {
        match item {
            Json::Object(fields) if fields.is_empty() => self.line(depth, "-"),
            Json::Object(fields) => {
                // The first field stands behind the hyphen, and all of them one level in.
                let first = self.lines.len();
                self.fields(fields, depth + 1);
                let behind = self.lines[first].trim_start().to_owned();
                self.lines[first] = format!("{}- {behind}", "  ".repeat(depth));
            }
            Json::Array(items) if items.is_empty() => self.line(depth, "- [0]:"),
            Json::Array(items) => self.array("- ", items, depth, depth + 1),
            primitive => self.line(depth, &format!("- {}", word(primitive))),
        }
    }
}

/// The keys of objects that can be rows of one table: all have the same, and nothing in them has an inside.
fn columns(items: &[Json]) -> Option<Vec<&String>> {
    let keys: Vec<&String> = items.first()?.as_object()?.keys().collect();
    let fits = |item: &Json| {
        let row = item.as_object();
        row.is_some_and(|row| row.keys().eq(keys.iter().copied()) && row.values().all(is_primitive))
    };
    (!keys.is_empty() && items.iter().all(fits)).then_some(keys)
}

fn is_primitive(value: &Json) -> bool {
    !value.is_object() && !value.is_array()
}

fn word(value: &Json) -> String {
    match value {
        Json::String(text) if is_bare(text) => text.clone(),
        Json::String(text) => in_quotes(text),
        Json::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            // Without an exponent, and without a point that says nothing.
            Some(float) => format!("{}", if float == 0.0 { 0.0 } else { float }),
            None => number.to_string(),
        },
        other => other.to_string(),
    }
}

fn key_word(key: &str) -> String {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '_';
    let goes_on = |c: char| begins(c) || c.is_ascii_digit() || c == '.';
    match key.starts_with(begins) && key.chars().all(goes_on) {
        true => key.to_owned(),
        false => in_quotes(key),
    }
}

/// Whether a text needs no quotes: nothing in it is a sign of TOON, and it reads as nothing else.
fn is_bare(text: &str) -> bool {
    let is_sign = |c: char| ":\"\\[]{},".contains(c) || c.is_control();
    let is_other = matches!(text, "" | "true" | "false" | "null") || is_like_a_number(text);
    !is_other && text.trim() == text && !text.starts_with('-') && !text.contains(is_sign)
}

fn is_like_a_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.parse::<f64>().is_ok()
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", control as u32)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
