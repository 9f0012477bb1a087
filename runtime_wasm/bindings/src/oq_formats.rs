//! The formats of `oq`: which a text is in, and how it is read and written.

use jaq_json::{Map, Rc, Val};
use rune::Value;

use crate::oq::OqError;
use crate::plain::Plain;
use crate::toon_words::Field;
use crate::{toon_read, toon_write};

/// The key under which the reader of TOML hands on a date or time.
const TOML_DATE: &str = "$__toml_private_datetime";

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Format {
    Json,
    Yaml,
    Toml,
    Toon,
}

impl Format {
    pub(crate) fn named(name: &str) -> Result<Self, OqError> {
        match name {
            "json" => Ok(Format::Json),
            "yaml" | "yml" => Ok(Format::Yaml),
            "toml" => Ok(Format::Toml),
            "toon" => Ok(Format::Toon),
            other => Err(OqError::new(format!(
                "there is no format `{other}`: use `json`, `yaml`, `yml`, `toml` or `toon`"
            ))),
        }
    }

    /// The value of a text; keys stay in their order.
    pub(crate) fn read(self, text: &str) -> Result<Val, OqError> {
        match self {
            Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
            Format::Yaml => serde_norway::from_str(text).map_err(|error| error.to_string()),
            Format::Toml => toml::from_str(text)
                .map(dates_as_texts)
                .map_err(|error| error.to_string().trim_end().to_owned()),
            Format::Toon => toon_read::read(text),
        }
        .map_err(|problem| OqError::new(format!("the text is no {self}: {problem}")))
    }

    /// The text of a value; keys are sorted.
    pub(crate) fn write(self, value: &Value) -> Result<String, OqError> {
        let plain = Plain::new(value);
        match self {
            Format::Json => serde_json::to_string_pretty(&plain).map_err(|error| error.to_string()),
            Format::Yaml => serde_norway::to_string(&plain).map_err(|error| error.to_string()),
            Format::Toml => toml::to_string(&plain).map_err(|error| error.to_string()),
            Format::Toon => serde_json::to_value(&plain)
                .map(|json| toon_write::write(&json))
                .map_err(|error| error.to_string()),
        }
        .map_err(|problem| {
            OqError::new(format!("the value cannot be written as {self}: {problem}"))
        })
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Format::Json => "JSON",
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Toon => "TOON",
        })
    }
}

/// The value of a text in whatever format it is: JSON by its first character; TOON if a line of it gives the length of
/// an array; TOML if that can be read; YAML otherwise.
pub(crate) fn read(text: &str) -> Result<Val, OqError> {
    let begins_json = text.trim_start().starts_with(['{', '[', '"']);
    let read_as_json = begins_json.then(|| Format::Json.read(text));
    if let Some(Ok(value)) = read_as_json {
        return Ok(value);
    }
    if text.lines().any(begins_array) {
        return Format::Toon.read(text);
    }
    if let Ok(value) = Format::Toml.read(text) {
        return Ok(value);
    }
    let read_as_yaml = Format::Yaml.read(text);
    match read_as_json {
        // What begins like JSON and is nothing else is JSON with a mistake.
        Some(problem) => read_as_yaml.or(problem),
        None => read_as_yaml,
    }
}

/// Whether a line begins an array of TOON, as `beds[2]:` or `- [2]: 1,2` does.
fn begins_array(line: &str) -> bool {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    matches!(
        Field::read(line),
        Ok(Some(Field {
            header: Some(_),
            ..
        }))
    )
}

/// The same with the texts of dates in the places of the dates. TOML is read to a limited depth.
fn dates_as_texts(value: Val) -> Val {
    match value {
        Val::Arr(items) => Val::Arr(Rc::new(items.iter().cloned().map(dates_as_texts).collect())),
        Val::Obj(fields) => {
            let date = fields.get(&Val::utf8_str(TOML_DATE));
            match date.filter(|_| fields.len() == 1) {
                Some(date) => date.clone(),
                None => {
                    let fields = fields.iter();
                    let read =
                        fields.map(|(key, value)| (key.clone(), dates_as_texts(value.clone())));
                    Val::obj(read.collect::<Map>())
                }
            }
        }
        other => other,
    }
}
